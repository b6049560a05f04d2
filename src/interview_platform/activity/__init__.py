"""What is noted of the candidates' doings: three things, all told to them."""

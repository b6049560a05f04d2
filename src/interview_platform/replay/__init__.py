"""What happened in a session that is over: its log as JSON, to be played, and taken away as a file."""

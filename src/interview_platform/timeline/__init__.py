"""What happened in a session, in order, on one clock."""

"""Messages, stored with the session."""

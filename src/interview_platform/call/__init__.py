"""Video: signalling, TURN credentials, call policy."""

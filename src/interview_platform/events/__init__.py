"""What happens outside of a request: events and their functions, retried until done; scheduled work."""

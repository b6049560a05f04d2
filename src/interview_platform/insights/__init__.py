"""Numbers for the dashboard."""

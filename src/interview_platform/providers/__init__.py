"""Adapters for outside services, one file each; `app/compose.py` chooses."""

"""Piston's v2 API in front of our runner, so that what was made for Piston works here (docs/piston-api.md)."""

PREFIX = "/api/v2"
PREFIXES = (PREFIX, f"{PREFIX}/piston")
"""A server of one's own has the first, the public one had the second."""

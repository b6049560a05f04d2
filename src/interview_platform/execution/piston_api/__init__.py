"""Piston's v2 API in front of our runner, so that what was made for Piston works here (docs/piston-api.md)."""

PREFIX = "/api/v2"
PREFIXES = (PREFIX, f"{PREFIX}/piston")
"""A server of one's own has the first, the public one had the second."""

EXTENSIONS = "x-piston-extensions"
INPUT_END = "input-end"
"""A header of /runtimes says that our socket closes a program's input on `end`, which Piston does not know."""

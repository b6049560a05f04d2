"""Text as people and programs write it, and what can be kept of it."""


def storable(text: str) -> str:
    """PostgreSQL keeps no NUL and no database half a surrogate pair: they become U+FFFD rather than an error."""
    return text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")

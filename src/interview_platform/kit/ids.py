"""Opaque identifiers and secrets."""

import hashlib
import secrets

# No look-alikes (0/O, 1/l/I) and no punctuation: ids are read out loud, double-clicked and put in addresses.
_ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"


def new_id(length: int = 20) -> str:
    """A random id of `length` characters; 20 give 100 bits, not to be guessed."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def new_secret() -> str:
    """A bearer secret of 256 bits, safe in a header, a cookie or an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What we store of a bearer secret: a stolen database opens no door. (256 random bits need no slow hash.)"""
    return hashlib.sha256(secret.encode()).hexdigest()


def plausible(id: str) -> bool:
    """Whether `id` can be one of ours. Keeps what databases choke on (NUL, kilobytes) away from them."""
    return len(id) <= 64 and id.isascii() and id.isalnum()

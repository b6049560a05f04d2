"""Opaque identifiers and secrets."""

import hashlib
import secrets

# 32. No look-alikes (0/O, 1/l/I) and no punctuation: ids are read out loud, double-clicked and put in addresses.
_ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"


def new_id(length: int = 20) -> str:
    """A random id of `length` characters; 20 give 100 bits, not to be guessed."""
    # All at once: secrets.choice asks the kernel once for each character. 32 divides 256, so that none is favoured.
    return "".join(_ALPHABET[byte % 32] for byte in secrets.token_bytes(length))


def new_secret() -> str:
    """A bearer secret of 256 bits, safe in a header, a cookie or an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What we store of a bearer secret: a stolen database opens no door. (256 random bits need no slow hash.)"""
    return hashlib.sha256(secret.encode()).hexdigest()


def plausible(id: str) -> bool:
    """Whether `id` can be one of ours. Keeps what databases choke on (NUL, kilobytes) away from them."""
    return len(id) <= 64 and id.isascii() and id.isalnum()

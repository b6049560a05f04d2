"""People and what makes a valid one. No I/O."""

import re
from dataclasses import dataclass, replace
from typing import NewType, Self

from interview_platform.kit.errors import invalid

PersonId = NewType("PersonId", str)

NAME_MAX = 80  # longest name a room can show without cutting most of it
EMAIL_MAX = 254  # RFC 5321
PASSWORD_MIN = 8  # NIST SP 800-63B
PASSWORD_MAX = 256  # argon2 takes more; this bounds the work of a hostile request


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, or a guest who came by an invite (`guest`, no e-mail)."""

    id: PersonId
    name: str
    email: str | None
    image: str | None
    """Address of the profile image on this server, or None."""
    guest: bool
    created_at: int
    updated_at: int
    provider: str | None = None
    """Who vouches for them (`clerk`, `oidc`); None: we do, by password, or nobody does, for a guest."""
    subject: str | None = None
    """How the provider calls them."""

    @property
    def external(self) -> bool:
        return self.provider is not None

    def renamed(self, name: str, now: int) -> Self:
        return replace(self, name=clean_name(name), updated_at=now)


# Persian and Indic names are written with U+200C and U+200D between letters, families of emoji with the second.
_JOINERS = re.compile(r"(?<=[^\s\u200c\u200d])[\u200c\u200d](?=[^\s\u200c\u200d])")


def clean_name(name: str) -> str:
    """Whitespace collapsed; refuses an empty or long name, and control characters (they spoof other names)."""
    cleaned = " ".join(name.split())
    if not cleaned:
        raise invalid("Type a name.", "invalid_name", name="must not be empty")
    if len(cleaned) > NAME_MAX:
        raise invalid("This name is too long.", "invalid_name", name=f"at most {NAME_MAX} characters")
    if not _JOINERS.sub("", cleaned).isprintable():
        raise invalid("This name has characters that cannot be shown.", "invalid_name", name="not printable")
    return cleaned


def clean_email(email: str) -> str:
    """Trimmed and lower-cased; refuses what cannot be an address. Whether it exists only a mail can tell."""
    cleaned = email.strip().lower()
    local, at, domain = cleaned.rpartition("@")
    if not (at and local and domain) or len(cleaned) > EMAIL_MAX or not cleaned.isprintable() or " " in cleaned:
        raise invalid("This is not an e-mail address.", "invalid_email", email="must look like name@example.org")
    return cleaned


def check_password(password: str) -> None:
    if len(password) < PASSWORD_MIN:
        raise invalid("This password is too short.", "weak_password", password=f"at least {PASSWORD_MIN} characters")
    if len(password) > PASSWORD_MAX:
        raise invalid("This password is too long.", "weak_password", password=f"at most {PASSWORD_MAX} characters")

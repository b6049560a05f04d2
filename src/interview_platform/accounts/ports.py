"""What accounts need from storage."""

from dataclasses import dataclass
from typing import Protocol

from interview_platform.accounts.model import Person, PersonId
from interview_platform.kit.errors import Kind, Refusal

# What others read where an erased person's name was. It is stored in its place, so that no query can forget it.
ERASED_NAME = "Somebody"

# How long an expired credential stays listed, so that its owner can see why a script stopped working.
EXPIRED_KEPT_MS = 30 * 24 * 3600 * 1000


class EmailTaken(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Kind.CONFLICT,
            "email_taken",
            "There is an account with this e-mail already. Sign in instead.",
            fields={"email": "already has an account"},
        )


@dataclass(frozen=True, slots=True)
class Credential:
    """A signed-in browser (`cookie`) or a personal access token (`token`); only the secret's digest is kept."""

    digest: str
    person: PersonId
    kind: str
    label: str
    created_at: int
    expires_at: int


class TokenVerifier(Protocol):
    """Knows the tokens of a sign-in provider (`providers/clerk.py`)."""

    def concerns(self, token: str) -> bool:
        """Whether the bearer token looks like one of the provider's. Cheap, and no proof of anything."""

    async def person(self, token: str) -> Person:
        """Whose token it is; who comes for the first time is stored. Raises unauthenticated, and Kind.UNAVAILABLE when
        the provider has to be asked and does not answer.
        """


class PeopleStore(Protocol):
    async def add_account(self, person: Person, password_hash: str) -> None:
        """Raises EmailTaken, also when two registrations of one address race."""

    async def add_guest(self, person: Person) -> None: ...

    async def upgrade_guest(self, person: Person, password_hash: str | None) -> None:
        """Turn the guest `person.id` into the account `person`, which is a provider's when it has no password here:
        they keep the sessions they took part in.

        Raises EmailTaken. Raises not_found when there is no such guest (any more), or somebody else is this person of
        the provider already.
        """

    async def add_external(self, person: Person) -> Person:
        """Store a person of a provider; when there is one with this provider and subject already, that one as stored.

        Their e-mail is not checked for being taken: only who signs in by password owns an address here.
        """

    async def by_external(self, provider: str, subject: str) -> Person | None: ...

    async def was_erased(self, provider: str, subject: str) -> bool:
        """Whether a person of the provider has been erased here: an event that comes late must not bring them back."""

    async def person(self, id: PersonId) -> Person | None: ...

    async def with_password(self, email: str) -> tuple[Person, str] | None:
        """The account of this (cleaned) address and its password hash."""

    async def password_hash(self, id: PersonId) -> str | None: ...

    async def update(self, person: Person) -> None:
        """Store name, image and `updated_at`; of an external person the e-mail too, but nothing at all when what is
        stored has a later `updated_at`: their provider's events come in any order. Raises not_found.
        """

    async def set_password(self, id: PersonId, password_hash: str, keep: str | None) -> None:
        """Change the password and, in the same step, revoke every credential but the one with digest `keep`."""

    async def settings(self, id: PersonId) -> str:
        """The JSON that was saved last, `{}` when there is none."""

    async def save_settings(self, id: PersonId, settings: str) -> None:
        """Raises not_found, also when the person was erased meanwhile."""

    async def erase(self, id: PersonId) -> None:
        """Remove the person's account data and credentials; what others need to read their session stays, unnamed."""

    async def add_credential(self, credential: Credential) -> None: ...

    async def by_credential(self, digest: str, now: int) -> Person | None:
        """Whose credential this is, None when unknown or expired. On the hot path of every request."""

    async def drop_credential(self, digest: str) -> None: ...

    async def credentials(self, person: PersonId, kind: str) -> list[Credential]:
        """The person's credentials of one kind, newest first, expired ones too."""

    async def drop_expired(self, now: int) -> int:
        """Forget credentials that ended long ago; how many."""

    async def save_image(self, name: str, media_type: str, content: bytes) -> None: ...

    async def image(self, name: str) -> tuple[str, bytes] | None:
        """Media type and content."""

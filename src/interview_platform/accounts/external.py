"""People of sign-in providers: stored when first seen, kept in step, erased when the provider says so."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from interview_platform.accounts.model import EMAIL_MAX, NAME_MAX, Person, PersonId, clean_name
from interview_platform.accounts.ports import PeopleStore
from interview_platform.accounts.service import AccountService
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.kit.ids import new_id

_NOBODY = "Somebody"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a provider says of a person just now. `image`: an address, or None."""

    provider: str
    subject: str
    name: str
    email: str | None
    image: str | None = None
    at: int | None = None
    """When they last changed any of it (ms), where the provider says so: what is older than what we have is no news."""


class ExternalAccounts:
    def __init__(self, people: PeopleStore, accounts: AccountService, *, clock: Callable[[], int] = now_ms) -> None:
        self._people = people
        self._accounts = accounts
        self._clock = clock

    async def known(self, provider: str, subject: str) -> Person | None:
        """Raises account_erased: who was erased here does not come back by an old event or an open browser."""
        person = await self._people.by_external(provider, subject)
        if person is None and await self._people.was_erased(provider, subject):
            raise Refusal(Kind.UNAUTHENTICATED, "account_erased", "This account has been erased on this server.")
        return person

    async def seen(self, seen: Seen, visitor: Person | None = None) -> Person:
        """The person, stored or brought up to date. Raises account_erased.

        Who is new and came as the guest `visitor` becomes the account, and so keeps the sessions they took part in.
        """
        known = await self.known(seen.provider, seen.subject) or await self._first_seen(seen, visitor)
        if seen.at is not None and seen.at < known.updated_at:
            return known
        at = known.updated_at if seen.at is None else seen.at
        changed = replace(known, name=shown_name(seen.name), email=seen.email, image=seen.image, updated_at=at)
        if changed == known:
            return known
        if seen.at is None:
            changed = replace(changed, updated_at=self._clock())
        await self._people.update(changed)
        await self._accounts.changed(changed)
        return changed

    async def _first_seen(self, seen: Seen, visitor: Person | None) -> Person:
        """As stored: somebody may have been quicker, and have known something else of them."""
        now = self._clock()
        at = now if seen.at is None else seen.at
        fresh = Person(
            id=PersonId(new_id()),
            name=shown_name(seen.name),
            email=seen.email,
            image=seen.image,
            guest=False,
            created_at=min(now, at),
            updated_at=at,
            provider=seen.provider,
            subject=seen.subject,
        )
        if visitor is not None and visitor.guest:
            grown = replace(fresh, id=visitor.id, created_at=visitor.created_at)
            try:
                await self._people.upgrade_guest(grown, None)
            except Refusal as refusal:  # another tab was quicker, or the guest has just been erased
                if refusal.kind is not Kind.NOT_FOUND:
                    raise
            else:
                return grown
        return await self._people.add_external(fresh)

    async def erased(self, provider: str, subject: str) -> None:
        """The provider has deleted the person. Remembered even of those we have never seen: word of them may still be
        on its way.
        """
        person = await self._people.by_external(provider, subject)
        if person is None:
            if await self._people.was_erased(provider, subject):
                return
            now = self._clock()
            nobody = Person(PersonId(new_id()), _NOBODY, None, None, False, now, now, provider, subject)
            person = await self._people.add_external(nobody)
        await self._accounts.remove(person)


def shown_email(email: str) -> str | None:
    """An address of a provider's; None when no database and no page could take it."""
    return email if len(email) <= EMAIL_MAX and email.isprintable() else None


def shown_name(name: str) -> str:
    """Providers take names that we do not: these must not keep anybody out."""
    try:
        return clean_name("".join(c for c in name if c.isprintable())[:NAME_MAX])
    except Refusal:
        return _NOBODY

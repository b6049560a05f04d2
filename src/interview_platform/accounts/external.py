"""People of sign-in providers: stored when first seen, kept in step, erased when the provider says so."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from interview_platform.accounts.model import NAME_MAX, Person, PersonId, clean_name
from interview_platform.accounts.ports import PeopleStore
from interview_platform.accounts.service import AccountService
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.kit.ids import new_id


@dataclass(frozen=True, slots=True)
class Seen:
    """What a provider says of a person just now. `image`: an address, or None."""

    provider: str
    subject: str
    name: str
    email: str | None
    image: str | None = None


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

    async def seen(self, seen: Seen) -> Person:
        """The person, stored or brought up to date. Raises account_erased."""
        now = self._clock()
        name = _shown(seen.name)
        known = await self.known(seen.provider, seen.subject)
        if known is None:
            fresh = Person(
                PersonId(new_id()), name, seen.email, seen.image, False, now, now, seen.provider, seen.subject
            )
            return await self._people.add_external(fresh)
        changed = replace(known, name=name, email=seen.email, image=seen.image)
        if changed == known:
            return known
        changed = replace(changed, updated_at=now)
        await self._people.update(changed)
        return changed

    async def erased(self, provider: str, subject: str) -> None:
        """The provider has deleted the person. Nothing happens when there is none (any more)."""
        person = await self._people.by_external(provider, subject)
        if person is not None:
            await self._accounts.remove(person)


def _shown(name: str) -> str:
    """Providers take names that we do not: these must not keep anybody out."""
    try:
        return clean_name("".join(c for c in name if c.isprintable())[:NAME_MAX])
    except Refusal:
        return "Somebody"

"""Tells providers that keep something of people when that has to change."""

from interview_platform.accounts.model import Person
from interview_platform.accounts.service import AccountService
from interview_platform.events.ports import Events


def install(accounts: AccountService, events: Events) -> None:
    async def changed(person: Person) -> None:
        await events.send("person/changed", {"personId": person.id})

    async def erased(person: Person) -> None:
        # Before it is done: afterwards it could be forgotten. Functions look whether it is done.
        await events.send("person/erased", {"personId": person.id}, id=f"erased {person.id}")

    accounts.after_change(changed)
    accounts.before_erase(erased)

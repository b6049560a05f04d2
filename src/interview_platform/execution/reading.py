"""Runs as they are, for who may read them: those that go on, and those that are kept."""

from collections.abc import AsyncIterator, Callable

from interview_platform.accounts.model import Person
from interview_platform.execution.excerpts import excerpts
from interview_platform.execution.following import follow
from interview_platform.execution.going import Going
from interview_platform.execution.ports import RunStore
from interview_platform.execution.runs import Run
from interview_platform.execution.views import RunView
from interview_platform.kit.bus import Bus
from interview_platform.kit.errors import not_found
from interview_platform.kit.ids import plausible
from interview_platform.sessions.policy import Access
from interview_platform.sessions.service import SessionService

RECENT = 20  # runs that a room shows to who comes late, and of a page of the list


class Reading:
    def __init__(self, sessions: SessionService, going: Going, store: RunStore, bus: Bus) -> None:
        self._sessions = sessions
        self._going = going
        self._store = store
        self._bus = bus

    async def one_alone(self, id: str, person: Person) -> RunView:
        """A run of `person` outside a room. Raises not_found."""
        live = self._going.alone(id, person)
        if live is not None:
            return live.view()
        run = await self._store.of_person(id, person.id) if plausible(id) else None
        if run is None:
            raise not_found("run")
        return RunView.of(run)

    def follow(self, id: str, person: Person, expects_more: Callable[[], bool]) -> AsyncIterator[bytes]:
        """What happens to a run of `person` outside a room, as server-sent events."""
        return follow(self._bus, id, lambda: self.one_alone(id, person), expects_more)

    async def of_session(
        self, session: str, person: Person | None, before: str | None = None
    ) -> tuple[list[RunView], str | None]:
        """A page of runs, newest first, and the `before` that gets those before it (None: there are none).

        Raises as `Access.require`, and not_found.
        """
        access = await self._sessions.reading(session, person)
        if before is not None and not plausible(before):
            raise not_found("run")
        found = await self._store.of_session(access.session.id, RECENT + 1, before)
        page = [run for run in found[:RECENT] if run.created_at >= access.since]
        return self._excerpts(page), page[-1].id if len(found) > len(page) == RECENT else None

    async def one_of_session(self, session: str, id: str, person: Person | None) -> RunView:
        """All that is kept of a run. Raises as `Access.require`, and not_found."""
        access = await self._sessions.reading(session, person)
        live = self._going.in_room(id, access.session.id)
        run = live.run if live else await self._store.one_of_session(access.session.id, id) if plausible(id) else None
        if run is None or run.created_at < access.since:
            raise not_found("run")
        return live.view() if live else RunView.of(run)

    async def recent(self, access: Access) -> list[RunView]:
        """The first page, for the room, which has asked for access already."""
        found = await self._store.of_session(access.session.id, RECENT)
        return self._excerpts([run for run in found if run.created_at >= access.since])

    def _excerpts(self, runs: list[Run]) -> list[RunView]:
        return excerpts(self._going[run.id].view() if run.id in self._going else RunView.of(run) for run in runs)

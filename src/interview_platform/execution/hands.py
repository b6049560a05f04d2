"""Who may type to a run that goes on, and stop it: whoever may run."""

import asyncio

from interview_platform.accounts.model import Person
from interview_platform.execution.going import Going
from interview_platform.execution.live import Live
from interview_platform.execution.ports import RunStore
from interview_platform.execution.runs import Run
from interview_platform.execution.typed import RunFinished
from interview_platform.execution.views import RunView
from interview_platform.kit.errors import Refusal, not_found
from interview_platform.kit.ids import plausible
from interview_platform.sessions.model import Session, SessionId
from interview_platform.sessions.policy import Action
from interview_platform.sessions.service import SessionService

END_SECONDS = 1.0  # to kill a program and store that takes milliseconds; on a busy machine the event tells the rest


class Hands:
    def __init__(self, sessions: SessionService, going: Going, store: RunStore) -> None:
        self._sessions = sessions
        self._going = going
        self._store = store

    def typed(self, session: SessionId, person: Person, id: str, text: str, *, end: bool = False) -> None:
        """For the room, which has asked for access already. Raises as `type_in_room`."""
        live = self._going.in_room(id, session)
        if live is None:
            raise RunFinished("This run has ended, or there is no such run.")
        self._going.type(live, person, text, end=end)

    async def type_in_room(self, session: str, id: str, person: Person, text: str, *, end: bool) -> None:
        """Raises as `Access.require`, and not_found, run_finished, not_interactive, input_ended, input_too_large,
        input_full, typing_too_fast.
        """
        self._going.type(await self._in_room(session, id, person), person, text, end=end)

    async def type_alone(self, id: str, person: Person, text: str, *, end: bool) -> None:
        """To a run outside a room. Raises likewise."""
        self._going.type(await self._alone(id, person), person, text, end=end)

    async def stop_in_room(self, session: str, id: str, person: Person) -> RunView:
        """The run, ended. Raises as `Access.require`, and not_found, run_finished."""
        return await self._stop(await self._in_room(session, id, person), person)

    async def stop_alone(self, id: str, person: Person) -> RunView:
        """Likewise. Raises not_found, run_finished."""
        return await self._stop(await self._alone(id, person), person)

    async def session_ended(self, session: Session) -> None:
        """Nobody is there any more to type to its programs, or to stop them."""
        for live in self._going:
            if live.run.session == session.id:
                self._going.stop(live, "Stopped: the interview was ended.")

    async def _stop(self, live: Live, person: Person) -> RunView:
        self._going.stop(live, "Stopped.", person)
        return await ended(live)

    async def _in_room(self, session: str, id: str, person: Person) -> Live:
        access = await self._sessions.access(session, person)
        access.require(Action.RUN)
        live = self._going.in_room(id, access.session.id)
        if live is None:
            raise _over(await self._store.one_of_session(access.session.id, id) if plausible(id) else None)
        return live

    async def _alone(self, id: str, person: Person) -> Live:
        live = self._going.alone(id, person)
        if live is None:
            raise _over(await self._store.of_person(id, person.id) if plausible(id) else None)
        return live


async def ended(live: Live) -> RunView:
    """The run when it has ended; as it is when that takes long."""
    assert live.task is not None
    done, _ = await asyncio.wait({live.task}, timeout=END_SECONDS)
    return RunView.of(live.task.result()) if done else live.view()


def _over(run: Run | None) -> Refusal:
    return not_found("run") if run is None else RunFinished()

"""Who may open a socket of a room: asked once, at connect. Refused before the handshake is answered, if it can be."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from interview_platform.accounts.model import Person
from interview_platform.kit.asgi import refuse, same_origin
from interview_platform.kit.close_codes import CloseCode
from interview_platform.kit.errors import Kind, Refusal, forbidden, unauthenticated
from interview_platform.room.seats import Seat, Seats
from interview_platform.room.socket import Receive, Scope, Send
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.policy import Access, Action


class WhoAsks(Protocol):
    """`accounts.identity.Identity`, as far as sockets need it."""

    async def of_scope(self, scope: Mapping[str, Any]) -> Person | None: ...


class AsksAccess(Protocol):
    """`sessions.service.SessionService`, as far as sockets need it."""

    async def access(self, id: str, person: Person | None) -> Access: ...


@dataclass(frozen=True, slots=True)
class Entrance:
    """Somebody who was let in; the socket is accepted."""

    person: Person
    access: Access
    seat: Seat


class Door:
    """`client_url`: the public origin behind a proxy (see `kit.asgi.same_origin`)."""

    def __init__(self, identity: WhoAsks, sessions: AsksAccess, seats: Seats, client_url: str | None) -> None:
        self._identity = identity
        self._sessions = sessions
        self._seats = seats
        self._client_url = client_url

    async def answer(
        self,
        id: str,
        scope: Scope,
        receive: Receive,
        send: Send,
        serve: Callable[[Entrance], Awaitable[None]],
        *,
        action: Action = Action.READ,
    ) -> None:
        """Refuse the socket to who may not `action`, or accept it and serve it to its end."""
        await receive()  # websocket.connect
        accepted = False
        try:
            person = await self._person(scope)
            # The seat first: an access that is lost while we ask for it closes the socket all the same.
            ask = partial(self._sessions.access, id, person)
            with self._seats.taken(SessionId(id), person.id, ask) as seat:
                access = await ask()
                access.require(action)
                await send({"type": "websocket.accept"})
                accepted = True
                if access.session.active:
                    await serve(Entrance(person, access, seat))
                else:
                    await send({"type": "websocket.close", "code": CloseCode.ENDED, "reason": "ended"})
        except Refusal as refusal:
            if accepted:
                await _send_away(refusal, send)
            else:
                await refuse(refusal, scope, send)

    async def _person(self, scope: Scope) -> Person:
        if not same_origin(scope, self._client_url):
            raise forbidden("This request came from another site.", "foreign_origin")
        person = await self._identity.of_scope(scope)
        if person is None:
            raise unauthenticated()
        return person


async def _send_away(refusal: Refusal, send: Send) -> None:
    """Close the open socket: it is too late for an answer in HTTP."""
    code = CloseCode.FAILED if refusal.kind is Kind.UNAVAILABLE else refusal.kind.close_code
    await send({"type": "websocket.close", "code": int(code), "reason": refusal.code})

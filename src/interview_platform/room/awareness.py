"""Who shows which cursor: the newest state of every Yjs client in the room, and whose it is.

The layout of a message: https://github.com/yjs/y-protocols/blob/master/awareness.js.
"""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from interview_platform.room.limits import RoomLimits
from interview_platform.room.wire import BadFrame, encode_var_uint, var_uint

_NULL = b"null"
_COLOR = re.compile(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?")


class _Shown(msgspec.Struct):
    """What we check of a state; the rest is the browsers' business, but must be JSON."""

    user: Any = msgspec.UNSET


_decode_shown = msgspec.json.Decoder(_Shown | None).decode
_decode_any = msgspec.json.Decoder(dict[str, Any]).decode
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Persona:
    """What a connection may say of itself."""

    id: str
    name: str
    color: int


class _State(NamedTuple):
    clock: int
    json: bytes
    owner: object


class News(NamedTuple):
    """What to tell the others. `as_sent`: exactly what the connection sent, so that its frame can be passed on."""

    entries: dict[int, bytes]
    as_sent: bool


class Awareness:
    def __init__(self, limits: RoomLimits) -> None:
        self._limits = limits
        self._states: dict[int, _State] = {}

    def apply(self, owner: object, persona: Persona, payload: bytes) -> News:
        """Take what a connection says. What it says of others' clients is left out. Raises BadFrame.

        (A plain y-websocket client repeats every state that it is told.)
        """
        count, at = var_uint(payload, 0)
        if count > len(payload):
            raise BadFrame("count too large")
        entries: dict[int, bytes] = {}
        as_sent = True
        for _ in range(count):
            client, at = var_uint(payload, at)
            clock, at = var_uint(payload, at)
            length, at = var_uint(payload, at)
            json = payload[at : at + length]
            at += length
            if at > len(payload):
                raise BadFrame("cut off")
            if not self._accepts(owner, persona, client, clock):
                as_sent = False
                continue
            truthful = truthful_state(json, persona)
            as_sent &= truthful is json
            if truthful == _NULL:
                self._states.pop(client, None)
            else:
                self._states[client] = _State(clock, truthful, (owner, persona.id))
            entries[client] = _entry(client, clock, truthful)
        if at != len(payload):
            raise BadFrame("trailing bytes")
        return News(entries, as_sent)

    def everything(self) -> bytes | None:
        """All states as one payload, None if there are none."""
        if not self._states:
            return None
        return join_entries({client: _entry(client, state.clock, state.json) for client, state in self._states.items()})

    def drop(self, owner: object) -> dict[int, bytes]:
        """A connection has gone: its clients leave. What to tell the others."""
        gone = [(client, state.clock) for client, state in self._states.items() if _owner(state) is owner]
        for client, _ in gone:
            del self._states[client]
        return {client: _entry(client, clock, _NULL) for client, clock in gone}

    def _accepts(self, owner: object, persona: Persona, client: int, clock: int) -> bool:
        state = self._states.get(client)
        if state is None:
            mine = sum(1 for other in self._states.values() if _owner(other) is owner)
            return mine < self._limits.client_ids
        if _owner(state) is owner:
            return clock >= state.clock
        # The same person on a new connection, the old one not yet known to be dead. An echo has the clock we know.
        return state.owner[1] == persona.id and clock > state.clock  # type: ignore[index]


def _owner(state: _State) -> object:
    return state.owner[0]  # type: ignore[index]


def truthful_state(json: bytes, persona: Persona) -> bytes:
    """The state with the person's own id, name and colour where it names a user; the same object if it is so already.

    A colour may also be any `#rrggbb`: editors that know nothing of our palette use that. Raises BadFrame.
    """
    try:
        json.decode()  # the decoder does not look into what it skips
        shown = _decode_shown(json)
        if shown is None:
            return _NULL if json != _NULL else json
        user = shown.user
        if user is msgspec.UNSET or _is_truthful(user, persona):
            return json
        state = _decode_any(json)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadFrame(f"awareness: {error}") from None
    own = {"id": persona.id, "name": persona.name, "color": persona.color}
    if isinstance(user, dict):
        own = {key: own[key] for key in own if key in user and not (key == "color" and _is_hex(user[key]))}
        state["user"] = user | own
    else:
        state["user"] = own
    return _encode(state)


def _is_truthful(user: object, persona: Persona) -> bool:
    if not isinstance(user, dict):
        return False
    color = user.get("color", persona.color)
    return (
        user.get("id", persona.id) == persona.id
        and user.get("name", persona.name) == persona.name
        and ((color == persona.color and not isinstance(color, bool)) or _is_hex(color))
    )


def _is_hex(color: object) -> bool:
    return isinstance(color, str) and _COLOR.fullmatch(color) is not None


def _entry(client: int, clock: int, json: bytes) -> bytes:
    return encode_var_uint(client) + encode_var_uint(clock) + encode_var_uint(len(json)) + json


def join_entries(entries: dict[int, bytes]) -> bytes:
    return encode_var_uint(len(entries)) + b"".join(entries.values())

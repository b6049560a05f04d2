"""Asks a TURN relay for an address, as a browser does before a call: what `doctor` needs of RFC 5389 and RFC 5766.

No small library for it is well kept. One request is enough, sent a second time with the answer to its challenge.
"""

import asyncio
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass

from interview_platform.providers.turn.wire import Wire, connected

_COOKIE = 0x2112A442
_HEADER = struct.Struct("!HHI12s")
_ALLOCATE, _REFRESH = 0x0003, 0x0004
_SUCCESS, _FAILURE = 0x0100, 0x0110
_USERNAME, _INTEGRITY, _ERROR, _LIFETIME, _REALM, _NONCE, _TRANSPORT = 0x06, 0x08, 0x09, 0x0D, 0x14, 0x15, 0x19
_UNAUTHENTICATED, _STALE_NONCE = 401, 438
_UDP = b"\x11\0\0\0"  # what the relay carries to the other browser, however we reach the relay


class TurnRefused(Exception):
    """The relay answered with an error."""

    def __init__(self, code: int) -> None:
        super().__init__(f"error {code}")
        self.code = code


class TurnUnclear(Exception):
    """Something answered, but not as a TURN server does."""


async def allocate(url: str, username: str, password: str, *, timeout_seconds: float) -> None:
    """Get a relayed address, and give it back. Raises TurnRefused, TurnUnclear, OSError; ValueError for the `url`."""
    async with asyncio.timeout(timeout_seconds), connected(url) as wire:
        challenge = await _ask(wire, _ALLOCATE, {_TRANSPORT: _UDP})
        if challenge.error is None:
            raise TurnUnclear("it asks for no credentials")
        realm = challenge.fields.get(_REALM)
        if challenge.error != _UNAUTHENTICATED or realm is None:
            raise TurnRefused(challenge.error)
        signer = _Signer(wire, username, password, realm, challenge.fields.get(_NONCE, b""))
        asked = await signer.ask(_ALLOCATE, {_TRANSPORT: _UDP})
        if asked.error is not None:
            raise TurnRefused(asked.error)
        await signer.ask(_REFRESH, {_LIFETIME: bytes(4)})


@dataclass(frozen=True, slots=True)
class _Answer:
    error: int | None
    fields: dict[int, bytes]


@dataclass(slots=True)
class _Signer:
    wire: Wire
    username: str
    password: str
    realm: bytes
    nonce: bytes

    async def ask(self, method: int, fields: dict[int, bytes]) -> _Answer:
        name = self.username.encode()
        # RFC 5389 wants MD5 here and HMAC-SHA1 below.
        key = hashlib.md5(b":".join((name, self.realm, self.password.encode())), usedforsecurity=False).digest()
        for _ in range(2):
            own = {**fields, _USERNAME: name, _REALM: self.realm, _NONCE: self.nonce}
            asked = await _ask(self.wire, method, own, key)
            if asked.error != _STALE_NONCE:
                break
            self.nonce = asked.fields.get(_NONCE, self.nonce)
        return asked


async def _ask(wire: Wire, method: int, fields: dict[int, bytes], key: bytes | None = None) -> _Answer:
    transaction = secrets.token_bytes(12)
    body = b"".join(_field(kind, value) for kind, value in fields.items())
    if key is not None:
        signed = _HEADER.pack(method, len(body) + 24, _COOKIE, transaction) + body
        body += _field(_INTEGRITY, hmac.new(key, signed, hashlib.sha1).digest())
    await wire.send(_HEADER.pack(method, len(body), _COOKIE, transaction) + body)
    while True:
        answer = _read(await wire.receive(), method, transaction)
        if answer is not None:
            return answer


def _field(kind: int, value: bytes) -> bytes:
    return struct.pack("!HH", kind, len(value)) + value + bytes(-len(value) % 4)


def _read(message: bytes, method: int, transaction: bytes) -> _Answer | None:
    """None: an answer to something else, such as a request that was sent twice. Raises TurnUnclear."""
    if len(message) < _HEADER.size:
        raise TurnUnclear("short")
    kind, length, cookie, answered = _HEADER.unpack_from(message)
    if cookie != _COOKIE or length != len(message) - _HEADER.size:
        raise TurnUnclear("not STUN")
    if answered != transaction:
        return None
    fields: dict[int, bytes] = {}
    at = _HEADER.size
    while at + 4 <= len(message):
        field, size = struct.unpack_from("!HH", message, at)
        fields.setdefault(field, message[at + 4 : at + 4 + size])
        at += 4 + size + -size % 4
    if kind == method | _SUCCESS:
        return _Answer(None, fields)
    error = fields.get(_ERROR, b"")
    if kind != method | _FAILURE or len(error) < 4:
        raise TurnUnclear("neither success nor failure")
    return _Answer((error[2] & 7) * 100 + error[3], fields)

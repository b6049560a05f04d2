"""The bytes of the y-websocket protocol: https://github.com/yjs/y-protocols/blob/master/PROTOCOL.md."""

from typing import Final

SYNC: Final = 0
AWARENESS: Final = 1
AUTH: Final = 2
QUERY_AWARENESS: Final = 3
ACK: Final = 120
"""Ours, sent only with `?acks=1`: the first n sync update messages of the receiver are durable."""

STEP_1: Final = 0
STEP_2: Final = 1
UPDATE: Final = 2

NOTHING: Final = b"\x00\x00"
"""The empty update."""
EMPTY_STATE: Final = b"\x00"
"""The state vector of an empty document."""

_MAX = (1 << 53) - 1  # what a JavaScript peer can count to; a larger number makes it throw


class BadFrame(Exception):
    """Bytes that the protocol does not know."""


def var_uint(data: bytes, at: int) -> tuple[int, int]:
    """The number at `at`, and where the next thing begins. Raises BadFrame."""
    value = shift = 0
    try:
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                break
            shift += 7
            if shift > 49:  # the eighth byte is the last that 53 bits can need
                raise BadFrame("number too large")
    except IndexError:
        raise BadFrame("cut off") from None
    if value > _MAX:
        raise BadFrame("number too large")
    return value, at


def encode_var_uint(value: int) -> bytes:
    if value < 128:
        return bytes((value,))
    out = bytearray()
    while value > 127:
        out.append(128 | (value & 127))
        value >>= 7
    out.append(value)
    return bytes(out)


def only_payload(frame: bytes, at: int) -> bytes:
    """The length-prefixed bytes at `at`, which must be the last thing in the frame. Raises BadFrame."""
    if at < len(frame) and frame[at] < 128 and frame[at] + at + 1 == len(frame):
        return frame[at + 1 :]  # as nearly always: a length of one byte, and it matches
    length, start = var_uint(frame, at)
    if start + length != len(frame):
        raise BadFrame("length does not match")
    return frame[start:]


def sync_message(step: int, payload: bytes) -> bytes:
    return bytes((SYNC, step)) + encode_var_uint(len(payload)) + payload


def awareness_message(payload: bytes) -> bytes:
    return bytes((AWARENESS,)) + encode_var_uint(len(payload)) + payload


def denied_message(reason: str) -> bytes:
    """The standard auth message: 0 means permission denied."""
    text = reason.encode()
    return bytes((AUTH, 0)) + encode_var_uint(len(text)) + text


def ack_message(count: int) -> bytes:
    return bytes((ACK,)) + encode_var_uint(count)


def state_vector(clocks: dict[bytes, int]) -> bytes:
    """`clocks` by client id, the id in its encoded form (see `update.py`)."""
    parts = [encode_var_uint(len(clocks))]
    for client, clock in clocks.items():
        parts.append(client)
        parts.append(encode_var_uint(clock))
    return b"".join(parts)


def read_state_vector(data: bytes) -> dict[bytes, int]:
    """Raises BadFrame. (The library would reserve memory for as many entries as a hostile vector claims.)"""
    count, at = var_uint(data, 0)
    clocks: dict[bytes, int] = {}
    for _ in range(count):
        client, at = var_uint(data, at)
        clock, at = var_uint(data, at)
        if clock >= 1 << 32:
            raise BadFrame("clock too large")
        clocks[encode_var_uint(client)] = clock
    if at != len(data):
        raise BadFrame("trailing bytes")
    return clocks

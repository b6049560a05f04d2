"""Refusals: the one way a feature says no. `app/errors.py` turns them into HTTP and WebSocket answers."""

from collections.abc import Mapping
from enum import IntEnum


class Kind(IntEnum):
    """What sort of no it is. The value is the HTTP status; a WebSocket closes with 4000 + the value."""

    BAD_REQUEST = 400
    UNAUTHENTICATED = 401
    FORBIDDEN = 403
    NOT_FOUND = 404
    CONFLICT = 409
    TOO_LARGE = 413
    UNPROCESSABLE = 422
    TOO_MANY = 429
    UNAVAILABLE = 503

    @property
    def close_code(self) -> int:
        return 4000 + self.value


class Refusal(Exception):
    """A request that is refused, with a stable `code` for programs and a `message` for people.

    `fields` names the offending inputs (camelCase, as sent) and says what is wrong with each.
    """

    def __init__(
        self,
        kind: Kind,
        code: str,
        message: str,
        *,
        fields: Mapping[str, str] | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.code = code
        self.message = message
        self.fields = dict(fields) if fields else None
        self.retry_after = retry_after


def not_found(what: str) -> Refusal:
    return Refusal(Kind.NOT_FOUND, "not_found", f"There is no such {what}, or you may not see it.")


def unauthenticated() -> Refusal:
    return Refusal(Kind.UNAUTHENTICATED, "unauthenticated", "Sign in first.")


def forbidden(message: str = "You may not do this.", code: str = "forbidden") -> Refusal:
    return Refusal(Kind.FORBIDDEN, code, message)


def invalid(message: str, code: str = "invalid", **fields: str) -> Refusal:
    return Refusal(Kind.UNPROCESSABLE, code, message, fields=fields or None)


class StorageUnavailable(Refusal):
    """The database is locked, full, read-only, closing or not reachable. A write that raises it has changed nothing,
    unless the connection broke during the commit itself: then only reading again can tell.
    """

    def __init__(self) -> None:
        super().__init__(
            Kind.UNAVAILABLE,
            "storage_unavailable",
            "The server cannot reach its database right now. Try again in a moment.",
            retry_after=2,
        )


class CannotOpen(Exception):
    """A part, e.g. the database, cannot be used at all. The message tells the operator what to do; start-up ends."""

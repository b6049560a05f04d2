"""What stands before every HTTP request: security headers, foreign origins, body size, metrics. Raw ASGI: cheap."""

import math
import time
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.registry import Collector
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interview_platform.accounts.identity import bearer_of
from interview_platform.app.csp import content_security_policy
from interview_platform.app.errors import refusal_body
from interview_platform.events.model import Counts
from interview_platform.execution.piston_api import PREFIX as PISTON
from interview_platform.kit.asgi import header, same_origin
from interview_platform.kit.errors import Kind, Refusal

SECURITY_HEADERS = [
    (b"content-security-policy", content_security_policy().encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),  # an invite's token stands in the address
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(self), microphone=(self), display-capture=(self), geolocation=()"),
]
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Metrics:
    """What Prometheus is told of this process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "http_requests_total", "Requests answered.", ["method", "status"], registry=self.registry
        )
        self.seconds = Histogram("http_request_seconds", "Time to answer.", registry=self.registry)
        self._events = Gauge("events_waiting", "Deliveries of events not done yet.", ["state"], registry=self.registry)

    def also(self, more: Iterable[Collector]) -> None:
        """What a feature counts by itself."""
        for one in more:
            self.registry.register(one)

    def note_events(self, counts: Counts | None) -> None:
        """None: not known right now."""
        self._events.labels("waiting").set(counts.waiting if counts else math.nan)
        self._events.labels("dead").set(counts.dead if counts else math.nan)


class Guard:
    """`policy`: the content security policy, when it is not that of a server without providers."""

    def __init__(
        self, app: ASGIApp, *, client_url: str | None, body_max: int, metrics: Metrics, policy: str | None = None
    ) -> None:
        self._app = app
        self._client_url = client_url
        self._body_max = body_max
        self._headers = list(SECURITY_HEADERS)
        if policy is not None:
            self._headers[0] = (b"content-security-policy", policy.encode())
        self._seconds = metrics.seconds
        self._requests = metrics.requests
        self._counts: dict[tuple[str, int], Counter] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def send_guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                present = {key for key, _ in message.get("headers", ())}
                extra = [pair for pair in self._headers if pair[0] not in present]
                message["headers"] = [*message.get("headers", ()), *extra]
            await send(message)

        refusal = self._refusal(scope)
        try:
            if refusal is not None:
                await _refuse(refusal, send_guarded)
            else:
                await self._app(scope, self._bounded(receive), send_guarded)
        finally:
            self._seconds.observe(time.perf_counter() - started)
            self._count(scope["method"], status)

    def _refusal(self, scope: Scope) -> Refusal | None:
        if scope["method"] in _SAFE:
            return None
        # What carries a bearer token is never taken for the cookie's owner (identity.py); no foreign page can send one.
        if bearer_of(scope) is None and not same_origin(scope, self._client_url):
            return Refusal(Kind.FORBIDDEN, "foreign_origin", "This request came from another site.")
        length = header(scope, b"content-length")
        if length is not None and (not length.isdigit() or int(length) > self._body_max):
            return _too_large(self._body_max)
        path: str = scope["path"]
        # The Piston-compatible API looks at the type itself and refuses another one in Piston's words.
        if path.startswith("/api/") and not path.startswith(f"{PISTON}/") and not _is_json(scope):
            return Refusal(Kind.BAD_REQUEST, "not_json", "Send the body as application/json.")
        return None

    def _bounded(self, receive: Receive) -> Receive:
        """Bodies without a length (chunked) are counted as they come."""
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                if taken > self._body_max:
                    # Not a Refusal: FastAPI turns what the body's reading raises into 400, but for its own exception.
                    raise HTTPException(413)
            return message

        return bounded

    def _count(self, method: str, status: int) -> None:
        method = method if method in {"GET", "POST", "PATCH", "DELETE", "HEAD", "PUT", "OPTIONS"} else "OTHER"
        counter = self._counts.get((method, status))
        if counter is None:
            counter = self._counts[(method, status)] = self._requests.labels(method, str(status))
        counter.inc()


def _is_json(scope: Scope) -> bool:
    """A body must say that it is JSON: a form of a foreign page cannot. No body needs no type."""
    length = header(scope, b"content-length")
    chunked = header(scope, b"transfer-encoding") is not None
    if not chunked and (length is None or length == "0"):
        return True
    kind = (header(scope, b"content-type") or "").partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def _too_large(limit: int) -> Refusal:
    return Refusal(Kind.TOO_LARGE, "too_large", f"This request is larger than {limit:,} bytes.")


async def _refuse(refusal: Refusal, send: Send) -> None:
    body = refusal_body(refusal)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": int(refusal.kind), "headers": headers})
    await send({"type": "http.response.body", "body": body})

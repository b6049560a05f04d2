"""One sign-in on its way through the provider: kept here, bound to the browser that began it, used once."""

import hmac
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from interview_platform.accounts.external import Seen
from interview_platform.kit.ids import digest, new_secret

PROVIDER = "oidc"
SECONDS = 600  # to sign in at the provider, with a second factor that has to be looked for
FLOWS_MAX = 20_000  # about 20 MB; the oldest goes first
NEXT_MAX = 500
_HOME = "/dashboard"


class SignInFailed(Exception):
    """`code` is for the sign-in page. The words are for the operator's log, without secrets."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def denied(reason: str) -> SignInFailed:
    return SignInFailed("oidc_failed", reason)


def unavailable(reason: object) -> SignInFailed:
    return SignInFailed("oidc_unavailable", str(reason))


@dataclass(frozen=True, slots=True)
class Flow:
    redirect_uri: str
    next: str
    state: str = field(default_factory=new_secret, repr=False)
    nonce: str = field(default_factory=new_secret, repr=False)
    verifier: str = field(default_factory=new_secret, repr=False)
    """PKCE: proves to the provider that who brings the code also asked for it."""
    binding: str = field(default_factory=new_secret, repr=False)
    """In a cookie of the browser: a callback that somebody else is talked into is refused."""

    @property
    def cookie(self) -> str:
        return cookie_name(self.state)


class SignInProvider(Protocol):
    name: str
    """What stands on the button."""

    async def authorize_url(self, flow: Flow) -> str:
        """Where to send the browser. Raises SignInFailed."""

    async def identify(self, flow: Flow, code: str) -> Seen:
        """Who comes back with `code`. Raises SignInFailed."""

    def accepts(self, issuer: str | None) -> bool:
        """Whether an answer that says that it is from `issuer` (RFC 9207) is from this provider."""

    async def check(self) -> str | None:
        """None when the provider answers; else one sentence for the operator."""


class Flows:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun: OrderedDict[str, tuple[Flow, float]] = OrderedDict()  # oldest first

    def begin(self, redirect_uri: str, next: str | None) -> Flow:
        flow, now = Flow(redirect_uri, local_path(next)), self._clock()
        while self._begun:
            oldest, (_, expires) = next_of(self._begun)
            if expires > now and len(self._begun) < FLOWS_MAX:
                break
            del self._begun[oldest]
        self._begun[digest(flow.state)] = (flow, now + SECONDS)
        return flow

    def end(self, state: str, binding: str | None) -> Flow | None:
        """The flow with this state, if this browser began it and not too long ago. It is over then.

        A wrong browser does not end it: who guesses or overhears a state must not be able to.
        """
        flow, expires = self._begun.get(digest(state), (None, 0.0))
        if flow is None or binding is None or not hmac.compare_digest(digest(flow.binding), digest(binding)):
            return None
        del self._begun[digest(state)]
        return flow if self._clock() < expires else None


def next_of(begun: OrderedDict[str, tuple[Flow, float]]) -> tuple[str, tuple[Flow, float]]:
    return next(iter(begun.items()))


def cookie_name(state: str) -> str:
    """One for each flow: two tabs may sign in at the same time."""
    return f"interview_oidc_{digest(state)[:16]}"


def local_path(next: str | None) -> str:
    """`next` when it is a page of ours, whatever a browser makes of slashes and white space."""
    if not next or len(next) > NEXT_MAX or not next.isascii() or not next.isprintable():
        return _HOME
    if not re.match(r"/(?![/\\])[^\\ ]*\Z", next) or next.startswith("/api/"):
        return _HOME
    return next

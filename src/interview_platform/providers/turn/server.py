"""The relay of TURN_URL as the operator's `doctor` sees it."""

import asyncio
import ssl
import time
from dataclasses import dataclass

from interview_platform.accounts.model import PersonId
from interview_platform.call.turn import Turn
from interview_platform.providers.turn.client import TurnRefused, TurnUnclear, allocate

TIMEOUT_SECONDS = 5.0
_CREDENTIAL_SECONDS = 60


@dataclass(frozen=True, slots=True)
class TurnServer:
    """The relay of TURN_URL, for `doctor`."""

    turn: Turn
    timeout_seconds: float = TIMEOUT_SECONDS

    async def check(self) -> str | None:
        """None when every address gives out a relay; else one sentence for the operator."""
        username, password = self.turn.credentials(PersonId("doctor"), int(time.time()) + _CREDENTIAL_SECONDS)
        said = await asyncio.gather(*(self._try(url, username, password) for url in self.turn.urls))
        return " ".join(one for one in said if one) or None

    async def _try(self, url: str, username: str, password: str) -> str | None:
        try:
            await allocate(url, username, password, timeout_seconds=self.timeout_seconds)
        except TurnRefused as refused:
            return f"{url}: {_ADVICE.get(refused.code, f'the relay refuses with error {refused.code}: see its log.')}"
        except (OSError, TurnUnclear, ValueError) as error:
            return f"{url}: {next(sentence for kind, sentence in _WRONG if isinstance(error, kind))}"
        return None


_ADVICE = {
    401: "the relay refuses our credentials: TURN_SECRET must be coturn's static-auth-secret (with use-auth-secret), "
    "and the clocks of both machines must agree.",
    403: "the relay forbids it: see its allowed-peer-ip and denied-peer-ip.",
    486: "the relay has no allocation left for one user: raise coturn's user-quota.",
    508: "the relay is full: raise coturn's total-quota, or its range of ports (min-port, max-port).",
}

# The first that fits: a bad certificate is an OSError and a ValueError too, a timeout an OSError.
_WRONG: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLError, "the relay's certificate is not good for this name: renew it, or correct TURN_URL."),
    (TimeoutError, "no answer: check that coturn runs, and that the firewall lets this port through."),
    (OSError, "it cannot be reached: check the name and port in TURN_URL, and that coturn runs there."),
    (TurnUnclear, "what answers there is no TURN server: check host and port in TURN_URL."),
    (ValueError, "this is no TURN address: write turn:host:port, turn:host:port?transport=tcp or turns:host:port."),
)

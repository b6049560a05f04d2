"""What can be the matter with a service: the stand-ins of providers answer so when they are told to."""

from typing import Literal

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

Trouble = Literal["none", "slow", "429", "500", "not json", "other shape"]
TROUBLES: tuple[Trouble, ...] = ("slow", "429", "500", "not json", "other shape")
_ANSWERS = {
    "429": Response('{"errors": []}', 429, {"retry-after": "30"}),
    "500": Response("oh no", 500),
    "not json": Response("<html>Sign in to the hotel's network</html>", 200),
    "other shape": Response('{"users": "none", "keys": 7}', 200),
}


class Troubled:
    """`app`, which `trouble` befalls. Counts what it is asked."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.trouble: Trouble = "none"
        self.only = ""
        """Paths that begin otherwise are spared."""
        self.asked: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        self.asked.append(path)
        if self.trouble == "none" or not path.startswith(self.only):
            await self._app(scope, receive, send)
        elif self.trouble == "slow":
            message = await receive()
            while message["type"] != "http.disconnect":
                message = await receive()
        else:
            await _ANSWERS[self.trouble](scope, receive, send)

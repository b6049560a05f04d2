"""Piston's v2 API over HTTP, and the words for how the *server* fails."""

import asyncio
import json
import re
from collections.abc import Mapping
from typing import Any

import httpx
from pydantic import TypeAdapter, ValidationError

from interview_platform.execution.piston_api import EXTENSIONS, INPUT_END
from interview_platform.providers.piston.answers import Answer, Runtime

RUNTIMES_SECONDS = 10.0  # a list from memory
CONNECT_SECONDS = 5.0
# Node closes a quiet connection after 5 s: one used at that very moment would look like a server that broke off.
KEEP_ALIVE_SECONDS = 3.0
ANSWER_MAX = 16 * 1024 * 1024  # bytes; of an answer nothing beyond two streams of 1 MB is kept
RETRY_SECONDS = 0.25  # the public Piston takes a request every 0.2 s, and does not say so in a header
RETRY_MAX_SECONDS = 300.0  # whoever asks for more is asked again after this

SERVER = "The Piston server"  # without its address: candidates read this
_RUNTIMES = TypeAdapter(list[Runtime])
_LIMIT = re.compile(r"^(\w{1,40}) cannot exceed the configured limit of (\d{1,15})\b")


class PistonFailed(Exception):
    """The server failed, not the program. `message` is for people, candidates too: no address, no credentials."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Busy(PistonFailed):
    def __init__(self, retry_after: float) -> None:
        super().__init__(f"{SERVER} has too much to do (429).")
        self.retry_after = retry_after


class TooLarge(PistonFailed):
    """Of this one request only."""


class LimitTooHigh(PistonFailed):
    """The server allows less of the limit `name`: `allowed`."""

    def __init__(self, name: str, allowed: int, said: str) -> None:
        super().__init__(f"{SERVER} refused the run: {said}.")
        self.name = name
        self.allowed = allowed


class PistonClient:
    def __init__(self, url: str, key: str | None) -> None:
        """`url`: with or without the path of the API. Raises ValueError, which shows no secret."""
        root = _root(url)
        auth = httpx.BasicAuth(root.username, root.password) if root.userinfo and not key else None
        root = root.copy_with(userinfo=b"")
        self.ends_input = False
        """Whether the server says that it closes a program's input when a socket asks for it, as ours does."""
        self.address = str(root)
        headers = {"accept": "application/json", "accept-encoding": "identity"}
        if key:
            if not key.isascii() or not key.isprintable():
                raise ValueError("PISTON_API_KEY must be plain letters, digits and signs")
            headers["authorization"] = key  # as the public Piston takes it: no "Bearer"
        self.socket_url = str(root.copy_with(scheme=root.scheme.replace("http", "ws"), userinfo=b"").join("connect"))
        self.socket_headers = {"authorization": key} if key else _basic(auth)
        self._http = httpx.AsyncClient(
            base_url=root,
            auth=auth,
            headers=headers,
            timeout=httpx.Timeout(None, connect=CONNECT_SECONDS),
            limits=httpx.Limits(max_connections=None, keepalive_expiry=KEEP_ALIVE_SECONDS),
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def runtimes(self) -> list[Runtime]:
        """Raises PistonFailed."""
        body, headers = await self._ask("GET", "runtimes", RUNTIMES_SECONDS)
        self.ends_input = headers.get(EXTENSIONS) == INPUT_END
        try:
            return _RUNTIMES.validate_json(body)
        except ValidationError:
            raise _malformed() from None

    async def execute(self, request: Mapping[str, Any], seconds: float) -> Answer:
        """Raises PistonFailed."""
        # Half characters are replaced: no UTF-8 can hold them.
        content = json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
        body, _ = await self._ask("POST", "execute", seconds, content)
        try:
            return Answer.model_validate_json(body)
        except ValidationError:
            raise _malformed() from None

    async def _ask(
        self, method: str, path: str, seconds: float, content: bytes | None = None
    ) -> tuple[bytes, httpx.Headers]:
        headers = {"content-type": "application/json"} if content is not None else {}
        try:
            # Of the whole exchange: httpx's own time-outs begin anew with every byte.
            async with (
                asyncio.timeout(seconds),
                self._http.stream(method, path, content=content, headers=headers) as response,
            ):
                body = await _body(response)
        except (TimeoutError, httpx.TimeoutException):
            raise PistonFailed(f"{SERVER} did not answer in time ({seconds:g} s).") from None
        except httpx.ConnectError as error:
            told = f"{SERVER} cannot be reached ({error}). Is it running, and is PISTON_URL right?"
            raise PistonFailed(told) from None
        except httpx.HTTPError:
            raise PistonFailed(f"{SERVER} broke off the connection.") from None
        if response.status_code != httpx.codes.OK:
            raise failure(response.status_code, body, response.headers.get("retry-after", ""))
        return body, response.headers


async def _body(response: httpx.Response) -> bytes:
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > ANSWER_MAX:
            raise PistonFailed(f"{SERVER} answered with more than can be taken.")
    return bytes(body)


def failure(status: int, body: bytes, retry_after: str = "") -> PistonFailed:
    """What an answer that is not 200 means."""
    said = _message(body)
    limit = _LIMIT.match(said)
    if status == 413 or "entity too large" in said:
        return TooLarge(f"{SERVER} does not take that much code and input together (usually 100 KB).")
    if status == 400 and limit:
        return LimitTooHigh(limit[1], int(limit[2]), said)
    if status == 429:
        return Busy(_seconds(retry_after))
    return PistonFailed(f"{SERVER} {_meaning(status, said)}.")


def _meaning(status: int, said: str) -> str:
    if status == 400:
        return f"refused the run: {said or 'it does not say why'}"
    if status in (401, 403):
        return f"does not let us in ({status}): PISTON_API_KEY is missing or wrong"
    if status == 404:
        return "has no Piston API there (404): PISTON_URL is wrong"
    if status >= 500:
        return f"is out of order ({status})"
    return f"answered with {status}, which no Piston does: PISTON_URL may be wrong"


def _malformed() -> PistonFailed:
    return PistonFailed(f"{SERVER} answered with something else than Piston does.")


def _basic(auth: httpx.BasicAuth | None) -> dict[str, str]:
    if auth is None:
        return {}
    request = next(auth.auth_flow(httpx.Request("GET", "http://unused")))
    return {"authorization": request.headers["authorization"]}


def _root(url: str) -> httpx.URL:
    try:
        found = httpx.URL(url.strip())
    except httpx.InvalidURL:
        raise ValueError("PISTON_URL is not an address") from None
    if found.scheme not in ("http", "https") or not found.host:
        raise ValueError("PISTON_URL must start with http:// or https://")
    path = found.path.rstrip("/")
    if not path.endswith(("/api/v2", "/api/v2/piston")):
        path += "/api/v2"
    return found.copy_with(path=f"{path}/", query=None, fragment=None)


def _message(body: bytes) -> str:
    """What a refusal says, as far as it is Piston's: `message`, or the first line of a `stack`."""
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return ""
    text = said.get("message") or said.get("stack") or ""
    line = text.partition("\n")[0][:200].rstrip(". ") if isinstance(text, str) else ""
    return line if line.isprintable() else ""


def _seconds(retry_after: str) -> float:
    if not retry_after.isascii() or not retry_after.isdigit():
        return RETRY_SECONDS
    return min(max(float(retry_after), RETRY_SECONDS), RETRY_MAX_SECONDS)

"""How the sign-in adapters ask their services over HTTP: one timeout, one word for every way of not answering."""

from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from pydantic import BaseModel, ValidationError

SECONDS = 5.0  # a person is waiting; both services answer within one
Model = TypeVar("Model", bound=BaseModel)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Unanswered(Exception):
    """Timeout, refused connection, 429, 5xx or an answer that is none. The message is for the operator, without
    secrets.
    """


def http_client() -> httpx.AsyncClient:
    """Follows no redirect: it would take the secret along."""
    return httpx.AsyncClient(timeout=SECONDS, follow_redirects=False)


async def ask(client: httpx.AsyncClient, method: str, url: str, **given: Any) -> httpx.Response:
    """The answer, whatever it says. Raises Unanswered."""
    place = urlsplit(url).netloc
    try:
        answer = await client.request(method, url, **given)
    except httpx.TimeoutException:
        raise Unanswered(f"{place} did not answer within {SECONDS:.0f} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unanswered(f"{place} cannot be reached ({type(error).__name__})") from None
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise Unanswered(f"{place} answered {answer.status_code}")
    return answer


def json_of(answer: httpx.Response) -> Any:
    """Raises Unanswered when it is not JSON."""
    try:
        return answer.json()
    except ValueError:
        raise Unanswered(f"{answer.request.url.netloc.decode()} answered something that is not JSON") from None


def parsed(model: type[Model], answer: httpx.Response) -> Model:
    """The answer's JSON as `model`. Raises Unanswered when it has another shape."""
    try:
        return model.model_validate(json_of(answer))
    except ValidationError as error:
        wrong = ", ".join(".".join(str(part) for part in one["loc"]) for one in error.errors(include_input=False))
        place = answer.request.url.netloc.decode()
        raise Unanswered(f"{place} answered in a shape that is not expected ({wrong or 'whole'})") from None


def is_safe(url: str, *, loopback: bool) -> bool:
    """https; plain http only to this very machine, and only where `loopback` says that it is meant."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return True
    return loopback and parts.scheme == "http" and is_loopback(url)


def is_loopback(url: str) -> bool:
    try:
        host = urlsplit(url).netloc.rpartition(":")[0] if urlsplit(url).port else urlsplit(url).netloc
    except ValueError:
        return False
    return host in _LOOPBACK

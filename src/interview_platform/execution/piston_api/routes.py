"""HTTP of Piston's v2 API: its shapes, statuses and refusals, not ours. Essay: docs/piston-api.md."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from interview_platform.execution.piston_api import EXTENSIONS, INPUT_END, PREFIXES
from interview_platform.execution.piston_api.answers import result
from interview_platform.execution.piston_api.limits import BODY_MAX
from interview_platform.execution.piston_api.request import WrongRequest
from interview_platform.execution.piston_api.service import PistonService, read_json, written
from interview_platform.execution.piston_api.views import JOB, PistonRefusal, PistonResult, PistonRuntime
from interview_platform.kit.errors import Refusal
from interview_platform.kit.http import NO_STORE

_TAGS: list[str] = ["Piston-compatible"]
_REFUSED: dict[int | str, dict[str, Any]] = {"4XX": {"model": PistonRefusal, "description": "As Piston says it."}}
_EVERY_METHOD = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_JSON = "application/json"
_GONE = 499  # nobody reads it but the metrics; nginx's number for "the client closed the request"

log = structlog.get_logger()
_T = TypeVar("_T")


class _TooLarge(Exception):
    pass


class _Gone(Exception):
    """Whoever asked has gone away."""


def router(piston: PistonService) -> APIRouter:
    routes = APIRouter(tags=list(_TAGS))

    async def runtimes(request: Request) -> Response:
        """What can be run here, under Piston's names."""
        try:
            await piston.person(request)
        except Refusal as refusal:
            return _refused(refusal)
        answer = _answer([one.told() for one in piston.runtimes()])
        answer.headers[EXTENSIONS] = INPUT_END
        return answer

    async def execute(request: Request) -> Response:
        """Run a program and answer when it has ended. Not stored, and seen by nobody else."""
        try:
            return await _executed(piston, request)
        except Refusal as refusal:
            return _refused(refusal)
        except _Gone:
            return Response(status_code=_GONE)
        except Exception:
            log.exception("piston.execute_broken")
            return Response(status_code=500)  # Piston says no more either

    for prefix, suffix in zip(PREFIXES, ("", "AsPublic"), strict=True):
        told: dict[int | str, dict[str, Any]] = {200: {"model": list[PistonRuntime]}, **_REFUSED}
        _add(
            routes,
            f"{prefix}/runtimes",
            runtimes,
            methods=["GET"],
            operation_id=f"pistonRuntimes{suffix}",
            responses=told,
        )
        told = {200: {"model": PistonResult}, **_REFUSED}
        body = {"requestBody": {"required": True, "content": {_JSON: {"schema": JOB}}}}
        _add(
            routes,
            f"{prefix}/execute",
            execute,
            methods=["POST"],
            operation_id=f"pistonExecute{suffix}",
            responses=told,
            openapi_extra=body,
        )
    for prefix in reversed(PREFIXES):
        routes.add_api_route(f"{prefix}/{{rest:path}}", _nothing, methods=_EVERY_METHOD, include_in_schema=False)
    return routes


def _add(routes: APIRouter, path: str, endpoint: Callable[..., Any], *, methods: list[str], **documented: Any) -> None:
    """With and without a slash at the end, like Express, on which some clients rely."""
    routes.add_api_route(path, endpoint, methods=methods, **documented)
    routes.add_api_route(f"{path}/", endpoint, methods=methods, include_in_schema=False)


async def _executed(piston: PistonService, request: Request) -> Response:
    person = await piston.person(request)
    kind = request.headers.get("content-type", "")
    try:
        # Read first and then refused for its kind, as Piston does.
        content = await _body(request)
        body = read_json(content) if content and _is_json(kind) else {}
    except _TooLarge:
        return _unread("PayloadTooLargeError: request entity too large")
    except ValueError as error:
        return _unread(f"SyntaxError: {error}")
    if not kind.startswith(_JSON):
        return _wrong_kind()
    if not isinstance(body, dict | list):
        return _unread("SyntaxError: neither an object nor an array")
    piston.count(person)
    try:
        asked = piston.asked(body if isinstance(body, dict) else {})
    except WrongRequest as wrong:
        return _answer({"message": wrong.message}, 400)
    outcome, output = await _while_there(request, piston.run_whole(person, asked))
    return _answer(result(asked, outcome, output))


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > BODY_MAX:
            raise _TooLarge
    return bytes(body)


async def _while_there(request: Request, work: Coroutine[Any, Any, _T]) -> _T:
    """The result of `work`, which is cancelled when whoever asked goes away: the program would run for nobody."""
    working = asyncio.ensure_future(work)
    going = asyncio.ensure_future(request.receive())  # after the body, only the end of the connection is left to come
    try:
        await asyncio.wait({working, going}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise _Gone
        return working.result()
    finally:
        going.cancel()
        working.cancel()
        await asyncio.wait({working, going})


async def _nothing(request: Request) -> Response:
    if request.method not in ("GET", "OPTIONS") and not request.headers.get("content-type", "").startswith(_JSON):
        return _wrong_kind()
    return _answer({"message": "Not Found"}, 404)


def _is_json(kind: str) -> bool:
    return kind.partition(";")[0].strip().lower() == _JSON


def _wrong_kind() -> Response:
    return _answer({"message": f"requests must be of type {_JSON}"}, 415)


def _unread(what: str) -> Response:
    """Piston answers with a stack of its own calls, of which the first line tells something."""
    return _answer({"message": what, "stack": what}, 400)


def _refused(refusal: Refusal) -> Response:
    answer = _answer({"message": refusal.message}, int(refusal.kind))
    if refusal.retry_after is not None:
        answer.headers["retry-after"] = str(max(1, round(refusal.retry_after)))
    return answer


def _answer(value: Any, status: int = 200) -> Response:
    return Response(written(value), status, NO_STORE, f"{_JSON}; charset=utf-8")

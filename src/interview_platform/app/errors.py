"""The one error table: what a refusal looks like over HTTP, and, as close codes, over a WebSocket.

Anything that is not a refusal is our fault: 500 with an id that the log has too, and nothing else about it.
"""

import json
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from interview_platform.kit.errors import Kind, Refusal
from interview_platform.kit.ids import new_id
from interview_platform.kit.views import View

log = structlog.get_logger()


class RefusalView(View):
    """Every answer that is not 2xx or 3xx."""

    code: str
    message: str
    fields: dict[str, str] | None = None


def refusal_body(refusal: Refusal) -> bytes:
    body: dict[str, Any] = {"code": refusal.code, "message": refusal.message}
    if refusal.fields:
        body["fields"] = refusal.fields
    return json.dumps(body, ensure_ascii=False).encode()


def refusal_response(refusal: Refusal) -> Response:
    headers = {"cache-control": "no-store"}
    if refusal.retry_after is not None:
        headers["retry-after"] = str(max(1, round(refusal.retry_after)))
    if refusal.kind is Kind.UNAUTHENTICATED:
        headers["www-authenticate"] = "Bearer"
    return Response(
        refusal_body(refusal), status_code=int(refusal.kind), media_type="application/json", headers=headers
    )


_HTTP_CODES = {
    400: ("bad_request", "This request cannot be understood."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take that method."),
    413: ("too_large", "This request is too large."),
}


def _of_http(error: HTTPException) -> Response:
    code, message = _HTTP_CODES.get(error.status_code, ("refused", "This request is refused."))
    body = json.dumps({"code": code, "message": message}).encode()
    return Response(body, status_code=error.status_code, media_type="application/json", headers=error.headers)


def _of_validation(error: RequestValidationError) -> Refusal:
    problems = error.errors()
    if any(p["type"] == "json_invalid" for p in problems):
        return Refusal(Kind.BAD_REQUEST, "malformed_json", "The request's body is not valid JSON.")
    fields: dict[str, str] = {}
    for problem in problems:
        place = [str(part) for part in problem["loc"] if part not in ("body", "query", "path")]
        message = str(problem["msg"]).removeprefix("Value error, ")
        fields[".".join(place) or "body"] = message[:1].lower() + message[1:]
    return Refusal(Kind.UNPROCESSABLE, "invalid", "Some of what was sent is not right.", fields=fields)


def install_error_table(api: FastAPI) -> None:
    @api.exception_handler(Refusal)
    async def refused(_request: Request, error: Refusal) -> Response:
        return refusal_response(error)

    @api.exception_handler(RequestValidationError)
    async def malformed(_request: Request, error: RequestValidationError) -> Response:
        return refusal_response(_of_validation(error))

    @api.exception_handler(HTTPException)
    async def http(_request: Request, error: HTTPException) -> Response:
        return _of_http(error)

    @api.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        incident = new_id(8)
        log.error("request.failed", incident=incident, path=request.url.path, exc_info=error)
        body = {"code": "internal", "message": f"Something broke on our side. The log has it as {incident}."}
        return Response(json.dumps(body).encode(), status_code=500, media_type="application/json")

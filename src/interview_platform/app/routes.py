"""What the server says of itself: health, readiness, metrics, configuration, documentation."""

from collections.abc import Awaitable, Callable
from typing import Any, Literal

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse, JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from interview_platform.app.config import ConfigView
from interview_platform.app.docs_page import docs_page
from interview_platform.app.guard import Metrics
from interview_platform.events.model import Counts
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.kit.views import View


class StatusView(View):
    status: Literal["ok"] = "ok"


def router(
    api: FastAPI,
    ping: Callable[[], Awaitable[None]],
    in_force: ConfigView,
    metrics: Metrics,
    events: Callable[[], Awaitable[Counts]],
) -> APIRouter:
    routes = APIRouter()

    @routes.get("/api/health", operation_id="health")
    async def health() -> StatusView:
        """The process serves."""
        return StatusView()

    @routes.get("/api/ready", operation_id="ready")
    async def ready() -> StatusView:
        """The process serves and its storage answers."""
        try:
            await ping()
        except Exception as error:
            raise Refusal(Kind.UNAVAILABLE, "not_ready", "The storage does not answer.") from error
        return StatusView()

    @routes.get("/api/config", operation_id="config")
    async def config() -> ConfigView:
        return in_force

    @routes.get("/metrics", include_in_schema=False)
    async def prometheus() -> Response:
        metrics.note_events(await _counted(events))
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    @routes.get("/api/openapi.json", include_in_schema=False)
    async def openapi() -> Response:
        return JSONResponse(api.openapi())

    @routes.get("/api/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return HTMLResponse(docs_page(api.openapi()))

    return routes


async def _counted(events: Callable[[], Awaitable[Counts]]) -> Counts | None:
    try:
        return await events()
    except Refusal:  # the database is away: what else there is to know is asked for all the more
        return None


def describe(api: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the one shape of a refusal in place of FastAPI's own 422."""
    document = api.openapi()
    schemas = document["components"]["schemas"]
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    return document

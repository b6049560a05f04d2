"""What the server says of itself: health, readiness, metrics, configuration, documentation."""

from typing import Any, Literal

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse, JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from interview_platform.accounts.images import UPLOAD_MAX
from interview_platform.accounts.model import NAME_MAX, PASSWORD_MIN
from interview_platform.app.docs_page import docs_page
from interview_platform.app.guard import Metrics
from interview_platform.chat.model import TEXT_MAX
from interview_platform.execution.service import SOURCE_MAX
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.kit.views import View
from interview_platform.sessions.service import CAPACITY_MAX
from interview_platform.storage.database import Database


class StatusView(View):
    status: Literal["ok"] = "ok"


class LimitsView(View):
    """What the forms of the browser need to know. Bytes, characters, seats."""

    capacity_max: int = CAPACITY_MAX
    chat_text_max: int = TEXT_MAX
    source_max: int = SOURCE_MAX
    image_max: int = UPLOAD_MAX
    name_max: int = NAME_MAX
    password_min: int = PASSWORD_MIN


class ConfigView(View):
    """Which parts are in force: one build of the web app serves all of them."""

    version: str
    sign_in: Literal["embedded"] = "embedded"
    call: Literal["mesh"] = "mesh"
    chat: Literal["embedded"] = "embedded"
    limits: LimitsView = LimitsView()


def router(api: FastAPI, database: Database, metrics: Metrics, version: str) -> APIRouter:
    routes = APIRouter()

    @routes.get("/api/health", operation_id="health")
    async def health() -> StatusView:
        """The process serves."""
        return StatusView()

    @routes.get("/api/ready", operation_id="ready")
    async def ready() -> StatusView:
        """The process serves and its storage answers."""
        try:
            await database.read(lambda connection: connection.execute(text("SELECT 1")).scalar_one())
        except Exception as error:
            raise Refusal(Kind.UNAVAILABLE, "not_ready", "The storage does not answer.") from error
        return StatusView()

    @routes.get("/api/config", operation_id="config")
    async def config() -> ConfigView:
        return ConfigView(version=version)

    @routes.get("/metrics", include_in_schema=False)
    async def prometheus() -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    @routes.get("/api/openapi.json", include_in_schema=False)
    async def openapi() -> Response:
        return JSONResponse(api.openapi())

    @routes.get("/api/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return HTMLResponse(docs_page(api.openapi()))

    return routes


def describe(api: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the one shape of a refusal in place of FastAPI's own 422."""
    document = api.openapi()
    schemas = document["components"]["schemas"]
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    return document

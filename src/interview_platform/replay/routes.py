"""HTTP of replay and export."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import StreamingResponse

from interview_platform.accounts.identity import Identity
from interview_platform.kit.clock import rfc3339
from interview_platform.kit.http import NO_STORE, answer_json, documented
from interview_platform.replay.export import as_json, as_page, load_player
from interview_platform.replay.log import PAGE_MAX
from interview_platform.replay.service import ReplayService
from interview_platform.replay.views import ExportView, LogAnswer
from interview_platform.sessions.model import Session

_SEQ_MAX = 2**53
"""What JavaScript counts to; databases go on to 2^63."""
_PAGE: dict[int | str, dict[str, Any]] = {200: {"content": {"text/html": {}}}}
# Taken as a file. Should a browser show it all the same, it runs nothing and has no origin: anybody wrote in it.
_INERT = {**NO_STORE, "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'"}

Shareable = Annotated[
    bool, Query(description="Without what only the interviewers may see: the file can be given to everybody.")
]


def router(replays: ReplayService, identity: Identity, web: Path) -> APIRouter:
    """`web`: the built web app, in which the page to export into lies."""
    routes = APIRouter()

    @routes.get("/api/sessions/{id}/timeline", operation_id="listTimeline", responses=documented(LogAnswer))
    async def timeline(
        request: Request,
        id: str,
        after: Annotated[int, Query(ge=0, le=_SEQ_MAX)] = 0,
        limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = PAGE_MAX,
    ) -> Response:
        """All that happened in a session that is over, in order. A page may be shorter than `limit`."""
        replay = await replays.open(id, await identity.optional(request))
        page = await replay.log.page(after, limit)
        next = b"null" if page.next is None else str(page.next).encode()
        return answer_json(b'{"events":[' + b",".join(page.events) + b'],"next":' + next + b"}")

    @routes.get("/api/sessions/{id}/export.json", operation_id="exportJson", responses=documented(ExportView))
    async def export_json(request: Request, id: str, shareable: Shareable = False) -> Response:
        """Everything in one file."""
        record, replay = await replays.export(id, await identity.optional(request), shareable=shareable)
        return _file(as_json(record, replay.log), "application/json", _name(replay.session, "json"))

    @routes.get("/api/sessions/{id}/export.html", operation_id="exportHtml", responses=_PAGE)
    async def export_page(request: Request, id: str, shareable: Shareable = False) -> Response:
        """A page that plays the session without any server."""
        record, replay = await replays.export(id, await identity.optional(request), shareable=shareable)
        return _file(as_page(record, replay.log, load_player(web)), "text/html", _name(replay.session, "html"))

    return routes


def _file(content: AsyncIterator[bytes], media_type: str, name: str) -> Response:
    headers = {**_INERT, "content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(content, media_type=media_type, headers=headers)


def _name(session: Session, extension: str) -> str:
    """E.g. `two-sum-2026-11-25.html`. A slug is letters, digits and dashes, whoever wrote the problem."""
    slug = "".join(sign for sign in session.problem_slug if sign.isascii() and (sign.isalnum() or sign == "-"))
    return f"{slug or 'session'}-{rfc3339(session.created_at)[:10]}.{extension}"

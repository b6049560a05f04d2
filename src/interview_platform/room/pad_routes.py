"""HTTP of pads and their files."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from interview_platform.accounts.identity import Identity
from interview_platform.accounts.model import Person
from interview_platform.kit.http import NO_STORE, answer, documented
from interview_platform.kit.rate_limit import Limit, RateLimiter
from interview_platform.room.files_zip import zipped
from interview_platform.room.pads import Pads
from interview_platform.room.record import Records
from interview_platform.room.views import PadAnswer, PadBody, PadView
from interview_platform.sessions.service import SessionService

ZIP_LIMIT = Limit(20, 60)
"""Of one person: packing 5 MB takes a core 0.2 s."""

_ZIP: dict[int | str, dict[str, object]] = {200: {"content": {"application/zip": {}}}}


def router(pads: Pads, records: Records, sessions: SessionService, identity: Identity) -> APIRouter:
    routes = APIRouter()
    often = RateLimiter(ZIP_LIMIT)

    @routes.post(
        "/api/sessions/{id}/pads", operation_id="addPad", status_code=201, responses=documented(PadAnswer, 201)
    )
    async def add(id: str, body: PadBody, person: Annotated[Person, Depends(identity.required)]) -> Response:
        """Add a problem, or a blank pad, to the live session: everybody in it has it at once."""
        access = await sessions.access(id, person)
        pad = await pads.add(access, body.problem, body.title)
        return answer(PadAnswer(pad=PadView.of(pad)), 201)

    @routes.get("/api/sessions/{id}/files.zip", operation_id="downloadFiles", responses=_ZIP)
    async def files(request: Request, id: str, pad: str | None = None) -> Response:
        """The files that were written in, live or as they were at the end: of all pads, or of one ("": the first)."""
        access = await sessions.reading(id, await identity.optional(request))
        assert access.person is not None
        often.take(access.person.id)
        chosen = await records.files(access, pad)
        packed = await asyncio.to_thread(zipped, chosen)
        name = f"{access.session.problem_slug or 'files'}.zip"
        told = {
            **NO_STORE,
            "content-disposition": f'attachment; filename="{name}"',
            "x-content-type-options": "nosniff",
        }
        return Response(packed, 200, told, "application/zip")

    return routes

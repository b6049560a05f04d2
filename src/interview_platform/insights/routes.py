"""HTTP of insights."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from interview_platform.accounts.identity import Identity
from interview_platform.accounts.model import Person
from interview_platform.insights.ports import InsightsStore
from interview_platform.insights.views import DashboardAnswer
from interview_platform.kit.http import answer, documented


def router(insights: InsightsStore, identity: Identity) -> APIRouter:
    routes = APIRouter()

    @routes.get("/api/dashboard", operation_id="getDashboard", responses=documented(DashboardAnswer))
    async def dashboard(person: Annotated[Person, Depends(identity.required)]) -> Response:
        return answer(DashboardAnswer.of(await insights.dashboard(person.id)))

    return routes

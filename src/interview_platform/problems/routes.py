"""HTTP of the problem bank (contract: design §4). Open to everybody: one looks around before one signs up."""

import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BeforeValidator

from interview_platform.kit.errors import not_found
from interview_platform.kit.http import documented
from interview_platform.kit.views import View
from interview_platform.problems.model import Difficulty, Problem
from interview_platform.problems.ports import ProblemBank
from interview_platform.problems.views import ProblemAnswer, ProblemsAnswer, ProblemSummaryView, ProblemView

SEARCH_LENGTH_MAX = 100  # longer than any title


def _lower_or_none(given: object) -> object:
    """A form sends `?difficulty=` for "any"."""
    return (given.lower() or None) if isinstance(given, str) else given


def router(bank: ProblemBank) -> APIRouter:
    routes = APIRouter()

    @routes.get("/api/problems", operation_id="listProblems", responses=documented(ProblemsAnswer))
    async def listed(
        request: Request,
        difficulty: Annotated[Difficulty | None, BeforeValidator(_lower_or_none)] = None,
        tag: Annotated[str, Query(max_length=SEARCH_LENGTH_MAX)] = "",
        q: Annotated[str, Query(max_length=SEARCH_LENGTH_MAX)] = "",
    ) -> Response:
        """Every filter that is given has to fit; `q` are words, each to be found in the title or in a tag."""
        found = [problem for problem in bank.all() if _fits(problem, difficulty, tag.lower(), q.casefold().split())]
        return _cached(request, ProblemsAnswer(problems=[ProblemSummaryView.of(problem) for problem in found]))

    @routes.get("/api/problems/{slug}", operation_id="getProblem", responses=documented(ProblemAnswer))
    async def one(request: Request, slug: str) -> Response:
        problem = bank.get(slug)
        if problem is None:
            raise not_found("problem")
        return _cached(request, ProblemAnswer(problem=ProblemView.of(problem)))

    return routes


def _fits(problem: Problem, difficulty: Difficulty | None, tag: str, words: list[str]) -> bool:
    if difficulty is not None and problem.difficulty is not difficulty:
        return False
    if tag and tag not in problem.tags:
        return False
    places = (problem.title.casefold(), *problem.tags)
    return all(any(word in place for place in places) for word in words)


def _cached(request: Request, view: View) -> Response:
    """Problems change with the server's files only: a browser keeps its copy and asks whether it still holds."""
    json = view.to_json()
    tag = f'"{hashlib.sha256(json).hexdigest()[:20]}"'
    headers: dict[str, Any] = {"etag": tag, "cache-control": "no-cache"}
    known = request.headers.get("if-none-match", "")
    if tag in (one.strip().removeprefix("W/") for one in known.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(json, 200, headers, "application/json")

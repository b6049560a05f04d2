"""The bank over HTTP: filters, refusals, caching, and that nothing hidden comes out."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from interview_platform.app.errors import install_error_table
from interview_platform.problems import routes
from interview_platform.problems.embedded import EmbeddedBank
from interview_platform.problems.signatures import drivers


@pytest.fixture
async def http(bundled: EmbeddedBank) -> AsyncIterator[httpx.AsyncClient]:
    api = FastAPI()
    install_error_table(api)
    api.include_router(routes.router(bundled))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(api), base_url="http://interview.test") as client:
        yield client


async def listed(http: httpx.AsyncClient, **filters: str) -> list[str]:
    answer = await http.get("/api/problems", params=filters)
    assert answer.status_code == 200, answer.text
    return [problem["slug"] for problem in answer.json()["problems"]]


async def test_the_list_shows_what_one_chooses_by(http: httpx.AsyncClient, bundled: EmbeddedBank) -> None:
    problems = (await http.get("/api/problems")).json()["problems"]
    assert [problem["slug"] for problem in problems] == [problem.slug for problem in bundled.all()]
    assert next(problem for problem in problems if problem["slug"] == "two-sum") == {
        "slug": "two-sum",
        "title": "Two Sum",
        "difficulty": "easy",
        "tags": ["array", "hash-map"],
        "languages": list(drivers.LANGUAGES_WITH_DRIVERS),
    }


async def test_filters(http: httpx.AsyncClient, bundled: EmbeddedBank) -> None:
    hard = [problem.slug for problem in bundled.all() if problem.difficulty == "hard"]
    assert await listed(http, difficulty="hard") == hard
    assert await listed(http, difficulty="HARD") == hard
    assert await listed(http, tag="trie") == ["autocomplete-counts"]
    assert await listed(http, tag="Trie") == ["autocomplete-counts"]
    assert await listed(http, tag="tri") == []
    assert await listed(http, q="sum") == ["two-sum"]
    assert await listed(http, q="  WATER  ") == ["container-with-most-water", "trapping-rain-water"]
    assert await listed(http, q="water stack") == ["trapping-rain-water"]
    assert await listed(http, q="water", difficulty="medium", tag="array") == ["container-with-most-water"]
    assert await listed(http, q="nothing is called that") == []
    assert await listed(http, difficulty="", tag="", q="") == [problem.slug for problem in bundled.all()]


@pytest.mark.parametrize(
    ("name", "value"), [("difficulty", "brutal"), ("tag", "x" * 101), ("q", "x" * 101), ("difficulty", "easy,hard")]
)
async def test_a_bad_filter_is_refused_by_name(http: httpx.AsyncClient, name: str, value: str) -> None:
    answer = await http.get("/api/problems", params={name: value})
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid"
    assert list(answer.json()["fields"]) == [name]


async def test_a_problem_has_what_a_candidate_needs(http: httpx.AsyncClient, bundled: EmbeddedBank) -> None:
    problem = (await http.get("/api/problems/reverse-string")).json()["problem"]
    package = bundled.get("reverse-string")
    assert package is not None
    assert problem.pop("statement") == package.statement
    assert problem.pop("starters") == dict(package.starters)
    assert problem.pop("constraints") == list(package.constraints)
    examples = problem.pop("examples")
    assert examples[0] == {
        "input": '["m", "a", "r", "b", "l", "e"]\n',
        "output": '["e", "l", "b", "r", "a", "m"]\n',
        "explanation": "The six letters from the last one to the first.",
    }
    assert problem == {
        "slug": "reverse-string",
        "title": "Reverse String",
        "difficulty": "easy",
        "tags": ["string", "two-pointers"],
        "visibleTests": [
            {
                "name": "One word",
                "input": '["m", "a", "r", "b", "l", "e"]\n',
                "expected": '["e", "l", "b", "r", "a", "m"]\n',
            },
            {
                "name": "Sentence",
                "input": '["P", "a", "c", "k", " ", "m", "y", " ", "b", "a", "g", ",", " ", "Z", "o", "e", "!"]\n',
                "expected": '["!", "e", "o", "Z", " ", ",", "g", "a", "b", " ", "y", "m", " ", "k", "c", "a", "P"]\n',
            },
            {"name": "One letter", "input": '["x"]\n', "expected": '["x"]\n'},
            {"name": "Two letters", "input": '["a", "b"]\n', "expected": '["b", "a"]\n'},
        ],
        "signature": {
            "name": "reverse_string",
            "parameters": [{"name": "chars", "type": "list<string>"}],
            "returns": "list<string>",
            "inPlace": "chars",
        },
        "timeLimitSeconds": 2,
    }


async def test_a_function_problem_tells_its_signature(http: httpx.AsyncClient) -> None:
    problem = (await http.get("/api/problems/two-sum")).json()["problem"]
    assert problem["signature"] == {
        "name": "two_sum",
        "parameters": [{"name": "nums", "type": "list<int>"}, {"name": "target", "type": "int"}],
        "returns": "list<int>",
        "inPlace": None,
    }
    assert problem["timeLimitSeconds"] == 2
    assert set(problem["starters"]) == set(drivers.LANGUAGES_WITH_DRIVERS)


@pytest.mark.parametrize("slug", ["no-such-problem", "Two Sum", "..%2Ftwo-sum", "two-sum%00"])
async def test_an_unknown_problem(http: httpx.AsyncClient, slug: str) -> None:
    answer = await http.get(f"/api/problems/{slug}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize("path", ["/api/problems", "/api/problems/two-sum"])
async def test_a_browser_may_keep_its_copy(http: httpx.AsyncClient, path: str) -> None:
    first = await http.get(path)
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = await http.get(path, headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    changed = await http.get(path, headers={"if-none-match": '"other"'})
    assert (changed.status_code, changed.content) == (200, first.content)
    assert first.headers["cache-control"] == "no-cache"


def texts(value: Any) -> list[str]:
    """Every text anywhere in a JSON value."""
    match value:
        case str():
            return [value]
        case list():
            return [text for one in value for text in texts(one)]
        case dict():
            return [*value, *(text for one in value.values() for text in texts(one))]
    return []


async def test_hidden_tests_and_references_never_leave(http: httpx.AsyncClient, bundled: EmbeddedBank) -> None:
    overview = (await http.get("/api/problems")).text
    for problem in bundled.all():
        answer = await http.get(f"/api/problems/{problem.slug}")
        told = texts(json.loads(answer.text)) + texts(json.loads(overview))
        hidden = [test for test in problem.tests if test.hidden]
        assert hidden
        for test in hidden:
            assert not any(test.input in text for text in told if len(test.input) > 12), (problem.slug, test.name)
            assert test.input not in told
            assert test.name not in told
        shown = {line for text in told for line in text.splitlines()}
        given = {line for starter in problem.starters.values() for line in starter.splitlines()}
        for language, source in problem.references.items():
            # Starter and solution share everything but the thinking: what only a solution has must not be there.
            own = {line for line in source.splitlines() if len(line.strip()) > 20} - given
            assert own, (problem.slug, language)
            assert not own & shown, (problem.slug, language)


async def test_operations_have_names_and_shapes(http: httpx.AsyncClient) -> None:
    contract = (await http.get("/openapi.json")).json()
    operations = {
        operation["operationId"]: operation for path in contract["paths"].values() for operation in path.values()
    }
    assert set(operations) == {"listProblems", "getProblem"}
    for name, shape in (("listProblems", "ProblemsAnswer"), ("getProblem", "ProblemAnswer")):
        schema = operations[name]["responses"]["200"]["content"]["application/json"]["schema"]
        assert schema == {"$ref": f"#/components/schemas/{shape}"}
    shown = contract["components"]["schemas"]["ProblemView"]["properties"]
    assert set(shown) == {
        *("slug", "title", "difficulty", "tags", "statement"),
        *("examples", "constraints", "starters", "visibleTests", "signature", "timeLimitSeconds"),
    }

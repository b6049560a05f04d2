"""The guard and the error table, around a small app of their own."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from pydantic import BaseModel

from interview_platform.app.csp import content_security_policy
from interview_platform.app.errors import install_error_table
from interview_platform.app.guard import SECURITY_HEADERS, Guard, Metrics
from interview_platform.kit.errors import Kind, Refusal

BODY_MAX = 1_000


class Shape(BaseModel):
    size: int


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def client(metrics: Metrics) -> AsyncIterator[httpx.AsyncClient]:
    api = FastAPI()
    install_error_table(api)

    @api.post("/api/shape")
    async def shape(body: Shape) -> Shape:
        return body

    @api.post("/api/raw")
    async def raw(request: Request) -> dict[str, int]:
        return {"length": len(await request.body())}

    @api.get("/api/no")
    async def no() -> None:
        raise Refusal(Kind.TOO_MANY, "too_fast", "Slow down.", retry_after=2.4, fields={"a": "b"})

    @api.get("/api/broken")
    async def broken() -> None:
        raise ZeroDivisionError("secret detail")

    guard = Guard(api, client_url="https://public.example", body_max=BODY_MAX, metrics=metrics)
    transport = httpx.ASGITransport(app=guard, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://here.example") as made:
        yield made


async def test_refusal_has_its_status_code_and_words(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/no")
    assert answer.status_code == 429
    assert answer.json() == {"code": "too_fast", "message": "Slow down.", "fields": {"a": "b"}}
    assert answer.headers["retry-after"] == "2"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://here.example.evil.example", "garbage", "http://["]
)
async def test_foreign_origin_is_refused(client: httpx.AsyncClient, origin: str) -> None:
    answer = await client.post("/api/shape", json={"size": 1}, headers={"origin": origin})
    assert answer.status_code == 403
    assert answer.json()["code"] == "foreign_origin"


@pytest.mark.parametrize("origin", ["http://here.example", "https://public.example"])
async def test_own_origins_are_let_in(client: httpx.AsyncClient, origin: str) -> None:
    assert (await client.post("/api/shape", json={"size": 1}, headers={"origin": origin})).status_code == 200


async def test_a_bearer_token_is_no_cookie(client: httpx.AsyncClient) -> None:
    """No page of another site can send one, and what carries it is never taken for the cookie's owner."""
    foreign = {"origin": "https://evil.example"}
    for value, status in (("Bearer abc", 200), ("Basic abc", 403)):
        answer = await client.post("/api/shape", json={"size": 1}, headers={**foreign, "authorization": value})
        assert answer.status_code == status


async def test_foreign_page_may_not_post_a_form(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/shape", content=b'{"size":1}', headers={"content-type": "text/plain"})
    assert answer.status_code == 400
    assert answer.json()["code"] == "not_json"


async def test_malformed_json_and_wrong_shape(client: httpx.AsyncClient) -> None:
    broken = await client.post("/api/shape", content=b"{", headers={"content-type": "application/json"})
    assert (broken.status_code, broken.json()["code"]) == (400, "malformed_json")
    wrong = await client.post("/api/shape", json={"size": "wide"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid")
    assert "size" in wrong.json()["fields"]


async def test_large_body_is_refused_with_and_without_a_length(client: httpx.AsyncClient) -> None:
    kind = {"content-type": "application/json"}
    said = await client.post("/api/raw", content=b"x" * (BODY_MAX + 1), headers=kind)
    assert (said.status_code, said.json()["code"]) == (413, "too_large")

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 100

    chunked = await client.post("/api/raw", content=pieces(), headers=kind)
    assert (chunked.status_code, chunked.json()["code"]) == (413, "too_large")


async def test_our_fault_tells_nothing_but_a_number(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/broken")
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal"
    assert "secret detail" not in answer.text


async def test_unknown_address_and_method(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/nowhere")).json()["code"] == "not_found"
    assert (await client.get("/api/shape")).json()["code"] == "method_not_allowed"


async def test_every_answer_has_the_security_headers(client: httpx.AsyncClient) -> None:
    for answer in (await client.get("/api/no"), await client.post("/api/shape", headers={"origin": "https://x.y"})):
        for name, value in SECURITY_HEADERS:
            assert answer.headers[name.decode()] == value.decode()


async def test_requests_are_counted(client: httpx.AsyncClient, metrics: Metrics) -> None:
    await client.get("/api/no")
    counted: Any = metrics.registry.get_sample_value("http_requests_total", {"method": "GET", "status": "429"})
    assert counted == 1


def test_what_providers_add_to_the_policy() -> None:
    sources = [("script-src", "https://a.example"), ("frame-src", "https://b.example"), ("frame-src", "blob:")]
    more = content_security_policy(sources)
    assert "script-src 'self' https://a.example;" in more
    assert more.endswith("frame-ancestors 'none'; frame-src https://b.example blob:")
    assert content_security_policy() == dict(SECURITY_HEADERS)[b"content-security-policy"].decode()

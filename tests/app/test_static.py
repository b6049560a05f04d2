from pathlib import Path

import httpx
import pytest

from interview_platform.app.static import WebApp


@pytest.fixture
def client(tmp_path: Path) -> httpx.AsyncClient:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>app</title>")
    (tmp_path / "assets" / "app-1.js").write_text("plain")
    (tmp_path / "assets" / "app-1.js.br").write_bytes(b"brotli")
    (tmp_path / "assets" / "app-1.js.gz").write_bytes(b"gzip")
    (tmp_path.parent / "outside.txt").write_text("secret")
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=WebApp(tmp_path)), base_url="http://x")


async def raw(client: httpx.AsyncClient, encoding: str) -> tuple[httpx.Headers, bytes]:
    request = client.build_request("GET", "/assets/app-1.js", headers={"accept-encoding": encoding})
    answer = await client.send(request, stream=True)
    body = b"".join([part async for part in answer.aiter_raw()])
    return answer.headers, body


@pytest.mark.parametrize(
    ("accepted", "encoding", "content"),
    [("gzip, br", "br", b"brotli"), ("gzip", "gzip", b"gzip"), ("identity", None, b"plain")],
)
async def test_compressed_sibling(
    client: httpx.AsyncClient, accepted: str, encoding: str | None, content: bytes
) -> None:
    headers, body = await raw(client, accepted)
    assert headers.get("content-encoding") == encoding
    assert body == content
    assert headers["content-type"].startswith("text/javascript")
    assert "immutable" in headers["cache-control"]
    assert headers["vary"] == "accept-encoding"


@pytest.mark.parametrize("page", ["/", "/dashboard", "/session/abc", "/join/some-token"])
async def test_pages_of_the_app_are_its_index(client: httpx.AsyncClient, page: str) -> None:
    answer = await client.get(page)
    assert answer.status_code == 200
    assert "app" in answer.text
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/assets/gone.js", "/favicon.ico", "/../outside.txt", "/%2e%2e/outside.txt", "/assets/../../outside.txt"]
)
async def test_missing_file_is_missing(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text


async def test_only_get_and_head(client: httpx.AsyncClient) -> None:
    assert (await client.post("/dashboard")).status_code == 405
    assert (await client.head("/dashboard")).status_code == 200


async def test_without_a_build_it_says_so(tmp_path: Path) -> None:
    empty = httpx.AsyncClient(transport=httpx.ASGITransport(app=WebApp(tmp_path)), base_url="http://x")
    answer = await empty.get("/")
    assert answer.status_code == 503
    assert "make run" in answer.text

"""Real server, real Chromium. Playwright's sync API keeps a loop of its own: `scripts/test` runs journeys apart."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.serving import Server

CHROMIUM = "/usr/bin/chromium"
INSECURE_HOST = "plain.test"  # this machine, under a name to which browsers give what any http address gets
# Fake devices that really deliver frames and sound; nothing of Chromium's own talks to the network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream=device-count=3,fps=30",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
    f"--host-resolver-rules=MAP {INSECURE_HOST} 127.0.0.1",
]
SHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
PASSWORD = "correct horse battery"
# How long a condition may take to come true: two browsers, a server and a compiler share two cores.
expect.set_options(timeout=20_000)


@dataclass
class Host:
    """Somebody with an account, signed in over HTTP; `cookies` sign a browser context in as them."""

    client: httpx.Client
    name: str
    email: str

    def session(self, problem: str = "two-sum", **more: Any) -> dict[str, Any]:
        answer = self.client.post("/api/sessions", json={"problem": problem, **more})
        assert answer.status_code == 201, answer.text
        session: dict[str, Any] = answer.json()["session"]
        return session

    def invite(self, session_id: str, role: str = "candidate") -> str:
        answer = self.client.post(f"/api/sessions/{session_id}/invites", json={"role": role})
        assert answer.status_code == 201, answer.text
        url: str = answer.json()["invite"]["url"]
        return url

    def sign_in(self, context: BrowserContext) -> None:
        base = str(self.client.base_url)
        context.add_cookies([{"name": c.name, "value": c.value or "", "url": base} for c in self.client.cookies.jar])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("server") / "data", RUNNER_WARM="on").start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


def register(server: Server, name: str) -> Host:
    client = httpx.Client(base_url=server.url, timeout=20)
    email = f"{uuid.uuid4().hex[:12]}@example.test"
    answer = client.post("/api/auth/register", json={"name": name, "email": email, "password": PASSWORD})
    assert answer.status_code == 201, answer.text
    return Host(client, name, email)


@pytest.fixture
def host(server: Server) -> Iterator[Host]:
    somebody = register(server, "Hanna Host")
    yield somebody
    somebody.client.close()


@pytest.fixture
def context_of(browser: Browser, server: Server) -> Iterator[Any]:
    """`context_of(width=…, height=…)`: a fresh browser profile; console errors and failed pages fail the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def make(width: int = 1440, height: int = 900, **options: Any) -> BrowserContext:
        context = browser.new_context(
            base_url=server.url,
            viewport={"width": width, "height": height},
            permissions=["camera", "microphone", "clipboard-read", "clipboard-write"],
            **options,
        )
        context.on("weberror", lambda e: errors.append(str(e.error)))
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert not errors, "uncaught errors in the page:\n" + "\n".join(errors)


def shot(page: Page, name: str, *, full_page: bool = False) -> None:
    """A picture for people to look at, in build/screenshots."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=full_page)

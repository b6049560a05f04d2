"""LiveKit in force, in a real browser: its client is fetched, gets past our content security policy and knocks.

Nobody opens: the stand-in answers every knock with 503, for there is no LiveKit server here. So this shows the way to
the door, and that a room whose call cannot be had is still a room. Pictures and voices over LiveKit are shown nowhere.
"""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from livekit import api
from playwright.sync_api import expect

from tests.journeys.conftest import Host
from tests.journeys.room_page import RoomPage
from tests.providers.livekit.standin import KEY, SECRET
from tests.serving import Server

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

KNOCKS: list[str] = []


class Shut(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        KNOCKS.append(self.path)
        self.send_response(503)
        self.send_header("access-control-allow-origin", "*")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    door = ThreadingHTTPServer(("127.0.0.1", 0), Shut)
    threading.Thread(target=door.serve_forever, daemon=True).start()
    running = Server(
        tmp_path_factory.mktemp("server") / "data",
        LIVEKIT_URL=f"ws://127.0.0.1:{door.server_address[1]}",
        LIVEKIT_API_KEY=KEY,
        LIVEKIT_API_SECRET=SECRET,
    ).start()
    yield running
    running.stop()
    door.shutdown()
    door.server_close()


def test_the_browser_knocks_at_livekit_and_the_room_goes_on(host: Host, context_of: Any) -> None:
    session = host.session()
    context = context_of()
    host.sign_in(context)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"/session/{session['id']}")
    page.get_by_test_id("join-with").click()
    room = RoomPage(page)
    room.wait_until_live()
    expect(page.get_by_text("The call could not be reached").first).to_be_visible(timeout=120_000)

    tokens = {token for path in KNOCKS for token in parse_qs(urlsplit(path).query).get("access_token", [])}
    assert tokens, KNOCKS
    for token in tokens:
        claims = api.TokenVerifier(KEY, SECRET).verify(token)
        assert claims.video is not None
        assert (claims.name, claims.video.room, claims.video.room_join) == (host.name, session["callId"], True)
    assert not [line for line in said if "Content Security Policy" in line]
    room.type_at_top("# still here\n")
    room.expect_saved()

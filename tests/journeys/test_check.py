"""`/check`: a person learns before the call what will work, with a real relay and without one."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.coturn import Coturn, coturn
from tests.journeys.conftest import INSECURE_HOST, Host, register, shot
from tests.journeys.test_accessible import assert_accessible
from tests.serving import Server, free_port

__all__ = ["coturn"]

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

SECONDS = 40_000
# What moves while the results come in, as browsers count it: 0 is a page that stands still.
COUNT_SHIFTS = """
window.__shift = 0;
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.__shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def relayed(tmp_path_factory: pytest.TempPathFactory, coturn: Coturn) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("relayed")
    running = Server(folder / "data", TURN_URL=f"{coturn.udp},{coturn.tcp}", TURN_SECRET=coturn.secret).start()
    yield running
    running.stop()


@pytest.fixture
def owner(relayed: Server) -> Iterator[Host]:
    """Somebody with an account where there is a relay."""
    somebody = register(relayed, "Hanna Host")
    yield somebody
    somebody.client.close()


def run(page: Page) -> None:
    page.get_by_test_id("check-run").click()
    expect(page.get_by_test_id("check-summary")).to_have_attribute("data-phase", "done", timeout=SECONDS)


def states(page: Page) -> dict[str, str]:
    rows = page.locator("[data-check]").evaluate_all(
        "(all) => all.map((one) => [one.dataset.check, one.dataset.state])"
    )
    return dict(rows)


def hear_the_tone(page: Page) -> None:
    page.get_by_test_id("check-tone").click()
    page.get_by_role("button", name="Yes, I heard it").click()


WELL = dict.fromkeys(
    ("camera", "microphone", "server", "socket", "speed", "secure", "webrtc", "screen", "clipboard"), "ok"
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_with_a_relay(context_of: Any, relayed: Server, owner: Host, scheme: str, width: int) -> None:
    context = context_of(width, 900 if width > 1000 else 844, color_scheme=scheme)
    context.add_init_script(COUNT_SHIFTS)
    owner.sign_in(context)
    page = context.new_page()
    page.goto(f"{relayed.url}/check")
    expect(page.get_by_role("heading", name="Test your connection")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    whole(page, f"check-before-{width}-{scheme}")
    page.evaluate("() => { window.__shift = 0; }")
    run(page)
    assert page.evaluate("() => window.__shift") < 0.02
    assert states(page) == {**WELL, "speakers": "waiting", "udp": "ok", "tcp": "ok", "relay": "ok"}
    hear_the_tone(page)
    assert states(page)["speakers"] == "ok"
    expect(page.get_by_test_id("check-summary")).to_contain_text("You are ready")
    expect(page.locator("[data-check=speed]")).to_contain_text("through the relay")
    assert_accessible(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    whole(page, f"check-ready-{width}-{scheme}")
    page.get_by_role("button", name="Copy report").click()
    report = page.evaluate("() => navigator.clipboard.readText()")
    assert "Relay: Works." in report
    assert "Hanna" not in report
    assert not re.search(r"127\.0\.0\.1|::1|192\.\d|fd00|\.local", report)


def test_without_a_relay_and_without_signing_in(context_of: Any, host: Host) -> None:
    link = host.invite(host.session()["id"])
    page = context_of().new_page()
    page.goto("/")
    page.get_by_role("link", name="Test your connection").click()
    run(page)
    skipped = {"udp": "skipped", "tcp": "skipped", "relay": "skipped"}
    assert states(page) == {**WELL, **skipped, "speakers": "waiting"}
    expect(page.locator("[data-check=relay]")).to_contain_text("come from your invite")
    expect(page.locator("[data-check=speed]")).to_contain_text("from this server")
    whole(page, "check-stranger")

    page.goto(link)
    page.get_by_role("link", name="Test your connection").click()
    run(page)
    assert states(page) == {**WELL, **skipped, "relay": "warning", "speakers": "waiting"}
    expect(page.locator("[data-check=relay]")).to_contain_text("ask the host")
    whole(page, "check-no-relay")
    page.get_by_role("link", name="Back to your invite").click()
    expect(page.get_by_test_id("join-name")).to_be_visible()


def test_a_guest_with_an_invite_tries_the_relay(context_of: Any, owner: Host) -> None:
    link = owner.invite(owner.session()["id"])
    page = context_of().new_page()
    page.goto(link)
    page.get_by_role("link", name="Test your connection").click()
    run(page)
    assert states(page)["relay"] == "ok"


def test_what_does_not_work_is_said_with_what_to_do(
    context_of: Any, relayed: Server, owner: Host, coturn: Coturn
) -> None:
    context = context_of()
    owner.sign_in(context)
    page = context.new_page()
    # As when the person says no, the proxy knows no WebSockets and the firewall lets nothing through to the relay.
    page.add_init_script(
        """navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("no", "NotAllowedError"); };
        navigator.permissions.query = async () => ({ state: "denied" });
        window.WebSocket = class extends WebSocket { constructor() { super("ws://127.0.0.1:1/"); } };"""
    )
    page.goto(f"{relayed.url}/check")
    coturn.kill()
    try:
        run(page)
    finally:
        coturn.start()
    found = states(page)
    broken = ("camera", "microphone", "socket", "udp", "tcp", "relay")
    assert {id for id, state in found.items() if state == "failed"} == set(broken)
    assert found["speed"] == "ok", "from the server, as the relay carries nothing"
    expect(page.get_by_test_id("check-summary")).to_contain_text("You cannot take part yet")
    expect(page.locator("[data-check=camera]")).to_contain_text("icon in the address bar")
    expect(page.locator("[data-check=socket]")).to_contain_text("VPN")
    assert_accessible(page)
    whole(page, "check-broken")


def test_where_udp_is_blocked_the_call_takes_tcp(context_of: Any, coturn: Coturn, tmp_path: Path) -> None:
    blocked = f"turn:127.0.0.1:{free_port()}"
    server = Server(tmp_path / "data", TURN_URL=f"{blocked},{coturn.tcp}", TURN_SECRET=coturn.secret).start()
    host = register(server, "Hanna Host")
    try:
        context = context_of()
        host.sign_in(context)
        page = context.new_page()
        page.goto(f"{server.url}/check")
        run(page)
        found = states(page)
        assert [found[id] for id in ("udp", "tcp", "relay", "speed")] == ["warning", "ok", "ok", "ok"]
        expect(page.locator("[data-check=udp]")).to_contain_text("goes over TCP instead")
        expect(page.locator("[data-check=speed]")).to_contain_text("through the relay")
        expect(page.get_by_test_id("check-summary")).to_contain_text("You are ready")
        page.get_by_test_id("check-tone").click()
        page.get_by_role("button", name="No, I heard nothing").click()
        expect(page.get_by_test_id("check-tone")).to_be_focused()
        whole(page, "check-tcp")
    finally:
        host.client.close()
        server.stop()


def test_an_address_without_https(context_of: Any, server: Server) -> None:
    page: Page = context_of().new_page()
    page.goto(f"http://{INSECURE_HOST}:{server.port}/check")
    run(page)
    found = states(page)
    assert [found[id] for id in ("camera", "microphone", "secure")] == ["failed"] * 3
    expect(page.get_by_test_id("check-summary")).to_contain_text("without camera and microphone")
    expect(page.locator("[data-check=secure]")).to_contain_text("Ask the host")


def whole(page: Page, name: str) -> None:
    """All of the page, not only what fits the window."""
    shot(page, name, full_page=True)

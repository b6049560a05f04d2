"""A call that only goes through the relay: a real coturn on loopback, and browsers that may not use any other way."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.coturn import Coturn, coturn
from tests.journeys.test_call import SECONDS, Call, Caller, call
from tests.serving import Server

__all__ = ["call", "coturn"]

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

# As behind a firewall that lets nothing else out.
ONLY_RELAY = """
const Direct = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Direct {
    constructor(configuration) { super({ ...configuration, iceTransportPolicy: "relay" }); }
    setConfiguration(configuration) { super.setConfiguration({ ...configuration, iceTransportPolicy: "relay" }); }
};
"""
# How each open connection gets to the other side: the types of the pair in use, and how the relay is reached.
WAYS = """async () => {
    const open = window.__peers.filter((peer) => peer.connectionState === "connected");
    return Promise.all(open.map(async (peer) => {
        const stats = await peer.getStats();
        const transport = [...stats.values()].find(({ type }) => type === "transport");
        const pair = stats.get(transport.selectedCandidatePairId);
        const [local, remote] = [stats.get(pair.localCandidateId), stats.get(pair.remoteCandidateId)];
        return [local.candidateType, remote.candidateType, local.relayProtocol].join(" ");
    }));
}"""


@pytest.fixture(scope="module", params=["udp", "tcp"])
def way(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, coturn: Coturn, way: str) -> Iterator[Server]:
    url = coturn.udp if way == "udp" else coturn.tcp
    running = Server(tmp_path_factory.mktemp("server") / "data", TURN_URL=url, TURN_SECRET=coturn.secret).start()
    yield running
    running.stop()


@pytest.fixture
def context_of(context_of: Any) -> Any:
    """Every browser of this test knows only the relay."""

    def make(*given: Any, **more: Any) -> Any:
        context = context_of(*given, **more)
        context.add_init_script(ONLY_RELAY)
        return context

    return make


def goes_through_the_relay(one: Caller, way: str) -> None:
    assert one.page.evaluate(WAYS) == [f"relay relay {way}"]


def test_a_call_through_the_relay(call: Callable[..., Call], way: str) -> None:
    both = call()
    for one in both:
        one.sees()
        one.hears()
        goes_through_the_relay(one, way)


def test_a_call_outlives_a_restart_of_the_relay(call: Callable[..., Call], coturn: Coturn, way: str) -> None:
    both = call()
    for one in both:
        one.sees()
    coturn.kill()
    for one in both:
        expect(one.other).to_have_attribute("data-link", "reconnecting", timeout=SECONDS)
    coturn.start()
    for one in both:
        one.connected()
        one.sees()
        one.hears()
        goes_through_the_relay(one, way)

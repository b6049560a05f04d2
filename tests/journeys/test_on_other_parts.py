"""The whole story once more, on the parts that keys switch to: nothing a person does or sees is different."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.coturn import Coturn, coturn
from tests.journeys.test_interview import hold_an_interview
from tests.journeys.test_relayed_call import ONLY_RELAY, WAYS
from tests.mongo import MongoServer, mongo_server
from tests.postgres import PostgresServer, postgres_server, run_apart
from tests.serving import Server

__all__ = ["coturn", "mongo_server", "postgres_server"]

pytestmark = [pytest.mark.journey, pytest.mark.timeout(400)]


@pytest.fixture(scope="module", params=["postgres", "mongodb"])
def parts(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """The settings: PostgreSQL with a relay that everything has to go through, or the MongoDB wire."""
    if request.param == "mongodb":
        mongo: MongoServer = request.getfixturevalue("mongo_server")
        yield {"DB_URL": mongo.fresh_url()}
        return
    postgres: PostgresServer = request.getfixturevalue("postgres_server")
    relay: Coturn = request.getfixturevalue("coturn")
    run_apart(postgres.execute("CREATE DATABASE journey", database="postgres"))
    yield {"DB_URL": postgres.url("journey"), "TURN_URL": relay.udp, "TURN_SECRET": relay.secret}
    run_apart(postgres.execute("DROP DATABASE journey", database="postgres"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, parts: dict[str, str]) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("server") / "data", **parts).start()
    yield running
    running.stop()


def test_two_people_hold_an_interview(context_of: Any, parts: dict[str, str]) -> None:
    relayed = "TURN_URL" in parts

    def context(*given: Any, **more: Any) -> Any:
        made = context_of(*given, **more)
        if relayed:
            made.add_init_script(ONLY_RELAY)
        return made

    def check(pages: Any) -> None:
        for page in pages:
            ways = page.evaluate(WAYS)
            assert ways
            assert all(way.startswith("relay relay") for way in ways) is relayed

    hold_an_interview(context, in_the_call=check)

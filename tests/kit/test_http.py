from typing import Any

import pytest
from starlette.requests import HTTPConnection

from interview_platform.kit.http import client_address, origin_of
from interview_platform.kit.ids import new_id, plausible


def scope(client: tuple[str, int] | None = None, host: str | None = "example.org") -> dict[str, Any]:
    headers = [] if host is None else [(b"host", host.encode())]
    return {"type": "http", "scheme": "https", "client": client, "headers": headers}


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("unix socket", "unix socket"),
    ],
)
def test_limits_are_held_against_who_can_change_the_address_at_will(address: str, key: str) -> None:
    assert client_address(HTTPConnection(scope((address, 1)))) == key


def test_a_connection_without_an_address_has_a_key_too() -> None:
    assert client_address(HTTPConnection(scope(None))) == "unknown"


def test_the_origin_is_the_settings_or_the_requests() -> None:
    assert origin_of(scope(), "https://public.example") == "https://public.example"
    assert origin_of(scope(), None) == "https://example.org"
    assert origin_of(scope(host=None), None) == "https://localhost"


@pytest.mark.parametrize(
    ("id", "is_one"),
    [(new_id(), True), ("a" * 65, False), ("a\x00", False), ("é", False), ("", False)],
    ids=["ours", "long", "control", "letter", "empty"],
)
def test_only_what_can_be_an_id_reaches_the_database(id: str, is_one: bool) -> None:
    assert plausible(id) is is_one

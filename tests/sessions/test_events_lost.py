"""The database goes away between a change and the note of it for those who follow sessions outside."""

from collections.abc import Mapping
from typing import Any

import pytest

from interview_platform.kit.errors import StorageUnavailable
from tests.api import Api


async def test_what_is_stored_is_not_refused_because_its_event_could_not_be(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_name: str, _data: Mapping[str, Any], *, id: str | None = None) -> None:
        raise StorageUnavailable

    monkeypatch.setattr(api.sessions._telling._events, "send", away)
    ada, bob = await api.person("Ada"), await api.person("Bob")
    session = await ada.create()
    await bob.call("POST", f"/api/sessions/{session['id']}/join")
    ended = await ada.call("POST", f"/api/sessions/{session['id']}/end")
    assert ended["session"]["status"] == "completed"

"""How often a key set is asked for."""

import asyncio
from typing import Any

import pytest

from interview_platform.providers.asking import Unanswered
from interview_platform.providers.jwks import FAILED_SECONDS, FRESH_SECONDS, UNKNOWN_SECONDS, KeySet


class Provider:
    def __init__(self) -> None:
        self.now = 1000.0
        self.asked = 0
        self.keys = ["a"]
        self.away = False
        self.set: KeySet[str] = KeySet(self.fetch, lambda entry: str(entry["kid"]).upper(), clock=lambda: self.now)

    async def fetch(self) -> Any:
        self.asked += 1
        await asyncio.sleep(0)
        if self.away:
            raise Unanswered("away")
        return {"keys": [{"kid": kid} for kid in self.keys]}


async def test_one_question_for_many_and_for_a_long_time() -> None:
    provider = Provider()
    assert await asyncio.gather(*(provider.set.key("a") for _ in range(20))) == ["A"] * 20
    provider.now += FRESH_SECONDS
    assert await provider.set.key("a") == "A"
    assert provider.asked == 1


async def test_an_unknown_key_is_looked_for_once_a_minute() -> None:
    provider = Provider()
    for number in range(10):
        assert await provider.set.key(f"made-up-{number}") is None
    assert provider.asked == 1
    provider.keys = ["b"]
    assert await provider.set.key("b") is None
    provider.now += UNKNOWN_SECONDS
    assert await provider.set.key("b") == "B"
    assert await provider.set.key("a") is None


async def test_a_provider_that_is_away_takes_no_key_from_us() -> None:
    provider = Provider()
    assert await provider.set.key("a") == "A"
    provider.away = True
    provider.now += FRESH_SECONDS + 1
    assert await provider.set.key("a") == "A"
    await asyncio.sleep(0.01)
    assert provider.asked == 2, "looked for the new ones without letting anybody wait"
    assert await provider.set.key("a") == "A"
    with pytest.raises(Unanswered):
        await provider.set.key("b")
    assert provider.asked == 2
    provider.away, provider.keys = False, ["b"]
    provider.now += FAILED_SECONDS
    assert await provider.set.key("b") == "B"


async def test_without_a_kid_the_only_key() -> None:
    provider = Provider()
    assert await provider.set.key(None) == "A"
    provider.keys = ["a", "b"]
    provider.now += FRESH_SECONDS + 1
    await provider.set.key(None)
    await asyncio.sleep(0.01)
    assert await provider.set.key(None) is None

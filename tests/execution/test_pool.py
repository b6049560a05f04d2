"""How many processes wait: by who has used what, by memory, and not at the cost of programs that run."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from interview_platform.execution.pool import CELL_BYTES, MEMORY_MAX, MEMORY_PART, Load, Policy

MB = 1024 * 1024
MUCH = 64 * 1024 * MB
FREE = Load(running=0, places=2, queued=0, memory_bytes=MUCH)
BUSY = Load(running=2, places=2, queued=0, memory_bytes=MUCH)
MINUTE = 60.0
SIZES = {"python": 14 * MB, "node": 12 * MB, "java": 88 * MB}


@pytest.fixture
def policy() -> Policy:
    policy = Policy(8)
    for number, (language, size) in enumerate(SIZES.items()):
        policy.allow(language, size, now=float(number))
    return policy


def booted(policy: Policy, now: float, load: Load = FREE) -> dict[str, int]:
    """What waits when it has booted all it wants to."""
    waiting: dict[str, int] = {}
    while (language := policy.next(waiting, now, load)) is not None:
        waiting[language] = waiting.get(language, 0) + 1
        assert sum(waiting.values()) < 100
    return waiting


def test_nothing_before_its_tool_chain_has_shown_that_it_works() -> None:
    assert Policy(8).next({}, 0, FREE) is None


def test_one_of_each_to_begin_with(policy: Policy) -> None:
    assert booted(policy, 5) == {"python": 1, "node": 1, "java": 1}


def test_the_last_used_first(policy: Policy) -> None:
    policy.used("python", 5)
    assert policy.next({}, 6, FREE) == "python"
    assert policy.next({"python": 1}, 6, FREE) == "java"


def test_a_burst_brings_more_and_its_end_brings_none(policy: Policy) -> None:
    for second in range(5):
        policy.used("python", 100.0 + second)
    assert booted(policy, 105) == {"python": 5, "node": 1, "java": 1}
    later = 105 + 2 * MINUTE
    assert booted(policy, later)["python"] == 1
    assert policy.surplus({"python": 5, "node": 1, "java": 1}, later, MUCH) is None  # they may stay


def test_large_ones_are_few(policy: Policy) -> None:
    for second in range(8):
        policy.used("java", 100.0 + second)
    assert booted(policy, 108)["java"] == 2


def test_all_together_have_a_number(policy: Policy) -> None:
    for second in range(60):
        policy.used("python", float(second))
        policy.used("node", float(second))
    assert sum(booted(policy, 60).values()) == 8


def test_not_at_the_cost_of_programs_that_run(policy: Policy) -> None:
    assert policy.next({}, 5, BUSY) is None
    waits = Load(running=2, places=2, queued=3, memory_bytes=MUCH)
    assert policy.next({"python": 1}, 5, waits) is None
    assert policy.next({}, 5, waits) is not None  # who waits gets on faster this way


def test_a_language_that_nobody_uses_is_drained(policy: Policy) -> None:
    waiting = {"python": 1, "node": 1, "java": 1}
    assert policy.surplus(waiting, 9 * MINUTE, MUCH) is None
    policy.used("python", 10 * MINUTE)
    later = 11 * MINUTE
    drained = []
    while (language := policy.surplus(waiting, later, MUCH)) is not None:
        drained.append(language)
        waiting[language] -= 1
    assert sorted(drained) == ["java", "node"]
    assert booted(policy, later) == {"python": 1}


def test_little_memory_little_that_waits(policy: Policy) -> None:
    small = Load(running=0, places=2, queued=0, memory_bytes=512 * MB)
    assert booted(policy, 5, small) == {"node": 1, "python": 1}
    assert booted(policy, 5, Load(running=0, places=2, queued=0, memory_bytes=100 * MB)) == {}


def test_what_memory_has_no_room_for_any_more_goes(policy: Policy) -> None:
    assert policy.surplus({"python": 1, "node": 1, "java": 1}, 5, 512 * MB) == "java"


def test_given_up_after_two_failures_but_not_after_two_in_its_life(policy: Policy) -> None:
    assert not policy.failed("java")
    policy.worked("java")
    assert not policy.failed("java")
    assert policy.failed("java")
    assert "java" not in booted(policy, 5)
    assert policy.surplus({"java": 1}, 5, MUCH) == "java"
    policy.used("java", 6)
    assert "java" not in booted(policy, 7)


@given(
    sizes=some.lists(some.integers(1, 200), min_size=1, max_size=6),
    uses=some.lists(some.tuples(some.integers(0, 5), some.integers(0, 1000)), max_size=40),
    memory=some.integers(0, 64 * 1024),
    now=some.integers(1000, 1100),
)
def test_never_more_than_memory_and_number_allow(
    sizes: list[int], uses: list[tuple[int, int]], memory: int, now: int
) -> None:
    policy = Policy(8)
    for number, size in enumerate(sizes):
        policy.allow(str(number), size * MB, 0.0)
    for number, second in sorted(uses, key=lambda use: use[1]):
        policy.used(str(number), float(second))
    waiting = booted(policy, now, Load(0, 2, 0, memory * MB))
    assert sum(waiting.values()) <= 8
    held = sum(count * (sizes[int(language)] * MB + CELL_BYTES) for language, count in waiting.items())
    assert held <= min(MEMORY_MAX, memory * MB * MEMORY_PART)
    assert policy.surplus(waiting, now, memory * MB) is None  # what it boots it does not drain at once

import pytest

from interview_platform.kit.errors import Refusal
from interview_platform.kit.rate_limit import Limit, RateLimiter


class Time:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_window_slides() -> None:
    time = Time()
    limiter = RateLimiter(Limit(2, 10), clock=time)
    limiter.take("a")
    time.now += 6
    limiter.take("a")
    with pytest.raises(Refusal) as refused:
        limiter.take("a")
    assert (refused.value.kind, refused.value.retry_after) == (429, 4)
    time.now += 4
    limiter.take("a")  # the first one is ten seconds old
    with pytest.raises(Refusal):
        limiter.take("a")


def test_refused_ones_do_not_count() -> None:
    time = Time()
    limiter = RateLimiter(Limit(1, 10), clock=time)
    limiter.take("a")
    for _ in range(50):
        time.now += 0.1
        with pytest.raises(Refusal):
            limiter.take("a")
    time.now += 5
    limiter.take("a")


def test_keys_are_apart() -> None:
    limiter = RateLimiter(Limit(1, 10), code="no", message="No.", clock=Time())
    limiter.take("a")
    limiter.take("b")
    with pytest.raises(Refusal, match="No"):
        limiter.take("a")


def test_giving_back() -> None:
    limiter = RateLimiter(Limit(1, 10), clock=Time())
    for _ in range(3):
        limiter.take("a")
        limiter.give_back("a")
    assert len(limiter) == 0
    limiter.give_back("never taken")


def test_memory_is_bounded_and_the_quiet_are_forgotten_first() -> None:
    time = Time()
    limiter = RateLimiter(Limit(2, 10), keys_max=3, clock=time)
    for key in ("a", "b", "c"):
        limiter.take(key)
        limiter.take(key)
        time.now += 1
    with pytest.raises(Refusal):
        limiter.take("a")  # heard of again: "b" is now the quietest
    limiter.take("d")
    assert len(limiter) == 3
    limiter.take("b")
    time.now += 60
    limiter.take("e")
    assert len(limiter) == 1  # what is over is dropped, however few there are

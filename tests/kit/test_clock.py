from datetime import datetime

import pytest

from interview_platform.kit.clock import now_ms, rfc3339


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (1_731_234_567_890, "2024-11-10T10:29:27.890Z"),
        (1_731_234_567_001, "2024-11-10T10:29:27.001Z"),
        (1_731_234_567_999, "2024-11-10T10:29:27.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
    ],
)
def test_a_time_at_the_edge(ms: int, text: str) -> None:
    assert rfc3339(ms) == text


def test_now_goes_there_and_back() -> None:
    now = now_ms()
    assert round(datetime.fromisoformat(rfc3339(now)).timestamp() * 1000) == now

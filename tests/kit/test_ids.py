"""Ids: long enough, and every character as likely as the next."""

from collections import Counter

from interview_platform.kit.ids import new_id


def test_an_id_has_its_length_and_no_look_alikes() -> None:
    ids = [new_id() for _ in range(200)]
    assert {len(id) for id in ids} == {20}
    assert len(set(ids)) == 200
    assert not set("".join(ids)) & set("01lIO")


def test_no_character_is_favoured() -> None:
    counts = Counter(new_id(64_000))
    assert len(counts) == 32
    # 2,000 of each, with a standard deviation of 44: seven of them happen once in 10^11 times.
    assert all(abs(count - 2_000) < 308 for count in counts.values())

"""Whose turn it is: places are never idle while somebody waits, lanes take turns, nobody starves."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from interview_platform.execution.ports import QueueFull
from interview_platform.execution.queue import Queue, Ticket


class Line:
    """A queue, and what it has told."""

    def __init__(self, places: int, **limits: int) -> None:
        self.queue = Queue(places, **limits)
        self.started: list[str] = []
        self.places: dict[str, int] = {}
        self.tickets: dict[str, Ticket] = {}

    def come(self, name: str, lane: str) -> None:
        ticket = self.queue.admit(lane)
        self.tickets[name] = ticket
        self.queue.line_up(ticket, lambda: self._start(name), lambda place: self.places.update({name: place}))

    def go(self, name: str) -> None:
        self.queue.leave(self.tickets.pop(name))
        self.places.pop(name, None)

    def _start(self, name: str) -> None:
        assert name not in self.started
        self.started.append(name)
        self.places.pop(name, None)


def test_at_once_when_there_is_a_place() -> None:
    line = Line(2)
    line.come("a", "room")
    line.come("b", "room")
    assert (line.started, line.places) == (["a", "b"], {})  # and nobody was told of a place in the queue


def test_lanes_take_turns_and_within_one_first_come_first_served() -> None:
    line = Line(1)
    for name in ("a1", "a2", "a3", "b1", "b2", "c1"):
        line.come(name, name[0])
    assert line.places == {"b1": 2, "c1": 3, "a2": 1, "b2": 5, "a3": 4}
    for name in ("a1", "a2", "b1", "c1", "a3"):
        line.go(name)
    assert line.started == ["a1", "a2", "b1", "c1", "a3", "b2"]


def test_places_are_told_when_they_change() -> None:
    line = Line(1)
    for name in ("a1", "b1", "c1"):
        line.come(name, name[0])
    assert line.places == {"b1": 1, "c1": 2}
    line.go("b1")
    assert line.places == {"c1": 1}


def test_a_lane_has_no_more_than_its_share_while_others_wait() -> None:
    line = Line(4)
    for number in range(6):
        line.come(f"a{number}", "a")
    assert line.started == ["a0", "a1", "a2", "a3"]  # nobody else was there
    line.come("b0", "b")
    line.come("b1", "b")
    line.come("b2", "b")
    for name in ("a0", "a1"):
        line.go(name)
    assert line.started[4:] == ["b0", "b1"]
    line.go("a2")
    assert line.started[6:] == ["a4"]  # both have their share or less: the lane whose turn it is


def test_without_a_lane_everybody_is_one() -> None:
    line = Line(1, most=100, lane_most=2)
    for number in range(6):
        line.come(str(number), "")
    assert line.places == {str(number): number for number in range(1, 6)}


def test_a_full_lane_leaves_room_for_others() -> None:
    line = Line(1, most=4, lane_most=2)
    for name in ("a0", "a1", "a2"):
        line.come(name, "a")
    with pytest.raises(QueueFull):
        line.come("a3", "a")
    line.come("b0", "b")
    line.come("c0", "c")
    with pytest.raises(QueueFull):
        line.come("d0", "d")
    line.go("b0")
    line.come("d0", "d")


def test_who_is_admitted_and_not_in_line_counts() -> None:
    line = Line(1, most=1, lane_most=1)
    ticket = line.queue.admit("a")
    with pytest.raises(QueueFull):
        line.come("b", "b")
    line.queue.leave(ticket)
    line.queue.leave(ticket)
    line.come("b", "b")
    assert line.started == ["b"]


@given(some.integers(1, 4), some.lists(some.one_of(some.sampled_from("abc "), some.integers(0, 9)), max_size=60))
def test_whatever_comes_and_goes(places: int, happens: list[str | int]) -> None:
    """A letter: somebody comes in that lane; a number: the so many-th of those who are there leaves."""
    line = Line(places)
    lane_of: dict[str, str] = {}
    for number, happening in enumerate(happens):
        if isinstance(happening, int):
            if line.tickets:
                line.go(list(line.tickets)[happening % len(line.tickets)])
        else:
            lane_of[str(number)] = happening.strip()
            line.come(str(number), happening.strip())
        running = [name for name, ticket in line.tickets.items() if ticket.state == "running"]
        waiting = [name for name, ticket in line.tickets.items() if ticket.state == "waiting"]
        assert line.queue.running == len(running) <= places
        assert line.queue.waiting == len(waiting)
        assert not waiting or len(running) == places
        assert sorted(line.places) == sorted(waiting)
        assert sorted(line.places.values()) == list(range(1, len(waiting) + 1))
        for lane in "abc":  # first come, first served
            mine = [name for name in waiting if lane_of[name] == lane]
            assert [line.places[name] for name in mine] == sorted(line.places[name] for name in mine)
    served = 0
    while line.tickets:  # everybody gets a turn
        before = len(line.started)
        line.go(next(name for name, ticket in line.tickets.items() if ticket.state == "running"))
        served += len(line.started) - before
    assert not line.places


@given(some.integers(1, 3), some.integers(1, 20), some.integers(1, 6))
def test_nobody_starves(places: int, crowd: int, lanes: int) -> None:
    """However many one lane brings, each other lane's first has its turn after as many ends as there are lanes."""
    line = Line(places)
    for number in range(crowd + places):
        line.come(f"a{number}", "a")
    for lane in range(lanes):
        line.come(f"b{lane}", f"lane {lane}")
    ends = 0
    while not all(f"b{lane}" in line.started for lane in range(lanes)):
        line.go(next(name for name, ticket in line.tickets.items() if ticket.state == "running"))
        ends += 1
    assert ends <= lanes + 1

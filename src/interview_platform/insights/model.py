"""Numbers that are counted, never made up. No I/O."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One person's counts."""

    active: int
    """Active sessions they are in now, as host or in a seat."""
    hosted: int
    """Sessions they created, active and completed."""
    taken: int
    """Sessions of others that they took part in."""
    completed: int
    """Completed sessions that they hosted or took part in."""
    people: int
    """Different people they were in a session with."""
    runs: int
    """Times they pressed Run, in rooms and outside."""
    minutes: int
    """Whole minutes they spent in completed sessions, from coming in to leaving or the end."""

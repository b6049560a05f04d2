"""How large and how often. Named here so that an operator can change one (see `docs/sessions.md`)."""

from typing import NamedTuple

from interview_platform.kit.rate_limit import Limit

CAPACITY_MIN = 2  # an interview
CAPACITY_MAX = 4  # the call is a mesh: with more, every browser would send its picture too many times
OBSERVERS_MAX = 20  # they take no seat, but each is sent every keystroke
PAGE = 20  # sessions per answer
INVITE_DAYS = 7  # from planning an interview to holding it
END_SECONDS = 10.0  # how long an end waits for the room to write its document down


class SessionLimits(NamedTuple):
    create: Limit = Limit(300, 3600)
    """Sessions created per person: a script in a loop is stopped, a hiring day is not."""
    invite: Limit = Limit(300, 3600)
    """Invites per person."""

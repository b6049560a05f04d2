"""How large and how often. Named here so that an operator can change one (see `docs/sessions.md`)."""

from typing import NamedTuple

from interview_platform.kit.rate_limit import Limit

CAPACITY_MIN = 2  # an interview
CAPACITY_MAX = 4  # the call is a mesh: with more, every browser would send its picture too many times
OBSERVERS_MAX = 20  # they take no seat, but each is sent every keystroke
PAGE = 20  # sessions per answer
WAITING_MAX = 20  # in the lobby: a link that went around must not fill the list that somebody has to look through
INVITE_HOURS = 7 * 24  # unless said otherwise: from planning an interview to holding it
INVITE_HOURS_MAX = 30 * 24  # a forgotten link is a door that stands open
INVITES_SHOWN = 100  # the newest ones; nobody looks through more, and all can be revoked at once
AI_NOTE_MAX = 500  # characters; a few sentences, read by somebody who is nervous
TIMER_MAX_MS = 24 * 3600 * 1000  # longer than any interview
QUIET_MINUTES_MAX = 120  # to think for longer is homework
HOST_AWAY_SECONDS = 120  # then an interviewer may take over: a reload is not enough, and nobody waits for longer
END_SECONDS = 10.0  # how long an end waits for the room to write its document down


class SessionLimits(NamedTuple):
    create: Limit = Limit(300, 3600)
    """Sessions created per person: a script in a loop is stopped, a hiring day is not."""
    invite: Limit = Limit(300, 3600)
    """Invites per person."""

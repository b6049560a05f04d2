"""The further problems and pads of a session, as its log has them.

What a pad is about decides which tests judge the code in it. The document says it too, for the browsers, but whoever
may edit may write there what they like; the log is written by the server alone.
"""

import json
from dataclasses import dataclass

from interview_platform.accounts.model import PersonId
from interview_platform.kit.errors import invalid
from interview_platform.sessions.model import Session, SessionId
from interview_platform.timeline.model import Entry, EventKind
from interview_platform.timeline.ports import TimelineStore

PADS_MAX = 10
"""In one session, the first included: more than an interview of a day has."""


@dataclass(frozen=True, slots=True)
class Pad:
    id: str
    """What the paths of its files begin with."""
    title: str
    problem: str
    """Slug; empty for a pad without one."""

    def entry(self, person: PersonId, at: int) -> Entry:
        payload = {"padId": self.id, "problem": self.problem, "title": self.title}
        return Entry(EventKind.PAD, person, at, json.dumps(payload).encode())


async def pads_of(timeline: TimelineStore, session: SessionId) -> list[Pad]:
    """All that were added, in that order. The first one, which a session is created with, is not among them."""
    events = await timeline.read(session, kinds=[EventKind.PAD])
    told = [json.loads(event.entry.payload) for event in events]
    return [Pad(one["padId"], one["title"], one["problem"]) for one in told]


async def problem_of(timeline: TimelineStore, session: Session, pad: str) -> str:
    """Slug of what a pad is about; `pad` is empty for the first one. Raises Refusal unknown_pad."""
    if not pad:
        return session.problem_slug
    for one in await pads_of(timeline, session.id):
        if one.id == pad:
            return one.problem
    raise invalid("This session has no such pad.", "unknown_pad", pad="is none of the session's")

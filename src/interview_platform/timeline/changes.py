"""What a change of the session adds to its log. No I/O."""

import json

from interview_platform.sessions.model import Session
from interview_platform.timeline.model import Entry, EventKind


def what_happened(before: Session, after: Session) -> list[Entry]:
    was = {m.person: m for m in before.members if m.present}
    now = {m.person: m for m in after.members if m.present}
    left = {m.person: m.left_at for m in after.members}
    entries = [
        Entry(EventKind.LEFT, person, left.get(person) or after.updated_at, b"") for person in was if person not in now
    ]
    entries += [
        Entry(EventKind.JOINED, m.person, m.joined_at, json.dumps({"role": m.role.value}).encode())
        for m in now.values()
        if m.person not in was
    ]
    if before.active and not after.active:
        entries.append(Entry(EventKind.ENDED, after.host.person, after.ended_at or after.updated_at, b""))
    return entries

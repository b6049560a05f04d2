"""What a change of the session adds to its log. No I/O."""

import json
from typing import Any

import msgspec

from interview_platform.accounts.model import PersonId
from interview_platform.sessions.model import Member, Session
from interview_platform.timeline.model import Entry, EventKind


def what_happened(before: Session, after: Session, by: PersonId | None = None) -> list[Entry]:
    """`by`: who did it, where that is not the person themselves."""
    was, now = _there(before), _there(after)
    entries = [_left(after, person, by) for person in was if person not in now]
    entries += [_joined(member) for person, member in now.items() if person not in was]
    if after.host.person != before.host.person:
        from_ = json.dumps({"from": before.host.person}).encode()
        entries.append(Entry(EventKind.HOST, after.host.person, after.updated_at, from_))
    for person in was.keys() & now.keys() - {before.host.person, after.host.person}:
        entries += _changed(was[person], now[person], after.updated_at, by)
    if before.started_at is None and after.started_at is not None:
        entries.append(Entry(EventKind.STARTED, by, after.started_at, b""))
    changed = _settings(before, after)
    if changed:
        entries.append(Entry(EventKind.SETTINGS, by, after.updated_at, json.dumps(changed).encode()))
    if before.active and not after.active:
        entries.append(Entry(EventKind.ENDED, after.host.person, after.ended_at or after.updated_at, b""))
    return entries


def _there(session: Session) -> dict[PersonId, Member]:
    return {m.person: m for m in (session.host, *session.members) if m.present}


def _left(after: Session, person: PersonId, by: PersonId | None) -> Entry:
    member = after.member(person)
    shown_out = member is not None and member.removed and by is not None
    at = (member and member.left_at) or after.updated_at
    return Entry(EventKind.LEFT, person, at, json.dumps({"by": by}).encode() if shown_out else b"")


def _joined(member: Member) -> Entry:
    what = {"role": member.role.value, **({"waiting": True} if member.waiting else {})}
    return Entry(EventKind.JOINED, member.person, member.joined_at, json.dumps(what).encode())


def _changed(was: Member, now: Member, at: int, by: PersonId | None) -> list[Entry]:
    entries = []
    if was.role is not now.role:
        entries.append(Entry(EventKind.ROLE, now.person, at, json.dumps({"role": now.role.value, "by": by}).encode()))
    if was.waiting is not now.waiting:
        kind = EventKind.SENT_BACK if now.waiting else EventKind.ADMITTED
        entries.append(Entry(kind, now.person, at, json.dumps({"by": by}).encode()))
    return entries


def _settings(before: Session, after: Session) -> dict[str, Any]:
    """What is set otherwise now, by the names that the JSON of the session has."""
    fields = zip(after.settings.__struct_fields__, after.settings.__struct_encode_fields__, strict=True)
    changed = {
        name: msgspec.to_builtins(getattr(after.settings, field))
        for field, name in fields
        if getattr(before.settings, field) != getattr(after.settings, field)
    }
    if before.lobby is not after.lobby:
        changed["lobby"] = after.lobby
    if before.capacity != after.capacity:
        changed["capacity"] = after.capacity
    return changed

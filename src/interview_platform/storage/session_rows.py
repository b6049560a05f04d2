"""How a session is read: one query brings it with its people, for one session as for a page of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, literal, select, tuple_, union

from interview_platform.accounts.model import PersonId
from interview_platform.problems.model import Difficulty
from interview_platform.sessions.cursors import cursor_after, place_of
from interview_platform.sessions.model import Member, Role, Session, Status, Visibility
from interview_platform.sessions.ports import Page
from interview_platform.sessions.settings import settings_of
from interview_platform.storage.query import Query, Row
from interview_platform.storage.tables import members, people, sessions

_s, _m = sessions.c, members.c
_host, _person = people.alias("host"), people.alias("person")

# Looked up in a dict: calling an enum costs ten times as much, and a page has a hundred of these.
_DIFFICULTY = {d.value: d for d in Difficulty}
_STATUS = {s.value: s for s in Status}
_VISIBILITY = {v.value: v for v in Visibility}
_ROLE = {r.value: r for r in Role}


def _with_people(chosen: Select[Any]) -> Query:
    """The sessions of `chosen` (newest first), a row for each member (one row with nulls when there is none)."""
    s = chosen.subquery("s")
    return Query(
        select(
            s.c.id,
            s.c.problem,
            s.c.problem_slug,
            s.c.difficulty,
            s.c.status,
            s.c.visibility,
            s.c.capacity,
            s.c.call_id,
            s.c.created_at,
            s.c.updated_at,
            s.c.ended_at,
            s.c.host_id,
            _host.c.name,
            _host.c.image,
            _m.person_id,
            _person.c.name,
            _person.c.image,
            _m.role,
            _m.joined_at,
            _m.left_at,
            _m.removed,
            s.c.lobby,
            s.c.started_at,
            s.c.settings,
            _m.waiting,
            _m.invite,
        )
        .select_from(s)
        .join(_host, _host.c.id == s.c.host_id)
        .outerjoin(members, _m.session_id == s.c.id)
        .outerjoin(_person, _person.c.id == _m.person_id)
        .order_by(s.c.created_at.desc(), s.c.id.desc(), _m.position)
    )


def _page_of(chosen: Select[Any]) -> Query:
    """`chosen` from a place on. The first page begins at a place above every session (`cursors.START`)."""
    place = tuple_(bindparam("at"), bindparam("after"))
    return _with_people(
        chosen.where(tuple_(_s.created_at, _s.id) < place)
        .order_by(_s.created_at.desc(), _s.id.desc())
        .limit(bindparam("limit"))
    )


def _took_part(*, active: bool) -> Select[Any]:
    hosted = sessions.alias("hosted")
    taken = select(_m.session_id).where(_m.person_id == bindparam("person"))
    if active:
        taken = taken.where(_m.left_at.is_(None))  # who left has no access before the end
    # A join that starts from the person: with OR or IN the databases walk through every session there is.
    theirs = union(select(hosted.c.id).where(hosted.c.host_id == bindparam("person")), taken).subquery()
    status = Status.ACTIVE if active else Status.COMPLETED
    return select(sessions).join(theirs, theirs.c.id == _s.id).where(_s.status == literal(status.value))


SESSION = _with_people(select(sessions).where(_s.id == bindparam("id")))
OPEN_ACTIVE = _page_of(
    select(sessions).where(_s.status == literal(Status.ACTIVE.value), _s.visibility == literal(Visibility.OPEN.value))
)
OF_PERSON = {active: _page_of(_took_part(active=active)) for active in (True, False)}


def session_of(rows: Sequence[Row]) -> Session | None:
    """Of the rows of `SESSION`."""
    return _session(rows) if rows else None


def after(cursor: str | None) -> dict[str, Any]:
    """The place where a page begins, for the page queries. Raises invalid for a cursor that is not ours."""
    at, id = place_of(cursor)
    return {"at": at, "after": id}


def page_of(rows: Sequence[Row], limit: int) -> Page:
    """Of the rows of a page query that was asked for one session more than `limit`."""
    found: list[Session] = []
    start = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or rows[end][0] != rows[start][0]:
            found.append(_session(rows[start:end]))
            start = end
    return Page(tuple(found[:limit]), cursor_after(found[limit - 1]) if len(found) > limit else None)


def _session(rows: Sequence[Row]) -> Session:
    r = rows[0]
    return Session(
        id=r[0],
        problem=r[1],
        problem_slug=r[2],
        difficulty=_DIFFICULTY[r[3]],
        host=Member(r[11], r[12], r[13], Role.HOST, r[8]),
        members=tuple(
            [
                Member(PersonId(m[14]), m[15], m[16], _ROLE[m[17]], m[18], m[19], bool(m[20]), bool(m[24]), m[25])
                for m in rows
                if m[14]
            ]
        ),
        status=_STATUS[r[4]],
        visibility=_VISIBILITY[r[5]],
        capacity=r[6],
        call_id=r[7],
        created_at=r[8],
        updated_at=r[9],
        ended_at=r[10],
        lobby=bool(r[21]),
        started_at=r[22],
        settings=settings_of(r[23]),
    )

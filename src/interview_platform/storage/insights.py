"""One person's counts."""

from sqlalchemy import Connection, func, select, union

from interview_platform.accounts.model import PersonId
from interview_platform.insights.model import Dashboard
from interview_platform.sessions.model import Status
from interview_platform.storage.database import Database
from interview_platform.storage.tables import members, runs, sessions

_s, _m = sessions.c, members.c
_MINUTE_MS = 60_000


class SqlInsightsStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def dashboard(self, person: PersonId) -> Dashboard:
        return await self._database.read(lambda c: _dashboard(c, person))


def _dashboard(connection: Connection, person: PersonId) -> Dashboard:
    completed = _s.status == Status.COMPLETED.value
    active = _s.status == Status.ACTIVE.value
    hosted = connection.execute(
        select(
            func.count(),
            func.count().filter(active),
            func.coalesce(func.sum(_s.ended_at - _s.created_at).filter(completed), 0),
        ).where(_s.host_id == person)
    ).one()
    taken = connection.execute(
        select(
            func.count(),
            func.count().filter(active),
            func.count().filter(active, _m.left_at.is_(None)),
            func.coalesce(func.sum(func.coalesce(_m.left_at, _s.ended_at) - _m.joined_at).filter(completed), 0),
        )
        .join_from(members, sessions, _m.session_id == _s.id)
        .where(_m.person_id == person)
    ).one()
    return Dashboard(
        active=hosted[1] + taken[2],
        hosted=hosted[0],
        taken=taken[0],
        completed=hosted[0] - hosted[1] + taken[0] - taken[1],
        people=_people(connection, person),
        runs=connection.scalar(select(func.count()).where(runs.c.person_id == person)) or 0,
        minutes=int(hosted[2] + taken[3]) // _MINUTE_MS,
    )


def _people(connection: Connection, person: PersonId) -> int:
    """How many others were in a session with `person`."""
    theirs = union(select(_s.id).where(_s.host_id == person), select(_m.session_id).where(_m.person_id == person)).cte()
    there = select(theirs.c.id)
    others = union(
        select(_s.host_id.label("id")).where(_s.id.in_(there)),
        select(_m.person_id).where(_m.session_id.in_(there)),
    ).subquery()
    return connection.scalar(select(func.count()).where(others.c.id != person)) or 0

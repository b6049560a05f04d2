"""Runs, kept with their session or for the person alone."""

from dataclasses import replace

import msgspec
from sqlalchemy import Connection, Row, Select, bindparam, insert, select, tuple_, update

from interview_platform.accounts.model import PersonId
from interview_platform.execution.model import Mode
from interview_platform.execution.runs import Result, Run, RunStatus
from interview_platform.sessions.model import SessionId
from interview_platform.storage.database import Database
from interview_platform.storage.tables import people, runs
from interview_platform.storage.timeline import append_entries

_r = runs.c
_RUN = select(
    *(_r.id, _r.session_id, _r.person_id, people.c.name, _r.language, _r.mode, _r.source, _r.stdin, _r.status),
    *(_r.created_at, _r.finished_at, _r.result),
).join(people, people.c.id == _r.person_id)
_OF_SESSION = (
    _RUN.where(_r.session_id == bindparam("session"))
    .order_by(_r.created_at.desc(), _r.id.desc())
    .limit(bindparam("limit"))
)
_place = runs.alias().c
_PLACE = select(_place.created_at, _place.id).where(
    _place.session_id == bindparam("session"), _place.id == bindparam("before")
)
_BEFORE = _OF_SESSION.where(tuple_(_r.created_at, _r.id) < _PLACE.scalar_subquery())
_ONE_OF_SESSION = _RUN.where(_r.session_id == bindparam("session"), _r.id == bindparam("id"))
_OF_PERSON = _RUN.where(_r.id == bindparam("id"), _r.person_id == bindparam("person"), _r.session_id.is_(None))
_NAMES = select(people.c.id, people.c.name).where(people.c.id.in_(bindparam("ids", expanding=True)))
_UNFINISHED = _RUN.where(_r.status != RunStatus.FINISHED)


class SqlRunStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, run: Run) -> None:
        await self._database.write(lambda c: _add(c, run))

    async def finish(self, run: Run) -> None:
        await self._database.write(lambda c: _finish(c, run))

    async def revise(self, run: Run) -> None:
        await self._database.write(lambda c: _revise(c, run))

    async def of_session(self, session: SessionId, limit: int, before: str | None = None) -> list[Run]:
        if before is None:
            return await self._database.read(lambda c: _many(c, _OF_SESSION, session=session, limit=limit))
        return await self._database.read(lambda c: _many(c, _BEFORE, session=session, limit=limit, before=before))

    async def one_of_session(self, session: SessionId, id: str) -> Run | None:
        found = await self._database.read(lambda c: _many(c, _ONE_OF_SESSION, session=session, id=id))
        return found[0] if found else None

    async def of_person(self, id: str, person: PersonId) -> Run | None:
        found = await self._database.read(lambda c: _many(c, _OF_PERSON, id=id, person=person))
        return found[0] if found else None

    async def unfinished(self) -> list[Run]:
        return await self._database.read(lambda c: _many(c, _UNFINISHED))


def _many(connection: Connection, query: Select[tuple[object, ...]], **values: object) -> list[Run]:
    found = [_run(row) for row in connection.execute(query, values)]
    mentioned = set().union(*(run.mentions for run in found))
    if not mentioned:
        return found
    names = {row.id: row.name for row in connection.execute(_NAMES, {"ids": list(mentioned)})}
    return [replace(run, names={id: names[id] for id in run.mentions if id in names}) for run in found]


def _run(row: Row[tuple[object, ...]]) -> Run:
    result = msgspec.json.decode(row.result, type=Result) if row.result else None
    return Run(
        id=row.id,
        session=row.session_id,
        person=row.person_id,
        name=row.name,
        language=row.language,
        mode=Mode(row.mode),
        source=row.source,
        stdin=row.stdin,
        status=RunStatus(row.status),
        created_at=row.created_at,
        finished_at=row.finished_at,
        result=result,
    )


def _add(connection: Connection, run: Run) -> None:
    connection.execute(
        insert(runs).values(
            id=run.id,
            session_id=run.session,
            person_id=run.person,
            language=run.language,
            mode=run.mode.value,
            source=run.source,
            stdin=run.stdin,
            status=run.status.value,
            verdict=None,
            result="",
            created_at=run.created_at,
            finished_at=None,
        )
    )
    if run.session is not None:
        append_entries(connection, run.session, [run.begin])


def _finish(connection: Connection, run: Run) -> None:
    assert run.result is not None
    connection.execute(
        update(runs)
        .where(_r.id == run.id)
        .values(
            status=run.status.value,
            verdict=run.result.verdict.value,
            result=msgspec.json.encode(run.result).decode(),
            finished_at=run.finished_at,
        )
    )
    if run.session is not None:
        append_entries(connection, run.session, [run.end])


def _revise(connection: Connection, run: Run) -> None:
    result = msgspec.json.encode(run.result).decode()
    connection.execute(update(runs).where(_r.id == run.id).values(result=result))

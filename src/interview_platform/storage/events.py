"""Deliveries of events, until they are done."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from interview_platform.events.model import FAR_MS, Counts, Delivery
from interview_platform.storage.database import Database
from interview_platform.storage.tables import deliveries

_d = deliveries.c
_ALL = (_d.id, _d.function, _d.name, _d.data, _d.created_at, _d.attempts, _d.next_at, _d.dead, _d.error)
_INSERT = {
    "sqlite": sqlite.insert(deliveries).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(deliveries).on_conflict_do_nothing(),
}


class SqlEventStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, deliveries: Sequence[Delivery]) -> None:
        # In the order of their ids: two nodes that add the same ones wait for each other, but never in a circle.
        rows = [_row(one) for one in sorted(deliveries, key=lambda one: one.id)]
        if rows:
            await self._database.write(lambda c: c.execute(_INSERT[c.dialect.name], rows))

    async def claim(self, now: int, until: int, limit: int, *, but: Collection[str] = ()) -> list[Delivery]:
        return await self._database.write(lambda c: _claim(c, now, until, limit, but))

    async def done(self, id: str) -> None:
        await self._database.write(lambda c: c.execute(delete(deliveries).where(_d.id == id)))

    async def failed(self, id: str, *, attempts: int, next_at: int, dead: bool, error: str) -> None:
        values = {"attempts": attempts, "next_at": next_at, "dead": dead, "error": error}
        await self._database.write(lambda c: c.execute(update(deliveries).where(_d.id == id).values(values)))

    async def next_at(self) -> int | None:
        first = select(func.min(_d.next_at)).where(_d.dead.is_(False))
        return await self._database.read(lambda c: c.scalar(first))

    async def waiting(self, *, dead: bool, limit: int) -> list[Delivery]:
        chosen = select(*_ALL).where(_d.dead.is_(dead)).order_by(_d.created_at, _d.id).limit(limit)
        return await self._database.read(lambda c: [_delivery(row) for row in c.execute(chosen)])

    async def counts(self) -> Counts:
        by_state = select(_d.dead, func.count()).group_by(_d.dead)
        found = await self._database.read(lambda c: {bool(dead): n for dead, n in c.execute(by_state)})
        return Counts(found.get(False, 0), found.get(True, 0))

    async def revive(self, id: str, now: int) -> bool:
        values = {"dead": False, "attempts": 0, "created_at": now, "next_at": now}
        revived = update(deliveries).where(_d.id == id, _d.dead.is_(True)).values(values)
        return await self._database.write(lambda c: c.execute(revived).rowcount) > 0


def _claim(connection: Connection, now: int, until: int, limit: int, but: Collection[str]) -> list[Delivery]:
    due = (
        select(*_ALL)
        .where(_d.dead.is_(False), or_(_d.next_at <= now, _d.next_at > now + FAR_MS), _d.function.not_in(but))
        .order_by(_d.next_at, _d.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = [_delivery(row) for row in connection.execute(due)]
    if claimed:
        connection.execute(update(deliveries).where(_d.id.in_([one.id for one in claimed])).values(next_at=until))
    return claimed


def _row(one: Delivery) -> dict[str, Any]:
    return {
        "id": one.id,
        "function": one.function,
        "name": one.name,
        "data": json.dumps(one.data),
        "created_at": one.created_at,
        "attempts": one.attempts,
        "next_at": one.next_at,
        "dead": one.dead,
        "error": one.error,
    }


def _delivery(row: Sequence[Any]) -> Delivery:
    return Delivery(row[0], row[1], row[2], json.loads(row[3]), row[4], row[5], row[6], bool(row[7]), row[8])

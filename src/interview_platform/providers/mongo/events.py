"""Deliveries of events, until they are done."""

import json
from collections.abc import Collection, Sequence

from pymongo.errors import BulkWriteError

from interview_platform.events.model import FAR_MS, Counts, Delivery
from interview_platform.providers.mongo.client import Database, Document, answering

_DUPLICATE = 11000


@answering
class MongoEventStore:
    def __init__(self, database: Database) -> None:
        self._deliveries = database.deliveries

    async def add(self, deliveries: Sequence[Delivery]) -> None:
        """One command: the database gets all of them or nothing of it."""
        if not deliveries:
            return
        try:
            await self._deliveries.insert_many([_document(one) for one in deliveries], ordered=False)
        except BulkWriteError as error:
            broken = any(one["code"] != _DUPLICATE for one in error.details["writeErrors"])
            if broken or error.details["writeConcernErrors"]:
                raise

    async def claim(self, now: int, until: int, limit: int, *, but: Collection[str] = ()) -> list[Delivery]:
        claimed: list[Delivery] = []
        while len(claimed) < limit:
            due = await self._deliveries.find_one_and_update(
                {
                    "dead": False,
                    "$or": [{"nextAt": {"$lte": now}}, {"nextAt": {"$gt": now + FAR_MS}}],
                    "function": {"$nin": list(but)},
                    "_id": {"$nin": [one.id for one in claimed]},
                },
                {"$set": {"nextAt": until}},
                sort=[("nextAt", 1)],
            )
            if due is None:
                break
            claimed.append(_delivery(due))
        return claimed

    async def done(self, id: str) -> None:
        await self._deliveries.delete_one({"_id": id})

    async def failed(self, id: str, *, attempts: int, next_at: int, dead: bool, error: str) -> None:
        values = {"attempts": attempts, "nextAt": next_at, "dead": dead, "error": error}
        await self._deliveries.update_one({"_id": id}, {"$set": values})

    async def next_at(self) -> int | None:
        first = await self._deliveries.find_one({"dead": False}, {"nextAt": 1}, sort=[("nextAt", 1)])
        return first["nextAt"] if first else None

    async def waiting(self, *, dead: bool, limit: int) -> list[Delivery]:
        found = self._deliveries.find({"dead": dead}).sort([("createdAt", 1), ("_id", 1)]).limit(limit)
        return [_delivery(one) for one in await found.to_list()]

    async def counts(self) -> Counts:
        waiting = await self._deliveries.count_documents({"dead": False})
        return Counts(waiting, await self._deliveries.count_documents({"dead": True}))

    async def revive(self, id: str, now: int) -> bool:
        values = {"dead": False, "attempts": 0, "createdAt": now, "nextAt": now}
        return (await self._deliveries.update_one({"_id": id, "dead": True}, {"$set": values})).matched_count > 0


def _document(one: Delivery) -> Document:
    return {
        "_id": one.id,
        "function": one.function,
        "name": one.name,
        "data": json.dumps(one.data),
        "createdAt": one.created_at,
        "attempts": one.attempts,
        "nextAt": one.next_at,
        "dead": one.dead,
        "error": one.error,
    }


def _delivery(stored: Document) -> Delivery:
    return Delivery(
        stored["_id"],
        stored["function"],
        stored["name"],
        json.loads(stored["data"]),
        stored["createdAt"],
        stored["attempts"],
        stored["nextAt"],
        stored["dead"],
        stored["error"],
    )

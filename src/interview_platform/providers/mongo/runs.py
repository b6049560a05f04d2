"""Runs, kept with their session or for the person alone."""

from dataclasses import replace
from typing import Any

import msgspec
from pymongo import ReturnDocument

from interview_platform.accounts.model import PersonId
from interview_platform.execution.model import Mode
from interview_platform.execution.runs import Result, Run, RunStatus
from interview_platform.kit.errors import not_found
from interview_platform.kit.text import storable
from interview_platform.providers.mongo.client import Database, Document, answering
from interview_platform.providers.mongo.notes import Notes, note
from interview_platform.providers.mongo.people import named, required
from interview_platform.sessions.model import SessionId

_NEWEST = [("createdAt", -1), ("_id", -1)]


@answering
class MongoRunStore:
    def __init__(self, database: Database, notes: Notes) -> None:
        self._runs = database.runs
        self._people = database.people
        self._sessions = database.interviews
        self._notes = notes

    async def add(self, run: Run) -> None:
        await required(self._people, {run.person})
        if run.session is not None and await self._sessions.find_one({"_id": run.session}, {"_id": 1}) is None:
            raise not_found("session")
        notes = [] if run.session is None else [note(f"begin {run.id}", [run.begin])]
        stored = {**_document(run), "notes": notes}
        await self._runs.insert_one(stored)
        await self._carry_out(run, stored)

    async def finish(self, run: Run) -> None:
        assert run.result is not None
        result = msgspec.json.encode(run.result).decode()
        values = {"status": run.status.value, "verdict": run.result.verdict.value, "result": result}
        notes = [] if run.session is None else [note(f"end {run.id}", [run.end])]
        stored = await self._runs.find_one_and_update(
            {"_id": run.id},
            {"$set": {**values, "finishedAt": run.finished_at}, "$push": {"notes": {"$each": notes}}},
            {"notes": 1},
            return_document=ReturnDocument.AFTER,
        )
        if stored is not None:  # with the note of its beginning, if that was left
            await self._carry_out(run, stored)

    async def revise(self, run: Run) -> None:
        await self._runs.update_one({"_id": run.id}, {"$set": {"result": msgspec.json.encode(run.result).decode()}})

    async def of_session(self, session: SessionId, limit: int, before: str | None = None) -> list[Run]:
        chosen: dict[str, Any] = {"session": session}
        if before is not None:
            place = await self._runs.find_one({"_id": before, "session": session}, {"createdAt": 1})
            if place is None:
                return []
            at = place["createdAt"]
            chosen["$or"] = [{"createdAt": {"$lt": at}}, {"createdAt": at, "_id": {"$lt": before}}]
        return await self._many(chosen, limit)

    async def one_of_session(self, session: SessionId, id: str) -> Run | None:
        return next(iter(await self._many({"_id": id, "session": session}, 1)), None)

    async def of_person(self, id: str, person: PersonId) -> Run | None:
        return next(iter(await self._many({"_id": id, "person": person, "session": None}, 1)), None)

    async def unfinished(self) -> list[Run]:
        return await self._many({"status": {"$ne": RunStatus.FINISHED.value}}, 0)

    async def _many(self, chosen: Document, limit: int) -> list[Run]:
        found = await self._runs.find(chosen, {"notes": 0}).sort(_NEWEST).limit(limit).to_list()
        runs = [_run(one) for one in found]
        people = {run.person for run in runs}.union(*(run.mentions for run in runs))
        names = {id: name for id, (name, _) in (await named(self._people, people)).items()}
        return [replace(run, name=names[run.person], names={id: names[id] for id in run.mentions}) for run in runs]

    async def _carry_out(self, run: Run, stored: Document) -> None:
        if run.session is not None:
            await self._notes.at_once(self._runs, run.session, stored)


def _document(run: Run) -> dict[str, Any]:
    return {
        "_id": run.id,
        "session": run.session,
        "person": run.person,
        "language": run.language,
        "mode": run.mode.value,
        "source": storable(run.source),
        "stdin": storable(run.stdin),
        "status": run.status.value,
        "verdict": None,
        "result": "",
        "createdAt": run.created_at,
        "finishedAt": None,
    }


def _run(stored: Document) -> Run:
    """Without the names."""
    return Run(
        id=stored["_id"],
        session=stored["session"],
        person=stored["person"],
        name="",
        language=stored["language"],
        mode=Mode(stored["mode"]),
        source=stored["source"],
        stdin=stored["stdin"],
        status=RunStatus(stored["status"]),
        created_at=stored["createdAt"],
        finished_at=stored["finishedAt"],
        result=msgspec.json.decode(stored["result"], type=Result) if stored["result"] else None,
    )

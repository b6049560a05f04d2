"""One person's counts, added up from the sessions they were in."""

from interview_platform.accounts.model import PersonId
from interview_platform.insights.model import Dashboard
from interview_platform.providers.mongo.client import Database, Document, answering
from interview_platform.providers.mongo.session_documents import people_of
from interview_platform.sessions.model import Status

_MINUTE_MS = 60_000
_FIELDS = {"host": 1, "status": 1, "createdAt": 1, "endedAt": 1, "members": 1}


@answering
class MongoInsightsStore:
    def __init__(self, database: Database) -> None:
        self._sessions = database.interviews
        self._runs = database.runs

    async def dashboard(self, person: PersonId) -> Dashboard:
        theirs = await self._sessions.find({"$or": [{"host": person}, {"members.person": person}]}, _FIELDS).to_list()
        hosted = [one for one in theirs if one["host"] == person]
        taken = [(one, seat) for one in theirs for seat in one["members"] if seat["person"] == person]
        spent = [one["endedAt"] - one["createdAt"] for one in hosted if _completed(one)]
        spent += [
            (one["endedAt"] if seat["leftAt"] is None else seat["leftAt"]) - seat["joinedAt"]
            for one, seat in taken
            if _completed(one)
        ]
        return Dashboard(
            active=sum(not _completed(one) for one in hosted)
            + sum(not _completed(one) and seat["leftAt"] is None for one, seat in taken),
            hosted=len(hosted),
            taken=len(taken),
            completed=sum(_completed(one) for one in hosted) + sum(_completed(one) for one, _ in taken),
            people=len({other for one in theirs for other in people_of(one)} - {person}),
            runs=await self._runs.count_documents({"person": person}),
            minutes=sum(spent) // _MINUTE_MS,
        )


def _completed(session: Document) -> bool:
    return bool(session["status"] == Status.COMPLETED.value)

"""`doctor` may be asked while the server works: it tells of what waits, and touches none of it."""

from pathlib import Path

import httpx
import pytest

from interview_platform.app.compose import compose
from interview_platform.app.doctor import doctor_report
from interview_platform.app.guard import Metrics
from interview_platform.app.server import create_api
from interview_platform.app.settings import Settings
from interview_platform.events.model import Delivery
from interview_platform.execution.runs import RunStatus
from interview_platform.kit.errors import StorageUnavailable
from interview_platform.room.seed import Seed, SeedFile
from interview_platform.sessions.model import SessionId
from interview_platform.storage.events import SqlEventStore
from interview_platform.storage.open import open_database
from interview_platform.storage.people import SqlPeopleStore
from interview_platform.storage.runs import SqlRunStore
from interview_platform.storage.sessions import SqlSessionStore
from interview_platform.storage.timeline import SqlTimelineStore
from interview_platform.timeline.model import Entry, EventKind
from interview_platform.timeline.ports import Snapshot
from tests.contracts.runs import run
from tests.contracts.world import account, session
from tests.providers.inngest import EVENT_KEY, SIGNING_KEY


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return Settings(data_dir=tmp_path / "data", runner_slots=1)


def delivery(id: str, *, dead: bool = False) -> Delivery:
    return Delivery(id, "forget-credentials", "scheduled", {}, 0, dead=dead)


async def test_the_doctor_tells_of_events_and_touches_nothing(settings: Settings) -> None:
    given = await open_database(None, settings.data_dir)
    await SqlPeopleStore(given).add_account(account("ada"), "hash")
    await SqlRunStore(given).add(run("r"))
    due, dead = delivery("due"), delivery("dead", dead=True)
    await SqlEventStore(given).add([due, dead])
    platform = await compose(settings, beside=True)
    try:
        report, healthy = await doctor_report(platform)
    finally:
        await platform.close()
    assert "BAD Events        in-process, 1 waiting, 1 dead\n" in report
    assert "interview-platform events" in report
    assert not healthy
    assert await SqlEventStore(given).waiting(dead=False, limit=9) == [due]
    assert [one.status for one in await SqlRunStore(given).unfinished()] == [RunStatus.RUNNING]
    await given.close()


async def test_the_doctor_counts_what_of_documents_cannot_be_read(settings: Settings) -> None:
    given = await open_database(None, settings.data_dir)
    people, sessions, timeline = SqlPeopleStore(given), SqlSessionStore(given), SqlTimelineStore(given)
    host = account("ada")
    await people.add_account(host, "hash")
    for id in ("sound", "damaged"):
        await sessions.add(session(id, host))
    good = Seed((SeedFile("solution.py", "pass"),), "python", "solution.py").update()
    rows = [Entry(EventKind.DOCUMENT, None, 1, payload) for payload in (good, b"\xff", good)]
    await timeline.append(SessionId("sound"), [rows[0], rows[2]])
    platform = await compose(settings, beside=True)
    try:
        report, _ = await doctor_report(platform)
        assert "ok  Documents     2 rows of the 2 newest sessions looked at\n" in report
        await timeline.append(SessionId("damaged"), rows)
        await timeline.save_snapshot(SessionId("damaged"), Snapshot(3, good, 1))
        report, _ = await doctor_report(platform)
    finally:
        await platform.close()
        await given.close()
    assert "--  Documents     5 rows of the 2 newest sessions looked at, 1 cannot be applied and are left" in report
    assert "session damaged row 2 (cut off)" in report
    assert "session damaged, main document (its checksum is wrong)" in report


async def test_it_names_inngest(settings: Settings) -> None:
    keys = {"inngest_event_key": EVENT_KEY, "inngest_signing_key": SIGNING_KEY}
    platform = await compose(Settings.model_validate({**dict(settings), **keys}), beside=True)
    try:
        report, _ = await doctor_report(platform)
    finally:
        await platform.close()
    assert "ok  Events        Inngest, inn.gs, 0 waiting, 0 dead\n" in report
    assert EVENT_KEY not in report


async def test_metrics_are_told_although_the_database_is_away(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away() -> None:
        raise StorageUnavailable

    platform = await compose(settings, beside=True)
    try:
        metrics = Metrics()
        monkeypatch.setattr(platform.events, "counts", away)
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(create_api(platform, metrics)), base_url="http://here.example"
        )
        answer = await client.get("/metrics")
    finally:
        await platform.close()
    assert answer.status_code == 200
    assert 'events_waiting{state="waiting"} NaN' in answer.text
    assert "http_request_seconds" in answer.text

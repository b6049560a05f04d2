"""What every `RunStore` does."""

import json
from dataclasses import replace
from typing import Any

from interview_platform.accounts.model import PersonId
from interview_platform.execution.model import Mode, Verdict
from interview_platform.execution.runs import Result, Run, RunStatus, TestResult
from interview_platform.execution.typed import Typed
from interview_platform.timeline.model import EventKind
from tests.contracts.world import Stores

ADA = PersonId("ada")
RESULT = Result(
    verdict=Verdict.WRONG_ANSWER,
    message="1 of 2 tests passed.",
    compile_output="warning: ü",
    stdout="a\0b\ufffd😀\n",
    stderr="\x1b[31mred",
    truncated=True,
    exit_code=3,
    signal="SIGKILL",
    compile_ms=12.5,
    time_ms=0.25,
    memory_bytes=2**33,
    tests=(TestResult("one", True, Verdict.ACCEPTED, 1.5, None, None, None, None, None, ""),),
    total=2,
)


def run(id: str, **given: Any) -> Run:
    values: dict[str, Any] = {
        "session": None,
        "source": "print()",
        "stdin": "",
        "status": RunStatus.RUNNING,
        "created_at": 1_000,
    }
    return Run(id=id, person=ADA, name="Ada", language="python", mode=Mode.TESTS, **values | given)


class RunStoreContract:
    async def test_run_and_result_come_back(self, stores: Stores) -> None:
        session = await stores.session()
        begun = run("r", session=session.id, source="# 😀\n\tprint()", stdin="1\n")
        await stores.runs.add(begun)
        assert await stores.runs.of_session(session.id, 5) == [begun]
        finished = begun.finished(RESULT, 2_000)
        await stores.runs.finish(finished)
        assert await stores.runs.of_session(session.id, 5) == [finished]

    async def test_start_and_end_are_in_the_timeline(self, stores: Stores) -> None:
        session = await stores.session()
        begun = run("r", session=session.id)
        await stores.runs.add(begun)
        await stores.runs.finish(begun.finished(RESULT, 2_000))
        events = [event.entry for event in await stores.timeline.read(session.id)]
        assert [(e.kind, e.person, e.at) for e in events] == [
            (EventKind.RUN_STARTED, "ada", 1_000),
            (EventKind.RUN_FINISHED, "ada", 2_000),
        ]
        assert json.loads(events[1].payload) == {"runId": "r", "verdict": "wrong_answer"}

    async def test_what_was_typed_is_told_with_the_names_of_today(self, stores: Stores) -> None:
        session = await stores.session()
        for name in ("bob", "cleo"):
            await stores.account(name)
        typed = tuple(Typed(PersonId(name), "a\0b😀\n", name == "cleo", 7, 2**20) for name in ("ada", "bob", "cleo"))
        finished = run("r", session=session.id).finished(
            replace(RESULT, typed=typed, stopped_by=PersonId("bob"), diagnostics="ü"), 2_000
        )
        await stores.runs.add(run("r", session=session.id))
        await stores.runs.finish(finished)
        await stores.people.erase(PersonId("cleo"))
        stored = await stores.runs.one_of_session(session.id, "r")
        assert stored == replace(finished, names={PersonId("bob"): "Bob", PersonId("cleo"): "Somebody"})
        assert "Cleo" not in repr(stored), "a name that was erased is nowhere"

    async def test_a_result_is_revised_without_a_word_in_the_timeline(self, stores: Stores) -> None:
        session = await stores.session()
        await stores.runs.add(run("r", session=session.id))
        finished = run("r", session=session.id).finished(replace(RESULT, diagnostics=None), 2_000)
        await stores.runs.finish(finished)
        assert await stores.runs.of_session(session.id, 5) == [finished]
        revised = replace(finished, result=replace(RESULT, diagnostics="a remark"))
        await stores.runs.revise(revised)
        assert await stores.runs.of_session(session.id, 5) == [revised]
        assert len(await stores.timeline.read(session.id)) == 2

    async def test_newest_of_the_session_first(self, stores: Stores) -> None:
        one, other = await stores.session("one"), await stores.session("other")
        for n, session in enumerate((one, one, other, one)):
            await stores.runs.add(run(f"r{n}", session=session.id, created_at=1_000 + n))
        assert [r.id for r in await stores.runs.of_session(one.id, 2)] == ["r3", "r1"]

    async def test_page_before_a_run(self, stores: Stores) -> None:
        one, other = await stores.session("one"), await stores.session("other")
        for n, at in enumerate((1_000, 1_001, 1_001, 1_001, 1_002)):
            await stores.runs.add(run(f"r{n}", session=one.id, created_at=at))
        await stores.runs.add(run("elsewhere", session=other.id, created_at=1_003))

        async def before(id: str, limit: int = 5) -> list[str]:
            return [r.id for r in await stores.runs.of_session(one.id, limit, id)]

        assert await before("r4", 2) == ["r3", "r2"]
        assert await before("r2") == ["r1", "r0"]
        assert await before("r0") == []
        assert await before("elsewhere") == await before("nothing") == []

    async def test_one_run_of_a_session(self, stores: Stores) -> None:
        one, other = await stores.session("one"), await stores.session("other")
        begun = run("r", session=one.id)
        await stores.runs.add(begun)
        await stores.runs.add(run("alone"))
        assert await stores.runs.one_of_session(one.id, "r") == begun
        assert await stores.runs.one_of_session(other.id, "r") is None
        assert await stores.runs.one_of_session(one.id, "alone") is None

    async def test_run_outside_a_room_is_its_persons_only(self, stores: Stores) -> None:
        session = await stores.session()
        alone, together = run("alone"), run("together", session=session.id)
        await stores.runs.add(alone)
        await stores.runs.add(together)
        assert await stores.runs.of_person("alone", ADA) == alone
        assert await stores.runs.of_person("alone", PersonId("eve")) is None
        assert await stores.runs.of_person("together", ADA) is None

    async def test_unfinished_runs(self, stores: Stores) -> None:
        await stores.account("ada")
        for n, status in enumerate((RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.RUNNING)):
            await stores.runs.add(run(f"r{n}", status=status))
        await stores.runs.finish(run("r1").finished(RESULT, 2_000))
        assert {r.id for r in await stores.runs.unfinished()} == {"r0", "r2"}

    async def test_characters_no_database_keeps_are_no_error(self, stores: Stores) -> None:
        await stores.account("ada")
        await stores.runs.add(replace(run("r"), source="print('\0')", stdin="\ud800"))
        stored = await stores.runs.of_person("r", ADA)
        assert stored
        assert (stored.source, stored.stdin) == ("print('\ufffd')", "\ufffd")

    async def test_erased_persons_runs_stay_in_sessions_only(self, stores: Stores) -> None:
        session = await stores.session()
        await stores.runs.add(run("alone"))
        await stores.runs.add(run("together", session=session.id))
        await stores.people.erase(ADA)
        assert await stores.runs.of_person("alone", ADA) is None
        assert [(r.id, r.name) for r in await stores.runs.of_session(session.id, 5)] == [("together", "Somebody")]

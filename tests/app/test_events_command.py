"""`interview-platform events`: what the admin sees of what waits, and what can be done about it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interview_platform.app import cli
from interview_platform.app.settings import Settings
from interview_platform.events.model import Counts, Delivery
from interview_platform.kit.clock import now_ms
from interview_platform.storage.events import SqlEventStore
from interview_platform.storage.open import open_database

HOUR = 3600_000
Said = tuple[int, str]


@pytest.fixture(autouse=True)
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(cli, "configure_logging", lambda _: None)  # it would outlive this test and its stderr
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def with_store(data: Path, work: Callable[[SqlEventStore], Any]) -> Any:
    async def done() -> Any:
        database = await open_database(None, data)
        try:
            return await work(SqlEventStore(database))
        finally:
            await database.close()

    return asyncio.run(done())


def given(data: Path, *deliveries: Delivery) -> None:
    with_store(data, lambda store: store.add(deliveries))


def delivery(id: str, function: str = "greet", hours: float = 2, **more: Any) -> Delivery:
    return Delivery(id, function, "person/came", {"secret": "hush"}, now_ms() - int(hours * HOUR), **more)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    def said(*arguments: str) -> Said:
        with pytest.raises(SystemExit) as ended:
            cli.main(["events", *arguments])
        code = ended.value.code
        printed = capsys.readouterr()
        text = printed.out + printed.err + (code if isinstance(code, str) else "")
        return code if isinstance(code, int) else 1, text

    return said


def test_nothing_to_see(run: Callable[..., Said]) -> None:
    assert run() == (0, "No event waits, and none is dead.\n")
    assert run("retry", "--all") == (0, "There is no dead event.\n")


def test_what_waits_and_what_is_dead_is_listed_without_its_data(run: Callable[..., Said], data: Path) -> None:
    given(
        data,
        delivery("e1-greet", attempts=3, error="Stream answered 503"),
        delivery("e2-relay", "relay", 50),
        delivery("clean-1", "clean", -5),
        delivery("e3-greet", attempts=1, dead=True, error="no such call"),
    )
    code, said = run()
    assert code == 0
    assert "hush" not in said
    assert said.splitlines() == [
        "Waiting: 3",
        "  e2-relay",
        "      to Inngest, person/came, 0 attempts, 2 d old",
        "  e1-greet",
        "      greet, person/came, 3 attempts, 2 h old",
        "      Stream answered 503",
        "  clean-1",
        "      clean, person/came, 0 attempts, due in 4 h",
        "Dead: 1",
        "  e3-greet",
        "      greet, person/came, 1 attempt, 2 h old",
        "      no such call",
        "Have them tried again: interview-platform events retry ID, or --all",
    ]


def test_a_long_list_is_cut(run: Callable[..., Said], data: Path) -> None:
    given(data, *(delivery(f"e{n}", dead=True) for n in range(130)))
    code, said = run()
    assert (code, "  … and 30 more" in said) == (0, True)


def test_one_dead_is_tried_again(run: Callable[..., Said], data: Path) -> None:
    given(data, delivery("e1", dead=True), delivery("e2", dead=True), delivery("e3"))
    assert run("retry", "e1") == (0, "To be tried again: e1.\n")
    for no in ("e1", "e3", "nothing", "\0"):
        code, said = run("retry", no)
        assert (code, "There is no dead event" in said) == (1, True)
    assert with_store(data, lambda store: store.counts()) == Counts(2, 1)
    assert run("retry", "--all") == (0, "To be tried again: 1.\n")
    assert with_store(data, lambda store: store.counts()) == Counts(3, 0)


@pytest.mark.parametrize("wrong", [["retry"], ["retry", "e1", "--all"], ["forget"]])
def test_wrong_usage(run: Callable[..., Said], wrong: list[str]) -> None:
    code, said = run(*wrong)
    assert (code, "usage:" in said) == (2, True)


def test_a_database_that_cannot_be_used(run: Callable[..., Said], data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data.write_text("not a folder")
    code, said = run()
    assert (code, "DATA_DIR must be writable" in said, "Traceback" in said) == (1, True, False)

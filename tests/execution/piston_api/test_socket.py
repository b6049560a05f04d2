"""The conversation over /api/v2/connect with real programs, its close codes, and what ends it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection, connect

from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.piston_api.limits import TYPED_MAX, PistonLimits
from interview_platform.execution.ports import QueueFull
from tests.execution.fake_runner import FakeRunner
from tests.execution.piston_api.world import ADA, OFTEN, heard, opened
from tests.execution.runners import until
from tests.room.yjs import refusal

pytestmark = pytest.mark.asyncio(loop_scope="session")

LIMITS = PistonLimits(requests=OFTEN, output_max_size=100_000)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def url(runner: EmbeddedRunner) -> AsyncIterator[str]:
    async with opened(runner, LIMITS) as client:
        yield address(str(client.base_url))


@asynccontextmanager
async def faked(**more: Any) -> AsyncIterator[tuple[FakeRunner, str]]:
    runner = FakeRunner()
    async with opened(runner, PistonLimits(requests=OFTEN), **more) as client:
        yield runner, address(str(client.base_url))


def address(base: str) -> str:
    return base.rstrip("/").replace("http", "ws") + "/api/v2/connect"


def connected(url: str) -> connect:
    return connect(url, additional_headers={"authorization": ADA}, compression=None, proxy=None)


async def say(socket: ClientConnection, **message: Any) -> None:
    await socket.send(json.dumps(message))


async def begin(socket: ClientConnection, language: str, source: str, **more: Any) -> None:
    files = [{"content": source}]
    body = {"language": language, "version": "*", "files": files, "run_timeout": 10_000, "compile_timeout": 20_000}
    await say(socket, type="init", **{**body, **more})


async def until_printed(socket: ClientConnection, text: str) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    while text not in "".join(one["data"] for one in messages if one["type"] == "data"):
        messages.append(json.loads(await socket.recv()))
    return messages


def told(message: dict[str, Any]) -> dict[str, Any]:
    """Of an `exit` only what Piston says."""
    return {name: message[name] for name in ("type", "stage", "code", "signal")}


@pytest.mark.sandbox
async def test_a_program_is_typed_to(url: str) -> None:
    source = "name = input('who? ')\nprint('hello', name)\nimport sys\nsys.exit(3)"
    async with connected(url) as socket:
        await begin(socket, "py", source)
        first = await until_printed(socket, "who? ")
        assert first[0]["type"] == "runtime"
        assert (first[0]["language"], first[0]["version"].count(".")) == ("python", 2)
        assert first[1] == {"type": "stage", "stage": "run"}
        assert {(one["type"], one["stream"]) for one in first[2:]} == {("data", "stdout")}
        await say(socket, type="data", stream="stdin", data="Grü")
        await say(socket, type="data", stream="stdin", data="ße\n")
        rest, code, reason = await heard(socket)
    assert "".join(one["data"] for one in rest[:-1]) == "hello Grüße\n"
    assert told(rest[-1]) == {"type": "exit", "stage": "run", "code": 3, "signal": None}
    assert rest[-1]["status"] == "RE"
    assert (code, reason) == (4999, "Job Completed")


@pytest.mark.sandbox
async def test_stages_of_what_is_compiled(url: str) -> None:
    source = '#include <stdio.h>\nint main() { int n; scanf("%d", &n); printf("%d\\n", n + 1); }'
    async with connected(f"{url.removesuffix('/connect')}/piston/connect") as socket:
        await begin(socket, "c", source)
        await say(socket, type="data", stream="stdin", data="41\n")  # before it is there: it waits for it
        messages, code, _ = await heard(socket)
    assert [one["type"] for one in messages[:4]] == ["runtime", "stage", "exit", "stage"]
    assert [one.get("stage") for one in messages[:4]] == [None, "compile", "compile", "run"]
    assert told(messages[2])["code"] == 0
    assert "".join(one["data"] for one in messages[4:-1]) == "42\n"
    assert (told(messages[-1])["stage"], told(messages[-1])["code"], code) == ("run", 0, 4999)


@pytest.mark.sandbox
async def test_what_does_not_compile(url: str) -> None:
    async with connected(url) as socket:
        await begin(socket, "c", "int main() { return nonsense; }")
        messages, code, _ = await heard(socket)
    data = [one for one in messages if one["type"] == "data"]
    assert [one["type"] for one in messages if one not in data] == ["runtime", "stage", "exit"]
    assert {one["stream"] for one in data} == {"stderr"}
    assert "nonsense" in "".join(one["data"] for one in data)
    assert told(messages[-1]) == {"type": "exit", "stage": "compile", "code": 1, "signal": None}
    assert code == 4999


@pytest.mark.sandbox
async def test_signals(url: str) -> None:
    source = (
        "import signal, time\nsignal.signal(signal.SIGUSR1, lambda *_: print('usr1'))\n"
        "print('go')\nwhile True: time.sleep(9)"
    )
    async with connected(url) as socket:
        await begin(socket, "python", source)
        await until_printed(socket, "go")
        await say(socket, type="signal", signal="SIGRTMIN+3")  # known, and nothing is sent
        await say(socket, type="signal", signal="SIGUSR1")
        await until_printed(socket, "usr1")
        await say(socket, type="signal", signal="SIGTERM")
        [*_, exit], code, _ = await heard(socket)
    assert told(exit) == {"type": "exit", "stage": "run", "code": None, "signal": "SIGTERM"}
    assert code == 4999


@pytest.mark.sandbox
async def test_the_input_can_be_ended(url: str) -> None:
    """Ours alone: Piston does not know `end`."""
    async with connected(url) as socket:
        await begin(socket, "python", "import sys\nprint(sys.stdin.read().upper())", stdin="left, as by Piston")
        await say(socket, type="data", stream="stdin", data="typed")
        await say(socket, type="end", stream="stdin")
        messages, code, _ = await heard(socket)
    printed = "".join(one["data"] for one in messages[2:-1])
    assert (printed, told(messages[-1])["code"], code) == ("TYPED\n", 0, 4999)


@pytest.mark.sandbox
async def test_out_of_time_and_out_of_bounds(url: str) -> None:
    async with connected(url) as socket:
        await begin(socket, "python", "input()", run_timeout=500)
        messages, code, _ = await heard(socket)
    assert (told(messages[-1])["signal"], messages[-1]["status"], code) == ("SIGKILL", "TO", 4999)
    async with connected(url) as socket:
        await begin(socket, "python", "while True: print('x' * 999)")
        messages, code, _ = await heard(socket)
    assert (told(messages[-1])["signal"], messages[-1]["status"], code) == ("SIGKILL", "OL", 4999)
    assert sum(len(one["data"]) for one in messages if one["type"] == "data") == LIMITS.output_max_size


async def test_nothing_said_in_time() -> None:
    async with faked(init_seconds=0.05) as (_, url), connected(url) as socket:
        assert await heard(socket) == ([], 4001, "Initialization Timeout")


@pytest.mark.parametrize(
    ("message", "code", "reason"),
    [
        ({"type": "init"}, 4000, "Already Initialized"),
        ({"type": "data", "stream": "stdout", "data": "x"}, 4004, "Can only write to stdin"),
        ({"type": "data", "data": "x"}, 4004, "Can only write to stdin"),
        ({"type": "signal", "signal": "SIGNOTHING"}, 4005, "Invalid signal"),
        ({"type": "signal"}, 4005, "Invalid signal"),
        ({"type": "signal", "signal": 9}, 4005, "Invalid signal"),
    ],
)
async def test_what_ends_a_job_that_goes_on(message: dict[str, Any], code: int, reason: str) -> None:
    async with faked() as (runner, url), connected(url) as socket:
        runner.hold()
        await begin(socket, "python", "")
        await until_printed(socket, "first")
        await say(socket, **message)
        assert await heard(socket) == ([], code, reason)
        await until(lambda: runner.ended == 1)  # the program is for nobody


@pytest.mark.parametrize(
    "message", [{"type": "data", "stream": "stdin", "data": "x"}, {"type": "signal"}, {"type": "end"}]
)
async def test_before_there_is_a_job(message: dict[str, Any]) -> None:
    async with faked() as (_, url), connected(url) as socket:
        await say(socket, **message)
        assert await heard(socket) == ([], 4003, "Not yet initialized")


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ('{"type": "init"}', "language is required as a string"),
        ('{"type": "init", "language": "cobol", "version": "*", "files": []}', "cobol-* runtime is unknown"),
        ("[]", "a message must be an object"),
        ("null", "a message must be an object"),
        ("{", None),
        (b"\xff", None),
    ],
)
async def test_errors_are_told_and_then_it_closes(frame: str | bytes, message: str | None) -> None:
    async with faked() as (_, url), connected(url) as socket:
        await socket.send(frame)
        [error], code, reason = await heard(socket)
    assert error["type"] == "error"
    assert error["message"] == message if message else error["message"]
    assert (code, reason) == (4002, "Notified Error")


async def test_what_it_does_not_know_it_leaves() -> None:
    async with faked() as (_, url), connected(url) as socket:
        await say(socket, type="hello")
        await say(socket)
        await begin(socket, "python", "")
        await say(socket, type="end")
        messages, code, _ = await heard(socket)
    assert (messages[-1]["type"], code) == ("exit", 4999)


async def test_more_than_can_be_typed() -> None:
    async with faked() as (runner, url), connected(url) as socket:
        runner.hold()
        await begin(socket, "python", "")
        await say(socket, type="data", stream="stdin", data="x" * TYPED_MAX)
        await say(socket, type="data", stream="stdin", data="x")
        messages, code, _ = await heard(socket)
    assert (messages[-1]["type"], "at most" in messages[-1]["message"], code) == ("error", True, 4002)


async def test_the_runner_refuses() -> None:
    async with faked() as (runner, url):
        for refusal_, more in ((QueueFull(7), {"retry_after": 7}), (RuntimeError("a secret"), {})):
            runner.refusal = refusal_
            async with connected(url) as socket:
                await begin(socket, "python", "")
                [error], code, _ = await heard(socket)
            assert error == {"type": "error", "message": error["message"], **more}
            assert ("secret" not in error["message"], code) == (True, 4002)


async def test_who_goes_away_needs_no_program() -> None:
    async with faked() as (runner, url):
        runner.hold()
        async with connected(url) as socket:
            await begin(socket, "python", "")
            await until_printed(socket, "first")
        await until(lambda: runner.ended == 1)


async def test_strangers_and_foreign_pages() -> None:
    async with faked() as (_, url):
        assert await refusal(url) == (401, "unauthenticated")
        assert await refusal(url, {"authorization": "nobody"}) == (401, "unauthenticated")
        foreign = {"origin": "https://evil.example"}
        assert await refusal(url, foreign) == (403, "foreign_origin")
        # No page can send this header: what brings a key is no page.
        async with connect(url, additional_headers={**foreign, "authorization": ADA}, compression=None, proxy=None):
            pass

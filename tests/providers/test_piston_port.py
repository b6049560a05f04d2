"""What the runner over Piston does with the rest of a job: files, arguments, drivers, typing, stopping, the queue.

Against the stand-in of a Piston of others, whose socket never closes a program's input; what a server of ours makes
possible is in test_piston_round_trip.py.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from interview_platform.execution.control import Control
from interview_platform.execution.model import Execution, File, Job, Outcome, Stream, Verdict
from interview_platform.execution.ports import RunnerUnavailable
from interview_platform.providers.piston.answered import Answers, answered
from interview_platform.providers.piston.java import one_file
from interview_platform.providers.piston.runner import PistonRunner
from tests.execution.fake_runner import FakeRunner
from tests.execution.runners import until
from tests.providers.piston_server import Configuration, PistonServer
from tests.providers.test_piston import LIMITS, ROOMY, answer, connected, stage

SECRET = "0123456789abcdef0123456789abcdef"
PYTHON = Job("python", "print(1)", limits=LIMITS)


async def test_files_and_arguments_go_along() -> None:
    server = PistonServer(ROOMY)
    server.next.append(answer())
    files = (File("helper.py", b"x = 1"), File("data.bin", b"\0\xff"))
    async with connected(server) as made:
        await made.run(Job("python", "import helper", ("",), files, ("a b", ""), limits=LIMITS))
    [asked] = server.asked
    assert asked["files"] == [
        {"name": "solution.py", "content": "import helper"},
        # Plain ones Piston would take for source of their own.
        {"name": "helper.py", "content": "eCA9IDE=", "encoding": "base64"},
        {"name": "data.bin", "content": "AP8=", "encoding": "base64"},
    ]
    assert asked["args"] == ["a b", ""]


def test_java_in_one_file() -> None:
    main = "import java.util.List;\npublic class Main { }"
    solution = "import java.util.*;\nimport static java.lang.Math.max;\n\npublic final class Solution { int a; }"
    source, others = one_file(main, [File("Solution.java", solution.encode()), File("data", b"x")])
    assert others == [File("data", b"x")]
    lines = source.split("\n")
    assert lines[0] == "import java.util.*; import static java.lang.Math.max;"
    assert "\n".join(lines[1:3]) == main
    assert "final class Solution { int a; }" in lines
    assert not any(line.startswith(("import java.util.*;", "public final")) for line in lines[1:])
    assert one_file(main, [File("data", b"x")]) == (main, [File("data", b"x")])


class TestAnswers:
    """A driver's answers among its prints."""

    def fed(self, *pieces: str, expect: int = 0) -> tuple[str | None, str]:
        printed: list[str] = []
        answers = Answers(SECRET, printed.append)
        answers.expect(expect)
        for piece in pieces:
            answers.feed(piece)
        answers.end()
        return answers.found, "".join(printed)

    @pytest.mark.parametrize("size", [1, 7, 31, 33, 1000])
    def test_wherever_the_pieces_were_cut(self, size: int) -> None:
        text = f'one\n{SECRET[:9]} not\ntwo\n\n{SECRET} {{"n": 0, "ok": 5}}\nthree\n{SECRET[:5]}'
        pieces = [text[at : at + size] for at in range(0, len(text), size)]
        assert self.fed(*pieces) == ('{"n": 0, "ok": 5}', f"one\n{SECRET[:9]} not\ntwo\nthree\n{SECRET[:5]}")

    @pytest.mark.parametrize(
        "line",
        [
            f'{"0" * 32} {{"n": 0}}\n',
            f'{SECRET} {{"n": 1}}\n',
            f'{SECRET} {{"n": true}}\n',
            f'{SECRET} {{"n": 0.0}}\n',
            f"{SECRET} nonsense\n",
            f"{SECRET} [0]\n",
            f"{SECRET}\n",
            f'{SECRET} {{"n": 0}}',
            f"{SECRET} {'[' * 50_000}\n",
        ],
    )
    def test_what_is_none(self, line: str) -> None:
        assert self.fed("print\n", line)[0] is None

    def test_the_first_counts_and_none_is_printed(self) -> None:
        assert self.fed(f'a{SECRET} {{"n": 0}}\nb{SECRET} {{"n": 0, "ok": 666}}\nc') == ('{"n": 0}', "abc")

    def test_of_one_request(self) -> None:
        printed = f'hi\n\n{SECRET} {{"n": 0, "ok": 1, "memory": 5}}\n'
        done = answered(Execution(Verdict.RUNTIME_ERROR, printed, exit_code=1, message="!", memory_bytes=9), SECRET)
        # Once it has answered, how it ends is of no interest.
        assert (done.verdict, done.message, done.stdout, done.memory_bytes) == (Verdict.OK, "", "hi\n", 5)
        silent = answered(Execution(Verdict.OK, "hi\n", exit_code=0), SECRET)
        assert (silent.verdict, silent.stdout, bool(silent.message)) == (Verdict.RUNTIME_ERROR, "hi\n", True)
        slow = answered(Execution(Verdict.TIME_LIMIT, "hi\n"), SECRET)
        assert slow.verdict is Verdict.TIME_LIMIT


class TestDriver:
    """A job with `exchange`: a request for every input, with the hello in front of it."""

    def driver(self, *says: Callable[[str, str], dict[str, Any]]) -> list[Callable[[Request], Awaitable[Response]]]:
        """Answers of a server whose driver says what `says` makes of the secret and the input."""

        def one(say: Callable[[str, str], dict[str, Any]]) -> Callable[[Request], Awaitable[Response]]:
            async def reply(request: Request) -> Response:
                hello, line, rest = (await request.json())["stdin"].split("\n")
                assert rest == ""
                return answer(**say(json.loads(hello)["secret"], line))

            return reply

        return [one(say) for say in says]

    async def test_answers_are_found_and_are_no_prints(self) -> None:
        server = PistonServer(ROOMY)
        server.next.extend(
            self.driver(
                lambda secret, line: stage(stdout=f'got {line}\n\n{secret} {{"n": 0, "ok": 1}}\n'),
                lambda secret, line: stage(stdout=f'\n{secret} {{"n": 0, "ok": {line}}}\n', code=1, status="RE"),
                lambda _, line: stage(stdout=f"{'0' * 32} {line}\n"),
            )
        )
        job = Job("python", "driver", ("[1]", "[2\n]", "[3]"), exchange=True, limits=LIMITS, stop_at_first_failure=True)
        async with connected(server) as made:
            done = (await made.run(job)).executions
        assert [(one.verdict, one.answer, one.stdout) for one in done] == [
            (Verdict.OK, '{"n": 0, "ok": 1}', "got [1]\n"),
            (Verdict.OK, '{"n": 0, "ok": [2 ]}', ""),
            (Verdict.RUNTIME_ERROR, None, f"{'0' * 32} [3]\n"),
        ]

    async def test_what_does_not_compile_is_asked_once(self) -> None:
        broken = stage(stdout="", stderr="nonsense", code=1, status="RE")
        server = PistonServer(ROOMY)
        server.next.append(answer(broken, **broken))
        async with connected(server) as made:
            outcome = await made.run(Job("cpp", "driver", ("[1]", "[2]"), exchange=True, limits=LIMITS))
        assert (outcome.executions, len(server.asked)) == ((), 1)
        assert outcome.compile is not None
        assert outcome.compile.verdict is Verdict.COMPILE_ERROR


class TestAttended:
    """Over the socket of a Piston of others."""

    async def test_it_is_typed_to(self) -> None:
        server = PistonServer(ROOMY, FakeRunner())
        control, heard = Control(), asyncio.Event()
        said: list[str] = []

        def printed(stream: Stream, text: str) -> None:
            assert stream is Stream.STDOUT
            said.append(text)
            if "ABC\n" in "".join(said):
                heard.set()

        async with connected(server) as made:
            job = Job("python", "x", ("first\n",), interactive=True, limits=LIMITS)
            running = asyncio.create_task(made.run(job, printed, control=control))
            control.write("abc\n")
            await asyncio.wait_for(heard.wait(), 10)
            control.stop()
            outcome = await running
        [done] = outcome.executions
        # Piston does nothing with the signal, so the connection is given up; what was printed stays.
        assert (done.verdict, done.stdout) == (Verdict.STOPPED, "first FIRST\nABC\n")
        assert [one["type"] for one in server.said] == ["init", "data", "data", "signal"]
        assert server.said[0]["run_timeout"] == 5000
        await asyncio.wait_for(server.left.wait(), 10)

    async def test_it_ends_by_itself(self) -> None:
        runner = FakeRunner()
        runner.outcome = Outcome(None, (Execution(Verdict.RUNTIME_ERROR, exit_code=3),))
        server = PistonServer(ROOMY, runner)

        async with connected(server) as made:
            running = asyncio.create_task(made.run(Job("python", "x", interactive=True, limits=LIMITS)))
            await until(lambda: len(server.going) == 1)
            server.controls[0].end_input()  # what only the program itself could do there
            [done] = (await running).executions
        assert (done.verdict, done.exit_code, done.stdout) == (Verdict.RUNTIME_ERROR, 3, "first second")

    async def test_more_than_the_limit(self) -> None:
        runner = FakeRunner()
        runner.prints = ["x" * 600, "y" * 600]
        async with connected(PistonServer(ROOMY, runner)) as made:
            [done] = (await made.run(Job("python", "x", interactive=True, limits=LIMITS))).executions
        assert (done.verdict, len(done.stdout), done.truncated) == (Verdict.OUTPUT_LIMIT, LIMITS.output_bytes, True)

    async def test_limits_that_are_too_high_are_learned(self) -> None:
        runner = FakeRunner()
        server = PistonServer(Configuration(run_timeout=1000, run_cpu_time=1000), runner)
        async with connected(server) as made:
            running = asyncio.create_task(made.run(Job("python", "x", interactive=True)))
            await until(lambda: len(server.going) == 1)
            server.controls[0].end_input()
            await running
        asked = [one["run_timeout"] for one in server.said if one["type"] == "init"]
        assert (asked[0], asked[-1]) == (300_000, 1000)  # somebody has to type

    async def test_a_server_without_a_socket(self) -> None:
        server = PistonServer(ROOMY, sockets=False)
        async with connected(server) as made:
            with pytest.raises(RunnerUnavailable, match=r"403|404|broke off"):
                await made.run(Job("python", "x", interactive=True, limits=LIMITS))


class TestStopped:
    async def test_a_request_is_given_up(self) -> None:
        server, control, gone = PistonServer(ROOMY), Control(), asyncio.Event()

        async def never(request: Request) -> Response:
            await request.body()
            control.stop()
            while (await request.receive())["type"] != "http.disconnect":
                pass
            gone.set()
            return Response()

        server.next.extend([answer(), never, never])
        async with connected(server) as made:
            job = Job("python", "", ("1", "2", "3", "4"), limits=LIMITS)
            outcome = await made.run(job, control=control)
            await asyncio.wait_for(gone.wait(), 10)
        assert [one.verdict for one in outcome.executions] == [Verdict.OK, Verdict.STOPPED]
        assert len(server.asked) <= 3

    async def test_before_and_while_it_waits_for_its_turn(self) -> None:
        server, control, started = PistonServer(ROOMY), Control(), list[str]()
        places: list[int] = []
        go = asyncio.Event()

        async def held(request: Request) -> Response:
            await request.body()
            await go.wait()
            return JSONResponse({"language": "python", "version": "1", "run": stage()})

        server.next.extend([held, held])
        async with connected(server, jobs_at_once=1) as made:
            first = asyncio.create_task(made.run(PYTHON))
            await until(lambda: len(server.asked) == 1)
            waiting = asyncio.create_task(_run(made, control, places, started))
            behind = asyncio.create_task(_run(made, Control(), behind_places := list[int](), started))
            await until(lambda: (places, behind_places) == ([1], [2]))
            control.stop()
            assert [one.verdict for one in (await waiting).executions] == [Verdict.STOPPED]
            assert started == []
            await until(lambda: behind_places == [2, 1])
            go.set()
            assert [one.verdict for one in (await first).executions] == [Verdict.OK]
            assert [one.verdict for one in (await behind).executions] == [Verdict.OK]
        assert started == ["started"]


async def _run(made: PistonRunner, control: Control, places: list[int], started: list[str]) -> Outcome:
    return await made.run(PYTHON, None, lambda: started.append("started"), on_queue=places.append, control=control)


async def test_nothing_checks_types_there() -> None:
    async with connected(PistonServer()) as made:
        assert await made.diagnose(Job("typescript", "let x: number = 'a'")) == ""

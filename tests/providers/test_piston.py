"""What the runner over Piston asks for, and what it makes of the answers: of programs, and of servers that fail.

Nothing is run: the stand-in says what the test tells it to.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from interview_platform.execution.model import Execution, Job, Limits, Outcome, Stream, Verdict
from interview_platform.execution.ports import QueueFull, RunnerUnavailable
from interview_platform.providers.piston import attempt, client, runner
from interview_platform.providers.piston.runner import PistonRunner
from tests.execution.runners import until
from tests.providers.piston_server import MB, RUNTIMES, Configuration, PistonServer, opened

LIMITS = Limits(
    wall_seconds=5,
    cpu_seconds=4,
    compile_seconds=20,
    memory_bytes=256 * MB,
    output_bytes=1000,
    processes=64,
    files_bytes=MB,
)
# Nothing of LIMITS is refused.
ROOMY = Configuration(compile_timeout=20_000, compile_cpu_time=20_000, run_timeout=5_000, run_cpu_time=5_000)
PYTHON = Job("python", "print(1)", ("1 2\n",), limits=LIMITS)


@asynccontextmanager
async def connected(server: PistonServer, path: str = "", **given: Any) -> AsyncIterator[PistonRunner]:
    async with opened(server) as address:
        made = PistonRunner(address + path, **{"look_again_seconds": 0.01, **given})
        await made.start()
        try:
            yield made
        finally:
            await made.close()


def stage(**given: Any) -> dict[str, Any]:
    """As Piston tells of a program that printed `1` and ended well."""
    return {
        "stdout": "1\n",
        "stderr": "",
        "output": "1\n",
        "code": 0,
        "signal": None,
        "message": None,
        "status": None,
        "cpu_time": 12,
        "wall_time": 34,
        "memory": 5_000_000,
        **given,
    }


def answer(compiled: dict[str, Any] | None = None, **given: Any) -> Response:
    body = {"language": "python", "version": "3.12.0", "run": stage(**given)}
    return JSONResponse({**body, "compile": compiled} if compiled else body)


async def told(*answers: Response, job: Job = PYTHON) -> Outcome:
    server = PistonServer(ROOMY)
    server.next.extend(answers)
    async with connected(server) as made:
        return await made.run(job)


async def the_one(*answers: Response, job: Job = PYTHON) -> Execution:
    [done] = (await told(*answers, job=job)).executions
    return done


class TestLanguages:
    async def test_ours_by_name_or_alias_and_the_newest(self) -> None:
        async with connected(PistonServer()) as made:
            assert made.unavailable() is None
            found = [(one.id, one.version, one.monaco, one.file_name) for one in made.languages()]
        assert found == [
            ("python", "3.12.0", "python", "solution.py"),
            ("javascript", "20.11.1", "javascript", "solution.js"),
            ("typescript", "5.0.3", "typescript", "solution.ts"),
            ("java", "15.0.2", "java", "Main.java"),
            ("cpp", "10.2.0", "cpp", "solution.cpp"),
            ("c", "10.2.0", "c", "solution.c"),
            ("bash", "5.2.0", "shell", "solution.sh"),
            ("d", "10.2.0", "cpp", "solution.d"),
        ]

    async def test_another_package_stands_in(self) -> None:
        only = [one for one in RUNTIMES if one.get("runtime") == "deno"]
        async with connected(PistonServer(runtimes=only)) as made:
            assert [one.id for one in made.languages()] == ["javascript", "typescript"]

    async def test_none_of_ours(self) -> None:
        async with connected(
            PistonServer(runtimes=[{"language": "befunge93", "version": "0.2.0", "aliases": ["b93"]}])
        ) as made:
            assert "ppman install" in str(made.unavailable())
            with pytest.raises(RunnerUnavailable, match="ppman"):
                await made.run(PYTHON)

    async def test_what_is_installed_later_is_found(self) -> None:
        server = PistonServer(runtimes=[])
        async with connected(server) as made:
            assert made.languages() == []
            server.runtimes = list(RUNTIMES)
            await until(lambda: len(made.languages()) == 8)

    @pytest.mark.parametrize("path", ["", "/", "/api/v2", "/api/v2/", "/api/v2/piston", "/api/v2/piston/"])
    async def test_address_with_or_without_its_path(self, path: str) -> None:
        server = PistonServer()
        server.next.append(answer())
        async with connected(server, path) as made:
            assert (await made.run(PYTHON)).executions[0].verdict is Verdict.OK

    @pytest.mark.parametrize("url", ["localhost:2000", "ftp://here/", "http://", "", "http://[::1"])
    def test_no_address(self, url: str) -> None:
        with pytest.raises(ValueError, match="PISTON_URL"):
            PistonRunner(url)

    def test_a_key_that_no_header_takes(self) -> None:
        with pytest.raises(ValueError, match="PISTON_API_KEY") as refused:
            PistonRunner("http://localhost", "geheim-ü\n")
        assert "geheim" not in str(refused.value)


class TestRequest:
    async def test_what_is_asked_for(self) -> None:
        server = PistonServer(replace(ROOMY, key="secret-key"))
        server.next.append(answer())
        async with connected(server, key="secret-key") as made:
            assert made.languages()
            await made.run(PYTHON)
            assert "secret" not in repr(made) + made.name
        assert server.asked == [
            {
                "language": "python",
                "version": "3.12.0",
                "files": [{"name": "solution.py", "content": "print(1)"}],
                "stdin": "1 2\n",
                "args": [],
                "compile_timeout": 20_000,
                "compile_cpu_time": 20_000,
                "compile_memory_limit": 768 * MB,
                "run_timeout": 5_000,
                "run_cpu_time": 4_000,
                "run_memory_limit": 256 * MB,
            }
        ]
        assert {headers["authorization"] for headers in server.headers} == {"secret-key"}

    async def test_without_a_key_nothing_is_sent(self) -> None:
        server = PistonServer()
        async with connected(server):
            assert "authorization" not in server.headers[0]

    async def test_typescript_brings_what_tsc_needs_to_know(self) -> None:
        server = PistonServer()
        server.next.append(answer(stage(stdout="")))
        async with connected(server) as made:
            await made.run(Job("typescript", "let x = 1", ("",), limits=LIMITS))
        [first, *others] = server.asked[0]["files"]
        assert first == {"name": "solution.ts", "content": "let x = 1"}
        assert [one["name"] for one in others] == ["@.o.ts", ".o.ts", "node.d.ts"]
        assert {one["encoding"] for one in others} == {"base64"}

    async def test_half_a_character_in_the_source(self) -> None:
        server = PistonServer()
        server.next.append(answer())
        async with connected(server) as made:
            await made.run(Job("python", "print('\ud800')", ("\udfff",), limits=LIMITS))
        assert server.asked[0]["files"][0]["content"] == "print('?')"

    async def test_limits_no_higher_than_the_server_takes(self) -> None:
        """By default Piston runs for 3 s and compiles for 10."""
        server = PistonServer(Configuration(run_memory_limit=100 * MB))
        server.next.extend([answer(), answer(status="TO", signal="SIGKILL", code=None)])
        async with connected(server) as made:
            await made.run(PYTHON)
            asked = len(server.asked)
            last = server.asked[-1]
            assert (last["compile_timeout"], last["compile_cpu_time"]) == (10_000, 10_000)
            assert (last["run_timeout"], last["run_cpu_time"]) == (3_000, 3_000)
            assert last["run_memory_limit"] == 100 * MB
            # It is remembered, and what people are told is the limit that was in force.
            [late] = (await made.run(PYTHON)).executions
            assert (len(server.asked), late.message) == (asked + 1, "Stopped after 3 s: the time limit.")

    async def test_a_limit_that_is_refused_for_ever(self) -> None:
        server = PistonServer(ROOMY)
        server.next.extend(
            JSONResponse({"message": "run_timeout cannot exceed the configured limit of 4000"}, 400) for _ in range(9)
        )
        async with connected(server) as made:
            with pytest.raises(RunnerUnavailable, match="configured limit of 4000"):
                await made.run(PYTHON)
        assert len(server.asked) == 2

    async def test_each_input_is_a_request_and_few_at_once(self) -> None:
        server = PistonServer(ROOMY)
        inputs = tuple(str(number) for number in range(9))

        async def echo(request: Request) -> Response:
            await asyncio.sleep(0.01)  # so that others could come
            return answer(stdout=(await request.json())["stdin"])

        server.next.extend([echo] * len(inputs))
        async with connected(server) as made:
            outcome = await made.run(Job("python", "", inputs, limits=LIMITS))
        assert [done.stdout for done in outcome.executions] == list(inputs)
        assert server.most_at_once == attempt.INPUTS_AT_ONCE

    async def test_what_does_not_compile_is_asked_for_once(self) -> None:
        server = PistonServer(ROOMY)
        broken = stage(stdout="", stderr="nonsense", code=1, status="RE")
        server.next.append(answer(broken, **broken))
        async with connected(server) as made:
            outcome = await made.run(Job("c", "", ("1", "2", "3"), limits=LIMITS))
        assert len(server.asked) == 1
        assert outcome.executions == ()
        assert outcome.compile is not None
        assert (outcome.compile.verdict, outcome.compile.stderr) == (Verdict.COMPILE_ERROR, "nonsense")

    async def test_jobs_wait_for_a_place_and_not_too_many(self) -> None:
        server, go = PistonServer(ROOMY), asyncio.Event()

        async def when_told(_: Request) -> Response:
            await go.wait()
            return answer()

        server.next.extend([when_told] * 2)
        started: list[None] = []
        async with connected(server, jobs_at_once=1, queue_max=1) as made:
            runs = [asyncio.create_task(made.run(PYTHON, None, lambda: started.append(None))) for _ in range(2)]
            await until(lambda: server.at_once == 1)
            with pytest.raises(QueueFull):
                await made.run(PYTHON, on_accept=_never)
            assert len(started) == 1
            go.set()
            await asyncio.gather(*runs)
        assert (server.most_at_once, len(started)) == (1, 2)

    async def test_cancelling_closes_the_request(self) -> None:
        server, gone = PistonServer(ROOMY), asyncio.Event()
        server.next.append(_until_gone(gone))
        async with connected(server) as made:
            running = asyncio.create_task(made.run(PYTHON))
            await until(lambda: server.at_once == 1)
            running.cancel()
            await asyncio.wait_for(gone.wait(), 10)
            with pytest.raises(asyncio.CancelledError):
                await running


class TestProgram:
    """Answers of which the program is the cause."""

    async def test_ended_well(self) -> None:
        done = await the_one(answer())
        assert (done.verdict, done.stdout, done.exit_code, done.signal) == (Verdict.OK, "1\n", 0, None)
        assert (done.cpu_ms, done.wall_ms, done.memory_bytes, done.message) == (12, 34, 5_000_000, "")

    @pytest.mark.parametrize(
        ("given", "verdict", "message"),
        [
            ({"code": 3, "status": "RE"}, Verdict.RUNTIME_ERROR, "Ended with exit status 3."),
            ({"code": 139, "status": "RE"}, Verdict.RUNTIME_ERROR, "usually means SIGSEGV: it used memory"),
            ({"code": None, "signal": "SIGSEGV", "status": "SG"}, Verdict.RUNTIME_ERROR, "Ended by SIGSEGV: it used"),
            ({"code": None, "signal": "SIGRTMIN+3", "status": "SG"}, Verdict.RUNTIME_ERROR, "Ended by SIGRTMIN+3."),
            ({"code": 1, "status": None}, Verdict.RUNTIME_ERROR, "exit status 1"),
            ({"code": 1, "status": "??"}, Verdict.RUNTIME_ERROR, "exit status 1"),
            ({"code": None, "signal": "SIGKILL", "status": "TO"}, Verdict.TIME_LIMIT, "after 5 s: the time"),
            (
                {"code": None, "signal": "SIGKILL", "status": "TO", "cpu_time": 4001, "wall_time": 4100},
                Verdict.TIME_LIMIT,
                "4 s of processor time",
            ),
            ({"code": None, "signal": "SIGKILL", "status": "OL"}, Verdict.OUTPUT_LIMIT, "PISTON_OUTPUT_MAX_SIZE"),
            ({"code": None, "signal": "SIGKILL", "status": "EL"}, Verdict.OUTPUT_LIMIT, "1,024 characters"),
            ({"code": 137, "status": "RE", "memory": 256_000_000}, Verdict.MEMORY_LIMIT, "more than 256 MB"),
            (
                {"code": None, "signal": "SIGKILL", "status": "SG", "memory": 268_000_000},
                Verdict.MEMORY_LIMIT,
                "256 MB",
            ),
            ({"code": 137, "status": "RE", "memory": 9_000_000}, Verdict.RUNTIME_ERROR, "usually means SIGKILL"),
            ({"code": 1, "status": "RE", "stderr": "MemoryError\n"}, Verdict.MEMORY_LIMIT, "256 MB"),
        ],
    )
    async def test_ended_badly(self, given: dict[str, Any], verdict: Verdict, message: str) -> None:
        done = await the_one(answer(**given))
        assert done.verdict is verdict
        assert message in done.message
        assert done.exit_code == given["code"]
        assert done.signal == given.get("signal")
        assert done.truncated is (verdict is Verdict.OUTPUT_LIMIT)

    async def test_a_server_from_before_statuses_and_measuring(self) -> None:
        old = JSONResponse({"run": {"stdout": "1\n", "stderr": "", "code": 0, "signal": None, "output": "1\n"}})
        done = await the_one(old)
        assert (done.verdict, done.memory_bytes) == (Verdict.OK, None)
        assert done.wall_ms > 0

    async def test_more_output_than_the_job_may_print(self) -> None:
        done = await the_one(answer(stdout="ü" * 501))
        assert (done.verdict, done.truncated, done.stdout) == (Verdict.OUTPUT_LIMIT, True, "ü" * 500)
        assert "PISTON" not in done.message

    async def test_characters_that_cannot_be_kept(self) -> None:
        assert (await the_one(answer(stdout="a\0b"))).stdout == "a\ufffdb"

    async def test_output_is_told_once_a_stream(self) -> None:
        server = PistonServer(ROOMY)
        server.next.append(answer(stage(stdout="", stderr="warning"), stdout="out", stderr="err"))
        heard: list[tuple[Stream, str]] = []
        async with connected(server) as made:
            outcome = await made.run(Job("c", "", ("",), limits=LIMITS), lambda *said: heard.append(said))
        assert heard == [(Stream.COMPILE, "warning"), (Stream.STDOUT, "out"), (Stream.STDERR, "err")]
        assert outcome.compile is not None
        assert outcome.compile.verdict is Verdict.OK

    @pytest.mark.parametrize(
        ("given", "verdict", "message"),
        [
            ({"code": None, "signal": "SIGKILL", "status": "TO"}, Verdict.COMPILE_ERROR, "after 20 s"),
            ({"code": None, "signal": "SIGKILL", "status": "EL"}, Verdict.COMPILE_ERROR, "PISTON_OUTPUT_MAX_SIZE"),
            ({"code": 1, "status": "RE"}, Verdict.COMPILE_ERROR, "does not compile"),
            (
                {"code": None, "status": "XX", "message": "no box"},
                Verdict.INTERNAL_ERROR,
                "(no box). That is the server's",
            ),
        ],
    )
    async def test_compiling(self, given: dict[str, Any], verdict: Verdict, message: str) -> None:
        broken = stage(**given)
        compiled = (await told(answer(broken, **broken), job=Job("cpp", "", ("",), limits=LIMITS))).compile
        assert compiled is not None
        assert compiled.verdict is verdict
        assert message in compiled.message

    async def test_java_that_does_not_compile_says_so_as_a_run(self) -> None:
        said = "Main.java.java:1: error: nonsense\n1 error\nerror: compilation failed\n"
        outcome = await told(
            answer(stdout="", stderr=said, code=1, status="RE"), job=Job("java", "", ("",), limits=LIMITS)
        )
        assert outcome.compile is not None
        assert (outcome.compile.verdict, outcome.compile.stderr) == (Verdict.COMPILE_ERROR, said)

    async def test_java_whose_first_class_is_another(self) -> None:
        said = "error: can't find main(String[]) method in class: Node\n"
        java = Job("java", "", ("",), limits=LIMITS)
        done = await the_one(answer(stdout="", stderr=said, code=1, status="RE"), job=java)
        assert "put the class Main first" in done.message


UNREADABLE = [
    Response(b"<html>Welcome to nginx!</html>", media_type="text/html"),
    Response(b'{"run": {"stdout": "1', media_type="application/json"),
    Response(b"\xff\xfe", media_type="application/json"),
    JSONResponse([5]),
    JSONResponse({"language": "python"}),
    JSONResponse({"run": None}),
    JSONResponse({"run": {"stdout": 5}}),
    JSONResponse({"run": {"code": 10**30}}),
    JSONResponse({"run": {"code": None, "signal": "SIGKILL\0; DROP"}}),
    JSONResponse({"run": {"code": 0, "memory": -1}}),
]
FAILURES = [
    (Response(status_code=500), "out of order (500)"),
    (Response("busy", status_code=502), "out of order (502)"),
    (Response(status_code=503), "out of order (503)"),
    (JSONResponse({"message": "Unauthorized"}, 401), "PISTON_API_KEY"),
    (JSONResponse({"message": "Forbidden"}, 403), "PISTON_API_KEY"),
    (JSONResponse({"message": "Not Found"}, 404), "PISTON_URL"),
    (
        JSONResponse({"message": "python-3.12.0 runtime is unknown"}, 400),
        "refused the run: python-3.12.0 runtime is unk",
    ),
    (JSONResponse({"stack": "SyntaxError: what?\n    at parse (/x.js)"}, 400), "refused the run: SyntaxError: what?."),
    (Response(b"\xff", status_code=400), "refused the run: it does not say why"),
    (Response(status_code=302, headers={"location": "https://elsewhere/"}), "answered with 302"),
    (Response(status_code=204), "answered with 204"),
    *((unreadable, "something else than Piston") for unreadable in UNREADABLE),
]
every_failure = pytest.mark.parametrize(("failure", "message"), FAILURES)


class TestServer:
    """Failures of the server, never told as the program's."""

    @every_failure
    async def test_before_anything_ran(self, failure: Response, message: str) -> None:
        with pytest.raises(RunnerUnavailable) as refused:
            await told(failure)
        assert message in refused.value.message
        assert "not the program's" in refused.value.message

    @every_failure
    async def test_in_the_middle(self, failure: Response, message: str) -> None:
        """What has run is kept; the dead server is not asked for the rest."""
        server = PistonServer(ROOMY)
        server.next.extend([answer(), answer(), failure, *[failure] * 5])
        async with connected(server) as made:
            done = (await made.run(Job("python", "", ("",) * 8, limits=LIMITS))).executions
        assert [one.verdict for one in done[:2]] == [Verdict.OK] * 2
        assert {one.verdict for one in done[3:]} == {Verdict.INTERNAL_ERROR}
        assert all(message in one.message and "not the program's" in one.message for one in done[3:])
        assert len(server.asked) <= 2 + attempt.INPUTS_AT_ONCE

    @pytest.mark.parametrize(("failure", "message"), [one for one in FAILURES if one[0].status_code != 400])
    async def test_when_asked_for_its_languages(self, failure: Response, message: str) -> None:
        server = PistonServer(instead_of_runtimes=failure)
        async with connected(server) as made:
            await made.ready()
            assert message in str(made.unavailable())
            assert made.languages() == []
            with pytest.raises(RunnerUnavailable):
                await made.run(PYTHON, on_accept=_never)
            assert message in str(await made.check())
            server.instead_of_runtimes = None
            await until(lambda: made.unavailable() is None)
            assert await made.check() is None

    async def test_its_own_internal_error(self) -> None:
        done = await the_one(answer(code=None, status="XX", message="Cannot run proxy\0"))
        assert done.verdict is Verdict.INTERNAL_ERROR
        assert done.message == (
            "The Piston server could not run it (Cannot run proxy). That is the server's fault, not the program's."
        )

    async def test_an_end_without_a_word(self) -> None:
        done = await the_one(answer(code=None))
        assert (done.verdict, "not the program's" in done.message) == (Verdict.INTERNAL_ERROR, True)

    async def test_it_is_not_there(self) -> None:
        async with opened(PistonServer()) as address:
            pass
        made = PistonRunner(address)
        await made.start()
        assert "cannot be reached" in str(made.unavailable())
        assert "cannot be reached" in str(await made.check())
        await made.close()

    async def test_it_goes_away_and_comes_back(self) -> None:
        server = PistonServer(ROOMY)
        async with connected(server) as made:
            server.instead_of_runtimes = Response(status_code=503)
            server.next.append(Response(status_code=503))
            with pytest.raises(RunnerUnavailable):
                await made.run(PYTHON)
            await until(lambda: made.unavailable() is not None)  # looked at because a run failed
            server.instead_of_runtimes = None
            await until(lambda: made.unavailable() is None)

    async def test_it_never_answers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        server, gone = PistonServer(ROOMY), asyncio.Event()
        server.next.append(_until_gone(gone))
        quick = Job("python", "", ("",), limits=Limits(0.05, 0.05, 0.05, MB, 1000, 8, MB))
        async with connected(server, grace_seconds=0.1) as made:
            with pytest.raises(RunnerUnavailable, match="did not answer in time"):
                await made.run(quick)
            await asyncio.wait_for(gone.wait(), 10)
            monkeypatch.setattr(client, "RUNTIMES_SECONDS", 0.05)
            server.instead_of_runtimes = _until_gone(asyncio.Event())
            assert "did not answer in time" in str(await made.check())

    async def test_start_does_not_wait_for_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(runner, "START_SECONDS", 0.01)
        server = PistonServer(instead_of_runtimes=_until_gone(asyncio.Event()))
        async with connected(server) as made:
            assert "not answered yet" in str(made.unavailable())

    @pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{", b"SSH-2.0-OpenSSH\r\n"])
    async def test_it_breaks_off(self, said: bytes) -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(said)
            writer.close()

        async with await asyncio.start_server(serve, "127.0.0.1", 0) as listening:
            made = PistonRunner(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}")
            await made.start()
            assert "broke off the connection" in str(made.unavailable())
            await made.close()

    async def test_more_than_can_be_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(client, "ANSWER_MAX", 10_000)
        with pytest.raises(RunnerUnavailable, match="more than can be taken"):
            await told(answer(stdout="x" * 20_000))

    async def test_input_that_is_more_than_it_takes(self) -> None:
        """Piston's 100 KB: only that input is not run."""
        server = PistonServer(ROOMY)
        server.next.extend([answer(), answer(), answer()])
        async with connected(server) as made:
            done = (await made.run(Job("python", "", ("1", "x" * 102_400, "3"), limits=LIMITS))).executions
            assert [one.verdict for one in done] == [Verdict.OK, Verdict.INTERNAL_ERROR, Verdict.OK]
            assert "100 KB" in done[1].message
            [alone] = (await made.run(Job("python", "", ("x" * 102_400,), limits=LIMITS))).executions
            assert alone.verdict is Verdict.INTERNAL_ERROR
            assert made.unavailable() is None

    async def test_what_does_not_compile_behind_an_input_that_is_too_much(self) -> None:
        server = PistonServer(ROOMY)
        broken = stage(stdout="", stderr="nonsense", code=1, status="RE")
        server.next.append(answer(broken, **broken))
        async with connected(server) as made:
            outcome = await made.run(Job("c", "", ("x" * 102_400, "2", "3"), limits=LIMITS))
        assert outcome.compile is not None
        assert (outcome.compile.verdict, outcome.executions) == (Verdict.COMPILE_ERROR, ())


class TestTooMany:
    """429: not now."""

    async def test_it_is_asked_again(self) -> None:
        """The public one takes a request every 0.2 s, and this is all that it says."""
        too_fast = JSONResponse({"message": "Requests limited to 1 per 200ms"}, 429)
        server = PistonServer(ROOMY)
        server.next.extend([too_fast, too_fast, answer(), answer(), answer()])
        async with connected(server) as made:
            done = (await made.run(Job("python", "", ("", "", ""), limits=LIMITS))).executions
        assert [one.verdict for one in done] == [Verdict.OK] * 3

    async def test_who_is_told_to_wait_long_is_told(self) -> None:
        server = PistonServer(ROOMY)
        server.next.append(Response(status_code=429, headers={"retry-after": "60"}))
        async with connected(server) as made:
            with pytest.raises(RunnerUnavailable, match=r"too much to do \(429\).*not the program's"):
                await made.run(PYTHON)
            # The next ones are not sent there at all.
            with pytest.raises(QueueFull) as refused:
                await made.run(PYTHON, on_accept=_never)
            assert 50 < (refused.value.retry_after or 0) <= 60
            assert len(server.asked) == 1

    async def test_when_asked_for_its_languages_they_stay(self) -> None:
        server = PistonServer()
        async with connected(server) as made:
            server.instead_of_runtimes = Response(status_code=429)
            assert await made.check() is None
            assert len(made.languages()) == 8

    async def test_from_the_first(self) -> None:
        async with connected(PistonServer(instead_of_runtimes=Response(status_code=429))) as made:
            assert "too much to do" in str(made.unavailable())


async def _never() -> None:
    raise AssertionError("accepted")


def _until_gone(gone: asyncio.Event) -> Any:
    """Says nothing until whoever asked has gone."""

    async def wait(request: Request) -> Response:
        await request.body()
        while (await request.receive())["type"] != "http.disconnect":
            pass
        gone.set()
        return Response()

    return wait

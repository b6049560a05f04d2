"""What the Piston-compatible API answers over HTTP, word for word; nothing is really run."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from interview_platform.execution.model import Execution, File, Job, Outcome, Stream, Verdict
from interview_platform.execution.piston_api.limits import BODY_MAX, FILES_MAX, PistonLimits
from interview_platform.execution.ports import OnOutput, QueueFull, RunnerUnavailable
from interview_platform.kit.rate_limit import Limit
from tests.execution.fake_runner import FakeRunner
from tests.execution.piston_api.world import ADA, GRACE, OFTEN, opened
from tests.execution.runners import until

PYTHON: dict[str, Any] = {"language": "python", "version": "*", "files": [{"content": "print(1)"}]}
NO_FILES = {"language": "python", "version": "*"}


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served() -> AsyncIterator[tuple[FakeRunner, httpx.AsyncClient]]:
    """One server for all: starting one takes longer than asking it."""
    runner = FakeRunner()
    async with opened(runner, PistonLimits(requests=OFTEN)) as client:
        yield runner, client


@pytest.fixture
def runner(served: tuple[FakeRunner, httpx.AsyncClient]) -> FakeRunner:
    vars(served[0]).update(vars(FakeRunner()))
    return served[0]


@pytest.fixture
def client(served: tuple[FakeRunner, httpx.AsyncClient], runner: FakeRunner) -> httpx.AsyncClient:
    served[1].headers["authorization"] = ADA
    return served[1]


on_every_path = pytest.mark.parametrize("prefix", ["/api/v2", "/api/v2/piston"])


@on_every_path
@pytest.mark.parametrize("slash", ["", "/"])
async def test_runtimes(client: httpx.AsyncClient, prefix: str, slash: str) -> None:
    answer = await client.get(f"{prefix}/runtimes{slash}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.json() == [{"language": "python", "version": "3.11.0", "aliases": ["py", "py3", "python3"]}]


@on_every_path
@pytest.mark.parametrize("slash", ["", "/"])
async def test_execute(client: httpx.AsyncClient, prefix: str, slash: str) -> None:
    answer = await client.post(f"{prefix}/execute{slash}", json=PYTHON)
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "language": "python",
            "version": "3.11.0",
            "run": {
                "stdout": "first second",
                "stderr": "",
                "output": "first second",
                "code": 0,
                "signal": None,
                "message": None,
                "status": None,
                "cpu_time": 0,
                "wall_time": 5,
                "memory": None,
            },
        },
    )


async def test_both_streams_in_the_order_in_which_they_came(client: httpx.AsyncClient, runner: FakeRunner) -> None:
    async def run(job: Job, on_output: OnOutput, *_: Any, **__: Any) -> Outcome:
        said = ((Stream.COMPILE, "c"), (Stream.STDOUT, "1"), (Stream.STDERR, "2"), (Stream.STDOUT, "3"))
        for stream, text in said:
            on_output(stream, text)
        return Outcome(None, (Execution(Verdict.OK, "13", "2", exit_code=0),))

    vars(runner)["run"] = run
    told = (await client.post("/api/v2/execute", json=PYTHON)).json()["run"]
    del vars(runner)["run"]
    assert (told["stdout"], told["stderr"], told["output"]) == ("13", "2", "123")


@pytest.mark.parametrize("key", [None, "nobody", "Bearer nobody", "Basic YWRhOmtleQ==", ""])
@pytest.mark.parametrize(("method", "path"), [("GET", "runtimes"), ("POST", "execute")])
async def test_strangers(client: httpx.AsyncClient, key: str | None, method: str, path: str) -> None:
    del client.headers["authorization"]
    headers = {} if key is None else {"authorization": key}
    answer = await client.request(method, f"/api/v2/{path}", headers=headers, json=PYTHON)
    assert answer.status_code == 401
    assert answer.json().keys() == {"message"}


@pytest.mark.parametrize("key", [ADA, f"Bearer {ADA}", f"bearer  {ADA}"])
async def test_a_key_with_and_without_its_scheme(client: httpx.AsyncClient, key: str) -> None:
    assert (await client.get("/api/v2/runtimes", headers={"authorization": key})).status_code == 200


@on_every_path
@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "language is required as a string"),
        ([], "language is required as a string"),
        ({"language": 3}, "language is required as a string"),
        ({"language": "python"}, "version is required as a string"),
        ({"language": "python", "version": 3}, "version is required as a string"),
        (NO_FILES, "files is required as an array"),
        ({**NO_FILES, "files": "print(1)"}, "files is required as an array"),
        ({**NO_FILES, "files": [{"content": ""}, {}]}, "files[1].content is required as a string"),
        ({**NO_FILES, "files": [None]}, "files[0].content is required as a string"),
        ({**NO_FILES, "files": []}, "files must include at least one utf8 encoded file"),
        (
            {**NO_FILES, "files": [{"content": "", "encoding": "hex"}]},
            "files must include at least one utf8 encoded file",
        ),
        ({**PYTHON, "language": "cobol"}, "cobol-* runtime is unknown"),
        ({**PYTHON, "version": "2.x"}, "python-2.x runtime is unknown"),
        ({**PYTHON, "run_timeout": "1"}, "If specified, run_timeout must be a number"),
        ({**PYTHON, "run_timeout": True}, "If specified, run_timeout must be a number"),
        ({**PYTHON, "run_timeout": 10_001}, "run_timeout cannot exceed the configured limit of 10000"),
        ({**PYTHON, "run_timeout": -1}, "run_timeout must be non-negative"),
        ({**PYTHON, "run_cpu_time": 1e9}, "run_cpu_time cannot exceed the configured limit of 10000"),
        ({**PYTHON, "compile_timeout": 20_001}, "compile_timeout cannot exceed the configured limit of 20000"),
        ({**PYTHON, "run_memory_limit": 2**40}, "run_memory_limit cannot exceed the configured limit of 268435456"),
        ({**PYTHON, "stdin": 5}, "stdin must be a string"),
        ({**PYTHON, "args": "a b"}, "args must be an array of strings"),
        ({**PYTHON, "args": [{}]}, "args must be an array of strings"),
        ({**PYTHON, "args": ["a\0"]}, "args must not have a NUL character in them"),
    ],
)
async def test_what_is_wrong(client: httpx.AsyncClient, prefix: str, body: Any, message: str) -> None:
    answer = await client.post(f"{prefix}/execute", json=body)
    assert (answer.status_code, answer.json()) == (400, {"message": message})


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("lib/helper.py", "must be a plain file name: there are no folders here"),
        ("../helper.py", "must be a plain file name: there are no folders here"),
        ("..", "must be a plain file name: there are no folders here"),
        ("a\nb", "must be a plain file name: there are no folders here"),
        ("x" * 201, "must be a plain file name: there are no folders here"),
        ("solution.py", "must not be solution.py: the first file is called that here"),
        (7, "must be a string"),
    ],
)
async def test_names_that_we_do_not_take(client: httpx.AsyncClient, name: Any, message: str) -> None:
    body = {**PYTHON, "files": [*PYTHON["files"], {"name": name, "content": ""}]}
    answer = await client.post("/api/v2/execute", json=body)
    assert (answer.status_code, answer.json()) == (400, {"message": f"files[1].name {message}"})


async def test_too_many_files_and_the_same_twice(client: httpx.AsyncClient) -> None:
    body = {**PYTHON, "files": [{"content": ""}] * (FILES_MAX + 1)}
    assert (await client.post("/api/v2/execute", json=body)).json()["message"] == f"files must be at most {FILES_MAX}"
    body = {**PYTHON, "files": [{"content": ""}, *[{"name": "a", "content": ""}] * 2]}
    assert "two of a" in (await client.post("/api/v2/execute", json=body)).json()["message"]


@pytest.mark.parametrize("content", ["{", "nonsense", "{'a': 1}", "3", '"text"', "NaN", "[" * 100_000, b"\xff\xfe"])
async def test_what_is_no_json(client: httpx.AsyncClient, content: str | bytes) -> None:
    answer = await client.post("/api/v2/execute", content=content, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["stack"].startswith("SyntaxError: ")


@pytest.mark.parametrize("chunked", [False, True])
async def test_more_than_it_takes(client: httpx.AsyncClient, chunked: bool) -> None:
    content = b'{"a": "' + b"x" * BODY_MAX + b'"}'

    async def pieces() -> AsyncIterator[bytes]:
        yield content

    given = pieces() if chunked else content
    answer = await client.post("/api/v2/execute", content=given, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["stack"]) == (400, "PayloadTooLargeError: request entity too large")


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
@pytest.mark.parametrize("path", ["execute", "packages", "nothing"])
async def test_another_type(client: httpx.AsyncClient, kind: str | None, path: str) -> None:
    headers = {} if kind is None else {"content-type": kind}
    answer = await client.post(f"/api/v2/{path}", content=b"language=python", headers=headers)
    assert (answer.status_code, answer.json()) == (415, {"message": "requests must be of type application/json"})


async def test_a_type_with_its_charset(client: httpx.AsyncClient) -> None:
    headers = {"content-type": "application/json; charset=utf-8"}
    answer = await client.post("/api/v2/execute", content=b"{}", headers=headers)
    assert answer.json() == {"message": "language is required as a string"}


@on_every_path
@pytest.mark.parametrize(
    ("method", "path"),
    [
        *[("GET", "packages"), ("POST", "packages"), ("DELETE", "packages"), ("GET", "execute"), ("POST", "runtimes")],
        *[("GET", ""), ("PUT", "a/b"), ("GET", "connect")],
    ],
)
async def test_nothing_there(client: httpx.AsyncClient, prefix: str, method: str, path: str) -> None:
    answer = await client.request(method, f"{prefix}/{path}", json={})
    assert (answer.status_code, answer.json()) == (404, {"message": "Not Found"})


class TestJob:
    """What the runner is given."""

    async def given(self, client: httpx.AsyncClient, runner: FakeRunner, **more: Any) -> Job:
        answer = await client.post("/api/v2/execute", json={**PYTHON, **more})
        assert answer.status_code == 200, answer.text
        return runner.jobs[-1]

    async def test_defaults(self, client: httpx.AsyncClient, runner: FakeRunner) -> None:
        job = await self.given(client, runner)
        assert (job.language, job.source, job.inputs, job.files, job.arguments) == (
            "python",
            "print(1)",
            ("\n",),
            (),
            (),
        )
        assert job.lane == f"person {ADA}"
        assert not job.interactive
        assert job.limits is not None
        # Piston's own where it has one, else the language's.
        assert (job.limits.wall_seconds, job.limits.cpu_seconds, job.limits.compile_seconds) == (3, 3, 10)
        assert (job.limits.memory_bytes, job.limits.output_bytes) == (256 * 2**20, 2**20)

    async def test_limits(self, client: httpx.AsyncClient, runner: FakeRunner) -> None:
        asked = {"run_timeout": 9000, "run_cpu_time": 1500.5, "compile_timeout": 15_000, "run_memory_limit": 64 * 2**20}
        limits = (await self.given(client, runner, **asked)).limits
        assert limits is not None
        assert (limits.wall_seconds, limits.cpu_seconds, limits.memory_bytes) == (9, 1.5005, 64 * 2**20)
        assert limits.compile_seconds == 10  # compile_cpu_time is the lower one

    @pytest.mark.parametrize("value", [-1, 0, None])
    async def test_no_limit_is_as_much_as_there_is(
        self, client: httpx.AsyncClient, runner: FakeRunner, value: int | None
    ) -> None:
        limits = (await self.given(client, runner, run_memory_limit=value, compile_memory_limit=value)).limits
        assert limits is not None
        assert limits.memory_bytes == 256 * 2**20

    @pytest.mark.parametrize("name", ["python", "py", "py3", "python3"])
    @pytest.mark.parametrize("version", ["*", "3.x", "3.11.0", ">=3"])
    async def test_aliases_and_ranges(
        self, client: httpx.AsyncClient, runner: FakeRunner, name: str, version: str
    ) -> None:
        assert (await self.given(client, runner, language=name, version=version)).language == "python"

    @pytest.mark.parametrize(("stdin", "input"), [("a", "a\n"), ("a\n", "a\n"), ("", "\n"), ("a\n\n", "a\n\n")])
    async def test_stdin_ends_with_a_newline(
        self, client: httpx.AsyncClient, runner: FakeRunner, stdin: str, input: str
    ) -> None:
        assert (await self.given(client, runner, stdin=stdin)).inputs == (input,)

    async def test_arguments(self, client: httpx.AsyncClient, runner: FakeRunner) -> None:
        assert (await self.given(client, runner, args=["a b", "", 3, "ü"])).arguments == ("a b", "", "3", "ü")

    async def test_files(self, client: httpx.AsyncClient, runner: FakeRunner) -> None:
        files = [
            {"name": "data.bin", "content": "AP8=", "encoding": "base64"},
            {"name": "first.py", "content": "print(1)"},
            {"name": "more.bin", "content": "00ffzz11", "encoding": "hex"},
            {"name": "url.bin", "content": "-_-_\n8A", "encoding": "base64"},
            {"name": "lib.py", "content": "ü", "encoding": "utf8"},
            {"content": "x", "encoding": "latin1"},
        ]
        job = await self.given(client, runner, files=files)
        assert job.source == "print(1)"
        assert job.files == (
            File("data.bin", b"\x00\xff"),
            File("more.bin", b"\x00\xff"),
            File("url.bin", b"\xfb\xff\xbf\xf0"),
            File("lib.py", "ü".encode()),
            File("file5.code", b"x"),
        )

    async def test_half_a_character(self, client: httpx.AsyncClient, runner: FakeRunner) -> None:
        content = rb'{"language": "python", "version": "*", "files": [{"content": "x"}], "args": ["\ud800"]}'
        answer = await client.post("/api/v2/execute", content=content, headers={"content-type": "application/json"})
        assert (answer.status_code, runner.jobs[0].arguments) == (200, ("?",))
        answer = await client.post(
            "/api/v2/execute",
            content=content.replace(b'"python"', rb'"\ud800"'),
            headers={"content-type": "application/json"},
        )
        assert answer.json() == {"message": "?-* runtime is unknown"}


class TestTooMuch:
    async def test_the_queue_is_full(self, client: httpx.AsyncClient, runner: FakeRunner) -> None:
        runner.refusal = QueueFull(7)
        answer = await client.post("/api/v2/execute", json=PYTHON)
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
        assert answer.json() == {"message": "Too many runs are waiting. Try again in a moment."}

    async def test_nothing_can_be_run(self, client: httpx.AsyncClient, runner: FakeRunner) -> None:
        runner.why_not = "There is no sandbox."
        answer = await client.post("/api/v2/execute", json=PYTHON)
        assert (answer.status_code, answer.json()) == (503, {"message": "There is no sandbox."})
        assert (await client.get("/api/v2/runtimes")).json() == []

    async def test_it_fails_on_the_way(self, client: httpx.AsyncClient, runner: FakeRunner) -> None:
        runner.trouble = RunnerUnavailable("The sandbox has gone.")
        answer = await client.post("/api/v2/execute", json=PYTHON)
        assert (answer.status_code, answer.json()) == (503, {"message": "The sandbox has gone."})
        runner.trouble = RuntimeError("a secret")
        answer = await client.post("/api/v2/execute", json=PYTHON)
        assert (answer.status_code, answer.content) == (500, b"")

    async def test_too_often(self, runner: FakeRunner) -> None:
        async with opened(runner, PistonLimits(requests=Limit(2, 60))) as client:
            said = [(await client.post("/api/v2/execute", json=PYTHON)).status_code for _ in range(3)]
            assert said == [200, 200, 429]
            other = await client.post("/api/v2/execute", json=PYTHON, headers={"authorization": GRACE})
            assert other.status_code == 200

    async def test_each_has_so_many_places_and_the_others_wait(self, runner: FakeRunner) -> None:
        runner.hold()
        async with opened(runner, PistonLimits(jobs_at_once=2, jobs_open=3)) as client:
            mine = [asyncio.create_task(client.post("/api/v2/execute", json=PYTHON)) for _ in range(3)]
            await until(lambda: len(runner.jobs) == 2)
            refused = await client.post("/api/v2/execute", json=PYTHON)
            assert (refused.status_code, "3 of your jobs" in refused.json()["message"]) == (429, True)
            theirs = asyncio.create_task(client.post("/api/v2/execute", json=PYTHON, headers={"authorization": GRACE}))
            await until(lambda: len(runner.jobs) == 3)
            assert runner.jobs[2].lane == f"person {GRACE}"
            runner.go.set()
            assert [(await one).status_code for one in (*mine, theirs)] == [200] * 4
            assert (await client.post("/api/v2/execute", json=PYTHON)).status_code == 200

    async def test_who_goes_away_needs_no_answer(self, client: httpx.AsyncClient, runner: FakeRunner) -> None:
        runner.hold()
        asking = asyncio.create_task(client.post("/api/v2/execute", json=PYTHON))
        await until(lambda: len(runner.jobs) == 1)
        asking.cancel()
        await until(lambda: runner.ended == 1)


async def test_a_foreign_page_cannot_use_a_cookie(client: httpx.AsyncClient) -> None:
    del client.headers["authorization"]
    headers = {"origin": "https://evil.example", "cookie": "interview_session=x"}
    answer = await client.post("/api/v2/execute", json=PYTHON, headers=headers)
    assert answer.status_code == 403
    assert answer.json()["message"]

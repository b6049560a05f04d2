"""A stand-in for a Piston server: its v2 protocol over loopback HTTP, in front of our own sandbox.

Written from Piston's source (api/src/api/v2.js, job.js, index.js of March 2026): the order of its checks, its refusals'
words, its statuses, the newline it adds to input, the 1,024 characters, the 100 KB of a request, a `run` that is a copy
of a failed `compile`, programs under a shell (a signal is told as exit status 128 + n), Java as one stage, a program
that goes on when whoever asked has gone away.

What it does not show: isolate and Piston's packages (other versions and options of the tool chains: gcc 10 with C++17,
Java 15, TypeScript checked by tsc), Piston's own measuring, and how it cuts output (by pieces as they arrive).
Authorization is not Piston's own either but of a proxy before the public one, of which only the header is documented.
"""

import asyncio
import base64
import json
import signal
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket

from interview_platform.execution.control import Control
from interview_platform.execution.model import Execution, File, Job, Limits, Outcome, Verdict
from interview_platform.execution.ports import Runner
from tests.providers.piston_socket import PistonConnection
from tests.room.world import serving

MB = 1024 * 1024
RUNTIMES: list[dict[str, Any]] = [
    {"language": "bash", "version": "5.2.0", "aliases": ["sh"]},
    {"language": "python2", "version": "2.7.18", "aliases": ["py2", "python2"]},
    {"language": "python", "version": "3.9.4", "aliases": ["py", "py3", "python3", "python3.9"]},
    {"language": "python", "version": "3.12.0", "aliases": ["py", "py3", "python3", "python3.12"]},
    {"language": "python", "version": "3.12.0-alpha.7", "aliases": ["py", "py3", "python3", "python3.12"]},
    {"language": "javascript", "version": "20.11.1", "aliases": ["node-javascript", "js"], "runtime": "node"},
    {"language": "javascript", "version": "99.0.0", "aliases": ["deno-js"], "runtime": "deno"},
    {"language": "typescript", "version": "99.0.0", "aliases": ["deno", "deno-ts"], "runtime": "deno"},
    {"language": "typescript", "version": "5.0.3", "aliases": ["ts", "node-ts", "tsc", "typescript5", "ts5"]},
    {"language": "java", "version": "15.0.2", "aliases": []},
    {"language": "c", "version": "10.2.0", "aliases": ["gcc"], "runtime": "gcc"},
    {"language": "c++", "version": "10.2.0", "aliases": ["cpp", "g++"], "runtime": "gcc"},
    {"language": "d", "version": "10.2.0", "aliases": ["gdc"], "runtime": "gcc"},
]
_OURS = {"c++": "cpp"}
_LIMITS = [f"{stage}_{what}" for what in ("memory_limit", "timeout", "cpu_time") for stage in ("compile", "run")]


@dataclass
class Configuration:
    """Its environment variables without PISTON_, with its defaults."""

    run_timeout: int = 3000
    run_cpu_time: int = 3000
    run_memory_limit: int = -1
    compile_timeout: int = 10_000
    compile_cpu_time: int = 10_000
    compile_memory_limit: int = -1
    output_max_size: int = 1024
    max_concurrent_jobs: int = 64
    body_max: int = 100 * 1024
    """Fixed in its source."""
    key: str | None = None
    """What the proxy in front of it lets in."""


Scripted = Response | Callable[[Request], Awaitable[Response]]


@dataclass
class PistonServer:
    configuration: Configuration = field(default_factory=Configuration)
    runner: Runner | None = None
    runtimes: list[dict[str, Any]] = field(default_factory=lambda: list(RUNTIMES))
    sockets: bool = True
    next: deque[Scripted] = field(default_factory=deque)
    """Given in answer to an /execute that is well formed, instead of running it."""
    instead_of_runtimes: Scripted | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    """The bodies that came to /execute."""
    headers: list[dict[str, str]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    """What came to /connect."""
    going: list[asyncio.Task[None]] = field(default_factory=list)
    """Jobs of /connect."""
    controls: list[Control] = field(default_factory=list)
    """Of those."""
    left: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when who was connected has gone away."""
    looks: int = 0
    at_once: int = 0
    most_at_once: int = 0

    def __post_init__(self) -> None:
        self._places = asyncio.Semaphore(self.configuration.max_concurrent_jobs)
        routes: list[BaseRoute] = [
            Route("/runtimes", self._runtimes),
            Route("/execute", self._execute, methods=["POST"]),
            *([WebSocketRoute("/connect", self._connect)] if self.sockets else []),
        ]
        # The public one has the longer path.
        self.app = Starlette(
            routes=[Mount("/api/v2/piston", routes=routes), Mount("/api/v2", routes=routes)],
            exception_handlers={404: _not_found, 405: _not_found},
        )

    async def _runtimes(self, request: Request) -> Response:
        self.looks += 1
        self.headers.append(dict(request.headers))
        if self.instead_of_runtimes is not None:
            return await _given(self.instead_of_runtimes, request)
        return self._stranger(request) or JSONResponse(self.runtimes)

    async def _execute(self, request: Request) -> Response:
        self.headers.append(dict(request.headers))
        content = await request.body()
        refused = self._stranger(request) or self._unreadable(request, content)
        if refused is not None:
            return refused
        body = json.loads(content)
        self.asked.append(body)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            wrong = self.wrong(body)
            if wrong is not None:
                return JSONResponse({"message": wrong}, 400)
            if self.next:
                return await _given(self.next.popleft(), request)
            async with self._places:
                return JSONResponse(await self._ran(body))
        finally:
            self.at_once -= 1

    async def _connect(self, socket: WebSocket) -> None:
        await socket.accept()
        await PistonConnection(self, socket).serve()

    def _stranger(self, request: Request) -> Response | None:
        if self.configuration.key is None or request.headers.get("authorization") == self.configuration.key:
            return None
        return JSONResponse({"message": "Unauthorized"}, 401)

    def _unreadable(self, request: Request, content: bytes) -> Response | None:
        if len(content) > self.configuration.body_max:
            stack = (
                "PayloadTooLargeError: request entity too large\n    at readStream (/piston_api/node_modules/raw-body)"
            )
            return JSONResponse({"stack": stack}, 400)
        try:
            json.loads(content)
        except ValueError:
            return JSONResponse({"stack": "SyntaxError: Unexpected token\n    at JSON.parse (<anonymous>)"}, 400)
        if not request.headers.get("content-type", "").startswith("application/json"):
            return JSONResponse({"message": "requests must be of type application/json"}, 415)
        return None

    def wrong(self, body: dict[str, Any]) -> str | None:
        for name in ("language", "version"):
            if not isinstance(body.get(name), str):
                return f"{name} is required as a string"
        if not isinstance(body.get("files"), list):
            return "files is required as an array"
        if self.runtime(body) is None:
            return f"{body['language']}-{body['version']} runtime is unknown"
        for name in _LIMITS:
            value, most = body.get(name), getattr(self.configuration, name)
            if value and most > 0 and value > most:
                return f"{name} cannot exceed the configured limit of {most}"
        return None

    def runtime(self, body: dict[str, Any]) -> dict[str, Any] | None:
        wanted, version = body["language"], body["version"]
        fitting = [one for one in self.runtimes if one["language"] == wanted or wanted in one["aliases"]]
        return next((one for one in fitting if version in ("*", one["version"])), None)

    async def _ran(self, body: dict[str, Any]) -> dict[str, Any]:
        assert self.runner is not None, "nothing scripted, and nothing to run it with"
        runtime = self.runtime(body)
        assert runtime is not None
        stdin = body.get("stdin", "")
        stdin += "" if stdin.endswith("\n") else "\n"
        job = self.job(body, runtime, stdin)
        # Not ended when whoever asked goes away: Piston does not look.
        outcome = await asyncio.shield(asyncio.ensure_future(self.runner.run(job)))
        return {
            "language": runtime["language"],
            "version": runtime["version"],
            **self.stages(job.language, outcome, body),
        }

    def job(self, body: dict[str, Any], runtime: dict[str, Any], stdin: str = "") -> Job:
        """The first file of plain text is the program. The others are base64, as our runner sends them."""
        main = next(file for file in body["files"] if file.get("encoding", "utf8") == "utf8")
        files = [File(one["name"], base64.b64decode(one["content"])) for one in body["files"] if one is not main]
        language = _OURS.get(runtime["language"], runtime["language"])
        arguments = tuple(body.get("args", ()))
        return Job(language, main["content"], (stdin,), tuple(files), arguments, limits=self._limits(body))

    def _limits(self, body: dict[str, Any]) -> Limits:
        def limit(name: str) -> int:
            value: int = body.get(name) or getattr(self.configuration, name)
            return value

        return Limits(
            wall_seconds=limit("run_timeout") / 1000,
            cpu_seconds=limit("run_cpu_time") / 1000,
            compile_seconds=limit("compile_timeout") / 1000,
            memory_bytes=limit("run_memory_limit") if limit("run_memory_limit") > 0 else 512 * MB,
            output_bytes=4 * self.configuration.output_max_size + 4096,
            processes=128,
            files_bytes=16 * MB,
        )

    def stages(self, language: str, outcome: Outcome, body: dict[str, Any]) -> dict[str, Any]:
        compiled = self._stage(outcome.compile, body) if outcome.compile else None
        if outcome.executions:
            run = self._stage(outcome.executions[0], body)
            return {"run": run} if compiled is None or language == "java" else {"compile": compiled, "run": run}
        assert compiled is not None
        if language == "java":
            compiled["stderr"] += "\nerror: compilation failed\n"
            return {"run": compiled}
        return {"compile": compiled, "run": compiled}

    def _stage(self, done: Execution, body: dict[str, Any]) -> dict[str, Any]:
        most = self.configuration.output_max_size
        stage = {
            "stdout": done.stdout[:most],
            "stderr": done.stderr[:most],
            "output": (done.stdout + done.stderr)[: 2 * most],
            "code": done.exit_code,
            "signal": None,
            "message": None,
            "status": None,
            "cpu_time": round(done.cpu_ms),
            "wall_time": round(done.wall_ms),
            "memory": done.memory_bytes,
        }
        if len(done.stdout) > most:
            ended = {"code": None, "signal": "SIGKILL", "message": "stdout length exceeded", "status": "OL"}
        elif len(done.stderr) > most:
            ended = {"code": None, "signal": "SIGKILL", "message": "stderr length exceeded", "status": "EL"}
        elif done.verdict is Verdict.TIME_LIMIT:
            ended = {"code": None, "signal": "SIGKILL", "message": "Time limit exceeded", "status": "TO"}
        elif done.verdict is Verdict.INTERNAL_ERROR:
            ended = {"code": None, "message": "Cannot run proxy, clone failed", "status": "XX"}
        elif done.verdict is Verdict.MEMORY_LIMIT:
            ended = {**_exited(128 + signal.SIGKILL), "memory": body.get("run_memory_limit", 0)}
        elif done.signal is not None:
            ended = _exited(128 + signal.Signals[done.signal])
        elif done.exit_code:
            ended = _exited(done.exit_code)
        else:
            ended = {}
        return {**stage, **ended}


def _exited(code: int) -> dict[str, Any]:
    return {"code": int(code), "message": f"Exited with error status {code}", "status": "RE"}


async def _given(scripted: Scripted, request: Request) -> Response:
    return scripted if isinstance(scripted, Response) else await scripted(request)


async def _not_found(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"message": "Not Found"}, 404)


@asynccontextmanager
async def opened(server: PistonServer) -> AsyncIterator[str]:
    """Its address."""
    async with serving(server.app) as port:
        yield f"http://127.0.0.1:{port}"

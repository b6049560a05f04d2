"""The product as its users have it: a server process, people signed in, runs over HTTP."""

import http.client
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.serving import Server

from benchmarks.execution.programs import Program

PEOPLE = 60  # each may run 60 times a minute and three at once; all measuring together stays below
IDLE_SECONDS = 3.0  # the server closes a connection after five
POLL_SECONDS = 0.01  # of a run that was answered with 202 because it took longer than a second


class Person:
    """One signed in, with a connection that stays open."""

    def __init__(self, port: int, number: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._used = 0.0
        self._cookie = ""
        person = {
            "name": f"Bench {number}",
            "email": f"bench{number}@example.test",
            "password": "correct horse battery",
        }
        self.ask("POST", "/api/auth/register", person)

    def connect(self) -> None:
        """Anew if the server is about to close the connection: not a part of what is measured."""
        if time.monotonic() - self._used > IDLE_SECONDS:
            self._connection.close()
            self._connection.connect()
            self._used = time.monotonic()

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        self.connect()
        headers = {"Content-Type": "application/json", "Cookie": self._cookie}
        self._connection.request(method, path, json.dumps(body).encode() if body is not None else None, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        self._used = time.monotonic()
        assert answer.status < 300, (path, answer.status, text[:500])
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self._cookie = value.partition(";")[0]
        return json.loads(text)

    def run(self, program: Program) -> None:
        """To its end, the answer checked."""
        body = {"language": program.language, "source": program.source, "mode": "run"}
        run = self.ask("POST", "/api/runs", body)["run"]
        while run["status"] != "finished":
            time.sleep(POLL_SECONDS)
            run = self.ask("GET", f"/api/runs/{run['id']}")["run"]
        assert run["stdout"] == program.expected, (program.language, run)


class Product:
    def __init__(self, server: Server) -> None:
        self.server = server
        with ThreadPoolExecutor(2) as pool:
            self._people = list(pool.map(lambda number: Person(server.port, number), range(PEOPLE)))
        self._turn = 0

    def languages(self) -> set[str]:
        return {one["id"] for one in self._people[0].ask("GET", "/api/languages")["languages"]}

    def milliseconds(self, program: Program) -> float:
        self._turn = (self._turn + 1) % PEOPLE
        person = self._people[self._turn]
        person.connect()
        started = time.perf_counter()
        person.run(program)
        return (time.perf_counter() - started) * 1000

    def burst(self, program: Program, count: int) -> float:
        """So many people press Run at the same moment: runs a second."""
        people = self._people[:count]
        for person in people:
            person.connect()
        with ThreadPoolExecutor(count) as pool:
            started = time.perf_counter()
            list(pool.map(lambda person: person.run(program), people))
            return count / (time.perf_counter() - started)


@contextmanager
def served(folder: Path) -> Iterator[Product]:
    server = Server(folder / "data").start()
    try:
        yield Product(server)
    finally:
        server.stop()

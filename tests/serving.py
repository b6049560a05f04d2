"""The real product as a process of its own, for journeys and for tests that kill it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Self
from urllib.error import URLError
from urllib.request import urlopen

from tests.remembered import recall

START_SECONDS = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """`interview-platform serve` on a free port with a data folder of its own. Keeps its port over a restart."""

    def __init__(self, data_dir: Path, **environment: str) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.log_path = data_dir.parent / f"{data_dir.name}.log"
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None

    def start(self) -> Self:
        recall(self.data_dir / "runner")
        self._log = self.log_path.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "interview_platform", "serve"],
            env={
                **os.environ,
                "PORT": str(self.port),
                "HOST": "127.0.0.1",
                "DATA_DIR": str(self.data_dir),
                **self._environment,
            },
            stdout=self._log,
            stderr=self._log,
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise AssertionError(f"the server stopped while starting:\n{self.log()}")
            try:
                with urlopen(f"{self.url}/api/health", timeout=2) as answer:
                    if answer.status == 200:
                        return self
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)  # between two looks, not instead of one
        raise AssertionError(f"the server did not answer within {START_SECONDS} s:\n{self.log()}")

    def kill(self) -> None:
        """`kill -9`."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def log(self) -> str:
        return self.log_path.read_text() if self.log_path.exists() else ""

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(20)
            self._process = None
        if self._log is not None:
            self._log.close()
            self._log = None

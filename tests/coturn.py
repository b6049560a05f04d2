"""A real coturn for tests, on free ports of loopback, with a secret of ours.

In a test folder's conftest: `from tests.coturn import coturn`.
"""

import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

REALM = "interviews.test"
START_SECONDS = 20.0
_RELAY_PORTS = 40  # a call through it takes two for each side, a check four


@dataclass
class Coturn:
    """Without TLS and without its telnet door; as the facts have it: user and password are ours for a time."""

    folder: Path
    port: int
    ports: tuple[int, int]
    secret: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def udp(self) -> str:
        return f"turn:127.0.0.1:{self.port}"

    @property
    def tcp(self) -> str:
        return f"turn:127.0.0.1:{self.port}?transport=tcp"

    def start(self) -> None:
        """Returns when it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(_command(self), cwd=self.folder, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log()
            if _answers(self.port):
                return
        raise AssertionError(f"coturn did not answer:\n{self.log()}")

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(20)
            self.process = None

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")


def _command(server: Coturn) -> list[str]:
    low, high = server.ports
    program = shutil.which("turnserver")
    assert program, "coturn is not installed. `make test` installs it; by hand: apt-get install coturn"
    return [
        program,
        "-n",  # no configuration file
        "--listening-ip=127.0.0.1",
        "--relay-ip=127.0.0.1",
        f"--listening-port={server.port}",
        f"--min-port={low}",
        f"--max-port={high}",
        "--use-auth-secret",
        f"--static-auth-secret={server.secret}",
        f"--realm={REALM}",
        "--allow-loopback-peers",  # in tests only: it would lead strangers to what listens on the relay's own machine
        "--no-tls",
        "--no-dtls",
        "--no-cli",
        "--fingerprint",
        "--log-file=stdout",
        "--simple-log",
        f"--pidfile={server.folder / 'pid'}",
        f"--userdb={server.folder / 'users'}",
    ]


# A STUN binding request: every TURN server answers it, without credentials.
_BINDING = bytes.fromhex("00010000 2112a442") + b"is it there?"


def _answers(port: int) -> bool:
    """Over both: coturn opens its doors one after the other."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.settimeout(0.1)
            probe.connect(("127.0.0.1", port))
            probe.send(_BINDING)
            probe.recv(2000)
        with socket.create_connection(("127.0.0.1", port), 1) as stream:
            stream.settimeout(1)
            stream.sendall(_BINDING)
            return bool(stream.recv(2000))
    except OSError:
        time.sleep(0.05)  # between two looks, not instead of one
        return False


def _free_port() -> int:
    """Free for UDP and TCP."""
    while True:
        with socket.socket() as stream, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
            stream.bind(("127.0.0.1", 0))
            port: int = stream.getsockname()[1]
            try:
                datagrams.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def _free_range() -> tuple[int, int]:
    """Ports for the relay, below those that the system gives out by itself."""
    while True:
        low = 12_000 + secrets.randbelow(18_000)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.bind(("127.0.0.1", low))
            except OSError:
                continue
            return low, low + _RELAY_PORTS


@contextmanager
def running_coturn(folder: Path) -> Iterator[Coturn]:
    server = Coturn(folder, _free_port(), _free_range(), secrets.token_hex(16))
    server.start()
    try:
        yield server
    finally:
        server.kill()


@pytest.fixture(scope="session")
def coturn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coturn]:
    with running_coturn(tmp_path_factory.mktemp("coturn")) as server:
        yield server

"""`interview-platform serve` as a person starts it: what it prints, and how it says what is wrong."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.serving import Server


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start where start-up must fail."""
    return subprocess.run(
        [sys.executable, "-m", "interview_platform", "serve"],
        env={**os.environ, "DATA_DIR": str(folder / "data"), "PORT": "0", **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def assert_one_clear_message(ended: subprocess.CompletedProcess[str], *words: str) -> None:
    assert ended.returncode == 1
    for word in words:
        assert word in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) <= 3


def test_taken_port(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert_one_clear_message(start(tmp_path, PORT=str(port)), f"Port {port} is taken", "PORT=")


def test_data_dir_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert_one_clear_message(start(tmp_path, DATA_DIR=str(tmp_path / "file" / "data")), "DATA_DIR must be writable")


def test_bad_setting(tmp_path: Path) -> None:
    assert_one_clear_message(start(tmp_path, TURN_URL="turn:x"), "TURN_SECRET is missing")


def test_host_that_is_not_ours(tmp_path: Path) -> None:
    assert_one_clear_message(start(tmp_path, HOST="192.0.2.77"), "Cannot serve on 192.0.2.77")


def test_broken_problem_package_is_named(tmp_path: Path) -> None:
    (tmp_path / "bank" / "half-done").mkdir(parents=True)
    (tmp_path / "bank" / "half-done" / "problem.yaml").write_text("title: Half done\n")
    ended = start(tmp_path, PROBLEMS_DIR=str(tmp_path / "bank"))
    assert ended.returncode == 1
    assert "half-done" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_database_that_is_not_there(tmp_path: Path) -> None:
    ended = start(tmp_path, DB_URL="postgresql://nobody:hush@127.0.0.1:9/none")
    assert_one_clear_message(ended, "database")
    assert "hush" not in ended.stderr


def test_says_where_to_go_and_what_runs(tmp_path: Path) -> None:
    server = Server(tmp_path / "data").start()
    try:
        said = server.log()
        for words in (server.url, "SQLite", str(tmp_path / "data"), "Sign-in", "WebRTC", "Running code", "Problems"):
            assert words in said
        assert httpx.get(f"{server.url}/api/ready").json() == {"status": "ok"}
        for path in ("/api/health", "/api/sessions", "/metrics", "/problems"):
            asked = httpx.head(f"{server.url}{path}")  # what watches a server often asks only this
            assert (asked.status_code, asked.content) == (200, b"")
        for nothing in (httpx.get(f"{server.url}/api"), httpx.post(f"{server.url}/api")):
            assert (nothing.status_code, nothing.json()["code"]) == (404, "not_found")
        assert "http_requests_total" in httpx.get(f"{server.url}/metrics").text
        docs = httpx.get(f"{server.url}/api/docs")
        assert "/api/sessions/{id}/join" in docs.text
        assert "<script" not in docs.text
        paths = httpx.get(f"{server.url}/api/openapi.json").json()["paths"]
        assert "/api/sessions/{id}/runs" in paths
    finally:
        server.stop()


def test_ends_well_on_sigterm(tmp_path: Path) -> None:
    server = Server(tmp_path / "data").start()
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < 10
    assert "Traceback" not in server.log()


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_serves_the_built_web_app(tmp_path: Path, encoding: str) -> None:
    server = Server(tmp_path / "data").start()
    try:
        page = httpx.get(f"{server.url}/dashboard")
        assert page.status_code == 200
        assert '<div id="root"' in page.text
        script = page.text.partition('src="/assets/')[2].partition('"')[0]
        answer = httpx.get(f"{server.url}/assets/{script}", headers={"accept-encoding": encoding})
        assert answer.headers["content-encoding"] == encoding
    finally:
        server.stop()


def test_doctor_tries_everything_and_says_so(tmp_path: Path) -> None:
    looked = subprocess.run(
        [sys.executable, "-m", "interview_platform", "doctor"],
        env={**os.environ, "DATA_DIR": str(tmp_path / "data")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert looked.returncode == 0, looked.stdout + looked.stderr
    for line in ("ok  Data", "ok  Running code", "Python, JavaScript", "ok  network", "ok  memory", "ok  time"):
        assert line in looked.stdout
    assert "BAD" not in looked.stdout


def test_doctor_names_what_does_not_work(tmp_path: Path) -> None:
    looked = subprocess.run(
        [sys.executable, "-m", "interview_platform", "doctor"],
        env={**os.environ, "DATA_DIR": str(tmp_path / "data"), "WEB_DIR": str(tmp_path / "nothing")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert looked.returncode == 1
    assert "BAD Web app" in looked.stdout
    assert "make run" in looked.stdout

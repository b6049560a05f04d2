"""The whole product with PISTON_URL: what people see, what the operator is told."""

import asyncio
import base64
import json
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from interview_platform.app.compose import CannotStart, compose
from interview_platform.app.doctor import doctor_report
from interview_platform.app.settings import Settings
from interview_platform.execution.languages.node import find_node
from interview_platform.execution.model import File
from interview_platform.problems.embedded import load_bank
from interview_platform.problems.signatures.drivers import program
from interview_platform.providers.piston.answers import Runtime
from interview_platform.providers.piston.runtimes import offered
from tests.execution import runners
from tests.providers.piston_server import RUNTIMES, Configuration, PistonServer, opened
from tests.serving import Server

ROOT = Path(__file__).parents[2]
TWO_SUM = ROOT / "problems" / "two-sum"
KEY = "piston-key-of-the-test"
# Piston's own 100 KB and 1,024 characters would be too little for the large hidden tests: docs/providers.md.
CONFIGURATION = Configuration(body_max=1_000_000, output_max_size=100_000, run_timeout=20_000, key=KEY)


@pytest.fixture
async def piston(tmp_path: Path) -> AsyncIterator[str]:
    async with runners.opened(tmp_path / "piston") as sandbox, opened(PistonServer(CONFIGURATION, sandbox)) as address:
        yield address


@pytest.fixture
async def browser(piston: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Of somebody who has registered."""
    server = Server(tmp_path / "data", PISTON_URL=piston, PISTON_API_KEY=KEY)
    await asyncio.to_thread(server.start)
    try:
        async with httpx.AsyncClient(base_url=server.url, timeout=60) as browser:
            person = {"name": "Ada", "email": "ada@example.org", "password": "correct horse battery"}
            assert (await browser.post("/api/auth/register", json=person)).status_code == 201
            yield browser
        assert f"Piston at {piston}" in server.log()
        assert KEY not in server.log()
    finally:
        await asyncio.to_thread(server.stop)


async def ended(browser: httpx.AsyncClient, **given: Any) -> dict[str, Any]:
    answer = await browser.post("/api/runs", json={"language": "python", "mode": "run", **given})
    assert answer.status_code in (201, 202), answer.text
    run: dict[str, Any] = answer.json()["run"]
    async with asyncio.timeout(60):
        while run["status"] != "finished":
            await asyncio.sleep(0.05)  # between two looks
            run = (await browser.get(f"/api/runs/{run['id']}")).json()["run"]
    return run


@pytest.mark.sandbox
async def test_runs_and_tests_of_a_problem(browser: httpx.AsyncClient) -> None:
    languages = (await browser.get("/api/languages")).json()["languages"]
    assert {one["id"]: one["version"] for one in languages}["python"] == "3.12.0"

    run = await ended(browser, source="print(input()[::-1])", stdin="drawer")
    assert (run["verdict"], run["stdout"]) == ("ok", "reward\n")
    run = await ended(browser, language="c", source="int main(void) { return nonsense; }")
    assert run["verdict"] == "compile_error"
    assert "nonsense" in run["compileOutput"]

    solution = (TWO_SUM / "solutions" / "solution.py").read_text()
    run = await ended(browser, source=solution, mode="tests", problem="two-sum")
    total = len(list((TWO_SUM / "tests").glob("*/*.in")))
    assert (run["verdict"], run["message"]) == ("accepted", f"Passed {total} of {total} tests.")
    wrong = "def two_sum(nums, target):\n    print('looking')\n    return [0, 0]\n"
    run = await ended(browser, source=wrong, mode="tests", problem="two-sum")
    assert run["verdict"] == "wrong_answer"
    assert run["tests"][0]["prints"] == "looking\n"


def settings(tmp_path: Path, url: str, key: str | None = None) -> Settings:
    return Settings(data_dir=tmp_path / "data", piston_url=url, piston_api_key=SecretStr(key) if key else None)


async def report_of(made: Settings) -> tuple[str, bool]:
    platform = await compose(made)
    try:
        return await doctor_report(platform)
    finally:
        await platform.close()


async def test_doctor(tmp_path: Path) -> None:
    server = PistonServer(Configuration(key=KEY))
    async with opened(server) as address:
        report, _ = await report_of(settings(tmp_path, address, KEY))
        assert f"ok  Running code  Piston at {address}/api/v2/" in report
        assert "Python, JavaScript, TypeScript, Java, C++, C" in report
        assert "Protections" not in report  # of this machine's sandbox, which is not in force
        report, healthy = await report_of(settings(tmp_path, address, "another"))
        assert not healthy
        assert "BAD Running code" in report
        assert "PISTON_API_KEY is missing or wrong" in report
        assert "another" not in report
    report, healthy = await report_of(settings(tmp_path, address))
    assert not healthy
    assert "cannot be reached" in report


async def test_credentials_in_the_address_are_not_shown(tmp_path: Path) -> None:
    server = PistonServer()
    async with opened(server) as address:
        report, _ = await report_of(settings(tmp_path, address.replace("://", "://somebody:hush@")))
    assert "ok  Running code" in report
    assert "hush" not in report
    assert server.headers[0]["authorization"].startswith("Basic ")


async def test_an_address_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="PISTON_URL must start with http"):
        await compose(settings(tmp_path, "localhost:2000"))


@pytest.mark.parametrize("version", ["5.0.3", "4.2.3"])
async def test_tsc_takes_our_programs_with_what_goes_along(tmp_path: Path, version: str) -> None:
    """As Piston's package compiles: `rename 's/$/.ts/'` of what is not base64, `tsc *.ts`, `node solution.ts.js`.

    With the tsc of the web app, which is newer than Piston's 5.0.3.
    """
    tsc, node = ROOT / "web" / "node_modules" / "typescript" / "bin" / "tsc", find_node()
    if not tsc.exists() or node is None:
        pytest.skip("needs the web app's packages (make run)")
    runtimes = [Runtime(**one) for one in RUNTIMES if one["language"] != "typescript"]
    typescript = offered([*runtimes, Runtime(language="typescript", version=version)])["typescript"]
    problem = load_bank(ROOT / "problems").get("two-sum")
    assert problem is not None
    assert problem.signature is not None
    driver = program("typescript", problem.signature, (TWO_SUM / "solutions" / "solution.ts").read_text())
    beside = [File(name, text.encode()) for name, text in driver.files]
    for file in typescript.files(driver.source, beside):
        encoded = file.get("encoding") == "base64"
        content = base64.b64decode(file["content"]) if encoded else file["content"].encode()
        (tmp_path / (file["name"] if encoded else f"{file['name']}.ts")).write_bytes(content)
    binary = node.files[0]
    compiled = in_shell(tmp_path, f"{binary} {tsc} *.ts")
    assert (compiled.returncode, compiled.stdout) == (0, "")
    stdin = '{"secret": "secret"}\n[[12, 5, 8, 3, 20], 11]\n'
    secret, _, said = in_shell(tmp_path, f"{binary} solution.ts.js", stdin).stdout.partition(" ")
    assert (secret, sorted(json.loads(said)["ok"])) == ("\nsecret", [2, 3])


def in_shell(folder: Path, command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, input=stdin, capture_output=True, text=True, timeout=60, check=False
    )

"""Programs that are really run through the Piston-compatible API: output, endings, files."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.piston_api.limits import PistonLimits
from tests.execution.piston_api.world import OFTEN, opened

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def client(runner: EmbeddedRunner) -> AsyncIterator[httpx.AsyncClient]:
    async with opened(runner, PistonLimits(requests=OFTEN, output_max_size=5_000)) as client:
        yield client


async def ran(client: httpx.AsyncClient, language: str, *sources: str, **more: Any) -> dict[str, Any]:
    files = [{"content": source} for source in sources]
    # More than Piston's defaults: other work on the machine must not fail a test that is not about time.
    body = {"language": language, "version": "*", "files": files, "run_timeout": 10_000, "compile_timeout": 20_000}
    answer = await client.post("/api/v2/execute", json={**body, **more})
    assert answer.status_code == 200, answer.text
    result: dict[str, Any] = answer.json()
    return result


def ending(stage: dict[str, Any]) -> tuple[Any, ...]:
    return stage["code"], stage["signal"], stage["status"], stage["message"]


async def test_what_is_told_of_a_run(client: httpx.AsyncClient) -> None:
    source = "import sys\nprint(input(), flush=True)\nprint('err', file=sys.stderr)"
    run = (await ran(client, "py", source, stdin="out"))["run"]
    assert (run["stdout"], run["stderr"], sorted(run["output"].split())) == ("out\n", "err\n", ["err", "out"])
    assert ending(run) == (0, None, None, None)
    assert run["cpu_time"] >= 0
    assert run["wall_time"] > 0
    assert run["memory"] > 1_000_000


@pytest.mark.parametrize(
    ("source", "how"),
    [
        ("raise SystemExit(3)", (3, None, "RE", "Exited with error status 3")),
        ("import os; os.abort()", (None, "SIGABRT", "SG", "Caught fatal signal 6")),
        ("print('x' * 5_001)", (None, "SIGKILL", "OL", "stdout length exceeded")),
        ("import sys; sys.stderr.write('x' * 5_001)", (None, "SIGKILL", "EL", "stderr length exceeded")),
    ],
)
async def test_how_it_ended(client: httpx.AsyncClient, source: str, how: tuple[Any, ...]) -> None:
    run = (await ran(client, "python", f"print('before', flush=True)\n{source}"))["run"]
    assert ending(run) == how
    assert run["stdout"].startswith("before\n")


async def test_out_of_time(client: httpx.AsyncClient) -> None:
    run = (await ran(client, "python", "print('before', flush=True)\nwhile True: pass", run_timeout=1500))["run"]
    assert ending(run) == (None, "SIGKILL", "TO", "Time limit exceeded (wall clock)")
    assert run["stdout"] == "before\n"
    run = (await ran(client, "python", "while True: pass", run_cpu_time=1000))["run"]
    assert ending(run) == (None, "SIGKILL", "TO", "Time limit exceeded")


async def test_out_of_memory(client: httpx.AsyncClient) -> None:
    source = "#include <stdlib.h>\n#include <string.h>\nint main() { for (;;) memset(malloc(1 << 20), 1, 1 << 20); }"
    run = (await ran(client, "c", source, run_memory_limit=64 * 2**20))["run"]
    assert run["status"] in ("SG", "RE")  # the kernel's kill, or the program's own fault when it is refused memory
    run = (await ran(client, "python", "x = [0]\nwhile True: x += x", run_memory_limit=-1))["run"]
    assert run["code"] != 0


async def test_compiled(client: httpx.AsyncClient) -> None:
    answer = await ran(
        client, "g++", "#include <iostream>\nint main() { int n; std::cin >> n; std::cout << n + 1; }", stdin="41"
    )
    assert (answer["language"], answer["run"]["stdout"]) == ("c++", "42")
    assert ending(answer["compile"]) == (0, None, None, None)


async def test_not_compiled_is_told_twice(client: httpx.AsyncClient) -> None:
    answer = await ran(client, "c", "int main() { return nonsense; }")
    assert answer["run"] == answer["compile"]
    assert ending(answer["run"]) == (1, None, "RE", "Exited with error status 1")
    assert "nonsense" in answer["run"]["stderr"]
    assert answer["run"]["output"] == answer["run"]["stderr"]


async def test_compiled_for_too_long(client: httpx.AsyncClient) -> None:
    source = "#include <regex>\n" + "".join(f'std::regex r{n}("a");\n' for n in range(20)) + "int main() {}"
    answer = await ran(client, "c++", source, compile_timeout=50)
    assert answer["run"] == answer["compile"]
    assert ending(answer["run"])[:3] == (None, "SIGKILL", "TO")


async def test_files_lie_beside_the_program(client: httpx.AsyncClient) -> None:
    files = [
        {
            "name": "main.py",
            "content": "import sys, helper\nprint(helper.NAME, open(sys.path[0] + '/data', 'rb').read())",
        },
        {"name": "helper.py", "content": "NAME = 'ü'"},
        {"name": "data", "content": "AP8=", "encoding": "base64"},
    ]
    assert (await ran(client, "python3", files=files))["run"]["stdout"] == "ü b'\\x00\\xff'\n"


async def test_arguments(client: httpx.AsyncClient) -> None:
    source = "console.log(JSON.stringify(process.argv.slice(2)))"
    assert (await ran(client, "js", source, args=["a b", "", "ü"]))["run"]["stdout"] == '["a b","","ü"]\n'


MAIN = "public static void main(String[] args) { System.out.println(%s + args[0]); }"


@pytest.mark.parametrize(
    "source",
    [
        "public class Main { %s }" % (MAIN % '"hi "'),
        "public class Hello { %s }" % (MAIN % '"hi "'),
        'class A { static String hi = "hi "; } public class Main { %s }' % (MAIN % "A.hi"),
    ],
)
async def test_java_whatever_its_class_is_called(client: httpx.AsyncClient, source: str) -> None:
    assert (await ran(client, "java", source, args=["you"]))["run"]["stdout"] == "hi you\n"

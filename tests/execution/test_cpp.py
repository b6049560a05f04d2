"""C++ with the precompiled header: what it forgives, and that it takes nothing away."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.model import Job, Outcome, Verdict
from tests.execution.runners import opened

# Two headers are precompiled at the lowest priority first.
pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox, pytest.mark.timeout(600)]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def runner(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedRunner]:
    async with opened(tmp_path_factory.mktemp("cpp"), prepares=["cpp"]) as runner:
        await runner.prepared()
        yield runner


async def went(runner: EmbeddedRunner, source: str) -> Outcome:
    return await runner.run(Job("cpp", source))


WORKING = {
    # Only with the precompiled header: nothing else knows these names, and its text alone is an error.
    "a forgotten include": "int main() { std::vector<int> v{3, 1}; std::sort(v.begin(), v.end()); std::cout << v[0]; }",
    "names of headers that it does not include": "#include <iostream>\nusing namespace std;\nint count = 0;\n"
    "struct list { int size; };\ntemplate <class T> class queue { public: T front{}; };\n"
    "int main() { list l{1}; queue<int> q; count += l.size + q.front; cout << count; }",
    "everything": "#include <bits/stdc++.h>\nusing namespace std;\n"
    'int main() { cout << regex_replace("a2", regex("[a-z]|2"), "") << chrono::seconds(1).count(); }',
    "no include at all": 'extern "C" int puts(const char*);\nint main() { puts("1"); }',
    "a macro before the include": "#define NDEBUG\n#include <cassert>\n#include <cstdio>\n"
    'int main() { assert(false); printf("1"); }',
}


@pytest.mark.parametrize("name", WORKING)
async def test_compiles(runner: EmbeddedRunner, name: str) -> None:
    outcome = await went(runner, WORKING[name])
    assert outcome.compile is not None
    assert (outcome.compile.verdict, outcome.compile.stderr) == (Verdict.OK, "")
    assert outcome.executions[0].stdout.strip() == "1"


async def test_errors_are_those_of_the_program_as_it_is_and_told_once(runner: EmbeddedRunner) -> None:
    outcome = await went(runner, "#include <iostream>\n\nint main() {\n    nonsense();\n}\n")
    assert outcome.compile is not None
    said = outcome.compile.stderr
    assert outcome.compile.verdict is Verdict.COMPILE_ERROR
    assert (said.count("solution.cpp:4:5: error:"), said.count("error:")) == (1, 1)


async def test_warnings_are_told(runner: EmbeddedRunner) -> None:
    outcome = await went(runner, "#include <cstdio>\nint main() { int x = 1; }\n")
    assert outcome.compile is not None
    assert (outcome.compile.verdict, outcome.compile.stderr.count("unused variable")) == (Verdict.OK, 1)

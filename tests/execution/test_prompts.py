"""A program that asks is seen to ask, in every language, though its question does not end a line."""

import asyncio

import pytest

from interview_platform.execution.control import Control
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.model import Job, Verdict
from tests.contracts.runner_attended import Watcher
from tests.contracts.runner_kit import the_one

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox]

ASKS = {
    "python": 'name = input("Name? ")\nprint("Hello", name)',
    # Node itself never ends when a pipe's reader is closed within the callback that got the line.
    "javascript": (
        'const lines = require("readline").createInterface({ input: process.stdin, output: process.stdout });\n'
        'lines.question("Name? ", (name) => { console.log("Hello " + name); setImmediate(() => lines.close()); });'
    ),
    "typescript": (
        'import { createInterface } from "node:readline/promises";\n'
        "const lines = createInterface({ input: process.stdin, output: process.stdout });\n"
        'const name: string = await lines.question("Name? ");\nconsole.log("Hello " + name);\nlines.close();'
    ),
    "java": (
        "import java.util.Scanner;\npublic class Main { public static void main(String[] a) {\n"
        '  System.out.print("Name? ");\n  System.out.println("Hello " + new Scanner(System.in).nextLine()); } }'
    ),
    "c": (
        '#include <stdio.h>\nint main(void) { char name[99]; printf("Name? ");\n'
        '  scanf("%98s", name); printf("Hello %s\\n", name); }'
    ),
    "cpp": (
        "#include <iostream>\n#include <string>\nint main() { std::string name;\n"
        '  std::cout << "Name? "; std::cin >> name; std::cout << "Hello " << name << "\\n"; }'
    ),
}


@pytest.mark.parametrize("language", ASKS)
async def test_a_question_is_seen_before_it_is_answered(runner: EmbeddedRunner, language: str) -> None:
    control, watcher = Control(), Watcher()
    job = Job(language, ASKS[language], interactive=True)
    running = asyncio.create_task(runner.run(job, watcher, control=control))
    await watcher.until("Name? ")
    assert "Hello" not in watcher.seen
    control.write("Bob\n")
    done = the_one(await running)  # though its input was not ended
    assert (done.verdict, done.stdout) == (Verdict.OK, "Name? Hello Bob\n")

"""What the checker of TypeScript says: real type errors at their place, nothing that Node takes gladly."""

import asyncio

import pytest

from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.languages.node import find_node
from interview_platform.execution.languages.typescript import TypeScript
from interview_platform.execution.model import File, Job, Verdict
from interview_platform.execution.ports import QueueFull

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox, pytest.mark.timeout(600)]

# All of them run; see below.
FINE = {
    "ESM": "import fs, { readFileSync } from 'node:fs';\nimport * as path from 'path';\n"
    "const lines: string[] = readFileSync(0, 'utf8').split('\\n');\n"
    "console.log(lines.length, path.join('a', 'b'), fs.existsSync('/'), await Promise.resolve(1), import.meta.url);",
    "CommonJS": "const fs = require('fs');\nconst { a }: { a: number } = require('./data.json');\n"
    "module.exports = { n: fs.readFileSync(0).length + a };\nconsole.log(__filename, process.argv, Buffer.from('a'));",
    "names that Node has as well": "class Event { n = 1 }\nconst name = 'x', crypto = 2, test = 3, performance = 4;\n"
    "class Node { next: Node | null = null }\nfunction fetch(a: number): number { return a }\n"
    "console.log(new Event(), name, crypto, test, performance, new Node(), fetch(1));",
    "what needs transforming": "enum E { A, B }\nnamespace N { export const z = E.B }\n"
    "class P { constructor(public x: number, private readonly y = 2) {} sum() { return this.x + this.y } }\n"
    "console.log(new P(1).sum(), N.z);",
    "new of the language": "const m = Object.groupBy([1, 2, 3], n => n % 2 ? 'odd' : 'even');\n"
    "console.log(m.odd, [3, 1].toSorted(), [1].at(-1), new Set([1]).union(new Set([2])), structuredClone({ a: 1 }));",
    "reading lines": "import { createInterface } from 'node:readline';\n"
    "const lines: string[] = [];\n"
    "for await (const line of createInterface({ input: process.stdin })) lines.push(line);\n"
    "const [n, m]: number[] = lines.join(' ').split(' ').map(Number);\nconsole.log(n! + m!);\nsetTimeout(() => {}, 1);",
    "a neighbour": "import { twice } from './helper.ts';\nimport data from './data.json' with { type: 'json' };\n"
    "console.log(twice(data.a));",
}
FILES = (File("helper.ts", b"export const twice = (n: number): number => 2 * n;\n"), File("data.json", b'{"a": 21}'))


async def said(runner: EmbeddedRunner, job: Job) -> str:
    while True:
        try:
            return await runner.diagnose(job)
        except QueueFull:  # the place of the one before is being cleaned
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("name", FINE)
async def test_nothing_about_what_node_takes(runner: EmbeddedRunner, name: str) -> None:
    job = Job("typescript", FINE[name], ("1 2\n",), FILES)
    assert await said(runner, job) == ""
    [execution] = (await runner.run(job)).executions
    assert (execution.verdict, execution.stderr) == (Verdict.OK, "")


async def test_errors_at_their_place(runner: EmbeddedRunner) -> None:
    source = (
        "function add(a: number, b: number): number {\n    return a + b;\n}\n"
        "const total: string = add(1, 'ö');\nfunction f(x) { return x.y }\nconsole.log(total.lenght);\n"
    )
    assert (await said(runner, Job("typescript", source))).splitlines() == [
        "solution.ts:4:7: Type 'number' is not assignable to type 'string'. (TS2322)",
        "solution.ts:4:30: Argument of type 'string' is not assignable to parameter of type 'number'. (TS2345)",
        "solution.ts:5:12: Parameter 'x' implicitly has an 'any' type. (TS7006)",
        "solution.ts:6:19: Property 'lenght' does not exist on type 'string'. Did you mean 'length'? (TS2551)",
    ]


async def test_not_without_end(runner: EmbeddedRunner) -> None:
    lines = (await said(runner, Job("typescript", "nonsense;\n" * 500))).splitlines()
    assert (len(lines), lines[-1]) == (51, "… and 450 more")


async def test_says_so_when_it_cannot(runner: EmbeddedRunner) -> None:
    assert runner.notes() == []
    bare = find_node()
    assert bare is not None
    assert TypeScript().check(bare) is None
    assert "not checked" in TypeScript().note(bare)

"""A Node that waited runs a program as one that was started with it: same output, same status, same traces."""

import json
from pathlib import Path

import pytest

from interview_platform.execution.languages.base import Language, Toolchain
from interview_platform.execution.languages.javascript import JavaScript
from interview_platform.execution.languages.typescript import TypeScript
from tests.execution.warm.waiting import Ended, Waiting, cold, outside, warm_step

STDIN = "3 4\nzwei Wörter\n"

JAVASCRIPT = {
    "readFileSync": "console.log(require('fs').readFileSync(0, 'utf8').split('\\n'))",
    "readline": "require('readline').createInterface({input: process.stdin})"
    ".on('line', l => console.log('<' + l + '>'))",
    "stdin events": "let s = ''; process.stdin.on('data', d => s += d).on('end', () => console.log(s.length))",
    "for await": "(async () => { for await (const l of require('readline').createInterface({input: process.stdin}))"
    " console.log(l) })()",
    "module system": "console.log(__filename, require.main === module, module.id, module.paths.length,"
    " Object.keys(require.cache), module.children, process.mainModule === module, this === exports)",
    "process": "console.log(process.argv, process.execArgv, process.title, process.env, process.cwd(),"
    " Object.keys(globalThis), process._preload_modules)",
    "ESM": "import fs from 'node:fs'; console.log(fs.readFileSync(0).length, import.meta.filename, await 5)",
    "top-level await without import": "console.log(await Promise.resolve(6))",
    "ESM that throws": "import fs from 'node:fs';\nfunction f() { throw new TypeError('broken') }\nawait 0; f()",
    "throws": "function f() { throw new TypeError('broken') }\nf()",
    "throws in a timer": "setTimeout(() => { throw new Error('late') }, 1)",
    "throws no error": "throw {answer: 42}",
    "stack of an error": "console.log(new Error('here').stack)",
    "rejection": "async function f() { await null; throw new Error('rejected') }\nf()",
    "syntax error": "let x = ;",
    "exit": "process.on('exit', c => console.log('ends with', c)); console.log('before'); process.exit(3)",
    "exitCode": "process.exitCode = 4; process.on('beforeExit', () => console.log('empty'))",
    "await that never ends": "await new Promise(() => {})",
    "signal": "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)",
    "much output": "require('fs').writeSync(1, 'x'.repeat(300000)); console.log('y'.repeat(300000))",
    "worker": "const { Worker, isMainThread } = require('worker_threads');\n"
    "if (isMainThread) new Worker(__filename).on('exit', c => console.log('worker', c));\n"
    "else console.log('inside', process.argv.length, process.execArgv)",
    "child": "const { execFileSync } = require('child_process');\n"
    "console.log(execFileSync(process.execPath, ['-p', '6*7'], {encoding: 'utf8'}))",
    "fork": "const { fork } = require('child_process');\n"
    "if (process.send) { process.send('from the child'); process.disconnect() }\n"
    "else fork(__filename).on('message', m => console.log(m)).on('exit', c => console.log(c))",
    "neighbour": "console.log(require('./other.js').value)",
}

TYPESCRIPT = {
    "enums, parameter properties, namespaces": "enum Mark { A = 'x', B = 'y' }\nnamespace N { export const z = 1 }\n"
    "class P { constructor(readonly x: number, private y = Mark.B) {} }\nconsole.log(new P(1), Mark, N.z)",
    "ESM": "import { readFileSync } from 'node:fs';\nconst n: number = await Promise.resolve(4);\n"
    "console.log(n, readFileSync(0, 'utf8') as string)",
    "CommonJS": "const fs = require('fs'); const t: string = fs.readFileSync(0, 'utf8'); console.log(t, __filename)",
    "throws": "interface A { b: number }\n\nenum E { Q }\nfunction f(a: A): never { throw new Error('bad ' + a.b) }\n"
    "f({ b: E.Q })",
    "syntax error": "const x: = 4",
    "exit": "const code: number = 5; process.exit(code)",
}

CASES = [
    *(pytest.param(JavaScript(), source, id=f"javascript: {name}") for name, source in JAVASCRIPT.items()),
    *(pytest.param(TypeScript(), source, id=f"typescript: {name}") for name, source in TYPESCRIPT.items()),
]


def found(language: Language) -> Toolchain:
    tools = language.find()
    assert tools is not None
    return tools


def placed(language: Language, folder: Path, source: str) -> Path:
    (folder / "other.js").write_text("exports.value = 42")
    path = folder / language.file_name
    path.write_text(source)
    return path


def started(language: Language, folder: Path) -> Waiting:
    tools = found(language)
    return Waiting(outside(warm_step(language, tools), tools, folder), folder)


@pytest.mark.parametrize(("language", "source"), CASES)
def test_the_same_as_started_with_it(language: Language, source: str, tmp_path: Path) -> None:
    tools = found(language)
    waiting = started(language, tmp_path)
    path = placed(language, tmp_path, source)
    waiting.go(path, "a", "b c")
    warm = waiting.end(STDIN)
    run = outside(language.run(tools, live=False), tools, tmp_path)
    assert warm == cold(run, tmp_path, "a", "b c", stdin=STDIN)
    assert warm.stdout + warm.stderr or warm.status


def test_the_channel_is_closed_without_exchange(tmp_path: Path) -> None:
    waiting = started(JavaScript(), tmp_path)
    source = "for (const fd of [5, 6]) try { require('fs').fstatSync(fd) } catch (e) { console.log(e.code) }"
    waiting.go(placed(JavaScript(), tmp_path, source))
    assert waiting.end() == Ended("EBADF\nEBADF\n", "", 0)


def test_end_of_file_while_waiting(tmp_path: Path) -> None:
    waiting = started(JavaScript(), tmp_path)
    waiting.hang_up()
    assert waiting.end() == Ended("", "", 0)


def test_exchange_keeps_the_channel_and_what_is_in_it(tmp_path: Path) -> None:
    waiting = started(TypeScript(), tmp_path)
    source = (
        "import fs from 'node:fs';\nconst text: string = fs.readFileSync(5, 'utf8');\n"
        "fs.writeSync(6, JSON.stringify(text) + '\\n'); console.log('printed')"
    )
    waiting.go(placed(TypeScript(), tmp_path, source), exchange=True)
    waiting.say("hello\n[1]\n")
    waiting.hang_up()
    assert json.loads(waiting.heard.readline()) == "hello\n[1]\n"
    assert waiting.end() == Ended("printed\n", "", 0)

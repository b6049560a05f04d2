"""Part of the contract of a `Runner`: what lies beside the source, and somebody who attends to the program."""

import asyncio
import signal

import pytest

from interview_platform.execution.control import Control
from interview_platform.execution.model import File, Job, Stream, Verdict
from interview_platform.execution.ports import Runner
from tests.contracts.programs import ENDLESS, HELLO
from tests.contracts.runner_kit import LIMITS, Can, Contract, ran, the_one


class CompanyContract(Contract):
    async def test_files_lie_beside_the_source(self, runner: Runner) -> None:
        self.needs(Can.ACCOMPANY)
        source = (
            "from pathlib import Path\nimport helper\n"
            "print(helper.NAME, Path(__file__).with_name('data.bin').read_bytes())"
        )
        files = (File("helper.py", "NAME = 'ü'".encode()), File("data.bin", b"\0\xff"))
        done = the_one(await runner.run(Job("python", source, files=files, limits=LIMITS)))
        assert (done.stdout, done.stderr) == ("ü b'\\x00\\xff'\n", "")

    async def test_the_compiler_sees_files(self, runner: Runner) -> None:
        self.needs(Can.ACCOMPANY)
        source = '#include "answer.h"\n#include <stdio.h>\nint main(void) { printf("%d\\n", ANSWER); }'
        job = Job("c", source, files=(File("answer.h", b"#define ANSWER 42\n"),), limits=LIMITS)
        assert the_one(await runner.run(job)).stdout == "42\n"

    @pytest.mark.parametrize("name", ["", ".", "..", "../up", "/etc/passwd", "a/b", "nul\0", "x" * 256])
    async def test_only_plain_names(self, name: str) -> None:
        with pytest.raises(ValueError, match="plain file name"):
            File(name, b"")

    async def test_the_sources_own_name_is_taken(self, runner: Runner) -> None:
        self.needs(Can.ACCOMPANY)
        [python] = [language for language in runner.languages() if language.id == "python"]
        with pytest.raises(ValueError, match="own name"):
            await runner.run(Job("python", HELLO["python"], files=(File(python.file_name, b""),)))

    @pytest.mark.parametrize(
        ("language", "source"),
        [
            ("python", "import sys\nprint(sys.argv[1:])"),
            ("javascript", "console.log(`[${process.argv.slice(2).map(a => `'${a}'`).join(', ')}]`)"),
            (
                "c",
                """#include <stdio.h>
                int main(int n, char **a) { printf("[");
                for (int i = 1; i < n; i++) printf("%s'%s'", i > 1 ? ", " : "", a[i]); puts("]"); }""",
            ),
        ],
    )
    async def test_arguments(self, runner: Runner, language: str, source: str) -> None:
        self.needs(Can.ACCOMPANY)
        job = Job(language, source, arguments=("a b", "", "$HOME", "-ü"), limits=LIMITS)
        assert the_one(await runner.run(job)).stdout == "['a b', '', '$HOME', '-ü']\n"


class Watcher:
    """An `on_output` to wait on."""

    def __init__(self) -> None:
        self.seen = ""
        self._news = asyncio.Event()

    def __call__(self, stream: Stream, text: str) -> None:
        del stream
        self.seen += text
        self._news.set()

    async def until(self, text: str) -> None:
        async with asyncio.timeout(30):
            while text not in self.seen:
                self._news.clear()
                await self._news.wait()


class AttendContract(Contract):
    async def test_is_typed_to(self, runner: Runner) -> None:
        self.needs(Can.ATTEND)
        source = "import sys\nprint('go')\nfor line in sys.stdin: print('got', line, end='')\nprint('over')"
        control, watcher = Control(), Watcher()
        control.write("early\n")
        job = Job("python", source, ("first\n",), interactive=True, limits=LIMITS)
        running = asyncio.create_task(runner.run(job, watcher, control=control))
        await watcher.until("got early")
        control.write("grüß")
        control.write(" dich\n")
        await watcher.until("dich")
        assert "over" not in watcher.seen
        control.end_input()
        done = the_one(await running)
        assert (done.verdict, done.stdout) == (
            Verdict.OK,
            "go\ngot first\ngot early\ngot grüß dich\nover\n",
        )

    async def test_signal_reaches_the_program(self, runner: Runner) -> None:
        self.needs(Can.ATTEND)
        source = (
            "import signal, sys, time\nsignal.signal(signal.SIGUSR1, lambda *_: sys.exit(7))\n"
            "print('go')\nwhile True: time.sleep(60)"
        )
        control, watcher = Control(), Watcher()
        running = asyncio.create_task(runner.run(Job("python", source, limits=LIMITS), watcher, control=control))
        await watcher.until("go")
        control.send(signal.SIGUSR1)
        done = the_one(await running)
        assert (done.verdict, done.exit_code) == (Verdict.RUNTIME_ERROR, 7)

    async def test_ended_by_a_signal_as_by_itself(self, runner: Runner) -> None:
        self.needs(Can.ATTEND)
        control, watcher = Control(), Watcher()
        job = Job("python", ENDLESS["python"], limits=LIMITS)
        running = asyncio.create_task(runner.run(job, watcher, control=control))
        await watcher.until("before\n")
        control.send(signal.SIGTERM)
        done = the_one(await running)
        assert (done.verdict, done.signal) == (Verdict.RUNTIME_ERROR, "SIGTERM")

    @pytest.mark.parametrize(("language", "signal_or_status"), [("python", (1, None)), ("c", (None, "SIGINT"))])
    async def test_interrupted(
        self, runner: Runner, language: str, signal_or_status: tuple[int | None, str | None]
    ) -> None:
        """As by Ctrl-C."""
        self.needs(Can.ATTEND)
        control, watcher = Control(), Watcher()
        job = Job(language, ENDLESS[language], limits=LIMITS)
        running = asyncio.create_task(runner.run(job, watcher, control=control))
        await watcher.until("before")
        control.send(signal.SIGINT)
        done = the_one(await running)
        assert done.verdict is Verdict.RUNTIME_ERROR
        assert "KeyboardInterrupt" in done.stderr or (done.exit_code, done.signal) == signal_or_status

    async def test_stopped(self, runner: Runner) -> None:
        self.needs(Can.ATTEND)
        control, watcher = Control(), Watcher()
        job = Job("python", ENDLESS["python"], ("", ""), limits=LIMITS)
        running = asyncio.create_task(runner.run(job, watcher, control=control))
        await watcher.until("before\n")
        control.stop()
        done = the_one(await running)  # the second input was not run
        assert (done.verdict, done.stdout) == (Verdict.STOPPED, "before\n")
        assert done.message
        assert (await ran(runner, "python", HELLO["python"])).verdict is Verdict.OK

    async def test_stopped_before_it_starts(self, runner: Runner) -> None:
        self.needs(Can.ATTEND)
        control = Control()
        control.stop()
        started: list[None] = []
        job = Job("python", HELLO["python"], limits=LIMITS)
        outcome = await runner.run(job, None, lambda: started.append(None), control=control)
        assert [done.verdict for done in outcome.executions] == [Verdict.STOPPED]
        assert started == []

    async def test_stopped_while_it_is_compiled(self, runner: Runner) -> None:
        self.needs(Can.ATTEND)
        control = Control()
        source = "#include <regex>\n" + "".join(f'std::regex r{n}("a");\n' for n in range(20)) + "int main() {}"
        job = Job("cpp", source, limits=LIMITS)
        running = asyncio.create_task(runner.run(job, None, control.stop, control=control))
        outcome = await running
        last = outcome.executions[-1] if outcome.executions else outcome.compile
        assert last is not None
        assert last.verdict is Verdict.STOPPED

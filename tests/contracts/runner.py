"""What every `Runner` does. Subclass with a fixture `runner`; all six languages must be there."""

import asyncio
from dataclasses import replace

import pytest

from interview_platform.execution.model import Job, Stream, Verdict
from interview_platform.execution.ports import Runner, RunnerUnavailable
from tests.contracts.programs import CRASH, ECHO, ENDLESS, GREEDY, HELLO, NOT_COMPILING, STATUS_3
from tests.contracts.runner_attended import AttendContract, CompanyContract
from tests.contracts.runner_conversing import ConverseContract
from tests.contracts.runner_kit import LANGUAGES, LIMITS, Can, every_language, ran, the_one

__all__ = ["LANGUAGES", "LIMITS", "Can", "RunnerContract", "every_language", "ran", "the_one"]

# Wall seconds in which a program has certainly printed its first line, two test suites side by side: of the slow ones.
_ENOUGH_SECONDS = {"java": 6.0, "typescript": 4.0}


async def _never() -> None:
    raise AssertionError("accepted")


class RunnerContract(CompanyContract, AttendContract, ConverseContract):
    @every_language
    async def test_prints(self, runner: Runner, language: str) -> None:
        done = await ran(runner, language, HELLO[language])
        assert (done.verdict, done.stdout, done.stderr) == (Verdict.OK, "Hello, world\n", "")
        assert (done.exit_code, done.signal, done.truncated) == (0, None, False)
        assert 0 < done.wall_ms < 20_000

    @every_language
    async def test_reads_input_and_prints_any_character(self, runner: Runner, language: str) -> None:
        # More than a pipe holds, less than the 100 KB of JSON that Piston takes.
        stdin = "".join(f"{n}\n" for n in range(13_000)) + "Ende ☃\n"
        done = await ran(runner, language, ECHO[language], stdin)
        assert (done.verdict, done.stdout, done.stderr) == (Verdict.OK, "13001\nGrüße 😀 Ende ☃\n", "")

    @every_language
    async def test_exit_status(self, runner: Runner, language: str) -> None:
        done = await ran(runner, language, STATUS_3[language])
        assert (done.verdict, done.stdout, done.exit_code) == (Verdict.RUNTIME_ERROR, "before\n", 3)

    @every_language
    async def test_crash(self, runner: Runner, language: str) -> None:
        done = await ran(runner, language, CRASH[language])
        assert done.verdict is Verdict.RUNTIME_ERROR
        assert "broken" in done.stderr
        assert done.exit_code != 0
        assert done.message

    @pytest.mark.parametrize("language", NOT_COMPILING)
    async def test_compile_error(self, runner: Runner, language: str) -> None:
        outcome = await runner.run(Job(language, NOT_COMPILING[language], limits=LIMITS))
        assert outcome.compile is not None
        assert outcome.compile.verdict is Verdict.COMPILE_ERROR
        assert "nonsense" in outcome.compile.stderr + outcome.compile.stdout
        assert outcome.executions == ()

    @every_language
    async def test_time_limit_keeps_what_was_printed(self, runner: Runner, language: str) -> None:
        printed: list[str] = []
        job = Job(language, ENDLESS[language], limits=replace(LIMITS, wall_seconds=_ENOUGH_SECONDS.get(language, 2.5)))
        done = the_one(await runner.run(job, lambda _, text: printed.append(text)))
        assert (done.verdict, done.stdout) == (Verdict.TIME_LIMIT, "".join(printed))
        assert done.message
        assert done.wall_ms < 30_000
        self.needs(Can.UNBUFFER)
        assert "".join(printed) == "before\n"

    @every_language
    async def test_memory_limit(self, runner: Runner, language: str) -> None:
        done = await ran(runner, language, GREEDY[language])
        assert done.verdict is Verdict.MEMORY_LIMIT
        assert done.message

    @pytest.mark.parametrize("stream", ["stdout", "stderr"])
    async def test_output_limit(self, runner: Runner, stream: str) -> None:
        printed: list[str] = []
        source = f"import sys\nwhile True: sys.{stream}.write('0123456789' * 100)"
        job = Job("python", source, limits=LIMITS)
        done = the_one(await runner.run(job, lambda _, text: printed.append(text)))
        kept = {"stdout": done.stdout, "stderr": done.stderr}[stream]
        assert (done.verdict, done.truncated) == (Verdict.OUTPUT_LIMIT, True)
        assert len(kept) == LIMITS.output_bytes
        assert "".join(printed) == kept
        assert done.wall_ms < 15_000

    async def test_output_comes_while_the_program_runs(self, runner: Runner) -> None:
        """The program waits for nobody, so what matters is that its first line is not kept until its end."""
        self.needs(Can.STREAM)
        seen, heard = asyncio.Event(), list[str]()

        def printed(stream: Stream, text: str) -> None:
            heard.append(text)
            if stream is Stream.STDOUT and "".join(heard) == "first\n":  # perhaps in pieces
                seen.set()

        running = asyncio.create_task(
            runner.run(
                Job("python", 'print("first")\nimport time\ntime.sleep(60)', limits=replace(LIMITS, wall_seconds=60)),
                printed,
            )
        )
        await asyncio.wait_for(seen.wait(), 30)
        assert not running.done()
        running.cancel()
        await asyncio.wait([running])
        assert running.cancelled()

    async def test_pieces_make_up_the_whole_in_order(self, runner: Runner) -> None:
        pieces: dict[Stream, str] = {Stream.STDOUT: "", Stream.STDERR: ""}

        def on_output(stream: Stream, text: str) -> None:
            assert text
            pieces[stream] += text

        source = "import sys\nfor n in range(2000):\n    print(n, 'ü😀')\n    print(n, file=sys.stderr)"
        done = the_one(await runner.run(Job("python", source, limits=LIMITS), on_output))
        assert pieces == {Stream.STDOUT: done.stdout, Stream.STDERR: done.stderr}
        assert done.stdout == "".join(f"{n} ü😀\n" for n in range(2000))
        assert done.stderr == "".join(f"{n}\n" for n in range(2000))

    async def test_compiler_is_heard_as_it_speaks(self, runner: Runner) -> None:
        heard: list[tuple[Stream, str]] = []
        job = Job("c", NOT_COMPILING["c"], limits=LIMITS)
        await runner.run(job, lambda stream, text: heard.append((stream, text)))
        assert {stream for stream, _ in heard} == {Stream.COMPILE}
        assert "nonsense" in "".join(text for _, text in heard)

    async def test_bytes_that_are_no_text(self, runner: Runner) -> None:
        self.needs(Can.JOIN_CHARACTERS)
        source = r"import os; os.write(1, b'a\xff\x00b\xf0\x9f'); os.write(1, b'\x98\x80c\xe2')"
        done = await ran(runner, "python", source)
        assert (done.verdict, done.stdout) == (Verdict.OK, "a\ufffd\ufffdb😀c\ufffd")

    async def test_one_compilation_for_many_inputs(self, runner: Runner) -> None:
        source = (
            '#include <cstdio>\nint main() { int a; if (scanf("%d", &a) != 1) return 9;'
            ' printf("%d\\n", 10 / a); fflush(stdout); return a == 5 ? 5 : 0; }'
        )
        outcome = await runner.run(Job("cpp", source, ("1", "5", "2"), limits=LIMITS))
        assert outcome.compile is not None
        assert [(done.verdict, done.stdout) for done in outcome.executions] == [
            (Verdict.OK, "10\n"),
            (Verdict.RUNTIME_ERROR, "2\n"),
            (Verdict.OK, "5\n"),
        ]

    async def test_stops_at_the_first_failure_when_told_to(self, runner: Runner) -> None:
        source = "import sys\nsys.exit(int(input()))"
        outcome = await runner.run(Job("python", source, ("0", "1", "0"), limits=LIMITS, stop_at_first_failure=True))
        assert [done.verdict for done in outcome.executions] == [Verdict.OK, Verdict.RUNTIME_ERROR]

    async def test_inputs_beyond_the_time_for_all_are_not_run(self, runner: Runner) -> None:
        source = "print(input())\nwhile True: pass"
        limits = replace(LIMITS, wall_seconds=2)
        outcome = await runner.run(Job("python", source, ("a", "b", "c", "d"), limits=limits, total_seconds=3))
        assert [done.verdict for done in outcome.executions] == [Verdict.TIME_LIMIT] * 4
        assert [bool(done.wall_ms) for done in outcome.executions][-1] is False
        assert all(done.message for done in outcome.executions)

    async def test_nothing_is_left_for_the_next_run(self, runner: Runner) -> None:
        source = "import os\nprint(os.path.exists('left'))\nopen('left', 'w').write('x')"
        outcome = await runner.run(Job("python", source, ("", "", ""), limits=LIMITS))
        assert [done.stdout for done in outcome.executions] == ["False\n"] * 3

    async def test_start_is_told_once(self, runner: Runner) -> None:
        told: list[None] = []
        await runner.run(Job("python", HELLO["python"], ("", ""), limits=LIMITS), None, lambda: told.append(None))
        assert len(told) == 1

    async def test_accepted_before_it_starts(self, runner: Runner) -> None:
        told: list[str] = []

        async def accepted() -> None:
            await asyncio.sleep(0)
            told.append("accepted")

        job = Job("python", HELLO["python"], limits=LIMITS)
        await runner.run(job, lambda *_: told.append("output"), lambda: told.append("started"), accepted)
        assert told[:3] == ["accepted", "started", "output"]

    async def test_what_cannot_be_accepted_is_not_run(self, runner: Runner) -> None:
        """More often than there are places: each is given back."""

        async def refuses() -> None:
            raise OSError("No space left on device")

        started: list[None] = []
        for _ in range(60):
            with pytest.raises(OSError, match="No space"):
                await runner.run(Job("python", HELLO["python"]), None, lambda: started.append(None), refuses)
        assert started == []
        assert (await ran(runner, "python", HELLO["python"])).verdict is Verdict.OK

    async def test_many_at_once(self, runner: Runner) -> None:
        jobs = [runner.run(Job("python", f"print({n})", limits=LIMITS)) for n in range(12)]
        done = [the_one(outcome).stdout for outcome in await asyncio.gather(*jobs)]
        assert done == [f"{n}\n" for n in range(12)]

    async def test_cancelling_frees_the_place(self, runner: Runner) -> None:
        started = asyncio.Event()
        endless = [
            asyncio.create_task(runner.run(Job("python", ENDLESS["python"]), None, started.set)) for _ in range(8)
        ]
        await asyncio.wait_for(started.wait(), 30)
        for task in endless:
            task.cancel()
        await asyncio.wait(endless)
        assert all(task.cancelled() for task in endless)
        # Eight endless programs of 10 s would hold every place for longer than this.
        assert (await asyncio.wait_for(ran(runner, "python", HELLO["python"]), 15)).verdict is Verdict.OK

    async def test_unknown_language(self, runner: Runner) -> None:
        with pytest.raises(RunnerUnavailable):
            await runner.run(Job("cobol", "DISPLAY 'HELLO'."), on_accept=_never)

    async def test_languages(self, runner: Runner) -> None:
        assert runner.unavailable() is None
        found = {language.id: language for language in runner.languages()}
        assert set(found) >= set(LANGUAGES)
        assert all(language.name and language.version and language.monaco for language in found.values())
        assert found["java"].file_name == "Main.java"

"""Which languages this machine has, and which of them work: found, tested, prepared, looked for again."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import structlog

from interview_platform.execution.languages.base import Installed
from interview_platform.execution.languages.finding import find_languages
from interview_platform.execution.model import Job, Outcome, Verdict
from interview_platform.execution.ports import LanguageInfo, QueueFull
from interview_platform.execution.preparing import prepare, with_places
from interview_platform.execution.sandbox.spec import Mount
from interview_platform.execution.self_tests import MARKER, Marker, SelfTests

log = structlog.get_logger()

TEST_SECONDS = 60.0  # of a self-test: a machine that is busy while the server starts is no fault of the tool chain
LOOK_SECONDS = 5.0  # one look at one file; who has installed a language reloads the page, which takes as long


class Offered:
    """`run` runs a job; `allow` hears of a language that works, and again when it works better."""

    def __init__(
        self,
        folder: Path,
        run: Callable[[Job], Awaitable[Outcome]],
        allow: Callable[[Installed], None],
        prepares: Collection[str] | None,
    ) -> None:
        self._folder = folder
        self._run = run
        self._allow = allow
        self._prepares = prepares
        self._marker = Marker(folder / MARKER)
        self.installed: Mapping[str, Installed] = {}
        """Tool chains that are on this machine, in the order in which people are offered the languages."""
        self.broken: Mapping[str, str] = {}
        """How those failed that do not work."""
        self.prepared = asyncio.Event()
        """Every language runs as quickly as it can."""

    def get(self, language: str) -> Installed | None:
        return None if language in self.broken else self.installed.get(language)

    def infos(self) -> Sequence[LanguageInfo]:
        return [found.info for id, found in self.installed.items() if id not in self.broken]

    def notes(self) -> Sequence[str]:
        notes = ((found.info.name, found.language.note(found.tools)) for found in self.installed.values())
        return [f"{name}: {note}" for name, note in notes if note]

    def mounts(self) -> Sequence[Mount]:
        return [mount for found in self.installed.values() for mount in found.mounts]

    async def find(self) -> None:
        self.installed = await asyncio.to_thread(self._found)

    async def test(self, languages: Mapping[str, Installed]) -> None:
        tests = SelfTests(self._folder / "self-tests.json")
        for id, found in languages.items():
            problem = await self._problem(found, tests)
            if problem is None:
                self._allow(found)
            else:
                self.broken = {**self.broken, id: problem}
                log.warning("a language does not work here", language=id, problem=problem)

    async def prepare(self) -> None:
        """What has been prepared is tried like a tool chain: what does not work is not used."""
        tests = SelfTests(self._folder / "self-tests.json")
        for id, found in self.installed.items():
            wanted = id not in self.broken and (self._prepares is None or id in self._prepares)
            better = await prepare(found, self._folder) if wanted else None
            if better is None:
                continue
            self.installed = {**self.installed, id: better}
            if await self._problem(better, tests) is None:
                self._allow(better)
            else:
                self.installed = {**self.installed, id: found}
                log.warning("a language works without what it has prepared only", language=id)
        self.prepared.set()

    async def news(self, before_tests: Callable[[], None]) -> None:
        """Wait for one look at whether languages were installed; if so, find, test and prepare the new ones."""
        await asyncio.sleep(LOOK_SECONDS)
        if not self._marker.moved():
            return
        known = {id: one.tools.files for id, one in self.installed.items()}
        found = await asyncio.to_thread(self._found)
        new = {id: one for id, one in found.items() if id in self.broken or one.tools.files != known.get(id)}
        self.installed = {id: new.get(id) or self.installed[id] for id in found}
        self.broken = {id: why for id, why in self.broken.items() if id in found and id not in new}
        before_tests()
        await self.test(new)
        await self.prepare()
        log.info("languages installed", languages=sorted(new))

    def _found(self) -> Mapping[str, Installed]:
        return with_places(find_languages(self._folder / "versions.json"), self._folder)

    async def _problem(self, found: Installed, tests: SelfTests) -> str | None:
        """What is wrong with it; None when it works, which is remembered."""
        if tests.passed(found.language, found.tools):
            return None
        test, limits = found.language.self_test, found.language.limits
        patient = replace(limits, wall_seconds=TEST_SECONDS, compile_seconds=TEST_SECONDS)
        job = Job(found.language.id, test.source, (test.stdin,), limits=patient, lane="self-tests")
        try:
            outcome = await self._run(job)
        except QueueFull as full:  # people come first
            await asyncio.sleep(full.retry_after or LOOK_SECONDS)
            return await self._problem(found, tests)
        last = outcome.executions[0] if outcome.executions else outcome.compile
        if last is None or last.verdict is not Verdict.OK or last.stdout != test.expected:
            return f"{last.verdict}: {last.message} {last.stdout!r} {last.stderr[-500:]!r}" if last else "nothing ran"
        await asyncio.to_thread(tests.remember, found.language, found.tools)
        return None

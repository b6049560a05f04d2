"""`interview-platform doctor`: which adapter each part uses, whether it answers, and what to do when it does not."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from interview_platform import __version__
from interview_platform.app.banner import parts
from interview_platform.app.compose import Platform
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.room.examining import examine

Check = Callable[[], Awaitable[str | None]]
CHECK_SECONDS = 20.0  # each check has limits of its own; this one is for a check that has a mistake in them


async def doctor_report(platform: Platform) -> tuple[str, bool]:
    """The report for the terminal, and whether everything is well."""
    await platform.runner.check()  # first: only then it is known what can be run
    said = await _asked(platform.checks)
    documents = await examine(platform.stores.timeline)
    lines, healthy = [f"Interview Platform {__version__}"], True
    for part in parts(platform, await platform.events.counts()):
        healthy = healthy and part.healthy
        lines.append(f"{_mark(part.healthy)} {part.name:<14}{part.adapter}")
        if part.note:
            lines.append(f"    {'':<14}{part.note}")
    lines.append(f"{_mark(documents.sound, required=False)} {'Documents':<14}{documents.words()}")
    if said:
        lines.append("Services, each asked just now:")
    for name, wrong in said.items():
        healthy = healthy and wrong is None
        lines.append(f"{_mark(wrong is None)} {name:<14}{wrong or 'answers'}")
    if isinstance(platform.runner, EmbeddedRunner):
        lines.append("Protections of the sandbox, each tried just now:")
        for row in await platform.runner.protections():
            healthy = healthy and (row.holds or not row.required)
            lines.append(f"{_mark(row.holds, row.required)} {row.name:<28}{row.detail}")
        lines += [f"{_mark(False, required=False)} {note}" for note in platform.runner.notes()]
    return "\n".join(lines), healthy


async def _asked(checks: Mapping[str, Check]) -> dict[str, str | None]:
    answers = await asyncio.gather(*(_one(check) for check in checks.values()))
    return dict(zip(checks, answers, strict=True))


async def _one(check: Check) -> str | None:
    try:
        return await asyncio.wait_for(check(), CHECK_SECONDS)
    except TimeoutError:
        return f"does not answer within {CHECK_SECONDS:g} s"


def _mark(holds: bool, required: bool = True) -> str:
    """`--`: not there, and something else stands in for it."""
    return "ok " if holds else "BAD" if required else "-- "

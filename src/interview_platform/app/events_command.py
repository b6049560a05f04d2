"""`interview-platform events [retry …]`: what waits and what was given up. May run beside the server."""

import argparse
from collections.abc import Sequence
from typing import Any

from interview_platform.app.compose import CannotStart
from interview_platform.app.settings import Settings
from interview_platform.app.stores import open_stores
from interview_platform.events.model import RELAY, Counts, Delivery
from interview_platform.events.service import EventService
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import CannotOpen, StorageUnavailable

SHOWN = 100

_DESCRIPTION = """\
Lists the events that wait for their next attempt and the dead ones, which were given up after a day
of trying, or because trying again cannot help. What the events carry is not shown.
“retry” has dead ones tried again, by the server when it runs (within half a minute), else at its next start.

Exit status: 0 done; 1 there is no such dead event, or the database cannot be used; 2 wrong usage."""


def add_events_command(commands: Any) -> None:
    events = commands.add_parser(
        "events",
        help="list events that wait or were given up, and have them tried again",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    retry = events.add_subparsers(dest="action").add_parser("retry", help="have dead ones tried again")
    which = retry.add_mutually_exclusive_group(required=True)
    which.add_argument("id", nargs="?", help="as listed")
    which.add_argument("--all", action="store_true", help="every dead one")


async def run_events_command(settings: Settings, chosen: argparse.Namespace) -> int:
    """The exit status. Raises CannotStart."""
    try:
        stores = await open_stores(settings)
    except CannotOpen as error:
        raise CannotStart(str(error)) from error
    try:
        events = EventService(stores.events)
        said, status = await _retry(events, chosen) if chosen.action == "retry" else (await _listing(events), 0)
    except StorageUnavailable as error:
        raise CannotStart(error.message) from error
    finally:
        await stores.close()
    print(said)  # noqa: T201
    return status


async def _retry(events: EventService, chosen: argparse.Namespace) -> tuple[str, int]:
    if chosen.all:
        revived = await events.revive_all()
        return (f"To be tried again: {revived}." if revived else "There is no dead event."), 0
    if await events.revive(chosen.id):
        return f"To be tried again: {chosen.id}.", 0
    return f"There is no dead event {chosen.id}. “interview-platform events” lists them with their ids.", 1


async def _listing(events: EventService) -> str:
    counts = await events.counts()
    if counts == Counts(0, 0):
        return "No event waits, and none is dead."
    now = now_ms()
    lines = [f"Waiting: {counts.waiting}"]
    lines += _lines(await events.waiting(dead=False, limit=SHOWN), now, counts.waiting)
    lines += [f"Dead: {counts.dead}"]
    lines += _lines(await events.waiting(dead=True, limit=SHOWN), now, counts.dead)
    if counts.dead:
        lines.append("Have them tried again: interview-platform events retry ID, or --all")
    return "\n".join(lines)


def _lines(deliveries: Sequence[Delivery], now: int, of: int) -> list[str]:
    lines = []
    for one in deliveries:
        to = "to Inngest" if one.function == RELAY else one.function
        lines += [f"  {one.id}", f"      {to}, {one.name}, {_attempts(one.attempts)}, {_when(now - one.created_at)}"]
        if one.error:
            lines.append(f"      {one.error}")
    if of > len(deliveries) > 0:
        lines.append(f"  … and {of - len(deliveries)} more")
    return lines


def _attempts(n: int) -> str:
    return "1 attempt" if n == 1 else f"{n} attempts"


def _when(ms: int) -> str:
    return f"{_length(ms)} old" if ms >= 0 else f"due in {_length(-ms)}"


def _length(ms: int) -> str:
    for size, name in ((24 * 3600_000, "d"), (3600_000, "h"), (60_000, "min")):
        if ms >= size:
            return f"{ms // size} {name}"
    return f"{ms // 1000} s"

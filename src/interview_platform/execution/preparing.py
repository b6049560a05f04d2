"""Makes what languages prepare (languages/prepared.py), where sandboxes see it."""

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import structlog

from interview_platform.execution.languages import prepared
from interview_platform.execution.languages.base import Installed, Step
from interview_platform.execution.languages.prepared import Preparation
from interview_platform.kit.folders import make_passable

log = structlog.get_logger()

_SECONDS = 600  # building a standard library at the lowest priority, on a busy machine
_NEW = ".new-"


class Failed(Exception):
    """It could not be made. The message is what the tool said."""


def with_places(languages: Mapping[str, Installed], folder: Path) -> dict[str, Installed]:
    """Each that prepares something gets its folder, and sandboxes show it, empty or not. Blocks."""
    return {id: _placed(one, _place(folder, id)) if one.language.prepares else one for id, one in languages.items()}


async def prepare(found: Installed, folder: Path) -> Installed | None:
    """The language with what it has prepared; None when it has nothing, or could not."""
    id = found.language.id
    wanted = await asyncio.to_thread(found.language.prepare, found.tools)
    if wanted is None:
        return None
    try:
        await _made(_place(folder, id), wanted)
    except (OSError, Failed) as error:
        log.warning("a language could not prepare: its runs take longer", language=id, said=str(error)[-500:])
        return None
    return replace(found, tools=wanted.tools)


async def _made(place: Path, wanted: Preparation) -> None:
    if (place / wanted.name).exists():
        return
    new = Path(tempfile.mkdtemp(prefix=_NEW, dir=place))
    try:
        for step in await asyncio.to_thread(wanted.make, new):
            await _run(step, new)
        await asyncio.to_thread(_publish, new, place / wanted.name)
    finally:
        await asyncio.to_thread(shutil.rmtree, new, ignore_errors=True)


async def _run(step: Step, folder: Path) -> None:
    """At the lowest priority. Cancelled, it kills what it has started."""
    process = await asyncio.create_subprocess_exec(
        *("nice", "-n", "19", *step.command),
        cwd=folder,
        env={**os.environ, **step.environment},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,  # a compiler has children
    )
    try:
        async with asyncio.timeout(_SECONDS):
            said, _ = await process.communicate()
    except TimeoutError as error:
        raise Failed("it took too long") from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.returncode != 0:
        raise Failed(said.decode(errors="replace").strip() or f"exit status {process.returncode}")


def _publish(new: Path, wanted: Path) -> None:
    """All at once, readable for the users that sandboxes run as whatever the umask; what was there before goes."""
    for path in (new, *new.rglob("*")):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    with suppress(OSError):  # another server on this folder was quicker
        new.rename(wanted)
    for old in wanted.parent.iterdir():
        if old != wanted and not old.name.startswith(_NEW):
            shutil.rmtree(old, ignore_errors=True)


def _place(folder: Path, language: str) -> Path:
    return folder / "prepared" / language


def _placed(found: Installed, place: Path) -> Installed:
    try:
        make_passable(place)
    except OSError:  # where nothing can be written there is no sandbox either, which says why
        return found
    mount = prepared.mount(found.language.id, place.resolve())
    return replace(found, tools=replace(found.tools, mounts=(*found.tools.mounts, mount)))

"""`interview-platform languages [install …]`: what can be run here, and how to get more. May run beside the server."""

import argparse
import asyncio
import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from interview_platform.app.apt import CannotInstall, install
from interview_platform.app.runners import OwnedRunner, runner_of
from interview_platform.app.settings import Settings
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.languages.all import LANGUAGES
from interview_platform.execution.languages.base import Language
from interview_platform.execution.self_tests import MARKER, Marker

_DESCRIPTION = """\
Lists the languages that this version knows: whether they can be run here, and what it takes to get those
that cannot. Each tool chain that is found is tried in the sandbox with a small program.

Exit status: 0 done; 1 nothing can be run here, or something that was to be installed cannot be; 2 wrong usage."""

_ALL = "all"

# What people call them besides their ids and names.
_ALIASES = {
    "golang": "go",
    "c++": "cpp",
    "g++": "cpp",
    "gcc": "c",
    "c#": "csharp",
    "mono": "csharp",
    "dotnet": "csharp",
    "py": "python",
    "js": "javascript",
    "node": "javascript",
    "ts": "typescript",
    "rb": "ruby",
    "sh": "bash",
    "shell": "bash",
    "sqlite": "sql",
    "sqlite3": "sql",
    "ghc": "haskell",
    "sbcl": "lisp",
    "common-lisp": "lisp",
    "delphi": "pascal",
}


@dataclass(frozen=True, slots=True)
class State:
    """A language on this machine, as the table and `--json` tell it."""

    id: str
    name: str
    version: str
    state: Literal["ready", "failed", "missing", "untried"]
    why: str
    """For people: how it failed, or what to install."""
    packages: Sequence[str]
    megabytes: int


def add_languages_command(commands: Any) -> None:
    languages = commands.add_parser(
        "languages",
        help="list the languages that can be run here, and install more",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    languages.add_argument("--json", action="store_true", help="for programs")
    installing = languages.add_subparsers(dest="action").add_parser(
        "install", help="install tool chains from the distribution (apt-get) and try them"
    )
    installing.add_argument("names", nargs="+", metavar="language", help="as listed, e.g. go rust; all for every one")


def run_languages_command(settings: Settings, chosen: argparse.Namespace) -> int:
    """The exit status."""
    if chosen.action == "install":
        return _install(settings, chosen.names)
    states, trouble = asyncio.run(_look(runner_of(settings)))
    if chosen.json:
        _say(json.dumps({"languages": [asdict(one) for one in states], "unavailable": trouble}, ensure_ascii=False))
    else:
        _say("\n".join(_table(states)))
        missing = [one.id for one in states if one.state == "missing" and one.packages]
        if missing and settings.piston_url is None:
            _say(f"\nMore: interview-platform languages install {missing[0]} …, or install all")
        if trouble:
            _say(f"\nNothing can be run here. {trouble}")
    return 1 if trouble else 0


def _install(settings: Settings, names: Sequence[str]) -> int:
    if settings.piston_url is not None:
        _say(f"Code is run by {settings.piston_url}: languages are installed there, by Piston's own means.")
        return 1
    wanted, unknown = chosen_languages(names)
    if unknown:
        _say("\n".join(unknown))
        return 2
    packages = list(dict.fromkeys(package for one in wanted for package in one.packages))
    names_of = ", ".join(one.name for one in wanted)
    _say(f"{names_of}: about {sum(one.megabytes for one in wanted)} MB on an empty system, less where parts are there.")
    try:
        if packages:
            install(packages)
    except CannotInstall as error:
        _say(str(error))
        return 1
    _say("Trying each in the sandbox")
    states, trouble = asyncio.run(_look(runner_of(settings)))
    Marker(settings.data_dir / "runner" / MARKER).touch()
    if trouble:
        _say(trouble)
        return 1
    mine = [state for state in states if state.id in {one.id for one in wanted}]
    _say("\n".join(_table(mine)))
    _say("A server that is running offers them within seconds, on pages that are loaded from then on.")
    return 0 if all(one.state == "ready" for one in mine) else 1


def chosen_languages(names: Iterable[str]) -> tuple[Sequence[Language], Sequence[str]]:
    """The languages meant, in our order, and a sentence for each name that is none."""
    by_name: Mapping[str, Language] = {
        **{alias: one for one in LANGUAGES for alias, id in _ALIASES.items() if id == one.id},
        **{one.name.lower(): one for one in LANGUAGES},
        **{one.id: one for one in LANGUAGES},
    }
    names = [name.lower() for name in names]
    if _ALL in names:
        return LANGUAGES, ()
    wanted = {by_name[name].id for name in names if name in by_name}
    unknown = [_unknown(name, by_name) for name in names if name not in by_name]
    return [one for one in LANGUAGES if one.id in wanted], unknown


def _unknown(name: str, known: Mapping[str, Language]) -> str:
    near = difflib.get_close_matches(name, list(known), n=3, cutoff=0.65)
    meant = dict.fromkeys(known[one].id for one in near)
    hint = f" Did you mean {' or '.join(meant)}?" if near else " “interview-platform languages” lists those there are."
    return f"There is no language called {name}.{hint}"


async def _look(runner: OwnedRunner) -> tuple[Sequence[State], str | None]:
    """Every language, and why nothing can be run, if so."""
    await runner.start()
    try:
        trouble = await runner.check()
        ready = {one.id: one.version for one in runner.languages()}
        found = dict(runner.found()) if isinstance(runner, EmbeddedRunner) else ready
        broken = runner.broken() if isinstance(runner, EmbeddedRunner) else {}
    finally:
        await runner.close()
    return [_state(one, ready, found, broken) for one in LANGUAGES], trouble


def _state(one: Language, ready: Mapping[str, str], found: Mapping[str, str], broken: Mapping[str, str]) -> State:
    def state(what: Literal["ready", "failed", "missing", "untried"], why: str = "") -> State:
        return State(one.id, one.name, found.get(one.id, ""), what, why, tuple(one.packages), one.megabytes)

    if one.id in ready:
        return state("ready")
    if one.id in broken:
        return state("failed", broken[one.id])
    if one.id in found:
        return state("untried", "nothing can be run here")
    if not one.packages:
        return state("missing", "comes with the product: make run")
    return state("missing", f"about {one.megabytes} MB: {' '.join(one.packages)}")


_WORDS = {"ready": "ready", "failed": "failed its self-test", "missing": "not installed", "untried": "not tried"}


def _table(states: Sequence[State]) -> Sequence[str]:
    rows = [("", "", "", "")] + [(one.id, one.name, one.version, _WORDS[one.state]) for one in states]
    rows[0] = ("ID", "LANGUAGE", "VERSION", "STATE")
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = []
    for row, why in zip(rows, ["", *(one.why for one in states)], strict=True):
        start = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        lines.append(f"{start}  {row[3]}{f': {why}' if why else ''}")
    return lines


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201

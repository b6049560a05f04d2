"""`interview-platform problems check | starter`: for people who write problems."""

import argparse
from collections.abc import AsyncIterator
from typing import Any

from interview_platform.app.compose import CannotStart
from interview_platform.app.runners import OwnedRunner, runner_of
from interview_platform.app.settings import Settings
from interview_platform.execution.proving import Proof, proofs
from interview_platform.kit.errors import CannotOpen, Refusal
from interview_platform.problems.embedded import BadPackage, EmbeddedBank, load_bank
from interview_platform.problems.model import Problem
from interview_platform.problems.wrong import read_wrong

_DESCRIPTION = """\
Runs every solution of the packages, which has to pass all tests in at most half of the time limit, and everything in
their folders wrong/, which has to fail as its first line says.

Exit status: 0 all is as it should be; 1 something is not, or nothing can be run; 2 wrong usage."""

_HEAD = f"{'problem':<28}{'language':<12}{'program':<26}{'verdict':<16}{'slowest':>9}{'of limit':>9}"


def add_problems_command(commands: Any) -> None:
    problems = commands.add_parser("problems", help="check the problem packages, print starter code")
    actions = problems.add_subparsers(dest="action", required=True)
    check = actions.add_parser(
        "check",
        help="run what has to pass and what has to fail",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument("slug", nargs="*", help="of a package; all when none is given")
    starter = actions.add_parser("starter", help="print what the editor begins with")
    starter.add_argument("slug")
    starter.add_argument("language")


async def run_problems_command(settings: Settings, chosen: argparse.Namespace) -> int:
    """The exit status. Raises CannotStart."""
    try:
        bank = load_bank(settings.problems_path)
    except BadPackage as error:
        raise CannotStart(str(error)) from error
    if chosen.action == "starter":
        problem = _named(bank, chosen.slug)
        if chosen.language not in problem.starters:
            raise CannotStart(f"{problem.slug} has starters in: {', '.join(problem.starters)}.")
        print(problem.starters[chosen.language], end="")  # noqa: T201
        return 0
    problems = [_named(bank, slug) for slug in chosen.slug] or list(bank.all())
    try:
        runner = runner_of(settings)
        await runner.start()
    except CannotOpen as error:
        raise CannotStart(str(error)) from error
    try:
        await runner.ready()
        return await _check(settings, runner, problems)
    except (BadPackage, Refusal) as error:
        raise CannotStart(str(error)) from error
    finally:
        await runner.close()


def _named(bank: EmbeddedBank, slug: str) -> Problem:
    problem = bank.get(slug)
    if problem is None:
        raise CannotStart(f"There is no problem {slug}. There are: {', '.join(one.slug for one in bank.all())}.")
    return problem


async def _check(settings: Settings, runner: OwnedRunner, problems: list[Problem]) -> int:
    unavailable = runner.unavailable()
    if unavailable is not None:
        raise CannotStart(unavailable)
    print(_HEAD, flush=True)  # noqa: T201
    faults = 0
    for problem in problems:
        proved: AsyncIterator[Proof] = proofs(runner, problem, read_wrong(settings.problems_path / problem.slug))
        async for proof in proved:
            print(_line(problem.slug, proof), flush=True)  # noqa: T201
            faults += bool(proof.fault)
    print(f"{faults} not as they should be." if faults else "All is as it should be.")  # noqa: T201
    return 1 if faults else 0


def _line(slug: str, proof: Proof) -> str:
    share = proof.worst_ms / proof.limit_ms
    line = f"{slug:<28}{proof.language:<12}{proof.program:<26}{proof.verdict:<16}{proof.worst_ms:>7.0f}ms{share:>9.0%}"
    return f"{line}\n    {proof.fault}" if proof.fault else line

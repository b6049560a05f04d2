"""Which ways of making sandboxes there are, the strongest first; what is tried when one does not work here."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from interview_platform.execution.sandbox.requirements import (
    Means,
    NoSandbox,
    privileged,
    requirements,
    without_namespaces,
)

_WEAKER = "Or allow a weaker sandbox that needs none of this: RUNNER_WEAK=allow (docs/execution.md says what it lacks)."


WEAK = (
    "CODE RUNS IN A WEAK SANDBOX, as RUNNER_WEAK=allow says: this machine allows no namespaces, so programs are on it "
    "itself, held by Landlock, a filter of system calls and limits. What that does not stop: docs/execution.md, Weak."
)

T = TypeVar("T")


async def strongest(open_with: Callable[[Means], Awaitable[T]], *, weak: bool, own_users: bool) -> tuple[T, str]:
    """What could be opened, and why nothing stronger: empty for the strongest.

    `weak`: somebody who is responsible for this machine wants programs to run even without namespaces.
    `own_users`: each slot has a user of its own. Raises NoSandbox.
    """
    complaints: list[str] = []
    steps: list[Callable[[], Means | None]] = [requirements, privileged]
    if weak:
        steps.append(lambda: without_namespaces(own_users=own_users))
    for step in steps:
        try:
            means = await asyncio.to_thread(step)
            if means is not None:
                return await open_with(means), " ".join(complaints)
        except NoSandbox as error:
            complaints.append(str(error))
    if not weak and await asyncio.to_thread(_could_be_weak, own_users=own_users):
        complaints.append(_WEAKER)
    raise NoSandbox(" ".join(complaints))


def _could_be_weak(*, own_users: bool) -> bool:
    try:
        without_namespaces(own_users=own_users)
    except NoSandbox:
        return False
    return True

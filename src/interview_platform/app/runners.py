"""Whichever runner is in force."""

from typing import Protocol

from interview_platform.app.settings import Settings
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.ports import Runner
from interview_platform.kit.errors import CannotOpen
from interview_platform.providers.piston.runner import PistonRunner


class OwnedRunner(Runner, Protocol):
    """A Runner with the ends of its life, as the composed product holds it."""

    @property
    def name(self) -> str:
        """For people: what it is, and where."""

    async def start(self) -> None: ...

    async def close(self) -> None: ...

    async def ready(self) -> None:
        """When it is known what can be run."""

    async def check(self) -> str | None:
        """None when it works, else what is wrong and what to do, for the operator."""


def runner_of(settings: Settings) -> OwnedRunner:
    """By PISTON_URL; without it the sandbox of this machine. Raises CannotOpen."""
    if settings.piston_url is None:
        warm = settings.runner_warm == "on"
        return EmbeddedRunner(settings.data_dir / "runner", slots=settings.runner_slots, warm=warm)
    key = settings.piston_api_key.get_secret_value().strip() if settings.piston_api_key else None
    try:
        return PistonRunner(settings.piston_url, key)
    except ValueError as error:
        raise CannotOpen(f"{error}.") from None

"""Whichever runner is in force, and the Piston-compatible API in front of it."""

from typing import Protocol

from interview_platform.accounts.identity import Identity
from interview_platform.app.settings import Settings
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.piston_api.limits import PistonLimits
from interview_platform.execution.piston_api.service import PistonService
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
        prepares = None if warm else ()
        return EmbeddedRunner(
            settings.data_dir / "runner",
            slots=settings.runner_slots,
            warm=warm,
            weak=settings.runner_weak == "allow",
            prepares=prepares,
        )
    key = settings.piston_api_key.get_secret_value().strip() if settings.piston_api_key else None
    try:
        return PistonRunner(settings.piston_url, key)
    except ValueError as error:
        raise CannotOpen(f"{error}.") from None


def piston_service_of(settings: Settings, runner: Runner, identity: Identity) -> PistonService:
    limits = PistonLimits(
        run_timeout=settings.piston_api_run_timeout,
        run_cpu_time=settings.piston_api_run_timeout,
        compile_timeout=settings.piston_api_compile_timeout,
        compile_cpu_time=settings.piston_api_compile_timeout,
        output_max_size=settings.piston_api_output_max_size,
    )
    return PistonService(runner, identity, limits, client_url=settings.client_url)

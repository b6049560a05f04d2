"""What a Piston server sends, as far as we read it. It is not trusted: anything else is a malformed answer."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Sent(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Runtime(_Sent):
    language: str
    version: str
    aliases: tuple[str, ...] = ()
    runtime: str | None = None
    """The package, where it has another name than the language."""


class Stage(_Sent):
    """A process. Servers from before 2024 know nothing of the last five."""

    stdout: str = ""
    stderr: str = ""
    code: Annotated[int, Field(ge=-(2**31), lt=2**31)] | None = None
    signal: Annotated[str, Field(pattern=r"^SIG[A-Z0-9+-]{1,16}$")] | None = None
    message: str | None = None
    status: str | None = None
    """RE exit status, SG signal, TO time, OL standard output, EL standard error too long, XX its own failure."""
    cpu_time: Amount | None = None
    """ms, as the next."""
    wall_time: Amount | None = None
    memory: Amount | None = None
    """Bytes."""


class Answer(_Sent):
    run: Stage
    compile: Stage | None = None


class Event(Stage):
    """A message of the socket. An `exit` tells how a stage ended: Piston's by `code` and `signal` alone."""

    type: str
    stage: str | None = None
    stream: str | None = None
    data: str = ""
    retry_after: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    """Of an error, from a server like ours: too many jobs at the moment."""

    @property
    def ending(self) -> Stage:
        return Stage(**{name: getattr(self, name) for name in Stage.model_fields})

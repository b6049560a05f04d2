"""What those who lead a session can set while it goes on. No I/O."""

from enum import StrEnum

import msgspec


class AiPolicy(StrEnum):
    """Whether the candidate may use tools that write code for them."""

    UNSET = "unset"
    FORBIDDEN = "forbidden"
    ASK = "ask"
    ALLOWED = "allowed"


class ReplayFor(StrEnum):
    """Who may look at the replay once the session has ended."""

    STAFF = "staff"
    EVERYONE = "everyone"


class Timer(msgspec.Struct, frozen=True, rename="camel"):
    """Runs towards `ends_at` (server time, ms), or is held with `remaining_ms` left."""

    ends_at: int | None = None
    remaining_ms: int = 0

    @property
    def running(self) -> bool:
        return self.ends_at is not None


class Settings(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """Kept as one JSON: what is not in it has its default, what an older release does not know it leaves out."""

    locked: bool = False
    """Candidates cannot change the document."""
    timer: Timer | None = None
    quiet_until: int | None = None
    """Time to think, until then (server time, ms)."""
    ai_policy: AiPolicy = AiPolicy.UNSET
    ai_note: str = ""
    replay_for: ReplayFor = ReplayFor.STAFF


DEFAULTS = Settings()


def settings_json(settings: Settings) -> str:
    return msgspec.json.encode(settings).decode()


def settings_of(stored: str) -> Settings:
    return DEFAULTS if stored == "{}" else msgspec.json.decode(stored, type=Settings)

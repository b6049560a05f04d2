"""Looks whether what is stored of documents can be read, without opening them: for `doctor`."""

import time
from dataclasses import dataclass, field

from interview_platform.room.mending import doubtful
from interview_platform.room.opening import Stored, log_rows
from interview_platform.timeline.model import DocumentName
from interview_platform.timeline.ports import TimelineStore

_SESSIONS = 1_000  # the newest: months of a team's interviews
_SECONDS = 10.0  # half of what `doctor` gives a check; the rows of some 50 interviews a second
_NAMED = 3


@dataclass
class Examined:
    sessions: int = 0
    rows: int = 0
    bad_rows: list[str] = field(default_factory=list)
    bad_snapshots: list[str] = field(default_factory=list)

    def words(self) -> str:
        said = f"{self.rows} rows of the {self.sessions} newest sessions looked at"
        if self.bad_rows:
            said += f", {len(self.bad_rows)} cannot be applied and are left out: {_first(self.bad_rows)}"
        if self.bad_snapshots:
            said += (
                f", {len(self.bad_snapshots)} bad snapshots, made anew when the session is opened: "
                f"{_first(self.bad_snapshots)}"
            )
        return said

    @property
    def sound(self) -> bool:
        return not self.bad_rows and not self.bad_snapshots


async def examine(store: TimelineStore) -> Examined:
    """The newest sessions, for a bounded time."""
    seen, until = Examined(), time.monotonic() + _SECONDS
    for session in await store.newest(_SESSIONS):
        if time.monotonic() > until:
            break
        seen.sessions += 1
        for name in DocumentName:
            stored = Stored(await store.snapshot(session, name))
            rows = await log_rows(store, session, name)
            seen.rows += len(rows)
            seen.bad_rows += [f"session {session} row {row.seq} ({row.reason})" for row in doubtful(rows, {})]
            if stored.wrong:
                seen.bad_snapshots.append(f"session {session}, {name} document ({stored.wrong})")
    return seen


def _first(named: list[str]) -> str:
    return "; ".join(named[:_NAMED]) + ("…" if len(named) > _NAMED else "")

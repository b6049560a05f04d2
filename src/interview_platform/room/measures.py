"""What Prometheus is told of the rooms of this process. `app` puts them into its registry."""

from prometheus_client import Counter, Histogram

# Around the promise of 200 ms; the last ones for a database that is away (`RoomLimits.unsaved_seconds`).
_SECONDS = (0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)


class Measures:
    def __init__(self) -> None:
        self.stored = Histogram(
            "room_update_stored_seconds",
            "From an update's arrival until it is durable in the log: the first of each batch.",
            buckets=_SECONDS,
            registry=None,
        )
        self.bad_rows = Counter(
            "room_bad_rows", "Log rows that could not be applied, each time a document was opened.", registry=None
        )
        self.bad_snapshots = Counter(
            "room_bad_snapshots", "Snapshots that were not sound, each time a document was opened.", registry=None
        )

    @property
    def all(self) -> tuple[Counter | Histogram, ...]:
        return (self.stored, self.bad_rows, self.bad_snapshots)

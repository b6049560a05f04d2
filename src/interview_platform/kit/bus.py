"""Publish and subscribe by topic. One process: `LocalBus`. Many nodes (later): the same protocol over Redis."""

from collections import defaultdict
from collections.abc import Callable
from typing import Protocol

Listener = Callable[[bytes], None]
"""Gets the published bytes. Called on the event loop; must not block and must not raise."""


class Bus(Protocol):
    def publish(self, topic: str, message: bytes) -> None:
        """Hand `message` to every listener of `topic`, in the order of publication. At most once."""

    def subscribe(self, topic: str, listener: Listener) -> Callable[[], None]:
        """Start listening; the returned function stops it (and may be called twice)."""


class LocalBus:
    """The bus of a single process: a direct call."""

    def __init__(self) -> None:
        self._listeners: dict[str, list[Listener]] = defaultdict(list)

    def publish(self, topic: str, message: bytes) -> None:
        for listener in tuple(self._listeners.get(topic, ())):
            listener(message)

    def subscribe(self, topic: str, listener: Listener) -> Callable[[], None]:
        self._listeners[topic].append(listener)

        def stop() -> None:
            listeners = self._listeners.get(topic)
            if listeners and listener in listeners:
                listeners.remove(listener)
                if not listeners:
                    del self._listeners[topic]

        return stop

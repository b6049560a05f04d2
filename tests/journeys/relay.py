"""A way to the server that can die without a word: the browser's WebSockets go through TCP sockets of ours."""

import socket
import threading
from dataclasses import dataclass, field

_READ = 65_536


@dataclass
class _Way:
    """One connection of the browser's and ours to the server behind it."""

    browser: socket.socket
    server: socket.socket
    websocket: bool = False
    dead: threading.Event = field(default_factory=threading.Event)

    def close(self) -> None:
        for end in (self.browser, self.server):
            end.close()


class Relay:
    def __init__(self, port: int) -> None:
        """Leads to `port`."""
        self._port = port
        self._ways: list[_Way] = []
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self._door.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> int:
        """From now on nothing passes on the WebSockets there are, not even their end. How many; new ones work."""
        with self._lock:
            cut = [way for way in self._ways if way.websocket and not way.dead.is_set()]
        for way in cut:
            way.dead.set()
        return len(cut)

    def close(self) -> None:
        self._door.close()
        with self._lock:
            for way in self._ways:
                way.close()

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self._door.accept()
                server = socket.create_connection(("127.0.0.1", self._port))
            except OSError:
                return  # closed
            way = _Way(browser, server)
            with self._lock:
                self._ways.append(way)
            for source, sink in ((browser, server), (server, browser)):
                threading.Thread(target=self._carry, args=(way, source, sink), daemon=True).start()

    def _carry(self, way: _Way, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(_READ):
                # A browser opens a connection of its own for each WebSocket: its first words say so.
                way.websocket = way.websocket or b"upgrade: websocket" in data.lower()
                if not way.dead.is_set():
                    sink.sendall(data)
            if not way.dead.is_set():
                sink.shutdown(socket.SHUT_WR)
        except OSError:
            return  # one end is gone, or the test is over

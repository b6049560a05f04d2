"""A cable between two browsers that a test can pull: media goes through UDP sockets of ours, not straight across."""

import selectors
import socket
import threading
from typing import Any

from playwright.sync_api import BrowserContext

_READ = 65_536


class Cable:
    """Stands in for the network between browsers on this machine.

    Each address that a browser announces is replaced by one of ours. Packets to it are passed on, from a socket per
    sender, so that the answers find their way back the same way. While the cable is pulled nothing passes.
    """

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._lock = threading.Lock()
        self._doors: dict[int, socket.socket] = {}  # port of a browser: our socket that the others send to
        self._ways: dict[tuple[int, int], socket.socket] = {}  # (port of the receiver, port of the sender)
        self._pulled = threading.Event()
        self._closed = threading.Event()
        self.passed = 0
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    def plug_in(self, context: BrowserContext) -> None:
        context.expose_function("__door", self._door)
        context.add_init_script(_REWRITE)

    def pull(self) -> None:
        self._pulled.set()

    def mend(self) -> None:
        self._pulled.clear()

    def close(self) -> None:
        self._closed.set()
        self._thread.join(5)
        with self._lock:
            for one in [*self._doors.values(), *self._ways.values()]:
                one.close()
        self._selector.close()

    def _door(self, port: int) -> int:
        """Our port that leads to the browser's."""
        with self._lock:
            if port not in self._doors:
                self._doors[port] = self._open(("door", port))
            own: int = self._doors[port].getsockname()[1]
            return own

    def _open(self, data: Any) -> socket.socket:
        one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        one.bind(("127.0.0.1", 0))
        one.setblocking(False)
        self._selector.register(one, selectors.EVENT_READ, data)
        return one

    def _carry(self) -> None:
        while not self._closed.is_set():
            for key, _ in self._selector.select(timeout=0.1):
                source = key.fileobj
                assert isinstance(source, socket.socket)
                try:
                    packet, (_, sender) = source.recvfrom(_READ)
                except OSError:
                    continue
                if not self._pulled.is_set():
                    self._pass(key.data, packet, sender)

    def _pass(self, data: Any, packet: bytes, sender: int) -> None:
        with self._lock:
            if data[0] == "door":
                receiver = data[1]
                way = self._ways.get((receiver, sender))
                if way is None:
                    way = self._ways[receiver, sender] = self._open(("way", receiver, sender))
                out, to = way, receiver
            else:  # an answer, on the way that the question took
                _, receiver, asker = data
                out, to = self._doors[receiver], asker
        try:
            out.sendto(packet, ("127.0.0.1", to))
            self.passed += 1
        except OSError:
            return  # that browser is gone


# Browsers learn of each other only through us: addresses in descriptions go, announced ones become ours.
_REWRITE = r"""
(() => {
    const proto = RTCPeerConnection.prototype;
    const { addIceCandidate, setRemoteDescription } = proto;
    proto.addIceCandidate = async function (given) {
        const parts = (given?.candidate ?? "").split(" ");
        if (parts[2]?.toLowerCase() !== "udp" || parts[4] !== "127.0.0.1") return;
        parts[5] = String(await window.__door(Number(parts[5])));
        return addIceCandidate.call(this, { ...given, candidate: parts.join(" ") });
    };
    proto.setRemoteDescription = function ({ type, sdp }) {
        return setRemoteDescription.call(this, { type, sdp: sdp.replace(/^a=candidate:.*\r\n/gm, "") });
    };
})();
"""

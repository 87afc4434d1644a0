"""Stands between a driver and a Neo4j server, and breaks off at a write of one's choice."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Literal, Self

__all__ = ["BoltProxy"]

# A message of two bytes: a structure without fields, of the kind COMMIT.
_COMMIT = b"\x00\x02\xb0\x12\x00\x00"
_BEGIN = b"\xb1\x11"
_READS = b"\x84mode\x81r"

Moment = Literal["unheard", "unanswered", "answered"]
"""Whether the server, and whether the client, hears of a commit."""


class BoltProxy:
    """Passes everything on, until the nth commit of a transaction that writes.

    Then it calls `event` and drops all its connections: before the server hears of the commit, or
    before the client hears that it was done, or after that. Later it passes everything on again.
    """

    def __init__(
        self,
        port: int,
        *,
        commit: int,
        moment: Moment,
        event: Callable[[], object] = lambda: None,
    ) -> None:
        self._target = ("127.0.0.1", port)
        self._left = commit
        self._moment = moment
        self._event = event
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"
        self.broken = threading.Event()
        """Set when it has broken off."""

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        # Closing alone does not wake who waits for connections.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._drop()
        for thread in self._threads:
            thread.join()

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(self._target)
            except OSError:
                client.close()
                continue
            chosen = threading.Event()
            with self._lock:
                self._open |= {client, server}
            self._start(self._pass_on, client, server, chosen)
            self._start(self._pass_back, client, server, chosen)

    def _pass_on(
        self, client: socket.socket, server: socket.socket, chosen: threading.Event
    ) -> None:
        writes = False
        with suppress(OSError):
            while data := client.recv(65536):
                if _BEGIN in data:
                    writes = _READS not in data
                if _COMMIT in data and writes and self._is_the_one():
                    if self._moment == "unheard":
                        self._break_off()
                        break
                    chosen.set()
                server.sendall(data)
        self._close(client, server)

    def _pass_back(
        self, client: socket.socket, server: socket.socket, chosen: threading.Event
    ) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                if chosen.is_set():
                    self._break_off(client, data if self._moment == "answered" else b"")
                    break
                client.sendall(data)
        self._close(client, server)

    def _is_the_one(self) -> bool:
        with self._lock:
            self._left -= 1
            return self._left == 0

    def _break_off(self, client: socket.socket | None = None, answer: bytes = b"") -> None:
        self._event()
        if client is not None:
            with suppress(OSError):
                client.sendall(answer)
        self._drop()
        self.broken.set()

    def _drop(self) -> None:
        with self._lock:
            sockets = list(self._open)
        self._close(*sockets)

    def _close(self, *sockets: socket.socket) -> None:
        for one in sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
            with self._lock:
                self._open.discard(one)

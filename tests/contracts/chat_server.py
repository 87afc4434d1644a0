"""A server on this machine that speaks the chat API and answers what a test tells it to."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

__all__ = ["Asked", "ChatServer", "Reply", "article", "chat_server", "said"]

ARTICLE = re.compile(r"--- article (\w+) begins ---\n(.*)\n--- article \1 ends ---", re.DOTALL)


@dataclass(frozen=True)
class Reply:
    """What the server sends: the words of the model, or a status and a body of its own."""

    content: str | None = ""
    status: int = 200
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    trickle: bool = False
    cut: bool = False
    refusal: str | None = None


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it."""

    path: str
    headers: dict[str, str]
    json: dict[str, Any]

    @property
    def text(self) -> str:
        """The piece of an article that was asked about."""
        return article(self.json)


Answering = Callable[[Asked], Reply | str | dict[str, Any]]


def article(request: dict[str, Any]) -> str:
    found = ARTICLE.search(request["messages"][1]["content"])
    assert found, request["messages"][1]
    return found[2]


def said(
    *entities: tuple[str, str],
    relations: list[dict[str, Any]] | None = None,
    attributes: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """Write an answer; an entity is its name and its type."""
    return {
        "entities": [{"name": name, "type": type} for name, type in entities],
        "relations": relations or [],
        "attributes": attributes or [],
    }


@dataclass
class ChatServer:
    """The running server.

    `answers` is one answering function, or a list of replies, of which the last repeats.
    """

    answers: Any = ""
    url: str = ""
    requests: list[Asked] = field(default_factory=list)
    most_at_once: int = 0
    stopping: Event = field(default_factory=Event)
    _now: int = 0
    _lock: Lock = field(default_factory=Lock)

    def reply(self, asked: Asked) -> Reply:
        with self._lock:
            number = len(self.requests)
            self.requests.append(asked)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        answers = self.answers
        if isinstance(answers, list):
            answer = answers[min(number, len(answers) - 1)]
        else:
            answer = answers(asked) if callable(answers) else answers
        if isinstance(answer, dict):
            answer = json.dumps(answer, ensure_ascii=False)
        return answer if isinstance(answer, Reply) else Reply(answer)

    def done(self) -> None:
        with self._lock:
            self._now -= 1


def _handler(server: ChatServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            asked = Asked(self.path, dict(self.headers), json.loads(self.rfile.read(length)))
            reply = server.reply(asked)
            try:
                self._send(reply)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
            finally:
                server.done()

        def _send(self, reply: Reply) -> None:
            server.stopping.wait(reply.delay)
            body = reply.body
            if body is None:
                message = {"role": "assistant", "content": reply.content}
                if reply.refusal:
                    message["refusal"] = reply.refusal
                choice = {"index": 0, "message": message, "finish_reason": "stop"}
                body = json.dumps(
                    {
                        "id": "chat-1",
                        "object": "chat.completion",
                        "created": 1,
                        "model": "stub",
                        "choices": [choice],
                    }
                ).encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body) + (100 if reply.cut else 0)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if reply.trickle:
                for at in range(len(body)):
                    self.wfile.write(body[at : at + 1])
                    self.wfile.flush()
                    if server.stopping.wait(0.05):
                        break
            else:
                self.wfile.write(body)
            if reply.cut:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        # Clients that no longer wait hang up: that is what some tests are about.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def chat_server(answers: Any = "") -> Iterator[ChatServer]:
    """Run a server on a free port of the loopback address."""
    server = ChatServer(answers)
    http = _Server(("127.0.0.1", 0), _handler(server))
    server.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        http.shutdown()
        http.server_close()
        thread.join(5)

"""Servers that redirect, fail in passing, dawdle, or are none."""

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from modelkin.graph.errors import StoreBusyError, StoreError, UnknownStoreError
from modelkin.graph.sparql_server import Endpoint, SparqlServer, endpoint, is_sparql_server

ROWS = '{"results":{"bindings":[{"n":{"type":"literal","value":"千"}}]}}'.encode()
Answer = tuple[int, dict[str, str], bytes]
Start = Callable[[Callable[[str, str, dict[str, str], str], Answer]], str]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start servers whose answer is a function of the path, the number of the request, …"""
    servers = []

    def begin(answer: Callable[..., Answer]) -> str:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status, headers, data = answer(
                    self.path, self.headers["Content-Type"], dict(self.headers), body
                )
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                return

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        servers.append((server, thread))
        return f"sparql+http://127.0.0.1:{server.server_address[1]}/ds"

    yield begin
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()


def ask(location: str, **options: object) -> SparqlServer:
    at = endpoint(location, user="ada", password="秘密")
    return SparqlServer(at, pause=0.001, **options)  # type: ignore[arg-type]


def test_it_asks_and_says_who_asks(start: Start) -> None:
    seen = []

    def answer(path: str, kind: str, headers: dict[str, str], body: str) -> Answer:
        seen.append((path, kind, headers["Authorization"], body))
        return 200, {}, ROWS

    with ask(start(answer) + "/模型?a=1") as server:
        assert server.select("SELECT ?百") == [{"n": "千"}]
        server.update("…")
    login = "Basic YWRhOuenmOWvhg=="
    path = "/ds/%E6%A8%A1%E5%9E%8B?a=1"
    assert seen == [
        (path, "application/sparql-query; charset=utf-8", login, "SELECT ?百"),
        (path, "application/sparql-update; charset=utf-8", login, "…"),
    ]


def test_questions_and_updates_at_addresses_of_their_own(start: Start) -> None:
    seen = []

    def answer(path: str, kind: str, *_: object) -> Answer:
        seen.append(path)
        good = path == ("/ds/query" if "query" in kind else "/ds/update")
        return (200 if good else 405), {}, ROWS

    with ask(start(answer)) as server:
        for _ in range(2):
            server.select("ASK {}")
            server.update("")
    assert seen == ["/ds", "/ds/query", "/ds", "/ds/update", "/ds/query", "/ds/update"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_other_server_is_told_anything(start: Start, status: int) -> None:
    told = []

    def other(*seen: object) -> Answer:
        told.append(seen)
        return 200, {}, ROWS

    elsewhere = start(other).removeprefix("sparql+")
    location = start(lambda *_: (status, {"Location": elsewhere}, b""))
    with ask(location) as server, pytest.raises(StoreError, match="another server"):
        server.select("ASK {}")
    assert told == []


def test_redirects_on_the_same_server(start: Start) -> None:
    def answer(path: str, *_: object) -> Answer:
        if path == "/circle":
            return 307, {"Location": "/circle"}, b""
        return (200, {}, ROWS) if path == "/new" else (307, {"Location": "/new"}, b"")

    location = start(answer)
    with ask(location) as server:
        assert server.select("ASK {}") == [{"n": "千"}]
    circle = pytest.raises(StoreError, match="in a circle")
    with ask(location.replace("/ds", "/circle")) as server, circle:
        server.select("ASK {}")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_passes_is_asked_again(start: Start, status: int) -> None:
    asked: list[int] = []

    def answer(*_: object) -> Answer:
        asked.append(1)
        return (200 if len(asked) % 5 in (3, 0) else status), {}, ROWS

    with ask(start(answer)) as server:
        assert server.select("ASK {}") == [{"n": "千"}]
        assert len(asked) == 3
    with ask(start(lambda *_: (status, {}, b""))) as server, pytest.raises(StoreBusyError):
        server.select("ASK {}")


@pytest.mark.parametrize(
    ("status", "kind", "says"),
    [
        (401, StoreError, "does not let ada in"),
        (403, StoreError, "does not let ada in"),
        (404, UnknownStoreError, "no such dataset"),
        (405, StoreError, "takes no SPARQL query"),
        (400, StoreError, "400 .*: 不懂"),
        (500, StoreError, "500 .*: 不懂"),
    ],
)
def test_refusals(start: Start, status: int, kind: type[StoreError], says: str) -> None:
    location = start(lambda *_: (status, {}, "不懂\n\x1b[2J".encode()))
    with ask(location) as server, pytest.raises(kind, match=says) as caught:
        server.select("SELECT")
    assert caught.value.hint
    assert "秘密" not in str(caught.value)


@pytest.mark.parametrize(
    "data", [b"<html>", b"\xff", b"[]", b'{"boolean":true}', b"[" * 3000, b'{"results":1}']
)
def test_what_is_no_sparql_server(start: Start, data: bytes) -> None:
    location = start(lambda *_: (200, {}, data))
    no_server = pytest.raises(UnknownStoreError, match="does not answer as SPARQL servers do")
    with ask(location) as server, no_server:
        server.select("ASK {}")


def test_bytes_that_never_end_and_no_http() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        over = threading.Event()

        def dawdle() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                try:
                    while not over.wait(0.02):
                        connection.sendall(b"a")
                except OSError:
                    return

        thread = threading.Thread(target=dawdle)
        thread.start()
        slow = ask(f"sparql+http://127.0.0.1:{port}/ds", timeout=0.3)
        with slow as server, pytest.raises(StoreBusyError, match="did not answer within"):
            server.select("ASK {}")
        over.set()
        thread.join()


@pytest.mark.parametrize(
    "location",
    ["sparql+http://", "sparql+http:///ds", "sparql+ftp://h/", "sparql+http://h:99999/", "h"],
)
def test_what_is_no_address(location: str) -> None:
    with pytest.raises(UnknownStoreError):
        endpoint(location)


def test_passwords_are_not_written_into_addresses() -> None:
    with pytest.raises(UnknownStoreError, match="holds a password") as caught:
        endpoint("sparql+http://ada:secret@host/ds")
    assert "secret" not in str(caught.value)
    assert "secret" not in repr(Endpoint("http://h/", "ada", "secret"))
    assert is_sparql_server("SPARQL+HTTPS://host/")
    assert Endpoint("http://host/", "ada", "x").is_readable_on_the_way
    assert not Endpoint("http://localhost/", "ada", "x").is_readable_on_the_way
    assert not Endpoint("https://host/", "ada", "x").is_readable_on_the_way

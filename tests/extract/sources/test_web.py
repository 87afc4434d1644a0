"""Web addresses, asked of servers in this process."""

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from source_contract import SourceContract, document_of, error_of

from modelkin.extract.errors import FetchError, TooLargeError, UnsupportedFormatError
from modelkin.extract.protocols import ReadOptions
from modelkin.extract.sources.fetch import fetch
from modelkin.extract.sources.web import WebSource

OPTIONS = ReadOptions(allow_private=True, timeout=10, limit=100_000)
PAGE = "<title>开源</title><p>百川智能发布了开源大模型,可以免费商用。</p>"


class Handler(BaseHTTPRequestHandler):
    """Answers what a test put on the server; keeps the requests."""

    server: Any

    def do_GET(self) -> None:
        self.server.seen.append((self.path, self.headers))
        self.server.answer(self)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


def respond(handler: Handler, data: bytes, *, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(data)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    answer: Any = None

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[str, Any]] = []

    def handle_error(self, *_: object) -> None:
        """A client that hangs up early is what some tests are about."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def says(self, data: bytes, **headers: Any) -> str:
        self.answer = lambda handler: respond(handler, data, **headers)
        return self.url + "/article"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


class TestContract(SourceContract):
    @pytest.fixture
    def source(self, server: Server) -> WebSource:
        self.server = server
        return WebSource()

    def place(self, source: WebSource, data: bytes) -> str:
        return self.server.says(data, Content_Type="text/markdown")


def test_a_page_in_gbk_declared_by_the_server(server: Server) -> None:
    url = server.says(PAGE.encode("gbk"), Content_Type="text/html; charset=GBK")
    document = document_of(WebSource().read(url, OPTIONS))
    assert (document.title, document.lang, document.url) == ("开源", "zh", url)
    assert document.text.endswith("百川智能发布了开源大模型,可以免费商用。")


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (PAGE.encode("gbk"), "text/html"),
        (PAGE.encode(), "text/html; charset=iso-8859-1"),
        (b"<!doctype html>" + PAGE.encode(), "application/octet-stream"),
    ],
)
def test_pages_that_declare_nothing_or_something_wrong(
    server: Server, data: bytes, content_type: str
) -> None:
    document = document_of(WebSource().read(server.says(data, Content_Type=content_type), OPTIONS))
    assert document.title == "开源"


def test_without_a_content_type_the_bytes_decide(server: Server) -> None:
    document = document_of(WebSource().read(server.says(b"# Llama 2\n\nby Meta"), OPTIONS))
    assert document.title == "Llama 2"


def test_the_last_part_of_the_address_is_a_title_of_last_resort(server: Server) -> None:
    url = server.says(b"by Meta", Content_Type="text/plain").replace("article", "%E5%BC%80/a.md")
    assert document_of(WebSource().read(url, OPTIONS)).title == "a.md"


def test_another_content_type_is_refused(server: Server) -> None:
    error = error_of(WebSource().read(server.says(b"\x89PNG", Content_Type="image/png"), OPTIONS))
    assert isinstance(error, UnsupportedFormatError)
    assert "image/png" in error.message


@pytest.mark.parametrize("status", [403, 404, 429, 500, 204, 304])
def test_a_status_other_than_200_is_an_error(server: Server, status: int) -> None:
    error = error_of(WebSource().read(server.says(b"", status=status), OPTIONS))
    assert isinstance(error, FetchError)
    assert str(status) in error.message


def test_packed_answers_are_unpacked(server: Server) -> None:
    url = server.says(gzip.compress(b"Llama 2"), Content_Type="text/plain", Content_Encoding="gzip")
    assert document_of(WebSource().read(url, OPTIONS)).text == "Llama 2"


def test_a_packed_bomb_is_cut_off(server: Server) -> None:
    bomb = gzip.compress(b"a" * 50_000_000)
    url = server.says(bomb, Content_Type="text/plain", Content_Encoding="gzip")
    assert isinstance(error_of(WebSource().read(url, OPTIONS)), TooLargeError)


@pytest.mark.parametrize("coding", ["br", "gzip, gzip"])
def test_other_packings_are_refused(server: Server, coding: str) -> None:
    url = server.says(b"x", Content_Type="text/plain", Content_Encoding=coding)
    assert coding in error_of(WebSource().read(url, OPTIONS)).message


def test_a_broken_packing_is_an_error(server: Server) -> None:
    whole = gzip.compress(b"Llama 2" * 100)
    for data in (whole[:-9], b"no gzip at all"):
        url = server.says(data, Content_Type="text/plain", Content_Encoding="gzip")
        assert isinstance(error_of(WebSource().read(url, OPTIONS)), FetchError)


def test_an_announced_size_over_the_limit_is_refused_before_it_comes(server: Server) -> None:
    url = server.says(b"", Content_Type="text/plain", Content_Length="999999999999")
    error = error_of(WebSource().read(url, OPTIONS))
    assert isinstance(error, TooLargeError)
    assert "999,999,999,999" in error.message


def test_an_endless_answer_is_cut_off(server: Server) -> None:
    sent = 0

    def stream(handler: Handler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.end_headers()
        while sent < 100_000_000:
            handler.wfile.write(b"a" * 10_000)
            sent += 10_000

    server.answer = stream
    error = error_of(WebSource().read(server.url, OPTIONS))
    assert isinstance(error, TooLargeError)
    assert sent < 50_000_000


def test_an_answer_that_breaks_off_is_an_error(server: Server) -> None:
    url = server.says(b"half", Content_Type="text/plain", Content_Length="100")
    assert "broke off" in error_of(WebSource().read(url, OPTIONS)).message


def silent(handler: Handler) -> None:
    time.sleep(5)


def slow_headers(handler: Handler) -> None:
    for _ in range(50):
        handler.wfile.write(b"H")
        handler.wfile.flush()
        time.sleep(0.1)


def slow_body(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/plain")
    handler.end_headers()
    for _ in range(50):
        handler.wfile.write(b"a")
        handler.wfile.flush()
        time.sleep(0.1)


@pytest.mark.parametrize("answer", [silent, slow_headers, slow_body])
def test_the_timeout_is_for_the_whole_fetch(server: Server, answer: Any) -> None:
    server.answer = answer
    started = time.monotonic()
    error = error_of(WebSource().read(server.url, ReadOptions(allow_private=True, timeout=0.4)))
    assert time.monotonic() - started < 3
    assert "within 0.4 seconds" in error.message


def test_a_slow_handshake_counts_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        started = time.monotonic()
        error = error_of(WebSource().read(url, ReadOptions(allow_private=True, timeout=0.4)))
    assert time.monotonic() - started < 3
    assert "within 0.4 seconds" in error.message


def test_a_slow_name_server_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(1) or [])
    error = error_of(WebSource().read("http://a.example/", ReadOptions(timeout=0.2)))
    assert "within 0.2 seconds" in error.message


def test_redirects_are_followed(server: Server) -> None:
    def answer(handler: Handler) -> None:
        if handler.path == "/article":
            place = "/新闻?页=1#top".encode().decode("latin-1")
            handler.send_response(302)
            handler.send_header("Location", place)
            handler.end_headers()
        else:
            respond(handler, b"Llama 2", Content_Type="text/plain")

    server.answer = answer
    document = document_of(WebSource().read(server.url + "/article", OPTIONS))
    assert document.url == server.url + "/%E6%96%B0%E9%97%BB?%E9%A1%B5=1"
    assert [path for path, _ in server.seen][-1] == "/%E6%96%B0%E9%97%BB?%E9%A1%B5=1"


def test_endless_redirects_are_an_error(server: Server) -> None:
    url = server.says(b"", status=301, Location="/again")
    assert "redirects more than" in error_of(WebSource().read(url, OPTIONS)).message
    assert len(server.seen) == 6


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://a.example/", "http://u:p@a.example/"]
)
def test_redirects_out_of_the_web_are_refused(server: Server, target: str) -> None:
    url = server.says(b"", status=302, Location=target)
    assert isinstance(error_of(WebSource().read(url, OPTIONS)), FetchError)


def resolve_to(monkeypatch: pytest.MonkeyPatch, addresses: dict[str, tuple[str, int]]) -> list[str]:
    """Let names stand for addresses; gives the list of the names asked for."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, **_: object) -> list[Any]:
        asked.append(host)
        address, real_port = addresses[host]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, real_port or port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "10.1.2.3", "169.254.169.254", "2130706433"],
)
def test_private_addresses_are_refused(host: str, server: Server) -> None:
    url = f"http://{host}:{server.server_address[1]}/"
    error = error_of(WebSource().read(url, ReadOptions(timeout=5)))
    assert "private network" in error.message or "failed" in error.message
    assert not server.seen


def test_a_public_name_for_a_private_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    resolve_to(monkeypatch, {"good.example": ("127.0.0.1", server.server_address[1])})
    error = error_of(WebSource().read("http://good.example/", ReadOptions(timeout=5)))
    assert "good.example is inside a private network (127.0.0.1)" in error.message
    assert not server.seen


def test_a_redirect_to_a_private_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    # The loopback address passes for a public one on the first hop only.
    resolve_to(
        monkeypatch,
        {
            "good.example": ("127.0.0.1", server.server_address[1]),
            "metadata.example": ("169.254.169.254", 80),
        },
    )
    monkeypatch.setattr(
        "modelkin.extract.sources.fetch.is_public", lambda address: address == "127.0.0.1"
    )
    server.says(b"", status=302, Location="http://metadata.example/latest/")
    error = error_of(WebSource().read("http://good.example/", ReadOptions(timeout=5)))
    assert "metadata.example is inside a private network (169.254.169.254)" in error.message
    assert len(server.seen) == 1


def test_the_address_that_was_checked_is_the_one_connected_to(
    monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    asked = resolve_to(monkeypatch, {"good.example": ("127.0.0.1", server.server_address[1])})
    server.says(b"Llama 2", Content_Type="text/plain")
    document_of(WebSource().read("http://good.example/a?b=c", OPTIONS))
    assert asked == ["good.example"]
    [(path, headers)] = server.seen
    assert (path, headers["Host"]) == ("/a?b=c", "good.example")


def test_a_certificate_that_nobody_signed_is_refused(server: Server) -> None:
    error = error_of(WebSource().read(server.url.replace("http:", "https:"), OPTIONS))
    assert isinstance(error, FetchError)
    assert isinstance(error.__cause__, ssl.SSLError)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")
def test_an_https_page(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=good.example", "-addext", "subjectAltName=DNS:good.example"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(certificate, key)
    server.socket = ours.wrap_socket(server.socket, server_side=True)
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
    address = ("127.0.0.1", server.server_address[1])
    resolve_to(monkeypatch, {"good.example": address, "other.example": address})
    server.says(b"Llama 2", Content_Type="text/plain")
    assert document_of(WebSource().read("https://good.example/", OPTIONS)).text == "Llama 2"
    error = error_of(WebSource().read("https://other.example/", OPTIONS))
    assert "certificate is not valid" in error.message


def test_a_line_break_cannot_smuggle_a_header(server: Server) -> None:
    server.says(b"Llama 2", Content_Type="text/plain")
    fetch(server.url + "/a b\r\nX-Evil: 1", limit=1000, timeout=5, allow_private=True)
    [(path, headers)] = server.seen
    assert "X-Evil" not in headers
    assert path.startswith("/a%20b")

"""What the installed command says and does when the server fails it."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bolt_proxy import BoltProxy
from neo4j_server import Neo4jServer, RunningNeo4j

COMMAND = Path(sys.executable).with_name("modelkin")
ARTICLES = sorted((Path(__file__).parents[2] / "seeds" / "articles").glob("*.md"))

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start the installed command on a store, with a password."""
    started = []

    def start_here(*arguments: str, store: str, password: str = "") -> "subprocess.Popen[str]":
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("MODELKIN_")}
        process = subprocess.Popen(
            [str(COMMAND), *arguments, "--store", store],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=inherited
            | {"XDG_CACHE_HOME": str(tmp_path / "cache"), "MODELKIN_NEO4J_PASSWORD": password},
        )
        started.append(process)
        return process

    yield start_here
    for process in started:
        process.kill()
        process.communicate()


def ended(process: "subprocess.Popen[str]", code: int) -> str:
    """Wait for a command that ends with this code, and give what it said of it."""
    _, said = process.communicate(timeout=300)
    assert process.returncode == code, said
    assert "Traceback" not in said
    return said


def exported(start: Start, folder: Path, store: str, password: str = "") -> bytes:
    """Give all that a store shows."""
    target = folder / "export.jsonl"
    ended(start("export", str(target), store=store, password=password), 0)
    return target.read_bytes()


def of_file(start: Start, folder: Path) -> bytes:
    """Give what a file shows that has read the articles."""
    store = str(folder / "file.db")
    ended(start("ingest", "--bare", *map(str, ARTICLES), store=store), 0)
    return exported(start, folder, store)


def test_a_server_is_killed_while_articles_are_read(
    owned_neo4j: Neo4jServer, start: Start, tmp_path: Path
):
    """It comes back while the command waits for it, which then ends as if nothing had been."""
    ended(start("store", "init", "--bare", store=owned_neo4j.uri, password=owned_neo4j.password), 0)
    with BoltProxy(owned_neo4j.port, commit=2, moment="answered", event=owned_neo4j.kill) as proxy:
        arguments = ("ingest", "--bare", *map(str, ARTICLES))
        process = start(*arguments, store=proxy.uri, password=owned_neo4j.password)
        assert proxy.broken.wait(120)
        owned_neo4j.restart()
        ended(process, 0)
    found = exported(start, tmp_path, owned_neo4j.uri, owned_neo4j.password)
    assert found == of_file(start, tmp_path)


def test_a_password_changes_while_articles_are_read(
    owned_neo4j: Neo4jServer, start: Start, tmp_path: Path
):
    """The command says so with code 4; with the new password it goes on."""
    ended(start("store", "init", "--bare", store=owned_neo4j.uri, password=owned_neo4j.password), 0)

    def change() -> None:
        owned_neo4j.set_password("another-password")

    arguments = ("ingest", "--bare", *map(str, ARTICLES))
    with BoltProxy(owned_neo4j.port, commit=2, moment="answered", event=change) as proxy:
        process = start(*arguments, store=proxy.uri, password=owned_neo4j.password)
        said = ended(process, 4)
    assert "refuses the user or the password" in said
    assert "MODELKIN_NEO4J_PASSWORD" in said
    ended(start(*arguments, store=owned_neo4j.uri, password="another-password"), 0)
    found = exported(start, tmp_path, owned_neo4j.uri, "another-password")
    assert found == of_file(start, tmp_path)


@pytest.mark.usefixtures("neo4j_driver")
def test_two_commands_read_into_one_server(
    neo4j_server: RunningNeo4j, start: Start, tmp_path: Path
):
    uri, password = neo4j_server.uri, neo4j_server.password
    ended(start("store", "init", "--bare", store=uri, password=password), 0)
    half = len(ARTICLES) // 2
    processes = [
        start("ingest", "--bare", *map(str, articles), store=uri, password=password)
        for articles in (ARTICLES[:half], ARTICLES[half:])
    ]
    for process in processes:
        ended(process, 0)
    assert exported(start, tmp_path, uri, password) == of_file(start, tmp_path)


def test_what_is_no_neo4j_is_said_to_be_none(start: Start):
    def refuse() -> None:
        while True:
            try:
                client, _ = website.accept()
            except OSError:
                return
            with client:
                client.recv(1024)
                client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    website = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=refuse)
    thread.start()
    uri = f"bolt://127.0.0.1:{website.getsockname()[1]}"
    said = ended(start("stats", store=uri, password="whatever"), 4)
    website.shutdown(socket.SHUT_RDWR)
    website.close()
    thread.join()
    assert f"cannot reach the Neo4j server at {uri}" in said
    assert "check that it runs and that the address is right" in said

"""What happens to the server happens to no document: each is there once and whole, or not yet."""

import shutil
import socket
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import neo4j
import pytest
from bolt_proxy import BoltProxy, Moment
from neo4j_articles import everything, expected, opened, work
from neo4j_server import Neo4jServer, RunningNeo4j

from modelkin.graph.errors import StoreError
from modelkin.graph.stores.neo4j import server as server_module
from modelkin.graph.stores.neo4j import writing

COUNT = 8
MOMENTS: tuple[Moment, ...] = ("unheard", "unanswered", "answered")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up soon instead of waiting for a server that is away."""
    monkeypatch.setattr(server_module, "_RETRYING", 0.5)


def write(server: RunningNeo4j, uri: str, folder: Path, numbers: range) -> None:
    """Merge documents: the first half one by one, the others in one batch."""
    half = (numbers.start + numbers.stop) // 2
    with opened(server, folder, uri=uri) as store:
        for number in range(numbers.start, half):
            store.merge(work(number))
        with store.transaction():
            for number in range(half, numbers.stop):
                store.merge(work(number))


@pytest.mark.usefixtures("neo4j_driver")
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("commit", [1, 3, 5])
def test_a_connection_that_breaks_loses_nothing_and_doubles_nothing(
    commit: int, moment: Moment, neo4j_server: RunningNeo4j, tmp_path: Path
):
    """The first write makes the store, the third is of a document, the fifth or sixth of many."""
    with BoltProxy(port(neo4j_server), commit=commit, moment=moment) as proxy:
        write(neo4j_server, proxy.uri, tmp_path, range(COUNT))
    assert proxy.broken.is_set()
    with opened(neo4j_server, tmp_path / "other") as store:
        assert everything(store) == expected(tmp_path / "a.db", range(COUNT))


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_server_that_is_killed_in_a_batch_and_comes_back(
    moment: Moment, owned_neo4j: Neo4jServer, tmp_path: Path
):
    """The writer waits for it and goes on."""
    opened(owned_neo4j, tmp_path).close()
    with (
        BoltProxy(owned_neo4j.port, commit=4, moment=moment, event=owned_neo4j.kill) as proxy,
        ThreadPoolExecutor(1) as pool,
    ):
        writer = pool.submit(write, owned_neo4j, proxy.uri, tmp_path, range(COUNT))
        assert proxy.broken.wait(60), writer.exception()
        owned_neo4j.restart()
        writer.result(120)
    with opened(owned_neo4j, tmp_path / "other") as store:
        assert everything(store) == expected(tmp_path / "a.db", range(COUNT))


@pytest.mark.usefixtures("impatient")
def test_a_server_that_is_killed_and_stays_away(owned_neo4j: Neo4jServer, tmp_path: Path):
    """The writer says so; the same run goes on later."""
    opened(owned_neo4j, tmp_path).close()
    with BoltProxy(owned_neo4j.port, commit=3, moment="answered", event=owned_neo4j.kill) as proxy:
        with pytest.raises(StoreError, match="cannot reach the Neo4j server") as raised:
            write(owned_neo4j, proxy.uri, tmp_path, range(COUNT))
        assert raised.value.exit_code == 4
        assert "do the same again" in raised.value.hint
        with pytest.raises(StoreError, match="cannot reach the Neo4j server"):
            opened(owned_neo4j, tmp_path)
    owned_neo4j.restart()
    with opened(owned_neo4j, tmp_path / "other") as store:
        assert 0 < len(list(store.documents())) < COUNT
    write(owned_neo4j, owned_neo4j.uri, tmp_path, range(COUNT))
    with opened(owned_neo4j, tmp_path / "other") as store:
        assert everything(store) == expected(tmp_path / "a.db", range(COUNT))


def test_a_password_that_changes_in_the_middle(owned_neo4j: Neo4jServer, tmp_path: Path):
    opened(owned_neo4j, tmp_path).close()

    def change() -> None:
        owned_neo4j.set_password("another-password")

    with (
        BoltProxy(owned_neo4j.port, commit=3, moment="answered", event=change) as proxy,
        pytest.raises(StoreError, match="refuses the user or the password") as raised,
    ):
        write(owned_neo4j, proxy.uri, tmp_path, range(COUNT))
    assert raised.value.exit_code == 4
    assert "MODELKIN_NEO4J_PASSWORD" in raised.value.hint
    write(owned_neo4j, owned_neo4j.uri, tmp_path, range(COUNT))
    with opened(owned_neo4j, tmp_path / "other") as store:
        assert everything(store) == expected(tmp_path / "a.db", range(COUNT))


def test_a_server_that_only_reads(owned_neo4j: Neo4jServer, tmp_path: Path):
    with opened(owned_neo4j, tmp_path) as store:
        store.merge(work(0))
    owned_neo4j.kill()
    owned_neo4j.restart({"server.databases.read_only": "neo4j"})
    with opened(owned_neo4j, tmp_path) as store:
        with pytest.raises(StoreError, match="takes no writes") as raised:
            store.merge(work(1))
        assert raised.value.exit_code == 4
        assert "leader" in raised.value.hint
        assert everything(store) == expected(tmp_path / "a.db", range(1))


def test_a_server_without_memory_for_a_write(owned_neo4j: Neo4jServer, tmp_path: Path):
    with opened(owned_neo4j, tmp_path) as store:
        store.merge(work(0))
    owned_neo4j.kill()
    owned_neo4j.restart({"db.memory.transaction.max": "4m"})
    with opened(owned_neo4j, tmp_path) as store:
        with pytest.raises(StoreError, match="too little memory") as raised:
            store.merge(work(1, claims=200))
        assert raised.value.exit_code == 4
        assert "memory" in raised.value.hint
        store.merge(work(1))
        assert everything(store) == expected(tmp_path / "a.db", range(2))


@pytest.mark.skipif(not shutil.which("prlimit"), reason="NO PRLIMIT: a full disk is not played")
def test_a_server_whose_disk_is_full(owned_neo4j: Neo4jServer, tmp_path: Path):
    """Files that may not grow are what a full disk is like, and can be had without one."""
    with opened(owned_neo4j, tmp_path) as store:
        store.merge(work(0))
        limit_files(owned_neo4j, "0")
        with pytest.raises(StoreError) as raised:
            store.merge(work(1))
    assert raised.value.exit_code == 4
    assert "nothing was half-written" in raised.value.hint
    owned_neo4j.kill()
    owned_neo4j.restart()
    write(owned_neo4j, owned_neo4j.uri, tmp_path, range(COUNT))
    with opened(owned_neo4j, tmp_path / "other") as store:
        assert everything(store) == expected(tmp_path / "a.db", range(COUNT))


@pytest.mark.usefixtures("impatient")
def test_what_never_answers_is_not_waited_for_for_ever(
    neo4j_server: RunningNeo4j, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(server_module, "_CONNECTING", 0.5)
    monkeypatch.setattr(server_module, "_WAITING", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        uri = f"bolt://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(StoreError, match="cannot reach the Neo4j server"):
            opened(neo4j_server, tmp_path, uri=uri)


def test_two_writers_end_with_what_both_wrote(
    neo4j_driver: neo4j.Driver, neo4j_server: RunningNeo4j, tmp_path: Path
):
    opened(neo4j_server, tmp_path).close()
    halves = (range(COUNT), range(COUNT // 2, COUNT + COUNT // 2))
    with ThreadPoolExecutor(2) as pool:
        writers = [
            pool.submit(write, neo4j_server, neo4j_server.uri, tmp_path / str(half.start), half)
            for half in halves
        ]
        for writer in writers:
            writer.result(120)
    with opened(neo4j_server, tmp_path / "other") as store:
        found = everything(store)
    wanted = expected(tmp_path / "a.db", range(COUNT + COUNT // 2))
    for one in (found, wanted):
        changes = one.pop("changes")
        assert [change.sequence for change in changes] == list(range(1, len(changes) + 1))
    assert found == wanted
    assert neo4j_driver.execute_query("MATCH (d:Document) RETURN count(d)")[0][0][0] == 12


def test_a_write_that_dead_locks_is_done_again(
    neo4j_driver: neo4j.Driver,
    neo4j_server: RunningNeo4j,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """Another transaction holds what the write needs, and needs what the write holds."""
    with opened(neo4j_server, tmp_path) as store:
        store.merge(work(0))
    held, waits = threading.Event(), threading.Event()
    rivals: list[int] = []
    tries: list[int] = []

    def hold(transaction: neo4j.ManagedTransaction) -> None:
        rivals.append(len(rivals))
        transaction.run("MATCH (e:Entity {id: 'model/1'}) SET e.name = e.name").consume()
        held.set()
        assert waits.wait(30)
        transaction.run("MATCH (s:Store) SET s.version = s.version").consume()

    def other() -> None:
        with neo4j_driver.session() as session:
            session.execute_write(hold)

    write_nodes: Callable[..., None] = writing._write_nodes

    def slowly(transaction: neo4j.ManagedTransaction, nodes: list[object]) -> None:
        # By now the write holds the store's entry.
        tries.append(len(tries))
        waits.set()
        wait_until_blocked(neo4j_driver, len(tries) == 1)
        write_nodes(transaction, nodes)

    monkeypatch.setattr(writing, "_write_nodes", slowly)
    with ThreadPoolExecutor(1) as pool:
        rival = pool.submit(other)
        assert held.wait(30)
        with opened(neo4j_server, tmp_path) as store:
            store.merge(work(1))
        rival.result(60)
    # The server ends one of the two, and who is ended tries again.
    assert len(tries) + len(rivals) == 3
    with opened(neo4j_server, tmp_path / "other") as store:
        assert everything(store) == expected(tmp_path / "a.db", range(2))


def wait_until_blocked(driver: neo4j.Driver, wanted: bool) -> None:
    """Wait until some transaction waits for another one's lock."""
    query = "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN count(*)"
    for _ in range(300):
        if not wanted or driver.execute_query(query)[0][0][0]:
            return
    raise AssertionError("nobody waits")


def limit_files(server: Neo4jServer, size: str) -> None:
    """Let no file of a running server grow beyond a size."""
    subprocess.run(["prlimit", "--pid", str(server.pid), f"--fsize={size}"], check=True)


def port(server: RunningNeo4j) -> int:
    """Give the port of a server on this machine."""
    return int(server.uri.rpartition(":")[2])

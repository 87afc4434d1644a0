"""Several processes at one SQLite store: readers, waiting writers, killed writers."""

import random
import socket
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
from opened_store import check_statements
from other_process import HOLD, MERGE, process, work

from modelkin.graph.errors import StoreBusyError
from modelkin.graph.protocols import MergeReport
from modelkin.graph.stores.sqlite import SqliteStore

CLAIMS = len(work(0).claims)


def check(path: Path, at_least: int) -> int:
    """Check that a store holds whole documents only; give their number."""
    with SqliteStore.open(path, create=False, read_only=True) as store:
        documents = {document.id: document for document in store.documents()}
        counts = dict.fromkeys(documents, 0)
        for claim in store.claims():
            claim.evidence.check(documents[claim.evidence.document])
            counts[claim.evidence.document] += 1
        assert set(counts.values()) <= {CLAIMS}
        assert len(documents) >= at_least
        assert store.sequence == len(list(store.changes())) == len(documents)
        check_statements(store)
        return len(documents)


def integrity(path: Path) -> object:
    raw = sqlite3.connect(path)
    try:
        for table in ("quote_search", "spelling_search"):
            raw.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        return raw.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        raw.rollback()
        raw.close()


def line(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def go_on(child: subprocess.Popen[str]) -> None:
    assert child.stdin is not None
    child.stdin.write("go\n")
    child.stdin.flush()


def test_readers_see_whole_documents_while_a_writer_writes(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    seen = set()
    with process(MERGE, path, first=0, last=60) as child:
        for number in range(60):
            assert line(child) == str(number)
            if number % 12 == 0:
                seen.add(check(path, number))
        assert child.wait(20) == 0
    assert len(seen) > 1
    assert check(path, 60) == 60


def test_a_reader_keeps_the_state_of_its_opening(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with SqliteStore.open(path) as writer:
        writer.merge(work(1))
        with SqliteStore.open(path, read_only=True) as reader:
            entities = reader.entities()
            next(entities)
            writer.remove(work(1).document.id)
            writer.merge(work(2))
            assert reader.sequence == 1
            assert [d.id for d in reader.documents()] == [work(1).document.id]
            assert len(list(entities)) == len(work(1).entities) - 1
        assert writer.sequence == 3


def test_a_second_writer_waits(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with process(HOLD, path) as child, SqliteStore.open(path, timeout=20) as store:
        assert line(child) == "holding"
        assert store.sequence == 0, "reading does not wait"
        go_on(child)
        assert store.merge(work(1)).documents == 1
        assert line(child) == "done"
    assert check(path, 2) == 2


def test_a_second_writer_is_told_who_holds_the_store(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with process(HOLD, path) as child, SqliteStore.open(path, timeout=0.3) as store:
        assert line(child) == "holding"
        start = time.monotonic()
        with pytest.raises(StoreBusyError) as caught:
            store.merge(work(1))
        assert 0.3 <= time.monotonic() - start < 5
        message = str(caught.value)
        assert str(path) in message
        assert f"process {child.pid} on {socket.gethostname()} since 2" in message
        assert caught.value.hint
        go_on(child)
        assert line(child) == "done"
        assert store.merge(work(1)).documents == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["store.db"]


def test_a_killed_holder_is_named_no_more(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with process(HOLD, path) as child:
        assert line(child) == "holding"
        child.kill()
    with SqliteStore.open(path, timeout=0.1) as store:
        assert list(store.documents()) == []
        raw = sqlite3.connect(path, isolation_level=None)
        raw.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError, match="by another process"):
            store.merge(work(1))
        raw.close()
        assert store.merge(work(1)) == MergeReport(1, len(work(1).entities), CLAIMS)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["store.db"]


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_writer_leaves_whole_documents(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "store.db"
    chance = random.Random(seed)
    last = -1
    with process(MERGE, path, first=0, last=4000) as child:
        for _ in range(chance.randrange(12)):
            last = int(line(child))
        time.sleep(chance.uniform(0, 0.01))
        child.kill()
        child.wait()
    count = check(path, last + 1)
    assert count < 4000
    assert integrity(path) == "ok"
    with SqliteStore.open(path) as store:
        for number in range(count + 2):
            store.merge(work(number))
    assert check(path, count + 2) == count + 2
    assert integrity(path) == "ok"


def test_a_store_is_made_by_one_of_several(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with (
        process(MERGE, path, first=0, last=8) as one,
        process(MERGE, path, first=4, last=12) as two,
    ):
        assert one.wait(30) == two.wait(30) == 0
    assert check(path, 12) == 12

"""Stores copied into a server and out of it: the same bytes in every export."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from graph_store_remade import decisions_of_lots, everything, make
from neo4j_server import Neo4jServer, RunningNeo4j, clear
from sample_extractions import article, chinese, doubted, english, named

from modelkin.graph.errors import StoreError
from modelkin.graph.exporters.jsonl import JsonLinesExporter
from modelkin.graph.protocols import GraphStore
from modelkin.graph.stores import open_store
from modelkin.graph.stores.login import Login
from modelkin.graph.stores.neo4j import server as server_module
from modelkin.graph.stores.neo4j.store import Neo4jStore
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.graph.sync import SyncReport, sync
from modelkin.ontology.claim import Extraction
from modelkin.ontology.decision import Decision
from modelkin.ontology.document import Document

URL = "https://example.org/a"
OLD = named("苍鹭", text="苍鹭在此。", url=URL, retrieved="2024-01-01", lang="zh")
NEW = named("Egret", text="Egret now.", url=URL, retrieved="2024-02-01")
ANN: list[Extraction | Decision] = [
    english(url=URL, retrieved="2023-01-01"),
    english(url="https://example.org/b", title="另一处"),
    NEW,
    named("白鹭智能", "Egret AI"),
    *decisions_of_lots(),
]
BOB: list[Extraction | Decision] = [
    OLD,
    doubted(chinese(), 0),
    article({"千问 is curated.": []}, [], curated=True),
]


def digest(store: GraphStore, folder: Path) -> str:
    target = folder / "export.jsonl"
    JsonLinesExporter().write(store, target)
    return hashlib.sha256(target.read_bytes()).hexdigest()


class Stores:
    """Files by name, and the one store of the server."""

    def __init__(self, server: RunningNeo4j, folder: Path) -> None:
        self.login = Login(server.user, server.password)
        self.uri = server.uri
        self.folder = folder

    @contextmanager
    def server(self, *, candidates: bool = False) -> Iterator[Neo4jStore]:
        with Neo4jStore.open(
            self.uri, login=self.login, folder=self.folder / "copies", candidates=candidates
        ) as store:
            yield store

    def file(self, name: str, *, candidates: bool = False) -> SqliteStore:
        return SqliteStore.open(self.folder / f"{name}.db", candidates=candidates)

    def digests(self, name: str) -> tuple[str, str]:
        """Give the digests of a store's exports, without candidates and with them."""
        found = []
        for candidates in (False, True):
            with ExitStack() as stack:
                store: GraphStore
                if name == "server":
                    store = stack.enter_context(self.server(candidates=candidates))
                else:
                    store = stack.enter_context(self.file(name, candidates=candidates))
                found.append(digest(store, self.folder))
        return found[0], found[1]


@pytest.fixture
def stores(neo4j_server: RunningNeo4j, tmp_path: Path) -> Stores:
    with neo4j_server.driver() as driver:
        clear(driver)
    return Stores(neo4j_server, tmp_path)


def test_into_the_server_and_out_of_it(stores: Stores) -> None:
    with stores.file("a") as one, stores.server() as server, stores.file("b") as other:
        make(one, [*ANN, *BOB])
        first = sync(one, server, batch=3)
        assert first.merged.documents == len(list(one.readings())) - 1
        assert first.decisions == len(list(one.decisions())) > 0
        assert sync(server, other).merged.documents == first.merged.documents
        assert everything(other) == everything(one)
        for source, target in ((one, server), (server, other), (other, server)):
            sequence = target.sequence
            assert sync(source, target) == SyncReport()
            assert target.sequence == sequence
    assert stores.digests("a") == stores.digests("server") == stores.digests("b")
    with stores.file("b") as other, stores.file("a") as one:
        for store in (one, other):
            store.remove(NEW.document.id)
        assert everything(other) == everything(one)


def test_two_people_end_with_the_union(stores: Stores) -> None:
    with stores.file("ann") as ann, stores.file("bob") as bob, stores.file("all") as all_at_once:
        make(ann, ANN)
        make(bob, BOB)
        make(all_at_once, [*BOB, *ANN])
        # Each has a connection and a working copy of their own.
        with stores.server() as one, stores.server() as other:
            sync(ann, one, batch=2)
            sync(bob, other, batch=2)
            sync(one, ann)
            sync(other, bob)
    names = ("all", "server", "ann", "bob")
    assert len({stores.digests(name) for name in names}) == 1


def test_what_was_broken_off_goes_on_after_a_crash(
    owned_neo4j: Neo4jServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody starts the server again while it is waited for.
    monkeypatch.setattr(server_module, "_RETRYING", 0.5)
    stores = Stores(owned_neo4j, tmp_path)

    def crash(document: Document) -> None:
        if document.id == last:
            owned_neo4j.kill()

    with stores.file("a") as one:
        make(one, [*ANN, *BOB])
        last = sorted(extraction.document.id for extraction in one.readings())[-2]
        with stores.server() as server, pytest.raises(StoreError):
            sync(one, server, batch=2, progress=crash)
        owned_neo4j.restart()
        with stores.server() as server:
            there = len(list(server.readings()))
            assert 0 < there < len(list(one.readings()))
            sync(one, server, batch=2)
    assert stores.digests("a") == stores.digests("server")


def test_the_command(
    stores: Stores, neo4j_server: RunningNeo4j, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from modelkin.cli import modelkin

    monkeypatch.setenv("MODELKIN_NEO4J_PASSWORD", neo4j_server.password)
    monkeypatch.setenv("XDG_CACHE_HOME", str(stores.folder))
    with open_store(stores.folder / "a.db", create=True, read_only=False) as one:
        make(one, [*ANN, *BOB])
    a, b = (str(stores.folder / name) for name in ("a.db", "b.db"))
    for source, target, documents in ((a, stores.uri, True), (a, stores.uri, False)):
        done = CliRunner().invoke(modelkin, ["sync", source, target, "--format", "csv"])
        assert done.exit_code == 0, done.output
        assert ("documents,0\n" not in done.stdout) is documents
    assert CliRunner().invoke(modelkin, ["sync", stores.uri, b]).exit_code == 0
    assert stores.digests("a") == stores.digests("server") == stores.digests("b")
    done = CliRunner().invoke(modelkin, ["sync", stores.uri, f"{stores.uri}/"])
    assert done.exit_code == 2

"""What is wrong in a server is found and mended; working copies are never trusted blindly."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from graph_store_remade import decisions_of_lots, everything
from neo4j import Driver
from neo4j_server import RunningNeo4j
from sample_extractions import BELUGA, article, chinese, english, named

from modelkin.graph.errors import (
    StoreCorruptError,
    StoreError,
    StoreVersionError,
    UnknownStoreError,
)
from modelkin.graph.protocols import Administered
from modelkin.graph.stores.login import Login
from modelkin.graph.stores.neo4j.store import Neo4jStore
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import Entity, Value
from modelkin.ontology.terms import EntityType

Open = Callable[..., Neo4jStore]

# What somebody may do to the database by hand, and a word of what is said about it.
_HARM = {
    "MATCH (m:Model {id: 'model/llama-2'}) SET m.name = 'X'": "Entity: 1 wrong",
    "MATCH (m:Model {id: 'model/llama-2'}) SET m:Person": "Entity: 1 wrong",
    "MATCH (:Model)-[r:DERIVED_FROM]->() DELETE r": "edges: 1 missing",
    "MATCH (:Model)-[r:DERIVED_FROM]->() SET r.confidence = 1.0": "edges: 1 wrong",
    "MATCH (a:Model), (b:Organization) CREATE (a)-[:DERIVED_FROM]->(b)": "edges:",
    "MATCH (c:Claim) WITH c LIMIT 1 DETACH DELETE c": "Claim: 1 missing",
    "MATCH (c:Claim)-[r:STATED_IN]->() WITH r LIMIT 1 DELETE r": "edges: 1 missing",
    "CREATE (:Entity:Model {id: 'model/z', name: '羊驼'})": "Entity: 1 too many",
    "MATCH (a:Assertion) WITH a LIMIT 1 SET a.confidence = 0.1": "Assertion: 1 wrong",
    "MATCH (s:Statement) DELETE s": "Statement:",
    "MATCH (n:Name) WITH n LIMIT 2 DELETE n": "Name: 2 missing",
    "DROP INDEX modelkin_name_key": "modelkin_name_key",
    "DROP CONSTRAINT modelkin_model_id": "modelkin_model_id",
}


@pytest.fixture
def open_server(neo4j_server: RunningNeo4j, neo4j_driver: Driver, tmp_path: Path) -> Iterator[Open]:
    """Give what opens the store of an empty server."""

    def opened(folder: str = "copies", **options: bool) -> Neo4jStore:
        login = Login(neo4j_server.user, neo4j_server.password)
        return Neo4jStore.open(neo4j_server.uri, login=login, folder=tmp_path / folder, **options)

    yield opened


def test_all_is_well(open_server: Open) -> None:
    with open_server() as store:
        assert isinstance(store, Administered)
        assert store.check() == []
        store.merge(english())
        for decision in decisions_of_lots():
            store.decide(decision)
        store.merge(chinese())
        assert store.check() == []


def test_what_was_done_by_hand_is_found_and_mended(open_server: Open, neo4j_driver: Driver) -> None:
    with open_server() as store:
        store.merge(english())
        store.merge(chinese())
        before = everything(store)
        for harm, words in _HARM.items():
            neo4j_driver.execute_query(harm)
            found = store.check()
            assert any(words in problem for problem in found), (harm, found)
            assert store.mend() == found, harm
            assert store.check() == [], harm
            assert everything(store) == before, harm


def test_a_copy_of_another_past_is_made_anew(
    open_server: Open, neo4j_driver: Driver, tmp_path: Path
) -> None:
    with open_server() as store:
        store.merge(english())
        store.merge(chinese())
        before = everything(store)
    kept = next((tmp_path / "copies").glob("*.db"))
    # Another store is put back in the place of this one, whose last write has another token.
    neo4j_driver.execute_query(
        "MATCH (w:Write {id: 2}) SET w.token = 'other' WITH w MATCH (s:Store) SET s.token = 'other'"
    )
    with open_server() as store:
        store.merge(named("白鹭智能", "Egret AI"))
        store.remove(named("白鹭智能", "Egret AI").document.id)
        assert everything(store) == before
        assert store.check() == []
    # Set back to an earlier day: the copy is ahead of the server.
    neo4j_driver.execute_query("MATCH (w:Write) WHERE w.id > 2 DELETE w")
    neo4j_driver.execute_query("MATCH (s:Store) SET s.writes = 2, s.token = 'other'")
    with open_server() as store:
        store.merge(english())
        assert everything(store) == before
    kept.write_bytes(b"no database at all, and long enough to be looked at" * 100)
    with open_server() as store:
        store.merge(named("白鹭智能", "Egret AI"))
        assert store.check() == []


def test_two_copies_take_turns(open_server: Open) -> None:
    with open_server("ann") as ann, open_server("bob") as bob:
        ann.merge(english())
        bob.merge(chinese())
        ann.merge(named("白鹭智能", "Egret AI"))
        bob.decide(decisions_of_lots()[0])
        ann.remove(english().document.id)
        assert everything(ann) == everything(bob)
        assert (ann.check(), bob.check()) == ([], [])


def test_who_was_overtaken_within_a_block_does_it_again(open_server: Open, tmp_path: Path) -> None:
    with open_server("ann") as ann, open_server("bob") as bob:
        with ann.transaction():
            ann.merge(english())
            bob.merge(chinese())
            ann.set_metadata("note", "笔记")
            assert [d.id for d in ann.documents()] == [english().document.id]
        with SqliteStore.open(tmp_path / "both.db") as both:
            both.merge(chinese())
            both.merge(english())
            assert everything(ann) == everything(bob) == everything(both)
        assert bob.metadata("note") == "笔记"
        assert [change.document for change in ann.changes()][:2] == [
            chinese().document.id,
            english().document.id,
        ]


def test_a_block_that_fails_leaves_nothing(open_server: Open) -> None:
    with open_server() as store:
        store.merge(chinese())
        before, sequence = everything(store), store.sequence
        with pytest.raises(RuntimeError), store.transaction():
            store.merge(english())
            store.set_metadata("note", "a")
            raise RuntimeError
        assert (everything(store), store.sequence) == (before, sequence)
        assert store.metadata("note") is None
        with store.transaction():
            with pytest.raises(RuntimeError), store.transaction():
                store.merge(english())
                raise RuntimeError
            store.merge(named("白鹭智能", "Egret AI"))
        assert store.document(english().document.id) is None
        assert store.check() == []


def test_names_are_linked_anew_by_newer_rules(
    open_server: Open, neo4j_driver: Driver, tmp_path: Path
) -> None:
    with open_server() as store:
        store.merge(named("白鹭智能", "Egret AI"))
        store.merge(named("Egret AI"))
        before, sequence = everything(store), store.sequence
    neo4j_driver.execute_query("MATCH (m:Metadata {id: 'links'}) SET m.value = '0'")
    neo4j_driver.execute_query("MATCH (i:Identity) DELETE i")
    with open_server() as store:
        assert store.merge(named("Egret AI")).claims == 0
        assert store.check() == []
        assert everything(store) == before
        assert store.sequence > sequence
    neo4j_driver.execute_query("MATCH (m:Metadata {id: 'links'}) SET m.value = '1000'")
    with open_server() as store, pytest.raises(StoreVersionError, match="newer modelkin"):
        store.merge(english())


def test_readers_write_nothing(open_server: Open) -> None:
    with pytest.raises(UnknownStoreError, match="empty"):
        open_server(read_only=True)
    with open_server() as store:
        store.merge(english())
    with open_server(read_only=True) as store:
        assert store.entity(BELUGA.id) is not None
        for write in (
            lambda: store.merge(chinese()),
            lambda: store.remove(english().document.id),
            lambda: store.set_metadata("a", "b"),
            lambda: store.drop(),
            lambda: store.check(),
        ):
            with pytest.raises(StoreError, match="reading only"):
                write()


def test_a_database_of_something_else_is_left_alone(
    open_server: Open, neo4j_driver: Driver
) -> None:
    neo4j_driver.execute_query("CREATE (:Movie {title: '霸王别姬'})")
    with pytest.raises(StoreCorruptError, match="something else"):
        open_server()
    assert neo4j_driver.execute_query("MATCH (n) RETURN count(n)").records[0][0] == 1


def test_a_store_of_another_version_is_refused(open_server: Open, neo4j_driver: Driver) -> None:
    open_server().close()
    for version, age in ((99, "a newer"), (0, "an older")):
        neo4j_driver.execute_query("MATCH (s:Store) SET s.version = $v", v=version)
        with pytest.raises(StoreVersionError, match=age):
            open_server()


def test_a_dropped_store_leaves_an_empty_database(
    open_server: Open, neo4j_driver: Driver, tmp_path: Path
) -> None:
    with open_server() as store:
        store.merge(english())
        store.drop()
    left = neo4j_driver.execute_query("MATCH (n) RETURN count(n)").records[0][0]
    made = neo4j_driver.execute_query(
        "SHOW INDEXES YIELD name WHERE name STARTS WITH 'modelkin' RETURN count(*)"
    ).records[0][0]
    assert (left, made) == (0, 0)
    assert not list((tmp_path / "copies").glob("*.db"))
    shutil.rmtree(tmp_path / "copies")
    with open_server() as store:
        assert store.sequence == 0


def test_texts_of_any_length_are_kept(open_server: Open, tmp_path: Path) -> None:
    long = [
        article({f"{n} 个字, {n}B.": [(model.id, "parameters", Value("9" * n), {})]}, [model])
        for n in (500, 501, 3000, 40_000)
        for model in (Entity.of(f"model/long-{n}", EntityType.MODEL, "长" * n, ["Ａ" * n]),)
    ]
    with open_server() as there, SqliteStore.open(tmp_path / "here.db") as here:
        for extraction in long:
            assert there.merge(extraction) == here.merge(extraction)
        assert there.check() == []
        for one, other in ((there.entities(), here.entities()), (there.claims(), here.claims())):
            assert list(one) == list(other)
        assert list(there.statements()) == list(here.statements())
        for n in (500, 501, 3000, 40_000):
            value = Value("9" * n)
            assert list(there.claims(object=value)) == list(here.claims(object=value))
            assert there.find("长" * n) == here.find("长" * n) != []
            assert there.find("a" * n) == here.find("a" * n)
        there.remove(long[-1].document.id)
        here.remove(long[-1].document.id)
        assert list(there.entities()) == list(here.entities())
        assert there.check() == []


def test_words_and_pairs_of_characters_are_indexed(open_server: Open, neo4j_driver: Driver) -> None:
    models = [Entity.of("model/qwen", EntityType.MODEL, "Qwen", ["通义千问"])]
    with open_server() as store:
        store.merge(
            article({"羊驼与白鲸。": [("model/qwen", "parameters", Value("7B"), {})]}, models)
        )
        neo4j_driver.execute_query("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
        for index, words in (("names", "千问"), ("names", "qwen"), ("quotes", "白鲸")):
            table = store.query(
                "CALL db.index.fulltext.queryNodes($index, $words) YIELD node RETURN node.id",
                {"index": f"modelkin_{index}", "words": words},
            )
            assert len(table.rows) == 1, words

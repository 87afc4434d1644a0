"""What the tests of faults share: documents, and what a store says of them in the end."""

from itertools import pairwise
from pathlib import Path

from neo4j_server import RunningNeo4j
from opened_store import contents
from sample_extractions import article

from modelkin.graph.protocols import GraphStore
from modelkin.graph.stores.login import Login
from modelkin.graph.stores.neo4j.store import Neo4jStore
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import Entity, Extraction, Value
from modelkin.ontology.terms import EntityType

__all__ = ["everything", "expected", "opened", "work"]


def work(number: int, *, claims: int = 4) -> Extraction:
    """Make what a document says, half of it in Chinese and all of it shared with the next one."""
    models = [
        Entity.of(f"model/{n}", EntityType.MODEL, f"模型 {n}")
        for n in range(number, number + claims)
    ]
    sentences = {
        f"第{number}篇说{one.name}来自{other.name}, merged of {number}B.": [
            (one.id, "derivedFrom", other.id, {"method": "merge"}),
            (one.id, "parameters", Value(f"{number}B"), {}),
        ]
        for one, other in pairwise(models)
    }
    return article(sentences, models, title=f"article {number}", confidence=0.5)


def opened(server: RunningNeo4j, folder: Path, *, uri: str | None = None) -> Neo4jStore:
    """Open the store of a server, at another address where one is given."""
    login = Login(server.user, server.password)
    return Neo4jStore.open(uri or server.uri, login=login, folder=folder)


def everything(store: GraphStore) -> dict[str, object]:
    """Give all that a store says, and every change that it noted, each once."""
    return contents(store) | {"changes": list(store.changes())}


def expected(path: Path, numbers: range) -> dict[str, object]:
    """Give what a file says that has read these documents one after the other."""
    with SqliteStore.open(path) as store:
        for number in numbers:
            store.merge(work(number))
        return everything(store)

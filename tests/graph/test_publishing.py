"""Publishing, against an Oxigraph in this process that breaks off at will."""

from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_view import MemoryView
from samples import HOSTILE, hostile, parts, tiny

from modelkin.graph.errors import StoreError
from modelkin.graph.protocols import GraphStore
from modelkin.graph.publishing import PUBLICATION, PublishReport, publish, resources
from modelkin.graph.rdf.quads import Quads
from modelkin.graph.rdf.syntax import lines
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import Claim, Entity, Extraction, Value
from modelkin.ontology.document import Document
from modelkin.ontology.terms import EntityType


class BrokenError(StoreError):
    """The connection broke off."""


class Server:
    """What `SparqlServer` is, without a network; it breaks off after so many updates."""

    url = "http://example.org/ds"

    def __init__(self) -> None:
        self.store = pyoxigraph.Store()
        self.requests = 0
        self.left = 10**9

    def select(self, text: str) -> list[dict[str, str]]:
        self.requests += 1
        found: Any = self.store.query(text)
        return [
            {variable.value: solution[variable].value for variable in found.variables}
            for solution in found
        ]

    def update(self, text: str) -> None:
        if not self.left:
            raise BrokenError("the connection broke off")
        self.left -= 1
        self.requests += 1
        self.store.update(text)

    def shown(self) -> set[str]:
        quads = {str(quad) for quad in self.store}
        return {quad for quad in quads if not quad.endswith(f"<{PUBLICATION}>")}


def send(store: GraphStore, server: Server, **options: Any) -> PublishReport:
    return publish(store, server, **options)  # type: ignore[arg-type]


def expected(store: GraphStore | MemoryView) -> set[str]:
    # A server keeps numbers by their value, so that the type of some is a wider one.
    kept = pyoxigraph.Store()
    kept.load("".join(lines(Quads().view(store))), format=pyoxigraph.RdfFormat.N_QUADS)
    return {str(quad) for quad in kept}


@settings(max_examples=25)
@given(
    steps=st.lists(st.tuples(st.integers(0, 2), st.booleans(), st.integers(0, 9)), max_size=6),
    batch=st.integers(1, 12),
)
def test_whatever_happens_the_server_shows_the_store_in_the_end(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, bool, int]], batch: int
) -> None:
    extractions, server = parts(), Server()
    with SqliteStore.open(tmp_path_factory.mktemp("store") / "graph.db") as store:
        for number, stays, left in steps:
            if stays:
                store.merge(extractions[number])
            elif store.document(extractions[number].document.id) is not None:
                store.remove(extractions[number].document.id)
            server.left = left
            try:
                send(store, server, batch=batch)
            except BrokenError:
                continue
            assert server.shown() == expected(store)
        server.left = 10**9
        send(store, server, batch=batch)
        assert server.shown() == expected(store)
        assert send(store, server) == PublishReport()


@pytest.mark.parametrize("view", [tiny(), hostile()], ids=["tiny", "hostile"])
def test_resources_are_the_view_each_once(view: MemoryView) -> None:
    given = list(resources(view))
    addresses = [address for address, _ in given]
    assert len(addresses) == len(set(addresses))
    quads = [quad for _, some in given for quad in some]
    assert sorted(quads) == sorted(Quads().view(view))
    assert list(resources(view)) == given


def test_hostile_texts_arrive_as_they_are(tmp_path: Path) -> None:
    server = Server()
    with SqliteStore.open(tmp_path / "graph.db") as store:
        text = "\n".join(HOSTILE).replace("\ud800", "")
        document = Document.of(text, lang="en", title=text, url=text)
        models = [Entity.of(f"model/{n}", EntityType.MODEL, name) for n, name in enumerate("甲乙")]
        claims = [
            Claim.of(
                models[0].id,
                "parameters",
                Value(name.replace("\ud800", "")),
                document.span(0, 9),
                qualifiers={"variant": name.replace("\ud800", "")},
                extractor="r@1",
                confidence=0.5,
            )
            for name in HOSTILE
        ]
        store.merge(Extraction.of(document, models, claims))
        send(store, server, batch=1)
        assert server.shown() == expected(store)


def test_what_is_published_is_said(tmp_path: Path) -> None:
    server = Server()
    with SqliteStore.open(tmp_path / "graph.db") as store:
        store.merge(parts()[0])
        seen: list[str] = []
        send(store, server, progress=seen.append)
        said = server.select(f"SELECT ?p ?o {{ GRAPH ?g {{ <{PUBLICATION}> ?p ?o }} }}")
        about = {row["p"].partition("#")[2]: row["o"] for row in said}
        assert about["store"] == store.metadata("identity")
        assert about["sequence"] == str(store.sequence)
    assert seen == list(dict.fromkeys(seen))
    assert any(address.endswith("%E7%99%BE%E5%B7%9D") for address in seen)


def test_a_base_of_ones_own_and_another_one_later(tmp_path: Path) -> None:
    server = Server()
    with SqliteStore.open(tmp_path / "graph.db") as store:
        store.merge(parts()[0])
        send(store, server, base="https://example.org/kg/")
        assert all("<https://w3id.org/modelkin/model" not in quad for quad in server.shown())
        assert any("<https://example.org/kg/model/llama>" in quad for quad in server.shown())
        report = send(store, server)
        assert report.claims.new == report.claims.removed > 0
        assert server.shown() == expected(store)
        with pytest.raises(StoreError, match="nothing can be published under"):
            send(store, server, base="https://example.org/kg#")

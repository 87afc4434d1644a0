"""SPARQL over a store in a server, and what would be published of it: as of a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import Driver
from neo4j_server import RunningNeo4j
from sample_extractions import chinese, doubted, english

from modelkin.graph.projections import rdf
from modelkin.graph.publishing import resources
from modelkin.graph.stores.login import Login
from modelkin.graph.stores.neo4j.store import Neo4jStore
from modelkin.graph.stores.sqlite import SqliteStore

QUESTIONS = (
    "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o",
    "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g",
    "SELECT ?a ?b { ?a mk:derivedFrom+ ?b } ORDER BY ?a ?b",
    "ASK { ?m mk:developedBy ?o }",
)


@pytest.fixture(autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    rdf._POOL.close()


@pytest.mark.parametrize("candidates", [False, True])
def test_a_server_answers_as_a_file(
    neo4j_server: RunningNeo4j, neo4j_driver: Driver, tmp_path: Path, candidates: bool
) -> None:
    login = Login(neo4j_server.user, neo4j_server.password)
    with (
        SqliteStore.open(tmp_path / "file.db", candidates=candidates) as file,
        Neo4jStore.open(
            neo4j_server.uri, login=login, folder=tmp_path / "copies", candidates=candidates
        ) as server,
    ):
        for extraction in (english(), doubted(chinese(), 0)):
            file.merge(extraction)
            server.merge(extraction)
        for question in QUESTIONS:
            answer = rdf.run(server, question)
            assert answer == rdf.run(file, question)
            assert answer.rows or answer.boolean is not None
        assert list(resources(server)) == list(resources(file))
        before = rdf.run(server, QUESTIONS[0])
        server.remove(english().document.id)
        assert rdf.run(server, QUESTIONS[0]) != before

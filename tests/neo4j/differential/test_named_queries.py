"""The ready-made queries, asked of a store with curated facts: both engines give the same rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from both_engines import ask_both, load
from grammar import Question
from neo4j import Session
from random_graphs import Graph
from small_stores import chinese, english, market, sqlite_store

from modelkin.graph.projections import queries
from modelkin.graph.projections.shape import edges, nodes
from modelkin.graph.seeding import plant

VALUES: dict[str, list[object]] = {
    "model": ["model/llama-2", "model/glm-4", "model/qwen", "model/nothing"],
    "from": ["model/llama", "model/stable-beluga-2"],
    "to": ["model/stable-beluga-2", "model/llama"],
    "organization": ["organization/meta", "organization/alibaba"],
    "entity": ["organization/智谱-ai", "model/llama-2"],
    "subject": ["model/stable-beluga-2", "model/llama-2"],
    "predicate": ["derivedFrom", "parameters"],
    "object": ["model/llama-2", "7B"],
    "name": ["千问", "llama", "羊驼"],
    "most": [5],
    "confidence": [0.95],
}


@pytest.fixture(scope="module")
def graph(session: Session, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path: Path = tmp_path_factory.mktemp("named") / "graph.db"
    with sqlite_store(path, [english(), chinese(), market()]) as store:
        plant(store)
        yield load(session, Graph(tuple(nodes(store)), tuple(edges(store))))


@pytest.mark.parametrize("name", queries.names())
def test_both_engines_give_the_same_rows_in_order(session: Session, graph: Any, name: str) -> None:
    keys = queries.parameters(name)
    found = 0
    for turn in range(max([1, *(len(VALUES[key]) for key in keys)])):
        given = {key: VALUES[key][min(turn, len(VALUES[key]) - 1)] for key in keys}
        outcome = ask_both(session, graph, Question(queries.text(name), True, given))
        assert outcome.verdict == "agreed", (outcome.embedded, outcome.server)
        found += outcome.has_rows
    assert found, "a query that finds nothing proves nothing"

"""The ready-made queries."""

from collections.abc import Iterator

import pytest
from small_stores import chinese, curated, english, sqlite_store

from modelkin.graph.errors import QueryError
from modelkin.graph.projections import cypher, queries
from modelkin.graph.stores.sqlite import SqliteStore

LLAMA, LLAMA_2, BELUGA = "model/llama", "model/llama-2", "model/stable-beluga-2"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    path = tmp_path_factory.mktemp("queries") / "graph.db"
    with sqlite_store(path, [english(), chinese(), curated()]) as made:
        yield made


def ask(store: SqliteStore, name: str, **parameters: object) -> list[dict[str, object]]:
    table = cypher.run(store, queries.text(name), parameters)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_each_query_says_what_it_asks_and_gives() -> None:
    for name in queries.names():
        text = queries.text(name)
        assert text.startswith("// ")
        assert "// Columns: " in text


def test_lineage_up(store: SqliteStore) -> None:
    assert ask(store, "lineage_up", model=BELUGA) == [
        {"steps": 1, "path": [BELUGA, LLAMA_2], "methods": ["finetune"], "base": "Llama 2"},
        {
            "steps": 2,
            "path": [BELUGA, LLAMA_2, LLAMA],
            "methods": ["finetune", "scaling"],
            "base": "LLaMA",
        },
    ]


def test_lineage_down(store: SqliteStore) -> None:
    assert ask(store, "lineage_down", model=LLAMA) == [
        {"steps": 1, "model": LLAMA_2, "name": "Llama 2"},
        {"steps": 2, "model": BELUGA, "name": "Stable Beluga 2"},
    ]


@pytest.mark.parametrize("ends", [(LLAMA, BELUGA), (BELUGA, LLAMA)])
def test_paths_between(store: SqliteStore, ends: tuple[str, str]) -> None:
    parameters = {"from": ends[0], "to": ends[1]}
    assert ask(store, "paths_between", **parameters) == [
        {"steps": 2, "path": [BELUGA, LLAMA_2, LLAMA], "methods": ["finetune", "scaling"]}
    ]


def test_models_by_licence(store: SqliteStore) -> None:
    assert ask(store, "models_by_licence") == [
        {
            "licence": "license/llama-2",
            "name": "Llama 2 Community License",
            "models": 2,
            "ids": [LLAMA_2, BELUGA],
        }
    ]


def test_provenance_of_an_edge(store: SqliteStore) -> None:
    found = ask(store, "provenance", subject=BELUGA, predicate="derivedFrom", object=LLAMA_2)
    assert [(row["kind"], row["quote"], row["title"]) for row in found] == [
        ("extracted", "Stable Beluga 2 is a fine-tune of Llama 2.", "Herd"),
        ("curated", "model card", "article"),
    ]


def test_provenance_of_a_value(store: SqliteStore) -> None:
    found = ask(store, "provenance", subject=LLAMA_2, predicate="parameters", object="7B")
    assert [row["quote"] for row in found] == [
        "Meta's Llama 2 (7B, 70B) builds on LLaMA.",
        "Llama 2 有 7B 版本。",
    ]


def test_unknown_query() -> None:
    with pytest.raises(QueryError, match="nothing"):
        queries.text("nothing")

"""The ready-made queries."""

from collections.abc import Iterator

import pytest
from small_stores import chinese, curated, english, market, sqlite_store

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


QWEN, TUNED, GLM = "model/qwen", "model/通义灵码", "model/glm-4"
ALIBABA, ZHIPU, META = "organization/alibaba", "organization/智谱-ai", "organization/meta"
LLAMA_LICENCE, APACHE = "license/llama-2", "license/apache-license-2.0"
ANSWERS: dict[str, tuple[dict[str, object], list[tuple[object, ...]]]] = {
    "benchmarks": ({}, [("benchmark/mmlu", "MMLU", 2, [GLM, QWEN])]),
    "company_timeline": (
        {"organization": ALIBABA},
        [
            ("2023-08", QWEN, "Qwen", ["open", "restricted"], [TUNED]),
            ("2024-05", TUNED, "通义灵码", [], [LLAMA_2, QWEN]),
        ],
    ),
    "compared_models": ({"model": GLM}, [(QWEN, GLM, ["better"], 1, ["benchmark/mmlu"])]),
    "conflicting_methods": ({}, [(TUNED, QWEN, ["finetune", "quantization"], 2)]),
    "conflicting_values": ({}, [(QWEN, "Qwen", "openness", ["open", "restricted"], [1, 1])]),
    "datasets": ({}, [("dataset/wanjuan", "万卷", 1, [QWEN])]),
    "derivation_cycles": ({}, [(2, [QWEN, TUNED, QWEN]), (2, [TUNED, QWEN, TUNED])]),
    "descendants": (
        {"model": LLAMA_2},
        [(1, 2, [BELUGA, TUNED]), (2, 1, [QWEN])],
    ),
    "family": ({"model": QWEN}, [(1, TUNED, "通义灵码")]),
    "hosts": ({}, [("platform/modelscope", "魔搭社区", [ALIBABA], 1, [QWEN])]),
    "licences_of_bases": (
        {},
        [
            (QWEN, LLAMA_LICENCE, TUNED, APACHE, "distillation"),
            (TUNED, APACHE, LLAMA_2, LLAMA_LICENCE, "merge"),
            (TUNED, APACHE, QWEN, LLAMA_LICENCE, "finetune"),
        ],
    ),
    "methods_by_year": (
        {},
        [
            ("2023", "finetune", 1),
            ("2023", "scaling", 1),
            ("2024", "distillation", 1),
            ("2024", "finetune", 1),
            ("2024", "merge", 1),
        ],
    ),
    "models_by_company": (
        {},
        [
            (ALIBABA, "阿里巴巴", 2, [QWEN, TUNED]),
            (META, "Meta", 1, [LLAMA_2]),
            (ZHIPU, "智谱AI", 1, [GLM]),
        ],
    ),
    "models_by_domain": ({}, [("domain/law", "法律", 1, [TUNED])]),
    "most_derived_from": (
        {"most": 2},
        [(LLAMA_2, "Llama 2", 2, ["finetune", "merge"]), (LLAMA, "LLaMA", 1, ["scaling"])],
    ),
    "names": ({"name": "千问"}, [(QWEN, "Model", "Qwen", ["通义千问"])]),
    "openness_of_companies": (
        {},
        [
            (ALIBABA, "阿里巴巴", ["open"], 2, 1, 1, 0, 1),
            (META, "Meta", [], 1, 0, 0, 0, 1),
            (ZHIPU, "智谱AI", [], 1, 0, 0, 0, 1),
        ],
    ),
    "people": (
        {},
        [("person/周靖人", "周靖人", ALIBABA, "阿里巴巴", ["首席技术官"], "2024-05")],
    ),
    "products": ({}, [("product/通义", "通义", TUNED, [LLAMA_2, QWEN])]),
}


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    path = tmp_path_factory.mktemp("queries") / "larger.db"
    with sqlite_store(path, [english(), chinese(), curated(), market()]) as made:
        yield made


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_answers(larger: SqliteStore, name: str) -> None:
    given, rows = ANSWERS[name]
    assert set(given) == set(queries.parameters(name))
    assert list(cypher.run(larger, queries.text(name), given).rows) == rows


def test_documents_about_an_entity(larger: SqliteStore) -> None:
    found = ask(larger, "documents_about", entity=GLM)
    assert [(row["published"], row["title"], row["claims"]) for row in found] == [
        ("2024-01", "国产大模型", 1),
        ("2024-05", "通义家族", 2),
    ]


def test_doubtful_statements(larger: SqliteStore) -> None:
    found = ask(larger, "doubtful_statements", confidence=0.8)
    assert {row["confidence"] for row in found} == {0.7}
    assert (GLM, "EVALUATED_ON") in {(row["subject"], row["relation"]) for row in found}
    assert ask(larger, "doubtful_statements", confidence=0.5) == []


def test_each_query_says_which_parameters_it_takes() -> None:
    for name in queries.names():
        head = queries.text(name).partition("MATCH")[0]
        assert [f"${key}" for key in queries.parameters(name) if f"${key}" not in head] == []
        assert queries.asks(name).endswith((".", "…"))


def test_unknown_query() -> None:
    with pytest.raises(QueryError, match="nothing"):
        queries.text("nothing")

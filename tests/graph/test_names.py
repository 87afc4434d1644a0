"""Names as people type them: one entity, or an error that helps."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from memory_view import article

from modelkin.graph.errors import AmbiguousNameError, UnknownNameError
from modelkin.graph.names import resolve, suggestions
from modelkin.graph.protocols import GraphStore
from modelkin.graph.stores import open_store
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import Entity, Extraction
from modelkin.ontology.document import Document
from modelkin.ontology.terms import EntityType

ENTITIES = [
    Entity.of("dataset/dolly", EntityType.DATASET, "Dolly"),
    Entity.of("model/dolly", EntityType.MODEL, "Dolly"),
    Entity.of("model/baichuan-7b", EntityType.MODEL, "Baichuan-7B", ["百川7B"]),
    Entity.of("model/stable-beluga", EntityType.MODEL, "Stable Beluga", ["FreeWilly"]),
    Entity.of("organization/baichuan", EntityType.ORGANIZATION, "百川智能", ["Baichuan", "百川"]),
    Entity.of("model/baichuan", EntityType.MODEL, "Baichuan"),
    Entity.of("organization/zhipu-ai", EntityType.ORGANIZATION, "智谱AI", ["Zhipu AI", "智谱"]),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with SqliteStore.open(tmp_path_factory.mktemp("names") / "store.db") as store:
        store.merge(article(ENTITIES, [("Dolly", [])]))
        yield store


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("Stable Beluga", "model/stable-beluga"),
        ("stable-beluga", "model/stable-beluga"),
        ("STABLEBELUGA", "model/stable-beluga"),
        ("freewilly", "model/stable-beluga"),
        ("百川智能", "organization/baichuan"),
        ("智谱 ai", "organization/zhipu-ai"),
        ("zhipu-ai", "organization/zhipu-ai"),
        ("baichuan 7b", "model/baichuan-7b"),
        ("百川 7B", "model/baichuan-7b"),
        ("model/dolly", "model/dolly"),
        ("Baichuan", "model/baichuan"),
    ],
)
def test_a_name_stands_for_its_entity(store: GraphStore, typed: str, id: str) -> None:
    assert resolve(store, typed).id == id


def test_a_type_decides(store: GraphStore) -> None:
    assert resolve(store, "dolly", EntityType.DATASET).id == "dataset/dolly"
    assert resolve(store, "dolly", prefer=EntityType.MODEL).id == "model/dolly"
    assert resolve(store, "Baichuan", EntityType.ORGANIZATION).id == "organization/baichuan"
    assert resolve(store, "baichuan", prefer=EntityType.DATASET).id == "model/baichuan"
    assert resolve(store, "百川", prefer=EntityType.MODEL).id == "organization/baichuan"


@pytest.mark.parametrize("prefer", [None, EntityType.PERSON])
def test_an_ambiguous_name_lists_the_candidates(
    store: GraphStore, prefer: EntityType | None
) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        resolve(store, "dolly", prefer=prefer)
    assert caught.value.message.splitlines() == [
        "'dolly' stands for 2 entities:",
        "  dataset/dolly (Dataset): Dolly",
        "  model/dolly (Model): Dolly",
    ]
    assert caught.value.exit_code == 2
    assert "id" in caught.value.hint


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Stabel Beluga", "Stable Beluga"),
        ("StableBelluga", "Stable Beluga"),
        ("free willy 2", "FreeWilly"),
        ("智普", "智谱"),
        ("智普AI", "智谱AI"),
        ("百穿智能", "百川智能"),
        ("Baichuan-8B", "Baichuan-7B"),
    ],
)
def test_an_unknown_name_brings_near_ones(store: GraphStore, typed: str, meant: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        resolve(store, typed)
    assert repr(typed) in caught.value.message
    assert meant in caught.value.hint
    assert suggestions(store, typed)[0] == meant


def test_suggestions_are_of_the_type_asked_for(store: GraphStore) -> None:
    assert suggestions(store, "Dolli", EntityType.PERSON) == []
    with pytest.raises(UnknownNameError, match="no Person is named 'Dolli'"):
        resolve(store, "Dolli", EntityType.PERSON)


@pytest.mark.parametrize("typed", ["", " ", "%", '"', "zzzzzzz", "x" * 10_000, "\ud800", "\0"])
def test_a_name_like_no_other_brings_a_way_on(store: GraphStore, typed: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        resolve(store, typed)
    assert "modelkin search" in caught.value.hint


@pytest.mark.parametrize("name", ["通义千问", "FreeWilly2"])
def test_what_only_an_article_calls_so_gives_way_to_what_is_known(
    tmp_path: Path, name: str
) -> None:
    with open_store(tmp_path / "store.db", create=True, read_only=False) as store:
        licence = Entity.of("license/heron", EntityType.LICENSE, "Heron License", [name])
        store.merge(Extraction.of(Document.of(f"{name}", lang="zh"), [licence], []))
        assert len(store.find(name)) == 2
        assert resolve(store, name).type is EntityType.MODEL
        assert resolve(store, name, EntityType.LICENSE) == licence

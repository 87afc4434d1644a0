"""Seeds come into a store once, are kept up to date, and leave ingested articles alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from memory_view import article

from modelkin import seeds
from modelkin.graph.protocols import GraphStore, MergeReport
from modelkin.graph.seeding import leave_bare, plant
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import ClaimKind, Entity, Extraction
from modelkin.ontology.document import DocumentKind
from modelkin.ontology.terms import EntityType

A = Entity.of("model/a", EntityType.MODEL, "A 模型")
B = Entity.of("model/b", EntityType.MODEL, "B")


def record(text: str, *, curated: bool = True) -> Extraction:
    kind = ClaimKind.CURATED if curated else ClaimKind.EXTRACTED
    return article([A, B], [(text, [(A.id, "derivedFrom", B.id, "t@1", {})])], kind=kind)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    with SqliteStore.open(tmp_path / "store.db") as store:
        yield store


def ship(patch: pytest.MonkeyPatch, version: str, *extractions: Extraction) -> None:
    patch.setattr(seeds, "version", lambda: version)
    patch.setattr(seeds, "extractions", lambda: iter(extractions))


def texts(store: GraphStore) -> set[str]:
    return {document.text for document in store.documents()}


def test_the_shipped_seeds_are_planted_once(store: GraphStore) -> None:
    report = plant(store)
    claims = list(store.claims())
    assert report.claims == len(claims) > 100
    assert {claim.kind for claim in claims} == {ClaimKind.CURATED}
    assert {document.kind for document in store.documents()} == {DocumentKind.CURATED}
    assert all(statement.confidence == 1.0 for statement in store.statements())
    sequence = store.sequence
    assert plant(store) == MergeReport()
    assert store.sequence == sequence


def test_the_same_version_reads_nothing(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    ship(monkeypatch, "1", record("one"))
    assert plant(store) == MergeReport(documents=1, entities=2, claims=1)
    monkeypatch.delattr(seeds, "extractions")
    assert plant(store) == MergeReport()


def test_another_version_replaces_the_curated_documents(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship(monkeypatch, "1", record("one"), record("two"))
    plant(store)
    store.merge(record("文章", curated=False))
    ship(monkeypatch, "2", record("two"), record("three"))
    assert plant(store) == MergeReport(documents=1, claims=1, removed=1)
    assert texts(store) == {"two", "three", "文章"}
    assert store.metadata("seeds") == "2"


def test_a_failure_leaves_the_store_as_it_was(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship(monkeypatch, "1", record("one"))
    plant(store)

    def broken() -> Iterator[Extraction]:
        yield record("two")
        raise seeds.SeedError("broken")

    monkeypatch.setattr(seeds, "version", lambda: "2")
    monkeypatch.setattr(seeds, "extractions", broken)
    with pytest.raises(seeds.SeedError):
        plant(store)
    assert texts(store) == {"one"}
    assert store.metadata("seeds") == "1"


def test_a_bare_store_stays_bare(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_bare(store)
    assert plant(store) == MergeReport()
    ship(monkeypatch, "2", record("one"))
    assert plant(store) == MergeReport()
    assert texts(store) == set()


def test_only_a_new_store_is_left_bare(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    ship(monkeypatch, "1", record("one"))
    store.merge(record("文章", curated=False))
    leave_bare(store)
    plant(store)
    assert texts(store) == {"one", "文章"}

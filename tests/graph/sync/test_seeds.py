"""Curated records go along where they belong."""

import pytest
from copied_stores import RECORD, exported
from sample_extractions import chinese, english

from modelkin.graph import seeding
from modelkin.graph.protocols import MergeReport
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.graph.sync import sync


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the package ship one curated record, as version one."""
    monkeypatch.setattr("modelkin.seeds.version", lambda: "one")
    monkeypatch.setattr("modelkin.seeds.extractions", lambda: iter([RECORD]))


def test_seeds_of_one_version_bring_nothing_new(stores: list[SqliteStore], shipped: None) -> None:
    source, target, _ = stores
    seeding.plant(source)
    source.merge(english())
    seeding.plant(target)
    report = sync(source, target)
    assert (report.merged.documents, report.left_out) == (1, 0)
    assert exported(source) == exported(target)


def test_a_new_store_has_the_seeds_of_the_source(stores: list[SqliteStore], shipped: None) -> None:
    source, target, _ = stores
    seeding.leave_bare(target)
    seeding.plant(source)
    sync(source, target)
    assert exported(source) == exported(target)
    assert target.metadata("seeds") == "one"
    assert seeding.plant(target) == MergeReport()


def test_a_bare_store_makes_a_bare_one(stores: list[SqliteStore], shipped: None) -> None:
    source, target, _ = stores
    seeding.leave_bare(source)
    source.merge(english())
    sync(source, target)
    assert target.metadata("seeds") == "bare"
    assert seeding.plant(target) == MergeReport()
    assert exported(source) == exported(target)


@pytest.mark.parametrize("bare", [True, False])
def test_seeds_of_another_version_are_left_out(
    stores: list[SqliteStore], shipped: None, monkeypatch: pytest.MonkeyPatch, bare: bool
) -> None:
    source, target, _ = stores
    seeding.plant(source)
    source.merge(english())
    if bare:
        seeding.leave_bare(target)
    else:
        monkeypatch.setattr("modelkin.seeds.version", lambda: "two")
        monkeypatch.setattr("modelkin.seeds.extractions", lambda: iter([]))
        seeding.plant(target)
    target.merge(chinese())
    report = sync(source, target)
    assert report.left_out == 1
    assert RECORD.document.id not in {d.id for d in target.documents()}
    assert target.document(english().document.id) is not None

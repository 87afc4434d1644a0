"""One store copied into another: the union of both, written once, wherever it was broken off."""

from pathlib import Path

import pytest
from copied_stores import NEW, OLD, RECORD, URL, decided, exported, opened, state
from graph_store_remade import decisions_of_lots, make
from sample_extractions import chinese, english, named

from modelkin.graph.errors import DecisionError, StoreError
from modelkin.graph.protocols import MergeReport
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.graph.sync import SyncReport, preview, same_place, sync
from modelkin.ontology.claim import Extraction
from modelkin.ontology.decision import DecisionKind


def test_a_new_store_becomes_the_source(stores: list[SqliteStore]) -> None:
    source, target, _ = stores
    make(source, [english(), chinese(), OLD, NEW, RECORD, *decisions_of_lots()])
    report = sync(source, target)
    assert report.merged.documents == 5
    assert report.decisions == len(list(source.decisions())) > 0
    assert report.refused == ()
    assert state(source) == state(target)
    for store in (source, target):
        store.remove(NEW.document.id)
    assert target.document(OLD.document.id) is not None
    assert state(source) == state(target)


def test_the_second_run_writes_nothing(stores: list[SqliteStore]) -> None:
    source, target, _ = stores
    make(source, [english(), english(url=URL), chinese(curated=True), *decisions_of_lots()])
    sync(source, target)
    sequence, before = target.sequence, Path(target.location).read_bytes()
    assert sync(source, target) == SyncReport()
    assert target.sequence == sequence
    assert Path(target.location).read_bytes() == before


def test_only_what_is_new_is_written(stores: list[SqliteStore]) -> None:
    source, target, _ = stores
    make(source, [english(), chinese()])
    sync(source, target)
    sequence = target.sequence
    make(source, [OLD, decided(DecisionKind.RENAME, entity="organization/苍鹭", name="Heron")])
    report = sync(source, target)
    assert (report.merged.documents, report.decisions) == (1, 1)
    # The document, the decision, and the document as it is shown now.
    assert [c.kind for c in target.changes(sequence)] == ["add", "decide", "remove", "add"]


def test_nothing_is_taken_out_of_the_target(stores: list[SqliteStore]) -> None:
    source, target, _ = stores
    make(source, [english()])
    make(target, [chinese(), english(url=URL)])
    assert sync(source, target).merged == MergeReport()
    assert {d.id for d in target.documents()} == {
        english().document.id,
        chinese().document.id,
    }
    source.remove(english().document.id)
    assert sync(source, target) == SyncReport()
    assert len(list(target.documents())) == 2


def test_what_both_have_read_says_what_the_source_says(stores: list[SqliteStore]) -> None:
    source, target, _ = stores
    make(source, [english(confidence=0.8)])
    make(target, [english(confidence=0.5), chinese()])
    assert sync(source, target).merged == MergeReport(claims=3, removed=3)
    assert target.original(english().document.id) == english(confidence=0.8)


def test_later_texts_take_the_place_of_earlier_ones_from_either_side() -> None:
    for source, target in ((OLD, NEW), (NEW, OLD)):
        with opened(2) as (one, other):
            one.merge(source)
            other.merge(target)
            sync(one, other)
            assert [d.id for d in other.documents()] == [NEW.document.id]
            assert set(other.readings()) == {OLD, NEW}


def test_decisions_that_cannot_stand_are_named_and_the_rest_goes_in(
    stores: list[SqliteStore],
) -> None:
    source, target, _ = stores
    pair = ("organization/heron", "organization/苍鹭")
    apart = decided(DecisionKind.APART, 1, entity=pair[0], other=pair[1])
    undo = decided(DecisionKind.UNDO, 2, decision=apart.id)
    rename = decided(DecisionKind.RENAME, 3, entity="organization/meta", name="元")
    make(source, [english(), apart, undo, rename])
    make(target, [decided(DecisionKind.MERGE, entity=pair[1], into=pair[0])])
    told = preview(source, target)
    report = sync(source, target)
    assert [decision for decision, _ in report.refused] == [apart, undo]
    assert all(isinstance(error, DecisionError) for _, error in report.refused)
    assert report.decisions == 1
    assert rename in list(target.decisions())
    assert [decision for decision, _ in told.refused] == [apart, undo]
    assert (told.decisions, told.merged.documents) == (1, 1)


def test_a_preview_says_what_is_new_and_writes_nothing(stores: list[SqliteStore]) -> None:
    source, target, other = stores
    make(source, [english(), chinese(curated=True), OLD, *decisions_of_lots()])
    make(target, [chinese(curated=True)])
    sequence = target.sequence
    told = preview(source, target)
    assert target.sequence == sequence
    assert preview(source, other) == preview(source, None)
    report = sync(source, target)
    assert (told.merged.documents, told.decisions) == (2, report.decisions)
    assert preview(source, target) == SyncReport()


def test_a_batch_is_one_write(stores: list[SqliteStore], monkeypatch: pytest.MonkeyPatch) -> None:
    source, target, _ = stores
    texts = [named(f"Heron {number}") for number in range(5)]
    make(source, texts)
    merge, done = SqliteStore.merge, []

    def third_fails(store: SqliteStore, extraction: Extraction) -> MergeReport:
        done.append(extraction)
        if len(done) == 4:
            raise StoreError("the disk is full")
        return merge(store, extraction)

    monkeypatch.setattr(SqliteStore, "merge", third_fails)
    with pytest.raises(StoreError, match="full"):
        sync(source, target, batch=2)
    assert len(list(target.documents())) == 2
    report = sync(source, target, batch=2)
    assert report.merged.documents == 3
    assert exported(source) == exported(target)


@pytest.mark.parametrize("batch", [0, -1])
def test_a_batch_holds_something(stores: list[SqliteStore], batch: int) -> None:
    with pytest.raises(StoreError, match="at least one"):
        sync(stores[0], stores[1], batch=batch)


def test_one_store_by_several_names(tmp_path: Path) -> None:
    store, link, hard = tmp_path / "库.db", tmp_path / "link.db", tmp_path / "hard.db"
    assert same_place(str(store), f"{tmp_path}/./库.db")
    store.touch()
    link.symlink_to(store)
    hard.hardlink_to(store)
    assert same_place(str(store), str(link))
    assert same_place(str(store), str(hard))
    assert not same_place(str(store), str(tmp_path / "other.db"))
    assert not same_place(str(store), "bolt://localhost")
    assert same_place("bolt://ann@localhost", "neo4j://localhost:7687")
    assert not same_place("bolt://localhost:7688", "neo4j://localhost:7687")

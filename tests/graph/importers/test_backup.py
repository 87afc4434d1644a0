"""A store's own file makes the store again, to the letter."""

import gzip
import random
import tempfile
from pathlib import Path
from typing import cast

import pyoxigraph
import pytest
from copied_stores import NEW, OLD, RECORD, URL, decided, opened, state
from graph_store_remade import decisions_of_lots, make
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_extractions import chinese, doubted, english, lots, named, without_candidates

from modelkin.graph.errors import ImportFileError
from modelkin.graph.exporters import exporter_for
from modelkin.graph.exporters.rdf import RdfExporter, RdfOptions
from modelkin.graph.importers.files import read
from modelkin.graph.protocols import GraphStore
from modelkin.graph.rdf import originals
from modelkin.graph.rdf.addresses import Addresses
from modelkin.graph.seeding import plant
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.graph.sync import SyncReport, sync
from modelkin.ontology.claim import Claim, Entity, Extraction, Value
from modelkin.ontology.decision import DecisionKind
from modelkin.ontology.document import Document
from modelkin.ontology.terms import EntityType

suffixes = pytest.mark.parametrize("suffix", ["trig", "nq"])


def written(store: SqliteStore, target: Path, options: RdfOptions | None = None) -> Path:
    exporter = exporter_for(target)
    if options is not None:
        assert isinstance(exporter, RdfExporter)
        exporter = exporter.chosen(options)
    # Whole: candidates stand in a file where they are shown.
    exporter.write(SqliteStore(store._connection, store.location, candidates=True), target)
    return target


def taken(file: Path, store: SqliteStore) -> SyncReport:
    backup = read(file).backup
    assert backup is not None
    return sync(cast(GraphStore, backup), store)


@suffixes
def test_a_store_is_made_again(suffix: str, tmp_path: Path, stores: list[SqliteStore]) -> None:
    source, target, _ = stores
    steps = [english(), doubted(chinese()), OLD, NEW, RECORD, *decisions_of_lots()]
    make(source, steps)
    file = written(source, tmp_path / f"x.{suffix}")
    report = taken(file, target)
    assert report.decisions == len(list(source.decisions())) > 0
    assert state(source) == state(target)
    assert written(target, tmp_path / f"y.{suffix}").read_bytes() == file.read_bytes()
    sequence = target.sequence
    assert taken(file, target) == SyncReport()
    assert target.sequence == sequence
    # The text that a later one took the place of comes back, as in the source.
    for store in (source, target):
        store.remove(NEW.document.id)
    assert state(source) == state(target)


@suffixes
def test_a_file_of_facts_makes_a_store_of_facts(
    suffix: str, tmp_path: Path, stores: list[SqliteStore]
) -> None:
    source, target, facts = stores
    make(source, [english(), doubted(chinese())])
    make(facts, [without_candidates(english()), without_candidates(doubted(chinese()))])
    file = tmp_path / f"x.{suffix}"
    exporter_for(file).write(source, file)
    assert b"candidate" not in file.read_bytes()
    taken(file, target)
    assert state(target) == state(facts)


def test_a_store_with_seeds_is_made_again(tmp_path: Path, stores: list[SqliteStore]) -> None:
    source, target, _ = stores
    plant(source)
    make(source, [english(), chinese()])
    taken(written(source, tmp_path / "x.nq"), target)
    assert state(source) == state(target)
    assert target.metadata("seeds") == source.metadata("seeds")


@given(lots(), st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None)
def test_any_store_is_made_again(drawn: list[Extraction], chance: random.Random) -> None:
    with opened(2) as (source, target), tempfile.TemporaryDirectory() as folder:
        steps = [*drawn, *decisions_of_lots()]
        chance.shuffle(steps)
        make(source, steps)
        taken(written(source, Path(folder, "x.trig")), target)
        assert state(source) == state(target)


@pytest.mark.parametrize("base", ["https://例子.org/图/", "https://example.org/kg#"])
def test_any_base_is_found_in_the_file(
    base: str, tmp_path: Path, stores: list[SqliteStore]
) -> None:
    source, target, _ = stores
    make(source, [english(), chinese(), OLD, *decisions_of_lots()])
    options = RdfOptions(Addresses(base), reifiers=True)
    taken(written(source, tmp_path / "x.trig", options), target)
    assert state(source) == state(target)


def test_the_order_of_the_quads_does_not_matter(tmp_path: Path, stores: list[SqliteStore]) -> None:
    source, target, _ = stores
    make(source, [english(), chinese(), OLD, NEW, *decisions_of_lots()])
    lines = written(source, tmp_path / "x.nq").read_text(encoding="utf-8").splitlines(True)
    random.Random(1).shuffle(lines)
    packed = tmp_path / "shuffled.nq.gz"
    packed.write_bytes(gzip.compress("".join(lines).encode()))
    taken(packed, target)
    assert state(source) == state(target)


HOSTILE = 'quotes " \' \\ <<( <<( <<( \x00\x0b\x1f\x7f\x85\u2028\u202e 百川 😀 ]]> """ \t'


def test_hostile_texts_come_back(tmp_path: Path, stores: list[SqliteStore]) -> None:
    source, target, _ = stores
    document = Document.of(
        HOSTILE * 80, lang="zh", title=HOSTILE, url=f"https://example.org/{HOSTILE}"
    )
    one = Entity.of("model/one", EntityType.MODEL, HOSTILE, [f"{HOSTILE}!"])
    rows = [
        ("parameters", Value(HOSTILE), {"variant": HOSTILE}),
        ("releaseDate", Value(HOSTILE, "date"), {"a b%": "x"}),
        ("contextLength", Value("007", "integer"), {}),
        ("contextLength", Value(HOSTILE, "integer"), {}),
    ]
    claims = [
        Claim.of(
            "model/one",
            predicate,
            value,
            document.span(3, 90),
            qualifiers=qualifiers,
            extractor=HOSTILE,
            confidence=0.1 + 0.2,
        )
        for predicate, value, qualifiers in rows
    ]
    make(source, [Extraction.of(document, [one], claims)])
    for suffix in ("trig", "nq"):
        taken(written(source, tmp_path / f"x.{suffix}"), target)
        assert state(source) == state(target)


def test_long_texts_come_in_parts(
    tmp_path: Path, stores: list[SqliteStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(originals, "CHUNK", 7)
    source, target, _ = stores
    make(source, [english(), chinese(), named("空", text="x" * 71)])
    taken(written(source, tmp_path / "x.nq"), target)
    assert state(source) == state(target)


def test_undone_decisions_keep_their_order(tmp_path: Path, stores: list[SqliteStore]) -> None:
    source, target, _ = stores
    make(source, [OLD])
    one = decided(DecisionKind.RENAME, 9, entity="organization/苍鹭", name="Heron")
    # Taken later, dated earlier.
    make(source, [one, decided(DecisionKind.UNDO, 1, decision=one.id)])
    taken(written(source, tmp_path / "x.trig"), target)
    assert state(source) == state(target)


def test_the_originals_can_be_left_out(tmp_path: Path, stores: list[SqliteStore]) -> None:
    source, _, _ = stores
    make(source, [english(url=URL), chinese()])
    file = written(source, tmp_path / "x.nq", RdfOptions(originals=False))
    assert b"original" not in file.read_bytes()
    assert chinese().document.text.encode() not in file.read_bytes()
    # What is left are statements of others.
    assert read(file).backup is None


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('#text> "', '#text> "x', "its text is that of the document"),
        ("#method-finetune> <", "#method-merge> <", "was changed"),
        ('#kind> "extracted" <', '#kind> "rumour" <', "rumour"),
        ('#start> "0"', '#start> "-7"', "no span"),
        ('#confidence> "0.9"', '#confidence> "many"', "many"),
        ("#specializationOf>", "#alternateOf>", "range"),
        ("#extractor>", "#extracted>", "extractor"),
    ],
)
def test_what_was_changed_is_refused(
    old: str, new: str, reason: str, tmp_path: Path, stores: list[SqliteStore]
) -> None:
    source, target, _ = stores
    make(source, [english()])
    file = written(source, tmp_path / "x.nq")
    lines = file.read_text(encoding="utf-8").splitlines(True)
    changed = [line.replace(old, new) if "original> ." in line else line for line in lines]
    assert changed != lines
    file.write_text("".join(changed), encoding="utf-8")
    with pytest.raises(ImportFileError, match=rf"x\.nq, graph <.*original>[\s\S]*{reason}"):
        taken(file, target)
    assert list(target.documents()) == []


def test_every_original_is_one_graph(tmp_path: Path, stores: list[SqliteStore]) -> None:
    source, _, _ = stores
    make(source, [english(), chinese(), *decisions_of_lots()])
    file = written(source, tmp_path / "x.trig")
    quads = pyoxigraph.parse(path=file, format=pyoxigraph.RdfFormat.TRIG)
    graphs = {q.graph_name.value for q in quads if q.graph_name != pyoxigraph.DefaultGraph()}
    assert len([name for name in graphs if name.endswith("#original")]) == 3

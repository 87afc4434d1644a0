"""A view on two clocks is the store that had read what was out, and holds what held."""

import dataclasses
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_view import MemoryView, Row, article

sys.path.insert(0, str(Path(__file__).parents[1] / "contracts"))

from opened_store import check_statements
from sample_extractions import as_facts, lots

from modelkin.graph.errors import DateError
from modelkin.graph.periods import ALWAYS, period_of, validity
from modelkin.graph.projections.cypher import run_on_view
from modelkin.graph.protocols import View
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.graph.timed import TimedView, facts_and_rejected
from modelkin.ontology.claim import Claim, ClaimKind, Entity, Extraction, Value
from modelkin.ontology.document import DocumentKind
from modelkin.ontology.terms import EntityType

DATES = ("2022", "2023", "2023-06", "2023-07-18", "2023-07-19", "2024", "2024-02-29")
PERIODS = ({}, {"validFrom": "2023-07"}, {"validUntil": "2023-07-18"}, {"validFrom": "2024"})


def contents(view: View) -> dict[str, object]:
    entities = list(view.entities())
    statements = list(view.statements())
    return {
        "entities": entities,
        "statements": statements,
        "claims": list(view.claims()),
        "documents": list(view.documents()),
        "one": [view.entity(entity.id) for entity in entities],
        "from": [list(view.statements(subject=entity.id)) for entity in entities],
        "to": [list(view.statements(object=entity.id)) for entity in entities],
        "said": [list(view.statements(s.subject, s.predicate, s.object)) for s in statements],
        "by": list(view.statements(predicate="derivedFrom")),
    }


def dated(extraction: Extraction) -> Extraction:
    """Give every claim a period, or none, by its place in the text."""
    claims = [
        Claim.of(
            claim.subject,
            claim.predicate,
            claim.object,
            claim.evidence,
            qualifiers=dict(claim.qualifiers)
            | PERIODS[(claim.evidence.start + len(claim.subject)) % len(PERIODS)],
            extractor=claim.extractor,
            confidence=claim.confidence,
            kind=claim.kind,
        )
        for claim in extraction.claims
    ]
    return Extraction.of(extraction.document, extraction.entities, claims)


def with_own_names(extraction: Extraction) -> Extraction:
    """Give the same, of entities of which no two share a name."""

    def own(name: str, id: str) -> str:
        return f"{name} {id.replace('/', ' ')}"

    entities = [
        Entity.of(e.id, e.type, own(e.name, e.id), [own(name, e.id) for name in e.aliases])
        for e in extraction.entities
    ]
    return Extraction.of(extraction.document, entities, extraction.claims)


def without_address(extraction: Extraction) -> Extraction:
    """Give what a text says, wherever it stands: a later text of an address replaces another."""
    document = dataclasses.replace(extraction.document, url=None)
    return Extraction.of(document, extraction.entities, extraction.claims)


def store_of(folder: str, extractions: list[Extraction], candidates: bool) -> SqliteStore:
    path = Path(folder, "graph.db")
    with SqliteStore.open(path) as store:
        for extraction in extractions:
            store.merge(extraction)
    return SqliteStore.open(path, read_only=True, candidates=candidates)


@settings(max_examples=25)
@given(extractions=lots(), candidates=st.booleans())
def test_without_clocks_it_is_the_store(extractions: list[Extraction], candidates: bool) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        store_of(folder, extractions, candidates) as store,
    ):
        assert contents(TimedView(store)) == contents(store)
        # All that was ever said is summed anew: the sums are the same.
        anew = TimedView(store, None, "2999")
        assert contents(anew) == contents(store)


@settings(max_examples=25)
@given(extractions=lots(), candidates=st.booleans(), known_at=st.sampled_from(DATES))
def test_what_is_said_later_was_never_read(
    extractions: list[Extraction], candidates: bool, known_at: str
) -> None:
    # What names stand for is known from all documents, on either clock.
    extractions = [with_own_names(without_address(extraction)) for extraction in extractions]
    with tempfile.TemporaryDirectory() as one, store_of(one, extractions, candidates) as store:
        last = period_of(known_at).last  # type: ignore[union-attr]
        known = {
            d.id
            for d in store.documents()
            if d.kind is DocumentKind.CURATED
            or d.published is None
            or period_of(d.published).first <= last  # type: ignore[union-attr]
        }
        before = [e for e in extractions if e.document.id in known]
        view = TimedView(store, None, known_at)
        with tempfile.TemporaryDirectory() as two, store_of(two, before, candidates) as expected:
            assert list(view.statements()) == list(expected.statements())
            assert list(view.claims()) == list(expected.claims())
            assert list(view.documents()) == list(expected.documents())
        check_statements(view)
        ids = [entity.id for entity in view.entities()]
        assert ids == [entity.id for entity in store.entities() if view.entity(entity.id)]


@settings(max_examples=25)
@given(extractions=lots(), candidates=st.booleans(), as_of=st.sampled_from(DATES))
def test_what_did_not_hold_then_was_never_said(
    extractions: list[Extraction], candidates: bool, as_of: str
) -> None:
    given = [dated(extraction) for extraction in extractions]
    day = period_of(as_of)
    assert day is not None
    held = [
        Extraction.of(
            e.document,
            e.entities,
            [c for c in e.claims if validity(dict(c.qualifiers)).meets(day)],
        )
        for e in given
    ]
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as two,
        store_of(one, given, candidates) as store,
        store_of(two, held, candidates) as expected,
    ):
        assert contents(TimedView(store, as_of)) == contents(expected)


@settings(max_examples=15)
@given(extractions=lots())
def test_facts_alone_can_be_had_of_a_store_that_shows_candidates(
    extractions: list[Extraction],
) -> None:
    with (
        tempfile.TemporaryDirectory() as one,
        store_of(one, extractions, True) as full,
        store_of(one, [], False) as facts,
    ):
        assert contents(facts_and_rejected(full)) == contents(facts)


@pytest.mark.parametrize(
    ("published", "known_at", "known"),
    [
        ("2023-10-31", "2023-10", True),
        ("2023-11-01", "2023-10", False),
        ("2023", "2023-06", True),
        ("2023-07", "2023-06-30", False),
        ("2023-07-18", "2023-07-18", True),
        (None, "1999", True),
    ],
)
def test_a_period_is_known_once_it_has_begun(
    published: str | None, known_at: str, known: bool
) -> None:
    rows: list[Row] = [("model/a", "derivedFrom", "model/b", "t@1", {"method": "merge"})]
    models = [Entity.of(f"model/{n}", EntityType.MODEL, n.upper()) for n in "abc"]
    view = TimedView(
        MemoryView([article(models, [("A 由 B 合并而来。", rows)], published=published)]),
        None,
        known_at,
    )
    assert [s.first_stated for s in view.statements()] == [published] * known
    assert len(list(view.documents())) == known
    # C is named, and nothing is said of it: who names it cannot be told.
    assert [e.id for e in view.entities()] == (
        ["model/a", "model/b", "model/c"] if known else ["model/c"]
    )
    assert (view.entity("model/b") is not None) == known


def test_curated_documents_are_known_at_all_times() -> None:
    rows: list[Row] = [("model/a", "openness", Value("open"), "seed@1", {})]
    models = [Entity.of("model/a", EntityType.MODEL, "A")]
    curated = article(
        models, [("A: open", rows)], published="2024", kind=ClaimKind.CURATED, confidence=1.0
    )
    assert len(list(TimedView(MemoryView([curated]), None, "1999").statements())) == 1


@pytest.mark.parametrize(
    ("as_of", "values"),
    [
        ("2023-06", ["open"]),
        ("2023-09", ["closed", "open"]),
        ("2024", ["closed"]),
        ("2019", []),
    ],
)
def test_validity_is_as_precise_as_known(as_of: str, values: list[str]) -> None:
    rows: list[Row] = [
        (
            "organization/b",
            "openStrategy",
            Value("open"),
            "t@1",
            {"validFrom": "2023-04", "validUntil": "2023-09"},
        ),
        ("organization/b", "openStrategy", Value("closed"), "t@1", {"validFrom": "2023-09-25"}),
    ]
    company = Entity.of("organization/b", EntityType.ORGANIZATION, "百川智能")
    whole = MemoryView([article([company], [("百川智能先开源，后闭源。", rows)], lang="zh")])
    shown = [s.object for s in TimedView(whole, as_of).statements()]
    assert shown == [Value(value) for value in values]


@pytest.mark.parametrize(
    "date", ("", "soon", "2023-13", "2023-02-30", "--07-18", "２０２３", "2023-1")
)
def test_what_is_no_date_is_named(date: str) -> None:
    for clocks in ((date, None), (None, date)):
        with pytest.raises(DateError, match="no date") as caught:
            TimedView(MemoryView([]), *clocks)
        assert caught.value.exit_code == 2
        assert "2023-10" in caught.value.hint


def test_what_is_no_date_bounds_nothing() -> None:
    assert validity({"validFrom": "soon", "validUntil": "后来"}) == ALWAYS


@settings(max_examples=5)
@given(extractions=lots(most=3))
def test_cypher_sees_the_view_alone(extractions: list[Extraction]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        store_of(folder, [as_facts(e) for e in extractions], False) as store,
    ):
        for known_at in ("2022", "2023-07", "2024"):
            view = TimedView(store, None, known_at)
            table = run_on_view(view, "MATCH (c:Claim) RETURN c.id AS id ORDER BY id")
            assert [row[0] for row in table.rows] == [claim.id for claim in view.claims()]
        assert not list(Path(folder).glob("*.cypher"))

"""Sums of claims do not depend on the order of adding, and survive their columns."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelkin.graph.stores.statements import Support, Tally, object_of
from modelkin.ontology.claim import Value, object_key

supports = st.builds(
    Support,
    st.sampled_from([(), (("method", "merge"),), (("relation", "better"), ("size", "7B"))]),
    st.floats(0, 1),
    st.sampled_from(["extracted", "curated", "candidate"]),
)
documents = st.lists(
    st.tuples(st.lists(supports, min_size=1, max_size=3), st.sampled_from([None, "2023", "2024"])),
    max_size=8,
)


def total(parts: list[tuple[list[Support], str | None]]) -> Tally:
    tally = Tally()
    for given_by, published in parts:
        tally = tally.plus(given_by, published)
    return tally


@given(documents, st.randoms())
def test_the_order_does_not_matter(parts, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = random.sample(parts, len(parts))
    assert total(parts) == total(shuffled)
    assert total(parts).confidence == total(shuffled).confidence


@given(documents)
def test_columns_hold_all_of_it(parts: list[tuple[list[Support], str | None]]) -> None:
    tally = total(parts)
    assert Tally.of_row(tally.row()) == tally


@given(st.lists(st.floats(0, 1), min_size=1, max_size=9))
def test_doubts_multiply(confidences: list[float]) -> None:
    tally = total([([Support((), c, "extracted")], None) for c in confidences])
    expected = min(0.999, 1 - math.prod(1 - c for c in confidences))
    assert tally.confidence == pytest.approx(expected, abs=1e-4)
    assert 0 <= tally.confidence <= 0.999


@pytest.mark.parametrize("confidence", [0.0, 0.1, 0.55, 0.9, 0.999])
def test_one_document_is_as_sure_as_its_claim(confidence: float) -> None:
    assert total([([Support((), confidence, "extracted")], None)]).confidence == confidence


def test_a_document_counts_with_its_surest_claim() -> None:
    unsure, sure = Support((), 0.2, "extracted"), Support((), 0.7, "extracted")
    assert total([([unsure, sure], None)]).confidence == 0.7
    assert total([([sure, unsure], None)]).confidence == 0.7


def test_ties_do_not_hang_on_a_billionth() -> None:
    half = ([Support((), 0.5, "extracted")], None)
    assert total([half] * 5).confidence == round(1 - 0.5**5, 4)


def test_a_claim_of_no_weight_adds_nothing() -> None:
    nothing = ([Support((), 0.0, "extracted")], None)
    assert total([nothing] * 3).confidence == 0.0


@given(st.text(), st.sampled_from(["string", "date", "^^", '"']))
def test_keys_give_their_objects_back(lexical: str, datatype: str) -> None:
    value = Value(lexical, datatype)
    assert object_of(object_key(value), datatype) == value

"""Calibration, what is new, candidates: figures beside the score."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelkin.extract.evaluation.calibration import calibration_error, reliability
from modelkin.extract.evaluation.count import Count
from modelkin.extract.evaluation.gold import GoldDocument
from modelkin.extract.evaluation.reading import Reading
from modelkin.extract.evaluation.report import Scored, report
from modelkin.extract.evaluation.scoring import Judged, score_document
from modelkin.extract.evaluation.unseen import Seen, by_novelty

CLAIMS = st.lists(
    st.builds(Judged, st.just("developedBy"), st.floats(0, 1), st.booleans()), max_size=40
)


@given(CLAIMS)
def test_every_claim_is_in_one_range(claims: list[Judged]):
    bins = reliability(claims)
    assert sum(bin.claims for bin in bins) == len(claims)
    assert sum(bin.right * bin.claims for bin in bins) == pytest.approx(
        sum(claim.right for claim in claims), abs=0.01
    )
    for bin in bins:
        assert bin.low - 1e-4 <= bin.confidence <= bin.high + 1e-4


def test_calibration():
    claims = [Judged("p", 0.9, n < 9) for n in range(10)] + [Judged("p", 0.15, False)] * 10
    assert [(b.low, b.high, b.claims, b.right) for b in reliability(claims)] == [
        (0.1, 0.2, 10, 0.0),
        (0.9, 1.0, 10, 0.9),
    ]
    assert calibration_error(claims) == 0.075
    assert calibration_error([]) is None


def test_names_and_pairs_unseen_in_training(gold: list[GoldDocument]):
    # The blog builds on a model that the news names; it compares it with another of the news.
    blog = next(document for document in gold if document.id == "zh-gufan")
    news = [document for document in gold if document.id == "zh-qingshan"]
    counts = by_novelty(blog, score_document(blog, Reading()), Seen.of(news))
    assert counts["names_seen"] == Count(missed=2)
    assert counts["names_unseen"] == Count(missed=len(blog.entities) - 2)
    assert counts["pairs_seen"] == Count()
    assert counts["pairs_unseen"] == Count(missed=len(blog.relations))
    perfect = Reading(blog.entities, blog.relations, blog.attributes)
    counts = by_novelty(blog, score_document(blog, perfect), Seen.of([blog]))
    assert counts["names_seen"] == Count(right=len(blog.entities))
    assert counts["pairs_seen"] == Count(right=len(blog.relations))


def test_a_pair_is_known_whichever_way_and_spelled_however(gold: list[GoldDocument]):
    card = next(document for document in gold if document.id == "en-moor")
    seen = Seen(frozenset({"moorhen3b"}), frozenset({frozenset({"dunlin3b", "moorhen3b"})}))
    counts = by_novelty(card, score_document(card, Reading()), seen)
    assert counts["pairs_seen"] == Count(missed=1)
    assert counts["names_seen"] == Count(missed=1)


def test_candidates_count_apart(gold: list[GoldDocument]):
    card = next(document for document in gold if document.id == "en-moor")
    record = {
        "entities": [
            {"id": e.id, "type": e.type, "name": e.name, "names": e.names} for e in card.entities
        ],
        "relations": [
            {
                "subject": "e1",
                "predicate": "developedBy",
                "object": "e3",
                "confidence": 0.95,
                "kind": "extracted",
            },
            {
                "subject": "e1",
                "predicate": "usesTechnique",
                "object": "e4",
                "confidence": 0.35,
                "kind": "candidate",
            },
        ],
        "attributes": [],
    }
    figures = report([Scored.of(card, record, Seen.of([]))])
    assert figures["micro"]["relations"]["tp"] == 2
    assert figures["facts_only"]["relations"]["tp"] == 1
    assert figures["calibration"]["facts"]["claims"] == 1
    assert figures["calibration"]["facts_and_candidates"]["claims"] == 2
    assert figures["facts"]["all"] == {"precision": 1.0, "right": 1, "false": 0}
    assert figures["facts"]["developedBy"]["right"] == 1
    assert figures["novelty"]["pairs_unseen"] == {"recall": 0.3333, "found": 2, "annotated": 6}


def test_without_training_documents_nothing_is_said_of_them(gold: list[GoldDocument]):
    assert "novelty" not in report([Scored.of(document, {}) for document in gold])

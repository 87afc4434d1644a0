"""Findings too doubtful to count as facts become candidates, and records leave them out."""

from dataclasses import replace

import pytest

from modelkin.extract.mention import Analysis, Finding, Mention, Sentence
from modelkin.extract.pipeline import SpacyExtractor
from modelkin.extract.records import gold_shape
from modelkin.extract.structure import Structure
from modelkin.ontology.claim import ClaimKind, Extraction, Value
from modelkin.ontology.document import Document
from modelkin.ontology.terms import EntityType

CHILD, PARENT = "model/child-7b", "model/parent-7b"
TEXTS = {
    "zh": "据说Child-7B由Parent-7B微调而来,参数量70亿。",
    "en": "Child-7B is said to be tuned from Parent-7B, with 7B parameters.",
}


def extraction(lang: str, *findings: Finding) -> Extraction:
    """Give what the extractor makes of findings in the text of a language."""
    text = TEXTS[lang]
    mentions = [
        Mention(text.index(name), text.index(name) + len(name), EntityType.MODEL, id)
        for id, name in ((CHILD, "Child-7B"), (PARENT, "Parent-7B"))
    ]
    analysis = Analysis(
        text,
        lang,
        Structure(()),
        sentences=[Sentence(0, len(text), 0)],
        mentions=mentions,
        names={CHILD: "Child-7B", PARENT: "Parent-7B"},
        findings=[*findings],
    )
    return SpacyExtractor()._extraction(Document.of(text, lang=lang), analysis)


def derived(confidence: float, *, candidate: bool, method: str = "finetune") -> Finding:
    method_of = (("method", method),)
    return Finding(
        CHILD, "derivedFrom", PARENT, 0, 5, "rule", confidence, method_of, candidate=candidate
    )


SIZE = Finding(CHILD, "parameters", Value("7B"), 0, 5, "rule", 0.9)


def test_a_finding_is_a_fact_unless_it_says_otherwise() -> None:
    assert not SIZE.candidate


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_doubtful_finding_is_a_candidate(lang: str) -> None:
    told = extraction(lang, derived(0.4, candidate=True), SIZE)
    kinds = {claim.predicate: (claim.kind, claim.confidence) for claim in told.claims}
    assert kinds == {
        "derivedFrom": (ClaimKind.CANDIDATE, 0.4),
        "parameters": (ClaimKind.EXTRACTED, 0.9),
    }
    assert [entity.id for entity in told.entities] == [CHILD, PARENT]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("turned", [False, True])
def test_the_fact_stands_where_both_are_found(lang: str, turned: bool) -> None:
    # However sure the candidate is: what makes a fact is not confidence alone.
    findings = [derived(0.5, candidate=False), derived(0.8, candidate=True)]
    told = extraction(lang, *(findings[::-1] if turned else findings))
    assert [(claim.kind, claim.confidence) for claim in told.claims] == [(ClaimKind.EXTRACTED, 0.5)]


def test_other_qualifiers_are_another_claim() -> None:
    told = extraction(
        "en", derived(0.9, candidate=False), derived(0.4, candidate=True, method="merge")
    )
    methods = {dict(claim.qualifiers)["method"]: claim.kind for claim in told.claims}
    assert methods == {"finetune": ClaimKind.EXTRACTED, "merge": ClaimKind.CANDIDATE}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_records_hold_facts_alone_unless_asked(lang: str) -> None:
    unsure = replace(SIZE, candidate=True, confidence=0.3)
    told = extraction(lang, derived(0.9, candidate=False), unsure)
    facts = gold_shape(told, "x")
    assert [relation["predicate"] for relation in facts["relations"]] == ["derivedFrom"]
    assert "kind" not in facts["relations"][0]
    assert facts["attributes"] == []
    asked = gold_shape(told, "x", candidates=True)
    assert [relation.pop("kind") for relation in asked["relations"]] == ["extracted"]
    assert asked["relations"] == facts["relations"]
    [attribute] = asked["attributes"]
    assert (attribute["value"], attribute["kind"]) == ("7B", "candidate")
    assert asked["entities"] == facts["entities"]

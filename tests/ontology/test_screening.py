"""What the ontology does not allow is kept out with its reason, and the rest goes in."""

import dataclasses
import pickle

import pytest

from modelkin.ontology.claim import Claim, Entity, Extraction, Refusal, Value
from modelkin.ontology.document import Document, Span
from modelkin.ontology.screening import admitted, screened
from modelkin.ontology.terms import EntityType

TEXTS = {"zh": "阿里云开源了Qwen-7B。", "en": "Alibaba Cloud released Qwen-7B."}
MODEL, MAKER = "model/qwen-7b", "organization/阿里云"
ENTITIES = [
    Entity.of(MODEL, EntityType.MODEL, "Qwen-7B"),
    Entity.of(MAKER, EntityType.ORGANIZATION, "阿里云"),
]
READ = {"extractor": "rule@1", "confidence": 0.9}


def made(lang: str) -> tuple[Document, Claim]:
    document = Document.of(TEXTS[lang], lang=lang)
    return document, Claim.of(MODEL, "developedBy", MAKER, document.span(0, 8), **READ)


@pytest.mark.parametrize("lang", TEXTS)
def test_what_is_fine_is_untouched(lang: str) -> None:
    document, claim = made(lang)
    extraction = admitted(document, ENTITIES, [claim])
    assert extraction == Extraction.of(document, ENTITIES, [claim])
    assert extraction.refused == ()
    assert screened(extraction) is extraction


@pytest.mark.parametrize("lang", TEXTS)
@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ((MODEL, "喂养", MAKER, {}), "unknown predicate '喂养'"),
        ((MAKER, "developedBy", MODEL, {}), "developedBy is not said of Organization"),
        ((MODEL, "trainedOn", MAKER, {}), "trainedOn does not point at Organization"),
        ((MODEL, "comparableTo", MODEL + "x", {}), "does not list"),
        ((MODEL, "developedBy", Value("阿里"), {}), "points at an entity, not at a value"),
        ((MODEL, "openness", Value("半开"), {}), "openness cannot be '半开'"),
        ((MODEL, "developedBy", MAKER, {"method": "merge"}), "has no qualifier 'method'"),
    ],
)
def test_what_is_not_allowed_is_refused(
    lang: str, said: tuple[str, str, str | Value, dict[str, str]], reason: str
) -> None:
    document, good = made(lang)
    *triple, qualifiers = said
    bad = Claim.of(*triple, document.span(0, 5), qualifiers=qualifiers, **READ)
    for claims in ([good, bad], [bad, good]):
        extraction = screened(admitted(document, ENTITIES, claims))
        assert extraction.claims == (good,)
        [refusal] = extraction.refused
        assert reason in refusal.reason
        assert (refusal.extractor, refusal.claim) == ("rule@1", bad.id)


def test_a_missing_qualifier_is_refused() -> None:
    document, good = made("zh")
    other = Entity.of("model/qwen", EntityType.MODEL, "Qwen")
    bad = Claim.of(MODEL, "derivedFrom", other.id, document.span(0, 5), **READ)
    extraction = screened(Extraction.of(document, [*ENTITIES, other], [good, bad]))
    assert extraction.claims == (good,)
    assert "needs the qualifier method" in extraction.refused[0].reason


@pytest.mark.parametrize("lang", TEXTS)
def test_a_quote_that_is_not_in_the_text_is_refused(lang: str) -> None:
    document, good = made(lang)
    for span in (
        Span(document.id, 0, 3, "百度云"),
        Span(document.id, 3000, 3003, "百度云"),
        Span("f" * 32, 0, 3, TEXTS[lang][:3]),
    ):
        bad = Claim.of(MODEL, "openness", Value("open"), span, **READ)
        extraction = admitted(document, ENTITIES, [good, bad])
        assert extraction.claims == (good,)
        assert [refusal.claim for refusal in extraction.refused] == [bad.id]


def test_refusals_are_no_part_of_what_is_said_and_travel_between_processes() -> None:
    document, good = made("zh")
    plain = Extraction.of(document, ENTITIES, [good])
    told = dataclasses.replace(plain, refused=(Refusal("no mention names x", "rule@1"),))
    assert told == plain
    assert pickle.loads(pickle.dumps(told)).refused == told.refused

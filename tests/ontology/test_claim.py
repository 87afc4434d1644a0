"""Entities, claims and extractions: ids are contents, and nothing hangs in the air."""

import dataclasses
import hashlib
import json
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelkin.ontology.claim import (
    Claim,
    ClaimKind,
    Entity,
    Extraction,
    Statement,
    Value,
    object_key,
    qualifiers_of,
)
from modelkin.ontology.document import Document
from modelkin.ontology.errors import InvariantError
from modelkin.ontology.terms import EntityType, Predicate

DOCUMENT = Document.of("Stability AI 基于 Llama 2 微调出 Stable Beluga 2。", lang="zh")
SPAN = DOCUMENT.span(0, 37)
LLAMA = Entity.of("model/llama-2", EntityType.MODEL, "Llama 2")
BELUGA = Entity.of("model/stable-beluga-2", EntityType.MODEL, "Stable Beluga 2")


def derived(qualifiers: dict[str, str] | None = None, confidence: float = 0.9) -> Claim:
    return Claim.of(
        BELUGA.id,
        Predicate.DERIVED_FROM,
        LLAMA.id,
        SPAN,
        qualifiers=qualifiers,
        extractor="test@1",
        confidence=confidence,
    )


def test_an_entity_folds_its_names() -> None:
    entity = Entity.of(
        "x/e", EntityType.MODEL, "E\u0301lan", ["Élan", "b", "a", "b", "E\u0301lan 2"]
    )
    assert entity.name == "Élan"
    assert entity.aliases == ("a", "b", "Élan 2")
    assert entity.names == ("Élan", "a", "b", "Élan 2")


@pytest.mark.parametrize(("id", "name"), [("", "a"), ("x/a", ""), ("x/a", " \n")])
def test_an_entity_has_id_and_name(id: str, name: str) -> None:
    with pytest.raises(InvariantError, match="needs an id and a name"):
        Entity.of(id, EntityType.MODEL, name)


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=5), max_size=5))
def test_qualifiers_have_one_order_and_form(pairs: dict[str, str]) -> None:
    backwards = dict(reversed(pairs.items()))
    assert qualifiers_of(pairs) == qualifiers_of(backwards)
    assert list(qualifiers_of(pairs)) == sorted(qualifiers_of(pairs))
    assert all(unicodedata.is_normalized("NFC", value) for _, value in qualifiers_of(pairs))


def test_the_id_of_a_claim_is_its_content() -> None:
    claim = derived({"method": "finetune", "size": "70B"})
    assert claim.id == derived({"size": "70B", "method": "finetune"}).id
    content = [BELUGA.id, "derivedFrom", LLAMA.id, [["method", "finetune"], ["size", "70B"]]]
    content += [DOCUMENT.id, 0, 37]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    assert claim.id == hashlib.sha256(text.encode()).hexdigest()[:32]
    # Who read it and how sure it was does not make another claim.
    assert claim.id == derived({"method": "finetune", "size": "70B"}, confidence=0.1).id


def test_everything_that_a_claim_says_is_in_its_id() -> None:
    others = [
        derived(),
        derived({"method": "merge"}),
        derived({"method": "merge", "size": "7B"}),
        Claim.of(LLAMA.id, "derivedFrom", BELUGA.id, SPAN, extractor="t", confidence=1),
        Claim.of(BELUGA.id, "succeeds", LLAMA.id, SPAN, extractor="t", confidence=1),
        Claim.of(BELUGA.id, "derivedFrom", Value(LLAMA.id), SPAN, extractor="t", confidence=1),
        Claim.of(
            BELUGA.id, "derivedFrom", LLAMA.id, DOCUMENT.span(1, 37), extractor="t", confidence=1
        ),
        Claim.of(
            BELUGA.id,
            "derivedFrom",
            LLAMA.id,
            Document.of(DOCUMENT.text + "!", lang="zh").span(0, 37),
            extractor="t",
            confidence=1,
        ),
    ]
    assert len({claim.id for claim in others}) == len(others)


def test_ids_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "from modelkin.ontology.claim import Claim;"
        "from modelkin.ontology.document import Document;"
        "span = Document.of('中文 text', lang='zh').span(0, 3);"
        "print(Claim.of('a', 'succeeds', 'b', span, qualifiers={'size': '7B', 'variant': 'x'},"
        " extractor='t', confidence=1).id)"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_object_keys_tell_entities_from_values() -> None:
    assert object_key("7B") != object_key(Value("7B"))
    assert object_key(Value("7", "integer")) != object_key(Value("7"))
    assert object_key(Value('a"^^integer')) == '"a\\"^^integer"^^string'


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan"), float("inf")])
def test_confidence_lies_between_0_and_1(confidence: float) -> None:
    with pytest.raises(InvariantError, match="between 0 and 1"):
        derived(confidence=confidence)


def test_a_claim_needs_two_ends() -> None:
    with pytest.raises(InvariantError, match="two ends"):
        Claim.of("model/a", "derivedFrom", "model/a", SPAN, extractor="t", confidence=1)


def test_claims_do_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        derived().confidence = 1.0  # type: ignore[misc]
    assert derived().kind is ClaimKind.EXTRACTED


def test_claims_hold_nothing_that_no_file_can() -> None:
    value = Value("E\u0301\ud800")
    claim = Claim.of(
        LLAMA.id, "x", value, SPAN, qualifiers={"variant": "\udfff"}, extractor="t", confidence=1
    )
    assert claim.object == Value("É\ufffd")
    assert claim.qualifiers == (("variant", "\ufffd"),)
    assert Entity.of("x/e", EntityType.MODEL, "a\ud800").name == "a\ufffd"


def test_a_statement_names_its_best_method() -> None:
    assert Statement("a", "derivedFrom", "b", ("merge", "finetune")).method == "merge"
    assert Statement("a", "succeeds", "b").method is None


def test_an_extraction_sorts_and_drops_doubles() -> None:
    first, second = derived({"method": "finetune"}), derived({"method": "merge"})
    extraction = Extraction.of(DOCUMENT, [BELUGA, LLAMA], [second, first, second])
    assert extraction == Extraction.of(DOCUMENT, [LLAMA, BELUGA], [first, second])
    assert [entity.id for entity in extraction.entities] == [LLAMA.id, BELUGA.id]
    assert [c.id for c in extraction.claims] == sorted([first.id, second.id])


def test_an_extraction_refuses_the_words_of_another_document() -> None:
    other = Document.of("Another text, long enough to hold the span of it.", lang="en")
    claim = Claim.of(
        BELUGA.id, "derivedFrom", LLAMA.id, other.span(0, 7), extractor="t", confidence=1
    )
    with pytest.raises(InvariantError, match="does not say 'Another'"):
        Extraction.of(DOCUMENT, [LLAMA, BELUGA], [claim])


@pytest.mark.parametrize("listed", [[LLAMA], [BELUGA], []])
def test_an_extraction_refuses_entities_that_it_does_not_list(listed: list[Entity]) -> None:
    with pytest.raises(InvariantError, match="does not list"):
        Extraction.of(DOCUMENT, listed, [derived()])


def test_an_extraction_lists_an_entity_once() -> None:
    with pytest.raises(InvariantError, match="lists an entity twice"):
        Extraction.of(DOCUMENT, [LLAMA, Entity.of(LLAMA.id, EntityType.MODEL, "Llama2")], [])


def test_values_need_no_entity() -> None:
    claim = Claim.of(LLAMA.id, "parameters", Value("7B"), SPAN, extractor="t", confidence=1)
    assert Extraction.of(DOCUMENT, [LLAMA], [claim]).claims == (claim,)


def test_a_fact_takes_the_place_of_a_candidate_in_any_order() -> None:
    fact = derived(confidence=0.5)
    surer = dataclasses.replace(fact, confidence=0.6)
    candidate = dataclasses.replace(fact, confidence=0.9, kind=ClaimKind.CANDIDATE)
    for claims in ([fact, candidate], [candidate, fact], [candidate, fact, candidate]):
        assert Extraction.of(DOCUMENT, [LLAMA, BELUGA], claims).claims == (fact,)
    given_last = [surer, candidate, fact]
    assert Extraction.of(DOCUMENT, [LLAMA, BELUGA], given_last).claims == (fact,)
    assert Extraction.of(DOCUMENT, [LLAMA, BELUGA], [candidate]).claims == (candidate,)

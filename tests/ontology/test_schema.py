"""What the ontology lets a claim say."""

import pytest

from modelkin.ontology import terms
from modelkin.ontology.claim import Claim, Value
from modelkin.ontology.document import Document
from modelkin.ontology.errors import InvariantError
from modelkin.ontology.generate import MK, load
from modelkin.ontology.schema import (
    allowed,
    check_claim,
    check_value,
    concept_iri,
    edge_type,
    graph_label,
    label,
    term_iri,
)
from modelkin.ontology.terms import Attribute, EntityType, Predicate

SPAN = Document.of("Stable Beluga 2 由 Llama 2 微调而来。", lang="zh").span(0, 15)
MODEL, ORGANIZATION = EntityType.MODEL, EntityType.ORGANIZATION


def claim(predicate: str, object: str | Value = "x/b", **qualifiers: str) -> Claim:
    return Claim.of(
        "x/a", predicate, object, SPAN, qualifiers=qualifiers, extractor="test", confidence=1.0
    )


def test_allowed_follows_the_signatures() -> None:
    triples = {
        (subject, predicate, object)
        for subject in EntityType
        for predicate in Predicate
        for object in EntityType
        if allowed(subject, predicate, object)
    }
    assert len(triples) == 24
    assert (MODEL, Predicate.DERIVED_FROM, MODEL) in triples
    assert (EntityType.PLATFORM, Predicate.DEVELOPED_BY, EntityType.PERSON) in triples
    assert (ORGANIZATION, Predicate.OPERATES, EntityType.PLATFORM) in triples


@pytest.mark.parametrize(
    ("subject", "predicate", "object"),
    [
        (ORGANIZATION, "derivedFrom", MODEL),
        (MODEL, "derivedFrom", None),
        (MODEL, "parameters", MODEL),
        (ORGANIZATION, "parameters", None),
        (MODEL, "openStrategy", None),
        (MODEL, "likes", MODEL),
        (MODEL, "method", None),
    ],
)
def test_what_is_not_allowed(
    subject: EntityType, predicate: str, object: EntityType | None
) -> None:
    assert not allowed(subject, predicate, object)


def test_attributes_are_allowed_without_an_object_type() -> None:
    assert allowed(MODEL, "contextLength")
    assert allowed(ORGANIZATION, "openStrategy")


@pytest.mark.parametrize(
    ("made", "subject", "object"),
    [
        (claim("derivedFrom", method="merge"), MODEL, MODEL),
        (claim("derivedFrom", method="unspecified", size="70B", variant="聊天模型"), MODEL, MODEL),
        (claim("comparableTo", relation="on-par"), MODEL, MODEL),
        (claim("affiliatedWith", role="首席执行官"), EntityType.PERSON, ORGANIZATION),
        (claim("affiliatedWith"), EntityType.PERSON, ORGANIZATION),
        (claim("releasedUnder", source="a card"), EntityType.DATASET, EntityType.LICENSE),
        (claim("openness", Value("restricted")), MODEL, None),
        (claim("openness", Value("open"), validUntil="2023-09"), MODEL, None),
        (claim("succeeds", validFrom="2023-09-30", validUntil="2023"), MODEL, MODEL),
        (claim("succeeds", validFrom="2023-09", validUntil="2023-09"), MODEL, MODEL),
    ],
)
def test_good_claims_pass(made: Claim, subject: EntityType, object: EntityType | None) -> None:
    check_claim(made, subject, object)


@pytest.mark.parametrize(
    ("made", "subject", "object", "reason"),
    [
        (claim("likes"), MODEL, MODEL, "unknown predicate 'likes'"),
        (claim("derivedFrom", method="merge"), ORGANIZATION, MODEL, "not said of Organization"),
        (claim("derivedFrom", method="merge"), MODEL, ORGANIZATION, "not point at Organization"),
        (claim("derivedFrom", method="merge"), MODEL, None, "a thing without a type"),
        (claim("derivedFrom", Value("x"), method="merge"), MODEL, None, "not at a value"),
        (claim("openness", "x/b"), MODEL, MODEL, "has a value, not an entity"),
        (claim("openness", Value("ajar")), MODEL, None, "one of closed, open, restricted"),
        (claim("derivedFrom"), MODEL, MODEL, "needs the qualifier method"),
        (claim("comparableTo"), MODEL, MODEL, "needs the qualifier relation"),
        (claim("derivedFrom", method="magic"), MODEL, MODEL, "method cannot be 'magic'"),
        (claim("comparableTo", relation="even"), MODEL, MODEL, "relation cannot be 'even'"),
        (claim("succeeds", method="merge"), MODEL, MODEL, "no qualifier 'method'"),
        (claim("succeeds", mood="good"), MODEL, MODEL, "no qualifier 'mood'"),
        (claim("succeeds", size="big"), MODEL, MODEL, "size cannot be 'big'"),
        (claim("succeeds", variant=" "), MODEL, MODEL, "variant is empty"),
        (claim("succeeds", validFrom="--09"), MODEL, MODEL, "validFrom cannot be '--09'"),
        (claim("succeeds", validUntil="2023-13"), MODEL, MODEL, "validUntil cannot be"),
        (claim("succeeds", validUntil="v1.5"), MODEL, MODEL, "validUntil cannot be 'v1.5'"),
        (
            claim("succeeds", validFrom="2023-10", validUntil="2023-09-30"),
            MODEL,
            MODEL,
            "ends before it begins",
        ),
    ],
)
def test_bad_claims_are_refused_with_a_reason(
    made: Claim, subject: EntityType, object: EntityType | None, reason: str
) -> None:
    with pytest.raises(InvariantError) as caught:
        check_claim(made, subject, object)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("attribute", "lexical"),
    [
        *(("parameters", text) for text in ("7B", "1.5B", "8x7B", "~100B", ">100B", "<1M", "1T")),
        *(("releaseDate", text) for text in ("2023", "2023-07", "2024-02-29", "--02-29", "--07")),
        ("contextLength", "4096"),
        ("commercialUse", "conditional"),
        ("openStrategy", "open-then-closed"),
    ],
)
def test_good_values(attribute: str, lexical: str) -> None:
    check_value(Attribute(attribute), Value(lexical, terms.DATATYPES[attribute]))


@pytest.mark.parametrize(
    ("attribute", "lexical"),
    [
        *(
            ("parameters", t)
            for t in ("7", "7b", "7 B", "B", "1.B", "７B", "7B\n", "~>7B", "8x", "")
        ),
        *(("releaseDate", t) for t in ("2023-13", "2023-02-29", "2023-7", "0000", "--02-30", "07")),
        *(("releaseDate", t) for t in ("2023-07-18T00:00", "２０２３", "--", "2023-07-18\n", "")),
        *(("contextLength", t) for t in ("4K", "0", "-1", "4096.0", "04096", "４０９６", "")),
        ("commercialUse", "maybe"),
        ("openness", "Open"),
        ("openStrategy", "restricted"),
    ],
)
def test_bad_values(attribute: str, lexical: str) -> None:
    with pytest.raises(InvariantError):
        check_value(Attribute(attribute), Value(lexical, terms.DATATYPES[attribute]))


@pytest.mark.parametrize(
    "value", [Value("4096"), Value("4096", "date"), Value("4096", "xsd:integer")]
)
def test_the_datatype_counts(value: Value) -> None:
    with pytest.raises(InvariantError, match="datatype integer"):
        check_value(Attribute.CONTEXT_LENGTH, value)


def test_every_claim_may_have_a_period() -> None:
    for term in (*Predicate, *Attribute):
        assert set(terms.DATED) <= set(terms.QUALIFIERS[term])
    assert terms.DATED == (terms.Qualifier.VALID_FROM, terms.Qualifier.VALID_UNTIL)


def test_names_in_a_property_graph() -> None:
    assert [graph_label(type) for type in EntityType] == [type.value for type in EntityType]
    assert edge_type("usesTechnique") == "USES_TECHNIQUE"
    assert [edge_type(predicate) for predicate in Predicate] == [p.name for p in Predicate]
    with pytest.raises(ValueError, match="likes"):
        edge_type("likes")


def test_addresses_lie_in_the_ontology() -> None:
    graph = load()
    for term in [*EntityType, *Predicate, *Attribute, *terms.Qualifier]:
        assert (MK[term], None, None) in graph
        assert str(MK[term]) == term_iri(term)
    for term, values in terms.ALLOWED_VALUES.items():
        for value in values:
            assert (MK[f"{term}-{value}"], None, None) in graph
            assert str(MK[f"{term}-{value}"]) == concept_iri(term, value)
    for name in terms.DERIVATIONS.values():
        assert (MK[name], None, None) in graph


def test_labels_in_both_languages() -> None:
    assert label(Predicate.DERIVED_FROM) == "derived from"
    assert label("derivedFrom", "zh") == "派生自"
    assert label("open-then-closed", "zh", of="openStrategy") == "先开源后闭源"
    assert label("2023", "zh", of="releaseDate") == "2023"

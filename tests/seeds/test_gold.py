"""The annotated documents say what their texts say, in the terms of the ontology."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from modelkin.ontology.claim import Claim, Value
from modelkin.ontology.document import Document, Span
from modelkin.ontology.errors import InvariantError
from modelkin.ontology.schema import check_claim
from modelkin.ontology.terms import DATATYPES, Attribute, EntityType

FOLDER = files("modelkin.seeds") / "gold"
NAMES = sorted(item.name[:-5] for item in FOLDER.iterdir() if item.name.endswith(".json"))
KINDS = {"news": 6, "blog": 5, "readme": 7, "paper-abstract": 2}
LENGTHS = {"zh": (300, 1200), "en": (600, 2000)}
LONGEST_EVIDENCE = 120
HAN = re.compile(r"[一-鿿]")

Gold = dict[str, Any]


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def gold_of(name: str) -> Gold:
    loaded: Gold = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def claims_of(gold: Gold, evidence: Span) -> Iterator[tuple[Claim, EntityType, EntityType | None]]:
    types = {entity["id"]: EntityType(entity["type"]) for entity in gold["entities"]}
    for row in gold["relations"]:
        claim = Claim.of(
            row["subject"],
            row["predicate"],
            row["object"],
            evidence,
            qualifiers=row["qualifiers"],
            extractor="gold",
            confidence=1.0,
        )
        yield claim, types[row["subject"]], types[row["object"]]
    for row in gold["attributes"]:
        value = Value(row["value"], DATATYPES[Attribute(row["attribute"])])
        claim = Claim.of(
            row["subject"], row["attribute"], value, evidence, extractor="gold", confidence=1.0
        )
        yield claim, types[row["subject"]], None


def checked(name: str, gold: Gold) -> int:
    evidence = Document.of(text_of(name), lang=gold["lang"]).span(0, 1)
    count = 0
    for claim, subject, obj in claims_of(gold, evidence):
        check_claim(claim, subject, obj)
        count += 1
    return count


def test_both_languages_and_all_kinds_are_there() -> None:
    golds = [gold_of(name) for name in NAMES]
    for lang in ("zh", "en"):
        kinds = Counter(gold["kind"] for gold in golds if gold["lang"] == lang)
        assert kinds == KINDS
        assert sum(kinds.values()) == 20


def test_every_text_has_an_annotation() -> None:
    texts = {item.name[:-3] for item in FOLDER.iterdir() if item.name.endswith(".md")}
    assert texts - {"README"} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_header_and_length(name: str) -> None:
    gold, text = gold_of(name), text_of(name)
    assert gold["id"] == name
    assert gold["source"] == "modelkin"
    assert re.fullmatch(rf"own-{gold['lang']}-\d\d", name)
    shortest, longest = LENGTHS[gold["lang"]]
    assert shortest <= len(text.strip()) <= longest
    assert bool(HAN.search(text)) == (gold["lang"] == "zh")
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("name", NAMES)
def test_ids_and_rows_are_there_once(name: str) -> None:
    gold = gold_of(name)
    ids = [entity["id"] for entity in gold["entities"]]
    assert len(set(ids)) == len(ids)
    surfaces = [(entity["type"], form) for entity in gold["entities"] for form in entity["names"]]
    assert len(set(surfaces)) == len(surfaces)
    relations = [(row["subject"], row["predicate"], row["object"]) for row in gold["relations"]]
    assert len(set(relations)) == len(relations)
    for subject, predicate, obj in relations:
        assert (obj, predicate, subject) not in relations
    attributes = [(row["subject"], row["attribute"], row["value"]) for row in gold["attributes"]]
    assert len(set(attributes)) == len(attributes)


@pytest.mark.parametrize("name", NAMES)
def test_names_and_evidence_are_verbatim(name: str) -> None:
    gold, text = gold_of(name), folded(text_of(name))
    for entity in gold["entities"]:
        assert entity["name"] in entity["names"]
        for form in entity["names"]:
            assert form == folded(form)
            assert form in text
    for row in [*gold["relations"], *gold["attributes"]]:
        assert 0 < len(row["evidence"]) <= LONGEST_EVIDENCE
        assert folded(row["evidence"]) in text


@pytest.mark.parametrize("name", NAMES)
def test_rows_fit_the_ontology(name: str) -> None:
    gold = gold_of(name)
    assert checked(name, gold) == len(gold["relations"]) + len(gold["attributes"]) > 0


@pytest.mark.parametrize("name", ["own-zh-01", "own-en-01"])
def test_a_row_that_does_not_fit_is_found(name: str) -> None:
    gold = gold_of(name)
    row = next(row for row in gold["relations"] if row["predicate"] == "developedBy")
    row["predicate"] = "trainedOn"
    with pytest.raises(InvariantError):
        checked(name, gold)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_predicate_but_the_rarest_is_said_in_each_language(lang: str) -> None:
    golds = [gold_of(name) for name in NAMES if name.startswith(f"own-{lang}-")]
    said = {row["predicate"] for gold in golds for row in gold["relations"]}
    said |= {row["attribute"] for gold in golds for row in gold["attributes"]}
    assert {
        *("developedBy", "derivedFrom", "succeeds", "variantOf", "releasedUnder", "appliesTo"),
        *("trainedOn", "usesTechnique", "evaluatedOn", "hostedOn", "poweredBy", "affiliatedWith"),
        *("comparableTo", "parameters", "openness", "commercialUse", "releaseDate"),
        "contextLength",
    } <= said

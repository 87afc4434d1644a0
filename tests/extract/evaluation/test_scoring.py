"""The rules of scoring: golden figures, rules one by one, and what no rewording may change."""

import json
from dataclasses import replace

import pytest
from corruption import CASES, GOLDEN, own_figures
from hypothesis import given
from hypothesis import strategies as st

from modelkin.extract.evaluation.gold import (
    GoldAttribute,
    GoldDocument,
    GoldEntity,
    GoldRelation,
    read_gold,
)
from modelkin.extract.evaluation.reading import Reading
from modelkin.extract.evaluation.report import Scored, report
from modelkin.extract.evaluation.scoring import DocumentScore, score_document

GOLD = read_gold(GOLDEN / "gold")
CASE_LIST = json.loads(CASES.read_text(encoding="utf-8"))


def entity(id: str, type: str, *names: str) -> GoldEntity:
    return GoldEntity(id, type, names[0], names)


LARK = entity("e1", "Model", "Larkspur 2", "Larkspur-2-14B")
THISTLE = entity("e2", "Model", "Thistle")
FERNHILL = entity("e3", "Organization", "芬山", "Fernhill")
ENTITIES = (LARK, THISTLE, FERNHILL)


def relation(subject: str, predicate: str, object: str, **qualifiers: str) -> GoldRelation:
    return GoldRelation(subject, predicate, object, tuple(sorted(qualifiers.items())))


def compared(gold: GoldRelation, *found: GoldRelation) -> tuple[int, int, int]:
    score = score_document(Reading(ENTITIES, (gold,)), Reading(ENTITIES, found))
    count = score.counts["relations"]
    return count.right, count.false, count.missed


def valued(gold: GoldAttribute, *found: GoldAttribute) -> tuple[int, int, int]:
    score = score_document(Reading(ENTITIES, (), (gold,)), Reading(ENTITIES, (), found))
    count = score.counts["attributes"]
    return count.right, count.false, count.missed


@pytest.mark.parametrize("number", range(len(CASE_LIST)))
def test_golden_figures(number: int):
    case = CASE_LIST[number]
    own = report([Scored.of(document, case["found"].get(document.id, {})) for document in GOLD])
    assert own_figures(own) == case["figures"]


@given(data=st.data())
def test_figures_do_not_hang_on_ids_or_spelling(data: st.DataObject):
    case = CASE_LIST[data.draw(st.integers(1, len(CASE_LIST) - 1))]
    found = {id: reworded(record, data) for id, record in case["found"].items()}
    own = report([Scored.of(document, found[document.id]) for document in GOLD])
    assert own_figures(own) == case["figures"]


def reworded(record: dict, data: st.DataObject) -> dict:
    """Rename ids, and spell names in ways that count as the same."""
    prefix = data.draw(st.sampled_from(["", "model/", "甲"]))
    spell = data.draw(st.sampled_from([str, str.upper, lambda n: n.replace("-", "_"), full_width]))
    ids = {e["id"]: f"{prefix}{n}#" for n, e in enumerate(record["entities"])}
    return record | {
        "entities": [
            e | {"id": ids[e["id"]], "name": spell(e["name"]), "names": [*map(spell, e["names"])]}
            for e in record["entities"]
        ],
        "relations": [
            r | {"subject": ids[r["subject"]], "object": ids[r["object"]]}
            for r in record["relations"]
        ],
        "attributes": [a | {"subject": ids[a["subject"]]} for a in record["attributes"]],
    }


def full_width(name: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)


@pytest.mark.parametrize("document", GOLD, ids=lambda document: document.id)
def test_annotations_read_as_themselves_are_perfect(document: GoldDocument):
    score = score_document(document, as_reading(document))
    assert all(not count.false and not count.missed for count in score.counts.values())
    assert score.counts["relations"].right == len(document.relations)
    assert score.mistakes == ()


def as_reading(document: GoldDocument) -> Reading:
    return Reading(document.entities, document.relations, document.attributes)


@given(
    st.sampled_from(GOLD),
    st.sets(st.integers(0, 30)),
    st.sets(st.integers(0, 30)),
    st.sets(st.integers(0, 30)),
)
def test_what_is_left_out_is_missed_and_nothing_is_false(document, entities, relations, attributes):
    kept = tuple(e for n, e in enumerate(document.entities) if n not in entities)
    known = {e.id for e in kept}
    found = Reading(
        kept,
        tuple(
            r
            for n, r in enumerate(document.relations)
            if n not in relations and {r.subject, r.object} <= known
        ),
        tuple(
            a
            for n, a in enumerate(document.attributes)
            if n not in attributes and a.subject in known
        ),
    )
    counts = score_document(document, found).counts
    for part in ("entities", "relations", "attributes"):
        given_, read = len(getattr(document, part)), len(getattr(found, part))
        assert (counts[part].right, counts[part].false) == (read, 0)
        assert counts[part].missed == given_ - read


@given(st.sampled_from(GOLD))
def test_what_nobody_annotated_is_one_false_find(document):
    stranger = GoldEntity("x", "Model", "Stranger-1B", ("Stranger-1B",))
    added = GoldRelation("x", "derivedFrom", document.entities[0].id)
    value = GoldAttribute("x", "openness", "open")
    found = Reading(
        (*document.entities, stranger),
        (*document.relations, added),
        (*document.attributes, value),
    )
    score = score_document(document, found)
    for part in ("entities", "relations", "attributes"):
        assert (score.counts[part].false, score.counts[part].missed) == (1, 0)
    assert [(m.part, m.kind) for m in score.mistakes] == [
        ("entity", "false"),
        ("relation", "false"),
        ("attribute", "false"),
    ]


def test_a_second_find_of_one_entity_is_false():
    found = (LARK, replace(LARK, id="e9", name="Larkspur-2-14B"))
    count = score_document(Reading((LARK,)), Reading(found)).counts["entities"]
    assert (count.right, count.false, count.missed) == (1, 1, 0)


def test_a_type_matters_to_entities_and_not_to_relations():
    product = replace(LARK, type="Product")
    said = relation("e1", "developedBy", "e3")
    score = score_document(
        Reading(ENTITIES, (said,)), Reading((product, THISTLE, FERNHILL), (said,))
    )
    assert score.counts["entities"].right == 2
    assert score.counts["entities_untyped"].right == 3
    assert score.counts["relations"].right == 1
    assert score.by_type["Product"].false == score.by_type["Model"].missed == 1


def test_relations_have_a_direction():
    said = relation("e1", "derivedFrom", "e2")
    assert compared(said, relation("e2", "derivedFrom", "e1")) == (0, 1, 1)


def test_worse_is_better_the_other_way_round():
    worse = relation("e1", "comparableTo", "e2", relation="worse")
    better = relation("e2", "comparableTo", "e1", relation="better")
    assert compared(worse, better) == (1, 0, 0)
    assert compared(better, worse) == (1, 0, 0)
    turned = relation("e1", "comparableTo", "e2", relation="better")
    assert compared(better, turned) == (0, 1, 1)


def test_on_par_matches_both_ways_and_counts_once():
    par = relation("e1", "comparableTo", "e2", relation="on-par")
    turned = relation("e2", "comparableTo", "e1", relation="near")
    assert compared(par, turned) == (1, 0, 0)
    assert compared(par, par, turned) == (1, 0, 0)


def test_qualifiers_of_comparisons_that_match():
    gold = Reading(
        ENTITIES,
        (
            relation("e1", "comparableTo", "e2", relation="near"),
            relation("e1", "comparableTo", "e3", relation="better"),
        ),
    )
    found = Reading(
        ENTITIES,
        (
            relation("e1", "comparableTo", "e2", relation="on-par"),
            relation("e1", "comparableTo", "e3", relation="better"),
        ),
    )
    assert score_document(gold, found).comparisons == (1, 2)


def test_methods_of_derivations():
    gold = Reading(ENTITIES, (relation("e1", "derivedFrom", "e2", method="finetune"),))
    near = Reading(ENTITIES, (relation("e1", "derivedFrom", "e2", method="instruction-tune"),))
    score = score_document(gold, near)
    right = {part: count.right for part, count in score.counts.items()}
    assert right["relations"] == right["derivedFrom_with_coarse_method"] == 1
    assert right["derivedFrom_with_method"] == 0
    assert [m.kind for m in score.mistakes] == ["method"]


def test_one_fact_of_two_names_counts_once():
    twice = replace(LARK, id="e9", name="Larkspur-2-14B", names=("Larkspur-2-14B",))
    found = Reading(
        (*ENTITIES, twice),
        (relation("e1", "developedBy", "e3"), relation("e9", "developedBy", "e3")),
        relation_confidences=(0.6, 0.9),
    )
    score = score_document(Reading(ENTITIES, (relation("e1", "developedBy", "e3"),)), found)
    count = score.counts["relations"]
    assert (count.right, count.false) == (1, 0)
    # The surer of the two says how sure the system is.
    assert [(j.confidence, j.right) for j in score.judged] == [(0.9, True)]


@pytest.mark.parametrize(
    ("attribute", "gold", "found", "right"),
    (
        ("parameters", "14B", "140亿", True),
        ("parameters", "14B", "13.9B", False),
        ("parameters", "8x7B", "56B", True),
        ("contextLength", "32768", "32K", True),
        ("contextLength", "128000", "128k", True),
        ("contextLength", "128000", "100K", False),
        ("releaseDate", "2024-05", "2024-05-20", True),
        ("releaseDate", "2024-05", "2024-06-20", False),
        ("releaseDate", "--05-20", "2024-05-20", True),
        ("openness", "open", "closed", False),
        ("commercialUse", "yes", "true", True),
    ),
)
def test_values(attribute: str, gold: str, found: str, right: bool):
    given_ = GoldAttribute("e2", attribute, gold)
    counts = valued(given_, GoldAttribute("e2", attribute, found))
    assert counts == ((1, 0, 0) if right else (0, 1, 1))


def test_a_size_that_the_name_carries_is_neither_right_nor_false():
    said = GoldAttribute("e2", "parameters", "7B")
    assert valued(said, GoldAttribute("e1", "parameters", "14B")) == (0, 0, 1)
    assert valued(said, GoldAttribute("e1", "parameters", "15B")) == (0, 1, 1)


def test_references_that_lead_nowhere_are_false():
    found = Reading(ENTITIES, (relation("e1", "developedBy", "nobody"),))
    score = score_document(Reading(ENTITIES), found)
    assert isinstance(score, DocumentScore)
    assert score.counts["relations"].false == 1
    assert score.mistakes[0].what == "Larkspur 2 developedBy nobody"


def test_figures_by_group_add_up():
    figures = report([Scored.of(document, {}) for document in GOLD])
    groups, kinds = figures["by_group"], figures["by_kind"]
    assert {name: group["documents"] for name, group in groups.items()} == {"cards": 1, "prose": 3}
    assert kinds["readme"] == groups["cards"]
    missed = [group["relations"]["fn"] for group in groups.values()]
    assert sum(missed) == figures["micro"]["relations"]["fn"] == 35

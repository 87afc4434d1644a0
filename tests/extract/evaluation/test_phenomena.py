"""By what a text says a relation."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelkin.extract.evaluation.count import Count, add_up
from modelkin.extract.evaluation.edges import Edge
from modelkin.extract.evaluation.gold import GoldDocument
from modelkin.extract.evaluation.phenomena import (
    PHENOMENA,
    WRONG_PARTNER,
    phenomenon,
    wrong_partners,
)
from modelkin.extract.evaluation.report import Scored, report
from modelkin.extract.markdown import parse_structure

A, B = "Amber", "Basalt Labs"
ROWS = "| model | maker |\n|---|---|\n| Amber | Basalt Labs |\n"
PLAIN = "Basalt Labs says that Amber is good."


def kind_of(text: str, subject: str = A, object: str = B, predicate: str = "developedBy") -> str:
    return phenomenon(text, parse_structure(text), [subject], [object], predicate)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("---\nname: Amber\nauthor: Basalt Labs\n---\n\nText.", "front matter"),
        (ROWS, "table"),
        ("# Amber by Basalt Labs\n\nText.", "heading"),
        ("Makers:\n\n- Amber, which Basalt Labs made\n", "list"),
        ("Amber (Basalt Labs) is new.", "apposition"),
        ("Basalt Labs's Amber is new.", "apposition"),
        ("Cobalt and Basalt Labs have built the model Amber.", "coordination"),
        ("Amber, they say, is better than what Basalt Labs made.", "comparison"),
        ("Amber was not made by the people of Basalt Labs.", "negation"),
        ("Amber will be made by the people of Basalt Labs.", "plan"),
        ("We talk of Amber. It was made by Basalt Labs.", "zero subject"),
        ("# Amber\n\nText.\n\nIt was made by Basalt Labs.", "section topic"),
        (PLAIN, "one sentence"),
        ("Amber alone.", "section topic"),
    ],
)
def test_english(text: str, name: str) -> None:
    assert kind_of(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("| 模型 | 机构 |\n|---|---|\n| 青石 | 远山 |\n", "table"),
        ("## 远山的青石\n\n正文。", "heading"),
        ("- 青石，由远山发布\n", "list"),
        ("青石（远山）很新。", "apposition"),
        ("远山的青石很新。", "apposition"),
        ("远山、近水联合发布了大模型青石。", "coordination"),
        ("青石的表现优于各家，远山这样说。", "comparison"),
        ("远山并没有发布过这个叫青石的模型。", "negation"),
        ("远山将于下月发布一个模型青石。", "plan"),
        ("青石来了。它出自远山。", "zero subject"),
        ("青石来了。\n\n正文。\n\n它出自远山。", "section topic"),
        ("远山今天发布了一个模型青石。", "one sentence"),
    ],
)
def test_chinese(text: str, name: str) -> None:
    assert kind_of(text, "青石", "远山") == name


def test_a_name_made_of_the_other() -> None:
    text = "They made Amber-7B-Chat with what they had learnt from Amber-7B."
    assert kind_of(text, "Amber-7B-Chat", "Amber-7B", "derivedFrom") == "name composition"
    assert kind_of(text, "Amber-7B-Chat", "Amber-7B", "comparableTo") == "one sentence"


def test_the_nearest_places_count() -> None:
    near = "Amber (Basalt Labs) is new."
    assert kind_of(f"{PLAIN}\n\n{near}") == kind_of(f"{near}\n\n{PLAIN}") == "apposition"
    assert kind_of("We saw Amber. Basalt Labs is far.\n\n" + ROWS) == "table"


@given(st.permutations(["Amber", "Amber-7B", "the Amber model"]))
def test_the_order_of_names_changes_nothing(names: list[str]) -> None:
    text = f"{PLAIN} The Amber model came first. Amber-7B (Basalt Labs) followed."
    structure = parse_structure(text)
    assert phenomenon(text, structure, names, [B], "developedBy") == "apposition"


@given(st.text(alphabet="Amber Basalt Labs青石。.,、\n|-#", max_size=80))
def test_any_text_has_one(text: str) -> None:
    assert kind_of(text) in PHENOMENA


def test_wrong_partners_have_one_end_right() -> None:
    def edge(subject: int | str, predicate: str, object: int) -> Edge:
        return Edge(subject, predicate, object, (), ())

    said = [edge(0, "developedBy", 1)]
    false = [
        edge(0, "developedBy", 2),
        edge(2, "developedBy", 1),
        edge(0, "variantOf", 2),
        edge(2, "developedBy", 2),
        edge("nobody", "developedBy", 2),
    ]
    assert wrong_partners(said, false, [{0: 0}, {1: 0}, {}]) == 2


def test_counts_add_up_to_those_of_relations(gold: list[GoldDocument], gold_folder: Path) -> None:
    cases = json.loads((gold_folder.parent / "cases.json").read_text(encoding="utf-8"))
    assert len(cases) > 5
    seen: set[str] = set()
    for case in cases:
        nothing = {"entities": [], "relations": [], "attributes": []}
        found = case["found"]
        figures = report([Scored.of(d, found.get(d.id, nothing)) for d in gold])
        by_name = figures["by_phenomenon"]
        counts = [
            Count(c["tp"], c["fp"], c["fn"]) for name, c in by_name.items() if name != WRONG_PARTNER
        ]
        relations = figures["micro"]["relations"]
        assert add_up(counts).as_dict() == relations
        assert by_name.get(WRONG_PARTNER, {"fp": 0})["fp"] <= relations["fp"]
        seen |= set(by_name)
    assert seen <= {*PHENOMENA, WRONG_PARTNER}
    assert len(seen) > 5

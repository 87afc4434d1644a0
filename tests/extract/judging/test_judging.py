"""The parts of the judge: values, words, pairs, features, trees."""

import numpy as np
import pytest

from modelkin.extract.discourse import Reading
from modelkin.extract.judging.judge import Verdict, settled
from modelkin.extract.judging.pairs import PREDICATES, Pair, pairs_of
from modelkin.extract.judging.rivals import PREDICATE_INDEX
from modelkin.extract.judging.scene import Scene
from modelkin.extract.judging.values import find_values
from modelkin.extract.judging.words import words_of
from modelkin.extract.markdown import parse_structure
from modelkin.extract.mention import Analysis, Mention
from modelkin.extract.relations.draft import Draft
from modelkin.extract.segment import split_sentences
from modelkin.extract.trees import Trees
from modelkin.ontology.terms import EntityType, Predicate

M, ORG, D = EntityType.MODEL, EntityType.ORGANIZATION, EntityType.DOMAIN


def read(text: str, lang: str, **names: tuple[EntityType, str]) -> Reading:
    """Read a text in which every occurrence of each name is a mention."""
    structure = parse_structure(text)
    mentions = []
    for id, (type, name) in names.items():
        at = text.find(name)
        while at >= 0:
            mentions.append(Mention(at, at + len(name), type, id))
            at = text.find(name, at + 1)
    analysis = Analysis(text, lang, structure)
    analysis.sentences = split_sentences(text, structure)
    analysis.mentions = sorted(mentions, key=lambda m: m.start)
    return Reading(analysis)


def test_values_are_found_in_both_languages() -> None:
    zh = read("青石-70亿参数,上下文128K,于2024年3月5日开源,可商用。", "zh")
    assert {(v.attribute, v.value) for v in find_values(zh)} >= {
        ("parameters", "7B"),
        ("contextLength", "131072"),
        ("releaseDate", "2024-03-05"),
        ("openness", "open"),
        ("commercialUse", "yes"),
    }
    en = read("A proprietary 8 billion model with a context of 4,096 tokens.", "en")
    assert {(v.attribute, v.value) for v in find_values(en)} >= {
        ("parameters", "8B"),
        ("contextLength", "4096"),
        ("openness", "closed"),
    }


def test_a_value_inside_a_name_is_none() -> None:
    reading = read("Quartz-7B is new.", "en", q=(M, "Quartz-7B"))
    assert find_values(reading) == []


def test_lists_of_names_fold_into_one_word() -> None:
    text = "Amber、Basalt和Coral由远山开源"
    names = {"a": (M, "Amber"), "b": (M, "Basalt"), "c": (M, "Coral"), "o": (ORG, "远山")}
    scene = Scene(read(text, "zh", **names))
    words = words_of(scene)
    assert words.items[:3] == ["<Model>", "由", "<Organi>"]
    assert words.places[:4] == [0, 0, 0, 2]


def test_pairs_join_what_may_be_joined() -> None:
    text = "远山实验室发布青石。它用于医疗。"
    reading = read(text, "zh", o=(ORG, "远山实验室"), m=(M, "青石"), d=(D, "医疗"))
    pairs = {(p.subject, p.object) for p in pairs_of(Scene(reading), [])}
    assert ("m", "o") in pairs
    assert ("m", "d") in pairs
    assert ("o", "m") not in pairs
    assert ("d", "m") not in pairs


def test_a_draft_makes_a_pair_of_what_stands_far_apart() -> None:
    text = "Amber.\n\n" + "Nothing here.\n\n" * 30 + "Coral."
    reading = read(text, "en", a=(M, "Amber"), c=(M, "Coral"))
    assert pairs_of(Scene(reading), []) == []
    draft = Draft("c", Predicate.DERIVED_FROM, "a", 0, 5, "derived.test")
    [pair] = pairs_of(Scene(reading), [draft])
    assert (pair.subject, pair.object, pair.drafts) == ("c", "a", [draft])


def test_worse_is_better_the_other_way_round() -> None:
    reading = read("Amber trails Coral.", "en", a=(M, "Amber"), c=(M, "Coral"))
    draft = Draft(
        "a", Predicate.COMPARABLE_TO, "c", 0, 18, "compared.test", (("relation", "worse"),)
    )
    drafted = [p for p in pairs_of(Scene(reading), [draft]) if p.drafts]
    assert [(p.subject, p.object) for p in drafted] == [("c", "a")]


def test_pairs_grow_with_the_text_and_not_with_its_square() -> None:
    def count(n: int) -> int:
        text = "".join(f"Amber{i} by Corp{i}.\n\n" for i in range(n))
        names = {f"m{i}": (M, f"Amber{i} ") for i in range(n)}
        names |= {f"o{i}": (ORG, f"Corp{i}.") for i in range(n)}
        return len(pairs_of(Scene(read(text, "en", **names)), []))

    assert count(200) < 2.2 * count(100)


def test_trees_add_up() -> None:
    # One tree asks column 1, the other is a leaf.
    trees = Trees(
        np.array([1, -1, -1, -1], dtype=np.int32),
        np.array([0.5, -2.0, 3.0, 0.25]),
        np.array([1, 1, 2, 3], dtype=np.int32),
        np.array([2, 1, 2, 3], dtype=np.int32),
        np.array([0, 3], dtype=np.int32),
    )
    rows = np.array([[9.0, 0.5], [9.0, 0.6]])
    assert trees.log_odds(rows).tolist() == [-1.75, 3.25]
    assert trees.log_odds(np.zeros((0, 2))).tolist() == []
    again = Trees.of(trees.arrays("x"), "x")
    assert again.log_odds(rows).tolist() == [-1.75, 3.25]


def test_one_predicate_a_pair_and_never_both_ways() -> None:
    limits = {p: {"fact": 0.8, "candidate": 0.4, "split": 0.4} for p in PREDICATE_INDEX}
    one, back = Pair("a", "b"), Pair("b", "a")
    verdicts = [
        Verdict(one, "variantOf", 0.6),
        Verdict(one, "derivedFrom", 0.9),
        Verdict(back, "succeeds", 0.7),
        Verdict(Pair("a", "c"), "variantOf", 0.3),
    ]
    spoken = Verdict(Pair("a", "d"), "derivedFrom", 0.1, 0.9)
    assert list(settled([spoken], limits, {"a"})) == []
    assert list(settled([spoken], limits, {"a", "d"})) == [spoken]
    kept = list(settled(verdicts, limits, {"a", "b", "c"}))
    assert [(v.pair, v.predicate) for v in kept] == [(one, "derivedFrom")]


@pytest.mark.parametrize("predicate", [p.value for p in Predicate])
def test_every_predicate_can_be_judged(predicate: str) -> None:
    assert predicate in PREDICATE_INDEX
    assert any(predicate in predicates for predicates in PREDICATES.values())

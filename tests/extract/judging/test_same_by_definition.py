"""What is worked out for many pairs at once is what the definition says of each."""

from array import array

import numpy as np
import plain_judging as plain
from hypothesis import given, settings
from hypothesis import strategies as st

from modelkin.extract.discourse import Reading
from modelkin.extract.judging.context import Context
from modelkin.extract.judging.features import Features
from modelkin.extract.judging.figures import Figures
from modelkin.extract.judging.hashing import BUCKETS, bucket
from modelkin.extract.judging.mates import WAYS, mates_of
from modelkin.extract.judging.neighbours import Neighbours
from modelkin.extract.judging.pairs import Pair, pairs_of
from modelkin.extract.judging.rivals import NEVER, PREDICATE_INDEX, cells_of, first_pass_rows
from modelkin.extract.judging.scene import Scene
from modelkin.extract.judging.words import Words
from modelkin.extract.markdown import parse_structure
from modelkin.extract.mention import Analysis, Mention
from modelkin.extract.relations import drafts_of
from modelkin.extract.segment import split_sentences
from modelkin.ontology.terms import EntityType

NAMES = {
    "Amber": EntityType.MODEL,
    "Amber-7B": EntityType.MODEL,
    "Coral 2": EntityType.MODEL,
    "青石": EntityType.MODEL,
    "远山实验室": EntityType.ORGANIZATION,
    "Fernhill": EntityType.ORGANIZATION,
    "LawSet": EntityType.DATASET,
    "Apache 2.0": EntityType.LICENSE,
    "医疗": EntityType.DOMAIN,
}
PIECES = (
    *NAMES,
    *NAMES,
    "、",
    " and ",
    "发布了",
    " was released by ",
    "基于",
    "在此基础上微调得到",
    "7B",
    "70亿参数",
    " in March 2024",
    "。",
    ". ",
    "\n\n",
    "\n\n## Amber 与 Coral 2\n\n",
    "\n\n- ",
    "\n\n| Model | 机构 | 参数 |\n|---|---|---|\n"
    "| Amber | Fernhill | 7B |\n| 青石 | 远山实验室 | 13B |\n\n",
    " so that it may be used with many other words that say nothing at all of what it is" * 3,
    "。这里说了很多与模型没有任何关系的话,只是为了让两个名字之间隔开足够多的字,好让中间被截断",
)


def read(text: str) -> Reading:
    """Read a text in which each of the names is a mention, the longest where several fit."""
    structure = parse_structure(text)
    analysis = Analysis(text, "zh" if "。" in text else "en", structure)
    analysis.sentences = split_sentences(text, structure)
    taken: set[int] = set()
    for name in sorted(NAMES, key=len, reverse=True):
        at = text.find(name)
        while at >= 0:
            place = range(at, at + len(name))
            if taken.isdisjoint(place):
                taken.update(place)
                mention = Mention(at, place.stop, NAMES[name], f"e/{name}", score=0.5 + at % 2 / 2)
                analysis.mentions.append(mention)
            at = text.find(name, at + 1)
    analysis.mentions.sort(key=lambda mention: mention.start)
    return Reading(analysis)


def pairs(text: str) -> tuple[Context, list[Pair]]:
    """Give the pairs of a text with what the rules say of them."""
    reading = read(text)
    scene = Scene(reading)
    return Context(scene), pairs_of(scene, drafts_of(reading))


texts = st.lists(st.sampled_from(PIECES), min_size=4, max_size=40).map("".join)


@given(texts)
@settings(max_examples=120, deadline=None)
def test_features_are_those_of_each_pair_alone(text: str) -> None:
    context, found = pairs(text)
    features = Features(context)
    for pair in found:
        assert features.of(pair) == {bucket(f) for f in plain.features(context, pair)}


@given(texts)
@settings(max_examples=120, deadline=None)
def test_figures_are_those_of_each_pair_alone(text: str) -> None:
    context, found = pairs(text)
    figures = Figures(context)
    for pair in found:
        assert figures.of(pair) == plain.figures(context, pair)


def test_the_order_in_which_pairs_come_changes_nothing() -> None:
    context, found = pairs(
        "".join(PIECES) + "Amber、青石和Coral 2由Fernhill发布。" + "".join(PIECES)
    )
    assert len(found) > 40
    features, backwards = Features(context), Features(context)
    forwards = [features.of(pair) for pair in found]
    assert forwards == [backwards.of(pair) for pair in reversed(found)][::-1]
    assert all(0 <= each < BUCKETS for marks in forwards for each in marks)


@given(texts, st.randoms(use_true_random=False))
@settings(max_examples=120, deadline=None)
def test_rivals_are_those_of_each_cell_alone(text: str, random) -> None:  # type: ignore[no-untyped-def]
    context, found = pairs(text)
    if not found:
        return
    kinds = [
        (p.subject, p.object, context.scene.kinds[p.subject], context.scene.kinds[p.object])
        for p in found
    ]
    odds = np.full((len(found), len(PREDICATE_INDEX)), NEVER)
    trusts = np.zeros(odds.shape)
    for pair, predicate in zip(*cells_of(kinds), strict=True):
        odds[pair, predicate] = random.choice([-6.0, -1.5, -1.5, 0.25, random.uniform(-8, 8)])
        trusts[pair, predicate] = random.choice([0.0, 0.0, 0.0, 0.5, 0.75])
    figures = np.arange(3.0 * len(found)).reshape(len(found), 3)
    groups = mates_of(context, found)
    cells, rows = first_pass_rows(kinds, odds, trusts, figures, groups)
    mates = plain.mates(context, found)
    plain_cells, plain_rows = plain.first_pass_rows(kinds, odds, trusts, figures, mates)
    assert cells == plain_cells
    assert rows.shape == plain_rows.shape
    # Means are added up in another order.
    np.testing.assert_allclose(rows, plain_rows, rtol=0, atol=1e-9)


@given(texts)
@settings(max_examples=120, deadline=None)
def test_mates_are_those_of_each_pair_alone(text: str) -> None:
    context, found = pairs(text)
    groups = mates_of(context, found)
    assert groups.shape == (len(found), WAYS)
    for index, ways in enumerate(plain.mates(context, found)):
        for way, others in enumerate(ways):
            same = np.flatnonzero(groups[:, way] == groups[index, way]).tolist()
            assert set(same) - {index} == others


def test_words_say_the_same_wherever_in_a_text_they_stand() -> None:
    items = [("<Model>", "<Organi>", "由", "word")[n % 4] + str(n % 97) for n in range(1_200)]
    text = Neighbours(Words(items, [], array("I")))
    for at in range(0, len(items) - 60, 7):
        alone = Neighbours(Words(items[at : at + 60], [], array("I")))
        for far in (2, 9, 41, 55):
            assert text.between(at, at + far) == alone.between(0, far)
            assert text.before(at, at + far) == alone.before(0, far)
            assert text.behind(at, at + far) == alone.behind(0, far)

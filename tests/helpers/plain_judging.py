"""What the judge sees, by its definition: one text a feature, one pair and one cell at a time."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np

from modelkin.extract.judging.context import Context, Names
from modelkin.extract.judging.pairs import (
    NEXT_SENTENCE,
    PREDICATES,
    SAME_BLOCK,
    TOPIC,
    Pair,
    Place,
)
from modelkin.extract.judging.rivals import NEVER, PREDICATE_INDEX
from modelkin.extract.judging.scene import VALUE, Scene
from modelkin.extract.relations.confidence import confidence
from modelkin.extract.relations.draft import Draft
from modelkin.extract.structure import BlockKind
from modelkin.ontology.terms import Attribute, EntityType

_KIND = {
    BlockKind.FRONT_MATTER: "f",
    BlockKind.HEADING: "h",
    BlockKind.PARAGRAPH: "p",
    BlockKind.LIST_ITEM: "l",
    BlockKind.TABLE_HEADER: "H",
    BlockKind.TABLE_ROW: "t",
}
_KINDS = "fhplHt"
_TYPES = (*(str(t) for t in EntityType), *(VALUE + a for a in Attribute))
_NEAR_BOUNDS = (0, 1, 2, 3, 5, 8, 12, 20, 35, 60, 120, 300)
_LONGEST = 40
_WORD = re.compile("[\u3400-\u9fff]|[a-z]+")


def _bucket(value: int) -> int:
    return next((i for i, bound in enumerate(_NEAR_BOUNDS) if value <= bound), 12)


def compare(context: Context, pair: Pair) -> Names:
    """Compare the names of a pair."""
    continues = continued = False
    remainder, shared = "", 0
    for one in context.keys[pair.subject]:
        for other in context.keys.get(pair.object, ()):
            if one != other and len(other) > 1 and one.startswith(other):
                continues, remainder = True, one[len(other) :]
            if one != other and len(one) > 1 and other.startswith(one):
                continued = True
            common = 0
            for a, b in zip(one, other, strict=False):
                if a != b:
                    break
                common += 1
            shared = max(shared, common)
    return Names(continues, continued, re.sub(r"[0-9.]+", "9", remainder)[:12], shared)


def features(context: Context, pair: Pair) -> set[str]:
    """Give the words and marks around a pair, as texts."""
    reading = context.reading
    types = context.scene.kinds[pair.subject][:4] + context.scene.kinds[pair.object][:6]
    features: set[str] = set()
    for place in pair.places if pair.places[0].scope <= NEXT_SENTENCE else pair.places[:1]:
        _of_place(context, place, types, features)
    for draft in pair.drafts:
        features.add(f"rule={draft.rule}")
        features.add(
            f"says={draft.predicate if isinstance(draft, Draft) else draft.attribute}{types}"
        )
    best = pair.places[0]
    features.add(f"best={best.scope}{types}{'r' if pair.drafts else ''}")
    features.add(f"lang={reading.lang}{types}")
    ranks = min(context.rank[pair.subject], 3), min(context.rank.get(pair.object, 3), 3)
    features.add(f"rank={ranks[0]}{ranks[1]}{types}")
    features.add(f"title={pair.subject in context.title}{pair.object in context.title}{types}")
    names = compare(context, pair)
    if context.scene.kinds[pair.object] == EntityType.MODEL:
        features.add(
            f"name={names.continues}{names.continued}{min(names.shared, 4)}{best.scope}{types}"
        )
        if names.continues:
            features.add("more=" + names.remainder)
        parents = reading.family.parents(pair.subject)
        features.add(f"parent={pair.object in parents}{bool(parents)}{types}")
        back = pair.subject in reading.family.parents(pair.object)
        features.add(f"child={back}{types}")
    else:
        for key in context.keys.get(pair.object, ())[:1]:
            features.add(f"object={key[:14]}{types}")
        if pair.object in context.scene.values:
            features.add(f"value={context.scene.values[pair.object][:8]}{types}")
        features.add(f"shared={names.shared >= 3 or names.continues}{types}")
    return features


def _of_place(context: Context, place: Place, types: str, features: set[str]) -> None:
    reading, words, layout = context.reading, context.words, context.scene
    items = words.items
    add = features.add
    one, other = place.subject, place.object
    forward = one < other
    way = ">" if forward else "<"
    first, second = (one, other) if forward else (other, one)
    left, right = words.places[first], words.places[second]
    kinds = "".join(_KIND[reading.blocks[layout.blocks[i]].kind] for i in (one, other))
    add("kind=" + kinds + types)
    add(f"scope={place.scope}{way}{types}")
    tag = way + types
    if place.scope <= NEXT_SENTENCE:
        middle = items[left + 1 : right] if right > left else []
        if left == right:
            add("listed" + tag)
        inside = Counter(item for item in middle if item[0] == "<" and len(item) > 1)
        same, rival = items[words.places[one]], items[words.places[other]]
        add(f"between={min(2, inside[same])}{min(2, inside[rival])}{place.scope}{tag}")
        for item in inside:
            add("over=" + item + tag)
        add(f"far={_bucket(len(middle))}{tag}")
        if len(middle) <= 7:
            add("all=" + " ".join(middle) + tag)
        if len(middle) > _LONGEST:
            middle = [*middle[:15], "…", *middle[-15:]]
        features.update(["m=" + w + tag for w in middle])
        pairs = [a + "_" + b for a, b in pairwise(middle)]
        features.update(["b=" + p + way for p in pairs])
        features.update(["t=" + p + "_" + w + way for p, w in zip(pairs, middle[2:], strict=False)])
        for n in (1, 2, 3):
            add(f"head{n}=" + "_".join(middle[:n]) + tag)
            add(f"tail{n}=" + "_".join(middle[-n:]) + tag)
        sentences = reading.analysis.sentences
        low = words.index(sentences[layout.sentences[first]].start)
        high = words.index(sentences[layout.sentences[second]].end)
        before = items[max(low, left - 14) : left]
        behind = items[right + 1 : min(high, right + 15)]
        for n in (1, 2, 3):
            add(f"before{n}=" + "_".join(before[-n:]) + tag)
            add(f"behind{n}=" + "_".join(behind[:n]) + tag)
        features.update(["pre=" + w + tag for w in before[-10:]])
        features.update(["post=" + w + tag for w in behind[:12]])
        features.update(
            ["preb=" + a + b + way for a, b in zip(before[-9:], before[-8:], strict=False)]
        )
        features.update(["postb=" + a + b + way for a, b in pairwise(behind[:11])])
    else:
        at = words.places[other]
        sentence = reading.analysis.sentences[layout.sentences[other]]
        low, high = words.index(sentence.start), words.index(sentence.end)
        before = items[max(low, at - 14) : at]
        behind = items[at + 1 : min(high, at + 12)]
        for n in (1, 2, 3):
            add(f"far-before{n}=" + "_".join(before[-n:]) + types)
            add(f"far-behind{n}=" + "_".join(behind[:n]) + types)
        features.update(["far-pre=" + w + types for w in before])
        features.update(["far-preb=" + a + b for a, b in pairwise(before)])
        features.update(["far-post=" + w for w in behind])
        kind = layout.spots[one].kind
        here = layout.in_sentence[layout.sentences[other]]
        near = any(layout.spots[i].kind == kind for i in here)
        add(f"rival={near}{types}")
    _of_table(context, place, types, features)
    block = layout.blocks[other]
    named, heading = context.heading(block)
    features.update(["above=" + w + types for w in heading])
    if layout.spots[one].entity in named:
        add("subject-above" + types)
    if layout.spots[other].entity in context.heading(layout.blocks[one])[0]:
        add("object-above" + types)


def _of_table(context: Context, place: Place, types: str, features: set[str]) -> None:
    reading, layout = context.reading, context.scene
    columns: list[str] = []
    for index in (place.subject, place.object):
        block = reading.blocks[layout.blocks[index]]
        if not block.cells:
            return
        start = layout.spots[index].start
        column = next((i for i, cell in enumerate(block.cells) if start < cell.end), 0)
        name = ""
        if block.header >= 0 and column < len(reading.blocks[block.header].cells):
            cell = reading.blocks[block.header].cells[column]
            name = reading.text[cell.start : cell.end].lower()
        columns.append(f"{min(column, 6)}|{name[:24]}")
    one, other = columns
    features.add(f"columns={one[0]}{other[0]}{one == other}{place.scope}")
    features.add("column-s=" + one[2:] + types)
    features.add("column-o=" + other[2:] + types)
    features.add("columns-so=" + one[2:18] + "|" + other[2:18])
    features.update(["column-ow=" + w + types for w in _WORD.findall(other[2:])])
    features.update(["column-sw=" + w + types for w in _WORD.findall(one[2:])])


def figures(context: Context, pair: Pair) -> list[float]:
    """Give the counts, distances and ranks of a pair."""
    reading, layout = context.reading, context.scene
    best = pair.places[0]
    subject, object = pair.subject, pair.object
    kind, other_kind = layout.kinds[subject], layout.kinds[object]
    at, other = best.subject, best.object
    inside = range(min(at, other) + 1, max(at, other)) if best.scope < TOPIC else range(0)
    between = [layout.spots[i].kind for i in inside]
    sentence = layout.in_sentence[layout.sentences[other]]
    apart = abs(at - other)
    names = compare(context, pair)
    block = layout.blocks[other]
    nearest = _last_before(layout, other, kind, object)
    left, right = sorted((context.words.places[at], context.words.places[other]))
    trust = max((confidence(d.rule) for d in pair.drafts), default=0.0)
    parents = reading.family.parents(subject)
    return [
        best.scope,
        min(best.distance, 50),
        min(right - left, 200) if best.scope < TOPIC else 200,
        pair.together,
        len(pair.drafts),
        trust,
        between.count(kind),
        between.count(other_kind),
        sum(layout.spots[i].kind == kind and abs(i - other) < apart for i in sentence),
        context.rank[subject],
        context.rank.get(object, 9),
        context.order[subject],
        context.order.get(object, 9),
        subject in context.title,
        object in context.title,
        context.many[kind],
        context.many.get(other_kind, 0),
        nearest == subject,
        subject in context.heading(block)[0],
        object in context.heading(layout.blocks[at])[0],
        layout.counts[subject],
        layout.counts[object],
        names.shared,
        names.continues,
        names.continued,
        object in parents,
        bool(parents),
        at < other,
        _KINDS.find(_KIND[reading.blocks[block].kind]),
        _TYPES.index(kind),
        _TYPES.index(other_kind),
        reading.lang == "zh",
        len(sentence),
        len(layout.first),
        subject in reading.topics.document(EntityType(kind)),
        subject in reading.topics.heading(block, EntityType(kind)),
        layout.spots[other].start / max(1, len(reading.text)),
        layout.scores.get(subject, 1.0),
        layout.scores.get(object, 1.0),
    ]


def _last_before(scene: Scene, index: int, kind: str, not_this: str) -> str:
    for at in range(index - 1, max(-1, index - 40), -1):
        spot = scene.spots[at]
        if spot.kind == kind and spot.entity != not_this:
            return spot.entity
    return ""


def mates(context: Context, pairs: list[Pair]) -> list[list[set[int]]]:
    """Give for each pair and each way the other pairs that are its mates."""
    scene, words = context.scene, context.words

    def kinds(pair: Pair) -> tuple[str, str]:
        return scene.kinds[pair.subject], scene.kinds[pair.object]

    def ends(pair: Pair) -> tuple[int, int]:
        return words.places[pair.places[0].subject], words.places[pair.places[0].object]

    def spot(pair: Pair) -> tuple[object, ...]:
        place = pair.places[0]
        block = context.reading.blocks[scene.blocks[place.object]]
        columns = [
            next((i for i, c in enumerate(block.cells) if scene.spots[index].start < c.end), 0)
            for index in (place.subject, place.object)
        ]
        forward = place.subject < place.object
        return block.kind, block.heading, block.header, columns, forward

    def alike(way: int, one: Pair, other: Pair) -> bool:
        if kinds(one) != kinds(other):
            return False
        if way == 0:
            return ends(one)[0] == ends(other)[0] and one.object == other.object
        if way == 1:
            return ends(one)[1] == ends(other)[1] and one.subject == other.subject
        if way == 2:
            return ends(one) == ends(other)
        near = one.places[0].scope <= SAME_BLOCK and other.places[0].scope <= SAME_BLOCK
        return near and spot(one) == spot(other)

    return [
        [{i for i, other in enumerate(pairs) if other is not one and alike(way, one, other)}
         for way in range(4)]
        for one in pairs
    ]  # fmt: skip


def first_pass_rows(kinds, odds, trusts, figures, mates):  # type: ignore[no-untyped-def]
    """Give what the second pass sees, cell by cell."""
    rivals = np.full((*odds.shape, 6), NEVER)
    by_object: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_subject: dict[tuple[str, str], list[int]] = defaultdict(list)
    place: dict[tuple[str, str], int] = {}
    for index, (subject, object, subject_kind, object_kind) in enumerate(kinds):
        by_object[object, subject_kind].append(index)
        by_subject[subject, object_kind].append(index)
        place[subject, object] = index
    for column, groups in ((0, by_object), (3, by_subject)):
        for members in groups.values():
            kind = kinds[members[0]][2:]
            for predicate in (PREDICATE_INDEX[p] for p in PREDICATES[kind]):
                _compare(rivals, column, members, predicate, odds, trusts)
    back = np.full(odds.shape, NEVER)
    for index, (subject, object, _, _) in enumerate(kinds):
        other = place.get((object, subject))
        if other is not None:
            back[index] = odds[other]
    cells = [
        (index, column)
        for index, (_, _, subject_kind, object_kind) in enumerate(kinds)
        for column in (PREDICATE_INDEX[p] for p in PREDICATES[subject_kind, object_kind])
        if odds[index, column] > -4.5 or trusts[index, column] > 0
    ]
    if not cells:
        return [], np.zeros((0, 0))
    pair, predicate = np.array(cells).T
    chances = 1.0 / (1.0 + np.exp(-odds))
    beside = np.full((*odds.shape, 8), -9.0)
    for index, column in cells:
        for way, others in enumerate(mates[index]):
            if others:
                said = [odds[other, column] for other in others]
                beside[index, column, 2 * way] = max(said)
                beside[index, column, 2 * way + 1] = sum(said) / len(said)
    rows = np.column_stack(
        [
            predicate,
            odds[pair, predicate],
            rivals[pair, predicate],
            beside[pair, predicate],
            back[pair, predicate],
            chances.sum(axis=1)[pair] - chances[pair, predicate],
            trusts[pair, predicate],
            trusts.max(axis=1)[pair] - trusts[pair, predicate],
            trusts.sum(axis=1)[pair] - trusts[pair, predicate],
            figures[pair],
        ]
    )
    return cells, rows


def _compare(rivals, column, members, predicate, odds, trusts):  # type: ignore[no-untyped-def]
    """Fill in the best rival, how many are better, and the best that the rules say of one."""
    if len(members) == 1:
        rivals[members[0], predicate, column + 1] = 0.0
        rivals[members[0], predicate, column + 2] = 0.0
        return
    here = odds[members, predicate].tolist()
    said = trusts[members, predicate].tolist()
    ordered, trusted = sorted(here), sorted(said)
    for member, value, word in zip(members, here, said, strict=True):
        rivals[member, predicate, column] = ordered[-2 if value >= ordered[-1] else -1]
        rivals[member, predicate, column + 1] = len(ordered) - bisect_right(ordered, value)
        rivals[member, predicate, column + 2] = trusted[-2 if word >= trusted[-1] else -1]

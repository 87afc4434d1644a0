"""The words and marks around a pair, hashed: what the judge's first pass sees."""

import re

from ...ontology.terms import EntityType
from ..relations.draft import Draft
from ..structure import BlockKind
from .context import Context, Names
from .hashing import bucket, ended
from .neighbours import Neighbours
from .pairs import NEXT_SENTENCE, Pair

__all__ = ["KIND", "Features"]

KIND = {
    BlockKind.FRONT_MATTER: "f",
    BlockKind.HEADING: "h",
    BlockKind.PARAGRAPH: "p",
    BlockKind.LIST_ITEM: "l",
    BlockKind.TABLE_HEADER: "H",
    BlockKind.TABLE_ROW: "t",
}
"""A letter for each kind of block."""

Buckets = tuple[int, ...]
_WORD = re.compile("[\u3400-\u9fff]|[a-z]+")


class Features:
    """Gives the features of the pairs of one text, as the buckets that they are hashed into.

    A feature is a short text such as ``m=released<ModeOrgani``: a word between the two names, read
    to the left, of a model and an organization. What many pairs share is hashed once: words by
    `Neighbours`, marks here, by what they are made of.

    Parameters
    ----------
    context : Context
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._neighbours = Neighbours(context.words)
        scene, blocks = context.scene, context.reading.blocks
        kinds = [KIND[block.kind] for block in blocks]
        self._kinds = [kinds[block] for block in scene.blocks]
        self._above = [context.above(block) for block in scene.blocks]
        self._cells = [bool(blocks[block].cells) for block in scene.blocks]
        self._bounds = [context.bounds(spot) for spot in range(len(scene.spots))]
        self._in_sentence = {
            sentence: frozenset(scene.spots[spot].kind for spot in spots)
            for sentence, spots in scene.in_sentence.items()
        }
        self._standings = {
            entity: 2 * min(context.rank[entity], 3) + (entity in context.title)
            for entity in context.rank
        }
        self._ends: dict[tuple[str, str], tuple[str, bytes, bytes, bytes]] = {}
        self._known: dict[tuple[str | bytes | int, ...], Buckets] = {}
        self._headings: dict[tuple[int, str], Buckets] = {}
        self._columns: dict[int, str] = {}

    def of(self, pair: Pair) -> set[int]:
        """Give the buckets of a pair's features.

        Parameters
        ----------
        pair : Pair
        """
        kinds = self._context.scene.kinds
        ends = (kinds[pair.subject], kinds[pair.object])
        known = self._ends.get(ends)
        if known is None:
            types = ends[0][:4] + ends[1][:6]
            known = (types, types.encode(), f"<{types}".encode(), f">{types}".encode())
            self._ends[ends] = known
        types, apart, left, right = known
        found: set[int] = set()
        places = pair.places if pair.places[0].scope <= NEXT_SENTENCE else pair.places[:1]
        for scope, _, other, one in places:
            if scope > NEXT_SENTENCE:
                self._apart(scope, one, other, types, apart, found)
            elif one < other:
                self._near(scope, one, other, types, right, found)
            else:
                self._near(scope, one, other, types, left, found)
            if self._cells[other] and self._cells[one]:
                self._of_table(scope, one, other, types, found)
            if self._above[one] >= 0 or self._above[other] >= 0:
                self._under_heading(one, other, types, found)
        self._of_pair(pair, types, found)
        return found

    def _near(
        self, scope: int, one: int, other: int, types: str, end: bytes, found: set[int]
    ) -> None:
        """The words between two names, and those before the first and behind the second."""
        words, neighbours = self._context.words, self._neighbours
        places, items = words.places, words.items
        forward = one < other
        first, second = (one, other) if forward else (other, one)
        left, right = places[first], places[second]
        between = neighbours.between(left, right)
        before = neighbours.before(self._bounds[first][0], left)
        behind = neighbours.behind(right, self._bounds[second][1])
        found.update(ended(between.open, end))
        found.update(ended(before.open, end))
        found.update(ended(behind.open, end))
        if forward:
            found.update(between.right, before.right, behind.right)
        else:
            found.update(between.left, before.left, behind.left)
        same = rival = 0
        if between.inside:
            same = min(2, between.inside.count(items[places[one]]))
            rival = min(2, between.inside.count(items[places[other]]))
        kinds = self._kinds[one] + self._kinds[other]
        key = (end, 3 * same + rival, scope, kinds)
        marks = self._known.get(key)
        if marks is None:
            tag = end.decode()
            marks = self._known[key] = (
                bucket(f"kind={kinds}{types}"),
                bucket(f"scope={scope}{tag}"),
                bucket(f"between={same}{rival}{scope}{tag}"),
            )
        found.update(marks)

    def _apart(
        self, scope: int, one: int, other: int, types: str, end: bytes, found: set[int]
    ) -> None:
        """The words around the object, where the subject stands elsewhere."""
        scene = self._context.scene
        low, high = self._bounds[other]
        around = self._neighbours.apart(low, self._context.words.places[other], high)
        found.update(ended(around.open, end), around.left)
        near = scene.spots[one].kind in self._in_sentence[scene.sentences[other]]
        kinds = self._kinds[one] + self._kinds[other]
        key = (end, one < other, near, scope, kinds)
        marks = self._known.get(key)
        if marks is None:
            marks = self._known[key] = (
                bucket(f"kind={kinds}{types}"),
                bucket(f"scope={scope}{'>' if one < other else '<'}{types}"),
                bucket(f"rival={near}{types}"),
            )
        found.update(marks)

    def _under_heading(self, one: int, other: int, types: str, found: set[int]) -> None:
        """The words of the heading above the object, and whether either heading names the other."""
        context = self._context
        blocks, spots = context.scene.blocks, context.scene.spots
        named, heading = context.heading(blocks[other])
        key = (self._above[other], types)
        words = self._headings.get(key)
        if words is None:
            words = self._headings[key] = tuple(bucket(f"above={w}{types}") for w in heading)
        found.update(words)
        if spots[one].entity in named:
            found.add(bucket(f"subject-above{types}"))
        if spots[other].entity in context.heading(blocks[one])[0]:
            found.add(bucket(f"object-above{types}"))

    def _of_table(self, scope: int, subject: int, object: int, types: str, found: set[int]) -> None:
        """The columns of two names in a table."""
        one, other = self._column(subject), self._column(object)
        key = (one, other, scope, types)
        marks = self._known.get(key)
        if marks is None:
            marks = self._known[key] = (
                bucket(f"columns={one[0]}{other[0]}{one == other}{scope}"),
                bucket("column-s=" + one[2:] + types),
                bucket("column-o=" + other[2:] + types),
                bucket("columns-so=" + one[2:18] + "|" + other[2:18]),
                *(bucket("column-ow=" + w + types) for w in _WORD.findall(other[2:])),
                *(bucket("column-sw=" + w + types) for w in _WORD.findall(one[2:])),
            )
        found.update(marks)

    def _column(self, spot: int) -> str:
        """The number and the name of the column in which a name stands."""
        known = self._columns.get(spot)
        if known is None:
            reading, scene = self._context.reading, self._context.scene
            block, start = reading.blocks[scene.blocks[spot]], scene.spots[spot].start
            column = next((i for i, cell in enumerate(block.cells) if start < cell.end), 0)
            name = ""
            if block.header >= 0 and column < len(reading.blocks[block.header].cells):
                cell = reading.blocks[block.header].cells[column]
                name = reading.text[cell.start : cell.end].lower()
            known = self._columns[spot] = f"{min(column, 6)}|{name[:24]}"
        return known

    def _of_pair(self, pair: Pair, types: str, found: set[int]) -> None:
        """What holds wherever the two stand: rules, ranks, names."""
        context = self._context
        subject, object = pair.subject, pair.object
        for draft in pair.drafts:
            says = draft.predicate if isinstance(draft, Draft) else draft.attribute
            found.add(bucket(f"rule={draft.rule}"))
            found.add(bucket(f"says={says}{types}"))
        scope = pair.places[0].scope
        standings = 10 * self._standings[subject] + self._standings.get(object, 6)
        key: tuple[str | int, ...] = (types, scope, bool(pair.drafts), standings)
        marks = self._known.get(key)
        if marks is None:
            marks = self._known[key] = self._of_standing(types, scope, pair)
        found.update(marks)
        names = context.names(subject, object)
        if context.scene.kinds[object] == EntityType.MODEL:
            self._of_models(pair, names, types, found)
            return
        alike = names.shared >= 3 or names.continues
        key = (object, types, alike)
        marks = self._known.get(key)
        if marks is None:
            names_of = context.keys.get(object, ())[:1]
            features = [f"object={name[:14]}{types}" for name in names_of]
            if object in context.scene.values:
                features.append(f"value={context.scene.values[object][:8]}{types}")
            features.append(f"shared={alike}{types}")
            marks = self._known[key] = tuple(map(bucket, features))
        found.update(marks)

    def _of_standing(self, types: str, scope: int, pair: Pair) -> Buckets:
        """How often and how early the two are named."""
        context = self._context
        subject, object = pair.subject, pair.object
        rank, other_rank = min(context.rank[subject], 3), min(context.rank.get(object, 3), 3)
        features = (
            f"best={scope}{types}{'r' if pair.drafts else ''}",
            f"lang={context.reading.lang}{types}",
            f"rank={rank}{other_rank}{types}",
            f"title={subject in context.title}{object in context.title}{types}",
        )
        return tuple(map(bucket, features))

    def _of_models(self, pair: Pair, names: Names, types: str, found: set[int]) -> None:
        """How the names of two models are made of each other."""
        context, scope = self._context, pair.places[0].scope
        parents = context.parents(pair.subject)
        is_parent, has_parents = pair.object in parents, bool(parents)
        is_child = pair.subject in context.parents(pair.object)
        shared = min(names.shared, 4)
        key = (types, scope, names.continues, names.continued, shared, is_parent, has_parents,
               is_child)  # fmt: skip
        marks = self._known.get(key)
        if marks is None:
            marks = self._known[key] = (
                bucket(f"name={names.continues}{names.continued}{shared}{scope}{types}"),
                bucket(f"parent={is_parent}{has_parents}{types}"),
                bucket(f"child={is_child}{types}"),
            )
        found.update(marks)
        if names.continues:
            found.add(bucket("more=" + names.remainder))

"""Pairs that stand in one list, column or section: where one of them is so, the others may be."""

from array import array
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from ..structure import Block
from .context import Context
from .features import KIND
from .pairs import SAME_BLOCK, Pair, Place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["WAYS", "mates_of"]

WAYS = 4
"""Pairs of one object whose subjects are listed together, of one subject whose objects are, of
both, and pairs in the same columns or at the same kind of place of a section."""


def mates_of(context: Context, pairs: Sequence[Pair]) -> "NDArray[np.intp]":
    """Give for each pair, and each of `WAYS`, the number of its group of mates.

    Parameters
    ----------
    context : Context
    pairs : sequence of Pair

    Returns
    -------
    ndarray of int, shape (pairs, ways)
        A pair that stands alone has a number that no other has.
    """
    import numpy as np

    scene, words = context.scene, context.words
    # Everything has a number, so that the pairs of a long text take little memory.
    ids = {id: number for number, id in enumerate(scene.kinds)}
    types = {kind: number for number, kind in enumerate(dict.fromkeys(scene.kinds.values()))}
    spots: dict[Hashable, int] = {}
    count = len(pairs)
    known = array("q")
    for index, pair in enumerate(pairs):
        place = pair.places[0]
        spot = index
        if place.scope <= SAME_BLOCK:
            spot = count + spots.setdefault(_spot(context, place), len(spots))
        subject, object = pair.subject, pair.object
        one, other = words.places[place.subject], words.places[place.object]
        kind, other_kind = types[scene.kinds[subject]], types[scene.kinds[object]]
        known.extend((one, other, ids[subject], ids[object], kind, other_kind, spot))
    numbers = np.array(known, dtype=np.int64).reshape(count, 7).T
    ones, others, subjects, objects, kinds, other_kinds, where = numbers
    both = kinds * len(types) + other_kinds
    each, all_kinds = len(ids), len(types) ** 2
    mates = np.empty((count, WAYS), dtype=np.intp)
    for way, key in enumerate(
        (
            (ones * each + objects) * len(types) + kinds,
            (others * each + subjects) * len(types) + other_kinds,
            (ones * (len(words.items) + 1) + others) * all_kinds + both,
            where * all_kinds + both,
        )
    ):
        _, mates[:, way] = np.unique(key, return_inverse=True)
    return mates


def _spot(context: Context, place: Place) -> Hashable:
    """Where in its section a pair stands: the kind of block, and the columns in a table."""
    scene = context.scene
    block = context.reading.blocks[scene.blocks[place.object]]
    return (
        KIND[block.kind],
        block.heading,
        block.header,
        _column(block, scene.spots[place.subject].start),
        _column(block, scene.spots[place.object].start),
        place.subject < place.object,
    )


def _column(block: Block, start: int) -> int:
    return next((i for i, cell in enumerate(block.cells) if start < cell.end), 0)

"""Pairs that stand in one list, column or section: where one of them is so, the others may be."""

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

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
    known = np.empty((7, count), dtype=np.int64)
    for index, pair in enumerate(pairs):
        place = pair.places[0]
        near = place.scope <= SAME_BLOCK
        known[:, index] = (
            words.places[place.subject],
            words.places[place.object],
            ids[pair.subject],
            ids[pair.object],
            types[scene.kinds[pair.subject]],
            types[scene.kinds[pair.object]],
            count + spots.setdefault(_spot(context, place), len(spots)) if near else index,
        )
    one, other, subject, object, kind, other_kind, spot = known
    kinds = kind * len(types) + other_kind
    each, all_kinds = len(ids), len(types) ** 2
    mates = np.empty((count, WAYS), dtype=np.intp)
    for way, key in enumerate(
        (
            (one * each + object) * len(types) + kind,
            (other * each + subject) * len(types) + other_kind,
            (one * (len(words.items) + 1) + other) * all_kinds + kinds,
            spot * all_kinds + kinds,
        )
    ):
        _, mates[:, way] = np.unique(key, return_inverse=True)
    return mates


def _spot(context: Context, place: Place) -> Hashable:
    """Where in its section a pair stands: the kind of block, and the columns in a table."""
    scene = context.scene
    block = context.reading.blocks[scene.blocks[place.object]]
    columns = []
    for index in (place.subject, place.object):
        start = scene.spots[index].start
        columns.append(next((i for i, c in enumerate(block.cells) if start < c.end), 0))
    return KIND[block.kind], block.heading, block.header, *columns, place.subject < place.object

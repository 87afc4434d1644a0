"""Each predicate of each pair beside its rivals: what the judge's second pass sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .pairs import PREDICATES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "ALONE",
    "NEVER",
    "PREDICATE_INDEX",
    "Cells",
    "Kinds",
    "cells_of",
    "first_pass_rows",
    "likely",
    "rival_rows",
]

PREDICATE_INDEX: dict[str, int] = {
    predicate: index
    for index, predicate in enumerate(sorted({p for ps in PREDICATES.values() for p in ps}))
}
"""The column of each predicate and attribute."""

NEVER = -8.0
"""Log-odds of what cannot be, and of what no rival reaches."""
ALONE = -9.0
"""Stands for the log-odds of mates where there are none."""
_FAINT = -4.5
"""Log-odds below which the first pass rules out what no rule reads."""

Kinds = tuple[str, str, str, str]
"""The subject and object of a pair, and their kinds."""
_COLUMNS = {
    kinds: tuple(PREDICATE_INDEX[p] for p in predicates) for kinds, predicates in PREDICATES.items()
}


@dataclass(frozen=True, slots=True)
class Cells:
    """What may hold of the pairs of one text: one cell for each predicate that may join each.

    Parameters
    ----------
    pair, predicate : ndarray of int, shape (cells,)
        In the order of the pairs, then of the predicates' columns as `PREDICATES` gives them.
    odds, trusts : ndarray of float64, shape (cells,)
        Log-odds of the first pass, and what the rules say.
    chances : ndarray of float64, shape (pairs,)
        The first pass's chances of a pair added up.
    most_trust, all_trust : ndarray of float64, shape (pairs,)
        The most that the rules say of a pair, and all.
    mates : ndarray of int, shape (pairs, ways)
        See `mates_of`.
    """

    pair: "NDArray[np.intp]"
    predicate: "NDArray[np.intp]"
    odds: "NDArray[np.float64]"
    trusts: "NDArray[np.float64]"
    chances: "NDArray[np.float64]"
    most_trust: "NDArray[np.float64]"
    all_trust: "NDArray[np.float64]"
    mates: "NDArray[np.intp]"


def cells_of(kinds: Sequence[Kinds]) -> "tuple[NDArray[np.intp], NDArray[np.intp]]":
    """Give the pair and the predicate's column of each cell.

    Parameters
    ----------
    kinds : sequence of (str, str, str, str)
    """
    import numpy as np

    columns = [_COLUMNS[subject, object] for _, _, subject, object in kinds]
    pair = np.repeat(np.arange(len(columns)), [len(c) for c in columns])
    return pair, np.array([column for c in columns for column in c], dtype=np.intp)


def likely(cells: Cells) -> "NDArray[np.intp]":
    """Give the indices of the cells that the second pass sees.

    What the first pass rules out and no rule reads is none of them.
    """
    import numpy as np

    return np.flatnonzero((cells.odds > _FAINT) | (cells.trusts > 0))


def rival_rows(
    kinds: Sequence[Kinds], cells: Cells, chosen: "NDArray[np.intp]"
) -> "NDArray[np.float64]":
    """Give what the second pass sees of some cells, but for the figures of their pairs.

    Parameters
    ----------
    kinds : sequence of (str, str, str, str)
    cells : Cells
    chosen : ndarray of int
        Indices of cells.

    Returns
    -------
    ndarray of float64, shape (chosen, columns)
    """
    import numpy as np

    by_object, by_subject = _groups(kinds)
    width = len(PREDICATE_INDEX)
    columns: list[NDArray[np.float64]] = []
    for groups in (by_object, by_subject):
        group = groups[cells.pair] * width + cells.predicate
        best, better = _best_other(group, cells.odds)
        trusted, _ = _best_other(group, cells.trusts, 0.0)
        columns += [best[chosen], better[chosen], trusted[chosen]]
    for groups in cells.mates.T:
        columns += _beside(groups[cells.pair] * width + cells.predicate, cells.odds, chosen)
    pair, predicate = cells.pair[chosen], cells.predicate[chosen]
    odds, trusts = cells.odds[chosen], cells.trusts[chosen]
    return np.column_stack(
        [
            predicate,
            odds,
            *columns,
            _back(kinds, cells, chosen),
            cells.chances[pair] - 1.0 / (1.0 + np.exp(-odds)),
            trusts,
            cells.most_trust[pair] - trusts,
            cells.all_trust[pair] - trusts,
        ]
    )


def _groups(kinds: Sequence[Kinds]) -> "tuple[NDArray[np.intp], NDArray[np.intp]]":
    """Number the pairs by their object and by their subject, each with the kind of the other."""
    import numpy as np

    objects: dict[tuple[str, str], int] = {}
    subjects: dict[tuple[str, str], int] = {}
    by_object = [objects.setdefault((o, kind), len(objects)) for _, o, kind, _ in kinds]
    by_subject = [subjects.setdefault((s, kind), len(subjects)) for s, _, _, kind in kinds]
    return np.array(by_object, dtype=np.intp), np.array(by_subject, dtype=np.intp)


def _best_other(
    group: "NDArray[np.intp]", values: "NDArray[np.float64]", alone: float = NEVER
) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """Give for each value the best other of its group, and how many of the group are better."""
    import numpy as np

    count = len(values)
    order = np.lexsort((values, group))
    groups, ordered = group[order], values[order]
    new_group = np.flatnonzero(groups[1:] != groups[:-1]) + 1
    new_value = np.flatnonzero((groups[1:] != groups[:-1]) | (ordered[1:] != ordered[:-1])) + 1
    ends = np.append(new_group, count)
    starts = np.append(0, new_group)
    end = np.repeat(ends, ends - starts)
    value_ends = np.append(new_value, count)
    value_end = np.repeat(value_ends, np.diff(value_ends, prepend=0))
    last = ordered[end - 1]
    several = np.repeat(ends - starts, ends - starts) > 1
    second = np.where(several, ordered[end - 2], alone)
    best = np.empty(count)
    better = np.empty(count)
    best[order] = np.where(ordered >= last, second, last)
    better[order] = end - value_end
    return best, better


def _beside(
    group: "NDArray[np.intp]", odds: "NDArray[np.float64]", chosen: "NDArray[np.intp]"
) -> "list[NDArray[np.float64]]":
    """Give the best and the mean log-odds of each chosen cell's mates."""
    import numpy as np

    _, group, counts = np.unique(group, return_inverse=True, return_counts=True)
    best, _ = _best_other(group, odds, ALONE)
    sums = np.bincount(group, weights=odds)
    here = group[chosen]
    many = counts[here] - 1
    mean = np.where(many > 0, (sums[here] - odds[chosen]) / np.maximum(many, 1), ALONE)
    return [best[chosen], mean]


def _back(
    kinds: Sequence[Kinds], cells: Cells, chosen: "NDArray[np.intp]"
) -> "NDArray[np.float64]":
    """Give for each cell the log-odds of the same predicate the other way round."""
    import numpy as np

    place = {(subject, object): index for index, (subject, object, _, _) in enumerate(kinds)}
    first = np.searchsorted(cells.pair, np.arange(len(kinds))).tolist()
    back = np.full(len(chosen), NEVER)
    pairs, predicates = cells.pair[chosen].tolist(), cells.predicate[chosen].tolist()
    for at, (pair, predicate) in enumerate(zip(pairs, predicates, strict=True)):
        subject, object, _, _ = kinds[pair]
        other = place.get((object, subject))
        if other is not None:
            columns = _COLUMNS[kinds[other][2:]]
            if predicate in columns:
                back[at] = cells.odds[first[other] + columns.index(predicate)]
    return back


def first_pass_rows(
    kinds: Sequence[Kinds],
    odds: "NDArray[np.float64]",
    trusts: "NDArray[np.float64]",
    figures: "NDArray[np.float64]",
    mates: "NDArray[np.intp]",
) -> "tuple[list[tuple[int, int]], NDArray[np.float64]]":
    """Give what the second pass sees: each predicate of each pair beside its rivals.

    Parameters
    ----------
    kinds : sequence of (str, str, str, str)
        Of each pair of one text the subject, the object and their kinds.
    odds : ndarray of float64, shape (pairs, predicates)
        Log-odds of the first pass.
    trusts : ndarray of float64, shape (pairs, predicates)
        What the rules say.
    figures : ndarray of float64, shape (pairs, columns)
        See `Figures`.
    mates : ndarray of int, shape (pairs, ways)
        See `mates_of`.

    Returns
    -------
    list of (int, int), ndarray of float64, shape (rows, columns)
        The pair and predicate of each row, and the rows. What the first pass rules out and no
        rule reads has none.
    """
    import numpy as np

    pair, predicate = cells_of(kinds)
    cells = Cells(
        pair,
        predicate,
        odds[pair, predicate],
        trusts[pair, predicate],
        (1.0 / (1.0 + np.exp(-odds))).sum(axis=1),
        trusts.max(axis=1),
        trusts.sum(axis=1),
        mates,
    )
    chosen = likely(cells)
    if not len(chosen):
        return [], np.zeros((0, 0))
    rows = np.column_stack([rival_rows(kinds, cells, chosen), figures[pair[chosen]]])
    return list(zip(pair[chosen].tolist(), predicate[chosen].tolist(), strict=True)), rows

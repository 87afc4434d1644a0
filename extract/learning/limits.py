"""From which chance on a reading is a fact, and from which on it is kept at all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ..judging.judge import chance_of
from ..judging.rivals import PREDICATE_INDEX, first_pass_rows
from .judging import DOUBTFUL, Case

if TYPE_CHECKING:
    from ..trees import Trees

__all__ = ["Cells", "Judged", "calibrate", "judged", "limits"]

Judged = dict[str, list[tuple[float, bool]]]
"""For each predicate the chance of each reading of unseen text, and whether it is right."""

PRECISION = 0.8
"""The least precision of what enters the graph as a fact."""
_LEAST_FACTS = 8  # below that many, no threshold is trusted
_NEVER = 0.99
_USUAL = 0.4  # thresholds are drawn towards it: few cases make a noisy best
_DRAW = 0.3
_FEW = 40


Cells = dict[str, list[tuple[int, int, float]]]
"""For each document the pair, the column of the predicate, and the chance."""


def calibrate(
    unseen: Sequence[tuple[Case, tuple[Any, "Trees"]]],
) -> tuple[dict[str, tuple[float, float]], Cells]:
    """Fit for each predicate a line that makes log-odds chances (Platt 1999).

    Parameters
    ----------
    unseen : sequence of (Case, (ndarray, Trees))
        Each document with its first pass's log-odds and the second pass, neither of which was
        trained on it.

    Returns
    -------
    dict, dict
        Slope and shift by predicate; the chances by document.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    names = list(PREDICATE_INDEX)
    raw: Cells = {}
    values: dict[int, list[float]] = defaultdict(list)
    rights: dict[int, list[bool]] = defaultdict(list)
    for case, (odds, trees) in unseen:
        cells, rows = first_pass_rows(case.kinds, odds, case.trusts, case.figures, case.mates)
        found = trees.log_odds(rows).tolist() if cells else []
        raw[case.document] = [
            (pair, column, value) for (pair, column), value in zip(cells, found, strict=True)
        ]
        for pair, column, value in raw[case.document]:
            if DOUBTFUL not in case.right[pair]:
                values[column].append(value)
                rights[column].append(_right(case, pair, names[column]))
    lines: dict[str, tuple[float, float]] = {}
    for column, predicate in enumerate(names):
        lines[predicate] = (1.0, 0.0)
        labels = np.array(rights[column], dtype=bool)
        if labels.sum() >= _FEW and not labels.all():
            model = LogisticRegression(C=1.0).fit(np.array(values[column])[:, None], labels)
            lines[predicate] = (float(model.coef_[0][0]), float(model.intercept_[0]))
    chances = {
        document: [
            (pair, column, chance_of(lines[names[column]], value)) for pair, column, value in cells
        ]
        for document, cells in raw.items()
    }
    return lines, chances


def _right(case: Case, pair: int, predicate: str) -> bool:
    return predicate in case.right[pair] or predicate + "*" in case.right[pair]


def judged(cases: Iterable[Case], cells: Cells) -> Judged:
    """Bring chances and annotations together, by predicate."""
    names = list(PREDICATE_INDEX)
    found: Judged = {name: [] for name in names}
    for case in cases:
        for pair, column, chance in cells[case.document]:
            if DOUBTFUL not in case.right[pair]:
                right = _right(case, pair, names[column])
                found[names[column]].append((chance, right))
    return found


def limits(judged: Judged) -> dict[str, dict[str, float]]:
    """Choose the thresholds of each predicate.

    Returns
    -------
    dict of str to dict
        ``fact``: from there on the readings of unseen text were right in four cases of five.
        ``candidate`` and ``split``: where F1 was best; between the two a reading is kept, and the
        likeliest predicate of a pair is the one furthest above its ``split``.
    """
    chosen: dict[str, dict[str, float]] = {}
    for predicate, readings in judged.items():
        candidate = round(_best_f1(readings) * (1 - _DRAW) + _USUAL * _DRAW, 3)
        fact = max(candidate, _precise(readings))
        chosen[predicate] = {"fact": fact, "candidate": candidate, "split": candidate}
    return chosen


def _best_f1(readings: Sequence[tuple[float, bool]]) -> float:
    total = sum(right for _, right in readings)
    if not total:
        return _USUAL

    def quality(limit: float) -> float:
        kept = [right for chance, right in readings if chance >= limit]
        return 2 * sum(kept) / (len(kept) + total)

    return max((round(0.1 + 0.025 * step, 3) for step in range(28)), key=quality)


def _precise(readings: Sequence[tuple[float, bool]]) -> float:
    """The lowest limit above which at least `PRECISION` of all readings are right."""
    best = _NEVER
    count = right = 0
    # Equal chances stand or fall together.
    for chance, equals in groupby(sorted(readings, reverse=True), key=itemgetter(0)):
        labels = [label for _, label in equals]
        count += len(labels)
        right += sum(labels)
        if count >= _LEAST_FACTS and right >= PRECISION * count:
            best = chance
    return round(best, 4)

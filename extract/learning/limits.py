"""From which chance on a reading is a fact, and from which on it is kept at all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..judging.judge import PREDICATE_INDEX, first_pass_rows
from .judging import DOUBTFUL, Case

if TYPE_CHECKING:
    from ..trees import Trees

__all__ = ["Judged", "calibrate", "limits"]

Judged = dict[str, list[tuple[float, bool]]]
"""For each predicate the chance of each reading of unseen text, and whether it is right."""

PRECISION = 0.8
"""The least precision of what enters the graph as a fact."""
_LEAST_FACTS = 8  # below that many, no threshold is trusted
_NEVER = 0.99
_USUAL = 0.4  # thresholds are drawn towards it: few cases make a noisy best
_DRAW = 0.3
_FEW = 40


def calibrate(
    unseen: Iterable[tuple[Case, tuple[Any, "Trees"]]],
) -> tuple[dict[str, tuple[float, float]], Judged]:
    """Fit for each predicate a line that makes log-odds chances (Platt 1999).

    Parameters
    ----------
    unseen : iterable of (Case, (ndarray, Trees))
        Each document with its first pass's log-odds and the second pass, neither of which was
        trained on it.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    names = list(PREDICATE_INDEX)
    found: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for case, (odds, trees) in unseen:
        cells, rows = first_pass_rows(case.kinds, odds, case.trusts, case.figures)
        if not cells:
            continue
        for (pair, column), value in zip(cells, trees.log_odds(rows).tolist(), strict=True):
            labels = case.right[pair]
            predicate = names[column]
            if DOUBTFUL not in labels:
                known = predicate in labels or predicate + "*" in labels
                found[predicate].append((value, known))
    lines: dict[str, tuple[float, float]] = {}
    judged: Judged = {}
    for predicate in names:
        values = np.array([value for value, _ in found[predicate]])
        right = np.array([label for _, label in found[predicate]], dtype=bool)
        line = (1.0, 0.0)
        if right.sum() >= _FEW and not right.all():
            model = LogisticRegression(C=1.0).fit(values[:, None], right)
            line = (float(model.coef_[0][0]), float(model.intercept_[0]))
        lines[predicate] = line
        chances = 1 / (1 + np.exp(-(line[0] * values + line[1])))
        judged[predicate] = list(zip(chances.tolist(), right.tolist(), strict=True))
    return lines, judged


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
    right = 0
    for count, (chance, label) in enumerate(sorted(readings, reverse=True), 1):
        right += label
        if count >= _LEAST_FACTS and right >= PRECISION * count:
            best = chance
    return round(best, 4)

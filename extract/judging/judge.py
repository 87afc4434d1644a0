"""Weighs every pair of a text, in the light of its rivals, with a trained model."""

import json
import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from ..attributes.draft import Draft as ValueDraft
from ..relations.confidence import confidence
from ..relations.draft import Draft
from ..trees import Trees
from .features import Context, dense, sparse
from .pairs import PREDICATES, Pair, pairs_of
from .scene import VALUE, Scene

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "BUCKETS",
    "JUDGE",
    "NEVER",
    "PREDICATE_INDEX",
    "Judge",
    "Verdict",
    "buckets",
    "chance_of",
    "first_pass_rows",
    "settled",
    "trust",
]

JUDGE = "judge.npz"
"""File of the judge."""
BUCKETS = 1 << 18
_AT_ONCE = 64  # pairs; all at once would hold each feature of a long text
PREDICATE_INDEX: dict[str, int] = {
    predicate: index
    for index, predicate in enumerate(sorted({p for ps in PREDICATES.values() for p in ps}))
}
"""The column of each predicate and attribute."""

NEVER = -8.0
"""Log-odds of what cannot be, and of what no rival reaches."""
_SPOKEN = 0.75
"""Precision from which on what a rule reads is kept."""
_FAINT = -4.5
"""Log-odds below which the first pass rules out what no rule reads."""
_SYMMETRIC_BAN = frozenset(("derivedFrom", "variantOf", "succeeds", "comparableTo"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely the text states one predicate of one pair.

    Parameters
    ----------
    pair : Pair
    predicate : str
    chance : float
        Calibrated, between 0 and 1.
    spoken : float
        The precision of the best rule that reads it; 0 when none does.
    """

    pair: Pair
    predicate: str
    chance: float
    spoken: float = 0.0


def buckets(features: Iterable[str]) -> list[int]:
    """Give the buckets that features fall into; the same in every process and version."""
    return sorted({crc32(feature.encode()) & (BUCKETS - 1) for feature in features})


def trust(pair: Pair) -> dict[str, float]:
    """Give how much the rules trust each predicate of a pair."""
    found: dict[str, float] = {}
    for draft in pair.drafts:
        predicate = str(draft.predicate if isinstance(draft, Draft) else draft.attribute)
        found[predicate] = max(found.get(predicate, 0.0), confidence(draft.rule))
    return found


def first_pass_rows(
    kinds: Sequence[tuple[str, str, str, str]],
    odds: "NDArray[np.float64]",
    trusts: "NDArray[np.float64]",
    figures: "NDArray[np.float64]",
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
        See `features.dense`.

    Returns
    -------
    list of (int, int), ndarray of float64, shape (rows, columns)
        The pair and predicate of each row, and the rows. What the first pass rules out and no
        rule reads has none.
    """
    import numpy as np

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
        if odds[index, column] > _FAINT or trusts[index, column] > 0
    ]
    if not cells:
        return [], np.zeros((0, 0))
    pair, predicate = np.array(cells).T
    chances = 1.0 / (1.0 + np.exp(-odds))
    rows = np.column_stack(
        [
            predicate,
            odds[pair, predicate],
            rivals[pair, predicate],
            back[pair, predicate],
            chances.sum(axis=1)[pair] - chances[pair, predicate],
            trusts[pair, predicate],
            trusts.max(axis=1)[pair] - trusts[pair, predicate],
            trusts.sum(axis=1)[pair] - trusts[pair, predicate],
            figures[pair],
        ]
    )
    return cells, rows


def _compare(
    rivals: "NDArray[np.float64]",
    column: int,
    members: list[int],
    predicate: int,
    odds: "NDArray[np.float64]",
    trusts: "NDArray[np.float64]",
) -> None:
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


class Judge:
    """The trained judge.

    Parameters
    ----------
    folder : Path
        Holds the file of the judge.
    """

    def __init__(self, folder: Path) -> None:
        import numpy as np

        with np.load(folder / JUDGE, allow_pickle=False) as arrays:
            self._weights: NDArray[np.int8] = arrays["weights"]
            self._scales: NDArray[np.float64] = arrays["scales"]
            self._biases: NDArray[np.float64] = arrays["biases"]
            self._trees = Trees.of(arrays, "trees")
            settings = json.loads(str(arrays["settings"]))
        self.settings: dict[str, Any] = settings
        self._slopes: dict[str, tuple[float, float]] = {
            predicate: (line[0], line[1]) for predicate, line in settings["calibration"].items()
        }

    @property
    def thresholds(self) -> Mapping[str, Mapping[str, float]]:
        """For each predicate from which chance on it is a ``fact``, and a ``candidate``."""
        thresholds: dict[str, dict[str, float]] = self.settings["thresholds"]
        return thresholds

    def verdicts(
        self, scene: Scene, drafts: Iterable[Draft], value_drafts: Iterable[ValueDraft]
    ) -> list[Verdict]:
        """Give how likely each predicate of each pair is, in the order of the text.

        Parameters
        ----------
        scene : Scene
        drafts : iterable of relations.Draft
        value_drafts : iterable of attributes.Draft
            What the rules read.
        """
        import numpy as np

        pairs = pairs_of(scene, drafts, value_drafts)
        if not pairs:
            return []
        context = Context(scene)
        odds = np.full((len(pairs), len(PREDICATE_INDEX)), NEVER)
        trusts = np.zeros(odds.shape)
        figures = np.array([dense(context, pair) for pair in pairs], dtype=float)
        kinds = [
            (p.subject, p.object, scene.kinds[p.subject], scene.kinds[p.object]) for p in pairs
        ]
        marked = (buckets(sparse(context, pair)) for pair in pairs)
        for index, (pair, scores) in enumerate(zip(pairs, self._scores(marked), strict=True)):
            for predicate in PREDICATES[kinds[index][2], kinds[index][3]]:
                column = PREDICATE_INDEX[predicate]
                odds[index, column] = scores[column]
            for predicate, value in trust(pair).items():
                trusts[index, PREDICATE_INDEX[predicate]] = value
        cells, rows = first_pass_rows(kinds, odds, trusts, figures)
        log_odds = self._trees.log_odds(rows)
        names = list(PREDICATE_INDEX)
        return [
            Verdict(
                pairs[pair],
                names[column],
                self._calibrated(names[column], value),
                float(trusts[pair, column]),
            )
            for (pair, column), value in zip(cells, log_odds.tolist(), strict=True)
        ]

    def _scores(self, marked: Iterator[list[int]]) -> Iterator[list[float]]:
        """Give the first pass's scores of each pair, by predicate, from its buckets."""
        import numpy as np

        while chunk := list(islice(marked, _AT_ONCE)):
            starts = [0, *accumulate(len(rows) for rows in chunk[:-1])]
            weights = self._weights[list(chain.from_iterable(chunk))]
            sums = np.add.reduceat(weights, starts, axis=0, dtype=np.int64)
            yield from (sums * self._scales + self._biases).tolist()

    def _calibrated(self, predicate: str, log_odds: float) -> float:
        return chance_of(self._slopes.get(predicate, (1.0, 0.0)), log_odds)


def chance_of(line: tuple[float, float], log_odds: float) -> float:
    """Make log-odds a chance by the slope and shift that were fitted, of four digits.

    Examples
    --------
    >>> chance_of((1.0, 0.0), 0.0), chance_of((2.0, 1.0), -900.0)
    (0.5, 0.0)
    """
    value = max(-50.0, min(50.0, line[0] * log_odds + line[1]))
    return round(1.0 / (1.0 + math.exp(-value)), 4)


def settled(
    verdicts: Iterable[Verdict],
    thresholds: Mapping[str, Mapping[str, float]],
    sure: Container[str],
) -> Iterator[Verdict]:
    """Give the verdicts that are kept, one a pair and never both ways.

    What a precise rule reads of names that are sure is kept however unlikely the judge finds it:
    a judge hears little of rare constructions, and a rule is made for one.

    Parameters
    ----------
    verdicts : iterable of Verdict
    thresholds : mapping
        See `Judge.thresholds`.
    sure : container of str
        The entities that are there even if nothing is said of them.
    """
    ranked = sorted(
        (
            (verdict.chance - thresholds[verdict.predicate]["split"], index, verdict)
            for index, verdict in enumerate(verdicts)
            if verdict.chance >= thresholds[verdict.predicate]["candidate"]
            or (
                verdict.spoken >= _SPOKEN
                and verdict.pair.subject in sure
                and (verdict.pair.object in sure or verdict.pair.object.startswith(VALUE))
            )
        ),
        key=lambda item: (-item[0], item[1]),
    )
    taken: set[tuple[str, str]] = set()
    for _, _, verdict in ranked:
        ends = (verdict.pair.subject, verdict.pair.object)
        if ends in taken:
            continue
        if verdict.predicate in _SYMMETRIC_BAN and ends[::-1] in taken:
            continue
        taken.add(ends)
        yield verdict

"""Weighs every pair of a text, in the light of its rivals, with a trained model."""

import json
import math
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..attributes.draft import Draft as ValueDraft
from ..relations.confidence import confidence
from ..relations.draft import Draft
from ..trees import Trees
from .context import Context
from .features import Features
from .figures import Figures
from .mates import mates_of
from .pairs import Pair, pairs_of
from .rivals import NEVER, PREDICATE_INDEX, Cells, Kinds, cells_of, likely, rival_rows
from .scene import VALUE, Scene

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["JUDGE", "Judge", "Verdict", "chance_of", "settled", "trust"]

JUDGE = "judge.npz"
"""File of the judge."""
_AT_ONCE = 256  # pairs; all at once would hold each feature of a long text
_ROWS = 4096  # of the second pass
_SPOKEN = 0.75
"""Precision from which on what a rule reads is kept."""
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


def trust(pair: Pair) -> dict[str, float]:
    """Give how much the rules trust each predicate of a pair."""
    found: dict[str, float] = {}
    for draft in pair.drafts:
        predicate = str(draft.predicate if isinstance(draft, Draft) else draft.attribute)
        found[predicate] = max(found.get(predicate, 0.0), confidence(draft.rule))
    return found


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
        pairs = pairs_of(scene, drafts, value_drafts)
        if not pairs:
            return []
        context = Context(scene)
        kinds = [
            (p.subject, p.object, scene.kinds[p.subject], scene.kinds[p.object]) for p in pairs
        ]
        cells = self._cells(pairs, kinds, context)
        chosen = likely(cells)
        names = list(PREDICATE_INDEX)
        lines = [self._slopes.get(name, (1.0, 0.0)) for name in names]
        return [
            Verdict(pairs[pair], names[column], chance_of(lines[column], value), trust)
            for pair, column, value, trust in zip(
                cells.pair[chosen].tolist(),
                cells.predicate[chosen].tolist(),
                self._second_pass(pairs, kinds, cells, chosen, Figures(context)),
                cells.trusts[chosen].tolist(),
                strict=True,
            )
        ]

    def _cells(self, pairs: Sequence[Pair], kinds: Sequence[Kinds], context: Context) -> Cells:
        """Give what the first pass and the rules say."""
        import numpy as np

        features = Features(context)
        pair, predicate = cells_of(kinds)
        odds = np.empty(len(pair))
        chances = np.empty(len(pairs))
        ends = np.searchsorted(pair, np.arange(len(pairs) + 1)).tolist()
        for low in range(0, len(pairs), _AT_ONCE):
            high = min(len(pairs), low + _AT_ONCE)
            here = slice(ends[low], ends[high])
            place = (pair[here] - low, predicate[here])
            scores = self._scores([features.of(pairs[index]) for index in range(low, high)])
            dense = np.full(scores.shape, NEVER)
            odds[here] = dense[place] = scores[place]
            chances[low:high] = (1.0 / (1.0 + np.exp(-dense))).sum(axis=1)
        trusts = np.zeros(len(pair))
        most, together = np.zeros(len(pairs)), np.zeros(len(pairs))
        for index, one in enumerate(pairs):
            if one.drafts:
                said = np.zeros(len(PREDICATE_INDEX))
                for name, value in trust(one).items():
                    said[PREDICATE_INDEX[name]] = value
                here = slice(ends[index], ends[index + 1])
                trusts[here] = said[predicate[here]]
                most[index], together[index] = said.max(), said.sum()
        mates = mates_of(context, pairs)
        return Cells(pair, predicate, odds, trusts, chances, most, together, mates)

    def _scores(self, marked: Sequence[set[int]]) -> "NDArray[np.float64]":
        """Give the first pass's scores of each pair, by predicate, from its buckets."""
        import numpy as np

        lengths = [len(found) for found in marked]
        rows = np.fromiter(chain.from_iterable(marked), dtype=np.intp, count=sum(lengths))
        starts = [0, *accumulate(lengths[:-1])]
        weights = self._weights.take(rows, axis=0)
        sums = np.add.reduceat(weights, starts, axis=0, dtype=np.int32)
        return sums * self._scales + self._biases

    def _second_pass(
        self,
        pairs: Sequence[Pair],
        kinds: Sequence[Kinds],
        cells: Cells,
        chosen: "NDArray[np.intp]",
        figures: Figures,
    ) -> Iterator[float]:
        """Give the log-odds of some cells, in the light of their rivals."""
        import numpy as np

        beside = rival_rows(kinds, cells, chosen)
        for low in range(0, len(chosen), _ROWS):
            owners = cells.pair[chosen[low : low + _ROWS]]
            each, which = np.unique(owners, return_inverse=True)
            known = np.array([figures.of(pairs[index]) for index in each.tolist()], dtype=float)
            rows = np.column_stack([beside[low : low + _ROWS], known[which]])
            yield from self._trees.log_odds(rows).tolist()


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

"""Right, false and missed: counts, and what is made of them."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import reduce

__all__ = ["Count", "add_up", "mean", "per_key"]

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Count:
    """How often a system was right.

    Parameters
    ----------
    right : int
        What was annotated and found.
    false : int
        What was found and not annotated.
    missed : int
        What was annotated and not found.

    Examples
    --------
    >>> (Count(3, 1, 0) + Count(0, 0, 3)).as_dict()
    {'p': 0.75, 'r': 0.5, 'f1': 0.6, 'tp': 3, 'fp': 1, 'fn': 3}
    """

    right: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.right + other.right, self.false + other.false, self.missed + other.missed)

    def __bool__(self) -> bool:
        return bool(self.right or self.false or self.missed)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 when nothing was found."""
        found = self.right + self.false
        return self.right / found if found else 0.0

    @property
    def recall(self) -> float:
        """The share of what was annotated that was found; 0 when nothing was annotated."""
        annotated = self.right + self.missed
        return self.right / annotated if annotated else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_dict(self) -> dict[str, float]:
        """Give the figures, rounded, and the counts."""
        return {
            "p": round(self.precision, _DIGITS),
            "r": round(self.recall, _DIGITS),
            "f1": round(self.f1, _DIGITS),
            "tp": self.right,
            "fp": self.false,
            "fn": self.missed,
        }


def add_up(counts: Iterable[Count]) -> Count:
    """Add counts up."""
    return reduce(Count.__add__, counts, Count())


def mean(counts: Iterable[Count]) -> dict[str, float]:
    """Give the mean figures of documents; one where nothing was to find or found is left out.

    Examples
    --------
    >>> mean([Count(1, 0, 0), Count(), Count(0, 1, 1)])
    {'p': 0.5, 'r': 0.5, 'f1': 0.5, 'documents': 2}
    """
    rows = [count.as_dict() for count in counts if count]
    figures = ("p", "r", "f1")
    means = {
        f: round(sum(row[f] for row in rows) / len(rows), _DIGITS) if rows else 0.0 for f in figures
    }
    return means | {"documents": len(rows)}


def per_key(
    gold: Sequence[str],
    found: Sequence[str],
    matches: Mapping[int, int],
    ignored: AbstractSet[int] = frozenset(),
) -> dict[str, Count]:
    """Count apart by the keys that things have.

    Parameters
    ----------
    gold, found : sequences of str
        The keys of what was annotated and of what was found.
    matches : mapping
        Which annotated thing was found as which.
    ignored : set of int
        What was found and counts as false for nobody.

    Examples
    --------
    >>> per_key(["Model", "Model"], ["Model", "Person"], {0: 0})
    {'Model': Count(right=1, false=0, missed=1), 'Person': Count(right=0, false=1, missed=0)}
    """
    counts: dict[str, Count] = {}
    one = [(key, Count(right=1) if g in matches else Count(missed=1)) for g, key in enumerate(gold)]
    settled = {*matches.values(), *ignored}
    one += [(key, Count(false=1)) for f, key in enumerate(found) if f not in settled]
    for key, count in one:
        counts[key] = counts.get(key, Count()) + count
    return dict(sorted(counts.items()))

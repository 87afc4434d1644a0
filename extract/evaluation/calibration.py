"""Whether a system is right as often as it says that it is sure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from .scoring import Judged

__all__ = ["Bin", "calibration_error", "reliability"]


@dataclass(frozen=True, slots=True)
class Bin:
    """The claims whose confidence lies in one range.

    Parameters
    ----------
    low, high : float
        The range, with its lower end; the last has its upper end too.
    claims : int
    confidence : float
        Its mean.
    right : float
        The share of the claims that is right.
    """

    low: float
    high: float
    claims: int
    confidence: float
    right: float


def reliability(judged: Sequence[Judged], bins: int = 10) -> list[Bin]:
    """Give for each range of confidence how many claims are right; empty ranges are left out.

    Examples
    --------
    >>> claims = [Judged("developedBy", 0.95, True), Judged("developedBy", 0.92, False)]
    >>> [(bin.low, bin.claims, bin.right) for bin in reliability(claims)]
    [(0.9, 2, 0.5)]
    """
    ranges: dict[int, list[Judged]] = {}
    for claim in judged:
        ranges.setdefault(min(int(claim.confidence * bins), bins - 1), []).append(claim)
    return [
        Bin(
            low=round(number / bins, 4),
            high=round((number + 1) / bins, 4),
            claims=len(claims),
            confidence=round(fmean(claim.confidence for claim in claims), 4),
            right=round(fmean(claim.right for claim in claims), 4),
        )
        for number, claims in sorted(ranges.items())
    ]


def calibration_error(judged: Sequence[Judged], bins: int = 10) -> float | None:
    """Give the mean distance between confidence and share right, or None without claims.

    Examples
    --------
    >>> calibration_error([Judged("developedBy", 0.9, True), Judged("developedBy", 0.9, False)])
    0.4
    """
    if not judged:
        return None
    distances = (abs(bin.confidence - bin.right) * bin.claims for bin in reliability(judged, bins))
    return round(sum(distances) / len(judged), 4)

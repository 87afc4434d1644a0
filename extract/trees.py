"""Reads gradient-boosted trees that were trained elsewhere, with nothing but numpy."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Trees"]


@dataclass(frozen=True, slots=True)
class Trees:
    """An ensemble of binary decision trees whose leaves add up to log-odds.

    Parameters
    ----------
    feature : ndarray of int32, shape (nodes,)
        The column that a node asks; of a leaf -1.
    threshold : ndarray of float64, shape (nodes,)
        Values up to it go left; of a leaf its value.
    left, right : ndarray of int32, shape (nodes,)
        Where to go on; of a leaf itself.
    roots : ndarray of int32, shape (trees,)
    """

    feature: "NDArray[np.int32]"
    threshold: "NDArray[np.float64]"
    left: "NDArray[np.int32]"
    right: "NDArray[np.int32]"
    roots: "NDArray[np.int32]"

    def log_odds(self, rows: "NDArray[np.float64]") -> "NDArray[np.float64]":
        """Give the sum over all trees for each row.

        Parameters
        ----------
        rows : ndarray of float64, shape (rows, columns)

        Returns
        -------
        ndarray of float64, shape (rows,)
        """
        import numpy as np

        if not len(rows):
            return np.zeros(0)
        total = np.zeros(len(rows))
        step = max(1, 2_000_000 // len(self.roots))  # bounds the memory of a long text
        for low in range(0, len(rows), step):
            part = rows[low : low + step]
            node = np.broadcast_to(self.roots, (len(part), len(self.roots))).copy()
            which = np.arange(len(part))[:, None]
            while True:
                feature = self.feature[node]
                inner = feature >= 0
                if not inner.any():
                    break
                goes_left = part[which, np.maximum(feature, 0)] <= self.threshold[node]
                node = np.where(goes_left, self.left[node], self.right[node])
            total[low : low + step] = self.threshold[node].sum(axis=1)
        return total

    def chances(self, rows: "NDArray[np.float64]") -> "NDArray[np.float64]":
        """Give the probability for each row."""
        import numpy as np

        chances: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-self.log_odds(rows)))
        return chances

    def arrays(self, prefix: str) -> dict[str, Any]:
        """Give the arrays by name, for ``numpy.savez``."""
        return {f"{prefix}.{name}": getattr(self, name) for name in self.__slots__}

    @classmethod
    def of(cls, arrays: "Mapping[str, Any]", prefix: str) -> "Trees":
        """Take back what `arrays` gave."""
        return cls(**{name: arrays[f"{prefix}.{name}"] for name in cls.__slots__})

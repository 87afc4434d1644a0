"""Reads gradient-boosted trees that were trained elsewhere, with nothing but numpy."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Trees"]

_ROWS = 128  # at a time; what they need stays in the processor's cache


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
        columns = np.maximum(self.feature, 0).astype(np.intp)
        # The ways on from node n are places 2n (right) and 2n + 1 (left).
        onward = np.column_stack([self.right, self.left]).ravel().astype(np.intp)
        depth = self._depth()
        width = rows.shape[1]
        for low in range(0, len(rows), _ROWS):
            part = np.ascontiguousarray(rows[low : low + _ROWS])
            flat = part.ravel()
            first = (np.arange(len(part)) * width)[:, None]
            node = np.repeat(self.roots[None, :].astype(np.intp), len(part), axis=0)
            for _ in range(depth):
                goes_left = flat.take(columns.take(node) + first) <= self.threshold.take(node)
                node += node
                node += goes_left
                node = onward.take(node)
            total[low : low + _ROWS] = self.threshold.take(node).sum(axis=1)
        return total

    def _depth(self) -> int:
        """The questions on the longest way from a root to a leaf."""
        import numpy as np

        depth, here = 0, np.unique(self.roots)
        while len(here := here[self.feature[here] >= 0]):
            here = np.unique(np.concatenate([self.left[here], self.right[here]]))
            depth += 1
        return depth

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

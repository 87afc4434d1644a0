"""Trains gradient-boosted trees and takes them out of the library that trained them."""

from collections.abc import Sequence
from typing import Any

from ..trees import Trees

__all__ = ["fit_trees"]


def fit_trees(
    rows: Any,
    right: Sequence[bool],
    weights: Sequence[float],
    *,
    rounds: int,
    leaf: int,
    share: float,
    seed: int,
) -> Trees:
    """Train trees that give the log-odds of being right.

    Parameters
    ----------
    rows : array-like of float, shape (rows, columns)
    right : sequence of bool
    weights : sequence of float
        Rows of weight 0 are left out.
    rounds : int
        How many trees.
    leaf : int
        The fewest rows in a leaf.
    share : float
        The share of columns that a tree may ask.
    seed : int
    """
    import lightgbm
    import numpy as np

    data = lightgbm.Dataset(
        np.asarray(rows, dtype=float), np.asarray(right, dtype=float), weight=np.asarray(weights)
    )
    settings = {
        "objective": "binary",
        "learning_rate": 0.05,
        "num_leaves": 15,
        "min_data_in_leaf": leaf,
        "feature_fraction": share,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "lambda_l2": 5.0,
        "num_threads": 1,
        "deterministic": True,
        "force_row_wise": True,
        "seed": seed,
        "verbose": -1,
    }
    booster = lightgbm.train(settings, data, rounds)
    return _taken_out(booster.dump_model()["tree_info"])


def _taken_out(trees: list[dict[str, Any]]) -> Trees:
    import numpy as np

    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []

    def add(node: dict[str, Any]) -> int:
        index = len(feature)
        feature.append(-1)
        threshold.append(float(node.get("leaf_value", 0.0)))
        left.append(index)
        right.append(index)
        if "split_feature" in node:
            feature[index] = int(node["split_feature"])
            threshold[index] = float(node["threshold"])
            left[index] = add(node["left_child"])
            right[index] = add(node["right_child"])
        return index

    roots = [add(tree["tree_structure"]) for tree in trees]
    return Trees(
        np.array(feature, dtype=np.int32),
        np.array(threshold),
        np.array(left, dtype=np.int32),
        np.array(right, dtype=np.int32),
        np.array(roots, dtype=np.int32),
    )

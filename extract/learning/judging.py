"""Trains the judge of relations and attributes."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from ..attributes import read_attributes
from ..discourse import Reading
from ..evaluation.gold import GoldDocument
from ..evaluation.values import repeats_size, same_value
from ..judging.context import Context
from ..judging.features import Features
from ..judging.figures import Figures
from ..judging.hashing import BUCKETS
from ..judging.judge import JUDGE, trust
from ..judging.mates import mates_of
from ..judging.pairs import PREDICATES, Pair, pairs_of
from ..judging.rivals import NEVER, PREDICATE_INDEX, first_pass_rows
from ..judging.scene import VALUE, Scene
from ..mention import Analysis, Mention
from ..relations import read_relations
from ..trees import Trees
from .arrays import save_arrays
from .boosting import fit_trees

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "DOUBTFUL",
    "Case",
    "Linear",
    "case_of",
    "fit_linear",
    "fit_stack",
    "linear_odds",
    "write_judge",
]

DOUBTFUL = "?"
"""Marks a size that only repeats the name's: neither right nor wrong."""
_EITHER_WAY = "comparableTo*"
_STRENGTH = 0.3  # inverse of the regularisation
_LEAST_RIGHT = 3


@dataclass(frozen=True, slots=True)
class Case:
    """The pairs of one annotated document.

    Parameters
    ----------
    document : str
        Its id.
    kinds : list of (str, str, str, str)
        Subject, object and their kinds.
    features : list of list of int
        Buckets of the sparse features.
    figures : ndarray of float64, shape (pairs, columns)
    mates : ndarray of int, shape (pairs, ways)
    trusts : ndarray of float64, shape (pairs, predicates)
    right : list of frozenset of str
        The predicates that the annotation gives.
    """

    document: str
    kinds: list[tuple[str, str, str, str]]
    features: list[list[int]]
    figures: "NDArray[np.float64]"
    mates: "NDArray[np.intp]"
    trusts: "NDArray[np.float64]"
    right: list[frozenset[str]]


def case_of(
    document: GoldDocument,
    analysis: Analysis,
    mentions: Sequence[Mention],
    meant: Mapping[str, str] | None = None,
    deaf: float = 0.0,
) -> Case:
    """Give the pairs of one document.

    Parameters
    ----------
    document : GoldDocument
    analysis : Analysis
        Of its text, without mentions.
    mentions : sequence of Mention
        The mentions to pair.
    meant : mapping of str to str, optional
        For each entity of the mentions the annotated one; by default they are the annotated ones.
    deaf : float
        The share of rules that are not heard in this document, chosen by its id. Rules were
        written with such documents at hand and read them better than others; a judge that now
        and then hears fewer of them learns to judge by itself.
    """
    import numpy as np

    reading = Reading(replace(analysis, mentions=list(mentions)))
    scene = Scene(reading)
    relations = [d for d in read_relations(reading) if _heard(document.id, d.rule, deaf)]
    attributes = [d for d in read_attributes(reading) if _heard(document.id, d.rule, deaf)]
    pairs = pairs_of(scene, relations, attributes)
    context = Context(scene)
    trusts = np.zeros((len(pairs), len(PREDICATE_INDEX)))
    for index, pair in enumerate(pairs):
        for predicate, value in trust(pair).items():
            trusts[index, PREDICATE_INDEX[predicate]] = value
    features, seen = Features(context), Figures(context)
    figures = [seen.of(pair) for pair in pairs]
    return Case(
        document.id,
        [(p.subject, p.object, scene.kinds[p.subject], scene.kinds[p.object]) for p in pairs],
        [sorted(features.of(pair)) for pair in pairs],
        np.array(figures, dtype=float) if figures else np.zeros((0, 1)),
        mates_of(context, pairs),
        trusts,
        _right(document, scene, pairs, meant),
    )


def _heard(document: str, rule: str, deaf: float) -> bool:
    return crc32(f"{document}/{rule}".encode()) % 100 >= 100 * deaf


def _right(
    document: GoldDocument, scene: Scene, pairs: Sequence[Pair], meant: Mapping[str, str] | None
) -> list[frozenset[str]]:
    relations: dict[tuple[str, str], set[str]] = defaultdict(set)
    for relation in document.relations:
        subject, object = relation.subject, relation.object
        manner = dict(relation.qualifiers).get("relation")
        if relation.predicate == "comparableTo" and manner == "worse":
            subject, object = object, subject
        relations[subject, object].add(relation.predicate)
        if relation.predicate == "comparableTo" and manner != "better":
            relations[object, subject].add(_EITHER_WAY)
    values: dict[tuple[str, str], list[str]] = defaultdict(list)
    for attribute in document.attributes:
        values[attribute.subject, attribute.attribute].append(attribute.value)
    given: list[frozenset[str]] = []
    for pair in pairs:
        subject = meant.get(pair.subject, "") if meant is not None else pair.subject
        if pair.object.startswith(VALUE):
            value = scene.values[pair.object]
            kinds = (scene.kinds[pair.subject], scene.kinds[pair.object])
            right = {
                a
                for a in PREDICATES[kinds]
                if any(same_value(a, g, value) for g in values[subject, a])
            }
            names = scene.reading.surfaces[pair.subject]
            if not right and "parameters" in PREDICATES[kinds] and repeats_size(names, value):
                right.add(DOUBTFUL)
            given.append(frozenset(right))
        else:
            object = meant.get(pair.object, "") if meant is not None else pair.object
            given.append(frozenset(relations.get((subject, object), ())))
    return given


@dataclass(frozen=True, slots=True)
class Linear:
    """The first pass: one linear model a predicate.

    Parameters
    ----------
    weights : ndarray of float64, shape (buckets, predicates)
    biases : ndarray of float64, shape (predicates,)
    """

    weights: "NDArray[np.float64]"
    biases: "NDArray[np.float64]"


def _matrix(features: Sequence[Sequence[int]]) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    ends = np.cumsum([0, *(len(row) for row in features)])
    columns = np.fromiter((c for row in features for c in row), dtype=np.int32, count=ends[-1])
    return csr_matrix(
        (np.ones(len(columns), dtype=np.float32), columns, ends), shape=(len(features), BUCKETS)
    )


def fit_linear(cases: Sequence[Case]) -> Linear:
    """Train the first pass."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    matrix = _matrix([row for case in cases for row in case.features])
    kinds = [kind[2:] for case in cases for kind in case.kinds]
    right = [labels for case in cases for labels in case.right]
    weights = np.zeros((BUCKETS, len(PREDICATE_INDEX)))
    biases = np.full(len(PREDICATE_INDEX), NEVER)
    for predicate, column in PREDICATE_INDEX.items():
        rows = np.array([i for i, kind in enumerate(kinds) if predicate in PREDICATES[kind]])
        if not len(rows):
            continue
        labels = np.array([predicate in right[i] for i in rows])
        if labels.sum() < _LEAST_RIGHT or labels.all():
            continue
        model = LogisticRegression(C=_STRENGTH, solver="liblinear", max_iter=100, tol=1e-3)
        model.fit(matrix[rows], labels, sample_weight=[_weight(predicate, right[i]) for i in rows])
        weights[:, column] = model.coef_[0]
        biases[column] = model.intercept_[0]
    return Linear(weights, biases)


def _weight(predicate: str, right: frozenset[str]) -> float:
    if DOUBTFUL in right:
        return 0.0
    return 0.0 if predicate not in right and predicate + "*" in right else 1.0


def linear_odds(linear: Linear, case: Case) -> "NDArray[np.float64]":
    """Give the first pass's log-odds, shape (pairs, predicates)."""
    import numpy as np

    odds = np.full((len(case.kinds), len(PREDICATE_INDEX)), NEVER)
    if not case.kinds:
        return odds
    scores = _matrix(case.features) @ linear.weights + linear.biases
    for index, kind in enumerate(case.kinds):
        columns = [PREDICATE_INDEX[p] for p in PREDICATES[kind[2:]]]
        odds[index, columns] = scores[index, columns]
    return odds


def fit_stack(cases: Sequence[Case], odds: Sequence["NDArray[np.float64]"], seed: int) -> Trees:
    """Train the second pass on log-odds of first passes that did not see the documents."""
    import numpy as np

    names = list(PREDICATE_INDEX)
    tables, right, weights = [], [], []
    for case, values in zip(cases, odds, strict=True):
        cells, rows = first_pass_rows(case.kinds, values, case.trusts, case.figures, case.mates)
        if cells:
            tables.append(rows)
        for pair, column in cells:
            right.append(names[column] in case.right[pair])
            weights.append(0.0 if DOUBTFUL in case.right[pair] else 1.0)
    return fit_trees(
        np.concatenate(tables), right, weights, rounds=150, leaf=15, share=0.6, seed=seed
    )


def write_judge(folder: Path, linear: Linear, trees: Trees, settings: Mapping[str, Any]) -> None:
    """Write the judge, its weights in 8 bits each."""
    import numpy as np

    scales = np.maximum(np.abs(linear.weights).max(axis=0), 1e-9) / 127
    weights = np.round(linear.weights / scales).astype(np.int8)
    save_arrays(
        folder / JUDGE,
        {
            "weights": weights,
            "scales": scales,
            "biases": linear.biases,
            "settings": np.array(json.dumps(settings, sort_keys=True)),
            **trees.arrays("trees"),
        },
    )

"""Trains the tagger of names and the decision over a document's proposals."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ...ontology.identifiers import name_key
from ...ontology.terms import EntityType
from ..mention import Mention
from ..tagging.decision import Candidate, candidates, describe
from ..tagging.features import Marks, document_features
from ..tagging.kinds import (
    BUCKETS,
    TYPES,
    Kinds,
    buckets_of,
    kind_columns,
)
from ..tagging.names import NameList
from ..tagging.sequences import Sequence as Tokens
from ..tagging.sequences import tokens_of
from ..tagging.tagger import MODEL, NAMES, Proposal
from ..trees import Trees
from .boosting import fit_trees
from .prepared import Prepared

__all__ = [
    "Names",
    "candidates_of",
    "decision_rows",
    "fit_decision",
    "fit_kinds",
    "fit_tagger",
    "name_kinds",
    "pick_thresholds",
]

Names = tuple[dict[str, list[int]], dict[str, frozenset[str]]]
"""By name its features, and its annotated types."""

_SETTINGS = {
    "c1": 0.05,
    "c2": 0.05,
    "max_iterations": 80,
    "feature.possible_transitions": False,
}
_USUAL = 0.43  # thresholds are drawn towards it: few documents make a noisy best
_DRAW = 0.4
_STRENGTH = 0.1  # inverse of the regularisation
_NEVER = -8.0


def fit_tagger(documents: Sequence[Prepared], folder: Path, made: Sequence[Prepared] = ()) -> None:
    """Train the CRF and write it with its list of names.

    Each document is tagged with a list of names that leaves its own out, so that the tagger
    learns how far to trust the list on a text that it has not seen.

    Parameters
    ----------
    documents : sequence of Prepared
    folder : Path
    made : sequence of Prepared
        Documents with invented names, which the list does not hold.
    """
    import pycrfsuite  # type: ignore[import-untyped]

    names = NameList(
        (tokens_of(name), entity.type, prepared.document.id)
        for prepared in documents
        for entity in prepared.document.entities
        for name in sorted({entity.name, *entity.names})
    )
    trainer: Any = pycrfsuite.Trainer(verbose=False)
    for prepared in (*documents, *made):
        document = prepared.document
        listed = Marks("n", tuple(names.spans(prepared.sequences, document.id)))
        for tokens, features in document_features(
            document.text,
            document.lang,
            prepared.analysis.structure,
            prepared.sequences,
            [*prepared.marks, listed],
        ):
            trainer.append(features, _labels(tokens, prepared.annotated))
    trainer.set_params(_SETTINGS)
    trainer.train(str(folder / MODEL))
    names.write(folder / NAMES)


def _labels(tokens: Tokens, mentions: Iterable[Mention]) -> list[str]:
    starts = {token[0]: i for i, token in enumerate(tokens.tokens)}
    ends = {token[1]: i for i, token in enumerate(tokens.tokens)}
    labels = ["O"] * len(tokens.tokens)
    for mention in mentions:
        first, last = starts.get(mention.start), ends.get(mention.end)
        if first is None or last is None:
            continue
        labels[first : last + 1] = ["I-" + mention.type] * (last + 1 - first)
        labels[first] = "B-" + mention.type
    return labels


def candidates_of(prepared: Prepared, proposals: Iterable[Proposal]) -> list[Candidate]:
    """Give what may be the names of a document."""
    return candidates(prepared.document.text, proposals, prepared.rules)


def decision_rows(
    prepared: Prepared, found: Sequence[Candidate], odds: Mapping[str, Sequence[float]]
) -> tuple[Sequence[Candidate], list[list[float]], list[bool]]:
    """Give the candidates of a document, what speaks for each, and whether it is right.

    Parameters
    ----------
    prepared : Prepared
    found : sequence of Candidate
    odds : mapping of str to sequence of float
        What is said of the kind of each name; see `Kinds.odds`.
    """
    document = prepared.document
    rows = describe(
        document.text,
        document.lang,
        prepared.analysis.structure,
        found,
        prepared.rules,
        prepared.marks[1],
    )
    rows = [row + more for row, more in zip(rows, kind_columns(found, odds), strict=True)]
    right = {
        (name_key(name), entity.type)
        for entity in document.entities
        for name in (entity.name, *entity.names)
    }
    return found, rows, [(c.key, str(c.type)) in right for c in found]


def name_kinds(prepared: Prepared, found: Sequence[Candidate]) -> Names:
    """Give the features of each proposed name of a document, and the types that it has."""
    document = prepared.document
    structure = prepared.analysis.structure
    marked = dict(buckets_of(document.text, document.lang, structure, found))
    types: dict[str, set[str]] = {key: set() for key in marked}
    for entity in document.entities:
        for name in (entity.name, *entity.names):
            types.get(name_key(name), set()).add(entity.type)
    return marked, {key: frozenset(kinds) for key, kinds in types.items()}


def fit_kinds(names: Iterable[Names]) -> Kinds:
    """Train what names and the words around them say of their kinds."""
    import numpy as np
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    rows: list[list[int]] = []
    right: list[frozenset[str]] = []
    for marked, types in names:
        rows += marked.values()
        right += (types[key] for key in marked)
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((c for row in rows for c in row), dtype=np.int32, count=ends[-1])
    ones = np.ones(len(columns), dtype=np.float32)
    matrix = csr_matrix((ones, columns, ends), shape=(len(rows), BUCKETS))
    weights, biases = np.zeros((BUCKETS, len(TYPES))), np.full(len(TYPES), _NEVER)
    for column, kind in enumerate(TYPES):
        labels = np.array([kind in kinds for kinds in right], dtype=bool)
        if labels.any() and not labels.all():
            model = LogisticRegression(C=_STRENGTH, solver="liblinear", max_iter=100, tol=1e-3)
            model.fit(matrix, labels)
            weights[:, column], biases[column] = model.coef_[0], model.intercept_[0]
    return Kinds.of_weights(weights, biases)


def fit_decision(rows: list[list[float]], right: list[bool], seed: int) -> Trees:
    """Train the decision."""
    return fit_trees(rows, right, [1.0] * len(rows), rounds=200, leaf=20, share=0.7, seed=seed)


def pick_thresholds(
    types: Sequence[str], chances: Sequence[float], right: Sequence[bool], total: dict[str, int]
) -> dict[str, float]:
    """Give for each type from which chance on a name counts, for the best F1 on unseen text.

    Parameters
    ----------
    types, chances, right : sequences
        Of candidates of documents that the models were not trained on.
    total : dict of str to int
        How many names of each type the annotation has.
    """
    thresholds: dict[str, float] = {}
    for kind in EntityType:
        mine = [(c, r) for t, c, r in zip(types, chances, right, strict=True) if t == kind]
        wanted = max(total.get(kind, 0), sum(r for _, r in mine), 1)

        best = max(
            (round(0.2 + 0.02 * step, 2) for step in range(25)),
            key=partial(_quality, mine, wanted),
        )
        thresholds[kind] = round((1 - _DRAW) * best + _DRAW * _USUAL, 3)
    return thresholds


def _quality(readings: Sequence[tuple[float, bool]], wanted: int, limit: float) -> float:
    """Give F1 where all from a limit on are kept."""
    kept = [right for chance, right in readings if chance >= limit]
    return 2 * sum(kept) / (len(kept) + wanted)

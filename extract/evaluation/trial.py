"""Runs the extractor over annotated documents: the shipped one, or one trained on the others."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import ExtractionError, GoldError
from .gold import GoldDocument

if TYPE_CHECKING:
    from ..pipeline import SpacyExtractor

__all__ = [
    "Fold",
    "Progress",
    "Record",
    "Trainer",
    "cross_validate",
    "default_trainer",
    "fold_of",
    "read_records",
    "train_with",
]

Record = Mapping[str, Any]
"""What was found in one document, as `gold_shape` gives it, with candidates."""

Progress = Callable[[str], None]
"""Told what is being done."""

_LIBRARIES = {"scikit-learn": "sklearn", "lightgbm": "lightgbm", "scipy": "scipy"}
_BATCH = 8  # documents that a process takes at a time


class Trainer(Protocol):
    """Trains models on documents and writes them into an existing folder."""

    def __call__(
        self,
        documents: Sequence[GoldDocument],
        out: Path,
        *,
        seed: int = 0,
        progress: Progress | None = None,
        jobs: int = 1,
    ) -> None:
        """Train and write."""
        ...


@dataclass(frozen=True, slots=True)
class Fold:
    """One part of the documents, read with models that were trained on all others.

    Parameters
    ----------
    trained_on : tuple of GoldDocument
    records : mapping of str to Record
        What was found in each document held out, by its id.
    """

    trained_on: tuple[GoldDocument, ...]
    records: Mapping[str, Record]


def default_trainer() -> Trainer:
    """Give the trainer of this package.

    Raises
    ------
    ExtractionError
        When a library that it needs is not installed.
    """
    missing = [name for name, module in _LIBRARIES.items() if find_spec(module) is None]
    if missing:
        raise ExtractionError(
            f"training needs {', '.join(missing)}: not installed here",
            hint="python -m pip install 'modelkin[train]'",
        )
    try:
        # First of all libraries: it brings an OpenMP of its own, for which there may be no room
        # in a process that has loaded much else.
        import sklearn.linear_model  # type: ignore[import-untyped] # noqa: F401
    except ImportError as error:
        raise ExtractionError(
            f"scikit-learn cannot be loaded: {error}", hint="train in a fresh process"
        ) from error
    from ..learning import train_models

    return train_models


def train_with(
    train: Trainer,
    documents: Sequence[GoldDocument],
    out: Path,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> None:
    """Train, and say so when the documents do not do.

    Raises
    ------
    GoldError
        When the libraries cannot learn from so little.
    """
    try:
        train(documents, out, seed=seed, progress=progress)
    except ValueError as error:
        raise GoldError(
            f"cannot train on {len(documents)} documents: {error}",
            hint="give dozens of documents with relations and attributes, better hundreds",
        ) from error


def _tell_nobody(_: str) -> None:
    """Take what is being done, and say nothing."""


def fold_of(id: str, folds: int) -> int:
    """Give the number of the part that a document belongs to, from its id alone.

    Whatever other documents there are, and in whatever order, it belongs to that part.

    Examples
    --------
    >>> fold_of("llama-2-news", 5), fold_of("qwen-card", 5)
    (3, 4)
    """
    return int(hashlib.sha256(id.encode()).hexdigest(), 16) % folds


def read_records(
    documents: Sequence[GoldDocument],
    *,
    models: Path | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> dict[str, Record]:
    """Extract what documents say.

    Parameters
    ----------
    documents : sequence of GoldDocument
    models : Path, optional
        A folder of trained models; by default those that ship with the package.
    jobs : int
        How many processes extract.
    progress : function, optional
        Told the id of each document that is done.

    Returns
    -------
    dict
        What was found, by the document's id; the same whatever `jobs` is.

    Raises
    ------
    ExtractionError
        When a document cannot be read, or a process dies.
    """
    tell = progress or _tell_nobody
    if jobs <= 1:
        return _read(_extractor(models), documents, tell)
    batches = [documents[n : n + _BATCH] for n in range(0, len(documents), _BATCH)]
    records: dict[str, Record] = {}
    with _pool(jobs) as pool:
        for part in pool.map(_read_in_worker, batches, [models] * len(batches)):
            records |= part
            for id in part:
                tell(id)
    return records


def cross_validate(
    documents: Sequence[GoldDocument],
    folds: int,
    *,
    seed: int = 0,
    jobs: int = 1,
    train: Trainer | None = None,
    progress: Progress | None = None,
) -> Iterator[Fold]:
    """Read every document with models that were trained without it.

    Parameters
    ----------
    documents : sequence of GoldDocument
    folds : int
        How many parts; see `fold_of`.
    seed : int
        Given to the trainer.
    jobs : int
        How many parts are trained at a time, each in a process.
    train : Trainer, optional
        By default this package's.
    progress : function, optional
        Told what is being done.

    Yields
    ------
    Fold
        One a part that has documents, in order; the same whatever `jobs` is.

    Raises
    ------
    GoldError
        When all documents belong to one part.
    ExtractionError
        When a library is missing, a document cannot be read, or a process dies.
    """
    train = train or default_trainer()
    parts: dict[int, list[GoldDocument]] = {}
    for document in documents:
        parts.setdefault(fold_of(document.id, folds), []).append(document)
    if len(parts) < 2:
        raise GoldError(
            f"{len(documents)} documents are too few for {folds} parts",
            hint="name a folder of more documents, or ask for more parts",
        )
    pairs = [
        ([d for other in sorted(parts) if other != number for d in parts[other]], parts[number])
        for number in sorted(parts)
    ]
    results = _folds_here(pairs, seed, train, progress)
    if jobs > 1:
        results = _folds_apart(pairs, seed, train, jobs)
    for number, ((learnt, _), records) in enumerate(zip(pairs, results, strict=True), 1):
        if progress:
            progress(f"part {number} of {len(pairs)} done")
        yield Fold(tuple(learnt), records)


Pair = tuple[Sequence[GoldDocument], Sequence[GoldDocument]]


def _folds_here(
    pairs: Sequence[Pair], seed: int, train: Trainer, progress: Progress | None
) -> Iterator[Mapping[str, Record]]:
    for pair in pairs:
        yield _fold(pair, seed, train, progress)


def _folds_apart(
    pairs: Sequence[Pair], seed: int, train: Trainer, jobs: int
) -> Iterator[Mapping[str, Record]]:
    with _pool(jobs) as pool:
        yield from pool.map(_fold, pairs, [seed] * len(pairs), [train] * len(pairs))


def _fold(
    pair: Pair, seed: int, train: Trainer, progress: Progress | None = None
) -> dict[str, Record]:
    """Train on the first documents, read the second."""
    with TemporaryDirectory(prefix="modelkin-") as folder:
        train_with(train, pair[0], Path(folder), seed=seed, progress=progress)
        return _read(_extractor(Path(folder)), pair[1])


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    from ..workers import worker_pool

    pool = worker_pool(jobs)
    try:
        yield pool
    except BrokenProcessPool as error:
        raise ExtractionError(
            "a process that extracts died, perhaps for want of memory",
            hint="try again with fewer jobs, or with one to see why",
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _extractor(models: Path | None) -> "SpacyExtractor":
    from ..pipeline import SpacyExtractor

    return SpacyExtractor() if models is None else SpacyExtractor(models=models)


@cache
def _workers_extractor(models: Path | None) -> "SpacyExtractor":
    return _extractor(models)


def _read_in_worker(documents: Sequence[GoldDocument], models: Path | None) -> dict[str, Record]:
    return _read(_workers_extractor(models), documents)


def _read(
    extractor: "SpacyExtractor",
    documents: Sequence[GoldDocument],
    tell: Progress = _tell_nobody,
) -> dict[str, Record]:
    from ..records import gold_shape

    records: dict[str, Record] = {}
    for document in documents:
        [extraction] = extractor.pipe([document.document])
        records[document.id] = gold_shape(extraction, document.id, candidates=True)
        tell(document.id)
    return records

"""Copying one store into another: what was read, and what was decided."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from ..ontology.claim import Extraction
from ..ontology.decision import Decision
from ..ontology.document import Document, DocumentKind
from .errors import DecisionError, StoreError
from .identity.rules import checked
from .preview import Preview
from .protocols import GraphStore, MergeReport, Transactional
from .seeding import carries

__all__ = ["BATCH", "SyncReport", "preview", "same_place", "sync"]

BATCH = 100
"""How many readings are one write."""

_NOTHING = MergeReport()
_PORT = "7687"
"""Where Neo4j listens when an address does not say."""

Progress = Callable[[Document], object]
"""Called with each document when its turn comes."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync changed; all zero and empty when nothing was new.

    Parameters
    ----------
    merged : MergeReport
        What came of readings and decisions.
    decisions : int
        How many were taken over.
    refused : tuple of (Decision, DecisionError)
        Those that cannot stand beside the target's own, and why.
    left_out : int
        How many curated records the target does without, since it has other seeds.
    """

    merged: MergeReport = _NOTHING
    decisions: int = 0
    refused: tuple[tuple[Decision, DecisionError], ...] = ()
    left_out: int = 0


def same_place(one: str, other: str) -> bool:
    """Tell whether two locations are one store, as far as they tell.

    Examples
    --------
    >>> same_place("bolt://Host", "neo4j+s://host:7687/"), same_place("bolt://a", "a")
    (True, False)
    >>> same_place("graph.db", "./graph.db"), same_place("graph.db", "other.db")
    (True, False)
    """
    addresses = ["://" in location for location in (one, other)]
    if any(addresses):
        return all(addresses) and _server(one) == _server(other)
    # A link to the file, or another name of it, is the same store.
    with contextlib.suppress(OSError, ValueError):
        return Path(one).samefile(other)
    return Path(one).absolute() == Path(other).absolute()


def _server(address: str) -> tuple[str, ...]:
    parts = urlsplit(address)
    host, _, port = parts.netloc.rpartition("@")[2].lower().partition(":")
    return host, port or _PORT, parts.path.rstrip("/"), parts.query


def sync(
    source: GraphStore,
    target: GraphStore,
    *,
    batch: int = BATCH,
    progress: Progress = lambda _: None,
) -> SyncReport:
    """Copy all that a store has read, and what was decided, into another one.

    Nothing is taken out of the target. Where both have read one text, it says in the target from
    then on what the source says. What the target has already is not written again, so that a
    sync that was broken off goes on where it ended; an empty target becomes what the source is.

    Parameters
    ----------
    source : GraphStore
    target : GraphStore
        Open for writing. Where it offers transactions, each batch is one.
    batch : int
        How many readings are one write.
    progress : callable
        Called with each document when its turn comes.

    Returns
    -------
    SyncReport
        What changed. Decisions that cannot stand in the target are named in it; the rest goes on.

    Raises
    ------
    StoreError
        When a store cannot be read or written; the batches before stand.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from modelkin.graph.stores.sqlite import SqliteStore
    >>> said = Extraction.of(Document.of("百川 is open.", lang="en"), [], [])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with SqliteStore.open(Path(folder, "one.db")) as one:
    ...         _ = one.merge(said)
    ...         with SqliteStore.open(Path(folder, "other.db")) as other:
    ...             first, second = sync(one, other), sync(one, other)
    >>> first.merged.documents, second == SyncReport()
    (1, True)
    """
    if batch < 1:
        raise StoreError(f"a batch holds at least one reading, not {batch}")
    taken = carries(source, target)
    report = SyncReport(_take_seeds(source, target) if taken else _NOTHING)
    waiting = _readings(source, taken, progress)
    # What is known already is known at once to a store: it writes nothing then.
    while some := list(islice(waiting, batch)):
        with _transaction(target):
            merged = sum((target.merge(extraction) for extraction in some), report.merged)
        report = replace(report, merged=merged)
    for decision in _missing(source, target):
        try:
            merged = report.merged + target.decide(decision)
        except DecisionError as error:
            report = replace(report, refused=(*report.refused, (decision, error)))
        else:
            report = replace(report, merged=merged, decisions=report.decisions + 1)
    return replace(report, left_out=0 if taken else _left_out(source, target))


def preview(
    source: GraphStore, target: GraphStore | None, *, progress: Progress = lambda _: None
) -> SyncReport:
    """Tell what `sync` would change, and write nothing.

    What decisions would change of the claims is not foretold.

    Parameters
    ----------
    source : GraphStore
    target : GraphStore or None
        Opened to show candidates; None stands for an empty one.
    progress : callable
        Called with each document when its turn comes.
    """
    taken = target is None or carries(source, target)
    merge = Preview(target).merge
    merged = MergeReport()
    for extraction in _readings(source, taken, progress):
        if target is None or extraction not in target.readings(extraction.document.id):
            merged += merge(extraction)
    decided = [] if target is None else list(target.decisions())
    refused = []
    missing = _missing(source, target)
    for decision in missing:
        try:
            decided.append(checked(decision, sorted(decided, key=lambda one: (one.time, one.id))))
        except DecisionError as error:
            refused.append((decision, error))
    left_out = 0 if taken or target is None else _left_out(source, target)
    return SyncReport(merged, len(missing) - len(refused), tuple(refused), left_out)


def _take_seeds(source: GraphStore, target: GraphStore) -> MergeReport:
    """Bring an empty target all curated records at once: it is never seen with some of them."""
    report = MergeReport()
    if target.sequence:
        return report
    curated = [d.id for d in source.documents() if d.kind is DocumentKind.CURATED]
    with _transaction(target):
        carries(source, target, take=True)
        for document in curated:
            for extraction in source.readings(document):
                report += target.merge(extraction)
    return report


def _readings(source: GraphStore, curated: bool, progress: Progress) -> Iterator[Extraction]:
    """Give what was read, with curated records or without."""
    for extraction in source.readings():
        progress(extraction.document)
        if curated or extraction.document.kind is not DocumentKind.CURATED:
            yield extraction


def _left_out(source: GraphStore, target: GraphStore) -> int:
    """Count the curated records that the target does not have."""
    return sum(
        document.kind is DocumentKind.CURATED and target.document(document.id) is None
        for document in source.documents()
    )


def _missing(source: GraphStore, target: GraphStore | None) -> list[Decision]:
    """Give the decisions that the target does not have, in the order in which they were taken.

    Whether one can stand depends on those before it, and not on its time.
    """
    known = set() if target is None else {decision.id for decision in target.decisions()}
    missing = {d.id: d for d in source.decisions() if d.id not in known}
    if not missing:
        return []
    taken = [c.document for c in source.changes() if c.kind == "decide" and c.document in missing]
    return [missing[id] for id in dict.fromkeys([*taken, *missing])]


def _transaction(store: GraphStore) -> contextlib.AbstractContextManager[None]:
    return store.transaction() if isinstance(store, Transactional) else contextlib.nullcontext()

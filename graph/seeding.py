"""Bringing the curated seeds of the package into a store, and keeping them up to date there."""

import contextlib

from .. import seeds
from ..ontology.document import DocumentKind
from .protocols import GraphStore, MergeReport, Transactional

__all__ = ["carries", "leave_bare", "plant"]

_KEY = "seeds"
_BARE = "bare"


def plant(store: GraphStore) -> MergeReport:
    """Bring the curated seeds of a store up to date; what was ingested stays untouched.

    The store remembers the version of its seeds: where that is the package's, nothing is read.
    Otherwise curated documents that the package no longer ships go and the others are merged.
    A bare store stays bare.

    Parameters
    ----------
    store : GraphStore
        Open for writing. Where it offers transactions, all of this is one.

    Returns
    -------
    MergeReport
        What changed.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from modelkin.graph.stores.sqlite import SqliteStore
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with SqliteStore.open(Path(folder, "new.db")) as store:
    ...         first, second = plant(store), plant(store)
    >>> first.claims > 0, second == MergeReport()
    (True, True)
    """
    if store.metadata(_KEY) in (_BARE, seeds.version()):
        return MergeReport()
    with store.transaction() if isinstance(store, Transactional) else contextlib.nullcontext():
        report = MergeReport()
        shipped = list(seeds.extractions())
        kept = {extraction.document.id for extraction in shipped}
        present = [d.id for d in store.documents() if d.kind is DocumentKind.CURATED]
        for document in present:
            if document not in kept:
                report += store.remove(document)
        for extraction in shipped:
            report += store.merge(extraction)
        # Last, so that a store without transactions starts again after a crash.
        store.set_metadata(_KEY, seeds.version())
        return report


def leave_bare(store: GraphStore) -> None:
    """Keep a new store without curated seeds for good; any other store stays as it is."""
    if store.sequence == 0 and store.metadata(_KEY) is None:
        store.set_metadata(_KEY, _BARE)


def carries(source: GraphStore, target: GraphStore, *, take: bool = False) -> bool:
    """Tell whether the curated records of one store belong in another one.

    They do where both have the seeds of one version, where they are no seeds at all, since the
    store is a bare one, and where the other store is still empty. Else the seeds of an older
    package would come back to a store that has newer ones.

    Parameters
    ----------
    source, target : GraphStore
    take : bool
        Whether a target that is empty remembers from now on to have the seeds of the source.
    """
    theirs, ours = source.metadata(_KEY), target.metadata(_KEY)
    if target.sequence == 0 and ours in (None, _BARE):
        if take and theirs is not None:
            target.set_metadata(_KEY, theirs)
        return True
    return theirs in (None, _BARE, ours)

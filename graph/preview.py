"""What a merge would add, without merging."""

from ..ontology.claim import Claim, Extraction
from .protocols import GraphStore, MergeReport

__all__ = ["Preview"]


class Preview:
    """Counts what extractions would add to a store; it writes nothing.

    Parameters
    ----------
    store : GraphStore or None
        The store as it is, opened to show candidates; None stands for an empty one.
    """

    def __init__(self, store: GraphStore | None) -> None:
        self._store = store
        self._seen: set[str] = set()

    def merge(self, extraction: Extraction) -> MergeReport:
        """Count what is new in the extraction, beside the store and the extractions before it."""
        store = self._store
        if store is not None and self._says(store, extraction):
            return MergeReport()
        new = [claim for claim in extraction.claims if self._new(claim.id, self._stored(claim))]
        candidates = sum(not claim.kind.is_fact for claim in new)
        return MergeReport(
            documents=self._new(
                extraction.document.id,
                store is not None and store.document(extraction.document.id) is not None,
            ),
            entities=sum(
                self._new(entity.id, store is not None and store.entity(entity.id) is not None)
                for entity in extraction.entities
            ),
            claims=len(new) - candidates,
            candidates=candidates,
        )

    def _says(self, store: GraphStore, extraction: Extraction) -> bool:
        """Tell whether the store has the document, as it was read, to the letter."""
        known = store.original(extraction.document.id)
        return known is not None and (known.entities, known.claims) == (
            extraction.entities,
            extraction.claims,
        )

    def _stored(self, claim: Claim) -> bool:
        if self._store is None:
            return False
        known = self._store.claims(claim.subject, claim.predicate, claim.object)
        return any((one.id, one.kind) == (claim.id, claim.kind) for one in known)

    def _new(self, id: str, stored: bool) -> int:
        new = not stored and id not in self._seen
        self._seen.add(id)
        return int(new)

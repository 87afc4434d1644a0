"""A graph at a point of two clocks: what held then, and what had been said by then."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from ..ontology.claim import Claim, ClaimKind, Entity, Statement, Value, object_key
from ..ontology.document import Document, DocumentKind
from .periods import ALWAYS, Period, checked_period, period_of, validity
from .protocols import View
from .stores.statements import Support, Tally, statement_of

__all__ = ["Filtered", "TimedView", "facts_and_rejected"]


class Filtered:
    """A view of some of the claims of another view: what is left is summed up anew.

    It reads the other view anew at each call and keeps the dates of documents alone.

    Parameters
    ----------
    view : View
        The whole.
    keeps : callable
        Tells whether a claim stays.
    """

    def __init__(self, view: View, keeps: Callable[[Claim], bool]) -> None:
        self._view = view
        self._keeps = keeps
        self._dates: dict[str, str | None] = {}

    def entities(self) -> Iterator[Entity]:
        """Sorted by id."""
        return self._view.entities()

    def statements(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | Value | None = None,
    ) -> Iterator[Statement]:
        """Sorted by subject, predicate, object key; what is given must be equal."""
        if subject is None and predicate is None and object is not None:
            # All that is said of one thing: few claims, of many subjects.
            yield from self._summed(self.claims(object=object))
            return
        # One subject's claims are read at a time, so that no more need be held.
        found = self._view.statements(subject, predicate, object)
        for one, _ in groupby(found, key=lambda statement: statement.subject):
            yield from self._summed(self.claims(one, predicate, object))

    def claims(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | Value | None = None,
    ) -> Iterator[Claim]:
        """Sorted by id; what is given must be equal."""
        return filter(self._keeps, self._view.claims(subject, predicate, object))

    def documents(self) -> Iterator[Document]:
        """Sorted by id."""
        return self._view.documents()

    def entity(self, id: str) -> Entity | None:
        """The entity of that id."""
        return self._view.entity(id)

    def document(self, id: str) -> Document | None:
        """The document of that id."""
        return self._view.document(id)

    def _summed(self, claims: Iterable[Claim]) -> Iterator[Statement]:
        """Add claims up, as a store does: each document counts once."""
        listed = [(_key(claim), claim.evidence.document, claim) for claim in claims]
        listed.sort(key=lambda item: item[:2])
        for (subject, predicate, object), group in groupby(listed, key=lambda item: item[0]):
            tally, doubtful, datatype = Tally(), 0, None
            for document, said in groupby(group, key=lambda item: item[1]):
                supports = []
                for _, _, claim in said:
                    supports.append(Support(claim.qualifiers, claim.confidence, claim.kind.value))
                    doubtful += not claim.kind.is_fact
                    if isinstance(claim.object, Value):
                        datatype = claim.object.datatype
                tally = tally.plus(supports, self._published(document))
            yield statement_of((subject, predicate, object, datatype, *tally.row(), doubtful))

    def _published(self, document: str) -> str | None:
        # A document is read with its text: once is enough.
        if document not in self._dates:
            found = self._view.document(document)
            self._dates[document] = found.published if found else None
        return self._dates[document]


class TimedView(Filtered):
    """A view as of one day, as far as it was known on another.

    Two clocks tell the time of a claim: when it holds (``validFrom`` and ``validUntil``, open
    where they are not given) and when it was said (the date of its document). Dates are as
    precise as known. One that a day of the asked period may belong to is taken for one that
    does: a document of 2023 was known in June 2023, since that year had begun. The view whose
    part it shows must not change meanwhile.

    Parameters
    ----------
    view : View
        The whole.
    as_of : str or None
        Claims whose validity covers this date: 2023, 2023-10 or 2023-10-07. None for all.
    known_at : str or None
        Claims of documents published on this date or before it; curated documents, and those
        without a date, count as known at all times. None for all.

    Raises
    ------
    DateError
        When one of them is no date.

    Notes
    -----
    An entity is there unless all that is said of it was said later. Its names are those of all
    documents: a view does not tell which document uses which. Nor does it tell which documents
    hardly differ: where claims are left out, each document counts once. A text that a later one
    of the same address took the place of is not seen, though it was known before.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from modelkin.graph.stores.sqlite import SqliteStore
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with SqliteStore.open(Path(folder, "new.db")) as store:
    ...         list(TimedView(store, "2023-10", "2024").statements())
    []
    """

    def __init__(self, view: View, as_of: str | None = None, known_at: str | None = None) -> None:
        super().__init__(view, self._holds)
        self._as_of = ALWAYS if as_of is None else checked_period(as_of)
        self._known_at = ALWAYS if known_at is None else checked_period(known_at)
        self._known: dict[str, bool] = {}
        self._later: dict[str, bool] = {}

    def entities(self) -> Iterator[Entity]:
        """Sorted by id."""
        if self._known_at == ALWAYS:
            yield from self._view.entities()
            return
        known: set[str] = set()
        later: set[str] = set()
        for claim in self._view.claims():
            told = known if self._is_known(claim.evidence.document) else later
            told.add(claim.subject)
            if not isinstance(claim.object, Value):
                told.add(claim.object)
        for entity in self._view.entities():
            if entity.id in known or entity.id not in later:
                yield entity

    def statements(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | Value | None = None,
    ) -> Iterator[Statement]:
        """Sorted by subject, predicate, object key; what is given must be equal."""
        if self._as_of == self._known_at == ALWAYS:
            return self._view.statements(subject, predicate, object)
        return super().statements(subject, predicate, object)

    def documents(self) -> Iterator[Document]:
        """Sorted by id."""
        return (document for document in self._view.documents() if self._told_by(document))

    def entity(self, id: str) -> Entity | None:
        """The entity of that id, unless all that is said of it was said later."""
        if id not in self._later:
            self._later[id] = self._known_at != ALWAYS and self._is_said_later(id)
        return None if self._later[id] else self._view.entity(id)

    def document(self, id: str) -> Document | None:
        """The document of that id, if it was known."""
        document = self._view.document(id)
        return document if document is not None and self._told_by(document) else None

    def _holds(self, claim: Claim) -> bool:
        return (self._as_of == ALWAYS or validity(dict(claim.qualifiers)).meets(self._as_of)) and (
            self._known_at == ALWAYS or self._is_known(claim.evidence.document)
        )

    def _is_said_later(self, id: str) -> bool:
        """Tell whether something is said of an entity, and none of it was known."""
        later = False
        for found in (self._view.claims(subject=id), self._view.claims(object=id)):
            for claim in found:
                if self._is_known(claim.evidence.document):
                    return False
                later = True
        return later

    def _is_known(self, document: str) -> bool:
        if document not in self._known:
            found = self._view.document(document)
            self._known[document] = found is not None and self._told_by(found)
        return self._known[document]

    def _told_by(self, document: Document) -> bool:
        self._dates[document.id] = document.published
        published: Period | None = period_of(document.published)
        if document.kind is DocumentKind.CURATED or published is None:
            return True
        return published.first <= self._known_at.last


def facts_and_rejected(view: View) -> View:
    """Give a view of all but candidates: facts, and what people turned down, where it shows that.

    A store shows claims that were rejected where it is opened to show candidates.
    """
    return Filtered(view, lambda claim: claim.kind is not ClaimKind.CANDIDATE)


def _key(claim: Claim) -> tuple[str, str, str]:
    return claim.subject, claim.predicate, object_key(claim.object)

"""What of an entity is another one: names and documents, by the ids that documents use."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .naming import members

if TYPE_CHECKING:
    from ..graph.protocols import GraphStore
    from ..ontology.claim import Entity

__all__ = ["what_is_split"]

Parts = dict[str, dict[str, set[str]]]


def what_is_split(
    store: "GraphStore", entity: "Entity", new: str, names: Iterable[str], documents: Iterable[str]
) -> Parts:
    """Find what is split off.

    A split is about one id that documents use, and an entity may have several.

    Parameters
    ----------
    store : GraphStore
    entity : Entity
    new : str
        The id of the other one.
    names, documents : iterable of str
        As they were typed.

    Returns
    -------
    dict of str to dict
        For each id of the entity the ``names`` and ``documents`` that are the other one's.

    Raises
    ------
    DecisionError
        When the entity has no such name, or the document does not speak of it.
    NameLookupError
        When there is no such document, or several.
    """
    from ..graph.documents import find_document

    found: Parts = {}
    ids = members(store, entity.id) - {new}
    for text in names:
        for id, name in _spellings(entity, ids, text):
            _part(found, id, "names").add(name)
    for text in documents:
        document = find_document(store, text).id
        for id in _meant(store, entity, ids, document):
            _part(found, id, "documents").add(document)
    return dict(sorted(found.items()))


def _part(found: Parts, id: str, key: str) -> set[str]:
    return found.setdefault(id, {"names": set(), "documents": set()})[key]


def _spellings(entity: "Entity", ids: set[str], text: str) -> Iterable[tuple[str, str]]:
    from ..graph.errors import DecisionError
    from ..graph.identity.people import shared_id
    from ..ontology.identifiers import entity_id, name_key

    spelled = [name for name in entity.names if name_key(name) == name_key(text)]
    if not spelled:
        raise DecisionError(
            f"{entity.id} has no name {text!r}",
            hint=f"its names are {', '.join(entity.names)}",
        )
    if shared_id(entity.id) != entity.id:
        raise DecisionError(
            f"{entity.id} is one of several people who share their names",
            hint="say which documents mean the other one: --document ID",
        )
    for name in spelled:
        own = entity_id(entity.type, name)
        yield (own if own in ids else entity.id), name


def _meant(store: "GraphStore", entity: "Entity", ids: set[str], document: str) -> list[str]:
    """Give the ids by which a document speaks of the entity."""
    from ..graph.errors import DecisionError
    from ..graph.identity.people import shared_id

    extraction = store.original(document)
    # Documents name people without saying which of several they mean.
    named = {shared_id(id) for id in ids}
    meant = sorted(e.id for e in (extraction.entities if extraction else ()) if e.id in named)
    if not meant:
        raise DecisionError(
            f"the document {document} does not speak of {entity.id}",
            hint=f"see who does: modelkin show {entity.id}",
        )
    return meant

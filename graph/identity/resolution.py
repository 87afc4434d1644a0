"""What a document says, said of the things that its names are known to stand for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ...ontology.claim import Claim, ClaimKind, Entity, Extraction, Value, object_key
from .rules import Rules, Split

__all__ = ["Identities", "resolve"]


@dataclass(frozen=True, slots=True)
class Identities:
    """What is known when one document is resolved.

    Parameters
    ----------
    entity_of : callable
        Gives for an id the id of the thing that it is; the same one where nothing is known.
    rules : Rules
        Those of the store, with every id resolved except in splits, which are about what
        documents name.
    people : mapping of str to str
        For a person's id that several people share: the one whom this document means.
    """

    entity_of: Callable[[str], str]
    rules: Rules = field(default_factory=Rules)
    people: Mapping[str, str] = field(default_factory=dict)


def resolve(extraction: Extraction, known: Identities) -> Extraction:
    """Give the same document as said of the things that its entities are.

    A claim whose subject and object turn out to be one thing says nothing and is left out; what
    was decided not to hold becomes a claim of the kind `ClaimKind.REJECTED` without weight.

    Parameters
    ----------
    extraction : Extraction
        As it was read.
    known : Identities

    Returns
    -------
    Extraction
        The very same object where nothing changes.
    """
    ids: dict[str, str] = {}
    parts: list[Entity] = []
    for entity in extraction.entities:
        part = _part(entity, extraction.document.id, known)
        ids[entity.id] = part.id
        parts.append(part)
    entities = _united(parts, ids, known.rules)
    same = all(id == to for id, to in ids.items()) and tuple(entities) == extraction.entities
    if same and not known.rules.rejected:
        return extraction
    claims = [claim for claim in (_said(c, ids, known) for c in extraction.claims) if claim]
    resolved = Extraction.of(extraction.document, entities, claims)
    return extraction if resolved == extraction else resolved


def _part(entity: Entity, document: str, known: Identities) -> Entity:
    """Give the entity that a document means by one that it names, with the names that are its."""
    for split in known.rules.splits.get(entity.id, ()):
        if document in split.documents or entity.name in split.names:
            return Entity(known.entity_of(split.new), entity.type, entity.name, entity.aliases)
    gone = _gone(known.rules.splits.get(entity.id, ()))
    names = [name for name in entity.aliases if name not in gone]
    node = known.people.get(entity.id, entity.id)
    return Entity.of(known.entity_of(node), entity.type, entity.name, names)


def _gone(splits: tuple[Split, ...]) -> set[str]:
    return {name for split in splits for name in split.names}


def _united(parts: list[Entity], ids: Mapping[str, str], rules: Rules) -> list[Entity]:
    """Give one entity for each id, shown as decided, else as what had the id itself shows it."""
    groups: dict[str, list[tuple[str, Entity]]] = {}
    for raw, part in zip(ids, parts, strict=True):
        groups.setdefault(part.id, []).append((raw, part))
    entities = []
    for id, group in sorted(groups.items()):
        group.sort(key=lambda pair: (pair[0] != id, pair[0]))
        first = group[0][1]
        names = [name for _, part in group for name in part.names]
        names += rules.aliases.get(id, ())
        entities.append(Entity.of(id, first.type, rules.renames.get(id, first.name), names))
    return entities


def _said(claim: Claim, ids: Mapping[str, str], known: Identities) -> Claim | None:
    subject = ids[claim.subject]
    object = claim.object if isinstance(claim.object, Value) else ids[claim.object]
    if subject == object:
        return None
    rejected = (subject, claim.predicate, object_key(object)) in known.rules.rejected
    if (subject, object) == (claim.subject, claim.object) and not rejected:
        return claim
    return Claim.of(
        subject,
        claim.predicate,
        object,
        claim.evidence,
        qualifiers=dict(claim.qualifiers),
        extractor=claim.extractor,
        confidence=0.0 if rejected else claim.confidence,
        kind=ClaimKind.REJECTED if rejected else claim.kind,
    )

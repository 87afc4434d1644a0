"""What a system found in a document, in the form that is scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ...ontology.claim import ClaimKind, qualifiers_of
from .gold import GoldAttribute, GoldEntity, GoldRelation

__all__ = ["Annotated", "Reading"]


class Annotated(Protocol):
    """What can be compared: annotations of people, or findings of a system."""

    @property
    def entities(self) -> tuple[GoldEntity, ...]:
        """The named things."""
        ...

    @property
    def relations(self) -> tuple[GoldRelation, ...]:
        """The relations between them."""
        ...

    @property
    def attributes(self) -> tuple[GoldAttribute, ...]:
        """Their values."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What a system found in a document.

    Parameters
    ----------
    entities : tuple of GoldEntity
    relations : tuple of GoldRelation
    attributes : tuple of GoldAttribute
    relation_confidences, attribute_confidences : tuple of float
        How sure the system is of each, in their order; empty when it does not say.
    """

    entities: tuple[GoldEntity, ...] = ()
    relations: tuple[GoldRelation, ...] = ()
    attributes: tuple[GoldAttribute, ...] = ()
    relation_confidences: tuple[float, ...] = ()
    attribute_confidences: tuple[float, ...] = ()

    @classmethod
    def of(cls, record: Mapping[str, Any], *, candidates: bool = False) -> "Reading":
        """Take what `gold_shape` gives.

        Parameters
        ----------
        record : mapping
        candidates : bool
            Whether claims that are mere candidates count too, where the record has them.

        Examples
        --------
        >>> Reading.of({"entities": [{"id": "m", "type": "Model", "name": "Falcon"}]}).entities
        (GoldEntity(id='m', type='Model', name='Falcon', names=('Falcon',)),)
        """
        relations = _claims(record, "relations", candidates)
        attributes = _claims(record, "attributes", candidates)
        return cls(
            entities=tuple(
                GoldEntity(
                    str(e["id"]),
                    str(e["type"]),
                    str(e["name"]),
                    tuple(map(str, e.get("names") or [e["name"]])),
                )
                for e in record.get("entities") or []
            ),
            relations=tuple(
                GoldRelation(
                    str(r["subject"]),
                    str(r["predicate"]),
                    str(r["object"]),
                    qualifiers_of(r.get("qualifiers") or {}),
                    str(r.get("evidence") or ""),
                )
                for r in relations
            ),
            attributes=tuple(
                GoldAttribute(
                    str(a["subject"]),
                    str(a["attribute"]),
                    str(a["value"]),
                    str(a.get("evidence") or ""),
                )
                for a in attributes
            ),
            relation_confidences=_confidences(relations),
            attribute_confidences=_confidences(attributes),
        )


def _claims(record: Mapping[str, Any], part: str, candidates: bool) -> Sequence[Mapping[str, Any]]:
    claims: Sequence[Mapping[str, Any]] = record.get(part) or []
    return [c for c in claims if candidates or c.get("kind") != ClaimKind.CANDIDATE]


def _confidences(claims: Sequence[Mapping[str, Any]]) -> tuple[float, ...]:
    """Give the confidences when every claim has one."""
    given = [claim.get("confidence") for claim in claims]
    return tuple(float(c) for c in given if c is not None) if None not in given else ()

"""Entities, claims about them, and the statements that claims add up to."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from typing import Self

from .document import Document, Span, normalise_text
from .errors import InvariantError
from .terms import EntityType

__all__ = [
    "Claim",
    "ClaimKind",
    "Entity",
    "Extraction",
    "Qualifiers",
    "Refusal",
    "Statement",
    "Value",
    "object_key",
    "qualifiers_of",
]

Qualifiers = tuple[tuple[str, str], ...]
"""Key-value pairs, sorted, each key once: ``(("method", "finetune"),)``."""


class ClaimKind(StrEnum):
    """Where a claim comes from, and whether it counts as a fact.

    Claims are shown in this order: what articles say, what is curated, what is doubtful, what
    was turned down.
    """

    EXTRACTED = "extracted"
    """Read from an article."""
    CURATED = "curated"
    """Curated with the package."""
    CANDIDATE = "candidate"
    """Read from an article, and too doubtful to count as a fact."""
    REJECTED = "rejected"
    """Said somewhere, and turned down by a person's decision."""

    @property
    def is_fact(self) -> bool:
        """Whether it counts as a fact.

        Examples
        --------
        >>> [kind.value for kind in ClaimKind if kind.is_fact]
        ['extracted', 'curated']
        """
        return self is ClaimKind.EXTRACTED or self is ClaimKind.CURATED

    @property
    def place(self) -> int:
        """The place in the order in which claims are shown.

        Examples
        --------
        >>> sorted(["candidate", "extracted", "curated"], key=lambda k: ClaimKind(k).place)
        ['extracted', 'curated', 'candidate']
        """
        return _PLACES[self]


_PLACES = {kind: place for place, kind in enumerate(ClaimKind)}

_KIND = attrgetter("kind")


def qualifiers_of(pairs: Mapping[str, str]) -> Qualifiers:
    """Give qualifiers in their one order.

    Examples
    --------
    >>> qualifiers_of({"size": "70B", "method": "finetune"})
    (('method', 'finetune'), ('size', '70B'))
    """
    return tuple(sorted((k, normalise_text(v)) for k, v in pairs.items()))


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing.

    Parameters
    ----------
    id : str
        See `modelkin.ontology.identifiers.entity_id`.
    type : EntityType
        One of the ontology's entity types.
    name : str
        The name shown to people, as written.
    aliases : tuple of str
        Every other name, sorted, as written; never holds `name`.

    Examples
    --------
    >>> Entity.of("model/llama-2", EntityType.MODEL, "Llama 2", ["Llama2", "Llama 2"]).aliases
    ('Llama2',)
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()

    @classmethod
    def of(cls, id: str, type: EntityType, name: str, names: Iterable[str] = ()) -> Self:
        """Make an entity; `names` may hold `name` and may repeat itself."""
        name = normalise_text(name)
        aliases = {normalise_text(n) for n in names} - {name}
        return cls(id, type, name, tuple(sorted(aliases)))

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.id:
            raise InvariantError(
                f"an entity needs an id and a name, not {self.id!r}, {self.name!r}"
            )

    @property
    def names(self) -> tuple[str, ...]:
        """The name, then the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Value:
    """The object of an attribute claim.

    Parameters
    ----------
    lexical : str
        The value as text, in its normal form (``7B``, ``2023-07``, ``open``).
    datatype : str
        ``string``, ``integer`` or ``date``; ``date`` may be a year or a year and a month.
    """

    lexical: str
    datatype: str = "string"


def object_key(object: "str | Value") -> str:
    """Give one text that stands for an object: the entity's id, or the value and its type.

    Examples
    --------
    >>> object_key("model/llama-2"), object_key(Value("7B"))
    ('model/llama-2', '"7B"^^string')
    """
    if isinstance(object, Value):
        return f"{json.dumps(object.lexical, ensure_ascii=False)}^^{object.datatype}"
    return object


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence says. Make one with `Claim.of`.

    Parameters
    ----------
    id : str
        32 hexadecimal digits: a hash of subject, predicate, object, qualifiers, document and
        span, so that reading a document again gives the same claims.
    subject : str
        The id of an entity.
    predicate : str
        A predicate or attribute of the ontology (``derivedFrom``, ``parameters``).
    object : str or Value
        The id of an entity, or the value of an attribute.
    qualifiers : tuple of (str, str)
        Sorted pairs: ``method``, ``relation``, ``role``, ``size`` …
    evidence : Span
        The words that say it.
    extractor : str
        The rule or model that read it, with its version.
    confidence : float
        Between 0 and 1.
    kind : ClaimKind
        Extracted from an article, curated, a mere candidate, or rejected. It is no part of the
        id: what a sentence says is the same claim however sure the reader is.
    """

    id: str
    subject: str
    predicate: str
    object: str | Value
    qualifiers: Qualifiers
    evidence: Span
    extractor: str
    confidence: float
    kind: ClaimKind = ClaimKind.EXTRACTED

    @classmethod
    def of(
        cls,
        subject: str,
        predicate: str,
        object: str | Value,
        evidence: Span,
        *,
        qualifiers: Mapping[str, str] | None = None,
        extractor: str,
        confidence: float,
        kind: ClaimKind = ClaimKind.EXTRACTED,
    ) -> Self:
        """Make a claim and its id.

        Raises
        ------
        InvariantError
            When the confidence is not between 0 and 1, or subject and object are the same.
        """
        pairs = qualifiers_of(qualifiers or {})
        if isinstance(object, Value):
            object = Value(normalise_text(object.lexical), object.datatype)
        content = [
            subject,
            str(predicate),
            object_key(object),
            pairs,
            evidence.document,
            evidence.start,
            evidence.end,
        ]
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        id = hashlib.sha256(text.encode()).hexdigest()[:32]
        return cls(
            id, subject, str(predicate), object, pairs, evidence, extractor, confidence, kind
        )

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise InvariantError(f"confidence must lie between 0 and 1, not {self.confidence}")
        if self.subject == self.object:
            raise InvariantError(f"a claim needs two ends: {self.subject} {self.predicate} itself")


@dataclass(frozen=True, slots=True)
class Statement:
    """One edge of the graph: what all claims of the same subject, predicate and object add up to.

    It counts its claims and does not hold them, so that walking a million edges loads no quotes;
    ask the store for the claims of a statement.

    Parameters
    ----------
    subject, predicate, object
        As in `Claim`.
    methods : tuple of str
        The ``method`` (derivedFrom) or ``relation`` (comparableTo) qualifiers that the claims
        give, the best supported first; ``unspecified`` only where no claim says more.
    claims : int
        How many claims say it.
    curated : int
        How many of them are curated.
    confidence : float
        All claims taken together, between 0 and 1.
    first_stated, last_stated : str or None
        ISO dates of the earliest and latest dated document among the claims'.
    candidates : int
        How many of the claims are candidates or rejected; 0 where those are not asked for.
    """

    subject: str
    predicate: str
    object: str | Value
    methods: tuple[str, ...] = ()
    claims: int = 1
    curated: int = 0
    confidence: float = 1.0
    first_stated: str | None = None
    last_stated: str | None = None
    candidates: int = 0

    @property
    def method(self) -> str | None:
        """The best supported method, or None."""
        return self.methods[0] if self.methods else None


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """Something that was read and is kept out of the graph.

    Parameters
    ----------
    reason : str
        Why, naming what it says.
    extractor : str
        Who read it.
    claim : str
        The id of the claim, empty where it never became one.
    """

    reason: str
    extractor: str
    claim: str = ""

    @classmethod
    def of(cls, claim: Claim, reason: str) -> Self:
        """Make the refusal of a claim."""
        return cls(reason, claim.extractor, claim.id)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document says: the unit of write, all or nothing.

    Parameters
    ----------
    document : Document
        The text.
    entities : tuple of Entity
        What it names, each with the names that the text uses, sorted by id.
    claims : tuple of Claim
        What it says, sorted by id.
    refused : tuple of Refusal
        What was read in it and is kept out; no part of what the document says.

    Raises
    ------
    InvariantError
        When a claim quotes another document or names an entity that is not listed.
    """

    document: Document
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = field(default=())
    refused: tuple[Refusal, ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def of(cls, document: Document, entities: Iterable[Entity], claims: Iterable[Claim]) -> Self:
        """Make an extraction; sorts, and drops claims that are there twice.

        Of a claim that is there twice the last stands, and a fact before a candidate.
        """
        given = list(claims)
        if not {ClaimKind.EXTRACTED, ClaimKind.CURATED}.issuperset(map(_KIND, given)):
            given.sort(key=lambda claim: claim.kind.is_fact)
        by_id = {claim.id: claim for claim in given}
        return cls(
            document,
            tuple(sorted(entities, key=lambda entity: entity.id)),
            tuple(by_id[id] for id in sorted(by_id)),
        )

    def __post_init__(self) -> None:
        known = {entity.id for entity in self.entities}
        if len(known) != len(self.entities):
            raise InvariantError(f"document {self.document.id} lists an entity twice")
        for claim in self.claims:
            claim.evidence.check(self.document)
            ends = [claim.subject] + ([] if isinstance(claim.object, Value) else [claim.object])
            for end in ends:
                if end not in known:
                    raise InvariantError(
                        f"claim {claim.id} names {end}, which the extraction does not list"
                    )

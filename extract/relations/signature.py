"""Which types of entities each predicate joins."""

from ...ontology.terms import EntityType, Predicate

__all__ = ["SIGNATURES", "fits"]

_MODEL = frozenset({EntityType.MODEL})
_ORGANIZATION = frozenset({EntityType.ORGANIZATION})

SIGNATURES: dict[Predicate, tuple[frozenset[EntityType], frozenset[EntityType]]] = {
    Predicate.AFFILIATED_WITH: (frozenset({EntityType.PERSON}), _ORGANIZATION),
    Predicate.APPLIES_TO: (
        frozenset({EntityType.MODEL, EntityType.PRODUCT}),
        frozenset({EntityType.DOMAIN}),
    ),
    Predicate.COMPARABLE_TO: (_MODEL, _MODEL),
    Predicate.DERIVED_FROM: (_MODEL, _MODEL),
    Predicate.DEVELOPED_BY: (
        frozenset({EntityType.MODEL, EntityType.PRODUCT, EntityType.DATASET, EntityType.PLATFORM}),
        frozenset({EntityType.ORGANIZATION, EntityType.PERSON}),
    ),
    Predicate.EVALUATED_ON: (_MODEL, frozenset({EntityType.BENCHMARK})),
    Predicate.HOSTED_ON: (
        frozenset({EntityType.MODEL, EntityType.DATASET}),
        frozenset({EntityType.PLATFORM}),
    ),
    Predicate.OPERATES: (_ORGANIZATION, frozenset({EntityType.PLATFORM})),
    Predicate.POWERED_BY: (frozenset({EntityType.PRODUCT}), _MODEL),
    Predicate.RELEASED_UNDER: (
        frozenset({EntityType.MODEL, EntityType.DATASET}),
        frozenset({EntityType.LICENSE}),
    ),
    Predicate.SUCCEEDS: (_MODEL, _MODEL),
    Predicate.TRAINED_ON: (_MODEL, frozenset({EntityType.DATASET})),
    Predicate.USES_TECHNIQUE: (_MODEL, frozenset({EntityType.TECHNIQUE})),
    Predicate.VARIANT_OF: (_MODEL, _MODEL),
}


def fits(subject: EntityType | None, predicate: Predicate, object: EntityType | None) -> bool:
    """Whether the predicate may join these types.

    Examples
    --------
    >>> fits(EntityType.MODEL, Predicate.DERIVED_FROM, EntityType.MODEL)
    True
    >>> fits(EntityType.MODEL, Predicate.DERIVED_FROM, EntityType.PRODUCT)
    False
    """
    subjects, objects = SIGNATURES[predicate]
    return subject in subjects and object in objects

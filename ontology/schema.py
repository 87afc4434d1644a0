"""What may be said: claims checked against the terms, and the terms as other systems name them."""

import re
from collections.abc import Iterable
from datetime import date

from .claim import Claim, Value
from .errors import InvariantError
from .terms import (
    ALLOWED_VALUES,
    DATATYPES,
    DATED,
    LABELS,
    NAMESPACE,
    OBJECT_TYPES,
    PATTERNS,
    QUALIFIERS,
    REQUIRED_QUALIFIERS,
    SUBJECT_TYPES,
    VALUE_LABELS,
    Attribute,
    Datatype,
    EntityType,
    Predicate,
    Qualifier,
)

__all__ = [
    "allowed",
    "check_claim",
    "check_value",
    "concept_iri",
    "edge_type",
    "ends_first",
    "graph_label",
    "label",
    "term_iri",
]

_DATE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    r"|--(?P<yearless_month>[0-9]{2})(?:-(?P<yearless_day>[0-9]{2}))?"
)
_INTEGER = re.compile(r"[1-9][0-9]*")
# A leap year, so that --02-29 is a day.
_ANY_YEAR = 2000


def allowed(
    subject_type: EntityType, predicate: str, object_type: EntityType | None = None
) -> bool:
    """Tell whether the ontology lets the predicate join these types.

    Parameters
    ----------
    subject_type : EntityType
        The type of the subject.
    predicate : str
        A predicate or an attribute; anything else is never allowed.
    object_type : EntityType or None
        The type of the object; None for the value of an attribute.

    Examples
    --------
    >>> allowed(EntityType.MODEL, "derivedFrom", EntityType.MODEL)
    True
    >>> allowed(EntityType.MODEL, "derivedFrom", EntityType.LICENSE)
    False
    >>> allowed(EntityType.MODEL, "parameters")
    True
    """
    if subject_type not in SUBJECT_TYPES.get(predicate, ()):
        return False
    if object_type is None:
        return predicate in DATATYPES
    return object_type in OBJECT_TYPES.get(predicate, ())


def check_claim(
    claim: Claim, subject_type: EntityType, object_type: EntityType | None = None
) -> None:
    """Check a claim against the ontology.

    Parameters
    ----------
    claim : Claim
        The claim.
    subject_type : EntityType
        The type of its subject.
    object_type : EntityType or None
        The type of its object; None when the object is a value.

    Raises
    ------
    InvariantError
        Naming the first thing that is wrong: an unknown predicate, types that it does not join,
        a value outside the vocabulary or form, a qualifier that is unknown, missing or malformed.

    Examples
    --------
    >>> from modelkin.ontology.document import Document
    >>> span = Document.of("Meta made Llama 2.", lang="en").span(0, 18)
    >>> claim = Claim.of("model/llama-2", "developedBy", "organization/meta", span,
    ...                  extractor="example", confidence=1.0)
    >>> check_claim(claim, EntityType.MODEL, EntityType.ORGANIZATION)
    >>> try:
    ...     check_claim(claim, EntityType.MODEL, EntityType.LICENSE)
    ... except InvariantError as error:
    ...     print(error)
    developedBy does not point at License: model/llama-2 developedBy organization/meta
      next: it points at Organization, Person
    """
    predicate = claim.predicate
    said = f"{claim.subject} {predicate} {_object_text(claim)}"
    if predicate not in SUBJECT_TYPES:
        raise InvariantError(
            f"unknown predicate {predicate!r}: {said}", hint=f"known: {_list(SUBJECT_TYPES)}"
        )
    if subject_type not in SUBJECT_TYPES[predicate]:
        raise InvariantError(
            f"{predicate} is not said of {subject_type}: {said}",
            hint=f"it is said of {_list(SUBJECT_TYPES[predicate])}",
        )
    if isinstance(claim.object, Value):
        if predicate not in DATATYPES:
            raise InvariantError(
                f"{predicate} points at an entity, not at a value: {said}",
                hint=f"it points at {_list(OBJECT_TYPES[predicate])}",
            )
        check_value(Attribute(predicate), claim.object)
    elif predicate in DATATYPES:
        raise InvariantError(
            f"{predicate} has a value, not an entity: {said}", hint="make the object a Value"
        )
    elif object_type not in OBJECT_TYPES[predicate]:
        raise InvariantError(
            f"{predicate} does not point at {object_type or 'a thing without a type'}: {said}",
            hint=f"it points at {_list(OBJECT_TYPES[predicate])}",
        )
    _check_qualifiers(claim, said)


def check_value(attribute: Attribute, value: Value) -> None:
    """Check the value of an attribute: its datatype, vocabulary and form.

    Raises
    ------
    InvariantError
        When the attribute cannot have the value.

    Examples
    --------
    >>> check_value(Attribute.PARAMETERS, Value("8x7B"))
    >>> try:
    ...     check_value(Attribute.OPENNESS, Value("ajar"))
    ... except InvariantError as error:
    ...     print(error)
    openness cannot be 'ajar'
      next: one of closed, open, restricted
    """
    datatype = DATATYPES[attribute]
    if value.datatype != datatype:
        raise InvariantError(
            f"{attribute} has values of datatype {datatype}, not {value.datatype}: "
            f"{value.lexical!r}"
        )
    if datatype is Datatype.DATE and not _is_date(value.lexical):
        raise InvariantError(
            f"{attribute} cannot be {value.lexical!r}",
            hint="write 2023-07-18, 2023-07, 2023, --07-18 or --07",
        )
    if datatype is Datatype.INTEGER and not _INTEGER.fullmatch(value.lexical):
        raise InvariantError(
            f"{attribute} cannot be {value.lexical!r}",
            hint="write a whole number above 0, without leading zeros",
        )
    _check_text(attribute, value.lexical)


def _check_qualifiers(claim: Claim, said: str) -> None:
    given = dict(claim.qualifiers)
    for missing in REQUIRED_QUALIFIERS.get(claim.predicate, ()):
        if missing not in given:
            raise InvariantError(
                f"{claim.predicate} needs the qualifier {missing}: {said}",
                hint=f"one of {_list(ALLOWED_VALUES[missing])}",
            )
    for key, value in claim.qualifiers:
        if key not in QUALIFIERS[claim.predicate]:
            raise InvariantError(
                f"{claim.predicate} has no qualifier {key!r}: {said}",
                hint=f"it has {_list(QUALIFIERS[claim.predicate])}",
            )
        if not value.strip():
            raise InvariantError(f"the qualifier {key} is empty: {said}")
        if key in DATED and not (_is_date(value) and value[0] != "-"):
            raise InvariantError(
                f"{key} cannot be {value!r}: {said}", hint="write 2023-07-18, 2023-07 or 2023"
            )
        _check_text(key, value)
    since, until = (given.get(q, "") for q in (Qualifier.VALID_FROM, Qualifier.VALID_UNTIL))
    if since and until and ends_first(since, until):
        raise InvariantError(f"the period from {since} to {until} ends before it begins: {said}")


def ends_first(since: str, until: str) -> bool:
    """Tell whether a period ends before it begins.

    Examples
    --------
    >>> ends_first("2023-07", "2022"), ends_first("2023-07", "2023")
    (True, False)
    """
    # Dates are as precise as they are: 2023-07 to 2023 is a period.
    return since[: len(until)] > until[: len(since)]


def _check_text(term: str, text: str) -> None:
    if term in ALLOWED_VALUES and text not in ALLOWED_VALUES[term]:
        raise InvariantError(
            f"{term} cannot be {text!r}", hint=f"one of {_list(ALLOWED_VALUES[term])}"
        )
    if term in PATTERNS and not re.fullmatch(PATTERNS[term], text):
        raise InvariantError(
            f"{term} cannot be {text!r}", hint="write 7B, 1.5B, 8x7B, 350M, ~100B or >100B"
        )


def _is_date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    year = match["year"] or _ANY_YEAR
    month = match["month"] or match["yearless_month"] or 1
    day = match["day"] or match["yearless_day"] or 1
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _object_text(claim: Claim) -> str:
    return repr(claim.object.lexical) if isinstance(claim.object, Value) else claim.object


def _list(items: Iterable[str]) -> str:
    return ", ".join(items)


def graph_label(type: EntityType) -> str:
    """Give the node label of a type in a property graph.

    Examples
    --------
    >>> graph_label(EntityType.MODEL)
    'Model'
    """
    return type.value


def edge_type(predicate: Predicate | str) -> str:
    """Give the relationship type of a predicate in a property graph.

    Examples
    --------
    >>> edge_type(Predicate.DERIVED_FROM), edge_type("operates")
    ('DERIVED_FROM', 'OPERATES')
    """
    return re.sub(r"(?=[A-Z])", "_", Predicate(predicate).value).upper()


def term_iri(term: str) -> str:
    """Give the address of a type, predicate, attribute or qualifier.

    Examples
    --------
    >>> term_iri(Predicate.DERIVED_FROM)
    'https://w3id.org/modelkin/ontology#derivedFrom'
    """
    return NAMESPACE + str(term)


def concept_iri(term: str, value: str) -> str:
    """Give the address of one of the allowed values of an attribute or qualifier.

    Examples
    --------
    >>> concept_iri("method", "finetune")
    'https://w3id.org/modelkin/ontology#method-finetune'
    """
    return f"{NAMESPACE}{term}-{value}"


def label(term: str, lang: str = "en", *, of: str | None = None) -> str:
    """Give what people call a term.

    Parameters
    ----------
    term : str
        A type, predicate, attribute, qualifier, method or comparison; or, with `of`, a value.
    lang : str
        ``en`` or ``zh``.
    of : str or None
        The attribute that has the value. A value without a label of its own is given as it is.

    Examples
    --------
    >>> label("derivedFrom", "zh"), label("finetune"), label("open", "zh", of="openness")
    ('派生自', 'fine-tuning', '开源')
    >>> label("7B", "zh", of="parameters")
    '7B'
    """
    if of is None:
        return LABELS[term][lang]
    labels = VALUE_LABELS.get(of, {}).get(term)
    return term if labels is None else labels[lang]

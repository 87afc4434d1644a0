"""From what the rules read to findings, one a fact and sentence."""

from collections.abc import Iterable

from ...ontology.claim import Value
from ...ontology.terms import Attribute
from ..mention import Finding
from ..relations.confidence import LEAST, confidence
from .draft import Draft

__all__ = ["settle"]

_LONGEST = 400
_DATATYPES = {Attribute.RELEASE_DATE: "date", Attribute.CONTEXT_LENGTH: "integer"}


def settle(drafts: Iterable[Draft]) -> list[Finding]:
    """Turn drafts into findings."""
    best: dict[tuple[str, str, str, int], Finding] = {}
    for draft in drafts:
        trust = confidence(draft.rule)
        if trust < LEAST:
            continue
        finding = Finding(
            draft.subject,
            str(draft.attribute),
            Value(draft.value, _DATATYPES.get(draft.attribute, "string")),
            draft.start,
            min(draft.end, draft.start + _LONGEST),
            draft.rule,
            trust,
        )
        key = (draft.subject, str(draft.attribute), draft.value, draft.start)
        other = best.get(key)
        if other is None or trust > other.confidence:
            best[key] = finding
    return sorted(
        best.values(), key=lambda f: (f.start, f.end, f.subject, f.predicate, str(f.object), f.rule)
    )

"""From what the rules read to findings, one a fact and sentence."""

from collections.abc import Iterable

from ...ontology.claim import Value
from ...ontology.terms import DATATYPES
from ..mention import LONGEST_EVIDENCE, Finding
from ..relations.confidence import LEAST, confidence
from .draft import Draft

__all__ = ["settle"]


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
            Value(draft.value, DATATYPES[draft.attribute].value),
            draft.start,
            min(draft.end, draft.start + LONGEST_EVIDENCE),
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

"""From what the rules read to findings: evidence, confidence, one finding a fact and sentence."""

import re
from collections.abc import Iterable

from ...ontology.terms import Predicate
from ..discourse import Reading
from ..mention import Finding
from .confidence import LEAST, confidence
from .derived import method_of
from .draft import Draft

__all__ = ["settle"]

_LONGEST = 400


def settle(reading: Reading, drafts: Iterable[Draft]) -> list[Finding]:
    """Turn drafts into findings."""
    best: dict[tuple[str, str, str, int], Finding] = {}
    seen: list[Finding] = []
    for draft in drafts:
        finding = _finding(reading, draft)
        if finding.confidence < LEAST:
            continue
        seen.append(finding)
    derived = {(f.subject, f.object) for f in seen if f.predicate == Predicate.DERIVED_FROM}
    for finding in seen:
        if (
            finding.predicate == Predicate.VARIANT_OF
            and (finding.subject, finding.object) in derived
        ):
            continue
        key = (finding.subject, finding.predicate, str(finding.object), finding.start // 1)
        other = best.get(key)
        if other is None or finding.confidence > other.confidence:
            best[key] = finding
    return sorted(
        best.values(),
        key=lambda f: (f.start, f.end, f.subject, f.predicate, str(f.object), f.rule),
    )


def _finding(reading: Reading, draft: Draft) -> Finding:
    start, end = draft.start, min(draft.end, draft.start + _LONGEST)
    qualifiers = draft.qualifiers
    if draft.predicate is Predicate.DERIVED_FROM and not qualifiers:
        words = reading.text[max(0, start - 4) : end + 30]
        words = re.split(r"[。！？!?；;\n]|\.\s", words[: len(words)])[0] if False else words
        qualifiers = (("method", str(method_of(words.lower()))),)
    return Finding(
        draft.subject,
        str(draft.predicate),
        draft.object,
        start,
        end,
        draft.rule,
        confidence(draft.rule),
        tuple(sorted(qualifiers)),
    )

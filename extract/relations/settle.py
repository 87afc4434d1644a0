"""From what the rules read to findings: evidence, confidence, one finding a fact and sentence."""

from collections.abc import Iterable

from ...ontology.terms import Predicate
from ..discourse import Reading
from ..mention import LONGEST_EVIDENCE, Finding
from .confidence import LEAST, confidence
from .draft import Draft

__all__ = ["settle"]


def settle(reading: Reading, drafts: Iterable[Draft]) -> list[Finding]:
    """Turn drafts into findings."""
    best: dict[tuple[str, str, str, int], Finding] = {}
    seen: list[tuple[Draft, Finding]] = []
    for draft in drafts:
        finding = _finding(reading, draft)
        if finding.confidence < LEAST:
            continue
        if _says_less_than_name(reading, finding):
            continue
        seen.append((draft, finding))
    derived = {(f.subject, f.object) for _, f in seen if f.predicate == Predicate.DERIVED_FROM}
    for draft, finding in seen:
        if (
            finding.predicate == Predicate.VARIANT_OF
            and (finding.subject, finding.object) in derived
        ):
            continue
        place = draft.sentence if draft.sentence >= 0 else -finding.start - 1
        key = (finding.subject, finding.predicate, str(finding.object), place)
        other = best.get(key)
        if other is None or finding.confidence > other.confidence:
            best[key] = finding
    return sorted(
        best.values(),
        key=lambda f: (f.start, f.end, f.subject, f.predicate, str(f.object), f.rule),
    )


def _finding(reading: Reading, draft: Draft) -> Finding:
    start, end = draft.start, min(draft.end, draft.start + LONGEST_EVIDENCE)
    return Finding(
        draft.subject,
        str(draft.predicate),
        draft.object,
        start,
        end,
        draft.rule,
        confidence(draft.rule),
        tuple(sorted(draft.qualifiers)),
    )


def _says_less_than_name(reading: Reading, finding: Finding) -> bool:
    """Whether a derivation without a method only repeats that one name continues the other."""
    return (
        finding.predicate == Predicate.DERIVED_FROM
        and ("method", "unspecified") in finding.qualifiers
        and (
            finding.object in reading.family.parents(finding.subject)
            or reading.family.generations_apart(finding.subject, str(finding.object))
        )
        and not finding.rule.startswith(("card.", "table.", "derived.name"))
    )

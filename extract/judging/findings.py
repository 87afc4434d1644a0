"""What the judge decided, as findings with evidence and qualifiers."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...ontology.claim import Value
from ...ontology.terms import DATATYPES, Attribute, Comparison
from ..attributes import drafts_of as value_drafts_of
from ..attributes.draft import Draft as ValueDraft
from ..discourse import reading_of
from ..mention import LONGEST_EVIDENCE, Analysis, Finding
from ..relations import drafts_of
from ..relations.draft import Draft
from ..relations.method import method_of
from .judge import Verdict, settled
from .pairs import SAME_BLOCK
from .scene import VALUE, Scene

if TYPE_CHECKING:
    from ..models import Models

__all__ = ["judge_findings"]

RULE = "judge"
_BETTER = re.compile(
    r"超[过越]|优于|胜过|领先|击败|强于|高于|好于|超出|吊打|碾压|outperform|beat|surpass|exceed"
    r"|better|superior|ahead|outclass|top(?:s|ped|ping)\b|stronger|improv",
    re.IGNORECASE,
)
_NEAR = re.compile(r"接近|逼近|直逼|仅次于|close to|approach|near(?:s|ly|ing)?\b", re.IGNORECASE)
_FURTHER = 60  # characters around both names in which a method is looked for


def judge_findings(analysis: Analysis, models: "Models") -> list[Finding]:
    """Give what a text states, as the judge sees it.

    Doubtful names of which it says nothing are dropped.

    Parameters
    ----------
    analysis : Analysis
        With mentions that have entities; mentions of dropped entities are taken out of it.
    models : Models

    Returns
    -------
    list of Finding
        In the order of their evidence; what is not sure enough to be a fact is a candidate.
    """
    reading = reading_of(analysis)
    scene = Scene(reading)
    verdicts = models.judge.verdicts(scene, drafts_of(reading), value_drafts_of(reading))
    thresholds = models.judge.thresholds
    findings: list[Finding] = []
    used: set[str] = set()
    sure = {m.entity for m in analysis.mentions if m.score >= models.thresholds.get(m.type, 0.0)}
    for verdict in settled(verdicts, thresholds, sure):
        used.update((verdict.pair.subject, verdict.pair.object))
        fact = verdict.chance >= thresholds[verdict.predicate]["fact"]
        findings.extend(_findings(scene, verdict, candidate=not fact))
    analysis.mentions = [m for m in analysis.mentions if m.entity in sure or m.entity in used]
    return sorted(
        findings, key=lambda f: (f.start, f.end, f.subject, f.predicate, str(f.object), f.rule)
    )


def _findings(scene: Scene, verdict: Verdict, candidate: bool) -> Iterator[Finding]:
    """Give one finding for each sentence in which the rules read it, else one for the place."""
    pair, predicate = verdict.pair, verdict.predicate
    drafts = [d for d in pair.drafts if _says(d) == predicate]
    object: str | Value = pair.object
    if pair.object.startswith(VALUE):
        object = Value(scene.values[pair.object], DATATYPES[Attribute(predicate)].value)
    seen: set[int] = set()
    for draft in drafts:
        sentence = (
            draft.sentence if isinstance(draft, Draft) and draft.sentence >= 0 else draft.start
        )
        if sentence in seen:
            continue
        seen.add(sentence)
        relation = draft if isinstance(draft, Draft) else None
        yield Finding(
            relation.subject if relation else pair.subject,
            predicate,
            relation.object if relation else object,
            draft.start,
            min(draft.end, draft.start + LONGEST_EVIDENCE),
            draft.rule,
            verdict.chance,
            tuple(sorted(relation.qualifiers)) if relation else (),
            candidate,
        )
    if not drafts:
        start, end = _place(scene, verdict)
        yield Finding(
            pair.subject,
            predicate,
            object,
            start,
            end,
            RULE,
            verdict.chance,
            _qualifiers(scene, verdict, start, end),
            candidate,
        )


def _says(draft: Draft | ValueDraft) -> str:
    return str(draft.predicate if isinstance(draft, Draft) else draft.attribute)


def _place(scene: Scene, verdict: Verdict) -> tuple[int, int]:
    """The words from one name to the other, or those of the object where they stand apart."""
    place = verdict.pair.places[0]
    one, other = scene.spots[place.subject], scene.spots[place.object]
    start, end = min(one.start, other.start), max(one.end, other.end)
    if place.scope <= SAME_BLOCK and end - start <= LONGEST_EVIDENCE:
        return start, end
    return other.start, min(other.end, other.start + LONGEST_EVIDENCE)


def _qualifiers(
    scene: Scene, verdict: Verdict, start: int, end: int
) -> tuple[tuple[str, str], ...]:
    sentence = scene.sentences[verdict.pair.places[0].object]
    here = scene.reading.analysis.sentences[sentence]
    low = max(min(here.start, start), start - _FURTHER)
    words = scene.reading.text[low : min(max(here.end, end), end + _FURTHER)].casefold()
    if verdict.predicate == "derivedFrom":
        return (("method", str(method_of(words))),)
    if verdict.predicate == "comparableTo":
        relation = (
            Comparison.BETTER
            if _BETTER.search(words)
            else Comparison.NEAR
            if _NEAR.search(words)
            else Comparison.ON_PAR
        )
        return (("relation", str(relation)),)
    return ()

"""Decides which candidates are names, and of what."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from ..ontology.identifiers import name_key
from ..ontology.terms import EntityType
from .gazetteer import Hit, HitType
from .lexicon import left_out
from .mention import Mention
from .roles import decisive_role, role_scores

__all__ = ["decide", "known_candidates"]

_ACCEPT = 0.5
_WINDOW = 32
_LONGEST = 120  # characters of a name
# How far a name with several readings leans to each without any word around it.
_LEANING = {
    EntityType.ORGANIZATION: 0.50,
    EntityType.PLATFORM: 0.45,
    EntityType.MODEL: 0.47,
    EntityType.PRODUCT: 0.46,
    EntityType.BENCHMARK: 0.52,
    EntityType.TECHNIQUE: 0.40,
    EntityType.DATASET: 0.30,
    EntityType.LICENSE: 0.05,
    EntityType.PERSON: 0.40,
}
_SURE = {
    EntityType.PERSON: 0.95,
    EntityType.MODEL: 0.9,
    EntityType.BENCHMARK: 0.85,
    EntityType.DATASET: 0.65,
    EntityType.ORGANIZATION: 0.8,
}
_WEAK = {EntityType.PERSON: 0.6, EntityType.MODEL: 0.35, EntityType.DATASET: 0.45}
_WEAK_MODEL_OF_FOUR_LETTERS = 0.5
_SURE_NAME = 0.55
_COMPANY = 0.6
_DECISIVE = 0.96
_DECISIVE_VOTES = 4
_LISTED = re.compile(r"[\s`*]*(?:[、,，/&]|和|与|及|以及|, and|,? ?and|\|)[\s`*]*")
_HARDWARE = re.compile(
    r"\s*(?:[A-Z]{1,4}-?\d{3,4}|GPU|RTX|Jetson|芯片|显卡|处理器|chips?\b|hardware|GPUs|的?GPU|CUDA)"
)
_WEAK_OTHERWISE = 0.2


def known_candidates(text: str, hits: Iterable[Hit]) -> list[Mention]:
    """Give a candidate for each reading of each known name, scored by the words around it.

    Parameters
    ----------
    text : str
    hits : iterable of Hit
        Known names in it.
    """
    candidates: list[Mention] = []
    for hit in hits:
        if not hit.whole:
            continue
        before = text[max(0, hit.start - _WINDOW) : hit.start]
        roles = role_scores(before, text[hit.end : hit.end + _WINDOW])
        kinds = {t.type for t in hit.types}
        name = text[hit.start : hit.end]
        after = text[hit.end : hit.end + 12]
        if name.casefold() in left_out():
            continue
        if kinds & {EntityType.ORGANIZATION, EntityType.PERSON} and (
            _HARDWARE.match(after) or re.match(r"/[A-Za-z0-9]", after)
        ):
            continue
        scores = {
            reading.type: _score(reading, kinds, name, roles.get(reading.type, 0.0))
            for reading in reversed(hit.types)
            if reading.type is not EntityType.DOMAIN
        }
        if scores and not hit.types[0].weak:
            # The name is sure, only its kind is open: the likeliest kind stands for the name.
            likeliest = max(scores, key=lambda type: (scores[type], type))
            scores[likeliest] = max(scores[likeliest], _SURE_NAME)
        decisive = decisive_role(text[hit.end : hit.end + _WINDOW])
        if decisive and not hit.types[0].weak and decisive[0] in scores:
            scores[decisive[0]] = max(decisive[1], scores[decisive[0]])
        candidates.extend(
            Mention(hit.start, hit.end, type, "", "gazetteer", score)
            for type, score in scores.items()
        )
    return candidates


def _score(reading: HitType, kinds: set[EntityType], name: str, cue: float) -> float:
    """How sure one reading of a known name is, given the words around it."""
    if reading.weak:
        base = _WEAK.get(reading.type, _WEAK_OTHERWISE)
        if reading.type is EntityType.MODEL and len(name) > 3 and name[0].isupper():
            base = _WEAK_MODEL_OF_FOUR_LETTERS
    elif len(kinds) > 1:
        base = _LEANING.get(reading.type, 0.4)
        if reading.canonical == "MIT License":
            base = 0.55
        elif reading.type is EntityType.ORGANIZATION and EntityType.PLATFORM in kinds:
            base -= 0.1
    else:
        base = _SURE.get(reading.type, 0.8)
    return 1.0 - (1.0 - base) * (1.0 - min(cue, 0.9))


def decide(text: str, candidates: Iterable[Mention]) -> list[Mention]:
    """Keep one reading of each name that the document as a whole supports.

    Where candidates overlap the longer wins; spellings of one name (see `name_key`) vote for its
    type together.

    Parameters
    ----------
    text : str
    candidates : iterable of Mention

    Returns
    -------
    list of Mention
        Sorted, never overlapping; each with the type of its name and the score of the decision.

    Examples
    --------
    >>> model = Mention(0, 8, EntityType.MODEL, "", "shape", 0.9)
    >>> part = Mention(0, 4, EntityType.ORGANIZATION, "", "gazetteer", 0.8)
    >>> [m.type.value for m in decide("Qwen-72B", [model, part])]
    ['Model']
    """
    spans: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for candidate in _with_company(text, candidates):
        if candidate.end - candidate.start > _LONGEST:
            continue
        spans[candidate.start, candidate.end].append(candidate)
    votes: dict[str, dict[EntityType, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (start, end), readings in spans.items():
        best: dict[EntityType, float] = {}
        for reading in readings:
            doubt = 1.0 - best.get(reading.type, 0.0)
            best[reading.type] = 1.0 - doubt * (1.0 - reading.score)
        for type, score in best.items():
            votes[name_key(text[start:end])][type].append(score)
    verdicts = {key: _verdict(by_type) for key, by_type in votes.items()}
    chosen: list[Mention] = []
    for (start, end), readings in sorted(spans.items(), key=lambda i: (i[0][0], -i[0][1])):
        type, score = verdicts[name_key(text[start:end])]
        if score < _ACCEPT:
            continue
        source = max(readings, key=lambda r: (r.type is type, r.score, r.source)).source
        mention = Mention(start, end, type, "", source, round(min(score, 1.0), 4))
        while chosen and chosen[-1].end > start:
            if _stronger(chosen[-1], mention):
                break
            chosen.pop()
        else:
            chosen.append(mention)
    return chosen


def _with_company(text: str, candidates: Iterable[Mention]) -> list[Mention]:
    """Believe a doubtful name more where it stands in one list with sure names of its kind."""
    ordered = sorted(candidates, key=lambda c: (c.start, c.end, c.type))
    for step in (1, -1):
        # The last sure candidate of each type that was passed, on either side.
        sure: dict[EntityType, Mention] = {}
        for index in range(len(ordered))[::step]:
            candidate = ordered[index]
            other = sure.get(candidate.type)
            if candidate.score < _COMPANY and other:
                first, second = (other, candidate) if step == 1 else (candidate, other)
                gap = text[first.end : second.start] if first.end <= second.start else None
                if gap is not None and len(gap) <= 8 and _LISTED.fullmatch(gap):
                    score = 1.0 - (1.0 - candidate.score) * 0.5
                    candidate = ordered[index] = replace(candidate, score=score)
            if candidate.score >= _COMPANY:
                sure[candidate.type] = candidate
    return ordered


def _verdict(by_type: dict[EntityType, list[float]]) -> tuple[EntityType, float]:
    """The type with the most support; a name counts as often as its best two mentions."""

    def support(type: EntityType) -> float:
        return sum(
            score * (_DECISIVE_VOTES if score >= _DECISIVE else 1) for score in by_type[type]
        )

    winner = max(sorted(by_type), key=support)
    scores = sorted(by_type[winner], reverse=True)
    score = scores[0]
    if len(scores) > 1:
        score = 1.0 - (1.0 - score) * (1.0 - 0.3 * scores[1])
    return winner, score


def _stronger(one: Mention, other: Mention) -> bool:
    return (one.end - one.start, one.score) >= (other.end - other.start, other.score)

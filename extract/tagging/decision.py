"""Decides for a whole document which proposals are names, and of what."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ...ontology.identifiers import name_key
from ...ontology.terms import EntityType
from ..mention import Mention
from ..merge import repeat_mentions
from ..structure import BlockKind, Structure
from .features import Marks
from .tagger import Proposal

__all__ = ["Candidate", "candidates", "choose", "describe"]

_TYPES = tuple(EntityType)
_CJK = re.compile("[\u3400-\u9fff]")
_NEAR = 80  # characters that an overlapping name may begin before
_TABLE = (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER)
Span = tuple[int, int, float, bool]
"""Start, end, score, and whether it is part of the tagger's best reading."""


@dataclass(slots=True)
class Candidate:
    """One name of a document read as one type.

    Parameters
    ----------
    key : str
        The folded name, see `name_key`.
    type : EntityType
    spans : list of Span
        Where it stands.
    """

    key: str
    type: EntityType
    spans: list[Span] = field(default_factory=list)


def candidates(
    text: str, proposals: Iterable[Proposal], rules: Iterable[Mention]
) -> list[Candidate]:
    """Bring together what tagger and rules propose, by name and type.

    Parameters
    ----------
    text : str
    proposals : iterable of Proposal
        The tagger's.
    rules : iterable of Mention
        What the rules decided on.
    """
    found: dict[tuple[str, EntityType], Candidate] = {}
    for proposal in proposals:
        key = name_key(text[proposal.start : proposal.end])
        if key:
            candidate = found.setdefault((key, proposal.type), Candidate(key, proposal.type))
            candidate.spans.append((proposal.start, proposal.end, proposal.score, proposal.best))
    taken: dict[tuple[str, EntityType], set[tuple[int, int]]] = defaultdict(set)
    for at, candidate in found.items():
        taken[at].update(span[:2] for span in candidate.spans)
    for mention in rules:
        key = name_key(text[mention.start : mention.end])
        if not key:
            continue
        place = (mention.start, mention.end)
        if place not in taken[key, mention.type]:
            taken[key, mention.type].add(place)
            candidate = found.setdefault((key, mention.type), Candidate(key, mention.type))
            candidate.spans.append((*place, 0.0, False))
    return [found[key] for key in sorted(found)]


def describe(
    text: str,
    lang: str,
    structure: Structure,
    found: Sequence[Candidate],
    rules: Iterable[Mention],
    known: Marks,
) -> list[list[float]]:
    """Give what speaks for each candidate, as one row of figures.

    Parameters
    ----------
    text : str
    lang : str
    structure : Structure
        Of the same text.
    found : sequence of Candidate
    rules : iterable of Mention
        What the rules decided on.
    known : Marks
        Where known names stand.
    """
    ruled: dict[str, dict[EntityType, float]] = defaultdict(dict)
    for mention in rules:
        said = ruled[name_key(text[mention.start : mention.end])]
        said[mention.type] = max(said.get(mention.type, 0.0), mention.score)
    listed = {name_key(text[start:end]): label for start, end, label in known.spans}
    best = sorted(
        (start, end, score) for c in found for start, end, score, is_best in c.spans if is_best
    )
    starts = [span[0] for span in best]
    top: dict[str, dict[EntityType, float]] = defaultdict(dict)
    for candidate in found:
        top[candidate.key][candidate.type] = max(span[2] for span in candidate.spans)
    blocks = structure.blocks
    block_starts = [block.start for block in blocks]
    rows: list[list[float]] = []
    for candidate in found:
        spans, kind = candidate.spans, candidate.type
        count = len(spans)
        scores = sorted((span[2] for span in spans), reverse=True)
        chosen = sum(span[3] for span in spans)
        rule = ruled.get(candidate.key, {})
        label = listed.get(candidate.key, "")
        places = Counter(
            blocks[max(0, bisect_right(block_starts, span[0]) - 1)].kind if blocks else ""
            for span in spans
        )
        surface = text[spans[0][0] : spans[0][1]]
        inside, across = _rivals(spans, best, starts)
        rows.append(
            [
                _TYPES.index(kind),
                scores[0],
                sum(scores[:3]) / min(3, count),
                sum(scores),
                count,
                chosen,
                chosen / count,
                max((s for t, s in top[candidate.key].items() if t != kind), default=0.0),
                rule.get(kind, 0.0),
                max((s for t, s in rule.items() if t != kind), default=0.0),
                len(rule),
                label.startswith(kind[:3]),
                ("/" + kind[:3]) in ("/" + label),
                "?" in label,
                label.endswith("-"),
                bool(label),
                inside,
                across,
                len(candidate.key),
                sum(c.isdigit() for c in candidate.key),
                surface[0].isupper(),
                bool(_CJK.search(surface)),
                surface.isupper(),
                " " in surface,
                places[BlockKind.HEADING] / count,
                sum(places[t] for t in _TABLE) / count,
                places[BlockKind.LIST_ITEM] / count,
                places[BlockKind.FRONT_MATTER] / count,
                lang == "zh",
                len(top),
                min(span[0] for span in spans) / max(1, len(text)),
                len(blocks),
            ]
        )
    return rows


def _rivals(
    spans: Iterable[Span], best: Sequence[tuple[int, int, float]], starts: Sequence[int]
) -> tuple[float, float]:
    """How sure the tagger is of a longer name around one of the spans, and of another across."""
    inside = across = 0.0
    for start, end, _, _ in spans:
        at = bisect_right(starts, end) - 1
        while at >= 0 and starts[at] > start - _NEAR:
            other = best[at]
            if other[1] > start and other[:2] != (start, end):
                if other[0] <= start and other[1] >= end:
                    inside = max(inside, other[2])
                elif other[0] < end:
                    across = max(across, other[2])
            at -= 1
            if at < 0 or best[at][1] <= start:
                break
    return inside, across


def choose(
    text: str,
    found: Sequence[Candidate],
    chances: Sequence[float],
    thresholds: Mapping[str, float],
) -> list[Mention]:
    """Take the names that are likely enough, one type each, the longest at each place.

    Parameters
    ----------
    text : str
    found : sequence of Candidate
    chances : sequence of float
        That each is a name of its type.
    thresholds : mapping of str to float
        By type.

    Returns
    -------
    list of Mention
        In order, never overlapping, with every other place that uses a chosen name.
    """
    winners: dict[str, tuple[float, EntityType, float]] = {}
    for candidate, chance in zip(found, chances, strict=True):
        margin = chance - thresholds.get(candidate.type, 0.45)
        if margin >= 0 and margin > winners.get(candidate.key, (-1.0,))[0]:
            winners[candidate.key] = (margin, candidate.type, chance)
    wanted = sorted(
        {
            (-(end - start), -winners[candidate.key][2], start, end, candidate.key)
            for candidate in found
            if candidate.key in winners
            for start, end, _, _ in candidate.spans
        }
    )
    used = bytearray(len(text))
    mentions: list[Mention] = []
    for _, _, start, end, key in wanted:
        if not any(used[start:end]):
            used[start:end] = b"\1" * (end - start)
            _, type, chance = winners[key]
            mentions.append(Mention(start, end, type, "", "tagger", round(chance, 4)))
    return repeat_mentions(text, sorted(mentions, key=lambda mention: mention.start))

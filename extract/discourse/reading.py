"""One pass over an analysis that gives the rules what they ask for."""

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ...ontology.terms import EntityType
from ..mention import Analysis, Mention
from ..structure import Block, BlockKind
from .anaphora import find_anaphors
from .coordination import coordinate
from .names import Family
from .pattern import compile_pattern
from .topics import Topics
from .view import Slot, View, build_view

__all__ = ["Passage", "Reading", "reading_of"]

_MOST_SLOTS = 60
_MOST_NAMES = 200
_LONGEST = 1_000_000  # characters of a text whose passages are kept
_OWNER = compile_pattern(
    r"<org>(?:'s|s'|的|旗下的?|自家的?|自研的?|家的?|最新的?|推出的|发布的|开源的)?"
    "(?: own| new| latest| recent| flagship| proprietary| open[- ](?:source|"
    "weights?))? ?(?=<model|app>)"
)
_BOTH = re.compile(r"这?两|both|the two|these two", re.IGNORECASE)
_GENERATIONS = re.compile(
    r"(?:前|这)?两代的?\s?[\"“*`]*$|\b(?:both|two|the two) (?:generations|versions) of\s[\"*`]*$",
    re.IGNORECASE,
)
_LIKE_BEFORE = re.compile(r"(?:(?<![分种归品同])类|仿|山寨)\s?[\"“*`]*$")
_LIKE_BEHIND = re.compile(r"(?:-| )(?:like|style|class|level|type|esque)\b", re.IGNORECASE)
_STOP = re.compile(r"[。！？；]|[.!?]\s")
_SIZES = re.compile(
    r"\s*(?:、|/|,|，|和|与|及|and|&|or)\s*(?:and\s)?-?(\d+(?:\.\d+)?\s?[bB亿])(?![A-Za-z0-9.\-])"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence with its view.

    Parameters
    ----------
    index : int
        Of the sentence.
    start, end : int
        Offsets into the text.
    block : Block
    view : View
        With lists folded.
    flat : View
        The same without the makers right before names ("OpenAI's", "阿里的"), so that lists of
        models of many makers are folded too.
    """

    index: int
    start: int
    end: int
    block: Block
    view: View
    flat: View


class Reading:
    """What the rules know of a text: passages, types, names, topics.

    Parameters
    ----------
    analysis : Analysis
        Not changed.
    longest : int
        How many characters a text may have for its passages to be kept.
    """

    def __init__(self, analysis: Analysis, longest: int = _LONGEST) -> None:
        self.analysis = analysis
        self.given = analysis.mentions
        self.text = analysis.text
        self.lang = analysis.lang
        self.blocks = analysis.structure.blocks
        self._longest = longest
        self._folded: dict[EntityType, list[tuple[str, str]]] = {}
        self.types: dict[str, EntityType] = {}
        self.surfaces: dict[str, list[str]] = {}
        mentions: list[Mention] = []
        for mention in sorted(analysis.mentions, key=_place):
            if not 0 <= mention.start < mention.end <= len(self.text):
                continue
            self.types.setdefault(mention.entity, mention.type)
            surface = self.text[mention.start : mention.end]
            names = self.surfaces.setdefault(mention.entity, [])
            if surface not in names:
                names.append(surface)
            if not mentions or mention.start >= mentions[-1].end:
                mentions.append(mention)
        self.mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self.by_sentence: list[list[Mention]] = [
            self.mentions_between(s.start, s.end) for s in analysis.sentences
        ]
        self.topics = Topics(analysis, mentions, self.by_sentence)
        self.family = Family(self.surfaces, self.types)

    @property
    def passages(self) -> Iterable[Passage]:
        """The sentences with their views, in order; those of a long text are made anew each time.

        They take more memory than all else that is known of a text.
        """
        if len(self.text) > self._longest:
            return map(self._passage, range(len(self.analysis.sentences)))
        return self._kept

    @cached_property
    def _kept(self) -> list[Passage]:
        return [self._passage(index) for index in range(len(self.analysis.sentences))]

    def mentions_between(self, start: int, end: int) -> list[Mention]:
        """Give the mentions that lie inside a stretch."""
        low = bisect.bisect_left(self._starts, start)
        high = bisect.bisect_left(self._starts, end)
        return [mention for mention in self.mentions[low:high] if mention.end <= end]

    def _passage(self, index: int) -> Passage:
        sentence = self.analysis.sentences[index]
        block = self.blocks[sentence.block]
        slots = self._slots(index)
        view = coordinate(
            build_view(
                self.text,
                sentence.start,
                sentence.end,
                slots,
                self._hidden(sentence.start, sentence.end),
            )
        )
        several = len(view.groups) > 1
        owners = [found.span() for found in _OWNER.finditer(view.text)] if several else []
        flat = coordinate(view.without(owners)) if owners else view
        return Passage(index, sentence.start, sentence.end, block, view, flat)

    def view(self, start: int, end: int) -> View:
        """Give the view of any stretch, without pronouns."""
        slots = [
            Slot(m.start, m.end, m.type, (m.entity,)) for m in self.mentions_between(start, end)
        ]
        return coordinate(build_view(self.text, start, end, slots, self._hidden(start, end)))

    def _hidden(self, start: int, end: int) -> list[tuple[int, int]]:
        hidden = self.analysis.structure.hidden
        low = bisect.bisect_left(hidden, (start, start))
        if low and hidden[low - 1][1] > start:
            low -= 1
        high = bisect.bisect_left(hidden, (end, end))
        return [(max(a, start), min(b, end)) for a, b in hidden[low:high] if b > start]

    def _slots(self, index: int) -> list[Slot]:
        sentence = self.analysis.sentences[index]
        named = [
            slot
            for m in self.by_sentence[index][:_MOST_SLOTS]
            if not self._is_likeness(m)
            for slot in self._with_sizes(m, sentence.end)
        ]
        taken = [(slot.start, slot.end) for slot in named]
        slots = list(named)
        if self.blocks[sentence.block].kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            for start, end, kind in find_anaphors(self.text, sentence.start, sentence.end):
                if any(a < end + 2 and start < b for a, b in taken):
                    continue
                entities = (
                    self.topics.both(index, kind)
                    if _BOTH.match(self.text, start)
                    else self._referred(index, start, kind)
                )
                if entities:
                    slots.append(Slot(start, end, kind, entities, named=False))
                    taken.append((start, end))
        return sorted(slots, key=lambda slot: slot.start)

    def _is_likeness(self, mention: Mention) -> bool:
        """Whether a name only says what something else is like: 类ChatGPT, GPT-4-level."""
        return mention.type in (EntityType.MODEL, EntityType.PRODUCT) and bool(
            _LIKE_BEFORE.search(self.text, max(0, mention.start - 4), mention.start)
            or _LIKE_BEHIND.match(self.text, mention.end)
        )

    def _referred(self, index: int, start: int, kind: EntityType) -> tuple[str, ...]:
        """Give what a pronoun in a sentence stands for."""
        before = [m for m in self.by_sentence[index] if m.end <= start and m.type == kind]
        if not before:
            return self.topics.subject(index, kind)
        apart = _STOP.search(self.text, before[-1].end, start)
        return (before[-1 if apart else 0].entity,)

    def _with_sizes(self, mention: Mention, end: int) -> Iterator[Slot]:
        """Give a mention and the bare sizes behind it that belong to siblings that have a name."""
        entities: tuple[str, ...] = (mention.entity,)
        if mention.type is EntityType.MODEL and _GENERATIONS.search(
            self.text, max(0, mention.start - 24), mention.start
        ):
            entities = self.family.generations(mention.entity)[:2]
        yield Slot(mention.start, mention.end, mention.type, entities)
        if mention.type is not EntityType.MODEL:
            return
        position = mention.end
        while found := _SIZES.match(self.text, position, end):
            sibling = self.family.sibling(mention.entity, found.group(1))
            if sibling is None:
                return
            yield Slot(found.start(1), found.end(1), mention.type, (sibling,))
            position = found.end()

    def folded(self, kind: EntityType) -> list[tuple[str, str]]:
        """Give the entities of a type, each with each of its names in lower case."""
        if kind not in self._folded:
            self._folded[kind] = [
                (entity, surface.casefold())
                for entity, surfaces in self.surfaces.items()
                if self.types[entity] is kind
                for surface in surfaces
                if len(surface) > 1
            ][:_MOST_NAMES]
        return self._folded[kind]


def _place(mention: Mention) -> tuple[int, int, str, str]:
    return (mention.start, -mention.end, str(mention.type), mention.entity)


def reading_of(analysis: Analysis) -> Reading:
    """Give the reading of an analysis; components that run one after the other share it.

    Parameters
    ----------
    analysis : Analysis
        Its mentions are replaced as a whole when they change.
    """
    kept = analysis.kept
    if not isinstance(kept, Reading) or kept.given is not analysis.mentions:
        kept = analysis.kept = Reading(analysis)
    return kept

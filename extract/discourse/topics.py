"""What a text is about at each place, for sentences that do not say it."""

import re
from collections import Counter
from collections.abc import Sequence

from ...ontology.terms import EntityType
from ..mention import Analysis, Mention
from ..structure import BlockKind

__all__ = ["Topics"]

_LEAD_BLOCKS = 12
_LOOK_BACK = 4
_DATED = re.compile(r"[\s\-*#\[(（]*(?:20\d\d\s?[年./-]\s?)?\d{1,2}\s?(?:[月./-])")
_MARKUP = re.compile(r"[\s#>*+\-_`\[\]\"“”!|.\d)、：:【】(（]*")


class Topics:
    """Gives the entities of a type that a place is about.

    Parameters
    ----------
    analysis : Analysis
        With structure and sentences.
    mentions : sequence of Mention
        Sorted, none overlapping another.
    by_sentence : sequence of sequence of Mention
        The mentions of each sentence.
    """

    def __init__(
        self,
        analysis: Analysis,
        mentions: Sequence[Mention],
        by_sentence: Sequence[Sequence[Mention]],
    ) -> None:
        self._analysis = analysis
        self._mentions = mentions
        self._by_sentence = by_sentence
        self._blocks = analysis.structure.blocks
        self._sentences: dict[int, list[int]] = {}
        for index, sentence in enumerate(analysis.sentences):
            self._sentences.setdefault(sentence.block, []).append(index)
        self._documents: dict[EntityType, tuple[str, ...]] = {}
        self._headings: dict[tuple[int, EntityType], tuple[str, ...]] = {}

    def document(self, kind: EntityType) -> tuple[str, ...]:
        """Give what the whole text is about; empty when it is about many."""
        if kind not in self._documents:
            self._documents[kind] = self._find_document(kind)
        return self._documents[kind]

    def _find_document(self, kind: EntityType) -> tuple[str, ...]:
        counts: Counter[str] = Counter(
            mention.entity for mention in self._mentions if mention.type == kind
        )
        if not counts:
            return ()
        title = self._title(kind)
        if title:
            best = max(title, key=lambda id: (counts[id], -title.index(id)))
            if counts[best] > 1 or len(title) == 1:
                return (best,)
        ranked = sorted(counts.items(), key=lambda item: -item[1])
        if len(ranked) == 1:
            return (ranked[0][0],)
        if ranked[0][1] >= 3 and ranked[0][1] >= 1.5 * ranked[1][1]:
            return (ranked[0][0],)
        return ()

    def _title(self, kind: EntityType) -> list[str]:
        found: list[str] = []
        for index, block in enumerate(self._blocks[:_LEAD_BLOCKS]):
            is_title = (
                block.key.lower() in ("title", "name", "model_name")
                if block.kind is BlockKind.FRONT_MATTER
                else block.kind is BlockKind.HEADING and block.level == 1
            )
            if is_title and not found:
                found = [m.entity for m in self._in_block(index) if m.type == kind]
        return found

    def _in_block(self, block: int) -> list[Mention]:
        return [m for index in self._sentences.get(block, ()) for m in self._by_sentence[index]]

    def heading(self, block: int, kind: EntityType) -> tuple[str, ...]:
        """Give what the nearest heading above a block that names one is about."""
        if not 0 <= block < len(self._blocks):
            return ()
        above = self._blocks[block].heading
        key = (above, kind)
        if key not in self._headings:
            self._headings[key] = self._find_heading(above, kind)
        return self._headings[key]

    def _find_heading(self, above: int, kind: EntityType) -> tuple[str, ...]:
        for _ in range(6):
            if not 0 <= above < len(self._blocks):
                break
            block = self._blocks[above]
            found = [m.entity for m in self._in_block(above) if m.type == kind]
            if found and block.level != 1:
                return (found[0],)
            parent = block.heading
            if parent >= above:
                break
            above = parent
        return ()

    def previous(self, sentence: int, kind: EntityType) -> tuple[str, ...]:
        """Give the subject of the nearest sentence before, in the same paragraph."""
        block = self._analysis.sentences[sentence].block
        for index in range(sentence - 1, max(-1, sentence - 1 - _LOOK_BACK), -1):
            if self._analysis.sentences[index].block != block:
                break
            found = [m.entity for m in self._by_sentence[index] if m.type == kind]
            if found:
                document = self.document(kind)
                return document if document and document[0] in found else (found[0],)
        return ()

    def chronicle(self, sentence: int, kind: EntityType) -> tuple[str, ...]:
        """Give whose chronicle a dated line is part of: what the first line of it names."""
        found: tuple[str, ...] = ()
        for index in range(sentence - 1, max(-1, sentence - 4 * _LOOK_BACK), -1):
            here = self._analysis.sentences[index]
            named = [m.entity for m in self._by_sentence[index] if m.type == kind]
            dated = _DATED.match(self._analysis.text, here.start, here.end)
            if not dated and found:
                break
            if named:
                found = (named[0],)
                if not dated:
                    break
        return found

    def both(self, sentence: int, kind: EntityType) -> tuple[str, ...]:
        """Give the two entities that were named last before a sentence."""
        found: list[str] = []
        for index in range(sentence - 1, max(-1, sentence - 1 - 3 * _LOOK_BACK), -1):
            for mention in reversed(self._by_sentence[index]):
                if mention.type == kind and mention.entity not in found:
                    found.append(mention.entity)
            if len(found) >= 2:
                return (found[1], found[0]) if len(found) == 2 else ()
        return ()

    def introduction(self, sentence: int, kind: EntityType) -> tuple[str, ...]:
        """Give what the item above a nested list item, or the paragraph above a list, is about."""
        block = self._analysis.sentences[sentence].block
        here = self._blocks[block]
        if here.kind is not BlockKind.LIST_ITEM:
            return ()
        for index in range(block - 1, max(-1, block - 12), -1):
            other = self._blocks[index]
            if other.kind is BlockKind.HEADING:
                return ()
            if other.kind is BlockKind.LIST_ITEM:
                if other.level >= here.level:
                    continue
                leads = [
                    m.entity
                    for m in self._in_block(index)
                    if m.type == kind and self._leads(m, other.start)
                ]
                return (leads[0],) if leads else ()
            if other.kind is BlockKind.PARAGRAPH:
                text = self._analysis.text[other.start : other.end].rstrip()
                found = [m.entity for m in self._in_block(index) if m.type == kind]
                return (found[0],) if found and text.endswith((":", "：")) else ()
        return ()

    def _leads(self, mention: Mention, start: int) -> bool:
        between = self._analysis.text[start : mention.start]
        return bool(_MARKUP.fullmatch(between))

    def subject(self, sentence: int, kind: EntityType) -> tuple[str, ...]:
        """Give what a sentence without a subject is about; empty when that is not clear."""
        block = self._analysis.sentences[sentence].block
        return (
            self.previous(sentence, kind)
            or self.introduction(sentence, kind)
            or self.heading(block, kind)
            or self.document(kind)
        )

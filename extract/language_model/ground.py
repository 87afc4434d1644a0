"""A document's text, made ready to look up what somebody says stands in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from ...ontology.document import Document
from ..evidence import evidence
from ..hidden import visible
from ..markdown import parse_structure
from ..mention import Analysis
from ..segment import split_sentences
from ..structure import BlockKind
from .chunks import Chunk
from .fold import Folded, fold

__all__ = ["Ground"]

_MOST_PLACES = 64  # of one quote
_MARKUP = re.compile(r"\*\*|`")
_BLANKS = re.compile(r"[^\S\n]{2,}")
_NUMBER_GOES_ON = re.compile(r"[.,]\d")


class Ground:
    r"""The text that answers are checked against.

    What no reader sees (comments, link targets, code) is neither sent nor found.

    Parameters
    ----------
    document : Document

    Examples
    --------
    >>> document = Document.of("<!-- Bar-7B -->\nFoo-7B is new.", lang="en")
    >>> ground = Ground(document)
    >>> list(ground.names("Foo-7B")), list(ground.names("Bar-7B")), list(ground.names("Foo"))
    ([(16, 22)], [], [(16, 19)])
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        structure = parse_structure(document.text)
        self.analysis = Analysis(
            document.text,
            document.lang,
            structure,
            document.published or structure.published,
            split_sentences(document.text, structure),
        )
        self._visible = visible(document.text, structure.hidden)

    @cached_property
    def _folded(self) -> Folded:
        return fold(self._visible)

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.analysis.structure.blocks]

    def words(self, chunk: Chunk) -> str:
        """Give what is sent of a piece of the text."""
        return _BLANKS.sub(" ", self._visible[chunk.start : chunk.end])

    def names(self, name: str) -> Iterator[tuple[int, int]]:
        """Give the offsets of every place that holds the name as whole words."""
        for start, end in self._folded.find(name):
            if self._is_whole(start, end) and not _MARKUP.search(self._visible, start, end):
                yield start, end

    def _is_whole(self, start: int, end: int) -> bool:
        text = self._visible
        if _is_latin(text[start]) and start and _is_latin(text[start - 1]):
            return False
        if not _is_latin(text[end - 1]) or end == len(text):
            return True
        number = text[end - 1].isdigit() and _NUMBER_GOES_ON.match(text, end)
        return not _is_latin(text[end]) and not number

    def quotes(self, quote: str, chunk: Chunk) -> Iterator[tuple[int, int]]:
        """Give the offsets of the first places in a piece of the text that say the quote."""
        return islice(self._folded.find(quote, chunk.start, chunk.end), _MOST_PLACES)

    def holds(self, words: str, spans: list[tuple[int, int]]) -> bool:
        """Whether one of the spans says the words."""
        return any(next(self._folded.find(words, *span), None) for span in spans)

    def evidence(self, start: int, end: int) -> tuple[int, int]:
        """Widen a quote to the sentence, or the clauses, around it."""
        return evidence(self.analysis, start, end)

    def paragraph(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give what is read together with a quote.

        Returns
        -------
        list of (int, int)
            The offsets of the quote, of the blocks that it stands in (paragraph, list item, table
            row), of the heading above them and of the header of their table.
        """
        blocks = self.analysis.structure.blocks
        first = max(bisect_right(self._block_starts, start) - 1, 0)
        last = bisect_left(self._block_starts, end)
        found = {(start, end)}
        for block in blocks[first:last]:
            if block.end <= start:
                continue
            found.add((block.start, block.end))
            for above in (block.heading, block.header):
                if above >= 0 and block.kind is not BlockKind.FRONT_MATTER:
                    found.add((blocks[above].start, blocks[above].end))
        return sorted(found)


def _is_latin(character: str) -> bool:
    """Whether the character is part of words that blanks part."""
    return character.isalnum() and not "\u3040" <= character <= "\u9fff"

"""Text without the differences that a copy of it may have, and the way back to the text."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Folded", "fold"]

# Bold and code marks, which a copy often leaves out.
_MARKUP = re.compile(r"\*\*+|`+")
_UNSEEN = "\u200b"
_CJK = re.compile("[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in which copies of its parts can be found.

    Parameters
    ----------
    text : str
        The folded text.
    starts, ends : list of int
        For each character of it, the offsets of what it came from.
    """

    text: str
    starts: list[int]
    ends: list[int]

    def find(self, words: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Give the offsets in the original of every place that says `words`.

        Parameters
        ----------
        words : str
            A copy: blanks, compatibility forms and marks of bold text and code may differ.
        start, end : int
            Where in the original to look.
        """
        needle = fold(words).text
        first = bisect_left(self.starts, start)
        last = len(self.text) if end is None else bisect_left(self.starts, end)
        at = self.text.find(needle, first, last) if needle else -1
        while at >= 0:
            stop = at + len(needle)
            # One character of the text may fold to several: it is copied whole or not at all.
            if (at == 0 or self.starts[at - 1] != self.starts[at]) and (
                stop == len(self.text) or self.starts[stop] != self.starts[stop - 1]
            ):
                yield self.starts[at], self.ends[stop - 1]
            at = self.text.find(needle, at + 1, last)


def fold(text: str) -> Folded:
    r"""Fold a text: NFKC, no invisible marks, blanks only where they part two words.

    Case stays: "LLaMA" is no copy of "Llama".

    Examples
    --------
    >>> text = "Ｌｌａｍａ\n 2由**Meta** 发布"
    >>> folded = fold(text)
    >>> folded.text
    'Llama 2由Meta发布'
    >>> [text[start:end] for start, end in folded.find("2 由 Meta发布")]
    ['2由**Meta** 发布']
    """
    text = _MARKUP.sub(lambda mark: _UNSEEN * len(mark.group()), text)
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    blank = -1
    position, length = 0, len(text)
    while position < length:
        start = position
        position += 1
        while position < length and unicodedata.combining(text[position]):
            position += 1
        segment = text[start:position]
        if segment.isspace():
            blank = start if blank < 0 else blank
            continue
        characters = _characters(segment)
        if not characters:
            continue
        if blank >= 0 and folded and _parts(folded[-1]) and _parts(characters[0]):
            folded.append(" ")
            starts.append(blank)
            ends.append(start)
        blank = -1
        folded.extend(characters)
        starts.extend([start] * len(characters))
        ends.extend([position] * len(characters))
    return Folded("".join(folded), starts, ends)


@lru_cache(maxsize=8192)
def _characters(segment: str) -> str:
    """Give what one character, with the marks that combine with it, folds to."""
    return "".join(
        c
        for c in unicodedata.normalize("NFKC", segment)
        if unicodedata.category(c) != "Cf" and not c.isspace()
    )


@lru_cache(maxsize=8192)
def _parts(character: str) -> bool:
    """Whether a blank beside the character parts words: not in Chinese, not at a mark."""
    return character.isalnum() and not _CJK.match(character)

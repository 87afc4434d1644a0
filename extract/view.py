"""The words of a text without its markup, and the way back to the text."""

import re
from bisect import bisect_right
from dataclasses import dataclass

__all__ = ["PlainView", "plain_view"]

_MARKUP = re.compile(r"\*+|`+|~~|!?\[|\](?:\(\s*\))?|^#{1,6} |^> ?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PlainView:
    """Text without markup, link targets and code, with offsets into the text that it came from.

    Parameters
    ----------
    text : str
    starts : list of int
        Where each copied piece starts in `text`.
    origins : list of int
        Where each copied piece starts in the original.
    """

    text: str
    starts: list[int]
    origins: list[int]

    def span(self, start: int, end: int, original: str) -> tuple[int, int] | None:
        """Give the offsets in the original; None when markup stands inside.

        Parameters
        ----------
        start, end : int
            Offsets into `text`, not empty.
        original : str
            The original text.
        """
        piece = bisect_right(self.starts, start) - 1
        begin = self.origins[piece] + start - self.starts[piece]
        stop = begin + end - start
        return (begin, stop) if original[begin:stop] == self.text[start:end] else None


def plain_view(text: str, hidden: tuple[tuple[int, int], ...]) -> PlainView:
    """Take the markup out of a text.

    Parameters
    ----------
    text : str
    hidden : tuple of (int, int)
        Spans that carry no words, sorted; link targets go with their brackets, every other one
        becomes a tabulator.

    Examples
    --------
    >>> text = "**[Llama 2](x://y)** by Meta"
    >>> view = plain_view(text, ((12, 17),))
    >>> view.text
    'Llama 2 by Meta'
    >>> view.span(0, 7, text)
    (3, 10)
    """
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length = 0

    def add(piece: str, origin: int) -> None:
        nonlocal length
        if piece:
            pieces.append(piece)
            starts.append(length)
            origins.append(origin)
            length += len(piece)

    def copy(start: int, end: int) -> None:
        for mark in _MARKUP.finditer(text, start, end):
            add(text[start : mark.start()], start)
            start = mark.end()
        add(text[start:end], start)

    position = 0
    for start, end in hidden:
        link = text[start - 2 : start] == "]("
        copy(position, start - 2 if link and start - 2 >= position else max(position, start))
        position = max(position, end)
        if not link:
            add("\t", start)
        elif text[end : end + 1] == ")":
            position = max(position, end + 1)
    copy(position, len(text))
    return PlainView("".join(pieces), starts or [0], origins or [0])

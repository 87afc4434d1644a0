"""The words of a text without its markup, and the way back to the text."""

import re
from bisect import bisect_right
from dataclasses import dataclass

__all__ = ["PlainView", "plain_view"]

# Soft hyphens, zero-width blanks and joiners, marks of direction: no reader sees them in a name.
_UNSEEN = "[\u00ad\u200b-\u200f\u2060\ufeff]+"
_MARKUP = re.compile(rf"\*+|`+|~~|!?\[|\](?:\(\s*\))?|^#{{1,6}} |^> ?|{_UNSEEN}", re.MULTILINE)
_UNSEEN_RUN = re.compile(_UNSEEN)


@dataclass(frozen=True, slots=True)
class PlainView:
    """Text without markup, link targets, code and unseen characters; knows where it came from.

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
        """Give the offsets in the original; None when markup stands inside. Unseen characters may.

        Parameters
        ----------
        start, end : int
            Offsets into `text`, not empty.
        original : str
            The original text.
        """
        begin, stop = self._origin(start), self._origin(end - 1) + 1
        written, seen = original[begin:stop], self.text[start:end]
        fits = written == seen or _UNSEEN_RUN.sub("", written) == seen
        return (begin, stop) if fits else None

    def _origin(self, position: int) -> int:
        piece = bisect_right(self.starts, position) - 1
        return self.origins[piece] + position - self.starts[piece]


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

"""Sentences and clauses of mixed Chinese and English text, as offsets."""

import re
from collections.abc import Iterator

from .mention import Sentence
from .structure import Block, BlockKind, Structure

__all__ = ["clauses", "split_sentences"]

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_IS_CJK = re.compile(f"[{_CJK}]")
_CLOSERS = "\"'”’』」）)】》]*_`"
_OPENERS = "\"'“‘『「（(【《[*_`"
_STOP = re.compile(r"[。！？；…]+|[!?]+|\.|;|\n")
_CLOSING = re.compile(f"[{re.escape(_CLOSERS)}]*")
_LAST_WORD = re.compile(r"[A-Za-z][A-Za-z.]*$")
# After these a full stop is part of the word, whatever follows.
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        "approx bros cf co corp dept dr eg e.g eq et.al al fig gov ie i.e inc jr ltd mr mrs ms no "
        "nos pp prof rev sec sr st u.k u.s viz vol vs",
    )
)
_WHOLE_UP_TO = 240  # a heading or list item that is no longer reads as one sentence
_LONGEST = 1_000  # longer runs are cut, so that work per sentence stays bounded
_LONGEST_ROW = 4_000
_HARD_WRAP = 120  # no wrapped line is longer
_CUT = re.compile(rf"[，,、：:\s](?=[^，,、：:\s]*$)|(?<=[{_CJK}])(?=[^{_CJK}]*$)")
_MARKER = re.compile(r"\s*(?:[-*+•#|>]|\d{1,3}[.)、])\s")

_CLAUSE = re.compile(
    r"[，；。！？]|——|;|,(?=\s*(?:and|but|while|whereas|which|who|where|although|though|however"
    r"|so|as|with|plus|yet|or|then|making|including|using|it|its|they|we|the\s+(?:model|company))\b)"
    rf"|,(?=[{_CJK}])|(?<=[{_CJK}]),|\s(?=(?:while|whereas|although|which)\s)|\s[–—]\s",
    re.IGNORECASE,
)
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】", "《": "》", "“": "”"}


def split_sentences(text: str, structure: Structure) -> list[Sentence]:
    """Cut the blocks of a text into sentences; takes linear time.

    Headings, list items, front matter values and table rows are one sentence each unless they are
    long; paragraphs are cut at ``。！？；!?;`` and full stops that end a sentence ("GPT-3.5",
    "v0.1" and "e.g." survive), and at line ends unless the line is hard-wrapped.

    Parameters
    ----------
    text : str
    structure : Structure
        The structure of the same text.

    Returns
    -------
    list of Sentence
        In order, without blanks at either end, never overlapping.

    Examples
    --------
    >>> from .structure import Block, BlockKind, Structure
    >>> text = "GPT-3.5 is closed. Qwen v0.1 is open, e.g. on the Hub."
    >>> block = Block(BlockKind.PARAGRAPH, 0, len(text))
    >>> [text[s.start : s.end] for s in split_sentences(text, Structure((block,)))]
    ['GPT-3.5 is closed.', 'Qwen v0.1 is open, e.g. on the Hub.']
    """
    sentences: list[Sentence] = []
    hidden = structure.hidden
    position = 0
    for index, block in enumerate(structure.blocks):
        while position < len(hidden) and hidden[position][1] <= block.start:
            position += 1
        if _is_whole(block):
            pieces = iter([(block.start, block.end)])
        else:
            inside = []
            ahead = position
            while ahead < len(hidden) and hidden[ahead][0] < block.end:
                inside.append(hidden[ahead])
                ahead += 1
            pieces = _sentences(text, block.start, block.end, inside)
        for start, end in pieces:
            trimmed = _trim(text, start, end)
            if trimmed:
                sentences.append(Sentence(*trimmed, index))
    return sentences


def _is_whole(block: Block) -> bool:
    length = block.end - block.start
    if block.kind in (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER):
        return length <= _LONGEST_ROW
    return block.kind is not BlockKind.PARAGRAPH and length <= _WHOLE_UP_TO


def _sentences(
    text: str, start: int, end: int, hidden: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    begin = start
    line = start
    position = 0
    for stop in _STOP.finditer(text, start, end):
        at = stop.start()
        if at < begin:
            continue
        while position < len(hidden) and hidden[position][1] <= at:
            position += 1
        if position < len(hidden) and hidden[position][0] <= at:
            continue
        if stop.group() == "\n":
            broken = _breaks_line(text, line, at, end)
            line = stop.end()
            after = stop.end()
        else:
            closing = _CLOSING.match(text, stop.end(), end)
            after = closing.end() if closing else stop.end()
            broken = _ends_sentence(text, stop.group(), begin, at, stop.end(), after, end)
        if broken:
            yield from _shorten(text, begin, after)
            begin = after
    yield from _shorten(text, begin, end)


def _breaks_line(text: str, line: int, at: int, end: int) -> bool:
    """Whether the line end at `at` ends a sentence, or only wraps it."""
    if at - line > _HARD_WRAP or not text[line:at].strip():
        return True
    last = text[at - 1]
    if last in ".。！？!?；;：:" or _MARKER.match(text, at + 1, min(end, at + 8)):
        return True
    return at + 1 < end and text[at + 1] == "\n"


def _ends_sentence(
    text: str, mark: str, begin: int, at: int, stop: int, after: int, end: int
) -> bool:
    if mark[0] in "。！？；…":
        return True
    following = text[after] if after < end else "\n"
    before = text[at - 1] if at > begin else " "
    beside_cjk = bool(_IS_CJK.match(before)) or (stop == after and bool(_IS_CJK.match(following)))
    if mark == ";":
        return beside_cjk
    if mark[0] in "!?":
        return following.isspace() or beside_cjk
    if beside_cjk and _IS_CJK.match(before):
        return not following.isdigit()
    if not following.isspace():
        return False
    word = _LAST_WORD.search(text, max(begin, at - 12), at)
    if word and (word.group().lower() in _ABBREVIATIONS or _is_initial(text, word.start(), at)):
        return False
    return not _continues(text, after, end)


def _is_initial(text: str, start: int, at: int) -> bool:
    """Whether a lone capital stands before the full stop, as in "J. Smith"."""
    return at - start == 1 and text[start].isupper() and text[start - 1 : start].isspace()


def _continues(text: str, after: int, end: int) -> bool:
    """Whether what follows cannot start a sentence: a lower case word of prose."""
    rest = text[after : min(end, after + 24)].lstrip().lstrip(_OPENERS)
    word = re.match(r"[a-z]+(?![A-Za-z0-9-])", rest)
    return bool(word)


def _shorten(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = _CUT.search(text, start + _LONGEST - 120, start + _LONGEST)
        middle = cut.end() if cut and cut.end() > start else start + _LONGEST
        yield start, middle
        start = middle
    yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(stripped)


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a sentence into clauses.

    Cuts at ``，`` and ``；``, at ``;``, and before English clauses that a comma and a conjunction
    or relative pronoun open ("…, which", "…, while"). Never inside brackets.

    Parameters
    ----------
    text : str
    start, end : int
        The offsets of a sentence.

    Returns
    -------
    list of (int, int)
        Offsets without marks and blanks at either end; together all the words of the sentence.

    Examples
    --------
    >>> text = "Qwen-7B is open, while GPT-4 is not; 百川开源了7B，13B（可商用，免费）随后发布"
    >>> for start, end in clauses(text, 0, len(text)):
    ...     print(text[start:end])
    Qwen-7B is open
    while GPT-4 is not
    百川开源了7B
    13B（可商用，免费）随后发布
    """
    masked = _inside_brackets(text, start, end)
    pieces: list[tuple[int, int]] = []
    begin = start
    for mark in _CLAUSE.finditer(text, start, end):
        if masked[mark.start() - start]:
            continue
        pieces.append((begin, mark.start()))
        begin = mark.end()
    pieces.append((begin, end))
    trimmed = (_trim(text, a, b) for a, b in pieces)
    return [piece for piece in trimmed if piece]


def _inside_brackets(text: str, start: int, end: int) -> bytearray:
    """Mark what stands inside brackets that are closed before `end`."""
    inside = bytearray(end - start)
    opened: list[tuple[str, int]] = []
    for offset in range(start, end):
        character = text[offset]
        if character in _BRACKETS:
            opened.append((_BRACKETS[character], offset))
        elif opened and character == opened[-1][0]:
            _, first = opened.pop()
            if not opened:
                inside[first - start : offset + 1 - start] = b"\1" * (offset + 1 - first)
    return inside

"""The token sequences that the tagger reads: one for each block of a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..structure import Block, BlockKind, Structure

__all__ = ["Sequence", "Token", "sequences", "tokens_of"]

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"
# The tokens of the pipeline's tokenizer, without the blanks.
_TOKEN = re.compile(rf"[{_CJK}]|[0-9]+|[^\W\d_{_CJK}]+|[^\s]")
_LONGEST = 400  # tokens; longer blocks are cut, so that one endless line costs linear time
_RUN = re.compile(rf"[^\W_{_CJK}]+(?:[-._+/][^\W_{_CJK}]+)*")

Token = tuple[int, int, str]
"""Start and end offset in the text, and the characters between."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """Tokens that are labelled together.

    Parameters
    ----------
    block : Block
    tokens : list of Token
        What stands in hidden spans (code, link targets, tags) is left out.
    columns : list of int
        For each token of a table row its column from 1, else 0.
    runs : list of tuple of (str, bool)
        For each token the run of Latin letters, digits and inner marks that it is part of, and
        whether it begins it; the run is empty outside runs.
    """

    block: Block
    tokens: list[Token]
    columns: list[int]
    runs: list[tuple[str, bool]]


def sequences(text: str, structure: Structure) -> Iterator[Sequence]:
    """Give the sequences of a text in order.

    Parameters
    ----------
    text : str
    structure : Structure
        Of the same text.

    Examples
    --------
    >>> from ..markdown import parse_structure
    >>> text = "# 百川\\n\\nMeta发布Llama-2"
    >>> [[t[2] for t in s.tokens] for s in sequences(text, parse_structure(text))]
    [['#', '百', '川'], ['Meta', '发', '布', 'Llama', '-', '2']]
    """
    hidden = structure.hidden
    position = 0
    for block in structure.blocks:
        while position < len(hidden) and hidden[position][1] <= block.start:
            position += 1
        at = position
        tokens: list[Token] = []
        for match in _TOKEN.finditer(text, block.start, block.end):
            start, end = match.span()
            while at < len(hidden) and hidden[at][1] <= start:
                at += 1
            if at < len(hidden) and hidden[at][0] < end:
                continue
            tokens.append((start, end, match.group()))
        for low in range(0, len(tokens), _LONGEST):
            part = tokens[low : low + _LONGEST]
            yield Sequence(block, part, _columns(block, part), _runs(text, block, part))


def tokens_of(name: str) -> list[str]:
    """Give the tokens of a name.

    Examples
    --------
    >>> tokens_of("百川-13B")
    ['百', '川', '-', '13', 'B']
    """
    return _TOKEN.findall(name)


def _columns(block: Block, tokens: list[Token]) -> list[int]:
    if block.kind not in (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER):
        return [0] * len(tokens)
    columns: list[int] = []
    column = 0
    for start, _, _ in tokens:
        while column < len(block.cells) and block.cells[column].end <= start:
            column += 1
        columns.append(column + 1)
    return columns


def _runs(text: str, block: Block, tokens: list[Token]) -> list[tuple[str, bool]]:
    if not tokens:
        return []
    found = list(_RUN.finditer(text, tokens[0][0], tokens[-1][1]))
    given: list[tuple[str, bool]] = []
    at = 0
    for start, _, _ in tokens:
        while at < len(found) and found[at].end() <= start:
            at += 1
        if at < len(found) and found[at].start() <= start:
            given.append((found[at].group(), found[at].start() == start))
        else:
            given.append(("", False))
    return given

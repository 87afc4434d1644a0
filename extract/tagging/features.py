"""What the tagger sees of each token."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from ..structure import BlockKind, Structure
from .sequences import Sequence

__all__ = ["Marks", "document_features"]

Spans = tuple[tuple[int, int, str], ...]

_CJK = re.compile("[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]")
_SIZED = re.compile(r"\d[bBmM](?![A-Za-z])")
_FAR = 12
_MARKS_BEFORE = frozenset('`*[“"《「(（')
_MARKS_BEHIND = frozenset('`*]”"》」)）')
_KIND = {
    BlockKind.FRONT_MATTER: "f",
    BlockKind.HEADING: "h",
    BlockKind.PARAGRAPH: "p",
    BlockKind.LIST_ITEM: "l",
    BlockKind.TABLE_HEADER: "H",
    BlockKind.TABLE_ROW: "t",
}


@dataclass(frozen=True, slots=True)
class Marks:
    """Labelled spans that one source gives beforehand: the rules, a list of names.

    Parameters
    ----------
    name : str
        Short name of the source, first part of its features.
    spans : tuple of (int, int, str)
        Start, end, label; sorted, never overlapping.
    """

    name: str
    spans: Spans


@lru_cache(maxsize=20_000)
def _shape(word: str) -> str:
    if _CJK.match(word):
        return "C"
    if word.isdigit():
        return "d" * min(len(word), 4)
    if word.isalpha():
        if word.isupper():
            return "X" if len(word) == 1 else "XX"
        if word.islower():
            return "x" if len(word) == 1 else "xx"
        return "Xx" if word[0].isupper() and word[1:].islower() else "xX"
    return word


@lru_cache(maxsize=20_000)
def _run_shape(run: str) -> str:
    shape = re.sub(r"[A-Z]+[a-z]+", "W", run)
    shape = re.sub(r"[a-z]+", "w", shape)
    shape = re.sub(r"[A-Z]+", "A", shape)
    return re.sub(r"[0-9]+", "9", shape)[:10]


def document_features(
    text: str,
    lang: str,
    structure: Structure,
    found: Iterable[Sequence],
    marks: Iterable[Marks],
) -> Iterator[tuple[Sequence, list[list[str]]]]:
    """Give each sequence of a text with the features of its tokens; one at a time.

    Parameters
    ----------
    text : str
    lang : str
    structure : Structure
        Of the same text.
    found : iterable of Sequence
        The sequences of the text; walked over twice.
    marks : iterable of Marks
        What others say of the text.

    Yields
    ------
    tuple of (Sequence, list of list of str)
        One list of features for each token.
    """
    runs = Counter(run.lower() for s in found for run, begins in s.runs if begins)
    heads = " ".join(
        text[b.start : b.end] for b in structure.blocks if b.kind is BlockKind.HEADING
    ).lower()
    start = text[:200].lower()
    given = [(m.name, m.spans, [span[0] for span in m.spans]) for m in marks]

    @cache
    def in_heads(run: str) -> bool:
        return run in heads

    for sequence in found:
        yield (
            sequence,
            _features(text, lang, structure, sequence, given, runs, in_heads, start),
        )


def _features(
    text: str,
    lang: str,
    structure: Structure,
    sequence: Sequence,
    marks: list[tuple[str, Spans, list[int]]],
    runs: Mapping[str, int],
    in_heads: Callable[[str], bool],
    beginning: str,
) -> list[list[str]]:
    tokens = sequence.tokens
    count = len(tokens)
    lower = [word.lower() for _, _, word in tokens]
    shapes = [_shape(word) for _, _, word in tokens]
    kind = _KIND[sequence.block.kind]
    labels = [(name, _labels(tokens, spans, starts)) for name, spans, starts in marks]
    columns = _column_names(text, structure, sequence)
    # Words at the edge are padded, so that windows need no bounds.
    w = ["^"] * 4 + lower + ["$"] * 4
    s = ["^"] * 4 + shapes + ["$"] * 4
    pairs = [a + "_" + b for a, b in pairwise(w)]
    before, after = ["L=" + p for p in pairs], ["R=" + p for p in pairs]
    rows: list[list[str]] = []
    left: list[str] = [""] * len(marks)
    behind = [_next_label(label) for _, label in labels]
    for i, (begin, end, word) in enumerate(tokens):
        j = i + 4
        f = [
            "w=" + w[j],
            "s=" + s[j],
            "w-4=" + w[j - 4],
            "w-3=" + w[j - 3],
            "w-2=" + w[j - 2],
            "w-1=" + w[j - 1],
            "w1=" + w[j + 1],
            "w2=" + w[j + 2],
            "w3=" + w[j + 3],
            "w4=" + w[j + 4],
            "s-2=" + s[j - 2],
            "s-1=" + s[j - 1],
            "s1=" + s[j + 1],
            "s2=" + s[j + 2],
            "b-1=" + pairs[j - 1],
            "b1=" + pairs[j],
            "b-2=" + pairs[j - 2],
            "b2=" + pairs[j + 1],
            "t-1=" + w[j - 2] + "_" + pairs[j - 1],
            "t1=" + pairs[j] + "_" + w[j + 2],
            "S-=" + s[j - 2] + s[j - 1] + s[j],
            "S+=" + s[j] + s[j + 1] + s[j + 2],
            "S0=" + s[j - 1] + s[j] + s[j + 1],
            "k=" + kind,
            "ls=" + lang + s[j],
        ]
        f += before[max(4, j - 7) : j - 2]
        f += after[j + 1 : min(j + 6, count + 3)]
        if len(word) > 2:
            x = w[j]
            f += ("p2=" + x[:2], "p3=" + x[:3], "u2=" + x[-2:], "u3=" + x[-3:])
        if i == 0 or tokens[i - 1][1] == begin:
            f.append("glued")
        run, begins = sequence.runs[i]
        if run:
            place = "B" if begins else "I"
            low = run.lower()
            f += (
                "rs=" + place + _run_shape(run),
                "r=" + low,
                "rn=" + str(min(5, runs.get(low, 0))),
                "rp=" + low[:4],
            )
            if _SIZED.search(run):
                f.append("size" + place)
            if len(run) > 2:
                if in_heads(low):
                    f.append("inhead")
                if low in beginning:
                    f.append("infirst")
        joined = ""
        for n, (name, label) in enumerate(labels):
            here = label[i]
            if here:
                f.append(name + "0=" + here)
                joined += here
                left[n] = here[1:]
            if i and label[i - 1]:
                f.append(name + "-=" + label[i - 1])
            if i + 1 < count and label[i + 1]:
                f.append(name + "+=" + label[i + 1])
            if left[n]:
                f.append(name + "l=" + left[n])
            if behind[n][i]:
                f.append(name + "r=" + behind[n][i])
        if joined:
            f.append("g=" + joined)
        if i < 3:
            f.append("bol" + str(i) + kind)
        if sequence.columns[i]:
            column = sequence.columns[i]
            f.append("col=" + str(min(column, 6)))
            f += columns.get(column, ())
        if begin and text[begin - 1] in _MARKS_BEFORE:
            f.append("open" + text[begin - 1])
        if end < len(text) and text[end] in _MARKS_BEHIND:
            f.append("close" + text[end])
        rows.append(f)
    return rows


def _labels(tokens: list[tuple[int, int, str]], spans: Spans, starts: list[int]) -> list[str]:
    """Give for each token B or I and the label of the span over it, or an empty text."""
    given: list[str] = []
    for start, end, _ in tokens:
        at = bisect_right(starts, start) - 1
        if at >= 0 and end <= spans[at][1]:
            given.append(("B" if spans[at][0] == start else "I") + spans[at][2])
        else:
            given.append("")
    return given


def _next_label(labels: list[str]) -> list[str]:
    """Give for each token the label of the nearest labelled token behind it."""
    given = [""] * len(labels)
    near, distance = "", 0
    for i in range(len(labels) - 1, -1, -1):
        given[i] = near if distance < _FAR else ""
        distance += 1
        if labels[i]:
            near, distance = labels[i][1:], 0
    return given


def _column_names(
    text: str, structure: Structure, sequence: Sequence
) -> dict[int, tuple[str, ...]]:
    header = sequence.block.header
    if header < 0:
        return {}
    cells = structure.blocks[header].cells
    names: dict[int, tuple[str, ...]] = {}
    for column in set(sequence.columns):
        if 0 < column <= len(cells):
            cell = text[cells[column - 1].start : cells[column - 1].end].lower()
            words = re.findall("[\u3400-\u9fff]|[a-z]+", cell)[:6]
            names[column] = ("hc=" + cell[:20], *("hw=" + word for word in words))
    return names

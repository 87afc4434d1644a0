"""What a name and the words around it say of its kind: a linear model, one column a type."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice, pairwise
from typing import TYPE_CHECKING, Any, Self
from zlib import crc32

from ...ontology.terms import EntityType
from ..structure import BlockKind, Structure
from .decision import Candidate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BUCKETS", "TYPES", "Kinds", "buckets_of", "kind_columns"]

BUCKETS = 1 << 16
TYPES = tuple(map(str, EntityType))
"""The columns of the model."""

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]|[0-9]+|[^\W\d_{_CJK}]+|[^\s]")
_SHAPES = tuple(
    (re.compile(letters), sign)
    for letters, sign in (("[A-Z]+", "A"), ("[a-z]+", "a"), (r"\d+", "9"), (f"[{_CJK}]+", "C"))
)
_PLACES = 3  # of a name that are looked at
_LEAST = 0.1  # chance below which a place of a name is looked at only when there is no better
_AROUND = 7  # words on either side
_BEGINNING = 6  # characters
_HEADING_WORDS = 10
_AT_ONCE = 64  # names; all at once would hold each feature of a long text
_KIND = {
    BlockKind.FRONT_MATTER: "f",
    BlockKind.HEADING: "h",
    BlockKind.PARAGRAPH: "p",
    BlockKind.LIST_ITEM: "l",
    BlockKind.TABLE_HEADER: "H",
    BlockKind.TABLE_ROW: "t",
}


def buckets_of(
    text: str, lang: str, structure: Structure, found: Sequence[Candidate]
) -> Iterator[tuple[str, list[int]]]:
    """Give the features of each name, as numbers of buckets.

    Parameters
    ----------
    text : str
    lang : str
    structure : Structure
        Of the same text.
    found : sequence of Candidate

    Yields
    ------
    tuple of (str, list of int)
        The folded name, in the order of the candidates, and its buckets.
    """
    items, starts = _items(text, found)
    places: dict[str, dict[tuple[int, int], float]] = {}
    for candidate in found:
        mine = places.setdefault(candidate.key, {})
        for start, end, score, _ in candidate.spans:
            mine[start, end] = max(score, mine.get((start, end), 0.0))
    block_starts = [block.start for block in structure.blocks]
    for key, spans in places.items():
        likely = sorted(span for span, score in spans.items() if score >= _LEAST) or sorted(spans)
        start, end = likely[0]
        features = [*_of_name(text[start:end], key, lang)]
        for start, end in likely[:_PLACES]:
            low, high = bisect_left(starts, start), bisect_left(starts, end)
            before = items[max(0, low - _AROUND) : low]
            features += _around(before, items[high : high + _AROUND])
            if block_starts:
                at = max(0, bisect_right(block_starts, start) - 1)
                features += _of_block(text, structure, at, start)
        yield key, sorted({crc32(f.encode()) & (BUCKETS - 1) for f in set(features)})


def _items(text: str, found: Sequence[Candidate]) -> "tuple[list[str], array[int]]":
    """The words of a text, its likeliest names replaced by their kinds, and where they begin."""
    best = sorted({(s[0], s[1], str(c.type)) for c in found for s in c.spans if s[3]})
    items: list[str] = []
    starts = array("l")
    known: dict[str, str] = {}  # a word is kept once, however often a long text says it
    position = 0
    for start, end, kind in [*best, (len(text), len(text), "")]:
        if start < position:
            continue
        for match in _WORD.finditer(text, position, start):
            word = match.group().lower()
            items.append(known.setdefault(word, word))
            starts.append(match.start())
        if kind:
            items.append(f"<{kind[:4]}>")
            starts.append(start)
        position = end
    return items, starts


def _of_name(surface: str, key: str, lang: str) -> Iterator[str]:
    words = _WORD.findall(surface.lower())[:12]
    yield "k=" + key[:24]
    yield "bias" + lang
    yield f"n={min(len(words), 6)}{lang}"
    yield from ("w=" + word for word in words)
    yield from ("v=" + a + "_" + b for a, b in pairwise(words))
    if words:
        yield "first=" + words[0]
        yield "last=" + words[-1]
        yield "tail=" + "".join(words[-2:])
    shape = surface
    for letters, sign in _SHAPES:
        shape = letters.sub(sign, shape)
    yield "shape=" + shape[:10]
    yield "u3=" + key[-3:]
    yield "p3=" + key[:3]


def _around(before: Sequence[str], behind: Sequence[str]) -> Iterator[str]:
    for count in (1, 2, 3):
        yield f"<{count}" + "_".join(before[-count:])
        yield f">{count}" + "_".join(behind[:count])
    yield from ("<" + word for word in before)
    yield from (">" + word for word in behind)
    yield from ("<b" + a + b for a, b in pairwise(before))
    yield from (">b" + a + b for a, b in pairwise(behind))
    yield "<>" + "".join(before[-1:]) + "|" + "".join(behind[:1])


def _of_block(text: str, structure: Structure, at: int, start: int) -> Iterator[str]:
    block = structure.blocks[at]
    kind = _KIND[block.kind]
    yield "in=" + kind
    if block.heading >= 0:
        head = structure.blocks[block.heading]
        for word in _WORD.findall(text[head.start : head.end].lower()[:80])[:_HEADING_WORDS]:
            yield "head=" + word
    if block.cells:
        column = next((i for i, cell in enumerate(block.cells) if start < cell.end), 0)
        yield f"col={min(column, 5)}{kind}"
        if block.header >= 0 and column < len(structure.blocks[block.header].cells):
            cell = structure.blocks[block.header].cells[column]
            name = text[cell.start : cell.end].strip().lower()[:24]
            yield "colname=" + name
            yield from ("colword=" + word for word in _WORD.findall(name)[:5])
    elif start - block.start < _BEGINNING:
        yield "begins=" + kind


@dataclass(frozen=True, slots=True)
class Kinds:
    """The trained model.

    Parameters
    ----------
    weights : ndarray of int8, shape (buckets, types)
    scales, biases : ndarray of float64, shape (types,)
    """

    weights: "NDArray[np.int8]"
    scales: "NDArray[np.float64]"
    biases: "NDArray[np.float64]"

    def odds(self, marked: Iterable[tuple[str, Sequence[int]]]) -> dict[str, list[float]]:
        """Give the log-odds of each type for each name.

        Parameters
        ----------
        marked : iterable of (str, sequence of int)
            What `buckets_of` gives.
        """
        import numpy as np

        given: dict[str, list[float]] = {}
        names = iter(marked)
        while chunk := list(islice(names, _AT_ONCE)):
            ends = [0, *accumulate(len(row) for _, row in chunk[:-1])]
            weights = self.weights[list(chain.from_iterable(row for _, row in chunk))]
            sums = np.add.reduceat(weights, ends, axis=0, dtype=np.int64)
            values = (sums * self.scales + self.biases).tolist()
            given.update(zip((key for key, _ in chunk), values, strict=True))
        return given

    @classmethod
    def of_weights(cls, weights: "NDArray[np.float64]", biases: "NDArray[np.float64]") -> Self:
        """Take weights as they were trained, in 8 bits each."""
        import numpy as np

        scales = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
        return cls(np.round(weights / scales).astype(np.int8), scales, biases)

    def arrays(self, prefix: str) -> dict[str, Any]:
        """Give the arrays by name, for ``numpy.savez``."""
        return {f"{prefix}.{name}": getattr(self, name) for name in self.__slots__}

    @classmethod
    def of(cls, arrays: Mapping[str, Any], prefix: str) -> Self:
        """Take back what `arrays` gave."""
        return cls(**{name: arrays[f"{prefix}.{name}"] for name in cls.__slots__})


def kind_columns(
    found: Sequence[Candidate], odds: Mapping[str, Sequence[float]]
) -> list[list[float]]:
    """Give for each candidate the log-odds of its type and of the likeliest other one.

    Parameters
    ----------
    found : sequence of Candidate
    odds : mapping of str to sequence of float
        By folded name; see `Kinds.odds`.
    """
    columns: list[list[float]] = []
    for candidate in found:
        values = odds[candidate.key]
        own = TYPES.index(candidate.type)
        columns.append([values[own], max(*values[:own], *values[own + 1 :])])
    return columns

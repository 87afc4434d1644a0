"""The words around names as beginnings of features: their checksums, computed once a text."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise, repeat
from typing import NamedTuple
from zlib import crc32

from .hashing import buckets, ended
from .words import Words

__all__ = ["Beginnings", "Neighbours"]

_NEAR_BOUNDS = (0, 1, 2, 3, 5, 8, 12, 20, 35, 60, 120, 300)
_LONGEST = 40
_EDGE = 15  # words kept at either edge of a longer stretch
_FEW = 7  # words that are one feature together
_REACH = 14
_SEGMENT = 512  # words
_MOST = 1 << 12  # stretches kept; a long text has more than memory should hold


class Beginnings(NamedTuple):
    """Features of a stretch of words, most of which still lack their ends.

    Parameters
    ----------
    open : list of int
        Checksums of those that end in the way a pair is read and its kinds, or its kinds alone.
    left, right : list of int
        Buckets of those that end in the way alone, or in nothing.
    inside : list of str
        The kinds of names that stand in it.
    """

    open: list[int]
    left: list[int]
    right: list[int]
    inside: Sequence[str] = ()


class _Prefixed(dict[str, int]):
    """The checksum of each word behind a prefix; filled as words are met."""

    def __init__(self, prefix: str, joint: str = "") -> None:
        super().__init__()
        self._prefix, self._joint = prefix, joint

    def __missing__(self, word: str) -> int:
        checksum = self[word] = crc32((self._prefix + word + self._joint).encode())
        return checksum


class _Kept(dict[tuple[int, ...], Beginnings]):
    """What was worked out last; starts anew when it holds much."""

    def __setitem__(self, key: tuple[int, ...], value: Beginnings) -> None:
        if len(self) >= _MOST:
            self.clear()
        super().__setitem__(key, value)


def _checksums(features: Iterable[str]) -> list[int]:
    return [crc32(feature.encode()) for feature in features]


_LISTED = crc32(b"listed")
_FAR = _checksums(f"far={i}" for i in range(len(_NEAR_BOUNDS) + 1))
_ALL = crc32(b"all=")


class _Runs:
    """Gives the buckets of so many words in a row, worked out where they are asked for.

    Parameters
    ----------
    prefix, joint : str
        What the features begin with, and what stands between the words.
    items : list of str
    length : int
        How many words each has.
    """

    def __init__(self, prefix: str, joint: str, items: list[str], length: int) -> None:
        self._first, self._joint = _Prefixed(prefix, joint), joint.encode()
        self._items, self._length = items, length
        self._known: dict[int, tuple[array[int], array[int]]] = {}

    def __call__(self, way: int, begin: int, stop: int) -> "array[int]":
        """Give those that begin in a stretch of at most `_LONGEST` words.

        `way` is 0 to read them to the left, 1 to the right.
        """
        number = begin // _SEGMENT
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._find(number * _SEGMENT)
        low = begin - number * _SEGMENT
        return known[way][low : low + max(0, stop - begin)]

    def _find(self, low: int) -> "tuple[array[int], array[int]]":
        """Give those that begin in the segment at `low`, or less than a stretch behind it."""
        part = self._items[low : low + _SEGMENT + _LONGEST + self._length]
        count = max(0, len(part) - self._length + 1)
        states: Iterable[int] = map(self._first.__getitem__, part[:count])
        for place in range(1, self._length):
            if place > 1:
                states = map(crc32, repeat(self._joint), states)
            states = map(crc32, map(str.encode, part[place : place + count]), states)
        found = list(states)
        return array("I", ended(found, b"<")), array("I", ended(found, b">"))


class Neighbours:
    """Gives the features of the words between, before and behind two names.

    Parameters
    ----------
    words : Words
    """

    def __init__(self, words: Words) -> None:
        self._items = words.items
        self._pairs = _Runs("b=", "_", words.items, 2)
        self._triples = _Runs("t=", "_", words.items, 3)
        self._pairs_before = _Runs("preb=", "", words.items, 2)
        self._pairs_behind = _Runs("postb=", "", words.items, 2)
        self._between, self._pre, self._post = (
            _Prefixed("m="),
            _Prefixed("pre="),
            _Prefixed("post="),
        )
        self._far_pre, self._far_post = _Prefixed("far-pre="), _Prefixed("far-post=")
        self._over = _Prefixed("over=")
        self._heads: dict[int, list[int]] = {}
        self._tails: dict[int, list[int]] = {}
        self._betweens, self._befores, self._behinds = _Kept(), _Kept(), _Kept()
        self._aparts = _Kept()

    def between(self, left: int, right: int) -> Beginnings:
        """Give those of the words from one name to the other."""
        found = self._betweens.get((left, right))
        if found is None:
            found = self._betweens[left, right] = self._find_between(left, right)
        return found

    def _find_between(self, left: int, right: int) -> Beginnings:
        low, high = left + 1, max(left + 1, right)
        middle = self._items[low:high]
        length = high - low
        inside = [item for item in middle if item[0] == "<" and len(item) > 1]
        open = [_FAR[bisect_left(_NEAR_BOUNDS, length)]]
        if left == right:
            open.append(_LISTED)
        if inside:
            open += map(self._over.__getitem__, dict.fromkeys(inside))
        if length <= _FEW:
            open.append(crc32(" ".join(middle).encode(), _ALL))
        edges: tuple[tuple[int, int], ...] = ((low, high),)
        if length > _LONGEST:
            edges = ((low, low + _EDGE), (high - _EDGE, high))
            middle = [*middle[:_EDGE], "…", *middle[-_EDGE:]]
        open += self._edge(self._heads, left, middle[:3], "head")
        open += self._edge(self._tails, right, middle[-3:], "tail")
        open += map(self._between.__getitem__, middle)
        over = _over(middle[_EDGE - 2 : _EDGE + 3]) if length > _LONGEST else ()
        return Beginnings(
            open, self._crossed(edges, over, 0), self._crossed(edges, over, 1), inside
        )

    def _edge(self, known: dict[int, list[int]], at: int, words: list[str], name: str) -> list[int]:
        """Give the first or the last words of a stretch, one to three of them."""
        found = known.get(at) if len(words) == 3 else None
        if found is None:
            parts = (words[:1], words[:2]) if name == "head" else (words[-1:], words[-2:])
            found = _checksums(f"{name}{n}={'_'.join(p)}" for n, p in enumerate((*parts, words), 1))
            if len(words) == 3:
                known[at] = found
        return found

    def _crossed(
        self, edges: tuple[tuple[int, int], ...], over: Sequence[int], way: int
    ) -> list[int]:
        """Give the pairs and triples of words in a stretch, and those over its gap."""
        found: list[int] = []
        for begin, stop in edges:
            found += self._pairs(way, begin, stop - 1)
            found += self._triples(way, begin, stop - 2)
        if over:
            found += ended(over, b">" if way else b"<")
        return found

    def before(self, low: int, at: int) -> Beginnings:
        """Give those of the words from the sentence's first up to a name."""
        found = self._befores.get((low, at))
        if found is None:
            found = self._befores[low, at] = self._find_before(low, at)
        return found

    def _find_before(self, low: int, at: int) -> Beginnings:
        begin = max(low, at - _REACH)
        before = self._items[begin:at]
        open = _checksums(f"before{n}=" + "_".join(before[-n:]) for n in (1, 2, 3))
        open += map(self._pre.__getitem__, before[-10:])
        if len(before) > 8:
            left, right = (self._pairs_before(way, at - 9, at - 1).tolist() for way in (0, 1))
            return Beginnings(open, left, right)
        # The judge was trained on each word twice where few stand before a name.
        twice = _checksums("preb=" + word + word for word in before)
        return Beginnings(open, ended(twice, b"<"), ended(twice, b">"))

    def behind(self, at: int, high: int) -> Beginnings:
        """Give those of the words behind a name up to the sentence's last."""
        found = self._behinds.get((at, high))
        if found is None:
            found = self._behinds[at, high] = self._find_behind(at, high)
        return found

    def _find_behind(self, at: int, high: int) -> Beginnings:
        behind = self._items[at + 1 : min(high, at + _REACH + 1)]
        open = _checksums(f"behind{n}=" + "_".join(behind[:n]) for n in (1, 2, 3))
        open += map(self._post.__getitem__, behind[:12])
        stop = at + max(1, min(len(behind), 11))
        left, right = (self._pairs_behind(way, at + 1, stop).tolist() for way in (0, 1))
        return Beginnings(open, left, right)

    def apart(self, low: int, at: int, high: int) -> Beginnings:
        """Give those of the words around a name whose partner stands elsewhere."""
        found = self._aparts.get((low, at, high))
        if found is None:
            found = self._aparts[low, at, high] = self._find_apart(low, at, high)
        return found

    def _find_apart(self, low: int, at: int, high: int) -> Beginnings:
        before = self._items[max(low, at - _REACH) : at]
        behind = self._items[at + 1 : min(high, at + 12)]
        open = _checksums(f"far-before{n}=" + "_".join(before[-n:]) for n in (1, 2, 3))
        open += _checksums(f"far-behind{n}=" + "_".join(behind[:n]) for n in (1, 2, 3))
        open += map(self._far_pre.__getitem__, before)
        closed = _checksums("far-preb=" + a + b for a, b in pairwise(before))
        closed += map(self._far_post.__getitem__, behind)
        known = buckets(closed)
        return Beginnings(open, known, known)


def _over(crossing: list[str]) -> list[int]:
    """The pairs and triples over the gap in a stretch that was cut."""
    two = ["b=" + a + "_" + b for a, b in pairwise(crossing[1:4])]
    three = ["t=" + "_".join(crossing[at : at + 3]) for at in range(3)]
    return _checksums(two + three)

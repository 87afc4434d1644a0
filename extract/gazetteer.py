"""Finds known names in raw text."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from io import StringIO

import ahocorasick_rs

from ..ontology.terms import EntityType
from ..seeds import KnownName, entities, known_names

__all__ = ["WORDS_AFTER_HYPHEN", "Gazetteer", "Hit", "HitType", "fold", "shipped_gazetteer"]

_SEPARATORS = "\\s\\-_\u2010-\u2015\u00b7\u2022"
_RUN = re.compile(f"[^{_SEPARATORS}]+")
_SEPARATOR = re.compile(f"[{_SEPARATORS}]")
# One character for one, so that offsets survive.
_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {ord("İ"): "i", ord("’"): "'"}
_UNSEPARATED = dict.fromkeys(i for i in range(128) if _SEPARATOR.match(chr(i)))
_MOST_SURFACES = 1 << 13  # spellings remembered
_LONGEST = 200_000  # characters of a text that is remembered
_LATIN = re.compile(r"[0-9A-Za-z\u00c0-\u024f]")
WORDS_AFTER_HYPHEN = re.compile(
    r"[-\u2010-\u2013](?:based|like|style|class|level|developed|powered|generated|compatible|native"
    r"|trained|tuned|only|series|family|quality|sized|backed|owned|led|created|made|derived|type"
    r"|to|and|or|vs|versus|specific|related|hosted|inspired|beating|built|funded|licensed|scale"
    r"|enabled|driven|optimized|equivalent|affiliated|era|first|esque|caliber|grade|distilled"
    r"|focused|exclusive|competitive|format|formatted|shaped|flavored)(?![0-9A-Za-z])"
)
"""What may follow a name: "Llama-based" speaks of Llama, "Llama-Guard" is another model."""


def fold(name: str) -> str:
    """Give the form in which names are looked up: no blanks, no hyphens, one width and case.

    Examples
    --------
    >>> fold("GPT-4 Turbo"), fold("ＧＰＴ４Turbo")
    ('gpt4turbo', 'gpt4turbo')
    """
    if name.isascii():
        return name.lower().translate(_UNSEPARATED)
    return "".join(_RUN.findall(name.translate(_WIDTH).lower()))


def _plain(name: str) -> str:
    """Give a name with characters of one width."""
    return name if name.isascii() else name.translate(_WIDTH)


@dataclass(frozen=True, slots=True)
class HitType:
    """One thing that a name may stand for.

    Parameters
    ----------
    type : EntityType
    canonical : str
        The name that all names of the thing share.
    weak : bool
        Whether the name is an ordinary word too, so that it needs support from its context.
    """

    type: EntityType
    canonical: str
    weak: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in a text.

    Parameters
    ----------
    start, end : int
        Offsets into the text.
    types : tuple of HitType
        What it may stand for; sure ones first.
    whole : bool
        False when the name is the beginning of a longer one, as "Llama" is in "Llama-Guard".
    """

    start: int
    end: int
    types: tuple[HitType, ...]
    whole: bool = True


class Gazetteer:
    """A list of names to look up in texts.

    Long and mixed-case names are found in any case; short ones and ordinary words only as they
    are written. Blanks and hyphens between the parts of a name are free.

    Parameters
    ----------
    names : iterable of KnownName

    Examples
    --------
    >>> from modelkin.ontology.terms import EntityType
    >>> gazetteer = Gazetteer([KnownName("Stable Beluga", EntityType.MODEL, "Stable Beluga", 0)])
    >>> text = "StableBeluga以stable-beluga命名，not BigStableBeluga"
    >>> [text[hit.start : hit.end] for hit in gazetteer.find(text)]
    ['StableBeluga', 'stable-beluga']
    """

    def __init__(self, names: Iterable[KnownName]) -> None:
        entries: dict[str, list[KnownName]] = {}
        for known in names:
            key = fold(known.name)
            if len(key) > 1:
                entries.setdefault(key, []).append(known)
        self._keys = sorted(entries)
        self._entries = [
            tuple((known, _plain(known.name)) for known in entries[key]) for key in self._keys
        ]
        self._types: dict[tuple[int, str], tuple[HitType, ...]] = {}
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._keys, matchkind=ahocorasick_rs.MatchKind.Standard, store_patterns=False
        )

    def find(self, text: str) -> list[Hit]:
        """Give the longest names that stand in the text, in order, never overlapping.

        Takes time linear in the text.
        """
        folded = _remembered(text) if len(text) <= _LONGEST else _folded(text)
        plain, origin = folded.plain, folded.origin
        hits: list[Hit] = []
        for index, first, last in self._automaton.find_matches_as_indexes(
            folded.text, overlapping=True
        ):
            hit = self._check(plain, index, origin(first), origin(last - 1) + 1)
            if hit:
                hits.append(hit)
        return _longest(hits)

    def _check(self, text: str, index: int, start: int, end: int) -> Hit | None:
        if not _starts_word(text, start):
            return None
        whole = _ends_word(text, end)
        if whole is None:
            return None
        surface = text[start:end]
        if len(surface) > 2 * len(self._keys[index]) + 2 or "\n\n" in surface:
            return None
        types = self._types.get((index, surface))
        if types is None:
            if len(self._types) >= _MOST_SURFACES:
                self._types.clear()
            types = self._types[index, surface] = self._types_of(index, surface)
        return Hit(start, end, types, whole) if types else None

    def _types_of(self, index: int, surface: str) -> tuple[HitType, ...]:
        types = [
            HitType(known.type, known.canonical, known.ambiguous == 1)
            for known, name in self._entries[index]
            if _same_name(name, surface)
        ]
        return tuple(sorted(types, key=lambda t: (t.weak, t.type)))


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as names are looked up in it, and the way back.

    Parameters
    ----------
    plain : str
        The text with characters of one width.
    text : str
        The same in lower case, without what separates.
    starts, origins : array of int
        Where each stretch without separators starts in `text`, and in `plain`.
    """

    plain: str
    text: str
    starts: "array[int]"
    origins: "array[int]"

    def origin(self, position: int) -> int:
        """Give the place in `plain` of a place in `text`."""
        run = bisect_right(self.starts, position) - 1
        return self.origins[run] + position - self.starts[run]


@lru_cache(maxsize=1)
def _remembered(text: str) -> _Folded:
    """Give what `_folded` gives: one text is searched for several lists of names in turn."""
    return _folded(text)


def _folded(text: str) -> _Folded:
    plain = text.translate(_WIDTH)
    starts, origins = array("I"), array("I")
    total = 0
    pieces = StringIO()  # a list of them would take more memory than a long text
    for run in _RUN.finditer(plain):
        start, end = run.span()
        starts.append(total)
        origins.append(start)
        total += end - start
        pieces.write(_lower(run.group()))
    return _Folded(plain, pieces.getvalue(), starts, origins)


def _lower(run: str) -> str:
    """Give a text in lower case, one character for one."""
    piece = run.lower()
    return piece if len(piece) == len(run) else "".join(c.lower()[:1] for c in run)


def _starts_word(text: str, start: int) -> bool:
    if start == 0 or not _LATIN.match(text[start]):
        return True
    before = text[start - 1]
    if _LATIN.match(before):
        return False
    return not (before in "-_.@#" and start > 1 and _LATIN.match(text[start - 2]))


def _ends_word(text: str, end: int) -> bool | None:
    """Whether the word ends at `end`; None when it goes on without a mark."""
    if end == len(text) or not _LATIN.match(text[end - 1]):
        return True
    after = text[end]
    if _LATIN.match(after):
        return None
    if after == "+":
        return None
    following = text[end + 1 : end + 2]
    if after in "-_.‐–" and following and _LATIN.match(following):
        if after == "." and not following.isdigit():
            return following.isupper()
        return bool(WORDS_AFTER_HYPHEN.match(text, end))
    return True


def _same_name(name: str, surface: str) -> bool:
    """Whether `surface` is an allowed way to write `name`."""
    if name == surface:
        return True
    bare_name, bare_surface = _SEPARATOR.sub("", name), _SEPARATOR.sub("", surface)
    if bare_name != bare_surface:
        if not _any_case(name, bare_name):
            return False
        if surface == surface.lower() and not _stands_out(surface):
            return False
    return _parts_fit(name, surface) and _parts_fit(surface, name)


def _any_case(name: str, bare: str) -> bool:
    if bare.isascii() and len(bare) < 6:
        # "gpt2" and "LORA" are safe to fold where a digit or an odd shape tells them from words.
        return len(bare) > 3 and any(c.isdigit() for c in bare) and any(c.isalpha() for c in bare)
    return any(c.isdigit() for c in bare) or name != name.capitalize() or " " in name


def _stands_out(surface: str) -> bool:
    """Whether a name in small letters still looks like one: "qwen2-7b", not "step 1"."""
    return " " not in surface and any(c.isdigit() or c == "-" for c in surface)


def _parts_fit(one: str, other: str) -> bool:
    """Whether each gap in `one` is a gap in `other` too, or could be one.

    "Llama 2" may be written "Llama2" and "StableBeluga" with a blank or hyphen, but "GPT4All" is
    not "GPT-4 all".
    """
    gaps = _gaps(other)
    bare_one, bare = _SEPARATOR.sub("", one), _SEPARATOR.sub("", other)
    for gap, blank in _gaps(one).items():
        if gap in gaps or not 0 < gap < len(bare):
            continue
        right = bare[gap]
        turns = right.isdigit() or bare[gap - 1].isascii() != right.isascii()
        capital = right.isupper() and (bare_one[gap].isupper() or not blank)
        if not (turns or capital or (bare[gap - 1].isdigit() and gap == len(bare) - 1)):
            return False
    return True


def _gaps(name: str) -> dict[int, bool]:
    """Give the gaps in a name by how many characters precede them, and whether each is a blank."""
    gaps: dict[int, bool] = {}
    length = end = 0
    for run in _RUN.finditer(name):
        gaps[length] = name[end : run.start()].isspace()
        length += run.end() - run.start()
        end = run.end()
    return gaps


def _longest(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if kept and hit.start < kept[-1].end:
            if hit.end - hit.start <= kept[-1].end - kept[-1].start:
                continue
            kept.pop()
            if kept and hit.start < kept[-1].end:
                continue
        kept.append(hit)
    return kept


@cache
def shipped_gazetteer() -> Gazetteer:
    """Give the gazetteer of the names and curated entities that the package ships.

    Examples
    --------
    >>> text = "meta发布Llama 2"
    >>> [text[hit.start : hit.end] for hit in shipped_gazetteer().find(text)]
    ['Llama 2']
    """
    names: dict[tuple[str, EntityType], KnownName] = {}
    for known in known_names():
        names[known.name, known.type] = known
    for entity in entities():
        for name in entity.names:
            names.setdefault((name, entity.type), KnownName(name, entity.type, entity.name, 0))
    return Gazetteer(names[key] for key in sorted(names))

"""Reads frames: sentences with slots, and what they state.

A frame's text has slots in braces: a letter for a kind of thing (see `world.KINDS`), perhaps a
number, perhaps properties: ``{m}``, ``{m2.org}``, ``{m.params}``; ``{m*}`` is a list, and
``{t:LoRA}`` the thing of that name. ``{S}``
stands for the topic of the section, as a name or pronoun, and ``{Ss}`` for its genitive; ``{T}``
for its name. ``<a|b>`` is a choice of words.

Its facts are separated by semicolons: ``m developedBy m.org; m openness open @ 开源``. Words behind
``@`` are those that say it. ``zip`` pairs two lists one by one. A ``?`` at the end leaves a fact
out where the document has no such thing (``W``, who "we" are; ``D``, its date; ``Y``, the day
before).
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ...ontology.terms import Attribute, Predicate

__all__ = ["PLACES", "Fact", "Frame", "frames"]

PLACES = (
    *("title", "essay", "overview", "section", "part", "front", "heading", "maker", "lead"),
    *("body", "topic", "field", "member", "list", "noise", "column", "closing"),
)

_TERMS = frozenset(map(str, Predicate)) | frozenset(map(str, Attribute))


@dataclass(frozen=True, slots=True)
class Fact:
    """What a frame states.

    Parameters
    ----------
    subject, object : str
        Slots; the object of an attribute may be a value.
    term : str
        A `Predicate` or an `Attribute`.
    qualifiers : tuple of (str, str)
    anchor : str
        The words that say it, when neither end is near.
    zipped, optional : bool
    """

    subject: str
    term: str
    object: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    anchor: str = ""
    zipped: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of text with slots, and what it states.

    Parameters
    ----------
    place : str
        One of `PLACES`.
    text : str
    facts : tuple of Fact
    kinds : frozenset of str
        The kinds of documents that use it; all when empty.
    needs : str
        What the document must have: its ``date``, who ``we`` are; or what its topic must be: a
        ``family`` or ``sized``.
    item : str
        For a list or a column: the text of each row.
    """

    place: str
    text: str
    facts: tuple[Fact, ...] = ()
    kinds: frozenset[str] = frozenset()
    needs: str = ""
    item: str = ""


@cache
def frames(lang: str) -> dict[str, tuple[Frame, ...]]:
    """Give the frames of a language by place."""
    found: dict[str, list[Frame]] = {place: [] for place in PLACES}
    for source in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if re.fullmatch(rf"frames_{lang}\w*\.toml", source.name):
            table = tomllib.loads(source.read_text(encoding="utf-8"))
            for place, rows in table.items():
                found[place] += [_frame(place, row) for row in rows]
    return {place: tuple(rows) for place, rows in found.items()}


def _frame(place: str, row: Mapping[str, str] | Sequence[str]) -> Frame:
    if not isinstance(row, Mapping):
        row = dict(zip(("text", "facts", "needs"), row, strict=False))
    return Frame(
        place=place,
        text=row["text"],
        facts=tuple(_fact(part) for part in row.get("facts", "").split(";") if part.strip()),
        kinds=frozenset(row.get("kinds", "").split()),
        needs=row.get("needs", ""),
        item=row.get("item", ""),
    )


def _fact(text: str) -> Fact:
    said, _, anchor = text.partition("@")
    optional = said.rstrip().endswith("?")
    subject, term, object, *rest = said.rstrip().rstrip("?").split()
    if term not in _TERMS:
        raise ValueError(f"no predicate or attribute {term!r} in {text!r}")
    return Fact(
        subject=subject,
        term=term,
        object=object,
        qualifiers=tuple(
            (key, value) for key, _, value in (word.partition("=") for word in rest) if value
        ),
        anchor=anchor.strip(),
        zipped="zip" in rest,
        optional=optional,
    )

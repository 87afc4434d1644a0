"""Finds the names in a text: candidates from every rule, then one decision."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ..ontology.terms import EntityType
from .decide import decide, known_candidates
from .domains import find_domains
from .gazetteer import Hit, shipped_gazetteer
from .licence_names import find_licences
from .mention import Mention
from .merge import repeat_mentions
from .organisations import find_organisations
from .people import find_people
from .shapes import find_shapes
from .structure import BlockKind, Structure
from .view import PlainView, plain_view

__all__ = ["Names", "find_mentions", "find_names"]

_KEYS = {
    "license": EntityType.LICENSE,
    "base_model": EntityType.MODEL,
    "datasets": EntityType.DATASET,
}
_VALUE = re.compile(
    r"(?:^|[\s,\[])[\"']?(?P<value>[A-Za-z0-9][\w./+ -]*\w\+?)[\"']?(?=\s*(?:[,\]]|$))",
    re.MULTILINE,
)
_NO_LICENCE = frozenset(("other", "unknown", "none"))

_RULES: tuple[Callable[[str, list[Hit]], Iterator[Mention]], ...] = (
    find_shapes,
    lambda text, _: find_people(text),
    lambda text, _: find_organisations(text),
    lambda text, _: find_licences(text),
    lambda text, _: find_domains(text),
)


@dataclass(frozen=True, slots=True)
class Names:
    """What the rules know of the names in a text.

    Parameters
    ----------
    mentions : list of Mention
        What they take for names, in order, never overlapping.
    view : PlainView
        The text without its markup.
    hits : list of Hit
        Known names in the view.
    """

    mentions: list[Mention]
    view: PlainView
    hits: list[Hit]


def find_mentions(text: str, structure: Structure) -> list[Mention]:
    """Give the places where a text names something, in order, never overlapping.

    Parameters
    ----------
    text : str
    structure : Structure
        The structure of the same text; its hidden spans carry no names.

    Returns
    -------
    list of Mention
        Typed, not yet merged into entities: their `entity` is empty.

    Examples
    --------
    >>> text = "**百川智能**开源了Baichuan-13B"
    >>> [(text[m.start : m.end], m.type.value) for m in find_mentions(text, Structure(()))]
    [('百川智能', 'Organization'), ('Baichuan-13B', 'Model')]
    """
    return find_names(text, structure).mentions


def find_names(text: str, structure: Structure) -> Names:
    """Give the same mentions together with what they were decided from."""
    view = plain_view(text, structure.hidden)
    hits = shipped_gazetteer().find(view.text)
    candidates = known_candidates(view.text, hits)
    for rule in _RULES:
        candidates.extend(rule(view.text, hits))
    mentions = list(_front_matter(text, structure))
    taken = [(mention.start, mention.end) for mention in mentions]
    for mention in repeat_mentions(view.text, decide(view.text, candidates)):
        span = view.span(mention.start, mention.end, text)
        if span and not any(start < span[1] and span[0] < end for start, end in taken):
            mentions.append(replace(mention, start=span[0], end=span[1]))
    return Names(sorted(mentions, key=lambda m: m.start), view, hits)


def _front_matter(text: str, structure: Structure) -> Iterator[Mention]:
    """The values of keys whose meaning is agreed on: ``license``, ``base_model``, ``datasets``."""
    for block in structure.blocks:
        if block.kind is not BlockKind.FRONT_MATTER:
            continue
        type = _KEYS.get(block.key)
        if type is None:
            continue
        value = text.find(":", block.start, block.end) + 1 or block.end
        for match in _VALUE.finditer(text, value, block.end):
            start, end = match.span("value")
            if type is EntityType.LICENSE and match.group("value").casefold() in _NO_LICENCE:
                continue
            if type is EntityType.MODEL:
                start += match.group("value").rfind("/") + 1
            yield Mention(start, end, type, "", "front-matter", 0.95)

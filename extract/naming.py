"""Finds the names in a text: candidates from every rule, then one decision."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from .decide import decide, known_candidates
from .gazetteer import Hit, shipped_gazetteer
from .mention import Mention
from .merge import repeat_mentions
from .organisations import find_organisations
from .people import find_people
from .shapes import find_shapes
from .structure import Structure
from .view import plain_view

__all__ = ["find_mentions"]

_RULES: tuple[Callable[[str, list[Hit]], Iterator[Mention]], ...] = (
    find_shapes,
    lambda text, _: find_people(text),
    lambda text, _: find_organisations(text),
)


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
    view = plain_view(text, structure.hidden)
    hits = shipped_gazetteer().find(view.text)
    candidates = known_candidates(view.text, hits)
    for rule in _RULES:
        candidates.extend(rule(view.text, hits))
    mentions: list[Mention] = []
    for mention in repeat_mentions(view.text, decide(view.text, candidates)):
        span = view.span(mention.start, mention.end, text)
        if span:
            mentions.append(replace(mention, start=span[0], end=span[1]))
    return mentions

"""Sizes that stand for a name in an enumeration: "Baichuan-7B、13B"."""

import re
from collections.abc import Sequence

from ..ontology.identifiers import name_key
from ..ontology.terms import EntityType
from .mention import Mention

__all__ = ["ELIDED", "elided_mentions"]

ELIDED = "elided"
"""`Mention.source` of a mention whose words are no name of the entity."""

_SIZE = r"(?:\d+x)?\d+(?:\.\d+)?[BMTbmt]"
_ENDS_IN_SIZE = re.compile(rf"{_SIZE}$")
_NEXT = re.compile(
    rf"\s*(?:[、,，/&]|和|与|及|以及|\band\b|\bor\b|,\s*and\b)\s*(?P<size>{_SIZE})"
    r"(?![A-Za-z0-9_.-]*[A-Za-z0-9])"
)


def elided_mentions(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Give the bare sizes that follow a sized name, where the text elsewhere names that size.

    Parameters
    ----------
    text : str
    mentions : sequence of Mention
        Sorted, with their entities.

    Examples
    --------
    >>> text = "Foo-7B、13B两款。Foo-13B更强。"
    >>> found = [Mention(0, 6, EntityType.MODEL, "a"), Mention(13, 20, EntityType.MODEL, "b")]
    >>> [(text[m.start : m.end], m.entity) for m in elided_mentions(text, found)]
    [('13B', 'b')]
    """
    models = [mention for mention in mentions if mention.type is EntityType.MODEL]
    entities = {name_key(text[m.start : m.end]): m.entity for m in models}
    starts = {mention.start for mention in mentions}
    elided: list[Mention] = []
    for mention in models:
        name = text[mention.start : mention.end]
        size = _ENDS_IN_SIZE.search(name)
        if not size:
            continue
        end = mention.end
        while following := _NEXT.match(text, end):
            start, end = following.span("size")
            entity = entities.get(name_key(name[: size.start()] + following.group("size")))
            if entity is None or start in starts:
                break
            elided.append(Mention(start, end, mention.type, entity, ELIDED, mention.score))
    return elided

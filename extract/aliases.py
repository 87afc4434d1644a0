"""The longer and shorter ways in which a text writes one name at one place."""

import re
from collections.abc import Iterator

from ..ontology.terms import EntityType
from .mention import Mention

__all__ = ["names_at"]

_OWNER = re.compile(r"(?<![\w./-])[A-Za-z0-9][\w.-]{1,40}/$")
_WORD_AFTER = re.compile(r" ?(?:[Ll]icen[cs]e|LICENSE|许可证|许可协议|开源协议|协议)(?![A-Za-z])")
_WORD_WITHIN = re.compile(r"[\s-]*(?:[Ll]icen[cs]e|LICENSE|许可证|许可协议|开源协议|协议)$")


def names_at(text: str, mention: Mention) -> Iterator[str]:
    """Give the names that the text at a mention holds, the mention's own first.

    "Owner/Name" is a name beside "Name", and "MIT License" beside "MIT".

    Parameters
    ----------
    text : str
    mention : Mention

    Examples
    --------
    >>> text = "example/Foo-7B, under the MIT License"
    >>> list(names_at(text, Mention(8, 14, EntityType.MODEL, "")))
    ['Foo-7B', 'example/Foo-7B']
    >>> list(names_at(text, Mention(26, 37, EntityType.LICENSE, "")))
    ['MIT License', 'MIT']
    """
    name = " ".join(text[mention.start : mention.end].split())
    yield name
    if mention.type in (EntityType.MODEL, EntityType.DATASET):
        owner = _OWNER.search(text, max(0, mention.start - 48), mention.start)
        if owner:
            yield owner.group() + name
    elif mention.type is EntityType.LICENSE:
        shorter = _WORD_WITHIN.sub("", name)
        if len(shorter) > 2 and shorter != name:
            yield shorter
        after = _WORD_AFTER.match(text, mention.end)
        if after:
            yield name + after.group()

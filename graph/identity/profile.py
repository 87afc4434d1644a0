"""What an entity's names give to compare: normal forms, readings, curated things, numbers."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ...ontology.claim import Entity
from ...ontology.model_name import ModelName, parse_model_name
from ...ontology.terms import EntityType
from .curated import curated_id, family_of, known_as
from .normal import name_words, normal_key, simplified
from .pinyin import head_spellings, latin_spellings

__all__ = ["Profile", "has_ideographs", "profile_of"]

_MOST_NAMES = 24  # an entity of more names has lists for aliases
_LONGEST = 200
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_OWNER = re.compile(r"\A([\w.-]{1,96})/[^/\s][^/]*\Z")
_SIGNS = frozenset(("plus", "sharp"))
_SMALL = frozenset(("a", "an", "and", "at", "de", "for", "in", "of", "on", "the", "to", "with"))


@dataclass(frozen=True, slots=True)
class Profile:
    """What an entity's names give to compare; make one with `profile_of`.

    Parameters
    ----------
    entity : Entity
    key : str
        The normal form of the name that it is shown by.
    words : tuple of str
        Of that normal form.
    others : frozenset of str
        The normal forms of its other names.
    model : ModelName or None
        For a model, what the shown name says, its family in the curated spelling.
    models : frozenset of ModelName
        The same for the other names.
    curated : str or None
        The curated thing that has the shown name.
    known : str or None
        The name that collected names of the same thing share.
    spoken : frozenset of str
        How the shown name may stand in Latin letters, if it is Chinese.
    heads : frozenset of str
        The same for its first characters.
    initials : frozenset of str
        What may abbreviate it.
    numbers : tuple of str
        Sorted.
    letters : tuple of str
        The single Latin letters and the signs (``plus``) among the words, sorted.
    owner : str
        The normal form of the owner before a slash; empty without one.
    """

    entity: Entity
    key: str
    words: tuple[str, ...]
    others: frozenset[str]
    model: ModelName | None
    models: frozenset[ModelName]
    curated: str | None
    known: str | None
    spoken: frozenset[str]
    heads: frozenset[str]
    initials: frozenset[str]
    numbers: tuple[str, ...]
    letters: tuple[str, ...]
    owner: str

    @property
    def wide(self) -> bool:
        """Whether the shown name has ideographs."""
        return has_ideographs(self.key)


def has_ideographs(text: str) -> bool:
    """Tell whether a text has Chinese characters."""
    return bool(_IDEOGRAPH.search(text))


@lru_cache(maxsize=32768)
def profile_of(entity: Entity) -> Profile:
    """Give what the names of an entity give to compare."""
    type = entity.type
    shown = entity.name[:_LONGEST]
    aliases = [alias[:_LONGEST] for alias in entity.aliases[:_MOST_NAMES]]
    key = normal_key(shown, type)
    words = name_words(shown, type)
    is_model = type is EntityType.MODEL
    owner = _OWNER.match(shown) if type in (EntityType.MODEL, EntityType.DATASET) else None
    return Profile(
        entity,
        key,
        words,
        frozenset(normal_key(alias, type) for alias in aliases) - {key},
        _read(shown) if is_model else None,
        frozenset(map(_read, aliases)) if is_model else frozenset(),
        curated_id(shown, type),
        known_as(shown, type),
        latin_spellings(shown, type),
        head_spellings(shown, type),
        _initials(words),
        tuple(sorted(number.removesuffix(".0") for number in _NUMBER.findall(key))),
        tuple(
            sorted(word for word in words if word in _SIGNS or (len(word) == 1 and word.isascii()))
        ),
        normal_key(owner[1], EntityType.ORGANIZATION) if owner else "",
    )


def _read(name: str) -> ModelName:
    read = parse_model_name(simplified(name))
    family = family_of(read.family)
    if family == read.family:
        return read
    return ModelName(
        family,
        read.generation,
        read.size,
        read.editions,
        read.window,
        read.stamp,
        read.formats,
        read.rest,
    )


def _initials(words: tuple[str, ...]) -> frozenset[str]:
    """Give the first letters of all words, and of the large ones, where they are three or more."""
    latin = [word for word in words if word.isascii() and word.isalpha()]
    large = [word for word in latin if word not in _SMALL]
    found = ("".join(word[0] for word in chosen) for chosen in (latin, large))
    return frozenset(initials for initials in found if len(initials) > 2)

"""From a name as people type it to the one entity that it stands for."""

import unicodedata
from collections.abc import Iterable

from ..ontology.claim import Entity
from ..ontology.identifiers import name_key
from ..ontology.terms import EntityType
from .errors import AmbiguousNameError, UnknownNameError
from .protocols import GraphStore

__all__ = ["resolve", "suggestions"]

# Pieces of such lengths are likely to survive a slip of the pen; Chinese words are shorter.
_PIECES = (4,)
_WIDE_PIECES = (2, 1)
_MOST_PIECES = 24
_MOST_NAMES = 40
_SHORT = 3


def resolve(
    store: GraphStore,
    text: str,
    type: EntityType | None = None,
    *,
    prefer: EntityType | None = None,
) -> Entity:
    """Give the entity of that name: case, blanks, hyphens and language are free.

    Parameters
    ----------
    store : GraphStore
    text : str
        A name, an alias or an id.
    type : EntityType, optional
        The only type that counts.
    prefer : EntityType, optional
        The type that wins where the name stands for entities of several types.

    Returns
    -------
    Entity
        Where several carry the name, the one that is shown by it, if it is one; where none is,
        the one that curated data knows by it.

    Raises
    ------
    UnknownNameError
        When no entity carries the name; names that look like it are suggested.
    AmbiguousNameError
        When several do; the message lists their ids, types and names.
    """
    found = store.find(text, type)
    if not found:
        raise UnknownNameError(_unknown(text, type), hint=_next(suggestions(store, text, type)))
    preferred = [entity for entity in found if entity.type == prefer]
    found = preferred or found
    shown = [entity for entity in found if name_key(entity.name) == name_key(text)]
    if len(found) == 1 or len(shown) == 1:
        return found[0] if len(found) == 1 else shown[0]
    known = [] if shown else _curated(text, found)
    if len(known) == 1:
        return known[0]
    lines = "".join(f"\n  {entity.id} ({entity.type}): {entity.name}" for entity in found)
    raise AmbiguousNameError(
        f"{text!r} stands for {len(found)} entities:{lines}", hint="give one of these ids"
    )


def _curated(text: str, found: list[Entity]) -> list[Entity]:
    """Give those that curated data knows by the name, and not only some article."""
    # Only the way to an error message, or past it, needs them.
    from .. import seeds

    known = ((entity, seeds.resolve(text, entity.type)) for entity in found)
    return [entity for entity, seed in known if seed is not None and seed.id == entity.id]


def suggestions(
    store: GraphStore, text: str, type: EntityType | None = None, limit: int = 5
) -> list[str]:
    """Give names that look like the text, the nearest first."""
    # Only the way to an error message needs it.
    from difflib import get_close_matches

    key = name_key(text)
    carriers: dict[str, tuple[str, str]] = {}
    for piece in _pieces(text):
        for hit in store.search(piece, limit=_MOST_NAMES):
            if hit.entity is not None and type in (None, hit.entity.type):
                for name in hit.entity.names:
                    carriers.setdefault(name_key(name), (hit.entity.id, name))
    # One wrong character in two is half the name.
    cutoff = 0.5 if len(key) <= _SHORT else 0.6
    near = get_close_matches(key, sorted(carriers), n=len(carriers) or 1, cutoff=cutoff)
    names: dict[str, str] = {}
    for match in near:
        id, name = carriers[match]
        names.setdefault(id, name)
    return list(names.values())[:limit]


def _pieces(text: str) -> Iterable[str]:
    """Give the words of a text, then overlapping pieces of them.

    Examples
    --------
    >>> list(_pieces("Mistrall")), list(_pieces("智普 AI"))
    (['Mistrall', 'Mist', 'istr', 'stra', 'tral', 'rall'], ['智普', 'AI', '智', '普'])
    """
    words = [word for word in unicodedata.normalize("NFC", text).split() if len(word) > 1]
    pieces = list(words)
    for word in words:
        for size in _PIECES if word.isascii() else _WIDE_PIECES:
            pieces += [word[start : start + size] for start in range(len(word) - size + 1)]
    return list(dict.fromkeys(pieces))[:_MOST_PIECES]


def _unknown(text: str, type: EntityType | None) -> str:
    return f"no {type.value if type else 'entity'} is named {text!r}"


def _next(near: list[str]) -> str:
    if near:
        return "did you mean " + ", ".join(near) + "?"
    return "look for parts of the name: modelkin search TEXT"

"""Which entities are worth comparing: those that share a spelling, a sound or most letters."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from ...ontology.terms import EntityType
from .profile import Profile

__all__ = ["candidate_pairs"]

_SMALL_BLOCK = 24  # of which all pairs are compared
_WINDOW = 12  # neighbours of each in a larger one
_SHORTEST = 5  # letters of a name that a slip of the pen leaves recognisable
_LONGEST = 64
_PIECEWISE = 12
_SURE = frozenset("cknmosw")


def candidate_pairs(
    profiles: Sequence[Profile], organizations: Mapping[str, Collection[str]] | None = None
) -> list[tuple[int, int]]:
    """Give the places of pairs that may be one thing, each once, sorted.

    Parameters
    ----------
    profiles : sequence of Profile
    organizations : mapping of str to collection of str, optional
        By the id of an entity, the ids of those who developed it or employ it.

    Returns
    -------
    list of (int, int)
        Its length grows with the number of profiles, whatever names they have.

    Examples
    --------
    >>> from modelkin.ontology.claim import Entity
    >>> from .profile import profile_of
    >>> names = ("Heron Labs", "Wren Institute", "Heron Lbas")
    >>> some = [Entity.of(name, EntityType.ORGANIZATION, name) for name in names]
    >>> candidate_pairs([profile_of(entity) for entity in some])
    [(0, 2)]
    """
    organizations = organizations or {}
    blocks: dict[tuple[EntityType, str, str], list[int]] = defaultdict(list)
    for place, profile in enumerate(profiles):
        for kind, text in sorted(set(_marks(profile))):
            blocks[profile.entity.type, kind, text].append(place)
        for organization in organizations.get(profile.entity.id, ()):
            blocks[profile.entity.type, "o", f"{profile.key} {organization}"].append(place)
    seen: set[tuple[int, int]] = set()
    for (_, kind, _), places in blocks.items():
        if len(places) < 2 or (len(places) > _SMALL_BLOCK and kind not in _SURE):
            continue
        window = len(places) if len(places) <= _SMALL_BLOCK else _WINDOW
        for start, one in enumerate(places):
            seen.update((one, other) for other in places[start + 1 : start + 1 + window])
    return sorted(seen)


def _marks(profile: Profile) -> Iterator[tuple[str, str]]:
    """Give what an entity may share with another of its type, each with its kind.

    ``k`` a normal form, ``c`` a curated thing, ``n`` a collected name, ``m`` what a model's name
    says, ``s`` a sound, ``w`` words in any order, ``f`` a firm's name without general words,
    ``a`` initials, ``d`` all letters but one, ``p`` a third of the letters.
    """
    key = profile.key
    for other in (key, *profile.others):
        yield "k", other
        if not profile.wide:
            yield "s", other
    for sound in (*profile.spoken, *profile.heads):
        yield "s", sound
    if profile.curated:
        yield "c", profile.curated
    if profile.known:
        yield "n", profile.known
    if profile.model:
        yield "m", repr(profile.model)
        for model in profile.models:
            yield "m", repr(model)
    if len(profile.words) > 1:
        yield "w", " ".join(sorted(profile.words))
        yield "f", profile.words[0]
        yield "f", "".join(profile.words[:-1])
    yield "f", key
    if profile.entity.type is EntityType.ORGANIZATION and profile.wide:
        yield "f", key[:-2]
    for initials in profile.initials:
        yield "a", initials
    if len(key) <= _SHORTEST + 2:
        yield "a", key
    if _SHORTEST - 1 * profile.wide <= len(key) <= _LONGEST:
        yield "d", key
        for cut in range(len(key)):
            yield "d", key[:cut] + key[cut + 1 :]
    if _PIECEWISE <= len(key) <= _LONGEST:
        third = len(key) // 3
        yield "p", f"<{key[:third]}"
        yield "p", f"{key[-third:]}>"

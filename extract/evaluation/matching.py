"""Finds for each entity that was found the annotated one that it stands for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from .gold import GoldEntity
from .values import fold_name, fold_names

__all__ = [
    "Cost",
    "End",
    "Matches",
    "StandIns",
    "cost_of",
    "match_entities",
    "meant_by",
    "one_to_one",
    "resolver",
    "stand_ins",
]

Matches = dict[int, int]
"""The index of what was annotated, and the index of what was found for it."""

End = int | str
"""One end of a claim: the index of an entity, or a reference that leads nowhere."""

StandIns = Sequence[Mapping[int, int]]
"""For each entity found, the annotated ones that it may stand for and what each costs."""

Cost = tuple[float, ...]


def one_to_one(candidates: Iterable[tuple[Cost, int, int]]) -> Matches:
    """Take pairs from the cheapest on, each side at most once.

    Parameters
    ----------
    candidates : iterable of (tuple, int, int)
        Cost, index of what was annotated, index of what was found.

    Examples
    --------
    >>> one_to_one([((1,), 0, 0), ((0,), 0, 1), ((2,), 1, 0), ((2,), 1, 1)])
    {0: 1, 1: 0}
    """
    matches: Matches = {}
    taken: set[int] = set()
    for _, gold, found in sorted(candidates):
        if gold not in matches and found not in taken:
            matches[gold] = found
            taken.add(found)
    return matches


def _names(entity: GoldEntity) -> frozenset[str]:
    return fold_names((entity.name, *entity.names))


def _common_names(gold: Sequence[GoldEntity], found: Sequence[GoldEntity]) -> list[dict[int, int]]:
    """Count for each entity found the names that it has in common with annotated ones."""
    bearers: dict[str, list[int]] = defaultdict(list)
    for index, entity in enumerate(gold):
        for name in _names(entity):
            bearers[name].append(index)
    common: list[dict[int, int]] = []
    for entity in found:
        shared: dict[int, int] = defaultdict(int)
        for name in _names(entity):
            for bearer in bearers.get(name, ()):
                shared[bearer] += 1
        common.append(shared)
    return common


def match_entities(
    gold: Sequence[GoldEntity], found: Sequence[GoldEntity], *, typed: bool = True
) -> Matches:
    """Match entities that have a name in common, and their type unless `typed` is false.

    Examples
    --------
    >>> llama = GoldEntity("e1", "Model", "Llama 2", ("Llama 2", "LLaMA-2"))
    >>> match_entities([llama], [GoldEntity("m", "Model", "llama2", ("llama2",))])
    {0: 0}
    """
    candidates: list[tuple[Cost, int, int]] = []
    for f, shared in enumerate(_common_names(gold, found)):
        for g, count in shared.items():
            other_type = gold[g].type != found[f].type
            if not (typed and other_type):
                other_name = fold_name(gold[g].name) != fold_name(found[f].name)
                candidates.append(((other_type, other_name, -count), g, f))
    return one_to_one(candidates)


def stand_ins(gold: Sequence[GoldEntity], found: Sequence[GoldEntity]) -> StandIns:
    """Give for each entity found those annotated that it may stand for as the end of a claim.

    Those that carry its main name; where there are none, those that share the most names with
    it. One of another type costs 1.
    """
    carried = [_names(entity) for entity in gold]
    meant: list[Mapping[int, int]] = []
    for index, shared in enumerate(_common_names(gold, found)):
        main, type = fold_name(found[index].name), found[index].type
        chosen = [g for g in sorted(shared) if main in carried[g]]
        if not chosen and shared:
            most = max(shared.values())
            chosen = [g for g in sorted(shared) if shared[g] == most]
        meant.append({g: int(gold[g].type != type) for g in chosen})
    return meant


def resolver(entities: Sequence[GoldEntity]) -> Callable[[str], End]:
    """Give a function that finds the entity that a reference names: by id, else by name."""
    ids: dict[str, int] = {}
    names: dict[str, int] = {}
    for index, entity in enumerate(entities):
        ids.setdefault(entity.id, index)
        for name in _names(entity):
            names.setdefault(name, index)

    def resolve(reference: str) -> End:
        return ids.get(reference, names.get(fold_name(reference), reference))

    return resolve


def cost_of(meant: StandIns, end: End, gold: End) -> int | None:
    """Give what it costs that the end of a claim stands for an annotated entity, or None."""
    if isinstance(end, str) or isinstance(gold, str):
        return None
    return meant[end].get(gold)


def meant_by(meant: StandIns, end: End) -> object:
    """Give the annotated entity that an end most likely stands for, else the end itself."""
    options = {} if isinstance(end, str) else meant[end]
    return min(options, key=lambda g: (options[g], g)) if options else ("nothing", end)

"""How much is found of what no training document showed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Self

from .count import Count
from .gold import GoldDocument
from .scoring import DocumentScore
from .values import fold_names

__all__ = ["Seen", "by_novelty"]


@dataclass(frozen=True, slots=True)
class Seen:
    """The names of training documents, and which of them a relation connects.

    Parameters
    ----------
    names : frozenset of str
        As `fold_name` gives them.
    pairs : frozenset of frozenset of str
        Two names each; one where a relation connects two things of one name.
    """

    names: frozenset[str]
    pairs: frozenset[frozenset[str]]

    @classmethod
    def of(cls, documents: Iterable[GoldDocument]) -> Self:
        """Collect what documents show."""
        names: set[str] = set()
        pairs: set[frozenset[str]] = set()
        for document in documents:
            named = [fold_names((entity.name, *entity.names)) for entity in document.entities]
            places = {entity.id: index for index, entity in enumerate(document.entities)}
            names.update(*named)
            for relation in document.relations:
                ends = named[places[relation.subject]], named[places[relation.object]]
                pairs.update(map(frozenset, product(*ends)))
        return cls(frozenset(names), frozenset(pairs))


def by_novelty(document: GoldDocument, score: DocumentScore, seen: Seen) -> Mapping[str, Count]:
    """Count found and missed entities and relations apart: seen in training, and unseen.

    A name is unseen when no training document has any of the entity's names; a pair, when no
    training document has a relation between the two.

    Parameters
    ----------
    document : GoldDocument
    score : DocumentScore
        Of that document.
    seen : Seen

    Returns
    -------
    mapping
        Counts of ``names_seen``, ``names_unseen``, ``pairs_seen`` and ``pairs_unseen``; nothing
        counts as false.
    """
    counts = dict.fromkeys(("names_seen", "names_unseen", "pairs_seen", "pairs_unseen"), Count())

    def add(part: str, known: bool, found: bool) -> None:
        key = f"{part}_{'seen' if known else 'unseen'}"
        counts[key] += Count(right=int(found), missed=int(not found))

    named = [fold_names((entity.name, *entity.names)) for entity in document.entities]
    for names, found in zip(named, score.entities_found, strict=True):
        add("names", not names.isdisjoint(seen.names), found)
    for (subject, object), found in zip(score.relation_ends, score.relations_found, strict=True):
        if isinstance(subject, int) and isinstance(object, int):
            ways = map(frozenset, product(named[subject], named[object]))
            add("pairs", not seen.pairs.isdisjoint(ways), found)
    return counts

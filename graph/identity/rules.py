"""What the decisions in force say about names and claims, ready to be applied."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from ...ontology.decision import Decision, DecisionKind, in_force
from ...ontology.identifiers import entity_id, entity_type
from ..errors import DecisionError

__all__ = ["Rules", "Split", "checked"]


@dataclass(frozen=True, slots=True)
class Split:
    """Some of what one entity was taken for is another one.

    Parameters
    ----------
    new : str
        The id of the other one.
    names : frozenset of str
        What goes by one of these names is the other one.
    documents : frozenset of str
        What one of these documents means is the other one.
    """

    new: str
    names: frozenset[str]
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """What decisions ask for.

    Parameters
    ----------
    merges : tuple of (str, str)
        What is one: the entity and what it is merged into, the earliest first.
    apart : frozenset of frozenset of str
        Pairs that are not one.
    splits : mapping of str to tuple of Split
        By the entity that is split.
    renames : mapping of str to str
        The name that an entity is shown by.
    aliases : mapping of str to tuple of str
        More names of an entity.
    rejected : frozenset of (str, str, str)
        Subject, predicate and object key of what does not hold.
    """

    merges: tuple[tuple[str, str], ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()
    splits: Mapping[str, tuple[Split, ...]] = field(default_factory=dict)
    renames: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rejected: frozenset[tuple[str, str, str]] = frozenset()

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Self:
        """Give what decisions ask for; those that were taken back ask for nothing.

        Examples
        --------
        >>> when = "2026-11-24T17:05:00Z"
        >>> alias = Decision.of(DecisionKind.ALIAS, author="ann", time=when,
        ...                     entity="organization/heron-labs", name="白鹭实验室")
        >>> Rules.of([alias]).merges
        (('organization/白鹭实验室', 'organization/heron-labs'),)
        """
        merges: list[tuple[str, str]] = []
        apart: set[frozenset[str]] = set()
        splits: dict[str, list[Split]] = {}
        renames: dict[str, str] = {}
        aliases: dict[str, list[str]] = {}
        rejected: set[tuple[str, str, str]] = set()
        for decision in in_force(decisions):
            match decision.kind:
                case DecisionKind.MERGE:
                    merges.append((decision["entity"], decision["into"]))
                case DecisionKind.APART:
                    apart.add(frozenset((decision["entity"], decision["other"])))
                case DecisionKind.SPLIT:
                    entity, new = decision["entity"], decision["new"]
                    names, documents = decision.several("names"), decision.several("documents")
                    split = Split(new, frozenset(names), frozenset(documents))
                    splits.setdefault(entity, []).append(split)
                    apart.add(frozenset((entity, new)))
                    renames.setdefault(new, decision["name"])
                case DecisionKind.RENAME:
                    renames[decision["entity"]] = decision["name"]
                case DecisionKind.ALIAS:
                    entity, name = decision["entity"], decision["name"]
                    aliases.setdefault(entity, []).append(name)
                    other = entity_id(entity_type(entity), name)
                    if other != entity:
                        merges.append((other, entity))
                case DecisionKind.REJECT:
                    said = (decision["subject"], decision["predicate"], decision["object"])
                    rejected.add(said)
                case DecisionKind.UPHOLD | DecisionKind.UNDO:
                    pass
        return cls(
            tuple(merges),
            frozenset(apart),
            {entity: tuple(found) for entity, found in splits.items()},
            renames,
            {entity: tuple(found) for entity, found in aliases.items()},
            frozenset(rejected),
        )

    def mentioned(self) -> frozenset[str]:
        """Give every entity that some rule is about."""
        ids: set[str] = set(self.splits) | set(self.renames) | set(self.aliases)
        for pair in (*self.merges, *self.apart):
            ids.update(pair)
        for subject, _, object in self.rejected:
            ids.update((subject, object))
        for splits in self.splits.values():
            ids.update(split.new for split in splits)
        return frozenset(ids)

    def owners(self) -> dict[str, str]:
        """Give, for each entity that was split off, the one that it was taken for."""
        return {split.new: entity for entity, found in self.splits.items() for split in found}

    def together(self) -> dict[str, set[str]]:
        """Give, for each entity that is merged, those that it is merged with directly."""
        found: dict[str, set[str]] = {}
        for one, other in self.merges:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return found


def checked(
    decision: Decision, before: Collection[Decision], rules: Rules | None = None
) -> Decision:
    """Give the decision if it can stand beside those before it.

    Parameters
    ----------
    decision : Decision
    before : collection of Decision
        By time and id.
    rules : Rules, optional
        What these ask for, where that is known already.

    Returns
    -------
    Decision
        The same.

    Raises
    ------
    DecisionError
        When it joins things of different types, joins what is one already, keeps apart what a
        decision made one, or takes back what is not there.

    Examples
    --------
    >>> when = "2026-11-24T17:05:00Z"
    >>> def merge(entity, into):
    ...     return Decision.of(
    ...         DecisionKind.MERGE, author="ann", time=when, entity=entity, into=into
    ...     )
    >>> try:
    ...     checked(merge("model/b", "model/a"), [merge("model/a", "model/b")])
    ... except DecisionError as error:
    ...     print(error.message)
    model/b and model/a are merged already
    """
    if decision.kind is DecisionKind.UNDO:
        if all(decision["decision"] != other.id for other in before):
            raise DecisionError(
                f"there is no decision {decision['decision']}",
                hint="list them: modelkin decisions list",
            )
        return decision
    pair = _pair(decision)
    if pair is None:
        return decision
    one, other = pair
    if one == other:
        raise DecisionError(f"{one} cannot be told from itself", hint="name two entities")
    if entity_type(one) is not entity_type(other):
        raise DecisionError(
            f"{one} and {other} are things of different types",
            hint="only entities of one type can be one",
        )
    rules = Rules.of(before) if rules is None else rules
    merging = decision.kind is DecisionKind.MERGE
    # Somebody else may have decided the very same.
    same = merging and (one, other) in rules.merges
    if not same and _joined(rules, one, other):
        raise DecisionError(
            f"{one} and {other} are merged {'already' if merging else 'by a decision'}",
            hint="take that decision back: modelkin decisions undo ID",
        )
    return decision


def _pair(decision: Decision) -> tuple[str, str] | None:
    match decision.kind:
        case DecisionKind.MERGE:
            return decision["entity"], decision["into"]
        case DecisionKind.APART:
            return decision["entity"], decision["other"]
        case DecisionKind.SPLIT:
            return decision["entity"], decision["new"]
        case _:
            return None


def _joined(rules: Rules, one: str, other: str) -> bool:
    together = rules.together()
    seen, ahead = {one}, [one]
    while ahead:
        for next in together.get(ahead.pop(), ()):
            if next not in seen:
                seen.add(next)
                ahead.append(next)
    return other in seen

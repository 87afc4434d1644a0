"""``modelkin decide``: which of two claims that contradict each other holds."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from .deciding import Deciding, decided, deciding_options
from .naming import members, named, term_named
from .settings import Settings

if TYPE_CHECKING:
    from ..graph.protocols import GraphStore
    from ..ontology.claim import Value
    from ..ontology.decision import Decision, DecisionKind

__all__ = ["command"]


@click.group("decide")
def command() -> None:
    """Say what does not hold, or what does, whatever contradicts it.

    \b
    What was turned down stays in the store, and is shown with --candidates as rejected.

    \b
    Examples:
      modelkin conflicts
      modelkin decide reject Phi-9 developedBy Upstage
      modelkin decide uphold 百川智能 openStrategy 先开源后闭源
    """


@command.command("reject", short_help="Say that something does not hold.")
@click.argument("subject")
@click.argument("predicate")
@click.argument("object", metavar="OBJECT")
@deciding_options
@click.pass_obj
def reject(
    settings: Settings, subject: str, predicate: str, object: str, options: Deciding
) -> None:
    """Say that what SUBJECT, PREDICATE and OBJECT say does not hold.

    \b
    OBJECT is a name, or the value of an attribute: 7B, 2023-07, open.

    \b
    Examples:
      modelkin decide reject Phi-9 developedBy Upstage --reason "a slip of the pen"
      modelkin decide reject 通义千问 参数量 7B
    """
    from ..ontology.decision import DecisionKind

    _decide(settings, DecisionKind.REJECT, (subject, predicate, object), options)


@command.command("uphold", short_help="Say that something holds.")
@click.argument("subject")
@click.argument("predicate")
@click.argument("object", metavar="OBJECT")
@deciding_options
@click.pass_obj
def uphold(
    settings: Settings, subject: str, predicate: str, object: str, options: Deciding
) -> None:
    """Say that what SUBJECT, PREDICATE and OBJECT say holds, whatever contradicts it.

    \b
    OBJECT is a name, or the value of an attribute: 7B, 2023-07, open.

    \b
    Examples:
      modelkin decide uphold Phi-9 developedBy Microsoft
      modelkin decide uphold 通义千问 openness 开源
    """
    from ..ontology.decision import DecisionKind

    _decide(settings, DecisionKind.UPHOLD, (subject, predicate, object), options)


@dataclass(frozen=True, slots=True)
class _Found:
    """A statement of the store, by the ids that its subject and object go by.

    Parameters
    ----------
    subject, predicate, object : str
        The object is an object key.
    subjects, objects : frozenset of str
        All ids that were found to be the subject and the object.
    """

    subject: str
    predicate: str
    object: str
    subjects: frozenset[str]
    objects: frozenset[str]

    def is_said_by(self, decision: "Decision") -> bool:
        """Tell whether a decision is about the statement."""
        return (
            decision["predicate"] == self.predicate
            and decision["subject"] in self.subjects
            and decision["object"] in self.objects
        )


def _decide(
    settings: Settings, kind: "DecisionKind", said: tuple[str, str, str], options: Deciding
) -> None:
    with decided(settings, options) as log:
        found = _statement(log.store, *said)
        _refuse_if_decided(log.store, kind, found)
        log.decide(kind, subject=found.subject, predicate=found.predicate, object=found.object)


def _statement(store: "GraphStore", subject: str, predicate: str, object: str) -> _Found:
    """Find what is said, candidates among it.

    Raises
    ------
    NameLookupError
        When nothing says so, or several things do.
    """
    from ..graph.errors import AmbiguousNameError, UnknownNameError
    from ..ontology.claim import Value, object_key

    term = term_named(predicate, "en", "zh")
    entity = named(store, subject).entity
    known = [statement.object for statement in store.statements(entity.id, term)]
    found = [each for each in known if object in _exact(each)]
    found = found or [each for each in known if _called(store, term, each, object)]
    if not found:
        listed = ", ".join(_label(store, each) for each in known)
        raise UnknownNameError(
            f"nothing says {entity.name} {term} {object}",
            hint=f"what is said: {listed}" if listed else f"see: modelkin show {entity.id}",
        )
    if len(found) > 1:
        lines = "".join(f"\n  {object_key(each)}: {_label(store, each)}" for each in found)
        raise AmbiguousNameError(
            f"{object!r} stands for {len(found)} things that are said:{lines}",
            hint="give one of these ids",
        )
    key = object_key(found[0])
    objects = {key} if isinstance(found[0], Value) else members(store, key)
    subjects = members(store, entity.id)
    return _Found(entity.id, term, key, frozenset(subjects), frozenset(objects))


def _exact(object: "str | Value") -> tuple[str, ...]:
    from ..ontology.claim import Value

    return (object.lexical,) if isinstance(object, Value) else (object,)


def _called(store: "GraphStore", term: str, object: "str | Value", text: str) -> bool:
    """Tell whether people call the object so: a name, or a value in either language."""
    from ..ontology.claim import Value
    from ..ontology.identifiers import name_key
    from ..ontology.schema import label

    if isinstance(object, Value):
        names = {object.lexical, *(label(object.lexical, lang, of=term) for lang in ("en", "zh"))}
        return text.strip().casefold() in {name.casefold() for name in names}
    entity = store.entity(object)
    names = {name_key(name) for name in entity.names} if entity else set()
    return name_key(text) in names or text in members(store, object)


def _label(store: "GraphStore", object: "str | Value") -> str:
    from .evidence import object_name

    return object_name(store, object)


def _refuse_if_decided(store: "GraphStore", kind: "DecisionKind", found: _Found) -> None:
    """Refuse what was decided already, and to uphold what was turned down."""
    from ..graph.errors import DecisionError
    from ..ontology.decision import DecisionKind, in_force

    words = {DecisionKind.REJECT: "rejected", DecisionKind.UPHOLD: "upheld"}
    for decision in in_force(store.decisions()):
        if decision.kind in words and found.is_said_by(decision):
            if kind is DecisionKind.REJECT and decision.kind is DecisionKind.UPHOLD:
                continue
            raise DecisionError(
                f"{found.subject} {found.predicate} {found.object} was {words[decision.kind]} "
                f"by the decision {decision.id}",
                hint=f"take it back: modelkin decisions undo {decision.id}",
            )

"""``modelkin entities``: which names are one thing, as people decide it."""

from typing import TYPE_CHECKING

import click

from ..ontology.terms import EntityType
from .deciding import Deciding, Log, decided, deciding_options, filled
from .naming import Named, keeping_apart, named, told_apart
from .output import emit, note
from .settings import Settings, format_option, open_for_reading, store_option

if TYPE_CHECKING:
    from ..graph.protocols import GraphStore
    from ..ontology.decision import DecisionKind

__all__ = ["command"]


@click.group("entities")
def command() -> None:
    """Say which names are one thing, and how things are called.

    \b
    Nothing is lost: each decision is kept beside what documents say, holds for what is read later
    too, and can be taken back (modelkin decisions undo ID).

    \b
    Examples:
      modelkin entities review --limit 20
      modelkin entities merge 白鹭智能 "Egret AI"
      modelkin entities merge --help
    """


@command.command("review", short_help="List pairs that are likely one thing.")
@click.option("--limit", type=click.IntRange(1), help="How many pairs at the most.")
@click.option(
    "--type",
    "type_name",
    type=click.Choice([type.value for type in EntityType], case_sensitive=False),
    help="Only entities of this type.",
)
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    metavar="SCORE",
    help="Leave out pairs that are less likely, between 0 and 1.",
)
@store_option
@format_option()
@click.pass_obj
def review(
    settings: Settings, limit: int | None, type_name: str | None, least: float | None, format: str
) -> None:
    """List entities that are likely one thing, the likeliest pairs first, and why.

    \b
    Pairs that a decision keeps apart are left out.

    \b
    Examples:
      modelkin entities review
      modelkin entities review --type Organization --least 0.7 --format csv
    """
    from ..graph.identity.likeness import REVIEW
    from ..graph.identity.review import likely_duplicates

    rows: list[tuple[object, ...]] = []
    with open_for_reading(settings) as store:
        apart = told_apart(store.decisions())
        for pair in likely_duplicates(store, least=REVIEW if least is None else least):
            one, other = pair.one, pair.other
            if type_name not in (None, one.type.value):
                continue
            if keeping_apart(store, apart, one.id, other.id) is not None:
                continue
            score = round(pair.likeness.score, 4)
            rows.append((score, one.id, one.name, other.id, other.name, pair.likeness.reason))
            if len(rows) == limit:
                break
    emit(("score", "one", "name", "other", "other name", "reason"), rows, format)


@command.command("merge", short_help="Say that A is what B is.")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@deciding_options
@click.pass_obj
def merge(settings: Settings, one: str, other: str, options: Deciding) -> None:
    """Say that A is what B is: all that is said of A is said of B from now on.

    \b
    A and B are names or ids, of one type.

    \b
    Examples:
      modelkin entities merge 白鹭智能 "Egret AI" --reason "their site says so"
      modelkin entities merge model/qwen-max model/qwen --dry-run
    """
    from ..graph.errors import DecisionError
    from ..ontology.decision import DecisionKind

    with decided(settings, options) as log:
        first, second = _pair(log.store, one, other)
        if first.entity.id == second.entity.id:
            raise DecisionError(
                f"{one!r} and {other!r} are one thing already: {first.entity.id}",
                hint=f"see why: modelkin entities links {first.entity.id}",
            )
        _refuse_if_apart(log.store, first.entity.id, second.entity.id)
        log.decide(DecisionKind.MERGE, entity=first.entity.id, into=second.entity.id)


@command.command("apart", short_help="Say that A and B are two things.")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@deciding_options
@click.pass_obj
def apart(settings: Settings, one: str, other: str, options: Deciding) -> None:
    """Say that A and B are two things, however alike; `review` shows them no more.

    \b
    Names that were taken for one thing by themselves become two.

    \b
    Examples:
      modelkin entities apart 白鹭智能 白鹭科学院
      modelkin entities apart organization/白鹭智能 organization/egret-ai
    """
    from ..graph.errors import DecisionError
    from ..ontology.decision import DecisionKind

    with decided(settings, options) as log:
        first, second = _pair(log.store, one, other)
        ids = first.entity.id, second.entity.id
        if ids[0] == ids[1]:
            ids = first.own, second.own
        if ids[0] == ids[1]:
            raise DecisionError(
                f"{one!r} and {other!r} are one name: {ids[0]}",
                hint=f"say what is another thing: modelkin entities split {ids[0]} --as NAME",
            )
        _refuse_if_apart(log.store, *ids)
        log.decide(DecisionKind.APART, entity=ids[0], other=ids[1])


@command.command("split", short_help="Say that a part of A is another thing.")
@click.argument("name", metavar="A")
@click.option("--as", "new", metavar="NAME", required=True, callback=filled, help="What it is.")
@click.option(
    "--name",
    "names",
    metavar="NAME",
    multiple=True,
    help="A name of A that is the other one's; may be given again.",
)
@click.option(
    "--document",
    "documents",
    metavar="ID",
    multiple=True,
    help="A document that means the other one, or the beginning of its id; may be given again.",
)
@deciding_options
@click.pass_obj
def split(
    settings: Settings,
    name: str,
    new: str,
    names: tuple[str, ...],
    documents: tuple[str, ...],
    options: Deciding,
) -> None:
    """Say that some of what was taken for A is another thing.

    \b
    At least one --name or --document says what. Where A has several names that were found to be
    one, one decision is kept for each that it is about.

    \b
    Examples:
      modelkin entities split Heron --as "Heron of the South" --document 3f2a91
      modelkin entities split 白鹭智能 --as 白鹭科学院 --name 白鹭
    """
    from ..ontology.decision import DecisionKind
    from ..ontology.identifiers import entity_id
    from .splitting import what_is_split

    if not names and not documents:
        raise click.UsageError("give at least one --name or --document")
    with decided(settings, options) as log:
        found = named(log.store, name).entity
        id = entity_id(found.type, new)
        for own, of_it in what_is_split(log.store, found, id, names, documents).items():
            log.decide(
                DecisionKind.SPLIT,
                entity=own,
                new=id,
                name=new,
                **{key: tuple(items) for key, items in of_it.items() if items},
            )
        if log.store.entity(id) is None:
            note(f"no document names {new!r} by itself: it is not in the graph yet")


@command.command("rename", short_help="Say by which name A is shown.")
@click.argument("name", metavar="A")
@click.argument("shown", metavar="NAME", callback=filled)
@deciding_options
@click.pass_obj
def rename(settings: Settings, name: str, shown: str, options: Deciding) -> None:
    """Say by which NAME the entity A is shown; its id and its other names stay.

    \b
    Examples:
      modelkin entities rename qwen 通义千问
      modelkin entities rename model/llama-2 "Llama 2" --author ann
    """
    from ..ontology.decision import DecisionKind

    with decided(settings, options) as log:
        _name(log, DecisionKind.RENAME, name, shown)


@command.group("alias")
def alias() -> None:
    """Say how an entity is called besides.

    \b
    Examples:
      modelkin entities alias add "Egret AI" 白鹭智能
    """


@alias.command("add", short_help="Say that A goes by NAME too.")
@click.argument("name", metavar="A")
@click.argument("other", metavar="NAME", callback=filled)
@deciding_options
@click.pass_obj
def alias_add(settings: Settings, name: str, other: str, options: Deciding) -> None:
    """Say that the entity A goes by NAME too; what documents call so is A from now on.

    \b
    Examples:
      modelkin entities alias add "Egret AI" 白鹭智能
    """
    from ..ontology.decision import DecisionKind
    from ..ontology.identifiers import entity_id

    with decided(settings, options) as log:
        found = named(log.store, name).entity
        _refuse_if_apart(log.store, found.id, entity_id(found.type, other))
        _name(log, DecisionKind.ALIAS, name, other)


@command.command("links", short_help="Say why the names of A are one thing.")
@click.argument("name", metavar="A")
@store_option
@format_option()
@click.pass_obj
def links(settings: Settings, name: str, format: str) -> None:
    """Say why the names of an entity are taken for one thing, the surest link first.

    \b
    Examples:
      modelkin entities links "Egret AI"
      modelkin entities links 通义千问 --format json
    """
    with open_for_reading(settings) as store:
        found = named(store, name).entity
        rows = [(link.one, link.other, link.score, link.reason) for link in store.links(found.id)]
    emit(("one", "other", "score", "reason"), rows, format)
    if not rows:
        note(f"all names of {found.id} are spellings of one id")


def _pair(store: "GraphStore", one: str, other: str) -> tuple[Named, Named]:
    """Find two entities; where a name has several types, that of the other one is meant."""
    first = named(store, one)
    return first, named(store, other, prefer=first.entity.type)


def _refuse_if_apart(store: "GraphStore", one: str, other: str) -> None:
    from ..graph.errors import DecisionError

    decision = keeping_apart(store, told_apart(store.decisions()), one, other)
    if decision is not None:
        raise DecisionError(
            f"{one} and {other} are kept apart by the decision {decision}",
            hint=f"take it back: modelkin decisions undo {decision}",
        )


def _name(log: Log, kind: "DecisionKind", name: str, other: str) -> None:
    log.decide(kind, entity=named(log.store, name).entity.id, name=other)

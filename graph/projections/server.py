"""A query as a Neo4j server needs it, which keeps the store's bookkeeping in the same database.

- What the bookkeeping holds are nodes of the label `LEDGER` without relationships: a node pattern
  that such a node may match gets ``:!Ledger``, so that no query sees them.
- ``labels(n)`` gives the label of the type first, as `modelkin.graph.projections.shape` has it; a
  server gives labels in the order in which it first met them.
- Strings with escapes become parameters: a server reads ``\\u0027`` before it reads strings, so
  that one could end where no quotation mark is written. Comments become blanks for the same reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..errors import QueryRefusedError
from .fences import FUNCTIONS, PROCEDURES, WORDS, Allowed, check, check_parameters
from .lone import NodePattern, lone_nodes
from .shape import ENTITY
from .tokens import Kind, Token, closing, openings
from .wording import columns, lift_strings, read, without_comments

__all__ = ["LEDGER", "SERVER", "ServerQuery", "for_server"]

LEDGER = "Ledger"
"""The label of what the store keeps for itself."""

_MORE_FUNCTIONS = (
    "btrim char_length character_length cosh coth date.realtime date.statement date.transaction "
    "date.truncate datetime.fromepoch datetime.fromepochmillis datetime.realtime "
    "datetime.statement datetime.transaction datetime.truncate duration.between duration.indays "
    "duration.inmonths duration.inseconds isnormalized localdatetime.realtime "
    "localdatetime.statement localdatetime.transaction localdatetime.truncate "
    "localtime.realtime localtime.statement localtime.transaction localtime.truncate normalize "
    "point point.distance point.withinbbox sinh tanh time.realtime time.statement "
    "time.transaction time.truncate timestamp tobooleanlist tofloatlist tointegerlist "
    "tostringlist valuetype vector.similarity.cosine vector.similarity.euclidean"
)
SERVER = Allowed(
    FUNCTIONS | frozenset(_MORE_FUNCTIONS.split()),
    PROCEDURES | {"db.index.fulltext.querynodes", "db.index.fulltext.queryrelationships"},
    WORDS | {"ELEMENTS", "FILTER", "GROUP", "GROUPS", "OFFSET", "PATH", "PATHS", "SHORTEST"},
)
"""What a server may be asked to call."""


@dataclass(frozen=True, slots=True)
class ServerQuery:
    """What to ask a server.

    Parameters
    ----------
    text : str
    parameters : dict
        The user's and those that stand for strings.
    columns : tuple of str
        What the columns of the answer are called, as the user wrote them; empty where RETURN *
        leaves it to the server.
    """

    text: str
    parameters: dict[str, object]
    columns: tuple[str, ...]


def for_server(text: str, parameters: Mapping[str, object] | None = None) -> ServerQuery:
    """Check a user's query and put it so that it sees the graph and nothing else.

    Parameters
    ----------
    text : str
        A Cypher query that only reads.
    parameters : mapping of str to object, optional
        A value for each ``$name``.

    Raises
    ------
    QuerySyntaxError
        When it is no Cypher that can be looked at.
    QueryRefusedError
        When it would change the graph, read a file or ask another, or call what is not allowed.
    QueryError
        When a parameter is missing.

    Examples
    --------
    >>> for_server("MATCH (n) WHERE EXISTS { (n)-->(:Model) } RETURN n").text
    'MATCH (n:!Ledger) WHERE EXISTS { (n)-->(:Model) } RETURN n'
    >>> for_server("MATCH (n:Organization|!Model {name: '百度'}) RETURN n.id").text
    "MATCH (n:(Organization|!Model)&!Ledger {name: '百度'}) RETURN n.id"
    """
    given = {} if parameters is None else dict(parameters)
    tokens = read(text)
    places = [place for place, token in enumerate(tokens) if token.kind is not Kind.BLANK]
    words = [tokens[place] for place in places]
    check(words, SERVER)
    _check_escapes(words)
    check_parameters(words, given)
    texts = [without_comments(t) if t.kind is Kind.BLANK else t.text for t in tokens]
    lifted, more = lift_strings(tokens)
    for place, name in lifted.items():
        texts[place] = name
    guarded = [_guard(node, words, texts, places) for node in lone_nodes(words)]
    if any(guarded):
        _join_labels(words, texts, places)
    _sort_labels(words, texts, places)
    return ServerQuery("".join(texts), {**given, **more}, columns(tokens))


def _check_escapes(words: Sequence[Token]) -> None:
    for word in words:
        if word.kind is not Kind.STRING and "\\" in word.text:
            raise QueryRefusedError(
                f"the name {word.text} has a backslash, which a server reads in its own way",
                hint="name it otherwise",
            )


def _guard(
    node: NodePattern, words: Sequence[Token], texts: list[str], places: Sequence[int]
) -> bool:
    """Keep the bookkeeping out of what a node pattern matches; tell whether that needed words."""
    if not node.labels:
        # Right before a name or a parameter it would become part of that.
        beside = places[node.named] + 1 == places[node.named + 1]
        blank = " " if beside and words[node.named + 1].kind is not Kind.SIGN else ""
        texts[places[node.named]] += f":!{LEDGER}{blank}"
        return True
    first, last = node.labels
    labels = words[first : last + 1]
    if not any(label.is_sign("!", "%") or _named(label) == LEDGER for label in labels):
        return False
    texts[places[first]] = "(" + texts[places[first]]
    texts[places[last]] += f")&!{LEDGER}"
    return True


def _join_labels(words: Sequence[Token], texts: list[str], places: Sequence[int]) -> None:
    """Write ``A&B`` for ``A:B``: a server takes no query that has both signs."""
    around = openings(words)
    start = colons = 0
    for position, word in enumerate(words):
        after_colon = position > 0 and words[position - 1].is_sign(":")
        if not (word.is_sign(":") or (word.is_name and after_colon)):
            start, colons = position, 0
        if word.is_sign(":"):
            # The first stands before the labels, or after a key of a map that has them as value.
            colons += 1
            if colons > 1 + (words[start].is_name and _is_map_key(words, start, around[start])):
                texts[places[position]] = "&"


def _is_map_key(words: Sequence[Token], place: int, opening: int | None) -> bool:
    before = words[place - 1] if place else None
    in_map = opening is not None and words[opening].is_sign("{")
    return in_map and before is not None and before.is_sign("{", ",")


def _named(label: Token) -> str:
    return label.value if label.kind is Kind.QUOTED else label.text


def _sort_labels(words: Sequence[Token], texts: list[str], places: Sequence[int]) -> None:
    """Let ``labels(n)`` give the label of the type before that of all entities."""
    taken = {name for word in words if word.is_name for name in (word.text, word.value)}
    label, labels = (_fresh(name, taken) for name in ("label_", "labels_"))
    for position, word in enumerate(words[:-1]):
        dotted = position and words[position - 1].is_sign(".", ":", "|", "&", "!")
        if word.is_name and word.value.lower() == "labels" and not dotted:
            if not words[position + 1].is_sign("("):
                continue
            end = closing(words, position + 1)
            place = places[position]
            texts[place] = f"reduce({labels} = [], {label} IN {texts[place]}"
            texts[places[end]] += (
                f" | CASE WHEN {label} = '{ENTITY}' THEN {labels} + [{label}]"
                f" ELSE [{label}] + {labels} END)"
            )


def _fresh(name: str, taken: set[str]) -> str:
    while name in taken or name.upper() in taken:
        name += "_"
    return name

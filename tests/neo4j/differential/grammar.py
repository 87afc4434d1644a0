"""Random Cypher over the graph's shape: clauses, and what is in scope after each."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from expressions import Expressions
from random_graphs import IDS, NAMES

__all__ = ["Question", "question"]

_LABELS = ("",) * 12 + (":Model",) * 5 + (":Entity", ":Entity", ":Organization", ":Claim")
_RARE_LABELS = (":Model:Entity", ":Model|Claim", ":Model&Entity", ":!Model", ":%", ":Document")
_TYPES = ("",) * 6 + (":DERIVED_FROM",) * 9 + (":VARIANT_OF", ":DEVELOPED_BY", ":SUBJECT")
_EITHER = (":DERIVED_FROM|VARIANT_OF", ":DERIVED_FROM|DEVELOPED_BY", ":SUBJECT|OBJECT")
_STEPS = ("*", "*1..2", "*2", "*0..1", "*..2", "*2..", "*0..", "*1..")
_SHORT_STEPS = ("*1..2", "*2", "*0..1", "*..2")
_ARROWS = (("-", "->"), ("-", "->"), ("<-", "-"), ("-", "-"))


@dataclass(frozen=True)
class Question:
    """A query.

    Parameters
    ----------
    text : str
    ordered : bool
        Whether ORDER BY says the place of every row.
    parameters : dict
        A value for each parameter that it may use.
    """

    text: str
    ordered: bool
    parameters: dict[str, object] = field(default_factory=dict)


def _parameters(random: Random) -> dict[str, object]:
    return {
        "id": random.choice(IDS),
        "name": random.choice(NAMES),
        "n": random.randint(0, 3),
        "names": random.sample(NAMES, random.randint(0, 3)),
        "numbers": [random.choice((0, 1, 2, None)) for _ in range(random.randint(0, 3))],
        "nothing": None,
        "key": random.choice(("id", "name", "title", "end")),
        "rows": [{"id": id, "n": n} for n, id in enumerate(random.sample(IDS, 2))],
    }


def question(random: Random) -> Question:
    """Make a query."""
    writer = _Writer(random)
    made = _union(random, writer) if random.random() < 0.06 else writer.query()
    return replace(made, parameters=_parameters(random))


@dataclass
class Scope:
    """The variables at a place of a query, by what they hold."""

    nodes: list[str] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    edge_lists: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    truths: list[str] = field(default_factory=list)
    maps: list[str] = field(default_factory=list)

    def copy(self) -> "Scope":
        return replace(self, **{key: list(value) for key, value in vars(self).items()})

    @property
    def names(self) -> list[str]:
        return [name for value in vars(self).values() for name in value]


def _union(random: Random, writer: "_Writer") -> Question:
    parts = []
    for _ in range(2):
        scope = Scope()
        body = writer.reading(scope, random.randint(1, 2))
        kind = random.choice(("text", "number"))
        parts.append(f"{body} RETURN {writer.expressions(scope).of(kind, 2)} AS x")
    return Question(random.choice((" UNION ", " UNION ALL ")).join(parts), False)


class _Writer:
    """Makes clauses; names are never used twice."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._count = 0

    def expressions(self, scope: Scope) -> Expressions:
        return Expressions(self.random, scope, self)

    def name(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count}"

    def query(self) -> Question:
        scope = Scope()
        body = self.reading(scope, self.random.randint(1, 3))
        text, ordered = self.projection("RETURN", scope)
        return Question(f"{body} {text}", ordered)

    def reading(self, scope: Scope, count: int) -> str:
        clauses = [self.unwind(scope)] if self.random.random() < 0.1 else []
        clauses.append(self.match(scope, "MATCH"))
        makers: tuple[Callable[[Scope], str], ...] = (
            lambda scope: self.match(scope, "MATCH"),
            lambda scope: self.match(scope, "OPTIONAL MATCH"),
            lambda scope: self.match(scope, "OPTIONAL MATCH"),
            lambda scope: self.projection("WITH", scope)[0],
            lambda scope: self.projection("WITH", scope)[0],
            self.unwind,
            self.subquery,
            self.gather,
        )
        if self.random.random() < 0.04:
            clauses.append(self.shortest(scope))
        for _ in range(count - 1):
            clauses.append(self.random.choice(makers)(scope))
        return " ".join(clauses)

    def match(self, scope: Scope, word: str) -> str:
        parts = [self.path(scope)]
        if self.random.random() < 0.12:
            parts.append(self.path(scope))
        where = ""
        if self.random.random() < 0.45:
            where = f" WHERE {self.condition(scope, 3)}"
        return f"{word} {', '.join(parts)}{where}"

    def condition(self, scope: Scope, depth: int) -> str:
        """Write what follows WHERE; there a pattern may be a truth value."""
        inside = self.expressions(scope)
        inside.patterns = True
        return inside.truth(depth)

    def path(self, scope: Scope) -> str:
        """Write a pattern and take its names into scope after it."""
        new = Scope()
        hops = self.random.choice((0, 1, 1, 1, 2, 2, 3))
        stars = 0
        text = self.node(scope, new)
        for _ in range(hops):
            star = self.random.random() < 0.25 and stars < 2
            stars += star
            text += self.edge(scope, new, star=star) + self.node(scope, new)
        if self.random.random() < 0.2 and hops:
            name = self.name("p")
            new.paths.append(name)
            text = f"{name} = {text}"
        for key, value in vars(new).items():
            getattr(scope, key).extend(name for name in value if name not in getattr(scope, key))
        return text

    def node(self, scope: Scope, new: Scope) -> str:
        known = scope.nodes + new.nodes
        roll = self.random.random()
        if known and roll < 0.2:
            return f"({self.random.choice(known)})"
        name = ""
        if roll < 0.85:
            name = self.name("n")
            new.nodes.append(name)
        label = self.random.choice(_LABELS if self.random.random() < 0.996 else _RARE_LABELS)
        roll = self.random.random()
        keys = ""
        if roll < 0.05:
            keys = " {id: $id}"
        elif roll < 0.07:
            keys = " {name: $name}"
        elif roll < 0.08:
            keys = f" {{name: {self.expressions(Scope()).text_literal()}}}"
        elif roll < 0.09 and scope.maps:
            keys = f" {{id: {self.random.choice(scope.maps)}.id}}"
        elif roll < 0.1 and scope.texts:
            keys = f" {{name: {self.random.choice(scope.texts)}}}"
        elif 0.1 <= roll < 0.101 and name:
            keys = f" WHERE {name}.name IS NOT NULL"
        return f"({name}{label}{keys})"

    def edge(self, scope: Scope, new: Scope, *, star: bool) -> str:
        left, right = self.random.choice(_ARROWS)
        types = self.random.choice(_TYPES if self.random.random() < 0.85 else _EITHER)
        if scope.edges and not star and self.random.random() < 0.01:
            return f"{left}[{self.random.choice(scope.edges)}]{right}"
        named = self.random.random() < 0.5
        name = self.name("r") if named else ""
        if star:
            # Without bounds, types and direction a dense graph has too many trails to walk.
            narrow = types and left + right != "--"
            steps = self.random.choice(_STEPS if narrow else _SHORT_STEPS)
            if name:
                new.edge_lists.append(name)
        else:
            steps = ""
            if name:
                new.edges.append(name)
        keys = " {method: 'finetune'}" if self.random.random() < 0.05 else ""
        inside = f"{name}{types}{steps}{keys}"
        if not inside and self.random.random() < 0.5:
            return f"{left}{right}"
        return f"{left}[{inside}]{right}"

    def unwind(self, scope: Scope) -> str:
        name = self.name("u")
        kind = self.random.choice(("names", "numbers", "rows", "list", "range"))
        if kind == "names":
            scope.texts.append(name)
            return f"UNWIND $names AS {name}"
        if kind == "numbers":
            scope.numbers.append(name)
            return f"UNWIND $numbers AS {name}"
        if kind == "rows":
            scope.maps.append(name)
            return f"UNWIND $rows AS {name}"
        if kind == "range":
            scope.numbers.append(name)
            return f"UNWIND range(0, $n) AS {name}"
        if scope.paths and self.random.random() < 0.5:
            scope.nodes.append(name)
            return f"UNWIND nodes({self.random.choice(scope.paths)}) AS {name}"
        if scope.edge_lists and self.random.random() < 0.5:
            scope.edges.append(name)
            return f"UNWIND {self.random.choice(scope.edge_lists)} AS {name}"
        source = self.expressions(scope).of("list", 2)
        scope.texts.append(name)
        return f"UNWIND {source} AS {name}"

    def gather(self, scope: Scope) -> str:
        """Collect nodes a group, and take them out again or count them."""
        if not scope.nodes:
            return self.unwind(scope)
        gathered, name, again = self.random.choice(scope.nodes), self.name("c"), self.name("n")
        kept = self.random.choice(scope.nodes)
        distinct = self.random.choice(("", "DISTINCT "))
        text = f"WITH {kept}, collect({distinct}{gathered}) AS {name}"
        new = Scope(nodes=[kept])
        if self.random.random() < 0.3:
            text += f" WHERE size({name}) > 1"
        if self.random.random() < 0.5:
            text += f" UNWIND {name} AS {again}"
            new.nodes.append(again)
        else:
            size = self.name("a")
            text += (
                f" WITH {kept}, size({name}) AS {size}, [v IN {name} WHERE v:Model | 1] AS {again}"
            )
            new.numbers.append(size)
            new.lists.append(again)
        for key, value in vars(new).items():
            setattr(scope, key, value)
        return text

    def shortest(self, scope: Scope) -> str:
        """Write all shortest paths; which of them is the shortest one, nobody says."""
        first, last, name = self.name("n"), self.name("n"), self.name("p")
        scope.nodes.extend((first, last))
        scope.paths.append(name)
        link = self.random.choice(("-[*..3]-", "-[:DERIVED_FROM*..4]->", "-[:DERIVED_FROM*]->"))
        ends = f"({first}:Model {{id: $id}}), ({last}:Model {{id: 'model/0'}})"
        return (
            f"MATCH {ends} WHERE {first} <> {last} "
            # Neo4j 5.26 counts the paths several times where OPTIONAL MATCH follows at once.
            f"MATCH {name} = allShortestPaths(({first}){link}({last})) WITH *"
        )

    def subquery(self, scope: Scope) -> str:
        if not scope.nodes:
            return self.unwind(scope)
        carried = self.random.choice(scope.nodes)
        inner = Scope(nodes=[carried])
        body = self.match(inner, self.random.choice(("MATCH", "OPTIONAL MATCH")))
        name = self.name("s")
        inside = self.expressions(inner)
        if self.random.random() < 0.25 and len(inner.nodes) > 1:
            name = self.name("n")
            scope.nodes.append(name)
            return f"CALL ({carried}) {{ {body} RETURN {inner.nodes[-1]} AS {name} }}"
        if self.random.random() < 0.5:
            returned = f"RETURN {inside.aggregate(2)} AS {name}"
        else:
            returned = f"RETURN {inside.of('number', 2)} AS {name}"
            if self.random.random() < 0.5:
                returned += f" ORDER BY {name} LIMIT 1"
        scope.numbers.append(name)
        return f"CALL ({carried}) {{ {body} {returned} }}"

    def projection(self, word: str, scope: Scope) -> tuple[str, bool]:
        """Write WITH or RETURN; what it names is then all that is in scope."""
        inside = self.expressions(scope)
        new, items, scalar = Scope(), [], True
        aggregated = self.random.random() < 0.4
        for _ in range(self.random.randint(1, 3)):
            item, kind, plain = self.item(word, scope, inside, aggregated=aggregated)
            if kind:
                getattr(new, kind).append(item.rpartition(" ")[2])
            scalar = scalar and plain
            items.append(item)
        if aggregated:
            name = self.name("a")
            items.append(f"{inside.aggregate(2)} AS {name}")
            new.numbers.append(name)
        items = list(dict.fromkeys(items))
        if word == "WITH" and scope.nodes and not new.nodes and self.random.random() < 0.7:
            kept = self.random.choice(scope.nodes)
            items.append(f"{kept} AS {kept}_")
            new.nodes.append(f"{kept}_")
            scalar = False
        distinct = "DISTINCT " if self.random.random() < 0.15 else ""
        text = f"{word} {distinct}{', '.join(items)}"
        ordered = scalar and self.random.random() < 0.5
        if ordered:
            text += self.order([item.rpartition(" ")[2] for item in items])
        if word == "WITH" and self.random.random() < 0.35:
            text += f" WHERE {self.condition(new, 2)}"
        for key, value in vars(new).items():
            setattr(scope, key, value)
        return text, ordered

    def item(
        self, word: str, scope: Scope, inside: Expressions, *, aggregated: bool
    ) -> tuple[str, str, bool]:
        """Give ``expression AS name``, the kind of the name, and whether it can be ordered by."""
        roll = self.random.random()
        if scope.nodes and roll < 0.2:
            kept = self.random.choice(scope.nodes)
            name = self.name("n")
            return f"{kept} AS {name}", "nodes", False
        if scope.edges and roll < 0.26:
            name = self.name("r")
            return f"{self.random.choice(scope.edges)} AS {name}", "edges", False
        if scope.paths and roll < 0.34:
            name = self.name("p")
            return f"{self.random.choice(scope.paths)} AS {name}", "paths", False
        kind = self.random.choice(("text", "text", "number", "number", "list", "truth"))
        name = self.name("x")
        places = {"text": "texts", "number": "numbers", "list": "lists", "truth": "truths"}
        expression = inside.of(kind, 3)
        return f"{expression} AS {name}", places[kind], kind != "list"

    def order(self, names: list[str]) -> str:
        parts = [name + self.random.choice(("", "", " DESC")) for name in names]
        text = f" ORDER BY {', '.join(parts)}"
        if self.random.random() < 0.2:
            text += f" SKIP {self.random.choice(('1', '$n'))}"
        if self.random.random() < 0.5:
            text += f" LIMIT {self.random.choice(('1', '2', '$n', '3'))}"
        return text

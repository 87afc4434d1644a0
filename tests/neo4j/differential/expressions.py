"""Random Cypher expressions of a kind that is known: text, number, truth value, list."""

from random import Random
from typing import Any

from random_graphs import NAMES

__all__ = ["Expressions"]

_TEXT_KEYS = ("name", "id", "published", "value", "kind", "quote", "title", "method")
_NUMBER_KEYS = ("start", "end", "confidence")
_LIST_KEYS = ("aliases", "aliases", "parameters", "openness", "releaseDate")
_EDGE_NUMBERS = ("claims", "confidence", "curated")


class Expressions:
    """Makes expressions over what is in scope.

    Parameters
    ----------
    random : Random
    scope : Scope
    writer : _Writer
        For the patterns inside, and fresh names.
    """

    def __init__(self, random: Random, scope: Any, writer: Any) -> None:
        self.random = random
        self.scope = scope
        self.writer = writer
        self.patterns = False

    def of(self, kind: str, depth: int) -> str:
        makers = {
            "text": self.text,
            "number": self.number,
            "truth": self.truth,
            "list": self.list,
        }
        return makers[kind](depth)

    def pick(self, names: list[str]) -> str:
        return self.random.choice(names)

    def text_literal(self) -> str:
        name = self.random.choice(NAMES)
        return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def text(self, depth: int) -> str:
        choices = ["literal", "parameter"]
        choices += ["node"] * 5 if self.scope.nodes else []
        choices += ["edge"] * 2 if self.scope.edges else []
        choices += ["known"] * 2 if self.scope.texts else []
        choices += ["map"] if self.scope.maps else []
        if depth > 0:
            choices += ["call", "joined", "coalesce", "case", "item", "cut", "shown", "key"]
        return getattr(self, "_text_" + self.pick(choices))(depth - 1)

    def _text_literal(self, depth: int) -> str:
        return self.text_literal()

    def _text_parameter(self, depth: int) -> str:
        return self.pick(["$name", "$id", "$nothing"])

    def _text_node(self, depth: int) -> str:
        return f"{self.pick(self.scope.nodes)}.{self.pick(list(_TEXT_KEYS))}"

    def _text_edge(self, depth: int) -> str:
        edge = self.pick(self.scope.edges)
        return self.pick(
            [f"type({edge})", f"{edge}.method", f"{edge}.first_stated", f"startNode({edge}).id"]
        )

    def _text_known(self, depth: int) -> str:
        return self.pick(self.scope.texts)

    def _text_map(self, depth: int) -> str:
        return f"{self.pick(self.scope.maps)}.id"

    def _text_call(self, depth: int) -> str:
        function = self.pick(["toUpper", "toLower", "trim", "reverse", "toString", "lTrim"])
        return f"{function}({self.text(depth)})"

    def _text_joined(self, depth: int) -> str:
        return f"{self.text(depth)} + {self.text(depth)}"

    def _text_coalesce(self, depth: int) -> str:
        return f"coalesce({self.text(depth)}, {self.text(depth)})"

    def _text_case(self, depth: int) -> str:
        if self.random.random() < 0.5:
            return f"CASE WHEN {self.truth(depth)} THEN {self.text(depth)} ELSE {self.text(0)} END"
        return f"CASE {self.text(depth)} WHEN {self.text(0)} THEN 'a' ELSE {self.text(0)} END"

    def _text_item(self, depth: int) -> str:
        source = self.list(depth)
        return self.pick(
            [f"head({source})", f"last({source})", f"({source})[0]", f"({source})[-1]"]
        )

    def _text_cut(self, depth: int) -> str:
        inner = self.text(depth)
        return self.pick(
            [
                f"substring({inner}, 1)",
                f"substring({inner}, 0, 2)",
                f"left({inner}, 3)",
                f"right({inner}, 2)",
                f"replace({inner}, 'M', '模')",
            ]
        )

    def _text_key(self, depth: int) -> str:
        if not self.scope.nodes:
            return self.text(depth)
        node, key = self.pick(self.scope.nodes), self.pick(["'name'", "$key", "'title'", "'label'"])
        return self.pick([f"{node}[{key}]", f"properties({node})[{key}]", f"{node}{{.name}}.name"])

    def _text_shown(self, depth: int) -> str:
        return f"toString({self.number(depth)})"

    def number(self, depth: int) -> str:
        choices = ["literal", "parameter"]
        choices += ["node"] * 3 if self.scope.nodes else []
        choices += ["edge"] * 3 if self.scope.edges else []
        choices += ["known"] * 3 if self.scope.numbers else []
        choices += ["path"] * 4 if self.scope.paths or self.scope.edge_lists else []
        choices += ["map"] if self.scope.maps else []
        if depth > 0:
            choices += ["size", "size", "sum", "coalesce", "case", "rounded", "reduced"]
            choices += ["count"] * 3 if self.scope.nodes else []
            choices += ["gathered"] if self.scope.nodes else []
            choices += ["divided"]
        return getattr(self, "_number_" + self.pick(choices))(depth - 1)

    def _number_literal(self, depth: int) -> str:
        return self.pick(["0", "1", "2", "1.5", "-1", "null"])

    def _number_parameter(self, depth: int) -> str:
        return "$n"

    def _number_node(self, depth: int) -> str:
        return f"{self.pick(self.scope.nodes)}.{self.pick(list(_NUMBER_KEYS))}"

    def _number_edge(self, depth: int) -> str:
        return f"{self.pick(self.scope.edges)}.{self.pick(list(_EDGE_NUMBERS))}"

    def _number_known(self, depth: int) -> str:
        return self.pick(self.scope.numbers)

    def _number_path(self, depth: int) -> str:
        if self.scope.paths and (self.random.random() < 0.6 or not self.scope.edge_lists):
            path = self.pick(self.scope.paths)
            return self.pick(
                [f"length({path})", f"size(nodes({path}))", f"size(relationships({path}))"]
            )
        return f"size({self.pick(self.scope.edge_lists)})"

    def _number_map(self, depth: int) -> str:
        return f"{self.pick(self.scope.maps)}.n"

    def _number_size(self, depth: int) -> str:
        inner = self.list(depth) if self.random.random() < 0.5 else self.text(depth)
        return f"size({inner})"

    def _number_sum(self, depth: int) -> str:
        sign = self.pick(["+", "-", "*"])
        return f"({self.number(depth)} {sign} {self.number(depth)})"

    def _number_coalesce(self, depth: int) -> str:
        return f"coalesce({self.number(depth)}, {self.number(0)})"

    def _number_case(self, depth: int) -> str:
        return f"CASE WHEN {self.truth(depth)} THEN {self.number(depth)} ELSE {self.number(0)} END"

    def _number_rounded(self, depth: int) -> str:
        function = self.pick(["abs", "floor", "ceil", "sign", "toInteger", "toFloat", "round"])
        return f"{function}({self.number(depth)})"

    def _number_reduced(self, depth: int) -> str:
        name = self.writer.name("v")
        return f"reduce(t = 0, {name} IN {self.list(depth)} | t + size({name}))"

    def _number_count(self, depth: int) -> str:
        return f"COUNT {{ {self.pattern(depth)} }}"

    def _number_gathered(self, depth: int) -> str:
        """Count what a pattern comprehension or COLLECT gives, which comes in no order."""
        node, new = self.pick(self.scope.nodes), self.writer.name("n")
        inner = self.scope.copy()
        inner.nodes = [node, new]
        inside = Expressions(self.random, inner, self.writer)
        link = self.pick(["-->", "--", "<-[:DERIVED_FROM]-", "-[:DERIVED_FROM]->(:Model)--"])
        where = f" WHERE {inside.truth(min(depth, 1))}" if self.random.random() < 0.4 else ""
        if self.random.random() < 0.97:
            return f"size([({node}){link}({new}){where} | {inside.text(0)}])"
        distinct = self.pick(["", "DISTINCT "])
        body = f"MATCH ({node}){link}({new}){where} RETURN {distinct}{inside.text(0)} AS t"
        return self.pick([f"size(COLLECT {{ {body} }})", f"COUNT {{ {body} }}"])

    def _number_divided(self, depth: int) -> str:
        by = self.pick(["/ 2", "% 2", "^ 2", "/ 2.0", f"/ {self.number(0)}", "* 1.0"])
        return f"({self.number(depth)} {by})"

    def truth(self, depth: int) -> str:
        choices = ["compared", "compared", "null", "found", "begins"]
        choices += ["labelled", "same"] if self.scope.nodes else []
        choices += ["known"] if self.scope.truths else []
        if depth > 0:
            choices += ["joined", "joined", "joined", "negated", "every", "literal"]
            choices += ["loose", "loose", "lists"]
            choices += ["exists", "exists"] if self.scope.nodes else []
            choices += ["pattern"] * 2 if self.scope.nodes and self.patterns else []
        return getattr(self, "_truth_" + self.pick(choices))(depth - 1)

    def _truth_compared(self, depth: int) -> str:
        sign = self.pick(["=", "<>", "<", "<=", ">", ">="])
        kind = self.pick(["text", "number"])
        return f"{self.of(kind, depth)} {sign} {self.of(kind, min(depth, 1))}"

    def _truth_null(self, depth: int) -> str:
        kind = self.pick(["text", "number", "list"])
        return f"({self.of(kind, depth)}) IS {self.pick(['', 'NOT '])}NULL"

    def _truth_found(self, depth: int) -> str:
        where = self.pick(["$names", "['M0', null]", self.list(min(depth, 1))])
        return f"{self.text(min(depth, 1))} IN {where}"

    def _truth_begins(self, depth: int) -> str:
        how = self.pick(["STARTS WITH", "ENDS WITH", "CONTAINS", "=~"])
        what = "'(?i).*m.*'" if how == "=~" else self.pick(["'M'", "'智'", "$name", "null", "''"])
        return f"{self.text(min(depth, 1))} {how} {what}"

    def _truth_labelled(self, depth: int) -> str:
        label = self.pick(["Model", "Entity", "Organization"])
        more = self.pick(["", "", "", ":Entity"])
        return f"{self.pick(self.scope.nodes)}:{label}{more}"

    def _truth_same(self, depth: int) -> str:
        sign = self.pick(["=", "<>"])
        return f"{self.pick(self.scope.nodes)} {sign} {self.pick(self.scope.nodes)}"

    def _truth_known(self, depth: int) -> str:
        return self.pick(self.scope.truths)

    def _truth_joined(self, depth: int) -> str:
        word = self.pick(["AND", "AND", "OR", "OR", "XOR"])
        return f"({self.truth(depth)} {word} {self.truth(depth)})"

    def _truth_loose(self, depth: int) -> str:
        """Leave out brackets, so that it is the words that bind."""
        parts = [self.truth(0) for _ in range(3)]
        words = [self.pick([" AND ", " OR ", " XOR ", " AND NOT ", " OR NOT "]) for _ in range(2)]
        text = f"{self.pick(['', 'NOT '])}{parts[0]}{words[0]}{parts[1]}{words[1]}{parts[2]}"
        return f"({text})"

    def _truth_lists(self, depth: int) -> str:
        sign = self.pick(["=", "<>"])
        return f"{self.list(depth)} {sign} {self.list(min(depth, 1))}"

    def _truth_negated(self, depth: int) -> str:
        return f"NOT ({self.truth(depth)})"

    def _truth_every(self, depth: int) -> str:
        name = self.writer.name("v")
        word = self.pick(["any", "all", "none", "single"])
        test = self.pick([f"{name} = $name", f"{name} STARTS WITH 'M'", f"{name} IS NULL"])
        return f"{word}({name} IN {self.list(depth)} WHERE {test})"

    def _truth_literal(self, depth: int) -> str:
        return self.pick(["true", "false", "null"])

    def _truth_exists(self, depth: int) -> str:
        return f"EXISTS {{ {self.pattern(depth)} }}"

    def _truth_pattern(self, depth: int) -> str:
        """Write a pattern as a condition, which may name nothing new."""
        node = self.pick(self.scope.nodes)
        other = self.pick(["()", "(:Model)", f"({self.pick(self.scope.nodes)})"])
        link = self.pick(["-->", "<--", "--", "-[:DERIVED_FROM]->", "-[:DERIVED_FROM*1..2]->"])
        more = self.pick(["", "", "-[:VARIANT_OF]-()", "<-[:DERIVED_FROM]-()"])
        return f"({node}){link}{other}{more}"

    def pattern(self, depth: int) -> str:
        """Write the inside of EXISTS and COUNT."""
        inner = self.scope.copy()
        inner.nodes = inner.nodes[-3:]
        node = self.pick(inner.nodes)
        new = self.writer.name("n")
        link = self.pick(
            ["-->", "<--", "--", "-[:DERIVED_FROM]->", "<-[:DERIVED_FROM]-", "-[:VARIANT_OF]-"]
        )
        text = f"({node}){link}({new}{self.pick(['', ':Model', ':Entity'])})"
        if self.random.random() < 0.4:
            more = self.pick(["-[:DERIVED_FROM]->", "--", "<-[:DERIVED_FROM]-", "-[*1..2]->"])
            text += f"{more}({self.pick(['', ':Model', node])})"
        inner.nodes.append(new)
        word = self.pick(["MATCH ", ""])
        if self.random.random() < 0.5:
            text += f" WHERE {Expressions(self.random, inner, self.writer).truth(min(depth, 1))}"
        return word + text

    def list(self, depth: int) -> str:
        choices = ["literal", "parameter"]
        choices += ["node"] * 4 if self.scope.nodes else []
        choices += ["edge"] if self.scope.edges else []
        choices += ["known"] * 2 if self.scope.lists else []
        choices += ["path"] * 3 if self.scope.paths or self.scope.edge_lists else []
        if depth > 0:
            choices += ["comprehension", "comprehension", "joined", "cut", "split", "reversed"]
        return getattr(self, "_list_" + self.pick(choices))(depth - 1)

    def _list_literal(self, depth: int) -> str:
        return self.pick(["['M0', 'b']", "[]", "['智谱AI', null]"])

    def _list_parameter(self, depth: int) -> str:
        return "$names"

    def _list_node(self, depth: int) -> str:
        node = self.pick(self.scope.nodes)
        if self.random.random() < 0.15:
            return f"labels({node})"
        return f"{node}.{self.pick(list(_LIST_KEYS))}"

    def _list_edge(self, depth: int) -> str:
        return f"{self.pick(self.scope.edges)}.methods"

    def _list_known(self, depth: int) -> str:
        return self.pick(self.scope.lists)

    def _list_path(self, depth: int) -> str:
        name = self.writer.name("v")
        if self.scope.paths and (self.random.random() < 0.6 or not self.scope.edge_lists):
            path = self.pick(self.scope.paths)
            return self.pick(
                [
                    f"[{name} IN nodes({path}) | {name}.id]",
                    f"[{name} IN relationships({path}) | type({name})]",
                    f"[{name} IN nodes({path}) WHERE {name}:Model | {name}.name]",
                ]
            )
        source = self.pick(self.scope.edge_lists)
        return self.pick(
            [f"[{name} IN {source} | {name}.method]", f"[{name} IN {source} | endNode({name}).id]"]
        )

    def _list_comprehension(self, depth: int) -> str:
        name = self.writer.name("v")
        inner = self.scope.copy()
        inner.texts = [*inner.texts, name]
        inside = Expressions(self.random, inner, self.writer)
        where = f" WHERE {inside.truth(min(depth, 1))}" if self.random.random() < 0.6 else ""
        shown = f" | {inside.text(min(depth, 1))}" if self.random.random() < 0.6 else ""
        return f"[{name} IN {self.list(depth)}{where}{shown}]"

    def _list_joined(self, depth: int) -> str:
        return f"coalesce({self.list(depth)}, []) + coalesce({self.list(depth)}, [])"

    def _list_cut(self, depth: int) -> str:
        return f"({self.list(depth)})[{self.pick(['0..1', '1..', '..2', '-1..'])}]"

    def _list_split(self, depth: int) -> str:
        return f"split({self.text(depth)}, ' ')"

    def _list_reversed(self, depth: int) -> str:
        # A server takes no list that is a property for reverse().
        return f"{self.pick(['reverse([] + ', 'tail('])}{self.list(depth)})"

    def aggregate(self, depth: int) -> str:
        """Write what sums up many rows; collected lists are only counted, having no order."""
        depth -= 1
        distinct = self.pick(["", "", "DISTINCT "])
        choices = [
            "count(*)",
            f"count({distinct}{self.text(depth)})",
            f"sum({self.number(depth)})",
            f"min({self.number(depth)})",
            f"max({self.number(depth)})",
            f"avg({self.number(depth)})",
            f"size(collect({distinct}{self.text(depth)}))",
            f"sum({distinct}{self.number(depth)})",
            f"stDev({self.number(depth)})",
            f"min({self.text(depth)})",
            f"count({self.truth(depth)})",
        ]
        if self.scope.nodes:
            choices += [f"count({distinct}{self.pick(self.scope.nodes)})"] * 3
        if self.scope.edges:
            choices.append(f"count({distinct}{self.pick(self.scope.edges)})")
        return self.pick(choices)

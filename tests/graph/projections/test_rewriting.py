"""What the engine would answer wrongly is put otherwise; each time, the engine still needs it.

When one of the `test_engine_…` tests fails, the engine has learnt to answer: the rewriting that
it stands for can go.
"""

from typing import Any

import kglite
import pytest

from modelkin.graph.projections.rewriting import Plan, rewrite
from modelkin.graph.projections.tokens import tokenize

kglite.set_query_warning_policy("silent")


def plan(text: str) -> Plan:
    return rewrite(tokenize(text))


def chain(length: int) -> Any:
    """Give an engine graph of models m0 -> m1 -> …, each and each step with its number n."""
    return models(length, [(n, n + 1) for n in range(length - 1)])


def pair_and_one() -> Any:
    """Give an engine graph of m1 -> m2, and m0 alone."""
    return models(3, [(1, 2)])


def models(count: int, steps: list[tuple[int, int]]) -> Any:
    rows = [{"id": f"m{n}", "name": f"M{n}", "n": n, "untitled_": None} for n in range(count)]
    ties = [{"s": f"m{s}", "t": f"m{t}", "n": s} for s, t in steps]
    table = {"type": "Model", "id_field": "id", "title_field": "untitled_", "records": rows}
    tie = {
        "type": "R",
        "source_type": "Model",
        "source_id_field": "s",
        "target_type": "Model",
        "target_id_field": "t",
        "records": ties,
    }
    return kglite.from_records({"nodes": [table], "connections": [tie]})


def ask(graph: Any, text: str, *, raw: bool = False, **parameters: object) -> list[Any]:
    made = plan(text)
    view = graph.cypher(
        text if raw else made.text(100),
        params={**parameters, **made.parameters},
        disabled_passes=None if raw else list(made.without) or None,
        hide_structural_keys=True,
    )
    return [list(row.values()) for row in view.to_list()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MATCH (a)-[*]->(b)", "MATCH (a)-[*1..9]->(b)"),
        ("MATCH (a)-[:R*]->(b)", "MATCH (a)-[:R*1..9]->(b)"),
        ("MATCH (a)<-[r:R|S * ]-(b)", "MATCH (a)<-[r:R|S *1..9 ]-(b)"),
        ("MATCH (a)-[*2..]->(b)", "MATCH (a)-[*2..9]->(b)"),
        ("MATCH (a)-[*0.. {x: 1}]->(b)", "MATCH (a)-[*0..9 {x: 1}]->(b)"),
        ("MATCH (a)-[*..]->(b)", "MATCH (a)-[*1..9]->(b)"),
        ("MATCH (a)-[*..3]->(b)", "MATCH (a)-[*..3]->(b)"),
        ("MATCH (a)-[*2..3]->(b)", "MATCH (a)-[*2..3]->(b)"),
        ("MATCH (a)-[*2]->(b)", "MATCH (a)-[*2]->(b)"),
        ("MATCH (a)-[:R {x: 2 * 3}]->(b)", "MATCH (a)-[:R {x: 2 * 3}]->(b)"),
        ("RETURN '-[*]->' // -[*]->", "RETURN '-[*]->'          "),
        ("RETURN EXISTS { (a)-->() }", "RETURN (0 < COUNT { (a)-->() })"),
        ("RETURN exists((a)-->())", "RETURN (0 < COUNT {(a)-->()})"),
        ("RETURN a.exists", "RETURN a.`exists`"),
        (
            "MATCH (a)-->(b) WHERE (a)<--() AND NOT (b {x: (1)})-[:R*]->(:M) RETURN a",
            "MATCH (a)-->(b) WHERE (0 < COUNT { (a)<--() }) "
            "AND NOT (0 < COUNT { (b {x: (1)})-[:R*1..9]->(:M) }) RETURN a",
        ),
        (
            "WITH a WHERE ((a)--(b)--() OR a.n - (1) < 2) RETURN CASE WHEN (a)-->(a) THEN 1 END",
            "WITH a WHERE ((0 < COUNT { (a)--(b)--() }) OR a.n - (1) < 2) "
            "RETURN CASE WHEN (0 < COUNT { (a)-->(a) }) THEN 1 END",
        ),
        (
            "MATCH (a) WHERE (a)-->() MATCH (a)-->(b), (b)-->(c) RETURN [(a)-->(x) | x.n]",
            "MATCH (a) WHERE (0 < COUNT { (a)-->() }) MATCH (a)-->(b), (b)-->(c) "
            "RETURN [(a)-->(x) | x.n]",
        ),
        (
            "RETURN [(a)-->(x) WHERE (x)-->() | x], [x IN l WHERE (x)--()], size((1) - -(2))",
            "RETURN [(a)-->(x) WHERE (0 < COUNT { (x)-->() }) | x], "
            "[x IN l WHERE (0 < COUNT { (x)--() })], size((1) - -(2))",
        ),
        (
            "MATCH (a) WHERE COUNT { (a)-->() } > 1 MATCH p = shortestPath((a)-[*]->(b)) RETURN p",
            "MATCH (a) WHERE COUNT { (a)-->() } > 1 "
            "MATCH p = shortestPath((a)-[*1..9]->(b)) RETURN p",
        ),
        (
            "MATCH (a) WHERE EXISTS { MATCH (a)-->(b) WHERE (b)-->() } RETURN a",
            "MATCH (a) WHERE (0 < COUNT { MATCH (a)-->(b) WHERE (0 < COUNT { (b)-->() }) }) "
            "RETURN a",
        ),
        ("RETURN [x IN l | exists { (x)-->() }]", "RETURN [x IN l | (0 < COUNT { (x)-->() })]"),
        ("MATCH (模型) RETURN 模型.名", "MATCH (name_0) RETURN name_0.`名`"),
        (
            "MATCH (c {end: 1}) RETURN c.end AS end, CASE WHEN c.in THEN 1 END",
            "MATCH (c {kept_end: 1}) RETURN c.kept_end AS `end`, CASE WHEN c.`in` THEN 1 END",
        ),
        (r"RETURN 'a\'b'", "RETURN $string_0"),
        (r"RETURN $string_0, 'a\\'", "RETURN $string_0, $string_0_"),
    ],
)
def test_text(text: str, expected: str) -> None:
    assert plan(text).text(9).rstrip() == expected.rstrip()


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("RETURN 1 AS x, n.name, count( * )", ("x", "n.name", "count( * )")),
        ("MATCH (a) RETURN DISTINCT a.b, [1, 2] ORDER BY a.b LIMIT 3", ("a.b", "[1, 2]")),
        ("RETURN 1 AS a UNION RETURN 2 AS a", ("a",)),
        ("CALL { RETURN 1 AS a } RETURN a + 1", ("a + 1",)),
        ("RETURN EXISTS { (a)-->() }, 'it\\'s'", ("EXISTS { (a)-->() }", "'it\\'s'")),
        ("MATCH (a) RETURN *", ()),
        ("MATCH (`a b`) RETURN `a b`, 1 AS `c d`", ("a b", "c d")),
    ],
)
def test_columns_are_called_as_written(text: str, columns: tuple[str, ...]) -> None:
    assert plan(text).columns == columns


REACH = "MATCH (a {name: 'M0'})-[:R*]->(b) RETURN count(b)"


def test_unbounded_steps_reach_the_end() -> None:
    graph = chain(60)
    assert ask(graph, REACH) == [[59]]
    least = "MATCH p = (a {name: 'M0'})-[:R*50..]->(b) RETURN max(length(p))"
    assert ask(graph, least) == [[59]]


def test_engine_shortens_unbounded_steps() -> None:
    assert ask(chain(60), REACH, raw=True) != [[59]]


LIST = "MATCH (b) WITH b MATCH (a)-[r:R*2]->(b) RETURN [x IN r | x.n]"


def test_relationship_lists_keep_their_order() -> None:
    assert ask(chain(3), LIST) == [[[0, 1]]]


def test_engine_reverses_relationship_lists() -> None:
    assert ask(chain(3), LIST, raw=True) != [[[0, 1]]]


SMALLEST = """
    MATCH (a) CALL { WITH a MATCH (a)-[:R]-(b) RETURN b.id AS c ORDER BY c LIMIT 1 }
    RETURN a.id, c ORDER BY a.id
"""


def test_subqueries_keep_their_columns() -> None:
    assert ask(pair_and_one(), SMALLEST) == [["m1", "m2"], ["m2", "m1"]]


def test_engine_loses_columns_of_subqueries() -> None:
    assert ask(pair_and_one(), SMALLEST, raw=True) == [["m1", None], ["m2", None]]


SIBLINGS = "MATCH (a) WHERE EXISTS { (a)-[:R]->()<-[:R]-() } RETURN a.id ORDER BY a.id"
FAMILY = [(0, 3), (1, 3), (2, 4), (1, 4), (5, 6)]


def test_existence_over_several_steps_misses_none() -> None:
    assert ask(models(7, FAMILY), SIBLINGS) == [["m0"], ["m1"], ["m2"]]


def test_engine_misses_existence_over_several_steps() -> None:
    assert ask(models(7, FAMILY), SIBLINGS, raw=True) != [["m0"], ["m1"], ["m2"]]


CONDITION = "MATCH (a) WHERE (a)-[:R]-()-[:R]-() RETURN a.id ORDER BY a.id"


def test_conditions_over_several_steps_miss_none() -> None:
    assert ask(models(3, [(0, 1), (0, 2)]), CONDITION) == [["m1"], ["m2"]]


def test_engine_misses_conditions_over_several_steps() -> None:
    assert ask(models(3, [(0, 1), (0, 2)]), CONDITION, raw=True) != [["m1"], ["m2"]]


BY_ID = "MATCH (a:Model {id: 'm0'})-[:R]->(b) WHERE a.n > 5 RETURN b.id"


@pytest.mark.parametrize(
    "text",
    [
        BY_ID,
        "MATCH (a:Model)-[:R]->(b) WHERE a.id = 'm0' AND a.n > 5 RETURN b.id",
        "MATCH (a:Model)-[:R]->(b) WHERE a.n > 5 AND 'm0' = a.id RETURN b.id",
        "MATCH (a:Model)-[:R]->(b) WHERE a.n > 5 AND a.id IN ['m0'] RETURN b.id",
        "MATCH (a:Model {id: $i})-[:R]->(b) WHERE a['n'] > 5 RETURN b.id",
        "MATCH (a:Model {id: 'm0'})-[:R]->(b) WITH a, b WHERE a.n > 5 RETURN b.id",
        "MATCH (a:Model {id: 'm0'})-[:R]->(b) WHERE a.n IN [7, null] AND b.n > 0 RETURN b.id",
        "MATCH (a:Model {id: 'm0'}) WHERE a.n IS NULL AND a.n IN [1, 2] RETURN a.id",
    ],
)
def test_a_node_found_by_id_must_still_fit(text: str) -> None:
    assert ask(chain(3), text, i="m0") == []


def test_engine_forgets_what_else_is_asked_of_a_node_found_by_id() -> None:
    text = "MATCH (a:Model {id: 'm0'})-[:R]->(b) WHERE a.n > 5 AND size(b.name) > 0 RETURN b.id"
    assert ask(chain(3), text, raw=True) != []
    assert ask(chain(3), text) == []


def test_passes_are_left_out_only_where_they_do_harm() -> None:
    harmless = "MATCH (a:Model {id: 'm0'})-[:R*1..3]->(b) WHERE b.n > 1 RETURN a.name, b.name"
    assert plan(harmless).without == ()

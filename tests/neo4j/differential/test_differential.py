"""Random queries over random graphs: the embedded engine and a real Neo4j give the same rows.

What the embedded engine cannot answer it refuses, and says so; no row is silently another. The
same texts are asked of several graphs, as making a plan is most of a server's work.

Some 31,000 were asked while this grammar grew; what they showed stands in
``test_found_differences.py``. Of the last 4,500, asked with other seeds, three differed, by two
texts of which Neo4j 5.26 contradicts itself: ``OPTIONAL MATCH`` right after
``allShortestPaths`` counts the paths three times, and misses what ``MATCH`` finds where its
WHERE compares with a COUNT over ``*0..1``.
"""

from collections import Counter
from random import Random

from both_engines import Outcome, ask_both, load
from grammar import Question, question
from neo4j import Session
from random_graphs import random_graph

SEED = 20240601
GRAPHS = 9
QUESTIONS = 230


def test_both_engines_give_the_same_rows(session: Session) -> None:
    random = Random(SEED)
    questions = [question(random) for _ in range(QUESTIONS)]
    verdicts: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(GRAPHS):
        graph = load(session, random_graph(random))
        for asked in questions:
            outcome = ask_both(session, graph, asked)
            verdicts[outcome.verdict] += 1
            found["rows"] += outcome.verdict == "agreed" and outcome.has_rows
            if outcome.verdict in ("different", "lenient"):
                wrong.append(_told(number, asked, outcome))
    print(f"\n{sum(verdicts.values())} queries: {dict(verdicts)}, {found['rows']} with rows")
    assert not wrong, "\n\n".join(wrong[:5])
    assert sum(verdicts.values()) >= 2_000
    # The suite passes by answering, not by refusing, and not by finding nothing.
    assert verdicts["refused"] <= 0.05 * sum(verdicts.values())
    assert verdicts["errors"] <= 0.03 * sum(verdicts.values())
    assert found["rows"] >= 0.2 * sum(verdicts.values())


def _told(graph: int, asked: Question, outcome: Outcome) -> str:
    return (
        f"graph {graph}, {outcome.verdict}: {asked.text}\n{asked.parameters}\n"
        f"embedded: {str(outcome.embedded)[:500]}\nserver:   {str(outcome.server)[:500]}"
    )

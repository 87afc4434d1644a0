"""CPU seconds of the Cypher projection: ``python bench/cypher.py [MODELS] [CLAIMS]``.

Generates a graph (by default 100,000 models with about 300,000 derivations and licences, and no
claims; with CLAIMS, that many of the statements get a claim of their own), makes its graph file,
opens it and asks. Times are user plus system seconds of this process and of the ones it started.
"""

import os
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from modelkin.graph.projections import cypher
from modelkin.graph.protocols import Change
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import Claim, Entity, Extraction, Statement
from modelkin.ontology.document import Document
from modelkin.ontology.terms import EntityType

LICENCES = 20
RUNS = 7


class Generated:
    """A store that makes up what it holds: later models derive from earlier, popular ones."""

    sequence = 1

    def __init__(self, location: Path, models: int, claims: int) -> None:
        chance = random.Random(7)
        self.location = str(location)
        self._models = [f"model/{n}" for n in range(models)]
        licences = [f"license/{n}" for n in range(LICENCES)]
        pairs = {
            (self._models[n], "derivedFrom", self._models[int(n * chance.random() ** 2)])
            for n in range(1, models)
            for _ in range(3)
        }
        pairs |= {(m, "releasedUnder", chance.choice(licences)) for m in self._models[::2]}
        self._statements = [
            Statement(*pair, methods=("finetune",) if pair[1] == "derivedFrom" else ())
            for pair in sorted(pairs)
            if pair[0] != pair[2]
        ]
        self._document = Document.of("It derives from it.", lang="en", title="generated")
        span = self._document.span(0, 19)
        self._claims = [
            Claim.of(s.subject, s.predicate, s.object, span, extractor="bench@1", confidence=0.9)
            for s in self._statements[:claims]
        ]

    def entities(self) -> Iterator[Entity]:
        for n in range(LICENCES):
            yield Entity(f"license/{n}", EntityType.LICENSE, f"Licence {n}")
        for n, id in enumerate(self._models):
            yield Entity(id, EntityType.MODEL, f"Model {n}", (f"model-{n}",))

    def statements(self) -> Iterator[Statement]:
        yield from self._statements

    def claims(self) -> Iterator[Claim]:
        yield from self._claims

    def documents(self) -> Iterator[Document]:
        yield self._document

    def metadata(self, key: str) -> str:
        return "generated"

    def changes(self, since: int = 0) -> Iterator[Change]:
        yield Change(1, "add", self._document.id)


QUERIES = (
    ("by id", "MATCH (m:Model {id: $id}) RETURN m"),
    ("by name", "MATCH (m:Model {name: $name}) RETURN m"),
    ("parents", "MATCH (:Model {id: $id})-[r:DERIVED_FROM]->(b) RETURN b.name, r"),
    ("ancestors", "MATCH (:Model {id: $id})-[:DERIVED_FROM*]->(b) RETURN DISTINCT b.id"),
    (
        "descendants of a root",
        "MATCH (m:Model)-[:DERIVED_FROM*1..50]->(:Model {id: 'model/0'}) RETURN count(DISTINCT m)",
    ),
    (
        "models by licence",
        "MATCH (m:Model)-[:RELEASED_UNDER]->(l) RETURN l.name, count(m) ORDER BY l.name",
    ),
    (
        "a condition over two steps",
        "MATCH (m:Model) WHERE EXISTS { (m)-[:DERIVED_FROM]->()-[:RELEASED_UNDER]->"
        "(:License {id: 'license/1'}) } RETURN count(m)",
    ),
    (
        "most derived from",
        "MATCH (:Model)-[:DERIVED_FROM]->(b) RETURN b.id AS id, count(*) AS n "
        "ORDER BY n DESC, id LIMIT 10",
    ),
)


def seconds(action: Callable[[], object]) -> float:
    """Give the CPU seconds that one run takes here and in processes that end in it."""
    start = os.times()
    action()
    end = os.times()
    return sum(end[:4]) - sum(start[:4])


def small(folder: Path) -> SqliteStore:
    """Give a store of one sentence, for what every query costs."""
    a, b = (Entity(f"model/{n}", EntityType.MODEL, n) for n in "ab")
    document = Document.of("b comes from a", lang="en")
    span = document.span(0, 14)
    claim = Claim.of(b.id, "derivedFrom", a.id, span, extractor="bench@1", confidence=0.9)
    store = SqliteStore.open(folder / "small.db")
    store.merge(Extraction.of(document, [a, b], [claim]))
    return store


def main() -> None:
    """Measure and print."""
    models, claims = [*map(int, sys.argv[1:]), *(100_000, 0)[len(sys.argv) - 1 :]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with small(folder) as store:
            cypher.run(store, "RETURN 1")
            cold = [seconds(lambda: fresh(store, "RETURN 1")) for _ in range(RUNS)]
            print(f"smallest store, from its file: {statistics.median(cold):.3f} s")
        store = Generated(folder / "large.db", models, claims)
        Path(store.location).touch()
        print(f"make the graph file and ask: {seconds(lambda: fresh(store, 'RETURN 1')):.2f} s")
        size = Path(store.location + ".cypher").stat().st_size
        print(f"size of the graph file: {size / 1e6:.1f} MB")
        cold = [seconds(lambda: fresh(store, "RETURN 1")) for _ in range(RUNS)]
        idle = statistics.median(cold)
        print(f"open the graph file and ask: {idle:.2f} s")
        parameters = {"id": f"model/{models * 7 // 9}", "name": f"Model {models * 7 // 9}"}
        for label, text in QUERIES:
            runs = [seconds(lambda t=text: fresh(store, t, parameters)) for _ in range(RUNS)]
            print(f"{label:28} {1000 * max(0.0, statistics.median(runs) - idle):7.0f} ms")


def fresh(store: object, text: str, parameters: dict[str, object] | None = None) -> None:
    """Ask with a process of its own, so that its time counts."""
    cypher.run(store, text, parameters)
    cypher._POOL.close()


if __name__ == "__main__":
    main()

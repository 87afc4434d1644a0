"""A Neo4j server against a file: ``python bench/server.py bolt://HOST:PORT [MODELS]``.

The server's database must be empty, and is emptied again at the end. The password comes from the
environment variable MODELKIN_NEO4J_PASSWORD. Generated documents of 50 models each (by default
100,000 models, with 1.5 claims a model) are merged, a hundred documents a transaction, into a file
and into the server; then the lineages of models by chance are asked of both. Seconds are of the
clock, with the CPU seconds of this process beside them; the server's own are not counted.
"""

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from modelkin.graph.lineage import Direction, lineage
from modelkin.graph.projections import queries
from modelkin.graph.protocols import GraphStore
from modelkin.graph.stores.login import Login
from modelkin.graph.stores.neo4j.store import Neo4jStore
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import Claim, Entity, Extraction
from modelkin.ontology.document import Document
from modelkin.ontology.identifiers import entity_id
from modelkin.ontology.terms import EntityType, Predicate

PER_DOCUMENT = 50
BATCH = 100
ASKED = 200
LICENCES = ("Apache-2.0", "MIT", "Llama 2 Community License", "CC-BY-NC-4.0", "OpenRAIL-M")


def extraction(number: int) -> Extraction:
    """Make a document that says the licence of 50 models, and the base of 25 of them."""
    chance = random.Random(number)
    entities: dict[str, Entity] = {}
    facts: list[tuple[str, Entity, str, Entity]] = []

    def entity(type: EntityType, name: str) -> Entity:
        id = entity_id(type, name)
        return entities.setdefault(id, Entity.of(id, type, name))

    for place in range(number * PER_DOCUMENT, (number + 1) * PER_DOCUMENT):
        model = entity(EntityType.MODEL, f"Model {place}")
        licence = entity(EntityType.LICENSE, chance.choice(LICENCES))
        facts.append((f"{model.name} 采用 {licence.name} 协议。", model, "releasedUnder", licence))
        if place % 2 and place > 1:
            # Squared, so that the first models have many descendants and the last have none.
            base = entity(EntityType.MODEL, f"Model {int(place * chance.random() ** 2)}")
            line = f"{model.name} was fine-tuned from {base.name}."
            facts.append((line, model, Predicate.DERIVED_FROM, base))
    text = "\n".join(line for line, *_ in facts)
    document = Document.of(text, lang="zh", title=f"List {number}", published="2024-05-01")
    claims, start = [], 0
    for line, subject, predicate, object in facts:
        derived = predicate == Predicate.DERIVED_FROM
        claims.append(
            Claim.of(
                subject.id,
                predicate,
                object.id,
                document.span(start, start + len(line)),
                qualifiers={"method": "finetune"} if derived else {},
                extractor="bench@1",
                confidence=0.9,
            )
        )
        start += len(line) + 1
    return Extraction.of(document, entities.values(), claims)


def batches(documents: int) -> Iterator[list[Extraction]]:
    """Give the documents, a batch at a time."""
    numbers = iter(range(documents))
    while batch := [extraction(number) for number in islice(numbers, BATCH)]:
        yield batch


def fill(store: SqliteStore | Neo4jStore, documents: int) -> None:
    """Merge all documents and say how long that took."""
    claims, clock, cpu = 0, 0.0, 0.0
    for batch in batches(documents):
        start, used = time.perf_counter(), time.process_time()
        with store.transaction():
            for document in batch:
                claims += store.merge(document).claims
        clock += time.perf_counter() - start
        cpu += time.process_time() - used
    print(f"  {claims:,} claims in {clock:.1f} s ({claims / clock:,.0f} a second; CPU {cpu:.1f} s)")


def ask(label: str, action: Callable[[str], object], ids: list[str]) -> None:
    """Print the milliseconds that a question takes."""
    for id in ids[:5]:
        action(id)
    taken = []
    for id in ids:
        start = time.perf_counter()
        action(id)
        taken.append(1000 * (time.perf_counter() - start))
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(f"  {label:28} p50 {statistics.median(taken):8.2f} ms  p95 {p95:8.2f} ms")


def questions(store: GraphStore, models: int) -> None:
    """Ask for the lineages of models by chance."""
    chance = random.Random(7)
    ids = [f"model/model-{chance.randrange(models)}" for _ in range(ASKED)]
    upwards = queries.text("lineage_up")

    def below(id: str) -> object:
        return lineage(store, id, direction=Direction.DOWN, depth=2)

    ask("entity", store.entity, ids)
    ask("lineage upwards", lambda id: lineage(store, id), ids)
    ask("lineage downwards, 2 steps", below, ids)
    ask("Cypher lineage_up", lambda id: store.query(upwards, {"model": id}), ids)


def memory() -> str:
    """Give the most memory that this process has held."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB"


def main(location: str, models: int) -> None:
    """Measure both."""
    documents = models // PER_DOCUMENT
    with tempfile.TemporaryDirectory() as folder:
        print(f"file, {models:,} models")
        with SqliteStore.open(Path(folder, "bench.db")) as file:
            fill(file, documents)
            questions(file, models)
        print(f"server, {models:,} models")
        with Neo4jStore.open(location, login=Login(), folder=Path(folder)) as server:
            try:
                fill(server, documents)
                questions(server, models)
                start, used = time.perf_counter(), time.process_time()
                problems = server.check()
                clock, cpu = time.perf_counter() - start, time.process_time() - used
                print(f"  check: {len(problems)} problems; {clock:.1f} s (CPU {cpu:.1f} s)")
            finally:
                server.drop()
    print(f"most memory of this process: {memory()}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)

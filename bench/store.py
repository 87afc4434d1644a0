"""CPU seconds of the SQLite store: ``python bench/store.py [DOCUMENTS] [CLAIMS]``.

Merges generated extractions (by default 2,000 documents of 40 claims), then measures merging them
again, opening, look-ups, searches and walks. Few statements are said by very many documents and
most by few, as in real articles. Times are user plus system seconds of this process.
"""

import gc
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from modelkin.graph.protocols import GraphStore
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import Claim, Entity, Extraction, Value
from modelkin.ontology.document import Document
from modelkin.ontology.identifiers import entity_id
from modelkin.ontology.terms import EntityType, Predicate

MODELS = 5_000
RUNS = 25


def extraction(number: int, claims: int) -> Extraction:
    """Make a document of `claims` sentences, half of them Chinese."""
    chance = random.Random(number)
    models: dict[str, Entity] = {}

    def model() -> Entity:
        # Squared, so that low numbers are named far more often.
        name = f"Model {int(MODELS * chance.random() ** 3)}"
        id = entity_id(EntityType.MODEL, name)
        return models.setdefault(id, Entity.of(id, EntityType.MODEL, name, [name.lower()]))

    facts, lines = [], [f"Article {number}"]
    for place in range(claims):
        one, other = model(), model()
        english = f"In {place}, {one.name} was fine-tuned from {other.name} by its makers."
        lines.append(english if place % 2 else f"{one.name} 由 {other.name} 微调而来，性能更好。")
        facts.append((one, other))
    document = Document.of("\n".join(lines), lang="zh", title=str(number), published="2023-10-07")
    stated, start = [], len(lines[0]) + 1
    for line, (one, other) in zip(lines[1:], facts, strict=True):
        derived = one.id != other.id and chance.random() < 0.8
        claim = Claim.of(
            one.id,
            Predicate.DERIVED_FROM if derived else "parameters",
            other.id if derived else Value(f"{number % 99}B"),
            document.span(start, start + len(line)),
            qualifiers={"method": "finetune"} if derived else {},
            extractor="bench@1",
            confidence=0.8,
        )
        stated.append(claim)
        start += len(line) + 1
    return Extraction.of(document, models.values(), stated)


def seconds(action: Callable[[], object]) -> float:
    """Give the CPU seconds of one run."""
    start = time.process_time()
    action()
    return time.process_time() - start


def show(label: str, action: Callable[[], object]) -> None:
    """Print the milliseconds of several runs."""
    runs = [1000 * seconds(action) for _ in range(RUNS)]
    print(f"{label:34} {min(runs):9.3f} {statistics.median(runs):9.3f} {max(runs):9.3f} ms")


def questions(store: GraphStore) -> Iterator[tuple[str, Callable[[], object]]]:
    """Give what is measured on the full store."""
    hot, cold = "model/model-0", f"model/model-{MODELS * 9 // 10}"
    yield "find, exact", lambda: store.find("Model 17")
    yield "find, as typed", lambda: store.find("MODEL-17")
    yield "find, nothing", lambda: store.find("no such name")
    yield "entity", lambda: store.entity(hot)
    yield "search, a word", lambda: store.search("Model 17")
    yield "search, a rare sentence", lambda: store.search("Model 17 was fine-tuned")
    yield "search, in every second quote", lambda: store.search("微调而来")
    yield "search, two characters (scan)", lambda: store.search("微调")
    yield "search, nothing", lambda: store.search("没有的词")
    yield "statements of a subject, many", lambda: list(store.statements(hot))
    yield "statements of a subject, few", lambda: list(store.statements(cold))
    yield "statements of an object, many", lambda: list(store.statements(object=hot))
    yield "claims of a subject, many", lambda: list(store.claims(hot))


def main() -> None:
    """Measure and print."""
    documents, claims = [*map(int, sys.argv[1:]), *(2_000, 40)[len(sys.argv) - 1 :]]
    extractions = [extraction(number, claims) for number in range(documents)]
    gc.freeze()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        with SqliteStore.open(path) as store:
            for label in ("merge", "merge again"):
                taken = seconds(lambda: [store.merge(e) for e in extractions])
                print(
                    f"{label:34} {documents / taken:9,.0f} documents, "
                    f"{documents * claims / taken:9,.0f} claims a CPU second ({taken:.2f} s)"
                )
        print(f"{'size':34} {path.stat().st_size / documents / claims:9,.0f} bytes a claim")
        print(f"{'':34} {'min':>9} {'median':>9} {'max':>9}    over {RUNS} runs")
        show("open read-only, find, close", lambda: find_once(path))
        with SqliteStore.open(path, read_only=True) as store:
            for label, question in questions(store):
                show(label, question)
            for label, walk in (
                ("all statements", store.statements),
                ("all claims", store.claims),
                ("all entities", store.entities),
            ):
                print(f"{label:34} {seconds(lambda walk=walk: list(walk())):9.3f} s")  # type: ignore[misc]
        extra = statistics.median(cold_find(path) for _ in range(7)) - statistics.median(
            cold("pass") for _ in range(7)
        )
        print(f"{'a process that opens and finds':34} {1000 * extra:9.1f} ms beyond Python's start")


def find_once(path: Path) -> None:
    """Open, find one name, close."""
    with SqliteStore.open(path, read_only=True) as store:
        store.find("Model 17")


def cold_find(path: Path) -> float:
    """Give the CPU seconds of a new process that opens the store and finds a name."""
    return cold(
        "from modelkin.graph.stores import open_store\n"
        f"with open_store({str(path)!r}) as store: store.find('Model 17')"
    )


def cold(code: str) -> float:
    """Give the CPU seconds of a new Python process."""
    script = (
        f"{code}\nimport resource as r\nu = r.getrusage(r.RUSAGE_SELF)\n"
        "print(u.ru_utime + u.ru_stime)"
    )
    return float(subprocess.check_output([sys.executable, "-c", script]))


if __name__ == "__main__":
    main()

"""CPU seconds of the store as RDF: ``python bench/rdf.py [CLAIMS]``.

Makes two stores of generated documents: one of about 10,000 claims, which `modelkin sparql` is
asked about as a user does it, cold; one of CLAIMS claims (by default 30,000: more than a million
quads), which is made RDF, opened and asked. Times are user plus system seconds, of all threads and
of the processes that were started.
"""

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from command_line import cpu_seconds
from server import PER_DOCUMENT, batches

from modelkin.graph.projections import rdf_file
from modelkin.graph.projections.rdf_prefixes import BASE, PREFIXES
from modelkin.graph.rdf.quads import Quads
from modelkin.graph.stores.sqlite import SqliteStore

SMALL = 10_000
PER_MODEL = 1.5
RUNS = 7
QUERIES = (
    ("by name", 'SELECT ?m { ?m rdfs:label "Model 77" }'),
    ("parents", "SELECT ?b { <model/model-777> mk:derivedFrom ?b }"),
    ("ancestors", "SELECT ?b { <model/model-777> mk:derivedFrom+ ?b }"),
    ("descendants of a root", "SELECT (COUNT(*) AS ?n) { ?m mk:derivedFrom+ <model/model-0> }"),
    (
        "models by licence",
        "SELECT ?l (COUNT(?m) AS ?n) { ?m mk:releasedUnder ?l } GROUP BY ?l ORDER BY ?l",
    ),
    (
        "sentences of one model",
        "SELECT ?q { GRAPH ?c { <model/model-777> ?p ?o } ?c mk:evidence/mk:quote ?q }",
    ),
    (
        "most derived from",
        "SELECT ?b (COUNT(?m) AS ?n) { ?m mk:derivedFrom ?b } GROUP BY ?b ORDER BY DESC(?n)",
    ),
    ("all that is derived", "SELECT (COUNT(*) AS ?n) { ?m mk:derivedFrom+ ?b }"),
    (
        "count of all quads",
        "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
    ),
)


def fill(path: Path, claims: int) -> None:
    """Make a store of about so many claims."""
    with SqliteStore.open(path) as store:
        for batch in batches(round(claims / PER_MODEL / PER_DOCUMENT)):
            with store.transaction():
                for extraction in batch:
                    store.merge(extraction)


def measured(action: Callable[[], object]) -> float:
    """Give the CPU seconds of something, other threads included."""
    start = time.process_time()
    action()
    return time.process_time() - start


def command(folder: Path) -> None:
    """Measure whole commands on the small store."""
    fill(folder / "small.db", SMALL)
    text = "SELECT ?m ?b { ?m mk:derivedFrom+ ?b } ORDER BY ?m ?b LIMIT 20"
    ask = ["--store", "small.db", "sparql", text]
    print(f"modelkin sparql, {SMALL:,} claims, CPU-s")
    print(f"  first, which makes the folder  {cpu_seconds(ask, folder):6.2f}")
    times = [cpu_seconds(ask, folder) for _ in range(RUNS)]
    print(
        f"  cold, from the folder          {min(times):6.2f}  median {statistics.median(times):.2f}"
    )
    early = [*ask, "--known-at", "2024-06"]
    print(f"  cold, with a clock             {cpu_seconds(early, folder):6.2f}")


def engine(folder: Path, claims: int) -> None:
    """Measure the making of a large graph, and queries of it."""
    fill(folder / "large.db", claims)
    with SqliteStore.open(folder / "large.db") as store:
        count = sum(1 for _ in Quads().view(store))
        print(f"{count:,} quads of {claims:,} claims, CPU-s")
        print(f"  quads alone     {measured(lambda: sum(1 for _ in Quads().view(store))):8.3f}")

        def make() -> None:
            with rdf_file.prepared(store):
                pass

        print(f"  folder          {measured(make):8.3f}")
        file = rdf_file.cached(store)
        assert file is not None
        size = sum(each.stat().st_size for each in file.path.iterdir())
        print(f"  its size        {size / 2**20:8.0f} MiB")
        start = time.process_time()
        with rdf_file.opened(store) as opened:
            print(f"  opening it      {time.process_time() - start:8.3f}")
            for label, text in QUERIES:

                def ask(text: str = text) -> None:
                    list(opened.query(text, prefixes=PREFIXES, base_iri=BASE))  # type: ignore[arg-type]

                first = measured(ask)
                times = [measured(ask) for _ in range(RUNS)]
                print(f"  {label:24} {1000 * first:9.2f} ms  then {1000 * min(times):9.2f} ms")


def main() -> None:
    """Measure both."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    with tempfile.TemporaryDirectory() as name:
        command(Path(name))
        engine(Path(name), claims)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory of this process: {peak:,.0f} MiB")


if __name__ == "__main__":
    main()

"""A store published to a SPARQL server: what is new is sent, what is gone is taken out.

The server holds the quads of the export: claims as named graphs, all else in the default graph.
They come in *resources*: an entity with the triples that it is the subject of, a statement, a
document, an extractor, a claim with its graph and its evidence. A graph of its own,
``…/publication``, remembers for each resource a digest of its quads, and which state of which
store is published; so a second run sends nothing, and one that was broken off goes on. What others
keep in the dataset under other names is left alone.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TypeVar

from ..ontology.claim import Statement
from ..ontology.identifiers import BASE_IRI
from .errors import StoreError
from .projections.rdf_file import state_of
from .protocols import GraphStore, View
from .rdf.addresses import Addresses
from .rdf.quads import Quads, Texts
from .rdf.syntax import Quad, count, lines, literal, node
from .sparql_server import SparqlServer

__all__ = ["BATCH", "PUBLICATION", "Counts", "PublishReport", "publish", "resources"]

BATCH = 100
"""How many resources are one request."""

PUBLICATION = f"{BASE_IRI}publication"
"""The graph that remembers what is published."""

_GRAPH = node(PUBLICATION)
_STORE, _SEQUENCE, _STATE, _DIGEST = (
    node(f"{PUBLICATION}#{name}") for name in ("store", "sequence", "state", "digest")
)
_UNFINISHED = "unfinished"
# In the note of a resource: it is the name of a graph besides.
_NAMES_A_GRAPH = "graph"

Item = TypeVar("Item")
Progress = Callable[[str], object]
"""Called with the address of each resource that is sent."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of one kind were sent or taken out.

    Parameters
    ----------
    new, changed, removed : int
    """

    new: int = 0
    changed: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What a publication changed on the server; all zero when nothing was new.

    Parameters
    ----------
    claims : Counts
        Named graphs.
    others : Counts
        Entities, statements, documents and extractors.
    updates : int
        How many requests changed the server.
    """

    claims: Counts = Counts()
    others: Counts = Counts()
    updates: int = 0


def publish(
    store: GraphStore,
    server: SparqlServer,
    *,
    base: str = BASE_IRI,
    batch: int = BATCH,
    replace: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> PublishReport:
    """Make a server show a store.

    Parameters
    ----------
    store : GraphStore
        What to publish, as it was opened: facts alone, or candidates too.
    server : SparqlServer
    base : str
        What the addresses of all resources are under; it ends in ``/``.
    batch : int
        How many resources are one request.
    replace : bool
        Whether another store's publication may give way.
    dry_run : bool
        Whether to count only.
    progress : callable, optional

    Raises
    ------
    StoreError
        When the server cannot be asked or refuses, shows another store, or the store changes
        meanwhile. What was sent until then is not sent again.
    """
    if base.endswith("#"):
        raise StoreError(
            f"nothing can be published under {base}",
            hint="give a base that ends in /: parts of a resource are told by what follows a #",
        )
    shape = Quads(Addresses(base))
    state, identity = state_of(store, base), store.metadata("identity") or ""
    sequence = store.sequence
    published = _published(server)
    other = published.get(_STORE[1:-1])
    if other is not None and other != identity and not replace:
        raise StoreError(
            f"{server.url} shows another store than {store.location}",
            hint="publish to another dataset, or give --replace to put this store in its place",
        )
    if state is not None and published.get(_STATE[1:-1]) == state:
        return PublishReport()
    there = _notes(server)
    here = {address: _note(address, quads) for address, quads in resources(store, shape)}
    report = _report(here, there)
    if dry_run:
        return report
    before = server.requests
    # Who reads this knows that resources come and go at the moment.
    server.update(_says(identity, sequence, _UNFINISHED))
    gone = sorted(there.keys() - here.keys())
    for some in _batches(gone, batch):
        server.update(_removal({address: there[address] for address in some}))
    wanted = (
        (address, quads)
        for address, quads in resources(store, shape)
        if address in here and there.get(address) != here[address]
    )
    for group in _batches(wanted, batch):
        old = {address: there[address] for address, _ in group if address in there}
        server.update(_removal(old) + _insertion(group, here))
        if progress is not None:
            for address, _ in group:
                progress(address)
    if (store.sequence, state_of(store, base)) != (sequence, state):
        raise StoreError(
            f"{store.location} changed while it was published", hint="run it again for the rest"
        )
    server.update(_says(identity, sequence, state or _UNFINISHED))
    return PublishReport(report.claims, report.others, server.requests - before)


def resources(view: View, shape: Quads | None = None) -> Iterator[tuple[str, list[Quad]]]:
    """Give all that a view holds, a resource at a time: its address and its quads.

    Each comes once, whole, in an order that depends on the content alone.
    """
    shape = Quads() if shape is None else shape
    statements = groupby(view.statements(), key=lambda statement: statement.subject)
    upcoming = next(statements, None)
    for entity in view.entities():
        own: list[Quad] = shape.entity(entity)
        others: list[Quad] = []
        if upcoming is not None and upcoming[0] == entity.id:
            own_triples, others = _apart(shape, entity.id, upcoming[1])
            own += own_triples
            upcoming = next(statements, None)
        yield from _by_address(own)
        yield from _by_address(others)
    assert upcoming is None, f"{upcoming[0]} has statements and is no entity"
    for document in view.documents():
        yield from _by_address(shape.document(document))
    texts = Texts(view)
    extractors = set()
    for claim in view.claims():
        extractors.add(claim.extractor)
        yield from _by_address(shape.claim(claim, texts.document(claim.evidence.document)))
    for extractor in sorted(extractors):
        yield from _by_address(shape.extractor(extractor))


def _apart(
    shape: Quads, subject: str, statements: Iterable[Statement]
) -> tuple[list[Quad], list[Quad]]:
    """Give the triples of a thing, and what is known of its statements."""
    address = shape.addresses.thing(subject)
    quads = [quad for statement in statements for quad in shape.statement(statement)]
    own = [quad for quad in quads if quad.subject == address]
    return own, [quad for quad in quads if quad.subject != address]


def _by_address(quads: Iterable[Quad]) -> Iterator[tuple[str, list[Quad]]]:
    for address, some in groupby(quads, key=_address_of):
        yield address, list(some)


def _address_of(quad: Quad) -> str:
    """Give the resource that a quad belongs to: the graph, or the subject without its fragment.

    Examples
    --------
    >>> _address_of(Quad("<urn:a#span>", "<urn:p>", "<urn:o>"))
    'urn:a'
    """
    return (quad.graph or quad.subject)[1:-1].partition("#")[0]


def _note(address: str, quads: Sequence[Quad]) -> str:
    """Give what is remembered of a resource: a digest, and all that it is the name of.

    Examples
    --------
    >>> _note("urn:a", [Quad("<urn:a#span>", "<urn:p>", "<urn:o>")]).split()[1:]
    ['#span']
    """
    digest = hashlib.sha256("".join(sorted(lines(quads))).encode()).hexdigest()[:32]
    parts = {quad.subject[1 + len(address) : -1] for quad in quads if not quad.graph}
    graph = [_NAMES_A_GRAPH] * any(quad.graph for quad in quads)
    return " ".join([digest, *graph, *sorted(parts - {""})])


def _published(server: SparqlServer) -> dict[str, str]:
    rows = server.select(f"SELECT ?p ?o {{ GRAPH {_GRAPH} {{ {_GRAPH} ?p ?o }} }}")
    return {row["p"]: row["o"] for row in rows if "p" in row and "o" in row}


def _notes(server: SparqlServer) -> dict[str, str]:
    rows = server.select(f"SELECT ?r ?d {{ GRAPH {_GRAPH} {{ ?r {_DIGEST} ?d }} }}")
    return {row["r"]: row["d"] for row in rows if "r" in row and "d" in row}


def _report(here: Mapping[str, str], there: Mapping[str, str]) -> PublishReport:
    counts = {True: [0, 0, 0], False: [0, 0, 0]}
    for address in here.keys() | there.keys():
        one, other = here.get(address), there.get(address)
        if one != other:
            graph = _NAMES_A_GRAPH in (one or other or "").split()
            counts[graph][0 if other is None else 2 if one is None else 1] += 1
    return PublishReport(Counts(*counts[True]), Counts(*counts[False]))


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


def _says(identity: str, sequence: int, state: str) -> str:
    return (
        f"DELETE WHERE {{ GRAPH {_GRAPH} {{ {_GRAPH} ?p ?o }} }} ;\n"
        f"INSERT DATA {{ GRAPH {_GRAPH} {{ {_GRAPH} {_STORE} {literal(identity)} ; "
        f"{_SEQUENCE} {count(sequence)} ; {_STATE} {literal(state)} }} }}"
    )


def _removal(notes: Mapping[str, str]) -> str:
    """Give the update that takes resources out, as they were noted; nothing for none."""
    if not notes:
        return ""
    names = " ".join(map(node, notes))
    subjects, graphs = [], []
    for address, note in notes.items():
        parts = note.split()[1:]
        graphs += [f"DROP SILENT GRAPH {node(address)} ;\n"] * (_NAMES_A_GRAPH in parts)
        subjects += [node(address)]
        subjects += [node(address + part) for part in parts if part.startswith("#")]
    return (
        f"DELETE {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {' '.join(subjects)} }} ?s ?p ?o }} ;\n"
        + "".join(graphs)
        + f"DELETE {{ GRAPH {_GRAPH} {{ ?r {_DIGEST} ?d }} }} "
        f"WHERE {{ VALUES ?r {{ {names} }} GRAPH {_GRAPH} {{ ?r {_DIGEST} ?d }} }} ;\n"
    )


def _insertion(group: Iterable[tuple[str, Sequence[Quad]]], notes: Mapping[str, str]) -> str:
    parts = ["INSERT DATA {\n"]
    remembered = []
    for address, quads in group:
        remembered.append(f"{node(address)} {_DIGEST} {literal(notes[address])} .\n")
        for graph, some in groupby(quads, key=lambda quad: quad.graph):
            triples = [f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in some]
            parts += [f"GRAPH {graph} {{\n", *triples, "}\n"] if graph else triples
    return "".join([*parts, f"GRAPH {_GRAPH} {{\n", *remembered, "}\n}"])

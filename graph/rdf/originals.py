"""What a store has read and what was decided, as quads of which the store can be made again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ...ontology.claim import Claim, Extraction
from ...ontology.decision import Decision
from ...ontology.document import Document
from .. import decision_file
from ..protocols import GraphStore
from .addresses import Addresses
from .quads import Quads
from .syntax import RDF_TYPE, Quad, count, literal, term

__all__ = ["CHUNK", "decisions", "original", "originals"]

CHUNK = 1_000_000
"""Characters; readers of RDF refuse a literal of many millions, so a long text comes in parts."""

_DECISIONS, _ORIGINAL = "decisions", "original"
_TEXT, _VALUE = term("mk:text"), term("rdf:value")
_START, _END = term("mk:start"), term("mk:end")


def originals(store: GraphStore, addresses: Addresses) -> Iterator[Quad]:
    """Give every document as it was read, a named graph each; candidates where they are shown.

    It holds the text, each reading of it (where, when, under which title), and the entities and
    claims in the names that the document uses itself.
    """
    quads = Quads(addresses)
    for _, group in groupby(store.readings(), key=lambda reading: reading.document.id):
        # What a text says is the same in each reading of it: only one is kept.
        said, documents = None, []
        for reading in group:
            said = said or reading
            documents.append(reading.document)
        assert said is not None
        if not store.candidates:
            facts = tuple(claim for claim in said.claims if claim.kind.is_fact)
            said = replace(said, claims=facts)
        yield from original(quads, said, documents)


def original(quads: Quads, said: Extraction, readings: Sequence[Document]) -> Iterator[Quad]:
    """Give the graph of a document as it was read.

    Parameters
    ----------
    quads : Quads
        Without reifiers.
    said : Extraction
    readings : sequence of Document
        The same text, once for each reading.
    """
    document = said.document
    here, address = f"document/{document.id}", quads.document_address(document.id)
    graph = quads.addresses.part(here, _ORIGINAL)
    parts = [document.text[at : at + CHUNK] for at in range(0, len(document.text), CHUNK)]
    yield Quad(address, term("mk:kind"), literal(document.kind.value), graph)
    if len(parts) == 1:
        yield Quad(address, _TEXT, literal(parts[0]), graph)
    else:
        for number, part in enumerate(parts, 1):
            yield Quad(address, term(f"rdf:_{number}"), literal(part), graph)
    for number, reading in enumerate(readings, 1):
        name = quads.addresses.part(here, f"reading-{number}")
        yield Quad(name, term("prov:specializationOf"), address, graph)
        for predicate, object in quads.about_document(reading):
            yield Quad(name, predicate, object, graph)
        if reading.retrieved is not None:
            yield Quad(name, term("prov:generatedAtTime"), literal(reading.retrieved), graph)
    for entity in said.entities:
        for quad in quads.entity(entity):
            yield quad._replace(graph=graph)
    for claim in said.claims:
        yield from _claim(quads, claim, graph)


def _claim(quads: Quads, claim: Claim, graph: str) -> Iterator[Quad]:
    name = quads.addresses.thing(f"claim/{claim.id}")
    yield Quad(name, RDF_TYPE, term("mk:Claim"), graph)
    for predicate, object in quads.about_claim(claim):
        yield Quad(name, predicate, object, graph)
    yield Quad(name, _START, count(claim.evidence.start), graph)
    yield Quad(name, _END, count(claim.evidence.end), graph)


def decisions(store: GraphStore, addresses: Addresses) -> Iterator[Quad]:
    """Give the graph of what was decided, which every store has.

    It gives the decisions in the order in which they were taken, as lines of the file of
    decisions, and the version of the curated seeds.
    """
    log, graph = addresses.thing(_DECISIONS), addresses.part(_DECISIONS, _ORIGINAL)
    yield Quad(log, RDF_TYPE, term("rdf:Seq"), graph)
    version = store.metadata("seeds")
    if version is not None:
        yield Quad(log, term("owl:versionInfo"), literal(version), graph)
    for number, decision in enumerate(_as_taken(store), 1):
        name = addresses.thing(f"decision/{decision.id}")
        yield Quad(log, term(f"rdf:_{number}"), name, graph)
        line = decision_file.write([decision]).splitlines()[1]
        yield Quad(name, _VALUE, f"{literal(line)}^^{term('rdf:JSON')}", graph)


def _as_taken(store: GraphStore) -> list[Decision]:
    """Give the decisions in the order in which they were taken: one may rest on another."""
    known = {decision.id: decision for decision in store.decisions()}
    if not known:
        return []
    taken = [c.document for c in store.changes() if c.kind == "decide" and c.document in known]
    return [known[id] for id in dict.fromkeys([*taken, *known])]

"""Our own files: what a store had read and decided, as a source that a store can be made of."""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pyoxigraph

from ... import ModelKinError
from ...ontology.claim import Claim, ClaimKind, Entity, Extraction, Value
from ...ontology.decision import Decision
from ...ontology.document import Document, DocumentKind
from ...ontology.errors import InvariantError
from ...ontology.terms import EntityType
from .. import decision_file
from ..errors import ImportFileError
from ..protocols import Change
from ..rdf.addresses import Addresses, ontology_name
from ..rdf.syntax import PREFIXES

__all__ = ["Backup"]

_DOCUMENT = re.compile(r"(.+[/#])document/([0-9a-f]{32})[#/]original", re.DOTALL)
_DECISIONS = re.compile(r"(.+[/#])decisions[#/]original", re.DOTALL)
_TYPES = {type.value: type for type in EntityType}
_DATES = frozenset(
    PREFIXES["xsd"] + name for name in ("date", "gYearMonth", "gYear", "gMonthDay", "gMonth")
) | {PREFIXES["mk"] + "PartialDate"}
_INTEGER = PREFIXES["xsd"] + "integer"
# What a claim says of itself; any other term of the ontology is a qualifier.
_OWN = frozenset(("confidence", "end", "extractor", "kind", "start"))
_MOST_QUADS = 10_000

Node = dict[str, list[Any]]
Nodes = dict[str, Node]


class Backup:
    """Takes in the graphs of originals of a file, and gives them as a store gives its readings.

    The graphs are kept packed. Each document, entity and claim is made anew and has to have the
    id that the file gives it: what was changed by hand is refused.

    Parameters
    ----------
    name : str
        The file's name, for messages.
    """

    candidates = True

    def __init__(self, name: str) -> None:
        self._name = name
        self._graphs: dict[str, list[bytes]] = defaultdict(list)
        self._documents: dict[str, str] = {}
        self._decisions = ""
        self._current = ""
        self._lines: list[str] = []

    @property
    def found(self) -> bool:
        """Whether the file held any original."""
        return bool(self._graphs or self._lines)

    def take(self, quad: pyoxigraph.Quad) -> bool:
        """Take a quad in if it belongs to an original."""
        graph = quad.graph_name
        if not isinstance(graph, pyoxigraph.NamedNode):
            return False
        address = graph.value
        if address != self._current or len(self._lines) >= _MOST_QUADS:
            if address not in self._graphs and not self._known(address):
                return False
            self._pack()
            self._current = address
        self._lines.append(f"{quad.subject} {quad.predicate} {quad.object} .")
        return True

    def _known(self, address: str) -> bool:
        """Note which document a graph is of, if it is one of originals."""
        # The cheapest look first: a claim has a graph too, and there are many.
        if not address.endswith("original"):
            return False
        found = _DOCUMENT.fullmatch(address)
        if found is not None:
            self._documents[found[2]] = address
        elif _DECISIONS.fullmatch(address):
            self._decisions = address
        else:
            return False
        return True

    def _pack(self) -> None:
        if self._lines:
            text = "\n".join(self._lines)
            self._graphs[self._current].append(zlib.compress(text.encode(), 1))
            self._lines = []

    def _nodes(self, graph: str) -> Nodes:
        """Give what a graph says of each subject, by predicate."""
        self._pack()
        nodes: Nodes = {}
        for packed in self._graphs[graph]:
            lines = zlib.decompress(packed)
            for quad in pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_TRIPLES):
                subject = nodes.setdefault(_text(quad.subject), {})
                subject.setdefault(quad.predicate.value, []).append(quad.object)
        return nodes

    def documents(self) -> Iterator[Document]:
        """Give each document once."""
        for id in sorted(self._documents):
            yield next(self.readings(id)).document

    def readings(self, document: str | None = None) -> Iterator[Extraction]:
        """Give what was read, as `modelkin.graph.protocols.GraphStore.readings` does.

        Raises
        ------
        ImportFileError
            When the file does not hold what it says that it holds.
        """
        if document is None:
            for id in sorted(self._documents):
                yield from self.readings(id)
            return
        if document not in self._documents:
            return
        graph = self._documents[document]
        found = _DOCUMENT.fullmatch(graph)
        assert found is not None
        try:
            said, readings = _original(self._nodes(graph), Addresses(found[1]), document)
        except (InvariantError, KeyError, IndexError, ValueError, AttributeError) as error:
            reason = error.message if isinstance(error, ModelKinError) else f"no {error}"
            raise ImportFileError(
                f"{self._name}, graph <{graph}>: the document cannot be made of it: {reason}",
                hint="export the store again",
            ) from error
        for reading in readings:
            yield replace(said, document=reading)

    def decisions(self) -> Iterator[Decision]:
        """Give the decisions in the order in which they were taken.

        Raises
        ------
        DecisionError
            When one was changed.
        """
        if not self._decisions:
            return
        nodes = self._nodes(self._decisions)
        base = self._decisions[: -len("#original")]
        for address in _members(nodes.get(base, {})):
            line = nodes.get(_text(address), {}).get(PREFIXES["rdf"] + "value", [None])[0]
            if line is None:
                raise ImportFileError(
                    f"{self._name}: the decision {_text(address)} is missing",
                    hint="export the store again",
                )
            header = decision_file.write([])
            yield from decision_file.read(f"{header}{line.value}\n")

    def changes(self, since: int = 0) -> Iterator[Change]:
        """Give the log of the decisions: `sync` takes them in its order."""
        for number, decision in enumerate(self.decisions(), 1):
            if number > since:
                yield Change(number, "decide", decision.id)

    def metadata(self, key: str) -> str | None:
        """Give the version of the curated seeds."""
        if key != "seeds" or not self._decisions:
            return None
        node = self._nodes(self._decisions).get(self._decisions[: -len("#original")], {})
        version = node.get(PREFIXES["owl"] + "versionInfo")
        return None if version is None else str(version[0].value)


def _original(nodes: Nodes, addresses: Addresses, id: str) -> tuple[Extraction, Sequence[Document]]:
    mk, rdf = PREFIXES["mk"], PREFIXES["rdf"]
    address = addresses.thing(f"document/{id}")[1:-1]
    about = nodes[address]
    texts = about.get(f"{mk}text") or list(_members(about))
    text = "".join(part.value for part in texts)
    kind = DocumentKind(_one(about, f"{mk}kind"))
    readings = [
        _reading(text, kind, node)
        for name, node in sorted(nodes.items())
        if PREFIXES["prov"] + "specializationOf" in node
    ]
    document = readings[0]
    if document.id != id:
        raise InvariantError(f"its text is that of the document {document.id}")
    entities, claims = [], []
    for name, node in nodes.items():
        for type in node.get(f"{rdf}type", ()):
            term = ontology_name(type.value) or ""
            if term in _TYPES:
                entities.append(_entity(name, _TYPES[term], node, addresses))
            elif term == "Claim":
                claims.append(_claim(name, node, document, addresses))
    return Extraction.of(document, entities, claims), readings


def _reading(text: str, kind: DocumentKind, node: Node) -> Document:
    dcterms = PREFIXES["dcterms"]
    return Document.of(
        text,
        lang=_one(node, f"{dcterms}language"),
        title=_maybe(node, f"{dcterms}title") or "",
        url=_maybe(node, f"{dcterms}source"),
        published=_maybe(node, f"{dcterms}issued"),
        retrieved=_maybe(node, PREFIXES["prov"] + "generatedAtTime"),
        kind=kind,
    )


def _entity(name: str, type: EntityType, node: Node, addresses: Addresses) -> Entity:
    aliases = [alias.value for alias in node.get(PREFIXES["skos"] + "altLabel", ())]
    label = _one(node, PREFIXES["rdfs"] + "label")
    return Entity.of(_id(name, addresses), type, label, aliases)


def _claim(name: str, node: Node, document: Document, addresses: Addresses) -> Claim:
    mk, rdf = PREFIXES["mk"], PREFIXES["rdf"]
    qualifiers = {}
    for predicate, values in node.items():
        key = ontology_name(predicate)
        if key is not None and key not in _OWN:
            qualifiers[key] = _qualifier(key, values[0])
    claim = Claim.of(
        _id(_one(node, f"{rdf}subject"), addresses),
        ontology_name(_one(node, f"{rdf}predicate")) or "",
        _object(node[f"{rdf}object"][0], addresses),
        document.span(int(_one(node, f"{mk}start")), int(_one(node, f"{mk}end"))),
        qualifiers=qualifiers,
        extractor=_one(node, f"{mk}extractor"),
        confidence=float(_one(node, f"{mk}confidence")),
        kind=ClaimKind(_one(node, f"{mk}kind")),
    )
    if addresses.thing(f"claim/{claim.id}") != f"<{name}>":
        raise InvariantError(f"the claim {name} was changed: it should be {claim.id}")
    return claim


def _object(term: Any, addresses: Addresses) -> str | Value:
    if isinstance(term, pyoxigraph.NamedNode):
        return _id(term.value, addresses)
    datatype = term.datatype.value
    if datatype in _DATES:
        return Value(term.value, "date")
    return Value(term.value, "integer" if datatype == _INTEGER else "string")


def _qualifier(key: str, term: Any) -> str:
    if isinstance(term, pyoxigraph.NamedNode):
        return (ontology_name(term.value) or "").removeprefix(f"{key}-")
    return str(term.value)


def _id(address: str, addresses: Addresses) -> str:
    id = addresses.id(address)
    if id is None:
        raise InvariantError(f"{address} does not lie under {addresses.base}")
    return id


def _members(node: Node) -> Iterator[Any]:
    """Give the members of a container in their order."""
    prefix = f"{PREFIXES['rdf']}_"
    numbered = [key for key in node if key.startswith(prefix) and key[len(prefix) :].isdecimal()]
    for key in sorted(numbered, key=lambda key: int(key[len(prefix) :])):
        yield node[key][0]


def _one(node: Node, predicate: str) -> str:
    return str(node[predicate][0].value)


def _maybe(node: Node, predicate: str) -> str | None:
    return _one(node, predicate) if predicate in node else None


def _text(term: Any) -> str:
    return str(term.value) if isinstance(term, pyoxigraph.NamedNode) else str(term)

"""Writes ``docs/ontology.md`` from the ontology: ``python docs/write_ontology.py [--check]``."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from modelkin.ontology.generate import MK, load
from modelkin.ontology.lint import ALIGNMENTS, DOMAINS

TARGET = Path(__file__).parent / "ontology.md"
ONTOLOGY = URIRef("https://w3id.org/modelkin/ontology")
OPENING = """# The ontology

Written from `ontology/modelkin.ttl`, `ontology/alignments.ttl` and `ontology/domains.ttl` by
`make docs`; a test fails when it differs.

{about}

Version {version}, [{licence}](http://spdx.org/licenses/{licence}), prefix `mk:` for
`{namespace}`.

An arrow is a predicate, from what it is said of to what it points at.

"""
PROFILE = """
## How it is meant to be used

- It is an OWL 2 ontology; the rules of OWL 2 RL suffice to draw what follows from it. Claims and
  statements are reified by `rdf:Statement`, and dates are as precise as texts are
  (`xsd:gYearMonth`), both of which OWL 2 DL leaves out.
- A claim is what a text says, and texts contradict each other. So no property is functional, and
  none asymmetric: a contradiction among claims is a conflict to show, not one of the graph.
- What must be so is said in SHACL, in `ontology/shapes.ttl`; `modelkin validate` checks it.
- Axioms of others stand in `ontology/alignments.ttl`: reason over both files to read a graph in
  their words.
"""


def text() -> str:
    """Give the page."""
    graph, aligned, domains = load(), load(ALIGNMENTS), load(DOMAINS)
    # rdflib has a prefix of its own for another address of schema.org.
    aligned.bind("schema", "http://schema.org/", override=True, replace=True)
    head = OPENING.format(
        about="\n\n".join(_texts(graph, ONTOLOGY, DCTERMS.description)),
        version=graph.value(ONTOLOGY, OWL.versionInfo),
        licence=str(graph.value(ONTOLOGY, DCTERMS.license)).rsplit("/", 1)[-1],
        namespace=MK,
    )
    predicates = _under(graph, RDFS.subPropertyOf, MK.relatedTo)
    attributes = _under(graph, RDFS.subPropertyOf, MK.attribute)
    qualifiers = sorted(set(graph.subjects(MK.qualifies)), key=str)
    methods = [
        t for t in _of(graph, OWL.ObjectProperty) if _above(graph, t) and t not in predicates
        and MK.derivedFrom in graph.transitive_objects(t, RDFS.subPropertyOf)
    ]  # fmt: skip
    told = {*predicates, *attributes, *qualifiers, *methods}
    evidence = {MK.Claim, MK.Statement, MK.Span, MK.Document}
    rest = [t for k in (OWL.ObjectProperty, OWL.DatatypeProperty) for t in _of(graph, k)]
    about = [t for t in rest if t not in told and _ends(graph, t, RDFS.domain) & evidence]
    follow = [t for t in rest if t not in told and t not in about]
    sections: list[tuple[str, Sequence[Node]]] = [
        ("Classes · 类", _of(graph, OWL.Class)),
        ("Predicates · 谓词", predicates),
        ("Derivations by method · 按方法的派生", methods),
        ("Attributes · 属性", attributes),
        ("Inverses, what follows, and the top · 逆关系、推论与顶层", follow),
        ("Claims and their evidence · 主张及其证据", about),
        ("Qualifiers · 限定词", qualifiers),
        ("Datatypes · 数据类型", _of(graph, RDFS.Datatype)),
        ("Annotations · 标注", _of(graph, OWL.AnnotationProperty)),
    ]
    parts = [head, "\n".join(_diagram(graph, predicates)), PROFILE]
    for title, terms in sections:
        parts.append(f"\n## {title}\n")
        parts += ["\n" + "\n".join(_term(graph, aligned, term)) + "\n" for term in terms]
    parts.append("\n## Values · 取值\n")
    for scheme in _of(graph, SKOS.ConceptScheme):
        if (None, MK.valuesIn, scheme) in graph:
            parts.append("\n" + "\n".join(_scheme(graph, scheme)) + "\n")
    parts.append("\n## Domains · 领域\n\n" + "\n".join(_domains(domains)) + "\n")
    return "".join(parts)


def _of(graph: Graph, kind: URIRef) -> Sequence[Node]:
    found = (t for t in graph.subjects(RDF.type, kind) if isinstance(t, URIRef) and t in MK)
    return sorted(found, key=str)


def _under(graph: Graph, relation: URIRef, top: URIRef) -> Sequence[Node]:
    return sorted(graph.subjects(relation, top), key=str)


def _above(graph: Graph, term: Node) -> Sequence[Node]:
    return sorted(
        above
        for relation in (RDFS.subClassOf, RDFS.subPropertyOf)
        for above in graph.objects(term, relation)
        if isinstance(above, URIRef)
    )


def _ends(graph: Graph, term: Node, side: URIRef) -> set[Node]:
    node = graph.value(term, side)
    union = graph.value(node, OWL.unionOf)
    if union is not None:
        return set(Collection(graph, union))
    return set() if node is None else {node}


def _name(graph: Graph, node: Node) -> str:
    return node.n3(graph.namespace_manager) if isinstance(node, URIRef) else str(node)


def _names(graph: Graph, nodes: Iterable[Node]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(_name(graph, node) for node in nodes))


def _texts(graph: Graph, term: Node, relation: URIRef) -> list[str]:
    """Give the texts in one order: English, then Chinese."""
    texts = list(graph.objects(term, relation))
    return [str(t) for t in sorted(texts, key=lambda t: (getattr(t, "language", ""), str(t)))]


def _label(graph: Graph, term: Node) -> str:
    return " · ".join(_texts(graph, term, RDFS.label) or _texts(graph, term, SKOS.prefLabel))


def _diagram(graph: Graph, predicates: Iterable[Node]) -> Iterator[str]:
    """Draw the classes and, once for each pair of them, the predicates between."""
    between: dict[tuple[str, str], list[str]] = {}
    for predicate in predicates:
        for one in _ends(graph, predicate, RDFS.domain):
            for other in _ends(graph, predicate, RDFS.range):
                ends = (str(one).removeprefix(MK), str(other).removeprefix(MK))
                between.setdefault(ends, []).append(str(predicate).removeprefix(MK))
    yield "```mermaid"
    yield "flowchart LR"
    for term in _under(graph, RDFS.subClassOf, MK.Entity):
        labels = "<br>".join(_texts(graph, term, RDFS.label))
        yield f'  {str(term).removeprefix(MK)}["{labels}"]'
    for (start, end), names in sorted(between.items()):
        yield f'  {start} -->|"{"<br>".join(sorted(names))}"| {end}'
    yield "  Claim([claim · 主张]) -->|evidence| Span([span · 片段])"
    yield "  Claim -->|supports| Statement([statement · 陈述])"
    yield "  Claim -->|statedIn| Document([document · 文档])"
    yield "```\n"


def _term(graph: Graph, aligned: Graph, term: Node) -> Iterator[str]:
    yield f"### {_name(graph, term)}: {_label(graph, term)}\n"
    for definition in _texts(graph, term, SKOS.definition):
        yield f"{definition}\n"
    for example in _texts(graph, term, SKOS.example):
        yield f"> {example}\n"
    for what, nodes in (
        ("under", _above(graph, term)),
        ("of", _ends(graph, term, RDFS.domain)),
        ("to", _ends(graph, term, RDFS.range)),
        ("inverse of", graph.objects(term, OWL.inverseOf)),
        ("inverse", graph.subjects(OWL.inverseOf, term)),
        ("values in", graph.objects(term, MK.valuesIn)),
        ("qualifies", graph.objects(term, MK.qualifies)),
    ):
        names = _names(graph, nodes)
        if names:
            yield f"- {what}: {names}"
    for chain in graph.objects(term, OWL.propertyChainAxiom):
        links = " then ".join(f"`{_name(graph, link)}`" for link in Collection(graph, chain))
        yield f"- follows from: {links}"
    if (term, RDF.type, OWL.TransitiveProperty) in graph:
        yield "- transitive"
    for relation in sorted(set(aligned.predicates(term)), key=str):
        others = [o for o in aligned.objects(term, relation) if isinstance(o, URIRef)]
        union = [
            one
            for node in aligned.objects(term, relation)
            if (head := aligned.value(node, OWL.unionOf)) is not None
            for one in Collection(aligned, head)
        ]
        names = _names(aligned, others + union)
        how = f"{_name(aligned, relation)}{' one of' if union else ''}"
        yield f"- {how}: {names}"


def _scheme(graph: Graph, scheme: Node) -> Iterator[str]:
    yield f"### {_name(graph, scheme)}: {_label(graph, scheme)}\n"
    for definition in _texts(graph, scheme, SKOS.definition):
        yield f"{definition}\n"
    yield "| value | label | meaning | example |"
    yield "|---|---|---|---|"
    for concept in sorted(graph.subjects(SKOS.inScheme, scheme), key=str):
        cells = [
            f"`{graph.value(concept, SKOS.notation)}`",
            _label(graph, concept),
            "<br>".join(_texts(graph, concept, SKOS.definition)),
            "<br>".join(_texts(graph, concept, SKOS.example)),
        ]
        yield f"| {' | '.join(cells)} |"


def _domains(graph: Graph, above: Node | None = None, indent: str = "") -> Iterator[str]:
    """Give the domains as a list, the narrower under the broader."""
    if above is None:
        found = graph.objects(MK.domains, SKOS.hasTopConcept)
    else:
        found = graph.subjects(SKOS.broader, above)
    for domain in sorted(found, key=str):
        yield f"{indent}- {_label(graph, domain)}"
        yield from _domains(graph, domain, f"{indent}  ")


if __name__ == "__main__":
    page = text()
    if "--check" in sys.argv[1:]:
        sys.exit(TARGET.read_text(encoding="utf-8") != page)
    TARGET.write_text(page, encoding="utf-8")

"""The shapes, taken apart for checking: what each is about, what it asks and what it says."""

import warnings
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pyoxigraph as ox

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from rdflib import RDF, RDFS, SH, Graph
    from rdflib.term import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SHACL", "TYPE", "Constraint", "Shapes", "shapes"]

SHACL = SH
TYPE = ox.NamedNode(str(RDF.type))

_NAMESPACE = "https://w3id.org/modelkin/shapes#"
_MK = "https://w3id.org/modelkin/ontology#"
# What `modelkin.graph.validation` looks at by itself.
_OWN = f"{_NAMESPACE}quoted"


@dataclass(frozen=True, slots=True)
class Constraint:
    """What a shape asks in SPARQL.

    Parameters
    ----------
    name : str
        Its address.
    query : str
        Gives each node that violates it, as ``this``.
    shapes : tuple of str
        The shapes that ask it.
    """

    name: str
    query: str
    shapes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes.

    Parameters
    ----------
    graph : rdflib.Graph
        All of them.
    core : rdflib.Graph
        Without what is asked in SPARQL.
    hierarchy : rdflib.Graph
        Which class lies under which.
    ontology : tuple of pyoxigraph.Quad
    constraints : tuple of Constraint
    classes : dict of str to list of pyoxigraph.NamedNode
        By shape, the classes that it is about, those below them too.
    subjects : dict of str to pyoxigraph.NamedNode
        By shape, the predicate whose subjects it is about.
    named : dict of str to bool
        By shape, whether its nodes need a name.
    predicates : frozenset of str
        The predicates that any shape asks about.
    typed : frozenset of str
        Those of which the type of the value counts.
    single : tuple of pyoxigraph.NamedNode
        Those that have one value.
    exact : frozenset of str
        Those of which the value itself counts.
    counted : frozenset of str
        Those whose values are numbers from a number on.
    apart : frozenset of str
        Those that have no value in common with another.
    """

    graph: Graph
    core: Graph
    hierarchy: Graph
    ontology: tuple[ox.Quad, ...]
    constraints: tuple[Constraint, ...]
    classes: Mapping[str, list[ox.NamedNode]]
    subjects: Mapping[str, ox.NamedNode]
    named: Mapping[str, bool]
    predicates: frozenset[str]
    typed: frozenset[str]
    single: tuple[ox.NamedNode, ...]
    exact: frozenset[str]
    counted: frozenset[str]
    apart: frozenset[str]
    namespace: str = _NAMESPACE

    def messages(self, shape: str) -> dict[str, str]:
        """Give what a shape says to whom it does not fit, by language.

        Examples
        --------
        >>> shapes().messages("https://w3id.org/modelkin/shapes#quoted")
        {'en': 'the quote is not in the text', 'zh': '引文与正文不符'}
        """
        from rdflib import URIRef

        texts = list(self.graph.objects(URIRef(shape), SH.message))
        return dict(sorted((getattr(text, "language", None) or "", str(text)) for text in texts))


@cache
def shapes() -> Shapes:
    """Read the shapes and the ontology that come with the package."""
    folder = files("modelkin.ontology")
    text = (folder / "modelkin.ttl").read_text(encoding="utf-8")
    graph = Graph().parse(data=(folder / "shapes.ttl").read_text(encoding="utf-8"), format="turtle")
    ontology = Graph().parse(data=text, format="turtle")
    core = Graph()
    core += graph
    core.remove((None, SH.sparql, None))
    hierarchy = Graph(bind_namespaces="none")
    for subject, above in ontology.subject_objects(RDFS.subClassOf):
        if str(above).startswith(_MK):
            hierarchy.add((subject, RDFS.subClassOf, above))
    paths = {str(path) for path in graph.objects(None, SH.path)}
    asked = {f"{RDF}{part}" for part in ("type", "subject", "predicate", "object")}
    qualifiers = {str(term) for term in ontology.subjects(_node("qualifies"))}

    def bound(*constraints: Node) -> frozenset[str]:
        """Give the predicates that any of the constraints is laid upon."""
        bounds = {shape for one in constraints for shape in graph.subjects(one)}
        return frozenset(str(graph.value(shape, SH.path)) for shape in bounds)

    single = {
        str(graph.value(shape, SH.path))
        for shape, most in graph.subject_objects(SH.maxCount)
        if str(most) == "1"
    }
    return Shapes(
        graph=graph,
        core=core,
        hierarchy=hierarchy,
        ontology=tuple(ox.parse(text, ox.RdfFormat.TURTLE)),
        constraints=tuple(_constraints(graph)),
        classes={
            str(shape): [
                ox.NamedNode(str(below))
                for below in sorted(hierarchy.transitive_subjects(RDFS.subClassOf, one), key=str)
            ]
            for shape, one in graph.subject_objects(SH.targetClass)
        },
        subjects={
            str(shape): ox.NamedNode(str(predicate))
            for shape, predicate in graph.subject_objects(SH.targetSubjectsOf)
        },
        named={str(shape): True for shape in graph.subjects(SH.nodeKind, SH.IRI)},
        predicates=frozenset(paths | asked | qualifiers),
        typed=frozenset(
            str(graph.value(shape, SH.path)) for shape in graph.subjects(getattr(SH, "class"))
        ),
        single=tuple(ox.NamedNode(path) for path in sorted(single)),
        exact=bound(getattr(SH, "in"), SH.pattern, SH.maxInclusive),
        counted=bound(SH.minInclusive),
        apart=bound(SH.disjoint) | {str(other) for other in graph.objects(None, SH.disjoint)},
    )


def _node(name: str) -> "Node":
    from rdflib import URIRef

    return URIRef(_MK + name)


def _constraints(graph: Graph) -> "Iterator[Constraint]":
    prefixes = sorted(
        f"PREFIX {graph.value(declared, SH.prefix)}: <{graph.value(declared, SH.namespace)}>"
        for declared in graph.objects(None, SH.declare)
    )
    asking: dict[str, list[str]] = defaultdict(list)
    for shape, constraint in graph.subject_objects(SH.sparql):
        asking[str(constraint)].append(str(shape))
    for constraint, select in sorted(graph.subject_objects(SH.select)):
        name = str(constraint)
        if name != _OWN:
            query = "\n".join([*prefixes, str(select)])
            yield Constraint(name, query, tuple(sorted(asking[name])))

"""GraphML: entities as nodes, statements as edges, for Gephi, yEd, Cytoscape and NetworkX."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from ...ontology.claim import Statement, Value
from ..errors import ExportError
from ..protocols import View
from .writing import whole_file

__all__ = ["GraphMLExporter"]

_JOIN = " | "
_NODE_KEYS = (("label", "string"), ("name", "string"), ("type", "string"), ("aliases", "string"))
_CANDIDATES = ("candidates", "int")
_EDGE_KEYS = (
    ("label", "string"),
    ("predicate", "string"),
    ("methods", "string"),
    ("claims", "int"),
    ("curated", "int"),
    ("confidence", "double"),
    ("first_stated", "string"),
    ("last_stated", "string"),
)
# XML 1.0 has no place for these, not even as a reference.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A parser turns a bare carriage return into a line feed.
_ENTITIES = {"\r": "&#13;"}


class GraphMLExporter:
    """Writes the entities with their values and the statements between them.

    Lists are joined by ``" | "``, since GraphML knows none. ``label`` is what Gephi and yEd draw.
    Quotes and documents have no place in it. An edge that candidates count towards says in
    ``candidates`` how many of its claims they are.
    """

    @property
    def format(self) -> str:
        """The format's name."""
        return "graphml"

    @property
    def suffixes(self) -> Sequence[str]:
        """The suffixes that ask for it."""
        return (".graphml",)

    def write(self, view: View, target: Path) -> None:
        """Write the view; only the values of one entity at a time are held in memory."""
        attributes: set[str] = set()
        candidates = False
        for statement in view.statements():
            if isinstance(statement.object, Value):
                attributes.add(statement.predicate)
            elif statement.candidates:
                candidates = True
        edge_keys = (*_EDGE_KEYS, _CANDIDATES) if candidates else _EDGE_KEYS
        with whole_file(target) as file:
            file.writelines(line + "\n" for line in _lines(view, sorted(attributes), edge_keys))


def _lines(
    view: View, attributes: Sequence[str], edge_keys: Iterable[tuple[str, str]]
) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for name, type in _NODE_KEYS:
        yield _key(f"node-{name}", "node", name, type)
    for name in attributes:
        yield _key(f"value-{name}", "node", name, "string")
    for name, type in edge_keys:
        yield _key(f"edge-{name}", "edge", name, type)
    yield '  <graph id="modelkin" edgedefault="directed">'
    values = _values(view)
    ahead = next(values, None)
    for entity in view.entities():
        yield f"    <node id={_quoted(entity.id)}>"
        yield from _data("node-label", [entity.name])
        yield from _data("node-name", [entity.name])
        yield from _data("node-type", [entity.type.value])
        yield from _data("node-aliases", entity.aliases)
        # Both come sorted by id: the values of this entity are next, or it has none.
        if ahead is not None and ahead[0] == entity.id:
            for name, texts in ahead[1]:
                yield from _data(f"value-{name}", texts)
            ahead = next(values, None)
        yield "    </node>"
    if ahead is not None:
        raise ExportError(
            f"the graph states values of {ahead[0]}, which is missing or out of order"
        )
    edges = (s for s in view.statements() if not isinstance(s.object, Value))
    for number, statement in enumerate(edges):
        yield from _edge(number, statement)
    yield "  </graph>"
    yield "</graphml>"


def _values(view: View) -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
    """Give each subject that has values, with its attributes."""
    attributes = (s for s in view.statements() if isinstance(s.object, Value))
    for subject, of_subject in groupby(attributes, key=lambda s: s.subject):
        yield (
            subject,
            [
                (predicate, [s.object.lexical for s in group if isinstance(s.object, Value)])
                for predicate, group in groupby(of_subject, key=lambda s: s.predicate)
            ],
        )


def _edge(number: int, statement: Statement) -> Iterator[str]:
    source, target = _quoted(statement.subject), _quoted(str(statement.object))
    yield f'    <edge id="e{number}" source={source} target={target}>'
    yield from _data("edge-label", [statement.predicate])
    yield from _data("edge-predicate", [statement.predicate])
    yield from _data("edge-methods", statement.methods)
    yield from _data("edge-claims", [str(statement.claims)])
    yield from _data("edge-curated", [str(statement.curated)])
    yield from _data("edge-confidence", [repr(statement.confidence)])
    yield from _data("edge-first_stated", [statement.first_stated or ""])
    yield from _data("edge-last_stated", [statement.last_stated or ""])
    if statement.candidates:
        yield from _data("edge-candidates", [str(statement.candidates)])
    yield "    </edge>"


def _key(id: str, holder: str, name: str, type: str) -> str:
    return f'  <key id={_quoted(id)} for="{holder}" attr.name={_quoted(name)} attr.type="{type}"/>'


def _data(key: str, texts: Iterable[str]) -> Iterator[str]:
    text = _JOIN.join(texts)
    if text:
        yield f"      <data key={_quoted(key)}>{escape(_NO_XML.sub('', text), _ENTITIES)}</data>"


def _quoted(text: str) -> str:
    return quoteattr(_NO_XML.sub("", text))

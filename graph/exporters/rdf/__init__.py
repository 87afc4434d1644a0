"""RDF files: Turtle, RDF/XML and JSON-LD of the graph, TriG and N-Quads of all of a store."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self, TextIO

from ...errors import ExportError
from ...protocols import GraphStore, View
from ...rdf.originals import decisions, originals
from ...rdf.syntax import Quad, lines
from ..writing import whole_file
from . import json_ld, turtle, xml
from .options import RdfExporter, RdfOptions

__all__ = [
    "JsonLdExporter",
    "NQuadsExporter",
    "RdfExporter",
    "RdfOptions",
    "RdfXmlExporter",
    "TriGExporter",
    "TurtleExporter",
]

_PLAIN = RdfOptions()


class _RdfFile:
    """What the exporters share: a whole file, written as the options say."""

    _format = ""
    _suffixes: tuple[str, ...] = ()
    _triple_terms = True

    def __init__(self, options: RdfOptions = _PLAIN) -> None:
        if options.reifiers and not self._triple_terms:
            raise ExportError(
                f"{self._format} has no way to write triple terms",
                hint="write turtle, trig or nquads, or leave --reifiers out",
            )
        self._options = options

    def chosen(self, options: RdfOptions) -> Self:
        """Give the exporter that writes as the options say."""
        return type(self)(options)

    @property
    def format(self) -> str:
        """The format's name."""
        return self._format

    @property
    def suffixes(self) -> Sequence[str]:
        """The suffixes that ask for it."""
        return self._suffixes

    def write(self, view: View, target: Path) -> None:
        """Write the view, one block after another: nothing is held in memory."""
        with whole_file(target) as file:
            self._write(view, file)

    def _write(self, view: View, file: TextIO) -> None:
        raise NotImplementedError

    def _all(self, view: View) -> Iterator[Quad]:
        """Give all that the view holds, and of a store what it can be made of again."""
        addresses, quads = self._options.addresses, self._options.quads
        if not self._options.originals or not isinstance(view, GraphStore):
            yield from quads.view(view)
            return
        # The first line tells a reader what the file is.
        yield from decisions(view, addresses)
        yield from quads.view(view)
        yield from originals(view, addresses)


class TurtleExporter(_RdfFile):
    """Writes entities with their names, each statement as a triple, and what is known of it.

    A statement's methods, confidence and number of claims hang on a node of its own
    (`mk:Statement`), which names its subject, predicate and object. A statement that rests on
    nothing but candidates has that node and no triple: a file states facts alone.
    """

    _format, _suffixes = "turtle", (".ttl",)

    def _write(self, view: View, file: TextIO) -> None:
        file.writelines(turtle.prefixes())
        file.writelines(turtle.blocks(self._options.quads.facts(view)))


class RdfXmlExporter(_RdfFile):
    """Writes what Turtle holds as RDF/XML; characters that XML cannot hold become U+FFFD."""

    _format, _suffixes, _triple_terms = "rdfxml", (".rdf", ".rdf.xml", ".owl"), False

    def _write(self, view: View, file: TextIO) -> None:
        file.writelines(xml.start())
        file.writelines(xml.descriptions(self._options.quads.facts(view)))
        file.write(xml.END)


class TriGExporter(_RdfFile):
    """Writes what Turtle holds, the documents, and every claim with its evidence.

    A claim is a named graph of the one triple that it states; the default graph says which
    document it was quoted from, where, in which words, how sure the extractor was. Of a store
    it holds besides what was read and decided, so that the store can be made of it again.
    """

    _format, _suffixes = "trig", (".trig",)

    def _write(self, view: View, file: TextIO) -> None:
        file.writelines(turtle.prefixes())
        file.writelines(turtle.blocks(self._all(view)))


class NQuadsExporter(_RdfFile):
    """Writes what TriG holds, a quad a line."""

    _format, _suffixes = "nquads", (".nq", ".nquads")

    def _write(self, view: View, file: TextIO) -> None:
        file.writelines(lines(self._all(view)))


class JsonLdExporter(_RdfFile):
    """Writes the same quads as TriG, without originals, as one tree for each entity."""

    _format, _suffixes, _triple_terms = "jsonld", (".jsonld",), False

    def _write(self, view: View, file: TextIO) -> None:
        shipped = json.dumps(json_ld.context(), ensure_ascii=False)
        file.write(f'{{"@context": {shipped},\n"@graph": [')
        separator = "\n"
        for tree in json_ld.trees(self._options.quads, view):
            file.write(separator + json.dumps(tree, ensure_ascii=False, indent=1))
            separator = ",\n"
        file.write("\n]}\n")

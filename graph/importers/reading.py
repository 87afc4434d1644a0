"""Opening a file of RDF: its format, its quads one after another, errors with their place."""

import gzip
import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, cast

import pyoxigraph

from ...ontology.identifiers import BASE_IRI
from ..errors import ImportFileError
from ..exporters.rdf.json_ld import context
from .guards import Depth, Guarded, check_xml, without_remote_contexts

__all__ = ["FORMATS", "LARGEST", "format_of", "quads"]

LARGEST = 20_000_000_000
"""Bytes, unpacked, of a file whose quads are read one by one."""
_LARGEST_WHOLE = 64_000_000
"""Bytes of a file that is looked through as a whole first: JSON-LD and RDF/XML."""

FORMATS = {
    "jsonld": (pyoxigraph.RdfFormat.JSON_LD, (".jsonld", ".json")),
    "nquads": (pyoxigraph.RdfFormat.N_QUADS, (".nq", ".nquads")),
    "ntriples": (pyoxigraph.RdfFormat.N_TRIPLES, (".nt",)),
    "rdfxml": (pyoxigraph.RdfFormat.RDF_XML, (".rdf", ".owl", ".xml")),
    "trig": (pyoxigraph.RdfFormat.TRIG, (".trig",)),
    "turtle": (pyoxigraph.RdfFormat.TURTLE, (".ttl",)),
}
"""What can be read: by name, the parser's format and the suffixes."""

_PLACE = re.compile(r"^Parser error at (line .*?): (.*?)(?: \(line \d+\))?$", re.DOTALL)
_CONTEXTS = f"{BASE_IRI}context.jsonld"


def format_of(path: Path) -> str:
    """Give the name of the format that a file's suffix says; ``.gz`` after it is allowed.

    Raises
    ------
    ImportFileError
        When it says none.

    Examples
    --------
    >>> format_of(Path("graph.TTL")), format_of(Path("graph.nq.gz"))
    ('turtle', 'nquads')
    """
    suffix = Path(path.name.lower().removesuffix(".gz")).suffix
    for name, (_, suffixes) in FORMATS.items():
        if suffix in suffixes:
            return name
    raise ImportFileError(
        f"{path}: the suffix says no format of RDF",
        hint=f"end the name in one of {' '.join(s for _, all in FORMATS.values() for s in all)} "
        "or give --format",
    )


def quads(
    path: Path, format: str | None = None, base: str | None = None
) -> Iterator[pyoxigraph.Quad]:
    """Give the quads of a file, one after another; nothing is fetched, whatever it names.

    Parameters
    ----------
    path : Path
        A file, packed by gzip or not.
    format : str, optional
        One of `FORMATS`; without it the suffix decides.
    base : str, optional
        What relative addresses in it are relative to.

    Raises
    ------
    ImportFileError
        When it cannot be read, is too large, or is not of its format; the message has the place.
    """
    name = format_of(path) if format is None else format
    try:
        with ExitStack() as stack:
            whole = name in ("jsonld", "rdfxml")
            largest = _LARGEST_WHOLE if whole else LARGEST
            depth = None if whole or not _has_brackets(path) else Depth()
            file: IO[bytes] = stack.enter_context(_open(path, largest, depth))
            if name == "rdfxml":
                check_xml(file, str(path))
                file = stack.enter_context(_open(path, largest))
            elif name == "jsonld":
                known = {_CONTEXTS: context()}
                file = io.BytesIO(without_remote_contexts(file.read(), str(path), known))
            yield from pyoxigraph.parse(file, FORMATS[name][0], base_iri=base)
    except SyntaxError as error:
        raise _wrong(path, str(error.msg), base) from error
    except ValueError as error:
        raise _wrong(path, str(error), base) from error
    except MemoryError as error:
        raise _wrong(path, "a name or a text of more than 16 MB", base) from error
    except OSError as error:
        raise ImportFileError(
            f"cannot read {path}: {error.strerror or error}", hint="check the name"
        ) from error


def _has_brackets(path: Path) -> bool:
    """Tell whether triple terms can be in a file: few files need to be watched."""
    last = b""
    with _open(path, LARGEST) as file:
        while data := file.read(1 << 20):
            if b"<<" in last + data:
                return True
            last = data[-1:]
    return False


def _open(path: Path, largest: int, depth: Depth | None = None) -> IO[bytes]:
    with path.open("rb") as begin:
        packed = begin.read(2) == b"\x1f\x8b"
    plain = path.open("rb")
    file = cast(IO[bytes], gzip.GzipFile(fileobj=plain)) if packed else plain
    return io.BufferedReader(Guarded(file, plain, str(path), largest, depth), 1 << 16)


def _wrong(path: Path, message: str, base: str | None) -> ImportFileError:
    found = _PLACE.match(message)
    place, reason = (f", {found[1]}", found[2]) if found else ("", message)
    if len(reason) > 300:
        reason = f"{reason[:299]}…"
    hint = "look at that place"
    if "LoadDocumentCallback" in reason:
        reason = "a context is named by its address, and nothing is fetched"
        hint = "write the context into the file"
    if "No scheme found" in reason and base is None:
        reason = f"a relative address, and the file has no base: {reason}"
        hint = "give --base-iri"
    return ImportFileError(f"{path}{place}: {reason}", hint=hint)

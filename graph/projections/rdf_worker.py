"""The process that answers SPARQL: Oxigraph alone, with limits that hold.

Oxigraph has no time limit, and a query may ask for more memory than there is, so it runs in a
process that may be killed. It is started with the path of a folder of Oxigraph, a key and a limit
of memory in bytes. Once the folder is open, the process may open nothing more: no file, and no
connection. It reads one request a line from stdin, ``{"text": …, "rows": most, "base": …}``, and
writes one answer a line to stdout, ``{"form": …, "variables": […], "rows": […]}``, both as JSON.
The form is ``select``, ``ask`` or ``graph``; a row has a term of the SPARQL results format in JSON
for each variable, null for what is not bound; the rows of a graph are its triples.
"""

import contextlib
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from .rdf_prefixes import PREFIXES
from .worker import limit_memory, send

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["main"]

_TEXT = "http://www.w3.org/2001/XMLSchema#string"
_TRIPLE = ["subject", "predicate", "object"]

Term = dict[str, Any]


def main() -> None:
    """Answer requests until stdin ends."""
    path, _, memory = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    limit_memory(int(memory))
    try:
        import pyoxigraph

        store = pyoxigraph.Store.read_only(path)
        next(store.quads_for_pattern(None, None, None, None), None)
    except Exception as error:  # whatever a damaged folder makes the engine raise
        send(answers, {"unreadable": f"{type(error).__name__}: {error}"})
        return
    _open_nothing_more()
    send(answers, {"ready": True})
    for line in sys.stdin:
        send(answers, _answer(store, **json.loads(line)))


def _open_nothing_more() -> None:
    """Forbid files and connections: what is open stays so."""
    try:
        import resource
    except ImportError:  # not a Unix
        return
    with contextlib.suppress(ValueError, OSError):
        # The lowest number that is free: all below it are taken, and none above is given.
        free = os.open(os.devnull, os.O_RDONLY)
        os.close(free)
        resource.setrlimit(resource.RLIMIT_NOFILE, (free, free))


def _answer(store: "pyoxigraph.Store", text: str, rows: int, base: str) -> dict[str, object]:
    import pyoxigraph

    try:
        found = store.query(text, base_iri=base, prefixes=PREFIXES)
        if isinstance(found, pyoxigraph.QueryBoolean):
            return {"form": "ask", "variables": [], "rows": [], "boolean": bool(found)}
        if isinstance(found, pyoxigraph.QuerySolutions):
            variables = [variable.value for variable in found.variables]
            given: list[list[Term | None]] = []
            for solution in found:
                given.append([None if term is None else _term(term) for term in solution])
                if len(given) > rows:
                    return {"failed": "", "kind": "rows"}
            return {"form": "select", "variables": variables, "rows": given}
        triples = set()
        for triple in found:
            triples.add(triple)
            if len(triples) > rows:
                return {"failed": "", "kind": "rows"}
        ordered = sorted(triples, key=str)
        return {
            "form": "graph",
            "variables": _TRIPLE,
            "rows": [[_term(t.subject), _term(t.predicate), _term(t.object)] for t in ordered],
        }
    except SyntaxError as error:
        return {"failed": str(error), "kind": "syntax"}
    except MemoryError:
        return {"failed": "", "kind": "memory"}
    except Exception as error:  # the engine's own kinds of error, and those of its binding
        return {"failed": str(error), "kind": "engine"}


def _term(term: Any) -> Term:
    """Give a term of the engine in the form of the SPARQL results format."""
    import pyoxigraph

    if isinstance(term, pyoxigraph.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, pyoxigraph.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, pyoxigraph.Triple):
        parts = (term.subject, term.predicate, term.object)
        return {
            "type": "triple",
            "value": dict(zip(_TRIPLE, map(_term, parts), strict=True)),
        }
    literal: Term = {"type": "literal", "value": term.value}
    if term.language is not None:
        literal["xml:lang"] = term.language
    elif term.datatype.value != _TEXT:
        literal["datatype"] = term.datatype.value
    return literal


if __name__ == "__main__":
    main()

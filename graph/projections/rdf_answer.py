"""The answer to a SPARQL query, and the formats in which it is written."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ..errors import QueryError
from .rdf_prefixes import BASE, PREFIXES, shortened

__all__ = ["Answer", "Term", "as_csv", "as_json", "as_turtle", "as_xml"]

_RESULTS = "http://www.w3.org/2005/sparql-results#"
_PARTS = ("subject", "predicate", "object")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# What XML cannot hold, not even as a reference.
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "\ufffd")


@dataclass(frozen=True, slots=True)
class Term:
    """An address, a blank node, a literal, or a triple that stands as a term.

    Parameters
    ----------
    kind : str
        ``uri``, ``bnode``, ``literal`` or ``triple``.
    value : str
        The address, the label, or the text; empty for a triple.
    language : str or None
        Of a literal.
    datatype : str or None
        The address of the datatype of a literal that is no plain text.
    parts : tuple of Term
        Subject, predicate and object of a triple.

    Examples
    --------
    >>> str(Term("literal", "百川", "zh")), str(Term("uri", "urn:a"))
    ('"百川"@zh', '<urn:a>')
    """

    kind: str
    value: str
    language: str | None = None
    datatype: str | None = None
    parts: "tuple[Term, ...]" = ()

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Term":
        """Read a term of the SPARQL results format in JSON."""
        if given["type"] == "triple":
            return cls("triple", "", parts=tuple(cls.of(given["value"][name]) for name in _PARTS))
        return cls(given["type"], given["value"], given.get("xml:lang"), given.get("datatype"))

    def __str__(self) -> str:
        """Give the term as N-Triples writes it."""
        match self.kind:
            case "uri":
                return f"<{self.value}>"
            case "bnode":
                return f"_:{self.value}"
            case "triple":
                return f"<<( {' '.join(map(str, self.parts))} )>>"
        text = '"' + "".join(_ESCAPES.get(c, c) for c in self.value) + '"'
        if self.language is not None:
            return f"{text}@{self.language}"
        return text if self.datatype is None else f"{text}^^<{self.datatype}>"

    def shown(self, base: str = BASE) -> str:
        """Give the term as a cell of a table shows it: a text alone, an address with a prefix.

        Examples
        --------
        >>> Term("literal", "百川").shown()
        '百川'
        """
        if self.kind == "literal":
            return self.value
        if self.kind == "triple":
            return f"<<( {' '.join(part.shown(base) for part in self.parts)} )>>"
        return shortened(self.value, base) if self.kind == "uri" else str(self)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query.

    Parameters
    ----------
    form : str
        ``select``, ``ask``, or ``graph`` for CONSTRUCT and DESCRIBE.
    variables : tuple of str
        The columns; of a graph subject, predicate and object.
    rows : tuple of tuple
        For each column a term, None where it is not bound. The triples of a graph are sorted.
    boolean : bool or None
        The answer to ASK.
    """

    form: str
    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    boolean: bool | None = None


def as_json(answer: Answer) -> str:
    """Give the SPARQL 1.1 query results in JSON; a graph as rows of its triples.

    Examples
    --------
    >>> as_json(Answer("select", ("n",), ((Term("literal", "百川"),), (None,))))
    '{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"百川"}},{}]}}'
    """
    content: dict[str, object] = {"head": {"vars": answer.variables}}
    if answer.boolean is not None:
        content = {"head": {}, "boolean": answer.boolean}
    else:
        content["results"] = {
            "bindings": [
                {
                    name: _json(term)
                    for name, term in zip(answer.variables, row, strict=True)
                    if term is not None
                }
                for row in answer.rows
            ]
        }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def as_csv(answer: Answer) -> str:
    r"""Give the SPARQL 1.1 query results in CSV; the answer to ASK, which has none, as a word.

    Examples
    --------
    >>> as_csv(Answer("select", ("n",), ((Term("literal", "a,b"),), (Term("uri", "urn:a"),))))
    'n\r\n"a,b"\r\nurn:a\r\n'
    """
    if answer.boolean is not None:
        return f"{str(answer.boolean).lower()}\r\n"
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(answer.variables)
    for row in answer.rows:
        writer.writerow(["" if term is None else _plain(term) for term in row])
    return written.getvalue()


def as_xml(answer: Answer) -> str:
    """Give the SPARQL query results in XML; a graph as rows of its triples.

    Examples
    --------
    >>> print(as_xml(Answer("ask", (), (), True)))
    <?xml version="1.0"?>
    <sparql xmlns="http://www.w3.org/2005/sparql-results#"><head></head><boolean>true</boolean></sparql>
    """
    parts = ['<?xml version="1.0"?>\n', f'<sparql xmlns="{_RESULTS}"><head>']
    parts += [f"<variable name={quoteattr(name)}/>" for name in answer.variables]
    parts.append("</head>")
    if answer.boolean is not None:
        parts.append(f"<boolean>{str(answer.boolean).lower()}</boolean></sparql>")
        return "".join(parts)
    parts.append("<results>")
    for row in answer.rows:
        parts.append("<result>")
        parts += [
            f"<binding name={quoteattr(name)}>{_xml(term)}</binding>"
            for name, term in zip(answer.variables, row, strict=True)
            if term is not None
        ]
        parts.append("</result>")
    parts.append("</results></sparql>")
    return "".join(parts)


def as_turtle(answer: Answer) -> str:
    """Give a graph as Turtle.

    Raises
    ------
    QueryError
        When the answer is no graph.
    """
    if answer.form != "graph":
        raise QueryError(
            f"the answer to {answer.form.upper()} is no graph, and Turtle holds graphs alone",
            hint="ask with CONSTRUCT or DESCRIBE, or choose --format json, csv or xml",
        )
    from pyoxigraph import RdfFormat, parse, serialize

    # What N-Triples says, the engine puts as Turtle: one subject after another, with prefixes.
    lines = "".join(f"{' '.join(map(str, row))} .\n" for row in answer.rows)
    triples = (quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES))
    used = {name: space for name, space in PREFIXES.items() if f"<{space}" in lines}
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes=used)
    assert written is not None
    return written.decode()


def _plain(term: Term) -> str:
    if term.kind in ("uri", "literal"):
        return term.value
    return str(term)


def _json(term: Term) -> dict[str, object]:
    if term.kind == "triple":
        value = {name: _json(part) for name, part in zip(_PARTS, term.parts, strict=True)}
        return {"type": "triple", "value": value}
    content: dict[str, object] = {"type": term.kind, "value": term.value}
    if term.language is not None:
        content["xml:lang"] = term.language
    if term.datatype is not None:
        content["datatype"] = term.datatype
    return content


def _xml(term: Term) -> str:
    text = escape(term.value.translate(_NOT_XML), {"\r": "&#13;"})
    match term.kind:
        case "uri":
            return f"<uri>{text}</uri>"
        case "bnode":
            return f"<bnode>{text}</bnode>"
        case "triple":
            parts = zip(_PARTS, term.parts, strict=True)
            return f"<triple>{''.join(f'<{n}>{_xml(t)}</{n}>' for n, t in parts)}</triple>"
    about = ""
    if term.language is not None:
        about = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype is not None:
        about = f" datatype={quoteattr(term.datatype)}"
    return f"<literal{about}>{text}</literal>"

"""Quads as the lines of a text: each in one form, in one order, whatever the file's order."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pyoxigraph

from ...ontology.document import normalise_text

__all__ = ["rendered"]

_ROUNDS = 8
"""How far apart what tells two blank nodes from one another may lie."""


def rendered(quads: Sequence[pyoxigraph.Quad]) -> tuple[list[str], dict[str, str]]:
    """Give the line of each quad, and the name that each blank node has in the lines.

    Blank nodes are told apart by what is said of them and of those around them, a few steps
    far; those that look alike from there are numbered as they come. So the time is bounded,
    whatever rings they form.

    Parameters
    ----------
    quads : sequence of Quad

    Returns
    -------
    tuple of (list of str, dict of str to str)
        Lines of N-Quads in the order of the quads, and names by the names in the file.

    Examples
    --------
    >>> quads = list(pyoxigraph.parse("_:x <http://a/name> '千问' .", pyoxigraph.RdfFormat.TURTLE))
    >>> rendered(quads)
    (['_:b0 <http://a/name> "千问" .'], {'_:x': '_:b0'})
    """
    colours = _colours(quads)
    order = sorted(colours, key=lambda label: colours[label])
    names = {label: f"_:b{number}" for number, label in enumerate(order)}
    return [normalise_text(_line(quad, names)) for quad in quads], names


def _line(quad: pyoxigraph.Quad, names: dict[str, str]) -> str:
    parts = [_written(part, names) for part in (quad.subject, quad.predicate, quad.object)]
    if not isinstance(quad.graph_name, pyoxigraph.DefaultGraph):
        parts.append(_written(quad.graph_name, names))
    return f"{' '.join(parts)} ."


def _written(term: Any, names: dict[str, str]) -> str:
    if isinstance(term, pyoxigraph.BlankNode):
        return names.get(str(term), "_:b")
    if isinstance(term, pyoxigraph.Triple):
        inner = " ".join(_written(part, names) for part in term)
        return f"<<( {inner} )>>"
    return str(term)


def _colours(quads: Sequence[pyoxigraph.Quad]) -> dict[str, str]:
    """Give each blank node what tells it apart, the nodes as they first come."""
    around: dict[str, list[tuple[int, list[Any]]]] = {}
    for quad in quads:
        parts = [quad.subject, quad.predicate, quad.object, quad.graph_name]
        for place, part in enumerate(parts):
            for label in _labels(part):
                around.setdefault(label, []).append((place, parts))
    colours = dict.fromkeys(around, "")
    kinds = min(1, len(colours))
    for _ in range(_ROUNDS):
        fresh = {}
        for label, places in around.items():
            seen = sorted(
                f"{place} {' '.join(_seen(part, label, colours) for part in parts)}"
                for place, parts in places
            )
            fresh[label] = hashlib.sha256("\n".join(seen).encode()).hexdigest()
        colours = fresh
        now = len(set(colours.values()))
        if now in (kinds, len(colours)) and _ > 0:
            break
        kinds = now
    return colours


def _labels(term: Any) -> list[str]:
    if isinstance(term, pyoxigraph.BlankNode):
        return [str(term)]
    if isinstance(term, pyoxigraph.Triple):
        return [label for part in term for label in _labels(part)]
    return []


def _seen(term: Any, label: str, colours: dict[str, str]) -> str:
    names = defaultdict(str, {one: f"_:{colours[one]}" for one in _labels(term)})
    if label in names:
        names[label] = f"_:self{colours[label]}"
    return _written(term, names) if names else str(term)

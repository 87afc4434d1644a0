"""What a validation finds: violations, each once, in one order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .validation_shapes import Shapes

__all__ = ["BLANK", "MOST", "Found", "Report", "Violation"]

MOST = 1000
"""How many violations a report spells out; the rest is counted."""

BLANK = "urn:x-blank:"
"""What the address of a blank node begins with, which pyshacl is to be asked about."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What is wrong with one node.

    Parameters
    ----------
    focus : str
        The address of the node; of a blank node ``_:`` and its label.
    path : str
        The property that is wrong, empty where it is no single one.
    value : str
        The value that is wrong, empty where one is missing.
    shape : str
        The address of the shape that it violates.
    messages : Mapping of str to str
        What the shape asks for, by language.
    """

    focus: str
    path: str
    value: str
    shape: str
    messages: Mapping[str, str] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found.

    Parameters
    ----------
    nodes : int
        How many nodes were checked.
    total : int
        How many violations there are.
    violations : tuple of Violation
        The first of them, sorted.
    """

    nodes: int
    total: int
    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return self.total == 0


class Found:
    """Collects violations, each once, and keeps the first of them."""

    def __init__(self, known: Shapes) -> None:
        self._known = known
        self._seen: set[tuple[str, str, str, str]] = set()

    def add(self, focus: str, path: str | None, value: str | None, shape: str) -> None:
        self._seen.add((_plain(focus), path or "", _plain(_cut(value or "")), shape))

    def report(self, nodes: int) -> Report:
        first = sorted(self._seen)[:MOST]
        violations = tuple(Violation(*key, self._known.messages(key[3])) for key in first)
        return Report(nodes, len(self._seen), violations)


def _plain(address: str) -> str:
    return "_:" + address.removeprefix(BLANK) if address.startswith(BLANK) else address


def _cut(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:199]}…"

"""Proposes names with the trained CRF, given what the rules found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...ontology.terms import EntityType
from ..structure import Structure
from .features import Marks, document_features
from .names import NameList
from .sequences import Sequence, Token, sequences

__all__ = ["MODEL", "NAMES", "Proposal", "Tagger", "read_labels"]

MODEL = "names.crfsuite"
"""File of the CRF."""
NAMES = "names.txt"
"""File of the list of names."""

_SURELY_NONE = 0.93  # where no name is this likely, no second reading is looked for
_LEAST = 0.06
_GOES_ON = 0.5  # of the chance that the name begins
_LONG = 200_000  # characters


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stretch that the tagger takes for a name, or might.

    Parameters
    ----------
    start, end : int
        Offsets into the text.
    type : EntityType
    score : float
        The tagger's probability, between 0 and 1.
    best : bool
        Whether it is part of the likeliest reading of its block.
    """

    start: int
    end: int
    type: EntityType
    score: float
    best: bool


class Tagger:
    """A trained tagger of names.

    Parameters
    ----------
    folder : Path
        Holds the CRF and the list of names that it was trained with.
    """

    def __init__(self, folder: Path) -> None:
        import pycrfsuite  # type: ignore[import-untyped]

        self._tagger: Any = pycrfsuite.Tagger()
        self._tagger.open(str(folder / MODEL))
        self._known = frozenset(self._tagger.labels())
        self._names = NameList.read(folder / NAMES)

    def propose(
        self, text: str, lang: str, structure: Structure, marks: Iterable[Marks]
    ) -> list[Proposal]:
        """Give what may be names; they may overlap.

        Parameters
        ----------
        text : str
        lang : str
        structure : Structure
            Of the same text.
        marks : iterable of Marks
            What the rules say.
        """
        found: Iterable[Sequence] = _Again(text, structure)
        if len(text) <= _LONG:
            found = list(found)
        given = [*marks, Marks("n", tuple(self._names.spans(found)))]
        proposals: list[Proposal] = []
        for sequence, features in document_features(text, lang, structure, found, given):
            labels = self._tagger.tag(features)
            proposals.extend(self._of_sequence(sequence.tokens, labels))
        return proposals

    def _of_sequence(self, tokens: list[Token], labels: list[str]) -> Iterator[Proposal]:
        chance = self._tagger.marginal
        best: set[tuple[int, int, str]] = set()
        for start, end, type, first, last in read_labels(tokens, labels):
            best.add((first, last, type))
            score = min(chance(labels[i], i) for i in range(first, last))
            yield Proposal(start, end, EntityType(type), score, True)
        for first in range(len(tokens)):
            if chance("O", first) > _SURELY_NONE:
                continue
            for kind in EntityType:
                if "B-" + kind not in self._known:
                    continue
                begins = score = chance("B-" + kind, first)
                if begins < _LEAST:
                    continue
                last = first + 1
                while last < len(tokens) and "I-" + kind in self._known:
                    goes_on = chance("I-" + kind, last)
                    if goes_on < _GOES_ON * begins:
                        break
                    score = min(score, goes_on)
                    last += 1
                if (first, last, kind) not in best:
                    yield Proposal(tokens[first][0], tokens[last - 1][1], kind, score, False)


class _Again:
    """The sequences of a text, made anew each time: those of a long one take much memory."""

    def __init__(self, text: str, structure: Structure) -> None:
        self._text, self._structure = text, structure

    def __iter__(self) -> Iterator[Sequence]:
        return sequences(self._text, self._structure)


def read_labels(tokens: list[Token], labels: list[str]) -> Iterator[tuple[int, int, str, int, int]]:
    """Give the spans that labels mark.

    Yields
    ------
    tuple of (int, int, str, int, int)
        Start and end offset, type, index of the first token and of the one behind the last.

    Examples
    --------
    >>> tokens = [(0, 4, "Meta"), (4, 5, "发"), (5, 10, "Llama")]
    >>> list(read_labels(tokens, ["B-Organization", "O", "B-Model"]))
    [(0, 4, 'Organization', 0, 1), (5, 10, 'Model', 2, 3)]
    """
    first = -1
    for i, label in enumerate([*labels, "O"]):
        goes_on = first >= 0 and label == "I-" + labels[first][2:]
        if first >= 0 and not goes_on:
            yield tokens[first][0], tokens[i - 1][1], labels[first][2:], first, i
            first = -1
        if label != "O" and not goes_on:
            first = i

"""The list of names that the tagger was trained with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from .sequences import Sequence

__all__ = ["NameList"]

_JOINTS = frozenset("-_")
Key = tuple[str, ...]


class NameList:
    """Names with the type that documents give them most often.

    Parameters
    ----------
    names : iterable of (tuple of str, str, str)
        The tokens of a name, its type, and the document that says so.
    """

    def __init__(self, names: Iterable[tuple[Iterable[str], str, str]]) -> None:
        self._types: dict[Key, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for tokens, type, document in names:
            key = _key(tokens)
            if len(key) > 1 or (key and len(key[0]) > 1):
                self._types[key][type].add(document)
        self._beginnings = {key[:n] for key in self._types for n in range(1, len(key) + 1)}

    def spans(
        self, sequences: Iterable[Sequence], without: str = ""
    ) -> Iterator[tuple[int, int, str]]:
        """Give the longest names in some sequences, with their types.

        Parameters
        ----------
        sequences : iterable of Sequence
        without : str
            A document whose own names do not count, so that a tagger in training sees no more
            than it will of a new document.
        """
        for sequence in sequences:
            places = [i for i, t in enumerate(sequence.tokens) if t[2] not in _JOINTS]
            words = [sequence.tokens[i][2].lower() for i in places]
            at = 0
            while at < len(words):
                best: tuple[int, str] | None = None
                end = at + 1
                while end <= len(words) and (key := tuple(words[at:end])) in self._beginnings:
                    if key in self._types and (type := self._type(key, without)):
                        best = (end, type)
                    end += 1
                if best is None:
                    at += 1
                    continue
                first, last = places[at], places[best[0] - 1]
                yield sequence.tokens[first][0], sequence.tokens[last][1], best[1]
                at = best[0]

    def _type(self, key: Key, without: str) -> str:
        counts = {type: len(documents - {without}) for type, documents in self._types[key].items()}
        best = max(counts, key=lambda type: (counts[type], type))
        return best if counts[best] else ""

    def write(self, path: Path) -> None:
        """Write one line a name: its type, then its tokens."""
        lines = sorted(f"{self._type(key, '')}\t{' '.join(key)}" for key in self._types)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "NameList":
        """Read what `write` wrote."""
        lines = path.read_text(encoding="utf-8").splitlines()
        parts = (line.partition("\t") for line in lines if line)
        return cls((tokens.split(" "), type, "-") for type, _, tokens in parts)


def _key(tokens: Iterable[str]) -> Key:
    return tuple(token.lower() for token in tokens if token not in _JOINTS and token.strip())

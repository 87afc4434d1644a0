"""Long texts cut into pieces that a language model reads at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import ExtractionError
from ..mention import Sentence

__all__ = ["LONGEST", "MOST", "OVERLAP", "Chunk", "chunks"]

LONGEST = 6_000
"""The most characters of a piece, but that it holds one sentence at least."""
OVERLAP = 600
"""How many characters of a piece, about, the next one repeats."""
MOST = 200
"""The most pieces of one text, each of which is a request."""
# A piece that is this full may end early, at the end of a block.
_FULL = 0.7


@dataclass(frozen=True, slots=True)
class Chunk:
    """One piece of a text: its offsets."""

    start: int
    end: int


def chunks(
    sentences: Sequence[Sentence], longest: int = LONGEST, overlap: int = OVERLAP
) -> list[Chunk]:
    """Cut a text between sentences, between blocks where that leaves a piece well filled.

    Parameters
    ----------
    sentences : sequence of Sentence
        Of the whole text, in order.
    longest, overlap : int
        In characters.

    Returns
    -------
    list of Chunk
        In order; together they hold every sentence, and each but the first begins with the last
        sentences of the one before.

    Raises
    ------
    ExtractionError
        When there would be more than `MOST`.

    Examples
    --------
    >>> sentences = [Sentence(0, 40, 0), Sentence(41, 60, 0), Sentence(62, 99, 1)]
    >>> chunks(sentences, longest=65, overlap=20)
    [Chunk(start=0, end=60), Chunk(start=41, end=99)]
    """
    pieces: list[Chunk] = []
    first = 0
    while first < len(sentences):
        last = _last(sentences, first, longest)
        pieces.append(Chunk(sentences[first].start, sentences[last].end))
        if len(pieces) > MOST:
            raise ExtractionError(
                f"the text is too long for a language model: over {MOST} pieces of "
                f"{longest} characters",
                hint="cut it into several files, or use --extractor spacy",
            )
        if last == len(sentences) - 1:
            break
        following = last + 1
        while (
            following - 1 > first
            and sentences[last].end - sentences[following - 1].start <= overlap
            and sentences[last + 1].end - sentences[following - 1].start <= longest
        ):
            following -= 1
        first = following
    return pieces


def _last(sentences: Sequence[Sentence], first: int, longest: int) -> int:
    """Give the index of the last sentence of the piece that starts with the first."""
    start = sentences[first].start
    last = first
    while last + 1 < len(sentences) and sentences[last + 1].end - start <= longest:
        last += 1
    if last == len(sentences) - 1:
        return last
    for index in range(last, first, -1):
        if sentences[index].end - start < _FULL * longest:
            break
        if sentences[index].block != sentences[index + 1].block:
            return index
    return last

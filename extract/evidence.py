"""The words that a claim quotes: a sentence that a reader can judge by itself."""

from bisect import bisect_right

from .mention import LONGEST_EVIDENCE, Analysis
from .segment import clauses

__all__ = ["evidence"]

# A longer sentence is quoted by its clauses.
_LONG = 200


def evidence(analysis: Analysis, start: int, end: int) -> tuple[int, int]:
    """Widen the words that a rule matched to the sentence, or the clauses, around them.

    Parameters
    ----------
    analysis : Analysis
        With its sentences.
    start, end : int
        Offsets of what the rule matched; it may reach over several sentences.

    Returns
    -------
    tuple of (int, int)
        Offsets of the evidence, without blanks around it, at most 400 characters.

    Examples
    --------
    >>> from modelkin.extract.mention import Sentence
    >>> from modelkin.extract.structure import Structure
    >>> text = "Meta acted. Beluga was, they say, tuned from Llama 2. Fine."
    >>> analysis = Analysis(text, "en", Structure(()), sentences=[
    ...     Sentence(0, 11, 0), Sentence(12, 53, 0), Sentence(54, 59, 0)])
    >>> start, end = evidence(analysis, text.index("tuned"), text.index(" 2"))
    >>> text[start:end]
    'Beluga was, they say, tuned from Llama 2.'
    """
    text = analysis.text
    first = bisect_right(analysis.sentences, start, key=lambda s: s.start) - 1
    last = bisect_right(analysis.sentences, end - 1, key=lambda s: s.start) - 1
    left, right = start, end
    if 0 <= first <= last:
        left = min(start, analysis.sentences[first].start)
        right = max(end, analysis.sentences[last].end)
    if right - left > _LONG:
        parts = [c for c in clauses(text, left, right) if c[0] < end and c[1] > start]
        left = min([start, *(c[0] for c in parts)])
        right = max([end, *(c[1] for c in parts)])
    if right - left > LONGEST_EVIDENCE:
        left, right = start, min(end, start + LONGEST_EVIDENCE)
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right

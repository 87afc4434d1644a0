"""A relation as a rule reads it, before confidences and duplicates are settled."""

from dataclasses import dataclass

from ...ontology.terms import Predicate

__all__ = ["Draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A relation that one rule read.

    Parameters
    ----------
    subject : str
    predicate : Predicate
    object : str
    start, end : int
        The evidence.
    rule : str
    qualifiers : tuple of (str, str)
    sentence : int
        Index of the sentence; duplicates in one sentence count once.
    """

    subject: str
    predicate: Predicate
    object: str
    start: int
    end: int
    rule: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    sentence: int = -1

"""An attribute as a rule reads it."""

from dataclasses import dataclass

from ...ontology.terms import Attribute

__all__ = ["Draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribute that one rule read.

    Parameters
    ----------
    subject : str
    attribute : Attribute
    value : str
        In its normal form.
    start, end : int
        The evidence.
    rule : str
    """

    subject: str
    attribute: Attribute
    value: str
    start: int
    end: int
    rule: str

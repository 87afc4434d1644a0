"""What the components of the pipeline hand to each other."""

from dataclasses import dataclass, field

from ..ontology.claim import Value
from ..ontology.terms import EntityType
from .structure import Structure

__all__ = ["LONGEST_EVIDENCE", "Analysis", "Finding", "Mention", "Sentence"]

LONGEST_EVIDENCE = 400
"""The most characters that a finding or a claim quotes."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading, list item or table row.

    Parameters
    ----------
    start, end : int
        Offsets into the text.
    block : int
        Index of its block in the structure.
    """

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text names something.

    Parameters
    ----------
    start, end : int
        Offsets into the text; the text between them is one of the entity's names.
    type : EntityType
    entity : str
        The id of the entity; mentions of one entity share it.
    source : str
        What found it: ``gazetteer``, ``shape``, ``lexicon``, ``defined``, ``repeat`` …
    score : float
        Between 0 and 1.
    """

    start: int
    end: int
    type: EntityType
    entity: str
    source: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation or attribute that a rule read, before it becomes a claim.

    Parameters
    ----------
    subject : str
        Entity id.
    predicate : str
        A `Predicate` or `Attribute` value.
    object : str or Value
        Entity id, or an attribute's value.
    start, end : int
        The evidence: offsets of the words that say it, at most `LONGEST_EVIDENCE` characters.
    rule : str
        Name of the rule.
    confidence : float
        The rule's precision as measured on annotated text.
    qualifiers : tuple of (str, str)
    candidate : bool
        Whether it is too doubtful to count as a fact.
    """

    subject: str
    predicate: str
    object: str | Value
    start: int
    end: int
    rule: str
    confidence: float
    qualifiers: tuple[tuple[str, str], ...] = ()
    candidate: bool = False


@dataclass(slots=True)
class Analysis:
    """All that the components know of one text; each fills in its part.

    Parameters
    ----------
    text : str
    lang : str
    published : str or None
        ISO date of the document, for relative dates.
    structure : Structure
    sentences : list of Sentence
    mentions : list of Mention
        Sorted by start.
    names : dict of str to str
        Entity id to the name shown.
    findings : list of Finding
    kept : object
        What a component keeps for the ones behind it.
    """

    text: str
    lang: str
    structure: Structure
    published: str | None = None
    sentences: list[Sentence] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    kept: object = field(default=None, repr=False, compare=False)

"""Annotated documents with all that the components need of them, read once."""

from dataclasses import dataclass

from ..evaluation.gold import GoldDocument
from ..mention import Analysis, Mention
from ..naming import find_names
from ..tagging.features import Marks
from ..tagging.marks import known_marks, rule_marks
from ..tagging.sequences import Sequence, sequences
from .annotated import annotated_mentions, read_analysis

__all__ = ["Prepared", "prepare"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """One annotated document.

    Parameters
    ----------
    document : GoldDocument
    analysis : Analysis
        Without mentions.
    sequences : list of Sequence
    rules : list of Mention
        What the rules take for names.
    marks : tuple of Marks
        What the rules tell the tagger: decided names, known names.
    annotated : list of Mention
        Where the annotated names stand.
    """

    document: GoldDocument
    analysis: Analysis
    sequences: list[Sequence]
    rules: list[Mention]
    marks: tuple[Marks, Marks]
    annotated: list[Mention]


def prepare(document: GoldDocument) -> Prepared:
    """Read one annotated document."""
    analysis = read_analysis(document)
    names = find_names(document.text, analysis.structure)
    return Prepared(
        document,
        analysis,
        list(sequences(document.text, analysis.structure)),
        names.mentions,
        (rule_marks(names.mentions), known_marks(names.view, names.hits, document.text)),
        annotated_mentions(document, analysis.structure),
    )

"""The component that merges the names of a document into entities."""

from spacy.language import Language
from spacy.tokens import Doc

from ..elided import elided_mentions
from ..merge import merge_mentions
from .structure import Component, analysis_of

__all__ = ["SPANS", "create_entities", "show_mentions"]

SPANS = "mentions"
"""Key of `Doc.spans`: one span a mention, its label the type, its ``kb_id_`` the entity."""


@Language.factory(
    "modelkin_entities", requires=["doc.user_data"], assigns=["doc.user_data", "doc.spans"]
)
def create_entities(nlp: Language, name: str) -> Component:
    """Make the component: it gives each mention its entity, and sets ``doc.spans``."""

    def entities(doc: Doc) -> Doc:
        analysis = analysis_of(doc)
        merged, analysis.names = merge_mentions(analysis.text, analysis.mentions)
        merged += elided_mentions(analysis.text, merged)
        analysis.mentions = sorted(merged, key=lambda mention: mention.start)
        show_mentions(doc)
        return doc

    return entities


def show_mentions(doc: Doc) -> None:
    """Set ``doc.spans`` to the mentions of the analysis.

    Parameters
    ----------
    doc : Doc
    """
    spans = (
        doc.char_span(m.start, m.end, label=m.type.value, kb_id=m.entity)
        for m in analysis_of(doc).mentions
    )
    doc.spans[SPANS] = [span for span in spans if span is not None]

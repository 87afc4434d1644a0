"""The component that finds names."""

from spacy.language import Language
from spacy.tokens import Doc

from ..naming import find_mentions
from .structure import Component, analysis_of

__all__ = ["create_mentions"]


@Language.factory("modelkin_mentions", requires=["doc.user_data"], assigns=["doc.user_data"])
def create_mentions(nlp: Language, name: str) -> Component:
    """Make the component: it sets the analysis' mentions, which have no entity yet."""

    def mentions(doc: Doc) -> Doc:
        analysis = analysis_of(doc)
        analysis.mentions = find_mentions(analysis.text, analysis.structure)
        return doc

    return mentions

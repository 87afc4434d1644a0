"""The component that reads attributes."""

from spacy.language import Language
from spacy.tokens import Doc

from ..attributes import find_attributes
from .structure import Component, analysis_of

__all__ = ["create_attributes"]


@Language.factory("modelkin_attributes", requires=["doc.user_data"], assigns=["doc.user_data"])
def create_attributes(nlp: Language, name: str) -> Component:
    """Make the component: it adds attributes to the analysis' findings."""

    def attributes(doc: Doc) -> Doc:
        analysis = analysis_of(doc)
        analysis.findings.extend(find_attributes(analysis))
        return doc

    return attributes

"""The component that reads relations."""

from spacy.language import Language
from spacy.tokens import Doc

from ..relations import find_relations
from .structure import Component, analysis_of

__all__ = ["create_relations"]


@Language.factory("modelkin_relations", requires=["doc.user_data"], assigns=["doc.user_data"])
def create_relations(nlp: Language, name: str) -> Component:
    """Make the component: it adds relations to the analysis' findings."""

    def relations(doc: Doc) -> Doc:
        analysis = analysis_of(doc)
        analysis.findings.extend(find_relations(analysis))
        return doc

    return relations

"""The pipeline component that reads relations."""

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from ..mention import Analysis
from ..relations import find_relations

__all__ = ["create_relations"]


def create_relations(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component; it adds to the findings of ``doc.user_data["analysis"]``.

    Parameters
    ----------
    nlp : Language
    name : str
    """

    def read(doc: Doc) -> Doc:
        analysis: Analysis = doc.user_data["analysis"]
        analysis.findings.extend(find_relations(analysis))
        return doc

    return read


Language.factory("modelkin_relations", func=create_relations)

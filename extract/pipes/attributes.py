"""The pipeline component that reads attributes."""

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from ..attributes import find_attributes
from ..mention import Analysis

__all__ = ["create_attributes"]


def create_attributes(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component; it adds to the findings of ``doc.user_data["analysis"]``.

    Parameters
    ----------
    nlp : Language
    name : str
    """

    def read(doc: Doc) -> Doc:
        analysis: Analysis = doc.user_data["analysis"]
        analysis.findings.extend(find_attributes(analysis))
        return doc

    return read


Language.factory("modelkin_attributes", func=create_attributes)

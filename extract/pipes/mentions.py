"""The component that finds names."""

from spacy.language import Language
from spacy.tokens import Doc

from ..models import SHIPPED, models_at
from ..naming import find_mentions
from ..tagging.find import find_tagged
from .structure import Component, analysis_of

__all__ = ["create_mentions"]


@Language.factory(
    "modelkin_mentions",
    requires=["doc.user_data"],
    assigns=["doc.user_data"],
    default_config={"models": SHIPPED},
)
def create_mentions(nlp: Language, name: str, models: str) -> Component:
    """Make the component: it sets the analysis' mentions, which have no entity yet.

    Parameters
    ----------
    nlp : Language
    name : str
    models : str
        A folder of trained models, ``shipped``, or ``none`` for the rules alone.
    """

    def mentions(doc: Doc) -> Doc:
        analysis = analysis_of(doc)
        trained = models_at(models)
        analysis.mentions = (
            find_mentions(analysis.text, analysis.structure)
            if trained is None
            else find_tagged(analysis.text, analysis.lang, analysis.structure, trained)
        )
        return doc

    return mentions

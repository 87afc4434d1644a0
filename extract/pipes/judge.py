"""The component that weighs what the rules read, and all that they missed."""

from spacy.language import Language
from spacy.tokens import Doc

from ..judging.findings import judge_findings
from ..models import SHIPPED, models_at
from .entities import show_mentions
from .structure import Component, analysis_of

__all__ = ["create_judge"]


@Language.factory(
    "modelkin_judge",
    requires=["doc.user_data"],
    assigns=["doc.user_data", "doc.spans"],
    default_config={"models": SHIPPED},
)
def create_judge(nlp: Language, name: str, models: str) -> Component:
    """Make the component: it sets the analysis' findings, and drops names that were in doubt.

    With the models ``none`` it leaves all as the rules read it.
    """

    def judge(doc: Doc) -> Doc:
        trained = models_at(models)
        if trained is not None:
            analysis = analysis_of(doc)
            analysis.findings = judge_findings(analysis, trained)
            show_mentions(doc)
        return doc

    return judge

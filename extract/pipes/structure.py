"""The component that reads a text's structure and sentences, and starts its analysis."""

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from ..markdown import parse_structure
from ..mention import Analysis
from ..segment import split_sentences

__all__ = ["ANALYSIS", "LANG", "PUBLISHED", "Component", "analysis_of", "create_structure"]

ANALYSIS = "analysis"
"""Key of `Doc.user_data` that holds the `Analysis`."""
LANG = "lang"
"""Key of `Doc.user_data` that may hold ``zh`` or ``en`` before the pipeline runs."""
PUBLISHED = "published"
"""Key of `Doc.user_data` that may hold the document's ISO date before the pipeline runs."""

Component = Callable[[Doc], Doc]

_CJK = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTER = re.compile("[A-Za-z]")


def analysis_of(doc: Doc) -> Analysis:
    """Give the analysis that the components of the pipeline fill in.

    Raises
    ------
    KeyError
        When ``modelkin_structure`` has not run.
    """
    analysis: Analysis = doc.user_data[ANALYSIS]
    return analysis


@Language.factory(
    "modelkin_structure", assigns=["doc.user_data"], default_config={}, retokenizes=False
)
def create_structure(nlp: Language, name: str) -> Component:
    """Make the component: `Doc` in, the same `Doc` with an `Analysis` out."""

    def structure(doc: Doc) -> Doc:
        text = doc.text
        parsed = parse_structure(text)
        doc.user_data[ANALYSIS] = Analysis(
            text=text,
            lang=doc.user_data.get(LANG) or _language(text),
            structure=parsed,
            published=doc.user_data.get(PUBLISHED) or parsed.published,
            sentences=split_sentences(text, parsed),
        )
        return doc

    return structure


def _language(text: str) -> str:
    """Chinese needs a third of the characters that English needs to say the same."""
    return "zh" if 3 * len(_CJK.findall(text)) > len(_LETTER.findall(text)) else "en"

"""Sentences with their names marked: ``{M Qwen-7B}`` is a model, ``{M A=B}`` an alias of B."""

import re
from collections.abc import Callable

import pytest

from modelkin.extract.markdown import parse_structure
from modelkin.extract.mention import Analysis, Mention
from modelkin.extract.segment import split_sentences
from modelkin.ontology.terms import EntityType

_KINDS = {
    "M": EntityType.MODEL,
    "O": EntityType.ORGANIZATION,
    "P": EntityType.PERSON,
    "A": EntityType.PRODUCT,
    "D": EntityType.DATASET,
    "H": EntityType.PLATFORM,
    "L": EntityType.LICENSE,
    "F": EntityType.DOMAIN,
    "T": EntityType.TECHNIQUE,
    "B": EntityType.BENCHMARK,
}
_MARK = re.compile(r"\{([A-Z]) ([^{}=]+)(?:=([^{}]+))?\}")
_CJK = re.compile("[\u4e00-\u9fff]")


def read_marked(marked: str, published: str | None = None) -> Analysis:
    text = ""
    mentions = []
    position = 0
    for found in _MARK.finditer(marked):
        text += marked[position : found.start()]
        entity = found[3] or found[2]
        mentions.append(
            Mention(len(text), len(text) + len(found[2]), _KINDS[found[1]], entity, "marked")
        )
        text += found[2]
        position = found.end()
    text += marked[position:]
    structure = parse_structure(text)
    return Analysis(
        text=text,
        lang="zh" if _CJK.search(text) else "en",
        structure=structure,
        published=published or structure.published,
        sentences=split_sentences(text, structure),
        mentions=mentions,
        names={mention.entity: mention.entity for mention in mentions},
    )


@pytest.fixture
def analyse() -> Callable[..., Analysis]:
    """Give the function that turns marked text into an analysis."""
    return read_marked

"""What is kept of a short text is made anew of a long one, and reads the same."""

import pytest

from modelkin.extract import gazetteer
from modelkin.extract.pipeline import SpacyExtractor, build_pipeline
from modelkin.extract.tagging import tagger
from modelkin.ontology.document import Document

TEXTS = {
    "en": """# Amber

Fernhill Labs released Amber-7B in March 2024. It was fine-tuned from Llama 2.

| Model | Size |
|---|---|
| Amber-7B | 7B |
| Amber-13B | 13B |

""",
    "zh": """# 青石

远山实验室于2024年3月5日开源了青石-7B。该模型基于Llama 2微调，使用Apache 2.0许可证。

| 模型 | 参数 |
|---|---|
| 青石-7B | 7B |
| 青石-13B | 13B |

""",
}


@pytest.fixture(params=sorted(TEXTS))
def document(request: pytest.FixtureRequest) -> Document:
    return Document.of(TEXTS[request.param] * 3, lang=request.param)


def test_a_text_that_is_long_for_tagger_and_names_reads_the_same(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    [short] = SpacyExtractor().pipe([document])
    assert short.claims
    monkeypatch.setattr(tagger, "_LONG", 10)
    monkeypatch.setattr(gazetteer, "_LONGEST", 10)
    [long] = SpacyExtractor().pipe([document])
    assert long == short


def test_a_text_reads_without_tokens_as_with_them(document: Document) -> None:
    [without] = SpacyExtractor().pipe([document])
    assert [without] == list(SpacyExtractor(build_pipeline()).pipe([document]))

"""What every extractor must do; an implementation's tests subclass `ExtractorContract`."""

import pytest

from modelkin.extract.protocols import Extractor
from modelkin.ontology.claim import Value
from modelkin.ontology.document import Document
from modelkin.ontology.schema import check_claim

__all__ = ["ExtractorContract"]

CHINESE = Document.of(
    "# 开源周报\n\n7月18日,Meta发布了Llama 2。百川智能开源了Baichuan-7B、13B两款模型,"
    "其中Baichuan-13B采用Apache 2.0协议。Qwen-7B-Chat基于Qwen-7B微调而来,在C-Eval上得分更高。\n",
    lang="zh",
    title="weekly",
    published="2023-09-01",
)
ENGLISH = Document.of(
    "# Weekly\n\nMistral AI released Mistral 7B under the Apache 2.0 license.\n\n"
    "Zephyr-7B is fine-tuned from Mistral 7B on UltraChat and scores 60 on MMLU.\n",
    lang="en",
)
STRANGE = {
    "one letter": "x",
    "blanks": " \n\t\n ",
    "emoji": "🤗" * 50 + "Llama 2🦙🏽",
    "right to left": "שלום Llama 2 مرحبا Qwen-7B\u202e abc\u202c",
    "no width": "Lla\u200bma 2 and Qwen\u200d-7B \ufeff",
    "controls": "\x00\x01Llama 2\x7f",
    "markup": "**[Llama 2](" * 40,
    "brackets": "（" * 200 + "Llama 2" + "）" * 200,
    "front matter": "---\nlicense: [\n---\nLlama 2",
    "table": "| a | b |\n| - | - |\n" + "| Llama 2 | MIT |\n" * 30,
}


class ExtractorContract:
    """Give the fixture ``extractor`` in a subclass."""

    @pytest.fixture
    def extractor(self) -> Extractor:
        raise NotImplementedError

    def test_it_is_an_extractor_with_a_version(self, extractor: Extractor) -> None:
        assert isinstance(extractor, Extractor)
        assert extractor.version
        assert extractor.version == extractor.version

    def test_one_extraction_a_document_in_order(self, extractor: Extractor) -> None:
        documents = [ENGLISH, CHINESE, ENGLISH]
        found = list(extractor.pipe(iter(documents)))
        assert [extraction.document for extraction in found] == documents
        assert found[0] == found[2]

    def test_documents_are_taken_one_at_a_time(self, extractor: Extractor) -> None:
        taken = []

        def documents():
            for document in (CHINESE, ENGLISH):
                taken.append(document)
                yield document

        stream = extractor.pipe(documents())
        assert not taken
        next(stream)
        assert taken == [CHINESE]

    @pytest.mark.parametrize("document", [CHINESE, ENGLISH], ids=["zh", "en"])
    def test_names_stand_in_the_text(self, extractor: Extractor, document: Document) -> None:
        [extraction] = extractor.pipe([document])
        assert extraction.entities
        flat = " ".join(document.text.split())
        for entity in extraction.entities:
            assert all(name in flat for name in entity.names), entity
            assert entity.id.startswith(f"{entity.type.value.lower()}/")

    @pytest.mark.parametrize("document", [CHINESE, ENGLISH], ids=["zh", "en"])
    def test_claims_quote_the_text_and_fit_the_ontology(
        self, extractor: Extractor, document: Document
    ) -> None:
        [extraction] = extractor.pipe([document])
        assert extraction.claims
        types = {entity.id: entity.type for entity in extraction.entities}
        for claim in extraction.claims:
            claim.evidence.check(document)
            assert len(claim.evidence.quote) <= 400
            assert extractor.version in claim.extractor
            object_type = None if isinstance(claim.object, Value) else types[claim.object]
            check_claim(claim, types[claim.subject], object_type)

    @pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
    def test_strange_texts_are_read_like_others(self, extractor: Extractor, text: str) -> None:
        document = Document.of(text, lang="en")
        [extraction] = extractor.pipe([document])
        assert extraction.document == document

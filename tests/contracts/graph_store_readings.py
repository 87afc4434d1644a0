"""The contract of stores: later texts of an address, and texts that hardly differ."""

from opened_store import OpenedStore, contents
from sample_extractions import BELUGA, LLAMA, article, named

from modelkin.graph.protocols import GraphStore, MergeReport
from modelkin.ontology.claim import Claim, Extraction
from modelkin.ontology.document import Document

__all__ = ["ReadingsContract"]

NOTHING = MergeReport()


class ReadingsContract(OpenedStore):
    """Later texts take the place of earlier ones; reprints are one witness."""

    # Versions

    def test_a_later_text_of_an_address_takes_the_place_of_the_earlier(
        self, store: GraphStore
    ) -> None:
        url = "https://example.org/a"
        old = named("Heron", text="Heron first.", url=url, retrieved="2024-01-01T00:00:00")
        new = named("Egret", text="Egret now.", url=url, retrieved="2024-02-01T00:00:00")
        store.merge(old)
        before = contents(store)
        store.merge(new)
        assert [entity.id for entity in store.entities()] == ["organization/egret"]
        assert [d.id for d in store.documents()] == [new.document.id]
        assert store.document(old.document.id) is None
        assert store.merge(old) == NOTHING
        store.remove(new.document.id)
        assert contents(store) == before

    # Witnesses

    def test_a_reprint_is_no_second_witness(self, store: GraphStore) -> None:
        text = "".join(
            f"Sentence {n} tells something else of the river and its birds. " for n in range(80)
        )

        def told(end: str, published: str) -> Extraction:
            document = Document.of(text + end, lang="en", published=published)
            claim = Claim.of(
                BELUGA.id,
                "derivedFrom",
                LLAMA.id,
                document.span(0, 10),
                qualifiers={"method": "finetune"},
                extractor="test@1",
                confidence=0.9,
            )
            return Extraction.of(document, [BELUGA, LLAMA], [claim])

        first, reprint = told("", "2023-08"), told("Reprinted by us.", "2023-09")
        other = article(
            {
                "Stable Beluga comes from Llama 2.": [
                    (BELUGA.id, "derivedFrom", LLAMA.id, {"method": "finetune"})
                ]
            },
            [BELUGA, LLAMA],
        )
        store.merge(first)
        alone = next(store.statements(BELUGA.id, "derivedFrom"))
        store.merge(reprint)
        [statement] = store.statements(BELUGA.id, "derivedFrom")
        assert statement.claims == 2
        assert statement.confidence == alone.confidence == 0.9
        assert (statement.first_stated, statement.last_stated) == ("2023-08", "2023-09")
        store.merge(other)
        [statement] = store.statements(BELUGA.id, "derivedFrom")
        assert statement.confidence == 0.99
        store.remove(first.document.id)
        [statement] = store.statements(BELUGA.id, "derivedFrom")
        assert (statement.claims, statement.confidence) == (2, 0.99)

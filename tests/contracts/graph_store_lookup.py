"""The part of the contract of stores that is about names and searching."""

import pytest
from opened_store import OpenedStore
from sample_extractions import LLAMA, article, chinese, english

from modelkin.graph.protocols import GraphStore
from modelkin.ontology.claim import Entity, Extraction
from modelkin.ontology.document import Document
from modelkin.ontology.terms import EntityType

__all__ = ["LookupContract"]


class LookupContract(OpenedStore):
    """Finding entities by name, and names and quotes by what they hold."""

    # Names

    def test_an_entity_has_the_names_of_all_documents(self, store: GraphStore) -> None:
        store.merge(english())
        store.merge(chinese())
        assert store.entity(LLAMA.id) == Entity.of(
            LLAMA.id, LLAMA.type, "Llama 2", ["Llama2", "羊驼2"]
        )

    def test_the_shown_name_is_the_one_most_documents_use(self, store: GraphStore) -> None:
        def say(number: int, name: str, **fields: bool) -> None:
            entity = Entity.of(LLAMA.id, LLAMA.type, name)
            store.merge(article({f"{number} {name}": []}, [entity], **fields))  # type: ignore[arg-type]

        say(1, "LLAMA 2")
        say(2, "Llama2")
        shown = store.entity(LLAMA.id)
        assert shown is not None and shown.name == "Llama2", "the shortest of those used alike"
        say(3, "LLAMA 2")
        shown = store.entity(LLAMA.id)
        assert shown is not None and shown.name == "LLAMA 2"
        say(4, "Llama 2", curated=True)
        shown = store.entity(LLAMA.id)
        assert shown is not None and shown.name == "Llama 2", "the curated name"
        assert shown.aliases == ("LLAMA 2", "Llama2")

    def test_names_are_kept_composed(self, store: GraphStore) -> None:
        loose = Entity("model/cafe", EntityType.MODEL, "Cafe\u0301", ("E\u0301t\u00e9",))
        store.merge(Extraction.of(Document.of("Café Été", lang="en"), [loose], []))
        assert next(store.entities()).names == ("Café", "Été")
        assert store.find("Cafe\u0301") == store.find("Café") != []
        assert store.search("Cafe\u0301")[0].text == "Café"

    @pytest.mark.parametrize(
        "typed",
        [
            "model/llama-2",
            "Llama 2",
            "Llama2",
            "llama 2",
            "LLAMA-2",
            " llama2 ",
            "ｌｌａｍａ２",
            "羊驼2",
            "羊驼 2",
        ],
    )
    def test_find_as_people_type(self, store: GraphStore, typed: str) -> None:
        store.merge(english())
        store.merge(chinese())
        assert [entity.id for entity in store.find(typed)] == [LLAMA.id]

    @pytest.mark.parametrize("typed", ["", " ", "-", "Llama", "2", "羊驼", "%", "'; DROP TABLE x"])
    def test_find_gives_carriers_of_the_whole_name_only(
        self, store: GraphStore, typed: str
    ) -> None:
        store.merge(english())
        store.merge(chinese())
        assert store.find(typed) == []

    def test_find_gives_the_best_kind_of_match_only(self, store: GraphStore) -> None:
        exact = Entity.of("model/glm", EntityType.MODEL, "GLM")
        folded = Entity.of("dataset/glm", EntityType.DATASET, "glm")
        loose = Entity.of("technique/g-lm", EntityType.TECHNIQUE, "G-LM")
        store.merge(article({"GLM": []}, [exact, folded, loose]))
        assert [e.id for e in store.find("GLM")] == ["model/glm"]
        assert [e.id for e in store.find("Glm")] == ["dataset/glm", "model/glm"]
        assert [e.id for e in store.find("g lm")] == ["dataset/glm", "model/glm", "technique/g-lm"]
        assert [e.id for e in store.find("Glm", EntityType.MODEL)] == ["model/glm"]
        assert [e.id for e in store.find("GLM", EntityType.DATASET)] == ["dataset/glm"]
        assert store.find("model/glm", EntityType.DATASET) == []

    def test_find_adds_those_shown_by_another_spelling(self, store: GraphStore) -> None:
        terms = Entity.of("license/llama-2", EntityType.LICENSE, "Llama 2 Terms", ["llama2"])
        model = Entity.of("model/llama-2", EntityType.MODEL, "Llama 2")
        store.merge(article({"Llama 2 has terms.": []}, [terms, model]))
        assert [e.id for e in store.find("llama2")] == ["license/llama-2", "model/llama-2"]
        assert [e.id for e in store.find("Llama 2")] == ["model/llama-2"]

    def test_find_gives_those_shown_by_the_name_first(self, store: GraphStore) -> None:
        alias = Entity.of("dataset/a", EntityType.DATASET, "Aya Set", ["Aya"])
        shown = Entity.of("model/aya", EntityType.MODEL, "Aya")
        store.merge(article({"Aya": []}, [alias, shown]))
        assert [e.id for e in store.find("Aya")] == ["model/aya", "dataset/a"]

    # Searching

    @pytest.mark.parametrize(
        "text", ["fine-tuned", "FINE-TUNED", "uned from L", "F", "wa", "llama 2."]
    )
    def test_search_finds_parts_of_quotes(self, store: GraphStore, text: str) -> None:
        store.merge(english())
        store.merge(chinese())
        quotes = [hit.text for hit in store.search(text) if hit.kind == "quote"]
        assert quotes == ["Stable Beluga was fine-tuned from Llama 2."]

    @pytest.mark.parametrize("text", ["微", "微调", "由羊驼", "由羊驼2微调而来", "来。"])
    def test_search_finds_parts_of_chinese_quotes(self, store: GraphStore, text: str) -> None:
        store.merge(english())
        store.merge(chinese())
        (hit,) = [hit for hit in store.search(text) if hit.kind == "quote"]
        assert hit.text == "Stable Beluga由羊驼2微调而来。"
        assert hit.entity is None
        assert hit.claim is not None and hit.claim.evidence.quote == hit.text

    @pytest.mark.parametrize("text", ["羊", "羊驼", "羊驼2", "LLAMA", "am", "lama 2"])
    def test_search_finds_parts_of_names(self, store: GraphStore, text: str) -> None:
        store.merge(english())
        store.merge(chinese())
        first = store.search(text)[0]
        assert first.kind == "name"
        assert first.entity == store.entity(LLAMA.id)
        assert first.claim is None
        assert text.casefold() in first.text.casefold()

    @pytest.mark.parametrize(
        "text",
        ['"', '"""', "*", "NOT x", "a AND", "(", "name:x", "%%%", "___", "\0", "x\0y", "", " "],
    )
    def test_search_takes_any_text_as_it_stands(self, store: GraphStore, text: str) -> None:
        store.merge(english())
        store.merge(chinese())
        assert store.search(text) == []

    def test_search_ranks_whole_names_before_beginnings_before_the_rest(
        self, store: GraphStore
    ) -> None:
        names = ["My Falcon", "Falcon Mini", "FALCON"]
        models = [
            Entity.of(f"model/{number}", EntityType.MODEL, name)
            for number, name in enumerate(names)
        ]
        store.merge(article({"Falcon": []}, models))
        assert [hit.text for hit in store.search("falcon")] == names[::-1]

    def test_search_gives_at_most_so_many(self, store: GraphStore) -> None:
        models = [Entity.of(f"model/{n}", EntityType.MODEL, f"Yi {n}") for n in range(9)]
        sentences = {
            f"Yi {n} builds on Yi {n + 1}.": [(models[n].id, "derivedFrom", models[n + 1].id, {})]
            for n in range(8)
        }
        store.merge(article(sentences, models))
        for limit in (1, 2, 5, 10):
            for text in ("Yi", "Yi "):
                hits = store.search(text, limit)
                kinds = [hit.kind for hit in hits]
                assert len(hits) == limit
                assert kinds == ["name"] * -(-limit // 2) + ["quote"] * (limit // 2)
        assert store.search("Yi", 0) == []
        assert len(store.search("Yi", 100)) == 17

"""The part of the contract of stores that is about claims too doubtful to count as facts."""

from pathlib import Path

import pytest
from opened_store import OpenedStore, check_statements, contents
from sample_extractions import (
    BELUGA,
    LLAMA,
    META,
    ORCA,
    ZHIPU,
    Fact,
    article,
    chinese,
    doubted,
    english,
    without_candidates,
)

from modelkin.graph.protocols import GraphStore, MergeReport
from modelkin.ontology.claim import ClaimKind, Extraction, Value

__all__ = ["CandidatesContract"]

DERIVED: Fact = (BELUGA.id, "derivedFrom", LLAMA.id, {"method": "finetune"})
MERGED: Fact = (BELUGA.id, "derivedFrom", LLAMA.id, {"method": "merge"})


class CandidatesContract(OpenedStore):
    """Candidates are kept, and nothing shows them unless they are asked for."""

    def test_what_a_store_shows_is_said_at_its_opening(self, tmp_path: Path) -> None:
        for candidates in (False, True):
            with self.open(tmp_path, candidates=candidates) as store:
                assert store.candidates is candidates

    @pytest.mark.parametrize("source", [english, chinese])
    def test_they_are_not_there_unless_asked_for(self, tmp_path: Path, source) -> None:  # type: ignore[no-untyped-def]
        whole = doubted(source(), 0)
        with self.open(tmp_path) as store:
            store.merge(whole)
            assert list(store.claims()) == list(whole.claims[1:])
            assert len(list(store.statements())) == len(whole.claims) - 1
            shown = contents(store)
        with self.open(tmp_path, candidates=True) as store:
            assert list(store.claims()) == list(whole.claims)
            check_statements(store)
            (doubtful,) = (s for s in store.statements() if s.candidates)
            assert (doubtful.subject, doubtful.claims) == (whole.claims[0].subject, 1)
            assert doubtful.confidence == 0.4
        (tmp_path / "other").mkdir()
        with self.open(tmp_path / "other") as store:
            store.merge(without_candidates(whole))
            assert contents(store) == shown

    def test_what_only_candidates_speak_of_is_still_an_entity(self, store: GraphStore) -> None:
        store.merge(doubted(english()))
        store.merge(doubted(chinese()))
        assert [e.id for e in store.entities()] == sorted([BELUGA.id, LLAMA.id, META.id, ZHIPU.id])
        assert len(list(store.documents())) == 2
        assert store.find("智谱AI")
        assert [hit.kind for hit in store.search("Meta")] == ["name"]
        assert list(store.statements()) == list(store.claims()) == []
        assert list(store.statements(BELUGA.id, "derivedFrom", LLAMA.id)) == []
        assert list(store.claims(predicate="openStrategy")) == []

    def test_a_statement_with_a_fact_counts_its_facts(self, tmp_path: Path) -> None:
        with self.open(tmp_path) as store:
            store.merge(doubted(article({"早。": [MERGED]}, [LLAMA, BELUGA], published="2022")))
            store.merge(article({"晚。": [DERIVED]}, [LLAMA, BELUGA], published="2023"))
            store.merge(doubted(article({"later": [MERGED]}, [LLAMA, BELUGA], published="2024")))
            (statement,) = store.statements()
            assert (statement.claims, statement.candidates, statement.confidence) == (1, 0, 0.9)
            assert statement.methods == ("finetune",)
            assert (statement.first_stated, statement.last_stated) == ("2023", "2023")
        with self.open(tmp_path, candidates=True) as store:
            (statement,) = store.statements()
            assert (statement.claims, statement.candidates) == (3, 2)
            assert statement.confidence == round(1 - 0.1 * 0.6 * 0.6, 4)
            assert statement.methods == ("merge", "finetune")
            assert (statement.first_stated, statement.last_stated) == ("2022", "2024")

    def test_merge_and_remove_count_them_apart(self, store: GraphStore) -> None:
        whole = doubted(english(), 0, 2)
        assert store.merge(whole) == MergeReport(1, 3, 1, candidates=2)
        assert store.merge(whole) == MergeReport()
        assert store.merge(english()) == MergeReport(claims=2, candidates_removed=2)
        assert store.merge(doubted(english(), 1)) == MergeReport(removed=1, candidates=1)
        fewer = Extraction.of(whole.document, whole.entities, [])
        assert store.merge(fewer) == MergeReport(removed=2, candidates_removed=1)
        store.merge(whole)
        assert store.remove(whole.document.id) == MergeReport(removed=1, candidates_removed=2)

    def test_a_change_of_kind_is_a_change(self, tmp_path: Path) -> None:
        sure = english(confidence=0.4)
        with self.open(tmp_path) as store:
            store.merge(doubted(sure))
            assert list(store.statements()) == []
            store.merge(sure)
            assert len(list(store.statements())) == 3
            assert store.sequence == 3
            store.merge(doubted(sure))
            assert list(store.statements()) == []
        with self.open(tmp_path, candidates=True) as store:
            check_statements(store)
            assert {claim.kind for claim in store.claims()} == {ClaimKind.CANDIDATE}

    def test_what_is_fact_and_candidate_is_fact(self, store: GraphStore) -> None:
        sure, unsure = english().claims, doubted(english(), confidence=1.0).claims
        for claims in ([*sure, *unsure], [*unsure, *sure]):
            store.merge(Extraction.of(english().document, english().entities, claims))
            assert list(store.claims()) == list(sure)

    def test_removal_leaves_no_trace_of_them(self, tmp_path: Path) -> None:
        with self.open(tmp_path, candidates=True) as store:
            empty = contents(store)
            store.merge(chinese())
            before = contents(store)
            store.merge(doubted(english()))
            assert contents(store) != before
            store.remove(english().document.id)
            assert contents(store) == before
            store.remove(chinese().document.id)
            assert contents(store) == empty

    @pytest.mark.parametrize("text", ["说了什么", "说了", "said of", "sa"])
    def test_search_passes_over_the_quotes_of_candidates(self, tmp_path: Path, text: str) -> None:
        facts = article({"事实说了什么, said of facts.": [DERIVED]}, [LLAMA, BELUGA])
        both = article({"疑说了什么, said of both.": [MERGED, DERIVED]}, [LLAMA, BELUGA])
        doubtful = article({"或许说了什么, said of doubts.": [MERGED]}, [LLAMA, BELUGA])
        with self.open(tmp_path) as store:
            for extraction in (doubted(doubtful), facts, doubted(both, 0)):
                store.merge(extraction)
            hits = store.search(text)
            assert len(hits) == 2
            for hit in hits:
                assert "doubts" not in hit.text
                assert hit.claim is not None and hit.claim.kind is ClaimKind.EXTRACTED
            assert len(store.search(text, 1)) == 1
            assert "doubts" not in store.search(text, 1)[0].text
        with self.open(tmp_path, candidates=True) as store:
            assert len(store.search(text)) == 3
            kinds = [hit.claim.kind for hit in store.search(text) if hit.claim is not None]
            assert ClaimKind.CANDIDATE in kinds

    def test_new_quotes_get_numbers_of_their_own(self, tmp_path: Path) -> None:
        with self.open(tmp_path, candidates=True) as store:
            for number in range(4):
                sentences = {f"{number} 确定。": [DERIVED], f"{number} 存疑。": [MERGED]}
                extraction = article(sentences, [LLAMA, BELUGA])
                where = {c.id: n for n, c in enumerate(extraction.claims)}
                (unsure,) = (c for c in extraction.claims if "存疑" in c.evidence.quote)
                store.merge(doubted(extraction, where[unsure.id]))
                store.merge(doubted(article({f"{number} 只有疑。": [DERIVED]}, [LLAMA, BELUGA])))
            assert len(store.search("确定。")) == 4
            assert len(store.search("存疑。")) == 4
            assert len(store.search("只有疑。")) == 4
        with self.open(tmp_path) as store:
            assert len(store.search("确定。")) == 4
            assert store.search("存疑。") == store.search("只有疑。") == []

    def test_cypher_never_mixes_the_two(self, tmp_path: Path) -> None:
        edges = "MATCH (a)-[r:DERIVED_FROM]->(b) RETURN a.id, r.claims, r.candidates"
        claims = "MATCH (c:Claim) RETURN c.kind, count(*) ORDER BY c.kind"
        values = "MATCH (n:Entity) WHERE n.parameters IS NOT NULL RETURN n.id, n.parameters"
        with self.open(tmp_path) as facts, self.open(tmp_path, candidates=True) as full:
            facts.merge(chinese())
            facts.merge(doubted(english()))
            for _ in range(2):
                assert facts.query(edges).rows == ((BELUGA.id, 1, None),)
                assert full.query(edges).rows == ((BELUGA.id, 2, 1),)
                assert facts.query(claims).rows == (("extracted", 2),)
                assert full.query(claims).rows == (("candidate", 3), ("extracted", 2))
                assert facts.query(values).rows == ()
                assert full.query(values).rows == ((LLAMA.id, ["70B"]),)
            full.merge(doubted(chinese()))
            assert facts.query(edges).rows == ()
            assert full.query(edges).rows == ((BELUGA.id, 2, 2),)

    def test_a_value_that_is_doubtful_is_no_value(self, store: GraphStore) -> None:
        facts: list[Fact] = [
            (LLAMA.id, "parameters", Value("70B"), {}),
            (LLAMA.id, "parameters", Value("7B"), {}),
            (LLAMA.id, "trainedOn", ORCA.id, {}),
        ]
        whole = article({"Llama 2 in sizes.": facts}, [LLAMA, ORCA])
        places = [n for n, c in enumerate(whole.claims) if c.object == Value("7B")]
        store.merge(doubted(whole, *places))
        assert [s.object for s in store.statements(LLAMA.id, "parameters")] == [Value("70B")]
        assert list(store.statements(object=Value("7B"))) == []

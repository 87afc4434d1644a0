"""The contract of stores: which names are one thing, and what people decide."""

import itertools
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import strategies as st
from opened_store import OpenedStore, by_chance, contents
from sample_extractions import article, english, named

from modelkin.graph.errors import DecisionError
from modelkin.graph.protocols import GraphStore, MergeReport
from modelkin.ontology.claim import ClaimKind, Entity, Extraction, Value, object_key
from modelkin.ontology.decision import Decision, DecisionKind
from modelkin.ontology.terms import EntityType

__all__ = ["IdentityContract"]

NOTHING = MergeReport()


def decided(kind: DecisionKind, second: int = 0, **arguments: str | tuple[str, ...]) -> Decision:
    time = f"2026-01-01T00:00:{second:02}Z"
    return Decision.of(kind, author="ann", time=time, **arguments)


def ids(store: GraphStore) -> list[str]:
    return [entity.id for entity in store.entities()]


def merged(entity: str, into: str, second: int = 0) -> Decision:
    return decided(DecisionKind.MERGE, second, entity=entity, into=into)


ZH = named("白鹭智能", "Egret AI")
EN = named("Egret AI")
ONLY_ZH = named("白鹭智能", text="白鹭智能在这里被提到。", published="2024")


class IdentityContract(OpenedStore):
    """One thing, one node; what people decide."""

    # Links

    @pytest.mark.parametrize("order", list(itertools.permutations([ZH, EN, ONLY_ZH])))
    def test_a_definition_joins_names_across_documents(
        self, tmp_path: Path, order: tuple[Extraction, ...]
    ) -> None:
        with self.open(tmp_path) as store:
            for extraction in order:
                store.merge(extraction)
            [entity] = store.entities()
            assert entity.id == "organization/egret-ai"
            assert set(entity.names) == {"白鹭智能", "Egret AI"}
            [link] = store.links(entity.id)
            assert {link.one, link.other} == {"organization/白鹭智能", "organization/egret-ai"}
            assert link.score >= 0.8
            assert link.reason
            assert [e.id for e in store.find("白鹭智能")] == [entity.id]

    def test_without_the_definition_the_names_part_again(self, store: GraphStore) -> None:
        store.merge(EN)
        store.merge(ONLY_ZH)
        before = contents(store)
        assert len(ids(store)) == 2
        store.merge(ZH)
        assert len(ids(store)) == 1
        store.remove(ZH.document.id)
        assert contents(store) == before

    def test_claims_speak_of_the_thing_and_the_original_of_the_name(
        self, store: GraphStore
    ) -> None:
        firm = Entity.of("organization/白鹭智能", EntityType.ORGANIZATION, "白鹭智能")
        said = article(
            {"白鹭智能发布了Heron。": [("model/heron", "developedBy", firm.id, {})]},
            [firm, Entity.of("model/heron", EntityType.MODEL, "Heron")],
            lang="zh",
        )
        for extraction in (said, ZH, EN):
            store.merge(extraction)
        [claim] = store.claims(predicate="developedBy")
        assert claim.object == "organization/egret-ai"
        assert claim.evidence.quote == "白鹭智能发布了Heron。"
        assert store.original(said.document.id) == said
        [statement] = store.statements(predicate="developedBy")
        assert statement.object == "organization/egret-ai"
        assert store.merge(said) == NOTHING

    @pytest.mark.parametrize(
        ("one", "other", "type"),
        [
            ("智譜星辰", "智谱星辰", EntityType.ORGANIZATION),
            ("Heron 2 70B chat", "heron-2-70b-Chat", EntityType.MODEL),
            ("Ｈeron Labs", "heron labs", EntityType.ORGANIZATION),
        ],
    )
    def test_spellings_are_one(
        self, store: GraphStore, one: str, other: str, type: EntityType
    ) -> None:
        store.merge(named(one, type=type))
        store.merge(named(other, type=type))
        assert len(ids(store)) == 1

    @pytest.mark.parametrize(
        ("one", "other", "type"),
        [
            ("Heron-7B", "Heron-13B", EntityType.MODEL),
            ("Heron R", "Heron R+", EntityType.MODEL),
            ("Heron 2", "Heron 3", EntityType.MODEL),
            ("白鹭智能", "白鹭科学院", EntityType.ORGANIZATION),
        ],
    )
    def test_homonyms_stay_apart(
        self, store: GraphStore, one: str, other: str, type: EntityType
    ) -> None:
        store.merge(named(one, type=type))
        store.merge(named(other, type=type))
        assert len(ids(store)) == 2

    def test_a_name_that_two_things_claim_joins_neither(self, store: GraphStore) -> None:
        store.merge(named("白鹭智能", "Egret"))
        store.merge(named("苍鹭研究院", "Egret"))
        store.merge(named("Egret"))
        assert len(ids(store)) == 3

    # People

    @pytest.mark.parametrize("name", ["李明", "Ann Example"])
    def test_people_of_one_name_at_two_firms_are_two(self, store: GraphStore, name: str) -> None:
        def person(employer: str, text: str) -> Extraction:
            return named(name, type=EntityType.PERSON, employer=employer, text=f"{name} {text}")

        first, second = person("Heron", "1"), person("Egret", "2")
        store.merge(first)
        assert len(store.find(name)) == 1
        store.merge(second)
        people = store.find(name)
        assert len(people) == 2
        assert all(person.type is EntityType.PERSON for person in people)
        store.remove(second.document.id)
        assert len(store.find(name)) == 1

    # Decisions

    def test_a_merge_and_its_undoing(self, store: GraphStore) -> None:
        store.merge(named("Heron"))
        store.merge(named("苍鹭"))
        before = contents(store)
        decision = merged("organization/苍鹭", "organization/heron")
        assert store.decide(decision) != NOTHING or len(ids(store)) == 1
        assert ids(store) == ["organization/heron"]
        assert store.decide(decision) == NOTHING
        assert list(store.decisions()) == [decision]
        store.decide(decided(DecisionKind.UNDO, 1, decision=decision.id))
        assert contents(store) == before
        assert len(list(store.decisions())) == 2

    @pytest.mark.parametrize("first", [True, False])
    def test_what_was_decided_of_a_name_is_of_the_thing(
        self, store: GraphStore, first: bool
    ) -> None:
        decision = decided(DecisionKind.RENAME, entity="organization/白鹭智能", name="The Egrets")
        store.merge(EN)
        if first:
            store.decide(decision)
        store.merge(ZH)
        if not first:
            store.decide(decision)
        [entity] = store.entities()
        assert (entity.id, entity.name) == ("organization/egret-ai", "The Egrets")
        assert store.original(EN.document.id) == EN

    def test_a_decision_holds_for_what_is_read_later(self, store: GraphStore) -> None:
        store.decide(merged("organization/苍鹭", "organization/heron"))
        store.merge(named("苍鹭"))
        assert ids(store) == ["organization/heron"]

    def test_apart_keeps_apart(self, store: GraphStore) -> None:
        store.merge(ZH)
        store.merge(EN)
        pair = {"entity": "organization/白鹭智能", "other": "organization/egret-ai"}
        store.decide(decided(DecisionKind.APART, **pair))
        assert sorted(ids(store)) == ["organization/egret-ai", "organization/白鹭智能"]

    @pytest.mark.parametrize("turned", [True, False])
    def test_what_a_decision_made_one_is_not_kept_apart(
        self, store: GraphStore, turned: bool
    ) -> None:
        store.merge(ZH)
        store.decide(merged("organization/白鹭智能", "organization/heron"))
        before = contents(store)
        pair = ["organization/白鹭智能", "organization/heron"]
        one, other = reversed(pair) if turned else pair
        with pytest.raises(DecisionError, match="merged by a decision"):
            store.decide(decided(DecisionKind.APART, 1, entity=one, other=other))
        assert contents(store) == before

    def test_a_split_by_name_and_by_document(self, store: GraphStore) -> None:
        one, two = named("Heron", text="Heron one."), named("Heron", text="Heron two.")
        store.merge(one)
        store.merge(two)
        store.merge(ZH)
        arguments = {"entity": "organization/heron", "new": "organization/heron-of-the-south"}
        store.decide(
            decided(
                DecisionKind.SPLIT,
                **arguments,
                name="Heron of the South",
                documents=(two.document.id,),
            )
        )
        found = {entity.id: entity.name for entity in store.entities()}
        assert found["organization/heron-of-the-south"] == "Heron of the South"
        assert found["organization/heron"] == "Heron"
        store.decide(
            decided(
                DecisionKind.SPLIT,
                entity="organization/白鹭智能",
                new="organization/egret-ai",
                name="Egret AI",
                names=("Egret AI",),
            )
        )
        store.merge(EN)
        entity = store.entity("organization/白鹭智能")
        assert entity is not None
        assert entity.names == ("白鹭智能",)
        assert store.entity("organization/egret-ai") is not None

    def test_renaming_and_naming_more(self, store: GraphStore) -> None:
        store.merge(named("Heron"))
        id = "organization/heron"
        store.decide(decided(DecisionKind.RENAME, entity=id, name="苍鹭"))
        store.decide(decided(DecisionKind.ALIAS, 1, entity=id, name="Héron"))
        [entity] = store.entities()
        assert (entity.name, entity.aliases) == ("苍鹭", ("Heron", "Héron"))
        store.merge(named("Héron", text="Héron encore."))
        assert ids(store) == [id]

    def test_what_is_rejected_counts_no_more_and_is_kept(
        self, store: GraphStore, tmp_path: Path
    ) -> None:
        store.merge(english())
        [claim] = [c for c in store.claims() if isinstance(c.object, str)][:1]
        said = {"subject": claim.subject, "predicate": claim.predicate}
        decision = decided(DecisionKind.REJECT, **said, object=object_key(claim.object))
        before = contents(store)
        store.decide(decision)
        assert list(store.statements(claim.subject, claim.predicate, claim.object)) == []
        with self.open(tmp_path, candidates=True) as full:
            kept = list(full.claims(claim.subject, claim.predicate, claim.object))
            assert {c.kind for c in kept} == {ClaimKind.REJECTED}
        store.decide(decided(DecisionKind.UNDO, 1, decision=decision.id))
        assert contents(store) == before

    @pytest.mark.parametrize(
        ("decision", "message"),
        [
            (merged("organization/heron", "model/heron"), "different types"),
            (merged("organization/heron", "organization/heron"), "itself"),
            (merged("organization/heron", "organization/苍鹭"), "merged already"),
            (decided(DecisionKind.UNDO, decision="0" * 16), "no decision"),
        ],
    )
    def test_what_cannot_be_decided_changes_nothing(
        self, store: GraphStore, decision: Decision, message: str
    ) -> None:
        store.merge(named("Heron"))
        store.merge(named("苍鹭"))
        store.decide(merged("organization/苍鹭", "organization/heron"))
        before, sequence = contents(store), store.sequence
        with pytest.raises(DecisionError, match=message):
            store.decide(decision)
        assert (contents(store), store.sequence) == (before, sequence)
        assert len(list(store.decisions())) == 1

    # All together

    @by_chance(40, data=st.data())
    def test_articles_and_decisions_in_any_order_make_one_graph(self, data: st.DataObject) -> None:
        articles = data.draw(st.lists(st.sampled_from(_articles()), min_size=1, max_size=7))
        decisions = data.draw(st.lists(st.sampled_from(_decisions()), max_size=3, unique=True))
        steps: list[Extraction | Decision] = [*articles, *decisions]
        shuffled = random.Random(data.draw(st.integers(0, 2**16))).sample(steps, len(steps))
        # Decisions are replayed by time, whatever is read between them.
        places = [n for n, step in enumerate(shuffled) if isinstance(step, Decision)]
        for place, decision in zip(places, decisions, strict=True):
            shuffled[place] = decision
        gone = data.draw(st.sampled_from(articles)).document.id
        assert self._made(steps) == self._made(shuffled)
        left = [step for step in steps if isinstance(step, Decision) or step.document.id != gone]
        assert self._made(steps, gone) == self._made(left)

    def _made(self, steps: list[Extraction | Decision], gone: str = "") -> list[dict[str, object]]:
        with tempfile.TemporaryDirectory() as folder:
            with self.open(Path(folder)) as store:
                for step in steps:
                    if isinstance(step, Decision):
                        try:
                            store.decide(step)
                        except DecisionError:
                            continue
                    else:
                        store.merge(step)
                if gone:
                    store.remove(gone)
                facts = contents(store)
            with self.open(Path(folder), candidates=True) as store:
                return [facts, contents(store)]


def _articles() -> list[Extraction]:
    firms = [ZH, EN, ONLY_ZH, named("Egret AI", "白鹭", text="Egret AI（白鹭）。")]
    people = [
        named("李明", type=EntityType.PERSON, employer=employer, text=f"李明在{employer}工作{n}。")
        for n, employer in enumerate(("白鹭智能", "Egret AI", "Heron"))
    ]
    url = "https://example.org/page"
    versions = [
        named("Heron", text=f"Heron, version {n}.", url=url, retrieved=f"2024-0{n}-01")
        for n in (1, 2, 3)
    ]
    open_model = Entity.of("model/heron-7b", EntityType.MODEL, "Heron-7B")
    firm = Entity.of("organization/白鹭智能", EntityType.ORGANIZATION, "白鹭智能")
    model = article(
        {
            "白鹭智能 makes Heron-7B.": [(open_model.id, "developedBy", firm.id, {})],
            "Heron-7B is open.": [(open_model.id, "openness", Value("open"), {})],
        },
        [open_model, firm],
    )
    return [*firms, *people, *versions, model]


def _decisions() -> list[Decision]:
    return [
        merged("organization/heron", "organization/egret-ai", 1),
        decided(
            DecisionKind.APART, 2, entity="organization/白鹭智能", other="organization/egret-ai"
        ),
        decided(DecisionKind.RENAME, 3, entity="organization/白鹭智能", name="The Egrets"),
        decided(DecisionKind.ALIAS, 4, entity="organization/heron", name="苍鹭"),
        decided(
            DecisionKind.REJECT,
            5,
            subject="model/heron-7b",
            predicate="developedBy",
            object="organization/egret-ai",
        ),
        decided(
            DecisionKind.SPLIT,
            6,
            entity="person/李明",
            new="person/小李明",
            name="小李明",
            names=("李明",),
        ),
    ]

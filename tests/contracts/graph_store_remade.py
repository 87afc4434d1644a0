"""The contract of stores: from what a store gives of its readings it can be made anew."""

import random
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hypothesis import strategies as st
from opened_store import OpenedStore, by_chance, contents
from sample_extractions import chinese, english, lots, named

from modelkin.graph.errors import DecisionError
from modelkin.graph.protocols import GraphStore, MergeReport
from modelkin.ontology.claim import Extraction
from modelkin.ontology.decision import Decision, DecisionKind

__all__ = ["RemadeContract", "decisions_of_lots", "everything", "make", "steps_of"]


URL = "https://example.org/a"
OTHER = "https://example.org/b"


def everything(store: GraphStore) -> dict[str, object]:
    """Give all that a store can be asked, what lies behind the graph too."""
    return contents(store) | {
        "originals": [store.original(document.id) for document in store.documents()],
        "links": [store.links(entity.id) for entity in store.entities()],
        "decisions": list(store.decisions()),
        "readings": list(store.readings()),
    }


def make(store: GraphStore, steps: Iterable[Extraction | Decision]) -> None:
    """Read and decide; what cannot be decided is left out."""
    for step in steps:
        if isinstance(step, Extraction):
            store.merge(step)
            continue
        try:
            store.decide(step)
        except DecisionError:
            continue


def steps_of(store: GraphStore, seed: int = 0) -> list[Extraction | Decision]:
    """Give what makes the store anew: its readings in an order by chance, decisions as taken."""
    read = list(store.readings())
    decided = {decision.id: decision for decision in store.decisions()}
    taken = [decided[change.document] for change in store.changes() if change.kind == "decide"]
    assert len(taken) == len(decided)
    return [*random.Random(seed).sample(read, len(read)), *taken]


def decisions_of_lots() -> list[Decision]:
    """Give decisions about what `lots` speaks of, some against others, some taken back."""

    def decided(kind: DecisionKind, second: int, **arguments: str | tuple[str, ...]) -> Decision:
        time = f"2026-01-01T00:00:{second:02}Z"
        return Decision.of(kind, author="ann", time=time, **arguments)

    apart = decided(DecisionKind.APART, 5, entity="model/a", other="model/智谱")
    one = decided(DecisionKind.MERGE, 3, entity="model/a", into="model/智谱")
    # Decided after it, for all that its time says.
    undone = decided(DecisionKind.UNDO, 1, decision=one.id)
    return [
        apart,
        one,
        undone,
        decided(DecisionKind.UNDO, 6, decision=undone.id),
        decided(DecisionKind.MERGE, 2, entity="model/b", into="model/a"),
        decided(DecisionKind.RENAME, 4, entity="model/a", name="羊驼"),
        decided(DecisionKind.ALIAS, 4, entity="organization/c", name="Heron"),
        decided(
            DecisionKind.SPLIT,
            7,
            entity="model/b",
            new="model/c",
            name="C",
            names=("Café", "智谱AI"),
        ),
        decided(
            DecisionKind.REJECT,
            8,
            subject="model/b",
            predicate="derivedFrom",
            object='"70B"^^string',
        ),
    ]


class RemadeContract(OpenedStore):
    """Everything that was read comes out as it was read."""

    def test_an_empty_store_has_read_nothing(self, store: GraphStore) -> None:
        assert list(store.readings()) == []
        assert list(store.readings("0" * 32)) == []

    def test_what_was_read_comes_out(self, store: GraphStore) -> None:
        first = english(url=URL, retrieved="2024-01-01")
        record = chinese(curated=True)
        store.merge(first)
        store.merge(record)
        read = sorted([first, record], key=lambda extraction: extraction.document.id)
        assert list(store.readings()) == read
        assert list(store.readings(first.document.id)) == [first]
        assert list(store.readings(record.document.id)) == [record]

    def test_each_address_and_the_first_and_last_time_come_out(self, store: GraphStore) -> None:
        fields = [
            {"url": None, "title": "C", "published": None, "retrieved": "2024-03-01"},
            {"url": URL, "title": "B", "published": "2023-11", "retrieved": "2024-02-01"},
            {"url": URL, "title": "B", "published": "2023-11", "retrieved": "2024-05-01"},
            {"url": OTHER, "title": "A", "published": "2023-10", "retrieved": None},
        ]
        read = [english(**each) for each in fields]
        between = english(url=URL, title="B", published="2023-11", retrieved="2024-04-01")
        for extraction in [read[2], between, *reversed(read)]:
            store.merge(extraction)
        assert list(store.readings()) == read

    def test_texts_behind_later_ones_come_out(self, store: GraphStore) -> None:
        old, new = (
            named(name, text=f"{name}。", url=URL, retrieved=retrieved, title=name)
            for name, retrieved in (("苍鹭", "2024-01-01"), ("Egret", "2024-02-01"))
        )
        for extraction in (new, old):
            store.merge(extraction)
        assert len(list(store.documents())) == 1
        assert set(store.readings()) == {old, new}
        assert list(store.readings(old.document.id)) == [old]

    def test_names_come_out_as_they_were_read(self, store: GraphStore) -> None:
        definition, mention = named("白鹭智能", "Egret AI"), named("Egret AI")
        store.merge(definition)
        store.merge(mention)
        assert len(list(store.entities())) == 1
        assert set(store.readings()) == {definition, mention}
        rejected = chinese()
        store.merge(rejected)
        claim = rejected.claims[0]
        store.decide(
            Decision.of(
                DecisionKind.REJECT,
                author="ann",
                time="2026-01-01T00:00:00Z",
                subject=claim.subject,
                predicate=claim.predicate,
                object="model/llama-2",
            )
        )
        assert list(store.readings(rejected.document.id)) == [rejected]

    def test_the_newest_extraction_of_a_text_comes_out(self, store: GraphStore) -> None:
        store.merge(english(url=URL, confidence=0.5))
        store.merge(english(url=OTHER, confidence=0.7))
        assert list(store.readings()) == [
            english(url=URL, confidence=0.7),
            english(url=OTHER, confidence=0.7),
        ]

    def test_what_was_removed_comes_out_no_more(self, store: GraphStore) -> None:
        store.merge(english(url=URL))
        store.merge(chinese())
        store.remove(english().document.id)
        assert list(store.readings()) == [chinese()]

    def test_giving_readings_changes_nothing(self, store: GraphStore) -> None:
        store.merge(english(url=URL, retrieved="2024-01-01"))
        store.merge(english(url=URL, retrieved="2024-03-01"))
        before, sequence = everything(store), store.sequence
        assert [store.merge(extraction) for extraction in list(store.readings())] == [
            MergeReport(),
            MergeReport(),
        ]
        assert (everything(store), store.sequence) == (before, sequence)

    @by_chance(data=st.data(), seed=st.integers(0, 2**16))
    def test_a_store_is_remade(self, data: st.DataObject, seed: int) -> None:
        extractions = [*data.draw(lots()), *data.draw(_versions())]
        decisions = data.draw(st.lists(st.sampled_from(decisions_of_lots()), unique=True))
        steps = data.draw(st.permutations([*extractions, *decisions]))
        gone = data.draw(st.sampled_from(extractions)).document.id
        # One after the other: a server has room for one store only.
        with tempfile.TemporaryDirectory() as folder:
            with self.open(Path(folder)) as store:
                make(store, steps)
                anew = steps_of(store, seed)
            shown = self._shown(Path(folder), gone)
        with tempfile.TemporaryDirectory() as folder:
            with self.open(Path(folder)) as store:
                for step in anew:
                    if isinstance(step, Extraction):
                        store.merge(step)
                    else:
                        store.decide(step)
            assert self._shown(Path(folder), gone) == shown

    def _shown(self, folder: Path, gone: str) -> list[object]:
        """Give all that a store shows, with candidates and without, before and after a removal."""
        found: list[object] = []
        for candidates in (False, True):
            with self.open(folder, candidates=candidates) as store:
                found.append(everything(store))
        with self.open(folder) as store:
            store.remove(gone)
            found.append(everything(store))
        return found


@st.composite
def _versions(draw: st.DrawFn) -> list[Extraction]:
    """Draw readings of a few texts that follow each other at two addresses."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        name = draw(st.sampled_from(("Heron", "苍鹭", "Egret")))
        found.append(
            named(
                name,
                text=f"{name} 在此。",
                url=draw(st.sampled_from((URL, OTHER))),
                title=draw(st.sampled_from(("", "a", "题"))),
                retrieved=draw(st.sampled_from(("2024-01-01", "2024-02-01", "2024-03-01"))),
                lang=draw(st.sampled_from(("zh", "en"))),
            )
        )
    return found

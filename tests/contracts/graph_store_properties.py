"""The part of the contract of stores that holds for any extractions."""

import dataclasses
import random
import tempfile
from pathlib import Path

from hypothesis import strategies as st
from opened_store import OpenedStore, by_chance, check_statements, contents
from sample_extractions import as_facts, lots, without_candidates

from modelkin.graph.protocols import MergeReport
from modelkin.ontology.claim import ClaimKind, Extraction

__all__ = ["PropertyContract"]

NOTHING = MergeReport()


class PropertyContract(OpenedStore):
    """Order, repetition and removal leave no trace."""

    @by_chance(extractions=lots(), seed=st.integers(0, 2**16))
    def test_the_order_of_merging_does_not_matter(
        self, extractions: list[Extraction], seed: int
    ) -> None:
        shuffled = random.Random(seed).sample(extractions, len(extractions))
        assert self._contents(extractions) == self._contents(shuffled)
        full = [self._contents(order, candidates=True) for order in (extractions, shuffled)]
        assert full[0] == full[1]

    @by_chance(extractions=lots())
    def test_merging_twice_is_merging_once(self, extractions: list[Extraction]) -> None:
        with tempfile.TemporaryDirectory() as folder, self.open(Path(folder)) as store:
            for extraction in extractions:
                store.merge(extraction)
            before, sequence = contents(store), store.sequence
            for extraction in extractions:
                assert store.merge(extraction) == NOTHING
            assert contents(store) == before
            assert store.sequence == sequence

    @by_chance(extractions=lots(), data=st.data())
    def test_what_was_removed_was_never_there(
        self, extractions: list[Extraction], data: st.DataObject
    ) -> None:
        gone = data.draw(st.sampled_from(extractions)).document.id
        with tempfile.TemporaryDirectory() as folder, self.open(Path(folder)) as store:
            for extraction in extractions:
                store.merge(extraction)
            store.remove(gone)
            check_statements(store)
            after = contents(store)
            with self.open(Path(folder), candidates=True) as full:
                after_in_full = contents(full)
        left = [e for e in extractions if e.document.id != gone]
        assert after == self._contents(left)
        assert after_in_full == self._contents(left, candidates=True)

    @by_chance(extractions=lots(), others=lots())
    def test_statements_are_sums_over_claims(
        self, extractions: list[Extraction], others: list[Extraction]
    ) -> None:
        with tempfile.TemporaryDirectory() as folder, self.open(Path(folder)) as store:
            for extraction in [*extractions, *others]:
                store.merge(extraction)
                check_statements(store)

    @by_chance(extractions=lots())
    def test_every_name_finds_its_entity(self, extractions: list[Extraction]) -> None:
        with tempfile.TemporaryDirectory() as folder, self.open(Path(folder)) as store:
            for extraction in extractions:
                store.merge(extraction)
            for entity in store.entities():
                assert store.find(entity.id) == [entity]
                for name in entity.names:
                    assert entity in store.find(name)
                    assert entity in store.find(name, entity.type)
                    hits = store.search(name, 1000)
                    assert entity in [hit.entity for hit in hits]

    @by_chance(extractions=lots())
    def test_candidates_change_nothing_where_they_are_not_asked_for(
        self, extractions: list[Extraction]
    ) -> None:
        facts = [without_candidates(extraction) for extraction in extractions]
        assert self._contents(extractions) == self._contents(facts)
        alone = self._contents(facts, candidates=True)
        assert alone == self._contents(facts)

    @by_chance(extractions=lots())
    def test_candidates_that_are_asked_for_count_like_facts(
        self, extractions: list[Extraction]
    ) -> None:
        with tempfile.TemporaryDirectory() as folder, self.open(Path(folder)) as store:
            for extraction in extractions:
                store.merge(as_facts(extraction))
            expected = list(store.statements())
        with tempfile.TemporaryDirectory() as folder:
            with self.open(Path(folder), candidates=True) as store:
                for extraction in extractions:
                    store.merge(extraction)
                check_statements(store)
                counted = list(store.statements())
                kept = list(store.claims())
            with self.open(Path(folder)) as store:
                facts = list(store.claims())
        assert [dataclasses.replace(s, candidates=0) for s in counted] == expected
        assert facts == [c for c in kept if c.kind is not ClaimKind.CANDIDATE]

    @by_chance(extractions=lots(), others=lots(), data=st.data())
    def test_both_sums_hold_whatever_comes_and_goes(
        self, extractions: list[Extraction], others: list[Extraction], data: st.DataObject
    ) -> None:
        gone = data.draw(st.sampled_from(extractions)).document.id
        with (
            tempfile.TemporaryDirectory() as folder,
            self.open(Path(folder)) as store,
            self.open(Path(folder), candidates=True) as full,
        ):
            for extraction in [*extractions, *others]:
                store.merge(extraction)
                check_statements(full)
            store.remove(gone)
            check_statements(store)
            check_statements(full)

    def _contents(
        self, extractions: list[Extraction], *, candidates: bool = False
    ) -> dict[str, object]:
        with (
            tempfile.TemporaryDirectory() as folder,
            self.open(Path(folder), candidates=candidates) as store,
        ):
            for extraction in extractions:
                store.merge(extraction)
            return contents(store)

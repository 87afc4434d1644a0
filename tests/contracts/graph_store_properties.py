"""The part of the contract of stores that holds for any extractions."""

import random
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opened_store import OpenedStore, check_statements, contents
from sample_extractions import lots

from modelkin.graph.protocols import MergeReport
from modelkin.ontology.claim import Extraction

__all__ = ["PropertyContract"]

NOTHING = MergeReport()
by_chance = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.differing_executors]
)


class PropertyContract(OpenedStore):
    """Order, repetition and removal leave no trace."""

    @by_chance
    @given(extractions=lots(), seed=st.integers(0, 2**16))
    def test_the_order_of_merging_does_not_matter(
        self, extractions: list[Extraction], seed: int
    ) -> None:
        shuffled = random.Random(seed).sample(extractions, len(extractions))
        assert self._contents(extractions) == self._contents(shuffled)

    @by_chance
    @given(extractions=lots())
    def test_merging_twice_is_merging_once(self, extractions: list[Extraction]) -> None:
        with tempfile.TemporaryDirectory() as folder, self.open(Path(folder)) as store:
            for extraction in extractions:
                store.merge(extraction)
            before, sequence = contents(store), store.sequence
            for extraction in extractions:
                assert store.merge(extraction) == NOTHING
            assert contents(store) == before
            assert store.sequence == sequence

    @by_chance
    @given(extractions=lots(), data=st.data())
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
        assert after == self._contents([e for e in extractions if e.document.id != gone])

    @by_chance
    @given(extractions=lots(), others=lots())
    def test_statements_are_sums_over_claims(
        self, extractions: list[Extraction], others: list[Extraction]
    ) -> None:
        with tempfile.TemporaryDirectory() as folder, self.open(Path(folder)) as store:
            for extraction in [*extractions, *others]:
                store.merge(extraction)
                check_statements(store)

    @by_chance
    @given(extractions=lots())
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

    def _contents(self, extractions: list[Extraction]) -> dict[str, object]:
        with tempfile.TemporaryDirectory() as folder, self.open(Path(folder)) as store:
            for extraction in extractions:
                store.merge(extraction)
            return contents(store)

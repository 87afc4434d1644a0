"""Any store is copied, wherever it was broken off; several end with the union."""

from collections.abc import Iterable

from copied_stores import NEW, OLD, opened, state
from graph_store_remade import decisions_of_lots, make
from hypothesis import given
from hypothesis import strategies as st
from opened_store import few
from sample_extractions import chinese, english, lots

from modelkin.graph.sync import SyncReport, sync
from modelkin.ontology.claim import Extraction
from modelkin.ontology.decision import Decision
from modelkin.ontology.document import Document


@few
@given(data=st.data())
def test_any_store_is_copied_wherever_it_was_broken_off(data: st.DataObject) -> None:
    steps = data.draw(_steps())
    batch = data.draw(st.integers(1, 4))
    with opened(2) as (source, target):
        make(source, steps)
        left = data.draw(st.integers(0, len(list(source.readings()))))

        def interrupt(_: Document) -> None:
            nonlocal left
            if not left:
                raise KeyboardInterrupt
            left -= 1

        try:
            sync(source, target, batch=batch, progress=interrupt)
        except KeyboardInterrupt:
            sync(source, target, batch=batch)
        assert state(source) == state(target)
        sequence = target.sequence
        assert sync(source, target) == SyncReport()
        assert target.sequence == sequence


@few
@given(one=lots(), other=lots(), versions=st.permutations([OLD, NEW, english(), chinese()]))
def test_all_end_with_the_union(
    one: list[Extraction], other: list[Extraction], versions: list[Extraction]
) -> None:
    # The same text is read the same way by everybody.
    known = {extraction.document.id for extraction in one}
    other = [extraction for extraction in other if extraction.document.id not in known]
    one, other = [*one, *versions[:2]], [*other, *versions[2:]]
    with opened(4) as (ann, bob, server, all_at_once):
        make(ann, one)
        make(bob, other)
        sync(ann, server)
        sync(bob, server)
        sync(server, ann)
        sync(server, bob)
        make(all_at_once, [*other, *one])
        expected = state(all_at_once)
        assert [state(store) for store in (server, ann, bob)] == [expected] * 3


@st.composite
def _steps(draw: st.DrawFn) -> list[Extraction | Decision]:
    extractions: Iterable[Extraction] = [*draw(lots()), OLD, NEW]
    decisions = draw(st.lists(st.sampled_from(decisions_of_lots()), unique=True))
    return list(draw(st.permutations([*extractions, *decisions])))

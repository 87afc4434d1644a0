"""A selection is a view of its own: closed, sorted, and true to the whole."""

from memory_view import MemoryView
from samples import BELUGA, LLAMA, LLAMA_2, META, TERMS, parts, tiny

from modelkin.graph.lineage import lineage
from modelkin.graph.protocols import View
from modelkin.graph.selection import Selection
from modelkin.ontology.claim import Value


def test_everything_selected_is_the_whole() -> None:
    view = tiny()
    whole = Selection(view, [entity.id for entity in view.entities()])
    assert isinstance(whole, View)
    assert list(whole.entities()) == list(view.entities())
    assert list(whole.statements()) == list(view.statements())
    assert list(whole.claims()) == list(view.claims())
    assert list(whole.documents()) == list(view.documents())


def test_nothing_leads_out_of_it() -> None:
    view = tiny()
    part = Selection(view, lineage(view, BELUGA).entities)
    assert [entity.id for entity in part.entities()] == [TERMS, LLAMA, LLAMA_2, BELUGA]
    kept = [s for s in view.statements() if s.subject in (BELUGA, LLAMA_2) and s.object != META]
    assert list(part.statements()) == kept
    assert any(isinstance(s.object, Value) for s in kept)
    assert part.entity(META) is None
    assert not list(part.statements(subject=META))
    assert not list(part.statements(object=META))
    quoted = {claim.evidence.document for claim in part.claims()}
    assert [document.id for document in part.documents()] == sorted(quoted)
    assert [claim.id for claim in part.claims()] == sorted(claim.id for claim in part.claims())


def test_filters_are_those_of_the_whole() -> None:
    part = Selection(tiny(), [BELUGA, LLAMA_2])
    assert len(list(part.statements(BELUGA, "derivedFrom"))) == 1
    assert len(list(part.claims(predicate="derivedFrom", object=LLAMA_2))) == 2
    assert len(list(part.claims(object=Value("7B")))) == 1


def test_documents_that_say_nothing_of_it_stay_out() -> None:
    part = Selection(MemoryView(parts()), ["model/百川", "organization/百川智能", "model/nobody"])
    assert [document.title for document in part.documents()] == ["开源与闭源"]
    assert len(list(part.entities())) == 2

"""The ledger takes no statement against another, and quotes what states a fact."""

import pytest

from modelkin.extract.training.ledger import Ledger, Occurrence, Said
from modelkin.extract.training.things import Thing, Value
from modelkin.ontology.terms import EntityType


def model(name: str, parent: Thing | None = None) -> Thing:
    return Thing(EntityType.MODEL, name, parent=parent)


def test_a_second_maker_is_refused_unless_told_together() -> None:
    made, maker, other = model("Velora"), *(Thing(EntityType.ORGANIZATION, n) for n in "AB")
    ledger = Ledger()
    together = [
        Said(made, "developedBy", maker, (), 0, 9),
        Said(made, "developedBy", other, (), 0, 9),
    ]
    assert ledger.admits(together)
    ledger.add(together[:1])
    assert not ledger.admits([Said(made, "developedBy", other, (), 20, 30)])
    assert ledger.admits([Said(made, "developedBy", maker, (), 20, 30)])


@pytest.mark.parametrize(
    ("term", "qualifiers"),
    [("comparableTo", (("relation", "better"),)), ("derivedFrom", (("method", "merge"),))],
)
def test_nothing_is_said_both_ways(term: str, qualifiers: tuple[tuple[str, str], ...]) -> None:
    one, other = model("Velora"), model("Quarix")
    ledger = Ledger()
    ledger.add([Said(one, term, other, qualifiers, 0, 9)])
    assert not ledger.admits([Said(other, term, one, qualifiers, 20, 30)])
    assert not ledger.admits([Said(one, term, other, (("method", "x"),), 20, 30)])
    assert ledger.admits([Said(one, term, other, qualifiers, 20, 30)])
    assert not ledger.admits([Said(one, term, one, qualifiers, 20, 30)])


def test_one_value_of_openness() -> None:
    one = model("Velora")
    ledger = Ledger()
    ledger.add([Said(one, "openness", Value("open", ()), (), 0, 9)])
    assert not ledger.admits([Said(one, "openness", Value("closed", ()), (), 20, 30)])
    assert ledger.admits([Said(one, "openness", Value("open", ()), (), 20, 30)])


def test_names_state_variants_to_the_nearest_named_parent() -> None:
    family = model("Velora")
    size = model("Velora-7B", family)
    chat = model("Velora-7B-Chat", size)
    text = "Velora、Velora-7B-Chat。"
    ledger = Ledger()
    ledger.name(Occurrence(family, 0, 6), "Velora")
    ledger.name(Occurrence(chat, 7, 21), "Velora-7B-Chat")
    document = ledger.document("made", "zh", "news", text)
    [variant] = document.relations
    names = {entity.id: entity.name for entity in document.entities}
    assert names[variant.subject] == "Velora-7B-Chat"
    assert (variant.predicate, names[variant.object]) == ("variantOf", "Velora")
    assert variant.evidence == "Velora、Velora-7B-Chat"


def test_a_derivation_is_no_variant_too() -> None:
    family = model("Velora")
    tuned = model("Velora-Chat", family)
    ledger = Ledger()
    ledger.name(Occurrence(tuned, 0, 11), "Velora-Chat")
    ledger.name(Occurrence(family, 12, 18), "Velora")
    ledger.add([Said(tuned, "derivedFrom", family, (("method", "finetune"),), 0, 18)])
    document = ledger.document("made", "en", "news", "Velora-Chat Velora.")
    assert [r.predicate for r in document.relations] == ["derivedFrom"]

"""One entity for each thing that a document names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelkin.extract.aliases import names_at
from modelkin.extract.elided import elided_mentions
from modelkin.extract.mention import Mention
from modelkin.extract.merge import merge_mentions, repeat_mentions
from modelkin.ontology.terms import EntityType
from modelkin.seeds import resolve

MODEL, ORGANIZATION, PERSON = EntityType.MODEL, EntityType.ORGANIZATION, EntityType.PERSON


def mentions_of(text: str, *names: tuple[str, EntityType]) -> list[Mention]:
    """Give the mentions of names that stand in the text in this order."""
    found = []
    position = 0
    for name, type in names:
        start = text.index(name, position)
        position = start + len(name)
        found.append(Mention(start, position, type, ""))
    return found


def groups(text: str, *names: tuple[str, EntityType]) -> list[int]:
    """Give the number of its entity for each mention, numbered as they come."""
    merged, shown = merge_mentions(text, mentions_of(text, *names))
    assert {mention.entity for mention in merged} == set(shown)
    order = list(dict.fromkeys(mention.entity for mention in merged))
    return [order.index(mention.entity) for mention in merged]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Foo-7B, foo 7b and FOO_7B", ["Foo-7B", "foo 7b", "FOO_7B"], [0, 0, 0]),
        ("Foo and Foo-7B and Foo 13B", ["Foo", "Foo-7B", "Foo 13B"], [0, 1, 2]),
        ("狐狸（Foxie）很好", ["狐狸", "Foxie"], [0, 0]),
        ("狐狸1（Foxie 2）很好", ["狐狸1", "Foxie 2"], [0, 1]),
        ("Foo (Bar) is good", ["Foo", "Bar"], [0, 1]),
        ("quarry/Foo-7B或Foo-7B", ["quarry/Foo-7B", "Foo-7B"], [0, 0]),
        ("狐狸大模型与狐狸", ["狐狸大模型", "狐狸"], [0, 0]),
        ("通义千问，即Qwen", ["通义千问", "Qwen"], [0, 0]),
        ("Qwen2与通义千问", ["Qwen2", "通义千问"], [0, 1]),
    ],
)
def test_names_of_one_model_meet(text: str, names: list[str], expected: list[int]) -> None:
    assert groups(text, *((name, MODEL) for name in names)) == expected


def test_one_name_of_two_types_is_two_entities() -> None:
    dataset = EntityType.DATASET
    assert groups("Dolly on Dolly", ("Dolly", MODEL), ("Dolly", dataset)) == [0, 1]


@pytest.mark.parametrize(
    ("text", "names", "type"),
    [
        ("埃隆·马斯克说，马斯克笑了", ["埃隆·马斯克", "马斯克"], PERSON),
        ("Maria Lopez spoke; Lopez left", ["Maria Lopez", "Lopez"], PERSON),
        ("Quarry Valley Lab (QVL) grew", ["Quarry Valley Lab", "QVL"], ORGANIZATION),
        ("采石公司（Quarry）成立", ["采石公司", "Quarry"], ORGANIZATION),
    ],
)
def test_short_names_meet_full_ones(text: str, names: list[str], type: EntityType) -> None:
    merged, shown = merge_mentions(text, mentions_of(text, *((name, type) for name in names)))
    assert len(shown) == 1
    assert shown[merged[0].entity] == names[0]


def test_curated_things_have_their_curated_ids() -> None:
    text = "百川智能开源"
    [mention], _ = merge_mentions(text, mentions_of(text, ("百川智能", ORGANIZATION)))
    assert mention.entity == resolve("百川智能", ORGANIZATION).id


@given(st.lists(st.sampled_from(["Foo", "foo", "Foo 2", "Foo-2", "通义千问", "Qwen", "Foo model"])))
def test_each_entity_has_a_name_of_the_text(names: list[str]) -> None:
    text = "、".join(names)
    mentions = mentions_of(text, *((name, MODEL) for name in names))
    merged, shown = merge_mentions(text, mentions)
    assert [(m.start, m.end) for m in merged] == [(m.start, m.end) for m in mentions]
    assert all(name in names for name in shown.values())


def test_repeats_keep_what_is_there() -> None:
    text = "Foo-7B是模型。foo-7b与Foo-7B-Chat不同。"
    first = Mention(0, 6, MODEL, "", "shape", 0.9)
    found = repeat_mentions(text, [first])
    assert found[0] is first
    assert [text[m.start : m.end] for m in found] == ["Foo-7B", "foo-7b"]


def test_a_bare_size_stands_for_a_name_that_the_text_holds() -> None:
    text = "Foo-7B、13B和70B。Foo-13B好。Bar-7B and 13B"
    merged, shown = merge_mentions(
        text, mentions_of(text, ("Foo-7B", MODEL), ("Foo-13B", MODEL), ("Bar-7B", MODEL))
    )
    [elided] = elided_mentions(text, merged)
    assert text[elided.start : elided.end] == "13B"
    assert shown[elided.entity] == "Foo-13B"


def test_owners_and_licences_have_longer_names() -> None:
    text = "quarry/Foo-7B under Apache 2.0 license"
    assert list(names_at(text, Mention(7, 13, MODEL, ""))) == ["Foo-7B", "quarry/Foo-7B"]
    licence = Mention(20, 30, EntityType.LICENSE, "")
    assert list(names_at(text, licence)) == ["Apache 2.0", "Apache 2.0 license"]

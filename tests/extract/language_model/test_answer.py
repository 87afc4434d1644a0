"""Answers of any form are read or refused; nothing in them is trusted."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelkin.extract.language_model.answer import (
    MOST_ITEMS,
    Answer,
    MalformedAnswerError,
    NamedThing,
    read_answer,
)

GOOD = {
    "entities": [{"name": " Llama 2 ", "type": "Model"}],
    "relations": [],
    "attributes": [
        {
            "subject": "Llama 2",
            "attribute": "contextLength",
            "value": 4096,
            "quote": "4k",
            "qualifiers": {"size": None, "variant": " chat "},
        }
    ],
}
TEXT = json.dumps(GOOD)


def read(content: str) -> tuple[Answer, list[str]]:
    reasons: list[str] = []
    return read_answer(content, lambda reason, _: reasons.append(reason)), reasons


@pytest.mark.parametrize(
    "content",
    [
        TEXT,
        f"```json\n{TEXT}\n```",
        f"Here it is:\n```\n{TEXT}\n```\nDone.",
        f"Sure! {TEXT} I hope that helps.",
        f"<think>Is {{this}} it?</think>\n{TEXT}",
        f"```json\n{TEXT}",
    ],
    ids=["plain", "fenced", "fence in words", "words", "thoughts", "open fence"],
)
def test_json_is_found(content: str) -> None:
    answer, reasons = read(content)
    assert answer.entities == (NamedThing("Llama 2", "Model"),)
    [said] = answer.said
    assert (said.object, said.attribute, said.qualifiers) == ("4096", True, (("variant", "chat"),))
    assert reasons == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "no JSON object"),
        ("I cannot do that.", "no JSON object"),
        (TEXT[:60], "at character"),
        ("[]", "no JSON object"),
        ("7", "no JSON object"),
        ('{"relations": []}', "entities"),
        ('{"entities": {"name": "x"}}', "no list"),
        ("[" * 100_000, "no JSON object"),
        ("{" + "\n" * 900_000 + "```" + "\n" * 90_000, "at character"),
        ('{"entities": ' + "[" * 100_000 + "]" * 100_000 + "}", "no reader"),
        ('{"entities": [' + "9" * 10_000 + "]}", "no reader"),
    ],
)
def test_what_is_no_answer_is_malformed(content: str, why: str) -> None:
    with pytest.raises(MalformedAnswerError, match=why):
        read(content)


@pytest.mark.parametrize(
    "item",
    [
        None,
        3,
        "x",
        [],
        {},
        {"name": 3, "type": "Model"},
        {"name": "", "type": "Model"},
        {"name": "x" * 200, "type": "Model"},
        {"name": "x"},
    ],
)
def test_entities_of_the_wrong_form_are_rejected(item: object) -> None:
    answer, reasons = read(json.dumps({"entities": [item, GOOD["entities"][0]]}))
    assert len(answer.entities) == 1
    assert reasons == ["an entity of the wrong form"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("subject", None),
        ("subject", ["a"]),
        ("quote", ""),
        ("quote", "x" * 500),
        ("value", {"a": 1}),
        ("value", True),
        ("value", -4),
        ("value", 10**30),
        ("value", 1.5),
    ],
)
def test_attributes_of_the_wrong_form_are_rejected(key: str, value: object) -> None:
    broken = GOOD["attributes"][0] | {key: value}
    answer, reasons = read(json.dumps({"entities": [], "attributes": [broken]}))
    assert answer.said == ()
    assert reasons == ["an attribute of the wrong form"]


def test_a_list_may_be_null_and_qualifiers_anything() -> None:
    relation = {"subject": "a", "predicate": "p", "object": "b", "quote": "q"}
    odd = [relation | {"qualifiers": q} for q in (None, [1], {"role": 7}, {"role": "x" * 999})]
    answer, reasons = read(json.dumps({"entities": None, "relations": odd, "attributes": None}))
    assert [said.qualifiers for said in answer.said] == [()] * 4
    assert reasons == []


def test_an_answer_without_end_is_cut() -> None:
    things = [{"name": f"Foo-{n}B", "type": "Model"} for n in range(MOST_ITEMS + 50)]
    answer, reasons = read(json.dumps({"entities": things}))
    assert len(answer.entities) == MOST_ITEMS
    assert reasons == [f"more than {MOST_ITEMS} entities in one answer"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["entities", "relations", "attributes", "name", "quote", "qualifiers"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON.map(json.dumps) | st.text())
def test_any_words_are_an_answer_or_malformed(content: str) -> None:
    try:
        answer, _ = read(content)
    except MalformedAnswerError:
        return
    assert isinstance(answer, Answer)

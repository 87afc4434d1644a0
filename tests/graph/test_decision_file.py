"""Decisions as text: what is written is read again, and nothing else is."""

import json
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from modelkin.graph import decision_file
from modelkin.graph.decision_file import LARGEST, decode, in_order, read, write
from modelkin.graph.errors import DecisionError
from modelkin.ontology.decision import Decision, DecisionKind
from modelkin.ontology.document import normalise_text

HEADER = '{"modelkin": "decisions", "version": 1}\n'
WHEN = "2026-11-24T17:05:00Z"

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(normalise_text)
names = st.one_of(texts.filter(str.strip), st.sampled_from(["通义千问", "Qwen", "a\u2028b", '"^^']))
entities = names.map(lambda name: f"model/{name}")
ids = st.from_regex(r"\A[0-9a-f]{16}\Z")
predicates = st.sampled_from(["developedBy", "parameters", "openness"])
objects = st.one_of(
    entities, st.sampled_from(['"7B"^^string', '"开源"^^string', '"2023-07"^^date', '"8"^^integer'])
)
times = st.datetimes().map(lambda time: time.strftime("%Y").zfill(4) + time.strftime("-%m-%dT%XZ"))
ARGUMENTS = {
    DecisionKind.MERGE: {"entity": entities, "into": entities},
    DecisionKind.APART: {"entity": entities, "other": entities},
    DecisionKind.SPLIT: {
        "entity": entities,
        "new": entities,
        "name": names,
        "names": st.lists(names, min_size=1, max_size=3),
        "documents": st.lists(ids, min_size=1, max_size=3),
    },
    DecisionKind.RENAME: {"entity": entities, "name": names},
    DecisionKind.ALIAS: {"entity": entities, "name": names},
    DecisionKind.REJECT: {"subject": entities, "predicate": predicates, "object": objects},
    DecisionKind.UPHOLD: {"subject": entities, "predicate": predicates, "object": objects},
    DecisionKind.UNDO: {"decision": ids},
}


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    kind = draw(st.sampled_from(list(DecisionKind)))
    arguments = {key: draw(values) for key, values in ARGUMENTS[kind].items()}
    author = draw(names.filter(lambda name: bool(name.strip())))
    return Decision.of(kind, author=author, time=draw(times), reason=draw(texts), **arguments)


def rename(name: str = "A", time: str = WHEN) -> Decision:
    return Decision.of(
        DecisionKind.RENAME, author="ann", time=time, entity="model/phi-9", name=name
    )


def undo(decision: Decision, time: str = WHEN) -> Decision:
    return Decision.of(DecisionKind.UNDO, author="ann", time=time, decision=decision.id)


def line(decision: Decision, **changes: object) -> str:
    return json.dumps(json.loads(write([decision]).splitlines()[1]) | changes, ensure_ascii=False)


def test_every_kind_is_drawn():
    assert set(ARGUMENTS) == set(DecisionKind)


@given(st.lists(decisions(), max_size=5), st.randoms(use_true_random=False))
@example([rename("\x85\u2028通义\x1c千问")], random.Random(0))
def test_what_is_written_is_read(given: list[Decision], chance: random.Random):
    text = write(given)
    assert write(chance.sample(given, len(given)) + given) == text
    expected = sorted(set(given), key=lambda decision: (decision.time, decision.id))
    assert read(text) == expected
    assert write(read(text)) == text
    assert text.endswith("\n")
    header, *lines = text.split("\n")[:-1]
    assert len(lines) == len(expected)
    for mixed in ([*lines, *lines], chance.sample(lines, len(lines)), ["", *lines]):
        assert read("\r\n".join([header, *mixed])) == expected
    assert read("\ufeff" + text) == expected
    assert read(decode(text.encode("utf-8-sig"))) == expected


@given(decisions(), st.data())
def test_no_character_can_be_changed_unseen(decision: Decision, data: st.DataObject):
    text = write([decision]).split("\n")[1]
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(exclude_categories=["Cs"]))
    changed = text[:place] + other + text[place + 1 :]
    try:
        found = read(HEADER + changed)
    except DecisionError:
        return
    # Blanks between the fields, and letters written otherwise, say the same.
    assert found in ([decision], [])
    assert found == [decision] or not changed.strip()


def test_the_order_is_that_of_time():
    late, early = rename("A", "2026-11-24T17:05:01Z"), rename("B", WHEN)
    assert read(write([late, early])) == [early, late]


def test_what_people_write_stands_as_they_wrote_it():
    text = write([rename("通义千问\u2028é")])
    assert "通义千问\u2028é" in text
    assert "\\u" not in text


@pytest.mark.parametrize("version", [2, 0, "1", None, True, 10**400, 1.5])
def test_another_version_is_named(version: object):
    with pytest.raises(DecisionError, match="this modelkin reads version 1") as raised:
        read(json.dumps({"modelkin": "decisions", "version": version}) + "\n" + line(rename()))
    assert len(str(raised.value)) < 300


BAD = [
    ("[]", "no JSON object"),
    ("{", "no JSON"),
    ("9" * 10_000, "no JSON"),
    ("[" * 200_000, "no JSON"),
    ("<<<<<<< ours", "no JSON"),
    ('{"id": "x"}', "no kind, arguments, author, time, reason"),
    (line(rename(), mood="good"), 'unknown "mood"'),
    (line(rename(), kind="marry"), 'unknown kind "marry"'),
    (line(rename(), kind=7), "kind is no text: 7"),
    (line(rename(), author=None), "author is no text"),
    (line(rename(), author=""), "an author"),
    (line(rename(), time="2026-11-24"), "no time like"),
    (line(rename(), time="2026-13-24T17:05:00Z"), "no time like"),
    (line(rename(), time="٢٠٢٦-11-24T17:05:00Z"), "no time like"),
    (line(rename(), arguments=[]), "no JSON object"),
    (line(rename(), arguments={"author": "x"}), 'unknown argument "author"'),
    (line(rename(), arguments={"entity": "model/phi-9"}), "needs entity, name"),
    (line(rename(), arguments={"entity": "phi-9", "name": "A"}), 'entity cannot be "phi-9"'),
    (line(rename(), arguments={"entity": ["model/phi-9"], "name": "A"}), "entity cannot be"),
    (line(rename(), arguments={"entity": "model/phi-9", "name": " "}), "name cannot be"),
    (line(rename(), arguments={"entity": "model/phi-9", "name": "\ud800"}), "was changed"),
    (line(rename(), author="\ud800"), "was changed"),
    (line(rename(), kind="undo", arguments={"decision": "xyz"}), "decision cannot be"),
    (
        line(
            rename(),
            kind="reject",
            arguments={"subject": "model/a", "predicate": "likes", "object": "model/b"},
        ),
        'predicate cannot be "likes"',
    ),
    (
        line(
            rename(),
            kind="reject",
            arguments={"subject": "model/a", "predicate": "openness", "object": "open"},
        ),
        'object cannot be "open"',
    ),
    (line(rename(), id="0" * 16), "was changed"),
    (line(rename(), reason="another"), "was changed"),
    (line(rename(), time="2026-11-24T17:05:01Z"), "was changed"),
]


@pytest.mark.parametrize(("text", "words"), BAD, ids=[words for _, words in BAD])
def test_what_is_wrong_is_named_with_its_line(text: str, words: str):
    with pytest.raises(DecisionError, match=r"^line 3: ") as raised:
        read(HEADER + line(rename("B")) + "\n" + text + "\n" + line(rename("C")))
    assert words in str(raised.value)
    assert len(str(raised.value)) < 400


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_no_file_of_decisions(text: str):
    with pytest.raises(DecisionError, match="is empty"):
        read(text)


def test_a_file_without_its_first_line_is_refused():
    for text in (line(rename()), '{"record": "header"}'):
        with pytest.raises(DecisionError, match="line 1: the file does not begin with"):
            read(text)


def test_bytes_are_utf_8_and_not_too_many(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(DecisionError, match="line 2: the text is not UTF-8"):
        decode(HEADER.encode() + "千问".encode("gbk"))
    monkeypatch.setattr(decision_file, "LARGEST", 10)
    with pytest.raises(DecisionError, match="larger than"):
        decode(b"x" * 11)
    assert LARGEST == 50_000_000


# Order


@given(st.randoms(use_true_random=False))
def test_an_undoing_comes_after_what_it_takes_back(chance: random.Random):
    first = rename()
    chain = [first]
    for _ in range(6):
        chain.append(undo(chain[-1]))
    other = undo(first, "2020-01-01T00:00:00Z")
    given = [*chain, other, rename("B")]
    ordered = in_order(chance.sample(given, len(given)))
    assert sorted(ordered, key=given.index) == given
    assert [d for d in ordered if d in chain] == chain
    assert ordered.index(other) > ordered.index(first)
    assert in_order(reversed(ordered)) == ordered


def test_undoings_without_end_are_refused():
    chain = [rename()]
    for _ in range(2000):
        chain.append(undo(chain[-1]))
    assert read(write(chain)) == sorted(chain, key=lambda decision: decision.id)
    with pytest.raises(DecisionError, match="more than 100 times"):
        in_order(chain)


def test_what_is_undone_may_be_elsewhere():
    alone = undo(rename())
    assert in_order([alone]) == [alone]

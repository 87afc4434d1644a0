"""`modelkin decide`: what was turned down is kept, what is upheld ends a conflict."""

import json

import pytest
from read_articles import said


@pytest.mark.parametrize(
    ("subject", "predicate", "object", "id"),
    [
        ("Phi-9", "developedBy", "upstage", "organization/upstage"),
        ("feiniao-7b", "DEVELOPED_BY", "百川智能", "organization/百川智能"),
    ],
)
def test_what_is_rejected_is_kept_and_ends_the_conflict(
    ask, run, state, subject, predicate, object, id
):
    before = state()
    conflicts = json.loads(run("conflicts", subject, "--format", "json").out)
    assert conflicts
    [told] = ask("decide", "reject", subject, predicate, object, "--reason", "slip")
    assert told["kind"] == "reject"
    assert told["claims gone"] == told["new candidates"] == 1
    assert run("conflicts", subject).code == 0
    assert id not in str(ask("show", subject))
    shown = json.loads(run("show", subject, "--candidates", "--format", "json").ok())
    [turned_down] = [edge for edge in shown["out"] if edge["object"] == id]
    assert [claim["kind"] for claim in turned_down["evidence"]] == ["rejected"]
    for kind in ("reject", "uphold"):
        again = run("decide", kind, subject, predicate, object)
        assert again.code == 2
        assert f"was rejected by the decision {told['decision']}" in again.err
    ask("decisions", "undo", told["decision"])
    assert state() == before


@pytest.mark.parametrize(("subject", "object"), [("Phi-9", "Microsoft"), ("Feiniao-7B", "智谱AI")])
def test_what_is_upheld_ends_the_conflict(ask, run, state, subject, object):
    before = state()
    ask("decide", "uphold", subject, "developedBy", object)
    assert run("conflicts", subject).code == 0
    assert state() == before
    assert run("decide", "uphold", subject, "developedBy", object).code == 2


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "key"),
    [
        ("Heron-7B-Chat", "parameters", "7b", '"7B"^^string'),
        ("Feiniao-7B", "openness", "open", '"open"^^string'),
        ("Feiniao-7B", "openness", "开源", '"open"^^string'),
    ],
)
def test_values_are_named_as_people_write_them(ask, run, tmp_path, subject, predicate, value, key):
    ask("decide", "reject", subject, predicate, value)
    [decision] = ask("decisions", "list")
    assert decision["arguments"]["object"] == key
    run("export", "facts.jsonl").ok()
    facts = said((tmp_path / "facts.jsonl").read_bytes())
    assert not [s for s in facts if s[0] == f"model/{subject.lower()}" and s[1] == predicate]


def test_only_what_is_said_can_be_decided(ask, run, state):
    before = state()
    for arguments, words in (
        (("Phi-9", "developedBy", "Nobody"), "what is said: Microsoft, Upstage"),
        (("Phi-9", "developedBy", "智谱AI"), "nothing says Phi-9 developedBy"),
        (("Phi-9", "openness", "open"), "modelkin show model/phi-9"),
        (("Heron-7B-Chat", "parameters", "8B"), "what is said: 7B"),
        (("Nobody", "openness", "open"), "named 'Nobody'"),
        (("Phi-9", "likes", "Microsoft"), "no predicate 'likes'"),
        (("Phi-9", "developedBy"), "Missing argument"),
    ):
        for kind in ("reject", "uphold"):
            result = run("decide", kind, *arguments)
            assert result.code == 2, arguments
            assert words in result.err
            assert "Traceback" not in result.err
    assert state() == before
    assert ask("decisions", "list", "--all") == []

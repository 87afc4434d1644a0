"""`modelkin entities`: what people decide changes the graph, and nothing is lost; what cannot be
decided changes nothing."""

import json

import pytest
from read_articles import EGRET, EGRET_ZH, article, said

from modelkin.graph.stores import open_store
from modelkin.ontology.identifiers import entity_id
from modelkin.ontology.terms import EntityType


def named(state: bytes) -> dict[str, list[str]]:
    """Give the names of each entity of an export, that by which it is shown first."""
    records = [json.loads(line) for line in state.decode().splitlines()]
    return {r["id"]: [r["name"], *r["aliases"]] for r in records if r["record"] == "entity"}


# Merging


@pytest.mark.parametrize(
    ("one", "other", "kept", "gone"),
    [
        ("智谱AI", "百川智能", "organization/百川智能", "organization/智谱-ai"),
        ("upstage", "MICROSOFT", "organization/microsoft", "organization/upstage"),
        ("青禾", "model/qinghe", "model/qinghe", "model/青禾"),
    ],
)
def test_a_is_what_b_is_until_it_is_taken_back(ask, run, state, one, other, kept, gone):
    before = state()
    [told] = ask("entities", "merge", one, other, "--author", "王")
    assert told["kind"] == "merge"
    assert told["claims gone"] >= 1
    names = named(state())
    assert gone not in names
    assert set(names[kept]) == set(named(before)[kept]) | set(named(before)[gone])
    assert gone not in str(said(state()))
    [link] = ask("entities", "links", kept)
    assert {link["one"], link["other"]} == {kept, gone}
    assert (link["score"], link["reason"]) == (1.0, "decided")
    [back] = ask("decisions", "undo", str(told["decision"])[:8])
    assert back["kind"] == "undo"
    assert state() == before


def test_an_id_that_became_a_part_is_still_found(ask, run, state):
    ask("entities", "merge", "智谱AI", "百川智能")
    again = run("entities", "merge", "organization/智谱-ai", "百川智能")
    assert again.code == 2
    assert "one thing already" in again.err
    ask("entities", "rename", "organization/智谱-ai", "Both")
    assert named(state())["organization/百川智能"][0] == "Both"


# Apart and review


def test_review_lists_what_is_alike_until_somebody_decides(ask, run):
    pairs = {(row["one"], row["other"]) for row in ask("entities", "review")}
    guilds = ("organization/granite-guidl", "organization/granite-guild")
    greens = ("model/qinghe", "model/青禾")
    assert pairs == {guilds, greens}
    [row] = ask("entities", "review", "--type", "organization")
    assert (row["name"], row["other name"]) == ("Granite Guidl", "Granite Guild")
    assert row["reason"]
    assert 0.5 <= row["score"] <= 1
    assert len(ask("entities", "review", "--limit", 1)) == 1
    assert ask("entities", "review", "--least", 0.99) == []

    [told] = ask("entities", "apart", "Granite Guild", "granite-guidl")
    assert {(r["one"], r["other"]) for r in ask("entities", "review")} == {greens}
    ask("entities", "merge", "青禾", "Qinghe")
    assert ask("entities", "review") == []
    ask("decisions", "undo", told["decision"])
    assert {(r["one"], r["other"]) for r in ask("entities", "review")} == {guilds}
    assert "0<=x<=1" in run("entities", "review", "--least", 2).err


def test_what_is_kept_apart_stays_apart_when_one_of_it_is_merged_further(ask, run):
    ask("entities", "apart", "Granite Guild", "Granite Guidl")
    ask("entities", "merge", "Granite Guild", "Microsoft")
    result = run("entities", "merge", "Granite Guidl", "Microsoft")
    assert result.code == 2
    assert "kept apart by the decision" in result.err
    assert "modelkin decisions undo" in result.err


def test_names_that_an_article_joined_can_be_told_apart(ask, run, state):
    before = state()
    [link] = ask("entities", "links", "Egret AI")
    assert {link["one"], link["other"]} == {EGRET, EGRET_ZH}
    [told] = ask("entities", "apart", "白鹭智能", "Egret AI")
    assert {EGRET, EGRET_ZH} <= set(named(state()))
    assert ask("entities", "links", "Heron-7B") == []
    ask("decisions", "undo", told["decision"])
    assert state() == before
    ask("entities", "apart", EGRET, EGRET_ZH)
    assert {EGRET, EGRET_ZH} <= set(named(state()))
    refused = run("entities", "apart", "Phi-9", "phi 9")
    assert refused.code == 2
    assert "one name" in refused.err


# Splitting


def document(ask, title: str) -> str:
    [found] = [row["id"] for row in ask("documents") if row["title"] == title]
    return str(found)


@pytest.mark.parametrize(
    ("name", "new", "id", "title"),
    [
        ("Phi-9", "Phi-9 of Upstage", "model/phi-9-of-upstage", "en3"),
        ("feiniao-7b", "飞鸟七号", "model/飞鸟七号", "zh3"),
    ],
)
def test_what_a_document_means_is_another_thing(ask, run, state, name, new, id, title):
    before = state()
    [told] = ask("entities", "split", name, "--as", new, "--document", document(ask, title)[:10])
    assert told["kind"] == "split"
    assert named(state())[id][0] == new
    assert [s[0] for s in said(state()) if s[0] == id]
    assert named(state()).keys() > named(before).keys()
    ask("decisions", "undo", told["decision"])
    assert state() == before


def test_a_name_that_was_joined_is_another_thing(ask, run, state):
    ask("entities", "split", "Egret AI", "--as", "白鹭科学院", "--name", "白鹭智能")
    names = named(state())
    assert names["organization/白鹭科学院"][0] == "白鹭科学院"
    assert names[EGRET] == ["Egret AI"]
    assert ("model/heron-7b", "developedBy", "organization/白鹭科学院") in said(state())
    assert ("model/heron-13b", "developedBy", EGRET) in said(state())


def test_one_decision_for_each_id_that_is_split(ask, run, state):
    before = state()
    names = ("--name", "Egret AI", "--name", "白鹭智能")
    told = ask("entities", "split", "Egret AI", "--as", "Heronry", *names)
    assert [row["kind"] for row in told] == ["split", "split"]
    parted = {d["arguments"]["entity"]: d["arguments"]["names"] for d in ask("decisions", "list")}
    assert parted == {EGRET: ["Egret AI"], EGRET_ZH: ["白鹭智能"]}
    assert not {EGRET, EGRET_ZH} & set(named(state()))
    assert {s[2] for s in said(state()) if s[0].startswith("model/heron-1")} == {
        "organization/heronry"
    }
    for row in told:
        ask("decisions", "undo", row["decision"])
    assert state() == before


@pytest.mark.parametrize(("name", "new"), [("李明", "李小明"), ("Ann Example", "Annie")])
def test_of_people_who_share_a_name_documents_tell(ask, run, state, tmp_path, name, new):
    person = entity_id(EntityType.PERSON, name)
    with open_store(tmp_path / "modelkin.db", read_only=False) as store:
        for number, firm in enumerate(("Microsoft", "Upstage", "Upstage")):
            employer = entity_id(EntityType.ORGANIZATION, firm)
            names = ((EntityType.PERSON, (name,)), (EntityType.ORGANIZATION, (firm,)))
            told = ((person, "affiliatedWith", employer),)
            store.merge(article(f"zh of {number}", f"{name} · {firm} · {number}", names, told))
    both = run("entities", "rename", name, "Somebody")
    assert both.code == 2
    assert f"{person}~upstage" in both.err
    here = ("--as", new, "--document", document(ask, "zh of 2"))
    by_name = run("entities", "split", f"{person}~upstage", "--as", new, "--name", name)
    assert by_name.code == 2
    assert "--document ID" in by_name.err
    ask("entities", "split", f"{person}~upstage", *here)
    employers = {s[0]: s[2] for s in said(state()) if s[1] == "affiliatedWith"}
    assert employers == {
        f"{person}~microsoft": "organization/microsoft",
        f"{person}~upstage": "organization/upstage",
        entity_id(EntityType.PERSON, new): "organization/upstage",
    }


def test_a_split_needs_something_that_is_there(ask, run, state):
    before = state()
    here = document(ask, "en1")
    for arguments, words in (
        (("Phi-9", "--as", "Phi-X"), "--name or --document"),
        (("Phi-9", "--document", here), "--as"),
        (("Phi-9", "--as", " ", "--document", here), "it is empty"),
        (("Phi-9", "--as", "Phi-X", "--name", "Psi"), "no name 'Psi'"),
        (("Phi-9", "--as", "Phi-X", "--document", "0" * 32), "no document"),
        (("Phi-9", "--as", "Phi-X", "--document", here[:2]), "4 digits"),
        (("Phi-9", "--as", "Phi-X", "--document", here), "does not speak of"),
        (("Phi-9", "--as", "phi 9", "--name", "Phi-9"), "itself"),
    ):
        result = run("entities", "split", *arguments)
        assert result.code == 2, arguments
        assert words in result.err
        assert result.out == ""
    assert state() == before
    assert ask("decisions", "list", "--all") == []


# Names


@pytest.mark.parametrize(("name", "shown"), [("白鹭智能", "Egret"), ("phi-9", "菲九")])
def test_renaming(ask, run, state, name, shown):
    before = state()
    [told] = ask("entities", "rename", name, shown)
    [(id, names)] = [(id, names) for id, names in named(state()).items() if names[0] == shown]
    assert set(names) == {*named(before)[id], shown}
    # Of one second, the later decision holds.
    [again] = ask("entities", "rename", name, "Third")
    [last] = ask("entities", "rename", name, "Second")
    assert named(state())[id][0] == "Second"
    for decision in (last, again, told):
        ask("decisions", "undo", decision["decision"])
    assert state() == before


@pytest.mark.parametrize("name", ["微软", "Redmond Labs"])
def test_another_name_holds_for_what_is_read_later(ask, run, state, tmp_path, name):
    ask("entities", "alias", "add", "Microsoft", name)
    assert name in named(state())["organization/microsoft"]
    id = entity_id(EntityType.ORGANIZATION, name)
    named_so = ((EntityType.ORGANIZATION, (name,)), (EntityType.MODEL, ("Stork-9B",)))
    later = article("zh", f"{name}: Stork-9B", named_so, (("model/stork-9b", "developedBy", id),))
    with open_store(tmp_path / "modelkin.db", read_only=False) as store:
        store.merge(later)
    assert ("model/stork-9b", "developedBy", "organization/microsoft") in said(state())


# What every command that decides does


WRITING = [
    ("entities", "merge", "智谱AI", "Microsoft"),
    ("entities", "apart", "白鹭智能", "Egret AI"),
    ("entities", "split", "Egret AI", "--as", "Heronry", "--name", "白鹭智能"),
    ("entities", "rename", "Phi-9", "菲九"),
    ("entities", "alias", "add", "Microsoft", "微软"),
    ("decide", "reject", "Phi-9", "developedBy", "Upstage"),
    ("decide", "uphold", "Phi-9", "developedBy", "Upstage"),
]


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_a_dry_run_says_the_same_and_writes_nothing(ask, run, state, tmp_path, command):
    before, file = state(), (tmp_path / "modelkin.db").read_bytes()
    tried = run(*command, "--dry-run", "--format", "json")
    assert "dry run: nothing was written" in tried.err
    assert state() == before
    assert (tmp_path / "modelkin.db").read_bytes() == file
    assert ask("decisions", "list", "--all") == []
    done = ask(*command)
    without_id = [{k: v for k, v in row.items() if k != "decision"} for row in done]
    planned = [{k: v for k, v in row.items() if k != "decision"} for row in json.loads(tried.ok())]
    assert planned == without_id
    assert len(ask("decisions", "list")) == len(done) == 1


def test_who_decided_and_why_is_kept(ask, run):
    ask("entities", "rename", "Phi-9", "A", "--author", "王 芳", "--reason", "看起来\u0065\u0301对")
    ask("entities", "rename", "Phi-9", "B", MODELKIN_AUTHOR="李明")
    ask("entities", "rename", "Phi-9", "C", MODELKIN_AUTHOR="", LOGNAME="ann")
    told = [(d["author"], d["reason"]) for d in ask("decisions", "list")]
    assert told == [("王 芳", "看起来é对"), ("李明", ""), ("ann", "")]
    times = [str(d["time"]) for d in ask("decisions", "list")]
    assert times == sorted(set(times))
    assert run("entities", "rename", "Phi-9", "D", "--author", " ").code == 2
    assert len(ask("decisions", "list")) == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("merge", "Nobody", "Microsoft"), "no entity is named 'Nobody'"),
        (("merge", "organization/nobody", "Microsoft"), "organization/nobody"),
        (("merge", "Phi-9", "Microsoft"), "different types"),
        (("merge", "Microsoft", "microsoft"), "one thing already"),
        (("merge", "Microsoft"), "Missing argument"),
        (("apart", "Phi-9", "智谱AI"), "different types"),
        (("rename", "Phi-9", " "), "it is empty"),
        (("rename", "Nobody", "x"), "Nobody"),
        (("alias", "add", "Nobody", "x"), "Nobody"),
        (("alias", "add", "Phi-9"), "Missing argument"),
        (("links", "无名氏"), "无名氏"),
        (("marry", "a", "b"), "No such command"),
    ],
    ids=str,
)
def test_what_cannot_be_decided_changes_nothing(ask, run, state, arguments, words):
    before = state()
    result = run("entities", *arguments)
    assert result.code == 2
    assert words in result.err
    assert "Traceback" not in result.err
    assert result.out == ""
    assert state() == before
    assert ask("decisions", "list", "--all") == []


def test_a_merge_in_a_circle_changes_nothing(ask, run, state):
    ask("entities", "merge", "智谱AI", "百川智能")
    ask("entities", "merge", "百川智能", "Microsoft")
    before = state()
    for one, other in (("Microsoft", "智谱AI"), ("organization/智谱-ai", "Microsoft")):
        assert run("entities", "merge", one, other).code == 2
    assert state() == before
    assert len(ask("decisions", "list", "--all")) == 2


def test_a_name_of_two_entities_is_listed(ask, run):
    ask("entities", "rename", "智谱AI", "Twin")
    ask("entities", "rename", "百川智能", "Twin")
    result = run("entities", "merge", "Twin", "Microsoft")
    assert result.code == 2
    assert "organization/智谱-ai" in result.err
    assert "organization/百川智能" in result.err


def test_a_store_that_is_not_there_is_not_made(run, tmp_path):
    for command in WRITING:
        assert run(*command).code == 4
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command",
    [
        *(("entities", c) for c in ("review", "merge", "split", "rename", "apart", "links")),
        ("entities", "alias"),
        ("entities", "alias", "add"),
        *(("decide", c) for c in ("reject", "uphold")),
        *(("decisions", c) for c in ("list", "undo", "export", "import")),
    ],
    ids=" ".join,
)
def test_every_command_has_help_with_examples(run, command):
    out = run(*command, "--help").ok()
    assert "Examples:" in out
    assert "modelkin " + " ".join(command) in out

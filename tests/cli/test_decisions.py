"""`modelkin decisions`: the log, taking back, and files that carry decisions to other stores."""

import json
import shutil
from pathlib import Path

import pytest
from read_articles import ARTICLES, read

from modelkin.cli.deciding import as_one
from modelkin.graph.decision_file import write
from modelkin.graph.errors import StoreError
from modelkin.graph.stores import open_store
from modelkin.ontology.decision import Decision, DecisionKind

HEADER = '{"modelkin": "decisions", "version": 1}\n'
WHEN = "2026-11-24T17:05:00Z"


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store of articles about which several things were decided; tests only copy it."""
    store = tmp_path_factory.mktemp("decisions") / "decided.db"
    read(store, *ARTICLES)
    merge = decision(
        DecisionKind.MERGE, 0, entity="organization/智谱-ai", into="organization/microsoft"
    )
    undone = decision(DecisionKind.RENAME, 1, entity="model/phi-9", name="菲九")
    with open_store(store, read_only=False) as opened:
        for one in (
            merge,
            undone,
            decision(DecisionKind.UNDO, 2, decision=undone.id),
            decision(DecisionKind.ALIAS, 3, entity="organization/egret-ai", name="白鹭"),
            decision(
                DecisionKind.REJECT,
                4,
                subject="model/heron-7b-chat",
                predicate="parameters",
                object='"7B"^^string',
            ),
            decision(DecisionKind.APART, 5, entity="model/heron-7b", other="model/heron-7b-chat"),
        ):
            opened.decide(one)
    return store


def decision(kind: DecisionKind, second: int, **arguments: str) -> Decision:
    time = f"2026-01-01T00:00:{second:02}Z"
    return Decision.of(kind, author="王", time=time, reason="因为", **arguments)


@pytest.fixture
def here(decided: Path, tmp_path: Path) -> Path:
    """Give a copy of the store, under the name that commands look for."""
    shutil.copy(decided, tmp_path / "modelkin.db")
    return tmp_path


def state(run, folder: Path, store: str = "modelkin.db") -> bytes:  # type: ignore[no-untyped-def]
    run("--store", store, "export", "state.jsonl", "--candidates").ok()
    return (folder / "state.jsonl").read_bytes()


def listed(run, *arguments: str) -> list[dict[str, object]]:  # type: ignore[no-untyped-def]
    found: list[dict[str, object]] = json.loads(
        run("decisions", "list", *arguments, "--format", "json").ok()
    )
    return found


def test_those_in_force_are_listed_and_all_when_asked(run, here):
    assert [d["kind"] for d in listed(run)] == ["merge", "alias", "reject", "apart"]
    everything = listed(run, "--all")
    assert [d["kind"] for d in everything][:3] == ["merge", "rename", "undo"]
    assert everything[1]["taken back by"] == everything[2]["id"]
    assert [d["taken back by"] for d in everything if d["kind"] != "rename"] == [None] * 5
    table = run("decisions", "list").ok()
    assert "entity organization/egret-ai, name 白鹭" in table
    assert "因为" in table


def test_taking_back_and_bringing_back(run, here):
    before = state(run, here)
    everything = listed(run, "--all")
    merge, rename, undo = (str(d["id"]) for d in everything[:3])

    def undone(id: str) -> str:
        answer = run("decisions", "undo", id, "--author", "ann", "--format", "json").ok()
        return str(json.loads(answer)[0]["decision"])

    first = undone(merge[:6])
    without = state(run, here)
    assert without != before
    assert "organization/智谱-ai" in without.decode()
    again = run("decisions", "undo", merge)
    assert again.code == 2
    assert f"taken back already, by {first}" in again.err
    second = undone(first)
    assert state(run, here) == before
    undone(second)
    assert state(run, here) == without
    undone(undo)
    assert '"name": "菲九"' in state(run, here).decode()
    assert rename in {d["id"] for d in listed(run)}
    for id in ("", "0", merge[:3], "f" * 16, "菲九"):
        result = run("decisions", "undo", id)
        assert result.code == 2
        assert "there is no decision" in result.err
    assert run("decisions", "undo").code == 2


def test_a_beginning_of_several_ids_is_refused(run, here):
    with open_store(here / "modelkin.db", read_only=False) as store:
        starts: dict[str, str] = {}
        for second in range(2000):
            one = Decision.of(
                DecisionKind.RENAME,
                author="ann",
                time=WHEN,
                entity="model/phi-9",
                name=f"name {second}",
            )
            if one.id[:4] in starts:
                store.decide(one)
                store.decide(decision_of(starts[one.id[:4]]))
                break
            starts[one.id[:4]] = one["name"]
        else:
            pytest.fail("no two ids begin alike")
    result = run("decisions", "undo", one.id[:4])
    assert result.code == 2
    assert one.id in result.err
    assert "may be 2 decisions" in result.err


def decision_of(name: str) -> Decision:
    return Decision.of(
        DecisionKind.RENAME, author="ann", time=WHEN, entity="model/phi-9", name=name
    )


# Files


@pytest.mark.parametrize("articles_first", [True, False])
def test_the_same_articles_and_decisions_make_the_same_graph(run, here, articles_first):
    run("decisions", "export", "decisions.jsonl").ok()
    before = state(run, here)
    names = sorted(ARTICLES, reverse=True)
    if articles_first:
        read(here / "fresh.db", *names)
        run("--store", "fresh.db", "decisions", "import", "decisions.jsonl").ok()
    else:
        read(here / "fresh.db")
        run("--store", "fresh.db", "decisions", "import", "decisions.jsonl").ok()
        read(here / "fresh.db", *names)
    assert state(run, here, "fresh.db") == before
    run("--store", "fresh.db", "decisions", "export", "again.jsonl").ok()
    assert (here / "again.jsonl").read_bytes() == (here / "decisions.jsonl").read_bytes()


def test_so_do_articles_that_are_read_by_the_command_in_another_order(run, tmp_path):
    texts = {
        "zh": "7月19日,Meta发布了Llama 2。Stability AI的Stable Beluga 2基于Llama 2微调而来。\n",
        "en": "Meta released Llama 2. Stable Beluga 2, made by Stability AI, is fine-tuned from "
        "Llama 2.\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    run("ingest", "--bare", "zh.md", "en.md").ok()
    run("entities", "rename", "stable beluga 2", "稳定白鲸").ok()
    run("entities", "merge", "稳定白鲸", "Llama 2", "--reason", "wrong").ok()
    [_, merge] = listed(run)
    run("decisions", "undo", str(merge["id"])).ok()
    run("decide", "reject", "稳定白鲸", "派生自", "llama2").ok()
    run("entities", "alias", "add", "Meta", "脸书").ok()
    run("decisions", "export", "decisions.jsonl").ok()
    fresh = ("--store", "fresh.db")
    run(*fresh, "ingest", "--bare", "en.md").ok()
    run(*fresh, "decisions", "import", "decisions.jsonl").ok()
    run(*fresh, "ingest", "zh.md").ok()
    told = state(run, tmp_path, "fresh.db")
    assert told == state(run, tmp_path)
    assert "稳定白鲸" in told.decode()
    assert '"rejected"' in told.decode()


def test_a_file_fits_version_control(run, here):
    text = run("decisions", "export").ok()
    assert run("decisions", "export", "-").ok() == text
    assert "wrote log.jsonl" in run("decisions", "export", "log.jsonl").err
    assert (here / "log.jsonl").read_bytes() == text.encode()
    header, *lines = text.splitlines()
    assert header + "\n" == HEADER
    assert len(lines) == 6
    assert all("王" in line and "因为" in line for line in lines)
    assert list(json.loads(lines[0])) == ["id", "kind", "arguments", "author", "time", "reason"]
    assert run("decisions", "export", "no/such/folder.jsonl").code == 6


def test_what_is_there_already_changes_nothing(run, here):
    before, text = state(run, here), run("decisions", "export").ok()
    answer = run("decisions", "import", "-", "--format", "json", input=text.encode()).ok()
    told = {row["what"]: row["count"] for row in json.loads(answer)}
    assert told.pop("known already") == 6
    assert set(told.values()) == {0}
    assert state(run, here) == before


def test_order_line_ends_and_marks_do_no_harm(run, here):
    before, text = state(run, here), run("decisions", "export").ok()
    header, *lines = text.splitlines()
    for index, mixed in enumerate((lines[::-1], [*lines[3:], "", *lines])):
        data = "\ufeff" + "\r\n".join([header, *mixed, ""])
        read(here / f"fresh-{index}.db", *ARTICLES)
        store = ("--store", f"fresh-{index}.db")
        run(*store, "decisions", "import", "-", input=data.encode()).ok()
        assert state(run, here, store[1]) == before
        assert run(*store, "decisions", "export").ok() == text


def test_a_dry_run_counts_and_writes_nothing(run, here):
    run("decisions", "export", "decisions.jsonl").ok()
    read(here / "fresh.db", *ARTICLES)
    before, file = state(run, here, "fresh.db"), (here / "fresh.db").read_bytes()
    arguments = ("--store", "fresh.db", "decisions", "import", "decisions.jsonl")
    tried = run(*arguments, "--dry-run", "--format", "json")
    assert "dry run: nothing was written" in tried.err
    assert (here / "fresh.db").read_bytes() == file
    assert state(run, here, "fresh.db") == before
    done = run(*arguments, "--format", "json").ok()
    assert tried.ok() == done
    told = {row["what"]: row["count"] for row in json.loads(done)}
    assert told["new decisions"] == 6
    assert told["new claims"] > 0
    [row] = json.loads(
        run("decisions", "undo", str(listed(run)[0]["id"]), "--dry-run", "--format", "json").ok()
    )
    assert row["new claims"] > 0
    assert len(listed(run, "--all")) == 6


GOOD = write([decision_of("A")]).splitlines()[1]
CIRCLE = write(
    [
        Decision.of(DecisionKind.MERGE, author="b", time=WHEN, entity=one, into=other)
        for one, other in (
            ("organization/upstage", "organization/microsoft"),
            ("organization/microsoft", "organization/upstage"),
        )
    ]
)
ACROSS = write(
    [
        decision_of("A"),
        Decision.of(
            DecisionKind.MERGE,
            author="b",
            time=WHEN,
            entity="model/phi-9",
            into="organization/upstage",
        ),
    ]
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        (GOOD, "line 1: the file does not begin with"),
        ('{"modelkin": "decisions", "version": 2}\n', "version 2 of their format; this modelkin"),
        (HEADER + GOOD + "\n<<<<<<< ours\n", "line 3: this is no JSON"),
        (HEADER + GOOD.replace('"A"', '"B"'), "line 2: the decision was changed"),
        (HEADER + GOOD.replace('"rename"', '"marry"'), 'line 2: unknown kind "marry"'),
        (CIRCLE, "merged already"),
        (ACROSS, "different types"),
        (
            write([Decision.of(DecisionKind.UNDO, author="b", time=WHEN, decision="0" * 16)]),
            "there is no decision 0000000000000000",
        ),
    ],
)
def test_a_bad_file_changes_nothing(run, here, text, words):
    before = state(run, here)
    for extra in ((), ("--dry-run",)):
        result = run("decisions", "import", "-", *extra, input=text.encode())
        assert result.code == 2
        assert words in result.err
        assert result.out == ""
        assert "Traceback" not in result.err
    assert state(run, here) == before
    assert len(listed(run, "--all")) == 6


def test_what_is_no_file_of_decisions_is_named(run, here):
    (here / "gbk.jsonl").write_bytes(HEADER.encode() + "通义千问".encode("gbk"))
    for name, words in (
        ("missing.jsonl", "missing.jsonl"),
        (".", "cannot read ."),
        ("gbk.jsonl", "line 2: the text is not UTF-8"),
    ):
        result = run("decisions", "import", name)
        assert result.code == 2
        assert words in result.err
        assert "Traceback" not in result.err
    assert run("decisions", "import").code == 2
    assert run("--store", "none.db", "decisions", "list").code == 4
    (here / "log.jsonl").write_text(HEADER, encoding="utf-8")
    assert run("--store", "none.db", "decisions", "import", "log.jsonl").code == 4
    assert not (here / "none.db").exists()


# Time, and stores of other kinds


def test_a_clock_that_went_wrong_drags_no_other_along(run, here):
    with open_store(here / "modelkin.db", read_only=False) as store:
        store.decide(
            Decision.of(
                DecisionKind.RENAME,
                author="ann",
                time="2999-01-01T00:00:00Z",
                entity="model/phi-9",
                name="A",
            )
        )
    run("entities", "rename", "feiniao-7b", "飞鸟").ok()
    [decided] = [d for d in listed(run) if d["arguments"].get("name") == "飞鸟"]
    assert str(decided["time"]) < "2999"


class Elsewhere:
    """A store that cannot make several writes one."""

    location = "bolt://example.org"


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_store_without_transactions_says_so(dry_run: bool):
    with (
        pytest.raises(StoreError, match="has no transactions"),
        as_one(Elsewhere(), dry_run),  # type: ignore[arg-type]
    ):
        pytest.fail("it was tried all the same")

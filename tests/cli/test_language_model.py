"""``--extractor llm``: from the command line to a language model, and into a store."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "contracts"))

from chat_server import Asked, ChatServer, Reply, chat_server, said

KEY = "sk-hunter2"
ZH = "# 开源周报\n\n石场实验室发布了Quarry-7B，含70亿参数。Quarry-7B基于Llama 2微调而来。\n"
EN = "# Weekly\n\nQuarry Labs released Quarry-7B. It is fine-tuned from Llama 2.\n"


def answer(asked: Asked) -> object:
    zh = "石场实验室" in asked.text
    maker = "石场实验室" if zh else "Quarry Labs"
    quote = "石场实验室发布了Quarry-7B" if zh else "Quarry Labs released Quarry-7B"
    tuned = "Quarry-7B基于Llama 2微调" if zh else "It is fine-tuned from Llama 2"
    true = {"subject": "Quarry-7B", "qualifiers": {}}
    return said(
        (maker, "Organization"),
        ("Quarry-7B", "Model"),
        ("Llama 2", "Model"),
        relations=[
            true | {"predicate": "developedBy", "object": maker, "quote": quote},
            true
            | {"predicate": "derivedFrom", "object": "Llama 2", "quote": tuned}
            | {"qualifiers": {"method": "finetune"}},
            true | {"predicate": "succeeds", "object": "Llama 2", "quote": "not in the text"},
        ],
    )


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with chat_server(answer) as running:
        yield running


@pytest.fixture
def options(server: ChatServer) -> list[str]:
    return ["--extractor", "llm", "--llm-url", server.url, "--llm-model", "stub"]


@pytest.mark.parametrize(("lang", "text"), [("zh", ZH), ("en", EN)])
def test_extract(run, tmp_path, server, options, lang, text):
    (tmp_path / "news.md").write_text(text, encoding="utf-8")
    result = run("extract", "news.md", *options, MODELKIN_LLM_KEY=KEY)
    record = json.loads(result.ok())
    assert record["lang"] == lang
    assert [r["predicate"] for r in record["relations"]] == ["developedBy", "derivedFrom"]
    for relation in record["relations"]:
        assert text[relation["start"] : relation["end"]] == relation["evidence"]
        assert relation["rule"].startswith("llm@stub-")
    assert "1 a quote that is not in the text" in result.err
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in result.out + result.err


def test_ingest_and_lineage(run, tmp_path, options):
    (tmp_path / "news.md").write_text(EN, encoding="utf-8")
    run("ingest", "news.md", *options, "--bare", MODELKIN_LLM_KEY=KEY).ok()
    lineage = run("lineage", "Quarry-7B", "--why").ok()
    assert "Llama 2" in lineage
    assert "It is fine-tuned from Llama 2." in lineage
    with sqlite3.connect(tmp_path / "modelkin.db") as store:
        assert KEY not in "".join(store.iterdump())
    store.close()
    again = run("ingest", "news.md", *options, "--format", "json").ok()
    assert {row["count"] for row in json.loads(again)} == {0}


def test_one_failure_leaves_the_rest(run, tmp_path, server, options):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.md").write_text(f"{EN}\n{name}\n", encoding="utf-8")
    server.answers = lambda asked: Reply("no") if asked.text.endswith("\nb") else answer(asked)
    result = run("extract", "a.md", "b.md", "c.md", *options, "--jobs", "3")
    assert result.code == 1
    assert [json.loads(line)["id"] for line in result.out.splitlines()] == ["a", "c"]
    assert "1 failed" in result.err
    assert "b.md" in result.err
    assert "Traceback" not in result.err


def test_a_refused_key_is_told_without_the_key(run, tmp_path, server, options):
    (tmp_path / "news.md").write_text(EN, encoding="utf-8")
    body = json.dumps({"error": {"message": f"wrong key {KEY}"}}).encode()
    server.answers = Reply(status=401, body=body)
    result = run("extract", "news.md", *options, MODELKIN_LLM_KEY=KEY)
    assert result.code == 1
    assert "MODELKIN_LLM_KEY" in result.err
    assert KEY not in result.out + result.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--extractor", "llm"], "--llm-url"),
        (["--extractor", "llm", "--llm-url", "http://127.0.0.1:9/v1"], "--llm-model"),
        (["--extractor", "llm", "--llm-url", "file:///x", "--llm-model", "m"], "no web address"),
        (["--extractor", "llm", "--llm-url", "http://a:b@c/v1", "--llm-model", "m"], "LLM_KEY"),
        (["--extractor", "gpt"], "gpt"),
    ],
)
def test_wrong_usage_is_told(run, tmp_path, arguments, told):
    (tmp_path / "news.md").write_text(EN, encoding="utf-8")
    result = run("extract", "news.md", *arguments)
    assert result.code == 2
    assert told in result.err
    assert "Traceback" not in result.err


def test_a_text_leaves_the_machine_only_when_it_is_typed(run, tmp_path, server):
    (tmp_path / "news.md").write_text(EN, encoding="utf-8")
    settings = f'llm_url = "{server.url}"\nllm_model = "stub"\n'
    (tmp_path / "modelkin.toml").write_text(f"[extract]\n{settings}", encoding="utf-8")
    run("extract", "news.md").ok()
    assert server.requests == []
    (tmp_path / "modelkin.toml").write_text(
        f'[extract]\nextractor = "llm"\n{settings}', encoding="utf-8"
    )
    result = run("extract", "news.md")
    assert result.code == 2
    assert "--extractor llm is typed" in result.err
    result = run("extract", "news.md", MODELKIN_EXTRACT_EXTRACTOR="llm")
    assert result.code == 2
    assert server.requests == []
    run("extract", "news.md", "--extractor", "llm").ok()
    assert len(server.requests) == 1


def test_a_missing_package_is_told_with_the_command_that_helps(tmp_path, options):
    (tmp_path / "news.md").write_text(EN, encoding="utf-8")
    code = (
        "import sys\n"
        "from importlib import util\n"
        "found = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'openai' else found(name, *rest)\n"
        "from modelkin.cli import modelkin\n"
        f"modelkin(['extract', 'news.md', *{options!r}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "pip install 'modelkin[llm]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_of_it_is_loaded_without_it(tmp_path):
    (tmp_path / "news.md").write_text(EN, encoding="utf-8")
    code = (
        "import sys\n"
        "from modelkin.cli import modelkin\n"
        "try: modelkin(['extract', 'news.md'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'openai', 'httpx2', 'modelkin.extract.language_model'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"

"""``modelkin extract``: records whose every claim quotes the text."""

import json

import pytest

ZH = "# 开源周报\n\n阿里云开源了Qwen-7B。Qwen-7B-Chat在Qwen-7B的基础上微调而来,参数量70亿。\n"
EN = "# Weekly\n\nMistral AI released Mistral 7B. Zephyr-7B is fine-tuned from Mistral 7B.\n"


@pytest.mark.parametrize(("lang", "text"), [("zh", ZH), ("en", EN)])
def test_records_quote_the_text(run, tmp_path, lang, text):
    (tmp_path / "news.md").write_text(text, encoding="utf-8")
    [line] = run("extract", "news.md").ok().splitlines()
    record = json.loads(line)
    assert record["id"] == "news"
    assert record["lang"] == lang
    known = {entity["id"] for entity in record["entities"]}
    for entity in record["entities"]:
        assert all(name in text for name in entity["names"])
    assert record["relations"]
    for relation in record["relations"]:
        assert {relation["subject"], relation["object"]} <= known
        assert text[relation["start"] : relation["end"]] == relation["evidence"]
    for attribute in record["attributes"]:
        assert attribute["subject"] in known
        assert text[attribute["start"] : attribute["end"]] == attribute["evidence"]


def test_stdin_gives_one_line_and_makes_no_store(run, tmp_path):
    out = run("extract", "-", input=ZH.encode()).ok()
    assert json.loads(out)["id"] == "stdin"
    assert list(tmp_path.iterdir()) == []


def test_out_writes_a_file_a_document(run, tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.md").write_text(EN + folder, encoding="utf-8")
    run("extract", "a", "b", "--out", "records").ok()
    names = sorted(path.name for path in (tmp_path / "records").iterdir())
    assert names == ["news-2.json", "news.json"]
    assert json.loads((tmp_path / "records" / "news.json").read_text())["id"] == "news"


def test_json_is_one_list(run, tmp_path):
    (tmp_path / "news.md").write_text(EN, encoding="utf-8")
    assert len(json.loads(run("extract", "news.md", "--format", "json").ok())) == 1


def test_what_fails_is_named_and_the_rest_comes(run, tmp_path):
    (tmp_path / "news.md").write_text(EN, encoding="utf-8")
    result = run("extract", "news.md", "missing.md")
    assert result.code == 3
    assert len(result.out.splitlines()) == 1
    assert "missing.md" in result.err

"""Annotated documents are read, or it is said what is wrong in which file."""

import json
from pathlib import Path

import pytest

from modelkin.extract.errors import GoldError, InputError
from modelkin.extract.evaluation.gold import GoldDocument, read_all_gold, read_gold

NEWS = {
    "id": "news",
    "lang": "zh",
    "kind": "news",
    "entities": [
        {"id": "e1", "type": "Model", "name": "听雨", "names": ["听雨", "听雨-13B"]},
        {"id": "e2", "type": "Organization", "name": "青衫科技", "names": ["青衫科技"]},
    ],
    "relations": [
        {
            "subject": "e1",
            "predicate": "developedBy",
            "object": "e2",
            "evidence": "青衫科技发布听雨",
            "qualifiers": {"size": "13B"},
        }
    ],
    "attributes": [{"subject": "e1", "attribute": "openness", "value": "open", "evidence": "开源"}],
}


def write(folder: Path, record: object = NEWS, *, name: str = "news", text: str = "听雨") -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    path.with_suffix(".txt").write_text(text, encoding="utf-8")
    return path


def test_a_document_is_read(tmp_path: Path):
    path = write(tmp_path / "deep" / "er", text="\ufeffCafe\u0301 听雨\r\n")
    [document] = read_gold(tmp_path)
    assert isinstance(document, GoldDocument)
    assert (document.id, document.lang, document.kind, document.path) == (
        "news",
        "zh",
        "news",
        path,
    )
    assert document.text == "Café 听雨\n"
    assert document.document.text == document.text
    assert document.entities[0].names == ("听雨", "听雨-13B")
    [relation] = document.relations
    assert relation.qualifier("size") == "13B"
    assert relation.qualifier("method") is None
    assert document.attributes[0].value == "open"


def test_documents_come_by_id(gold: list[GoldDocument]):
    assert [d.id for d in gold] == ["en-lark", "en-moor", "zh-gufan", "zh-qingshan"]
    assert {d.path.parent.name for d in gold} == {"gold", "cards"}


def without(key: str) -> dict:
    return {k: v for k, v in NEWS.items() if k != key}


def with_claim(part: str, **changes: object) -> dict:
    return NEWS | {part: [NEWS[part][0] | changes]}


@pytest.mark.parametrize(
    ("record", "reason"),
    (
        ([], "holds no JSON object"),
        (without("id"), "'id'"),
        (NEWS | {"id": "../news"}, "'../news' is no file name"),
        (NEWS | {"lang": "fr"}, "'fr' as 'lang'; known: en, zh"),
        (NEWS | {"kind": "poem"}, "'poem' as 'kind'"),
        (without("entities"), "a list of objects as 'entities'"),
        (NEWS | {"relations": {}}, "a list of objects as 'relations'"),
        (with_claim("entities", type="Modell"), r"entities\[0\] has 'Modell' as 'type'"),
        (with_claim("entities", name=" "), r"entities\[0\] needs a text as 'name'"),
        (with_claim("entities", names=["", "听雨"]), "a list of texts as 'names'"),
        (NEWS | {"entities": NEWS["entities"] * 2}, "two entities have the id 'e1'"),
        (with_claim("relations", subject="e9"), r"relations\[0\] has 'e9' as 'subject'"),
        (with_claim("relations", predicate="madeBy"), "'madeBy' as 'predicate'"),
        (with_claim("relations", qualifiers={"how": "x"}), "unknown qualifier 'how'"),
        (with_claim("relations", qualifiers={"size": 7}), "an object of texts"),
        (with_claim("attributes", object="e2", value=None), "a text as 'value'"),
        (with_claim("attributes", attribute="colour"), "'colour' as 'attribute'"),
    ),
)
def test_what_is_wrong_is_said(tmp_path: Path, record: object, reason: str):
    path = write(tmp_path, record)
    with pytest.raises(GoldError, match=reason) as caught:
        read_gold(tmp_path)
    assert str(path) in str(caught.value)
    assert caught.value.hint
    assert isinstance(caught.value, InputError)
    assert caught.value.exit_code == 3


def test_files_that_cannot_be_read(tmp_path: Path):
    path = write(tmp_path)
    path.write_bytes(b"\xff{}")
    with pytest.raises(GoldError, match="is no JSON in UTF-8"):
        read_gold(tmp_path)
    path.write_text('{"id": ')
    with pytest.raises(GoldError, match="is no JSON in UTF-8"):
        read_gold(tmp_path)
    write(tmp_path)
    path.with_suffix(".txt").write_bytes("听雨".encode("gb18030"))
    with pytest.raises(GoldError, match=r"news\.txt: is no UTF-8"):
        read_gold(tmp_path)
    path.with_suffix(".txt").unlink()
    with pytest.raises(GoldError, match="no text beside it"):
        read_gold(tmp_path)


def test_a_folder_has_to_hold_documents(tmp_path: Path):
    with pytest.raises(GoldError, match="no annotated documents in"):
        read_gold(tmp_path)
    with pytest.raises(GoldError, match="no folder at"):
        read_gold(tmp_path / "nowhere")


def test_an_id_stands_for_one_document(tmp_path: Path):
    write(tmp_path / "a")
    other = write(tmp_path / "b", name="other")
    with pytest.raises(GoldError, match="has the id 'news' too") as caught:
        read_gold(tmp_path)
    assert str(other) in str(caught.value)
    with pytest.raises(GoldError, match="has the id 'news' too"):
        read_all_gold([tmp_path / "a", tmp_path / "b"])


def test_several_folders(tmp_path: Path, gold_folder: Path):
    write(tmp_path)
    ids = [document.id for document in read_all_gold([tmp_path, gold_folder])]
    assert ids == ["en-lark", "en-moor", "news", "zh-gufan", "zh-qingshan"]

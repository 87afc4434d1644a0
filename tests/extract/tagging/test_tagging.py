"""The parts of the learned tagger: sequences, features, names, decision."""

from pathlib import Path

import pytest

from modelkin.extract.markdown import parse_structure
from modelkin.extract.mention import Mention
from modelkin.extract.tagging.decision import candidates, choose, describe
from modelkin.extract.tagging.features import Marks, document_features
from modelkin.extract.tagging.marks import rule_marks
from modelkin.extract.tagging.names import NameList
from modelkin.extract.tagging.sequences import sequences, tokens_of
from modelkin.extract.tagging.tagger import Proposal, read_labels
from modelkin.ontology.terms import EntityType

TEXT = """# 星海模型

星海-7B由远山实验室开源，见[链接](https://example.org/xinghai)。

| 模型 | 参数 |
|---|---|
| 星海-7B | 7B |
"""


def _sequences(text: str = TEXT) -> list:
    return list(sequences(text, parse_structure(text)))


def test_tokens_lie_where_they_say_and_leave_out_what_is_hidden() -> None:
    found = _sequences()
    for sequence in found:
        for start, end, word in sequence.tokens:
            assert TEXT[start:end] == word
    words = [word for sequence in found for _, _, word in sequence.tokens]
    assert "星" in words
    assert "example" not in words


def test_table_tokens_know_their_columns() -> None:
    row = _sequences()[-1]
    columns = dict(zip((w for _, _, w in row.tokens), row.columns, strict=True))
    assert columns["星"] == 1
    assert columns["B"] in (1, 2)
    assert max(row.columns) >= 2


def test_a_row_sees_the_head_of_its_column() -> None:
    structure = parse_structure(TEXT)
    rows = list(document_features(TEXT, "zh", structure, _sequences(), []))
    seen = {feature for features in rows[-1][1] for feature in features}
    assert "hc=模型" in seen
    assert "hc=参数" in seen


def test_one_endless_block_is_cut() -> None:
    text = "Foo-7B " * 3000
    found = _sequences(text)
    assert max(len(s.tokens) for s in found) <= 400
    assert sum(len(s.tokens) for s in found) == 3000 * 4


def test_marks_become_features_of_their_tokens() -> None:
    text = "Foo-7B is here"
    marks = rule_marks([Mention(0, 6, EntityType.MODEL, "", "shape", 0.9)])
    [(sequence, rows)] = document_features(
        text, "en", parse_structure(text), _sequences(text), [marks]
    )
    assert [word for _, _, word in sequence.tokens][:4] == ["Foo", "-", "7", "B"]
    assert "r0=BModel3" in rows[0]
    assert "r0=IModel3" in rows[3]
    assert not any(feature.startswith("r0=") for feature in rows[4])


def test_a_list_of_names_leaves_out_the_document_in_training(tmp_path: Path) -> None:
    names = NameList([(tokens_of("Foo-7B"), "Model", "one"), (tokens_of("青石"), "Model", "two")])
    found = _sequences("foo 7b and 青石")
    assert [span[2] for span in names.spans(found)] == ["Model", "Model"]
    assert [span[:2] for span in names.spans(found, without="one")] == [(11, 13)]
    names.write(tmp_path / "names.txt")
    again = NameList.read(tmp_path / "names.txt")
    assert list(again.spans(found)) == list(names.spans(found))


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        (["B-Model", "I-Model", "O"], [(0, 5, "Model", 0, 2)]),
        (["I-Model", "O", "B-Model"], [(0, 2, "Model", 0, 1), (6, 8, "Model", 2, 3)]),
        (["B-Model", "B-Model", "I-Person"], [(0, 2, "Model", 0, 1), (3, 5, "Model", 1, 2),
                                              (6, 8, "Person", 2, 3)]),
        (["O", "O", "O"], []),
    ],
)  # fmt: skip
def test_labels_read_back_as_spans(labels: list[str], spans: list[tuple]) -> None:
    tokens = [(0, 2, "aa"), (3, 5, "bb"), (6, 8, "cc")]
    assert list(read_labels(tokens, labels)) == spans


def test_the_document_decides_on_one_type_and_the_longest_name() -> None:
    text = "Foo-7B beats Foo. Foo is fine."
    proposals = [
        Proposal(0, 6, EntityType.MODEL, 0.9, True),
        Proposal(0, 3, EntityType.ORGANIZATION, 0.3, False),
        Proposal(13, 16, EntityType.MODEL, 0.8, True),
        Proposal(13, 16, EntityType.ORGANIZATION, 0.2, False),
    ]
    found = candidates(text, proposals, [])
    chances = [0.9 if c.type is EntityType.MODEL else 0.3 for c in found]
    chosen = choose(text, found, chances, {})
    assert [(text[m.start : m.end], str(m.type)) for m in chosen] == [
        ("Foo-7B", "Model"),
        ("Foo", "Model"),
        ("Foo", "Model"),
    ]
    assert choose(text, found, [0.1] * len(found), {}) == []


def test_what_speaks_for_a_candidate_is_as_wide_for_all() -> None:
    structure = parse_structure(TEXT)
    rules = [Mention(7, 12, EntityType.MODEL, "", "shape", 0.7)]
    found = candidates(TEXT, [Proposal(7, 12, EntityType.MODEL, 0.6, True)], rules)
    rows = describe(TEXT, "zh", structure, found, rules, Marks("k", ()))
    assert len({len(row) for row in rows}) == 1
    assert rows[0][1] == 0.6
    assert rows[0][8] == 0.7

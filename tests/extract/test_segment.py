"""Sentences and clauses."""

import pytest
from cpu_time import grows_at_most
from hypothesis import given
from hypothesis import strategies as st

from modelkin.extract.markdown import parse_structure
from modelkin.extract.segment import clauses, split_sentences
from modelkin.extract.structure import Block, BlockKind, Structure

MIXED = st.text(alphabet='aB3.。！? ；;,，\n（）()"”「」百川#-|v', max_size=300)


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text, parse_structure(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPT-3.5很强。它闭源！", ["GPT-3.5很强。", "它闭源！"]),
        ("他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]),
        ("版本v0.1发布；v0.2随后。", ["版本v0.1发布；", "v0.2随后。"]),
        ("它开源了;它可商用", ["它开源了;", "它可商用"]),
        ("模型很小.它很快", ["模型很小.", "它很快"]),
        (
            "Llama 2 is open. GPT-3.5 is not (see Sec. 2). Good!",
            ["Llama 2 is open.", "GPT-3.5 is not (see Sec. 2).", "Good!"],
        ),
        (
            "It runs, e.g. on CPUs. J. Smith said so.",
            ["It runs, e.g. on CPUs.", "J. Smith said so."],
        ),
        ("v0.1 scores 3.5 vs. 2.5 today", ["v0.1 scores 3.5 vs. 2.5 today"]),
    ],
)
def test_prose_is_cut_at_the_ends_of_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_wrapped_line_goes_on() -> None:
    text = "The model was trained\non many tokens. It is\nopen."
    assert sentences(text) == ["The model was trained\non many tokens.", "It is\nopen."]


def test_headings_items_and_rows_are_whole() -> None:
    text = "# One. Two.\n\n- First. Second.\n\n| A. B | C |\n| --- | --- |\n| x. Y | z |\n"
    assert "First. Second." in " ".join(sentences(text))
    assert any("x. Y" in s and "z" in s for s in sentences(text))


def test_a_long_item_is_cut() -> None:
    text = "- " + "This is one sentence of the item. " * 20
    assert len(sentences(text)) > 10


def test_stops_in_hidden_spans_do_not_count() -> None:
    text = "See x。y for more"
    structure = Structure((Block(BlockKind.PARAGRAPH, 0, len(text)),), hidden=((4, 7),))
    assert len(split_sentences(text, structure)) == 1


@given(MIXED)
def test_sentences_hold_every_word_in_order(text: str) -> None:
    structure = parse_structure(text)
    found = split_sentences(text, structure)
    covered = set()
    last = 0
    for sentence in found:
        assert last <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
        last = sentence.end
        covered.update(range(sentence.start, sentence.end))
    for block in structure.blocks:
        for offset in range(block.start, block.end):
            assert offset in covered or text[offset].isspace()


def test_no_sentence_is_long_and_time_is_linear() -> None:
    def split(text: str) -> None:
        structure = Structure((Block(BlockKind.PARAGRAPH, 0, len(text)),))
        found = split_sentences(text, structure)
        assert max(s.end - s.start for s in found) <= 1_000

    grows_at_most(
        40, lambda: split("百川开源" * 25_000), lambda: split("百川开源" * 250_000), slack=0.5
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("百川开源了7B，随后发布13B；它可商用", ["百川开源了7B", "随后发布13B", "它可商用"]),
        ("模型（7B，13B）很好，很快", ["模型（7B，13B）很好", "很快"]),
        (
            "A is open, while B, C and D are not; E is",
            ["A is open", "while B, C and D are not", "E is"],
        ),
        ("It has 1,000 users, which is few", ["It has 1,000 users", "which is few"]),
        ("阿里开源了Qwen-7B,它很强", ["阿里开源了Qwen-7B", "它很强"]),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in clauses(text, 0, len(text))] == expected


@given(MIXED)
def test_clauses_keep_letters(text: str) -> None:
    pieces = clauses(text, 0, len(text))
    kept = "".join(text[a:b] for a, b in pieces)
    assert [c for c in text if c.isalnum()] == [c for c in kept if c.isalnum()]

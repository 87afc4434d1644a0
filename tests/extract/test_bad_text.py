"""Bad text: nothing crashes, offsets stay right, and time grows with the text, not its square."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from cpu_time import grows_at_most, takes_at_most
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modelkin.extract.errors import EmptyDocumentError, UnreadableError
from modelkin.extract.pipeline import SpacyExtractor, build_pipeline
from modelkin.extract.protocols import ReadOptions
from modelkin.extract.records import gold_shape
from modelkin.extract.sources import read
from modelkin.ontology.claim import Extraction
from modelkin.ontology.document import Document

EXTRACTOR = SpacyExtractor(build_pipeline())
ZH = "百川智能开源了Baichuan-13B，它由Llama 2微调而来。"
EN = "Meta released Llama 2, and Stable Beluga was fine-tuned from it by Stability AI. "


def extract(text: str, lang: str = "zh") -> Extraction:
    """Read a text, and check that everything stands where it is said to stand."""
    document = Document.of(text, lang=lang)
    [extraction] = EXTRACTOR.pipe([document])
    for claim in extraction.claims:
        span = claim.evidence
        assert document.text[span.start : span.end] == span.quote
        assert span.quote
    record = gold_shape(extraction, "bad")
    json.dumps(record).encode()
    for entity in extraction.entities:
        assert entity.name.strip()
    for said in (*record["relations"], *record["attributes"]):
        assert document.text[said["start"] : said["end"]] == said["evidence"]
    return extraction


def names(text: str, lang: str = "zh") -> set[str]:
    return {entity.id for entity in extract(text, lang).entities}


def grows_evenly(make: Callable[[int], str], size: int) -> None:
    """Four times the text may take eight times as long; a square would take sixteen."""
    small, large = make(size), make(4 * size)
    grows_at_most(8, lambda: extract(small), lambda: extract(large))


def repeat(piece: str) -> Callable[[int], str]:
    return lambda size: piece * (size // len(piece))


def nested(opening: str, closing: str) -> Callable[[int], str]:
    return lambda size: opening * (size // 2) + closing * (size // 2)


def rows(size: int) -> str:
    lines = (f"| Gull-{i}B | 鸥鸟科技{i} | {i}B |\n" for i in range(size // 24))
    return "| 模型 | 机构 | 参数 |\n|---|---|---|\n" + "".join(lines)


def many_names(size: int) -> str:
    return "".join(
        f"Firm {i} Labs released Gull{i}-7B based on Llama {i}. 公司{i}发布了Tern{i}。"
        for i in range(size // 64)
    )


GROWING = {
    "chinese": (repeat("这句话很长没有说到任何东西"), 3_000),
    "chinese-clauses": (repeat("百川智能开源了Baichuan-13B，它基于Llama 2，"), 1_000),
    "english": (repeat("the words go on and on "), 3_000),
    "capitals": (repeat("The Words Go On And On "), 2_000),
    "latin-without-blanks": (repeat("abcDefghij"), 3_000),
    "one-name-without-end": (repeat("Llama-2-7B-"), 2_000),
    "digits": (repeat("7"), 2_000),
    "sizes": (repeat("7B、13B、"), 2_000),
    "full-stops": (repeat("。"), 3_000),
    "quotes": (repeat("“"), 3_000),
    "hashes": (repeat("#"), 5_000),
    "stars": (repeat("*"), 5_000),
    "stars-and-blanks": (repeat("* "), 5_000),
    "ticks": (repeat("` "), 4_000),
    "pipes": (repeat("|"), 3_000),
    "pipe-lines": (repeat("||\n"), 1_000),
    "rules": (repeat("---\n"), 3_000),
    "brackets": (nested("[", "]"), 5_000),
    "parentheses": (nested("(", ")"), 3_000),
    "open-links": (repeat("[a]("), 3_000),
    "open-pictures": (repeat("[!["), 3_000),
    "open-tags": (repeat("<a "), 2_500),
    "open-comments": (repeat("<!--"), 5_000),
    "nested-tags": (nested("<div>", "</div>"), 2_000),
    "html-table": (repeat("<table><tr><td>Llama 2</td><td>7B</td></tr>"), 2_000),
    "emoji": (repeat("😀👩\u200d👩\u200d👧"), 2_500),
    "zero-width": (repeat("\u200b"), 5_000),
    "marks-of-direction": (repeat("\u200f\u202e"), 3_000),
    "combining": (lambda size: "a" + "\u0301" * size, 3_000),
    "blanks": (lambda size: "a" + " \t\u3000" * size + "b", 3_000),
    "blank-lines": (lambda size: "a" + " \n" * size + "b", 5_000),
    "control-characters": (repeat("\x00\x01\x1b\x7f"), 3_000),
    "addresses": (repeat("https://example.org/a?b=c "), 10_000),
    "dates": (repeat("2023年10月7日"), 1_500),
    "headings": (repeat("## Llama 2\n"), 1_200),
    "numbered": (lambda size: "".join(f"{i}. 模型\n" for i in range(size // 9)), 1_000),
    "definitions": (repeat("大模型（LLM）"), 3_000),
    "rows-of-a-table": (rows, 2_400),
    "names": (many_names, 1_600),
}


@pytest.mark.parametrize(("make", "size"), GROWING.values(), ids=GROWING.keys())
def test_time_grows_with_the_text(make: Callable[[int], str], size: int) -> None:
    grows_evenly(make, size)


LONG_LINES = {
    "latin-without-blanks": "abcDefGhij" * 100_000,
    "hashes": "#" * 500_000,
    "stars": "*" * 500_000,
    "ticks": "a" + "`" * 100_000,
    "brackets": "[" * 100_000 + "]" * 100_000,
}


@pytest.mark.parametrize("text", LONG_LINES.values(), ids=LONG_LINES.keys())
def test_what_lies_behind_a_long_line_is_read(text: str) -> None:
    found = names(f"{text}\n\n{EN}", "en")
    assert {"model/llama-2", "model/stable-beluga"} <= found


@pytest.mark.parametrize("text", ["", " ", "\n\n\t\u3000\n", "\u200b\ufeff", "。", "\x00"])
def test_nothing_is_said_by_nothing(text: str) -> None:
    extraction = extract(text)
    assert not extraction.entities
    assert not extraction.claims


def test_only_emoji() -> None:
    assert not names("😀🎉👩\u200d👩\u200d👧🇨🇳👍🏽" * 200)
    assert names("🦙Meta🦙released🦙Llama 2🦙") == {"model/llama-2", "organization/meta"}


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e"])
def test_names_are_found_whatever_unseen_stands_in_them(unseen: str) -> None:
    english = f"Meta released Lla{unseen}ma 2."
    assert names(english, "en") == {"model/llama-2", "organization/meta"}
    [claim] = extract(english, "en").claims
    assert claim.evidence.quote == english
    chinese = f"百川{unseen}智能开源了Baichuan{unseen}-13B。"
    assert "model/baichuan-13b" in names(chinese)
    assert "model/baichuan" not in names(chinese)


def test_marks_of_direction_around_names() -> None:
    text = "\u202bMeta\u202c released \u2066Llama 2\u2069 \u200fاليوم."
    assert {"model/llama-2", "organization/meta"} <= names(text, "en")


def test_letters_are_composed_before_offsets_are_counted() -> None:
    extraction = extract("Le cafe\u0301 : Meta released Llama 2.", "en")
    assert extraction.document.text.startswith("Le café :")
    assert extraction.claims


def test_lone_surrogates_are_replaced() -> None:
    extraction = extract("\ud83dMeta released Llama 2.\udc80", "en")
    assert extraction.document.text == "\ufffdMeta released Llama 2.\ufffd"
    assert {entity.id for entity in extraction.entities} == {"model/llama-2", "organization/meta"}


@pytest.mark.parametrize("control", ["\x00", "\x01", "\x1b", "\x7f", "\x85", "\u2028", "\r"])
def test_control_characters_beside_names(control: str) -> None:
    text = f"Meta released {control}Llama 2{control}."
    assert {"model/llama-2", "organization/meta"} <= names(text, "en")


def source(path: Path, data: bytes) -> Extraction:
    path.write_bytes(data)
    [reading] = read([str(path)], ReadOptions())
    if reading.error:
        raise reading.error
    assert reading.document
    return extract(reading.document.text, reading.document.lang)


def test_mixed_encodings_are_refused_or_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "mixed.txt"
    gbk = ZH.encode("gb18030")
    assert source(path, gbk * 3).document.text == ZH * 3
    for data in (gbk + ZH.encode(), ZH.encode() + b"\n" + gbk, gbk + b"\xff\xfe"):
        try:
            text = source(path, data).document.text
        except UnreadableError as error:
            assert error.hint
            continue
        assert "Baichuan-13B" in text
        assert text.encode("gb18030") == data


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    for data in (b"Llama 2\x00", "Llama 2".encode("utf-16-le"), b"\x01\x02" * 500, b"\xed\xa0\x80"):
        with pytest.raises(UnreadableError):
            source(tmp_path / "bad.txt", data)
    for data in (b"", b" \n", "\u200b\ufeff".encode()):
        with pytest.raises(EmptyDocumentError):
            source(tmp_path / "empty.txt", data)


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"b{i}: &b{i} [{', '.join(['*a' if i == 0 else f'*b{i - 1}'] * 9)}]\n" for i in range(12)
)


@pytest.mark.parametrize(
    "front",
    [
        BOMB,
        "a: " + "[" * 20_000 + "]" * 20_000 + "\n",
        "a: " + "{b: " * 5_000 + "\n",
        "a: &a [*a, *a]\n",
        "<<: &m {<<: *m}\n",
        "title: " + "x" * 90_000 + "\n",
        "title: !!python/object/apply:os.system [true]\n",
        "".join(f"key{i}: value\n" for i in range(3_000)),
        "? [a, b]\n: c\n",
        "\x07: 1\n",
        "date: 99999999999999999999-13-45\n",
    ],
    ids=range(11),
)
def test_front_matter_that_means_harm(front: str) -> None:
    text = f"---\n{front}---\n\n{EN}"
    assert "model/llama-2" in names(text, "en")
    takes_at_most(10, lambda: names(text, "en"))


def test_a_table_of_ten_thousand_rows() -> None:
    # Every fifth row names a model: the growth of tables full of them is measured above.
    body = "".join(
        f"| Gull-{i}B | {i}B |\n" if i % 5 == 4 else f"| run {i} | passed |\n"
        for i in range(10_000)
    )
    extraction = extract(f"| Model | Params |\n|---|---|\n{body}", "en")
    sizes = {claim.subject for claim in extraction.claims if claim.predicate == "parameters"}
    assert len(sizes) > 1_900
    [last] = [claim for claim in extraction.claims if claim.subject == "model/gull-9999b"]
    assert last.evidence.quote == "| Gull-9999B | 9999B |"


def test_five_thousand_headings() -> None:
    text = "".join(f"{'#' * (1 + i % 6)} Part {i}\n" for i in range(5_000)) + EN
    assert "model/stable-beluga" in names(text, "en")


def test_a_list_of_a_hundred_thousand_items() -> None:
    assert names("- \n" * 90_000 + "- a\n" * 10_000 + f"- {EN}", "en") >= {"model/llama-2"}


PIECES = st.sampled_from(
    [
        *(ZH, EN, "Llama 2", "百川智能", "GPT-4", "Qwen-7B", "Apache 2.0", "张三", "CEO", "Meta"),
        *(
            "该模型",
            "it ",
            "分别",
            "由",
            "基于",
            "微调",
            "released ",
            "based on ",
            "7B",
            "130亿参数",
        ),
        *(
            "2023年7月",
            "last week",
            "128k",
            "开源",
            "not open",
            "、",
            "和",
            " and ",
            "，",
            "。",
            ". ",
        ),
        *(
            "# ",
            "\n",
            "\n\n",
            "- ",
            "| ",
            " |\n",
            "|---|---|\n",
            "---\n",
            "> ",
            "1. ",
            "```\n",
            "`",
        ),
        *(
            "**",
            "*",
            "[",
            "](x://y)",
            "![",
            "<b>",
            "</td>",
            "<!--",
            "-->",
            "&amp;",
            "\\",
            "\t",
            "  ",
        ),
        *(
            "\u200b",
            "\u200f",
            "\ufeff",
            "\u0301",
            "\x00",
            "\x1b",
            "\ud800",
            "😀",
            "（",
            "）",
            "(",
            ")",
        ),
        *(
            "title: x\n",
            "base_model: meta-llama/Llama-2-7b\n",
            "license: mit\n",
            "“",
            "”",
            "《",
            "》",
        ),
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(["zh", "en"]))
def test_any_mixture_of_pieces_is_read(text: str, lang: str) -> None:
    extract(text, lang)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.lists(PIECES, max_size=8), st.randoms())
def test_any_characters_between_pieces_are_read(
    noise: str, pieces: list[str], chance: random.Random
) -> None:
    mixed = [*noise, *pieces]
    chance.shuffle(mixed)
    text = "".join(mixed)
    assert extract(text) == extract(text)

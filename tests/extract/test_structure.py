"""Markdown and plain text read as structure, on good, odd and hostile text."""

import pytest
from cpu_time import grows_at_most, takes_at_most
from hypothesis import given, settings
from hypothesis import strategies as st

from modelkin.extract.markdown import parse_structure
from modelkin.extract.structure import BlockKind, Structure

_PIECES = [
    *(
        "# ",
        "## 标题",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "一、",
        "（2）",
        "• ",
        "> ",
        "---\n",
        "===\n",
        "```\n",
    ),
    *("| a | b |\n", "|---|---|\n", "**粗体**", "`x`", "[Llama](http://x.y)", "![](a.png)", "<b>"),
    *("</td>", "<table>", "<tr>", "<td>", "<td colspan=3>", "<th rowspan=2>", "</table>", "<h2>"),
    *(
        "</h2>",
        "<!--",
        "-->",
        "https://a.b/c",
        "title: x\n",
        "日期: 2023\n",
        "    ",
        "\t",
        "\u3000",
    ),
    *(
        "Meta released Llama 2. ",
        "智谱发布了 GLM。",
        "\r",
        "\x00",
        "\ud800",
        "\\|",
        "](",
        "a | b\n",
    ),
]
_TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(_PIECES)).map("".join))


def shape(text: str) -> list[tuple[str, int, str]]:
    """What a reader of the blocks sees: kind, level and text."""
    return [
        (str(block.kind), block.level, text[block.start : block.end])
        for block in parse_structure(text).blocks
    ]


def paragraphs(text: str) -> list[str]:
    return [said for kind, _, said in shape(text) if kind == "paragraph"]


def hidden(text: str) -> list[str]:
    return [text[start:end] for start, end in parse_structure(text).hidden]


def check(text: str, structure: Structure) -> None:
    """The invariants that every reader of structures relies on."""
    position = 0
    for number, block in enumerate(structure.blocks):
        assert position <= block.start < block.end <= len(text)
        position = block.end
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        assert -1 <= block.heading < number
        if block.heading >= 0:
            assert structure.blocks[block.heading].kind is BlockKind.HEADING
        assert -1 <= block.header < number
        if block.header >= 0:
            assert structure.blocks[block.header].kind is BlockKind.TABLE_HEADER
        for cell in block.cells:
            assert block.start <= cell.start <= cell.end <= block.end
        assert bool(block.cells) == (block.kind in (BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW))
        assert (block.level > 0) == (block.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM))
    position = -1
    for start, end in structure.hidden:
        assert position < start < end <= len(text)
        position = end


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_every_text_gives_ordered_blocks_inside_it(text: str) -> None:
    check(text, parse_structure(text))


@pytest.mark.parametrize(
    "piece",
    [
        *("|", "#", "[", "<", ">", "*", "`", "-", "_", "(", "\\", "!", "\n", " ", "\u3000", "中"),
        *("](", "](x", '](a "', "![](", "<a ", "<a x=", "<!--", "<pre>", "http://", "www."),
        *(
            "<tr>",
            "<td colspan=99 rowspan=99>",
            "<h1>",
            "- ",
            "1. ",
            "（1）",
            "|-|\n",
            "a|b\n-|-\n",
        ),
        *("```\n", "~~~ a\n", "**a**", "  - a\n", "> a\n", "a\n===\n", "<b a='"),
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    small, large = piece * (10_000 // len(piece)), piece * (160_000 // len(piece))
    grows_at_most(  # sixteen times the text; quadratic is 256 times
        80,
        lambda: check(small, parse_structure(small)),
        lambda: check(large, parse_structure(large)),
        slack=0.15,
    )


@pytest.mark.parametrize("text", ["|" * 10**6, "#" * 10**6, "[" * 10**6, "<" * 10**6, "字" * 10**6])
def test_a_megabyte_on_one_line(text: str) -> None:
    takes_at_most(5, lambda: check(text, parse_structure(text)))


@pytest.mark.parametrize(
    "yaml",
    ["[" * 90_000, "a: " + "{b: " * 20_000, "- " * 40_000, "a: &a [x]\n" + "b: *a\n" * 9_000],
)
def test_hostile_front_matter_takes_little_time(yaml: str) -> None:
    text = f"---\n{yaml}\n---\n"
    takes_at_most(8, lambda: check(text, parse_structure(text)))


def test_front_matter_gives_one_block_a_key() -> None:
    text = "---\nlicense: llama2\nlanguage:\n- en\n- zh\nmodel:\n  name: a\n  size: 7\n---\n\nText."
    assert shape(text) == [
        ("front-matter", 0, "license: llama2"),
        ("front-matter", 0, "language:\n- en\n- zh"),
        ("front-matter", 0, "model:\n  name: a\n  size: 7"),
        ("paragraph", 0, "Text."),
    ]
    assert [block.key for block in parse_structure(text).blocks][:3] == [
        "license",
        "language",
        "model",
    ]


@pytest.mark.parametrize(
    ("text", "title", "published"),
    [
        ("---\ntitle: Llama 2\ndate: 2023-07-18\n---\n# Other\n", "Llama 2", "2023-07-18"),
        ("---\n标题: 百川开源\n日期: 2023年7月11日\n---\n正文。", "百川开源", "2023-07-11"),
        ('---\ndate: "March 30, 2023"\n---\n# Vicuna\n', "Vicuna", "2023-03-30"),
        ("---\ndate: soon\n---\n# Vicuna\n", "Vicuna", None),
        ("Text.\n\n## Second\n\n# **The** [Top](x)\n", "The Top", None),
        ("## First\n\nText.", "First", None),
        ("Text.\n\n## Second\n", "", None),
        ("", "", None),
    ],
)
def test_title_and_date(text: str, title: str, published: str | None) -> None:
    structure = parse_structure(text)
    assert (structure.title, structure.published) == (title, published)


def test_malformed_front_matter_reads_as_prose() -> None:
    assert paragraphs("---\ntitle: [Llama\n---\n\nMeta released it.")[-1] == "Meta released it."


def test_prose_between_rules_is_no_front_matter() -> None:
    assert paragraphs("---\n\nMeta released Llama 2.\n\n---\n\nMore.") == [
        "Meta released Llama 2.",
        "More.",
    ]


@pytest.mark.parametrize(
    ("text", "level", "said"),
    [
        ("# One", 1, "One"),
        ("### 三级 ###", 3, "三级"),
        ("##无空格", 2, "无空格"),
        ("#标题", 1, "标题"),
        ("Title\n=====", 1, "Title"),
        ("Title\n---", 2, "Title"),
        ("**Results**", 2, "Results"),
        ("**一、背景**：", 2, "一、背景"),
        ('<h2 align="center">\n  Qwen <b>Team</b>\n</h2>', 2, "Qwen <b>Team"),
    ],
)
def test_headings(text: str, level: int, said: str) -> None:
    assert shape(text) == [("heading", level, said)]


@pytest.mark.parametrize(
    "text", ["#大模型# 今天开源了。", "#1 in the list", "**这是一句话。**", "-5%"]
)
def test_what_looks_like_markup_but_is_prose(text: str) -> None:
    assert shape(text) == [("paragraph", 0, text)]


def test_blocks_know_their_heading() -> None:
    text = "lead\n\n# A\n\na\n\n## B\n\nb\n\n# C\n\nc"
    blocks = parse_structure(text).blocks
    under = {
        text[b.start : b.end]: text[blocks[b.heading].start : blocks[b.heading].end]
        for b in blocks
        if b.heading >= 0
    }
    assert under == {"a": "A", "B": "A", "b": "B", "c": "C"}


def test_lists_nest() -> None:
    text = "- one\n  - two\n    goes on\n  * three\n- four\n\n1. five\n   a) six\n"
    assert shape(text) == [
        ("list-item", 1, "one"),
        ("list-item", 2, "two\n    goes on"),
        ("list-item", 2, "three"),
        ("list-item", 1, "four"),
        ("list-item", 1, "five\n   a) six"),
    ]


@pytest.mark.parametrize(
    "marker",
    [
        "- ",
        "* ",
        "+ ",
        "• ",
        "•",
        "1. ",
        "12) ",
        "1、",
        "一、",
        "（1）",
        "（二）",
        "(3) ",
        "- [x] ",
    ],
)
def test_list_markers_stand_outside_the_item(marker: str) -> None:
    assert shape(f"{marker}通义千问\n{marker}百川") == [
        ("list-item", 1, "通义千问"),
        ("list-item", 1, "百川"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "| 模型 | 参数 |\n|:---|---:|\n| Qwen | 7B |",
        "模型 | 参数\n--- | ---\nQwen | 7B",
        "| 模型 | 参数\n|---|---\n| Qwen | 7B",
        "<table><thead><tr><th>模型</th><th>参数</th></tr></thead>\n"
        "<tr>\n<td>Qwen</td>\n<td> <b>7B</b> </td>\n</tr></table>",
        "<table><tr><th>模型<th>参数<tr><td>Qwen<td>7B</table>",
    ],
)
def test_tables(rows: str) -> None:
    text = f"前文\n\n{rows}\n\n后文"
    structure = parse_structure(text)
    check(text, structure)
    lead, header, row, end = structure.blocks
    assert (header.kind, row.kind, row.header) == (BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW, 1)
    said = [[text[c.start : c.end] for c in block.cells] for block in (header, row)]
    assert said == [["模型", "参数"], ["Qwen", "7B"]]
    assert text[lead.start : lead.end] + text[end.start : end.end] == "前文后文"


def test_table_cells_keep_their_columns() -> None:
    text = (
        "<table><tr><th>a</th><th colspan=2>b</th></tr><tr><td rowspan=2>x</td><td>1</td><td>2</td>"
        "</tr><tr><td>3</td><td>4</td></tr></table>"
    )
    rows = [[text[c.start : c.end] for c in b.cells] for b in parse_structure(text).blocks]
    assert rows == [["a", "b", "b"], ["x", "1", "2"], ["", "3", "4"]]


def test_an_escaped_bar_and_a_link_stay_in_their_cell() -> None:
    text = "| a \\| b | [c](x|y) |\n|---|---|\n|  | d |"
    rows = [[text[c.start : c.end] for c in b.cells] for b in parse_structure(text).blocks]
    assert rows == [["a \\| b", "[c](x|y)"], ["", "d"]]


def test_hard_wrapped_english_is_one_paragraph() -> None:
    wrapped = (
        "Stability AI has released Stable Beluga, which is based on the model called\n"
        "Llama 2 of Meta. The company trained it on an own data set of instructions and\n"
        "made it available on Hugging Face."
    )
    assert paragraphs(wrapped) == [wrapped]


@pytest.mark.parametrize(
    "lines",
    [
        ["百川智能发布了大模型。" * 9, "智谱随后也开源了新的模型。" * 9],
        ["Meta has released Llama 2. " * 9 + "Yes.", "Stability AI fine-tuned it. " * 9 + "Yes."],
        ["开源大模型正在改变行业", "站长网 2023-10-07", "这一天成为了分水岭。"],
        ["Open models are changing everything", "7 October 2023"],
    ],
)
def test_lines_of_plain_text_are_paragraphs(lines: list[str]) -> None:
    assert paragraphs("\n".join(lines)) == lines


def test_quotes_are_paragraphs_without_their_marks() -> None:
    text = "> We release the model\n> under Apache 2.0.\n>\n> 更多内容。"
    assert paragraphs(text) == ["We release the model\n> under Apache 2.0.", "更多内容。"]
    assert hidden(text) == ["> ", "> ", ">", "> "]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a\n```python\nx = 1\n```\nb", ["```python\nx = 1\n```"]),
        ("a\n~~~~\n```\n~~~~\nb", ["~~~~\n```\n~~~~"]),
        ("a\n```\nnever closed", ["```\nnever closed"]),
        ("a <!-- GPT-5\n --> b", ["<!-- GPT-5\n -->"]),
        ("a <!-- b", ["<!--"]),
        ("a <br/> b <font color='x'>c</font>", ["<br/>", "<font color='x'>", "</font>"]),
        ('[Llama](https://x.y/z_(w) "t")', ['](https://x.y/z_(w) "t")']),
        ("![图](a.png) ![](b.png)", ["![", "](a.png)", "![](b.png)"]),
        ("见https://github.com/a/b。后文", ["https://github.com/a/b"]),
        ("<https://x.y> and www.x.y.", ["<https://x.y>", "www.x.y"]),
        ("`Qwen-7B` <Llama 2> 3 < 4", []),
        ("<script>GPT-5</SCRIPT> a <pre>x</pre>", ["<script>GPT-5</SCRIPT>", "<pre>x</pre>"]),
    ],
)
def test_hidden_spans(text: str, spans: list[str]) -> None:
    assert hidden(text) == spans


def test_code_blocks_and_comments_give_no_block() -> None:
    assert shape("a\n\n```\n# no\n```\n\n<!--\n- no\n-->\n\nb") == [
        ("paragraph", 0, "a"),
        ("paragraph", 0, "b"),
    ]


def test_an_html_row_does_not_run_into_the_text_around_it() -> None:
    text = "before <table><tr><td>x</td></tr></table> after"
    assert [said for _, _, said in shape(text)] == ["before <table>", "x", "</table> after"]

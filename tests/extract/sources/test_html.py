"""Web pages as Markdown."""

import pytest
from cpu_time import grows_at_most, takes_at_most
from hypothesis import given
from hypothesis import strategies as st

from modelkin.extract.errors import TooLargeError, UnreadableError
from modelkin.extract.markdown import parse_structure
from modelkin.extract.sources.html import read_html
from modelkin.extract.structure import BlockKind

LONG = "Meta has released Llama 2, a family of models that may be used commercially."
CHINESE = "百川智能发布了开源大模型,参数为一百三十亿,可以免费商用。"
PAGE = f"""<!DOCTYPE html><html><head><title>Llama 2 is here - News Site</title>
<meta property="article:published_time" content="2023-07-18T10:00:00Z"></head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav><div class="sidebar"><p>Try our newsletter, it
has been read by everybody.</p></div><div id="wrap"><div class="article-body"><h1>Llama 2</h1>
<p>{LONG}</p><h2>Facts</h2><ul><li>by <a href="/meta">Meta</a><ul><li>nested</li></ul></li>
<li><p>two</p></li></ul><ol><li>first</li><li>second</li></ol><p><strong>Bold</strong></p>
<p>{LONG}<br>{LONG}</p><div class="share-buttons">Share this</div><script>var gpt5 = 1;</script>
<p style="display: none">secret</p></div></div><footer>All rights</footer></body></html>"""

PIECES = [
    *("<p>", "</p>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "<th colspan=3>", "<b>"),
    *("</table>", "</b>", "<h2>", "</h2>", "<pre>", "</pre>", "<br>", "Llama 2 ", "中", "# ", "|"),
    *("```", "\n", "<div class=ad>", "</div>", "<script>", "</script>"),
]


def read(page: str) -> str:
    return read_html(page.encode(), "page").text


def test_the_main_text_with_its_structure() -> None:
    page = read_html(PAGE.encode(), "page")
    assert page.text == (
        f"# Llama 2\n\n{LONG}\n\n## Facts\n\n- by Meta\n  - nested\n- two\n1. first\n2. second\n\n"
        f"**Bold**\n\n{LONG}\n\n{LONG}"
    )
    assert (page.title, page.published) == ("Llama 2 is here", "2023-07-18")


def test_the_parser_of_structures_reads_what_is_rendered() -> None:
    kinds = [str(block.kind) for block in parse_structure(read(PAGE)).blocks]
    assert kinds == (
        ["heading", "paragraph", "heading"] + ["list-item"] * 5 + ["heading"] + ["paragraph"] * 2
    )


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
@pytest.mark.parametrize("head", ["", '<meta charset="{}">', '<?xml encoding="{}"?>'])
def test_encodings_declared_and_not(encoding: str, head: str) -> None:
    page = f"{head.format(encoding)}<title>开源</title><p>{CHINESE}</p>".encode(encoding)
    assert read_html(page, "page").text == f"# 开源\n\n{CHINESE}"


def test_what_the_server_declares_goes_before_what_the_page_does() -> None:
    page = f'<meta charset="utf-8"><p>{CHINESE}</p>'.encode("big5", "replace")
    expected = CHINESE.encode("big5", "replace").decode("big5")
    assert read_html(page, "page", declared="big5").text == expected


def test_an_unknown_encoding_is_an_error() -> None:
    with pytest.raises(UnreadableError, match="neither"):
        read_html("<p>Модель открыта для всех</p>".encode("cp1251"), "page")


def test_a_table_of_data_keeps_rows_and_columns() -> None:
    text = read(
        f"<p>{LONG}</p><table><caption>Models</caption><tr><th>Model<th colspan=2>Licence</tr>"
        "<tr><td rowspan=2><p>Qwen</p><td>Apache|2<td>1<tr><td>MIT<td>2</table>"
    )
    assert text.endswith(
        "Models\n\n| Model | Licence | Licence |\n|---|---|---|\n"
        "| Qwen | Apache\\|2 | 1 |\n| Qwen | MIT | 2 |"
    )
    header, *rows = [b for b in parse_structure(text).blocks if b.cells]
    assert header.kind is BlockKind.TABLE_HEADER
    assert [len(row.cells) for row in rows] == [3, 3]


def test_a_table_that_only_places_things_is_no_table() -> None:
    text = read(f"<table><tr><td><h1>Title</h1><p>{LONG}</p><p>{LONG}</p></td></tr></table>")
    assert text == f"# Title\n\n{LONG}\n\n{LONG}"


def test_code_is_fenced_and_hidden() -> None:
    text = read(f"<p>{LONG}</p><pre>```\n# GPT-5\n```</pre><p>{LONG}</p>")
    assert text == f"{LONG}\n\n````\n```\n# GPT-5\n```\n````\n\n{LONG}"
    assert len(parse_structure(text).blocks) == 2


@pytest.mark.parametrize("said", ["# no heading", "```", "> no quote", "=== no", "<!-- x"])
def test_text_that_looks_like_markup_is_escaped(said: str) -> None:
    escaped = said.replace("<", "&lt;")
    text = read(f"<p>{LONG}</p><p>{escaped} abc</p><p>{LONG}</p>")
    kinds = [block.kind for block in parse_structure(text).blocks]
    assert kinds == [BlockKind.PARAGRAPH] * 3
    assert said in text


def test_no_front_matter_can_be_forged() -> None:
    text = read("<p>---</p><p>title: x</p><p>---</p>")
    assert not parse_structure(text).title


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta name="pubdate" content="2023年7月8日">', "2023-07-08"),
        ("<meta content=20230708 itemprop=datePublished>", "2023-07-08"),
        (
            '<script type="application/ld+json">{"datePublished": "2023-07-08"}</script>',
            "2023-07-08",
        ),
        ('<time datetime="2023-07-08T10:00">8 July</time>', "2023-07-08"),
        ('<meta name="date" content="soon">', None),
        ("", None),
    ],
)
def test_dates(head: str, published: str | None) -> None:
    assert read_html(f"{head}<p>{LONG}".encode(), "page").published == published


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>开源大模型_站长网</title>", "开源大模型"),
        ("<title>GPT-4 &amp; friends</title>", "GPT-4 & friends"),
        ('<meta property="og:title" content="Llama &quot;2&quot;"><title>x</title>', 'Llama "2"'),
        ("", ""),
    ],
)
def test_titles(head: str, title: str) -> None:
    assert read_html(f"{head}<p>{LONG}".encode(), "page").title == title


def test_main_text_is_found_in_a_page_of_divs() -> None:
    menu = "".join(
        f"<div><a href=/{n}>另一篇很长很长很长的新闻标题 {n}</a></div>" for n in range(40)
    )
    text = read(f"<div class=x1>{menu}</div><div class=x2><div>{CHINESE}<br>{CHINESE}</div></div>")
    assert text == f"{CHINESE}\n\n{CHINESE}"


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<a>", "<p>x", "<br>", "<td colspan=99>x"],
)
def test_deep_and_broad_pages_take_linear_time(piece: str) -> None:
    def page(count: int) -> None:
        text = f"<p>{LONG}</p>" + piece * count + "end"
        assert LONG in read_html(text.encode(), "page").text

    grows_at_most(80, lambda: page(1000), lambda: page(16_000), slack=0.4)


def test_a_page_of_too_many_elements_is_refused() -> None:
    with pytest.raises(TooLargeError, match="HTML elements"):
        read_html(b"<b>x" * 210_000, "page")


@pytest.mark.parametrize(
    "piece", ["<!--", "<meta ", '<meta a="', "<title>", "<time ", "&", "<", "\x0b"]
)
def test_hostile_heads_take_little_time(piece: str) -> None:
    page = piece.encode() * (300_000 // len(piece))
    takes_at_most(5, lambda: read_html(page, "page"))


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_page_renders_and_parses(page: str) -> None:
    text = read(page)
    assert "<script" not in text
    parse_structure(text)

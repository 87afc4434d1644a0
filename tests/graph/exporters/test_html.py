"""The page is inert: its policy names its own script and style, and data stays data."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from memory_view import MemoryView
from samples import BELUGA, HOSTILE, hostile, tiny

from modelkin.graph.exporters.html import HtmlExporter

VIEWER = files("modelkin.graph.exporters") / "viewer"


class Page(HTMLParser):
    """Collects elements as a browser would see them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.contents: list[tuple[str, str]] = []
        self._open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = tag
        if tag in ("script", "style"):
            self.contents.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in ("script", "style"):
            tag, before = self.contents.pop()
            self.contents.append((tag, before + data))


def page(view: MemoryView, folder: Path) -> tuple[str, Page]:
    target = folder / "graph.html"
    HtmlExporter().write(view, target)
    text = target.read_text(encoding="utf-8")
    return text, Page(text)


def hash_of(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@pytest.mark.parametrize("make", [tiny, hostile, lambda: MemoryView([])])
def test_the_policy_allows_this_script_and_style_and_nothing_else(make, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    _, parsed = page(make(), tmp_path)
    [policy] = [
        attributes["content"]
        for tag, attributes in parsed.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    contents = dict(parsed.contents)
    assert [tag for tag, _ in parsed.contents] == ["style", "script", "script"]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{hash_of(contents['script'])}'; "
        f"style-src 'sha256-{hash_of(contents['style'])}'; base-uri 'none'; form-action 'none'"
    )


def test_hostile_graphs_add_no_element(tmp_path: Path) -> None:
    _, empty = page(MemoryView([]), tmp_path)
    text, full = page(hostile(), tmp_path)
    assert [tag for tag, _ in full.elements] == [tag for tag, _ in empty.elements]
    assert not re.search("[\u2028\u2029]", text)
    data = full.contents[1][1]
    assert not re.search("[<>&]", data)
    names = {entity["name"] for entity in json.loads(data)["entities"]}
    assert names == {text.replace("\ud800", "\ufffd") for text in HOSTILE}


def test_nothing_is_asked_of_a_server(tmp_path: Path) -> None:
    _, parsed = page(tiny(), tmp_path)
    for tag, attributes in parsed.elements:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form")
        risky = {"src", "href", "style", "srcdoc", "action"} | {
            key for key in attributes if key.startswith("on")
        }
        assert not risky & attributes.keys(), (tag, attributes)


def test_every_edge_carries_its_sentences(tmp_path: Path) -> None:
    _, parsed = page(tiny(), tmp_path)
    data = json.loads(parsed.contents[1][1])
    edges = [s for s in data["statements"] if s["predicate"] == "derivedFrom"]
    assert len(edges) == 2
    documents = {document["id"]: document for document in data["documents"]}
    for statement in data["statements"]:
        assert len(statement["evidence"]) == statement["claims"]
    proof = edges[0]["evidence"][0]
    assert edges[0]["subject"] == BELUGA
    assert proof["quote"] == "Stable Beluga 由两代 LLaMA 微调而来。"
    assert documents[proof["document"]]["title"] == "开源与闭源"
    assert "text" not in documents[proof["document"]]
    assert [p["kind"] for p in edges[1]["evidence"]] == ["extracted", "curated"]


def test_the_viewer_never_parses_text_as_markup() -> None:
    scripts = [file for file in VIEWER.iterdir() if file.name.endswith(".js")]
    assert len(scripts) == 6
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        for way in (
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b",
            r"new Function|setTimeout\(\s*[\"'`]|createContextualFragment|srcdoc|javascript:",
            r"</script|<!--|\bfetch\(|XMLHttpRequest|WebSocket|localStorage|import\(",
        ):
            assert not re.search(way, text, re.IGNORECASE), (script.name, way)
    style = (VIEWER / "style.css").read_text(encoding="utf-8")
    assert not re.search(r"</style|@import|url\(", style, re.IGNORECASE)


def test_both_languages_say_the_same_things() -> None:
    text = (VIEWER / "1-texts.js").read_text(encoding="utf-8")
    english, chinese = text[: text.index("  zh: {")], text[text.index("  zh: {") :]
    key = re.compile(r"(?:^|[{,])\s*\"?([a-zA-Z-]+)\"?: (?=[\"\[(\{])", re.MULTILINE)
    chinese = chinese[: chinese.index("\n};")]
    ours = [set(key.findall(part)) - {"en", "zh"} for part in (english, chinese)]
    assert ours[0] == ours[1]
    assert len(ours[0]) > 60

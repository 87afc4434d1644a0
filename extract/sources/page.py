"""A web page as a light tree, and which part of it is the main text.

The parser's own choice of the main text leaves lists out and takes quadratic time on deep pages;
this one goes over the page a fixed number of times, whatever its shape.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..errors import TooLargeError

__all__ = ["Element", "main_content", "parse_page", "walk"]

_MOST_NODES = 200_000
_DEEPEST = 300
_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas"}
    | {"nav", "aside", "form", "button", "select", "textarea", "dialog", "audio", "video", "head"}
)
_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "dialog"))
_ATTRIBUTES = frozenset(
    ("class", "id", "role", "colspan", "rowspan", "style", "hidden", "aria-hidden")
)
_INVISIBLE_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.I)
_CONTAINERS = frozenset(
    {"html", "body", "div", "main", "article", "section", "center", "span", "header"}
    | {"table", "tbody", "tr", "td"}
)
_TABLE_PARTS = frozenset(("table", "tbody", "tr"))
_BLOCKS = _CONTAINERS - {"span"} | frozenset(
    {"p", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "figure", "figcaption"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "th", "thead", "tfoot", "footer", "details", "hr", "br"}
)
_ASIDE_WORDS = frozenset(
    {"nav", "navbar", "menu", "breadcrumb", "breadcrumbs", "sidebar", "related", "recommend"}
    | {"recommended", "recommendation", "share", "sharing", "social", "comment", "comments"}
    | {"footer", "copyright", "cookie", "cookies", "advert", "advertisement", "ad", "ads"}
    | {"subscribe", "newsletter", "pagination", "toc", "hot", "popup", "modal", "login"}
)
_WORDS = re.compile(r"[A-Za-z][a-z]*|[A-Z]+")
_SHORTEST_PROSE = 12
_MOST_OF_PAGE = 0.8
_ASIDE_AT_MOST = 0.3


@dataclass(eq=False, slots=True)
class Element:
    """An element of the page with what it holds.

    Parameters
    ----------
    tag : str
    attributes : dict of str to str
        The few that matter for reading.
    children : list of Element or str
    prose : int
        Characters of running text inside, links and scraps left out.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)
    prose: int = 0


def parse_page(text: str, name: str) -> Element:
    """Parse HTML; what is never read (scripts, menus, forms, hidden parts) is left out.

    Raises
    ------
    TooLargeError
        When the page has too many elements to be an article.

    Examples
    --------
    >>> root = parse_page("<p>Llama<script>x</script>", "page")
    >>> [node if isinstance(node, str) else node.tag for node, entering in walk(root) if entering]
    ['body', 'p', 'Llama']
    """
    from resiliparse.parse.html import HTMLTree, NodeType

    body = HTMLTree.parse(text).body
    root = Element("body")
    # Its stubs of version 1 and 2 differ; the calls below are in both.
    first: Any = body.first_child if body is not None else None
    waiting = [(first, root, 1)] if first is not None else []
    count = 0
    while waiting:
        node, parent, depth = waiting.pop()
        count += 1
        if count > _MOST_NODES:
            raise TooLargeError(
                f"{name} holds more than {_MOST_NODES:,} HTML elements",
                hint="save the article's own text and read that",
            )
        if (following := node.next) is not None:
            waiting.append((following, parent, depth))
        if node.type == NodeType.TEXT:
            parent.children.append(node.value or "")
        elif node.type == NodeType.ELEMENT:
            tag = (node.tag or "").lower()
            names = _ATTRIBUTES.intersection(node.attrs)
            attributes = {key: node.getattr(key) or "" for key in names}
            if tag in _SKIPPED or _is_invisible(attributes):
                continue
            element = Element(tag, attributes)
            parent.children.append(element)
            if (inside := node.first_child) is not None:
                # What is nested deeper than any article hangs flat at that depth.
                below = element if depth < _DEEPEST else parent
                waiting.append((inside, below, depth + 1))
    return root


def _is_invisible(attributes: dict[str, str]) -> bool:
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") in _ROLES
        or _INVISIBLE_STYLE.search(attributes.get("style", "")) is not None
    )


def walk(root: Element) -> Iterator[tuple[Element | str, bool]]:
    """Give elements on entering (True) and on leaving (False), and the texts between them."""
    waiting: list[tuple[Element | str, bool]] = [(root, True)]
    while waiting:
        node, entering = waiting.pop()
        yield node, entering
        if entering and isinstance(node, Element):
            waiting.append((node, False))
            waiting.extend((child, True) for child in reversed(node.children))


def main_content(root: Element) -> Element:
    """Choose the deepest element that holds most of the page's running text.

    Menus, shares and other asides within it are taken out of the tree.

    Examples
    --------
    >>> html = "<div id=menu><a>Home</a></div><div id=text><p>Meta has released Llama 2.</div>"
    >>> main_content(parse_page(html, "page")).attributes
    {'id': 'text'}
    """
    _weigh(root)
    chosen = root
    path = [root]
    while True:
        heavy = [
            child
            for child in chosen.children
            if isinstance(child, Element)
            and child.tag in _CONTAINERS
            and child.prose >= _MOST_OF_PAGE * root.prose > 0
        ]
        if not heavy:
            break
        chosen = heavy[0]
        path.append(chosen)
    while path[-1].tag in _TABLE_PARTS and len(path) > 1:
        path.pop()
    chosen = path[-1]
    for element, entering in walk(chosen):
        if entering and isinstance(element, Element):
            element.children = [
                child for child in element.children if not _is_aside(child, chosen.prose)
            ]
    return chosen


def _weigh(root: Element) -> None:
    """Count each element's prose: runs of text that no link holds, unless they are scraps."""
    path: list[Element] = []
    links = 0
    run = 0
    for node, entering in walk(root):
        if isinstance(node, str):
            run += 0 if links else len(node.strip())
            continue
        if node.tag in _BLOCKS and path:
            path[-1].prose += run if run >= _SHORTEST_PROSE else 0
            run = 0
        if node.tag == "a":
            links += 1 if entering else -1
        if entering:
            path.append(node)
            continue
        path.pop()
        if path:
            path[-1].prose += node.prose


def _is_aside(node: Element | str, whole: int) -> bool:
    if isinstance(node, str) or node.prose > _ASIDE_AT_MOST * whole:
        return False
    label = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')}"
    words = {word.lower() for word in _WORDS.findall(label[:300])}
    return node.tag == "footer" or not words.isdisjoint(_ASIDE_WORDS)

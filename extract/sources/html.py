"""Web pages: their main text as Markdown, with title and date."""

import html
import re
from dataclasses import dataclass

from ..dates import as_iso_date
from .decode import decode
from .page import main_content, parse_page
from .render import render

__all__ = ["Page", "read_html"]

_CHARSET = re.compile(
    rb"""<meta\b[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w:.-]{2,40})
    |<\?xml[^>]{0,100}?encoding\s{0,9}=\s{0,9}["']([\w:.-]{2,40})""",
    re.IGNORECASE | re.VERBOSE,
)
_META = re.compile(r"<meta\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-z:_-]{1,40}+)\s{0,9}+=\s{0,9}+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE
)
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,500})", re.IGNORECASE)
_SITE = re.compile(r"\s+[-|–—_·»]\s+[^-|–—_·»]{1,40}$|[_|][^_|]{1,30}$")
_TIME = re.compile(r"""<time\b[^<>]{0,500}?\bdatetime\s{0,9}=\s{0,9}["']([^"'<>]{4,40})""", re.I)
_LINKED_DATA = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"<>]{4,40})"')
_TITLES = ("og:title", "twitter:title", "dc.title")
_DATES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "publishdate",
    "pubdate",
    "publish_date",
    "publication_date",
    "dc.date",
    "dc.date.issued",
    "weibo:article:create_at",
    "date",
)


@dataclass(frozen=True, slots=True)
class Page:
    """The main text of a page as Markdown, its title and its ISO date."""

    text: str
    title: str = ""
    published: str | None = None


def read_html(data: bytes, name: str, *, encoding: str | None = None, declared: str = "") -> Page:
    """Read a web page.

    Parameters
    ----------
    data : bytes
    name : str
        What messages call it.
    encoding : str, optional
        The user's word on its encoding.
    declared : str
        The server's; it goes before the page's own.

    Raises
    ------
    InputError
        When it is no text, in no known encoding, or too large.

    Examples
    --------
    >>> page = read_html("<title>百川开源</title><p>百川智能发布了大模型。".encode("gbk"), "page")
    >>> page.title, page.text
    ('百川开源', '# 百川开源\\n\\n百川智能发布了大模型。')
    """
    if not declared and (charset := _CHARSET.search(data[:4096])):
        declared = (charset[1] or charset[2]).decode("ascii", "replace")
    text = decode(data, name, encoding=encoding, declared=declared)
    meta = _meta(text)
    title = next((meta[key] for key in _TITLES if meta.get(key)), "")
    if not title and (head := _TITLE.search(text)):
        title = _SITE.sub("", " ".join(html.unescape(head[1]).split()))
    dates = [meta.get(key, "") for key in _DATES]
    dates += [found[1] for pattern in (_LINKED_DATA, _TIME) if (found := pattern.search(text))]
    published = next((date for date in map(as_iso_date, dates) if date), None)
    body = render(main_content(parse_page(text, name)))
    # The heading often stands outside the main text, and names what the text is about.
    if title and body and not re.search(r"^# ", body, re.MULTILINE):
        body = f"# {title}\n\n{body}"
    return Page(body, title, published)


def _meta(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in _META.finditer(text):
        attributes = {
            match[1].lower(): match[2] or match[3] or match[4] or ""
            for match in _ATTRIBUTE.finditer(tag[1])
        }
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if key and "content" in attributes:
            content = " ".join(html.unescape(attributes["content"]).split())
            found.setdefault(key.lower(), content)
    return found

"""What every source does with the bytes that it got: find their form and make a document."""

import datetime
import re
from collections.abc import Callable
from enum import StrEnum

from ...ontology.document import Document, normalise_text
from ..dates import is_iso_date
from ..errors import EmptyDocumentError, InputError, TooLargeError, UnreadableError
from ..front_matter import find_front_matter
from ..markdown import parse_structure
from ..protocols import Reading, ReadOptions
from .decode import decode
from .language import language_of

__all__ = ["Form", "attempt", "make_document", "sniff", "too_large"]

_INVISIBLE = re.compile(r"[\s\ufeff\u200b-\u200f\u2060]*")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


class Form(StrEnum):
    """How a document is written down."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"


def sniff(data: bytes) -> Form:
    """Tell the form of some bytes by how they begin.

    Examples
    --------
    >>> [str(sniff(data)) for data in (b"%PDF-1.7", b"<!DOCTYPE html><p>", b"# Llama 2")]
    ['pdf', 'html', 'text']
    """
    head = data[:2048]
    if head.lstrip().startswith(b"%PDF-"):
        return Form.PDF
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\x00", b"")[2:]
    return Form.HTML if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")) else Form.TEXT


def attempt(location: str, make: Callable[[], Document]) -> Reading:
    """Give the reading of a location: the document, or the error that came instead."""
    try:
        return Reading(location, document=make())
    except InputError as error:
        return Reading(location, error=error)


def too_large(name: str, limit: int, size: int | None = None) -> TooLargeError:
    """Make the error for more bytes than the limit allows."""
    much = f"holds {size:,} bytes, more than" if size is not None else "holds more than"
    return TooLargeError(
        f"{name} {much} the limit of {limit:,} bytes", hint="split it, or raise the limit"
    )


def make_document(
    data: bytes,
    form: Form,
    options: ReadOptions,
    *,
    name: str,
    title: str,
    url: str | None = None,
    declared: str = "",
) -> Document:
    """Make a document of the bytes of one file, page or stream.

    Parameters
    ----------
    data : bytes
    form : Form
    options : ReadOptions
        What the user says goes before what the text says.
    name : str
        What messages call it.
    title : str
        The title when neither the user nor the text has one.
    url : str, optional
        The address it came from.
    declared : str
        The encoding that a server declared.

    Raises
    ------
    InputError
        When it cannot be read.

    Examples
    --------
    >>> text = "---\\ntitle: 百川开源\\ndate: 2023-07-11\\n---\\n百川智能发布了 Baichuan-13B。"
    >>> document = make_document(text.encode(), Form.TEXT, ReadOptions(), name="a.md", title="a")
    >>> document.title, document.published, document.lang
    ('百川开源', '2023-07-11', 'zh')
    """
    if options.published is not None and not is_iso_date(options.published):
        raise InputError(
            f"not a date: {options.published!r}", hint="write YYYY, YYYY-MM or YYYY-MM-DD"
        )
    if options.lang not in (None, "zh", "en"):
        raise InputError(f"not a language read here: {options.lang!r}", hint="say zh or en")
    published: str | None = None
    found = ""
    if form is Form.HTML:
        from .html import read_html

        page = read_html(data, name, encoding=options.encoding, declared=declared)
        text, found, published = page.text, page.title, page.published
    elif form is Form.PDF:
        from .pdf import read_pdf

        text, found = read_pdf(data, name, timeout=options.timeout)
    else:
        text = decode(data, name, encoding=options.encoding, declared=declared)
    text = normalise_text(text)
    if len(text) > options.limit:
        # A few bytes of PDF or HTML can stand for much text.
        raise too_large(f"the text of {name}", options.limit)
    if _INVISIBLE.fullmatch(text):
        raise EmptyDocumentError(f"{name} holds no text", hint=_hint_for_empty(form))
    if form is Form.TEXT:
        front_matter = find_front_matter(text)
        if front_matter and front_matter.problem:
            raise UnreadableError(
                f"{name}: malformed front matter, line {front_matter.line}: {front_matter.problem}",
                hint="mend the YAML between the two '---' lines at the top, or take it out",
            )
        structure = parse_structure(text)
        found, published = structure.title, structure.published
    return Document.of(
        text,
        lang=options.lang or language_of(text),
        title=options.title or found or title,
        url=options.url or url,
        published=options.published or published,
        retrieved=datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds"),
    )


def _hint_for_empty(form: Form) -> str:
    if form is Form.PDF:
        return "its pages are pictures, perhaps: recognise their text first (OCR)"
    if form is Form.HTML:
        return "a page that scripts build is empty without them: save it from a browser"
    return "give a file with text"

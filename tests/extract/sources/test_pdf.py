"""PDF files, written by a few lines here."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from modelkin.extract.errors import EmptyDocumentError, InputError, TooLargeError, UnreadableError
from modelkin.extract.protocols import ReadOptions
from modelkin.extract.sources.documents import Form, make_document
from modelkin.extract.sources.pdf import join_lines, read_pdf


def pdf(*pages: list[str]) -> bytes:
    """Write the lines of each page in Helvetica."""
    fonts = b"<< /Font << /F 1 0 R >> >>"
    objects = [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj 0 -14 Td\n" for line in lines)
        content = f"BT /F 10 Tf 50 780 Td\n{shown}ET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        number = len(objects)
        objects.append(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Resources %s /Contents %d 0 R"
            b" >>" % (2 * len(pages) + 2, fonts, number)
        )
        kids.append(b"%d 0 R" % (number + 1))
    objects.append(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), b" ".join(kids)))
    objects.append(b"<< /Type /Catalog /Pages %d 0 R >>" % len(objects))
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root %d 0 R >>\n" % (len(objects) + 1, len(objects)))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(["Stable Beluga"]))))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


LINES = [
    "Stable Beluga is a family of language models that Stability AI has fine-tuned",
    "from Llama 2 on an own data set of instruc-",
    "tions; it was called FreeWilly at first.",
]
JOINED = (
    "Stable Beluga is a family of language models that Stability AI has fine-tuned "
    "from Llama 2 on an own data set of instructions; it was called FreeWilly at first."
)


def read(data: bytes) -> tuple[str, str]:
    return read_pdf(data, "a.pdf", timeout=30)


def test_pages_are_read_and_wraps_mended() -> None:
    assert read(pdf(LINES)) == (JOINED, "")


def test_a_document_is_made_of_it() -> None:
    document = make_document(pdf(LINES), Form.PDF, ReadOptions(), name="a.pdf", title="a")
    assert (document.text, document.title, document.lang) == (JOINED, "a", "en")


def test_running_heads_and_page_numbers_go() -> None:
    pages = [
        ["Journal 2023", f"Page {n} says that Llama {n} is here.", str(n)] for n in range(1, 6)
    ]
    text, _ = read(pdf(*pages))
    assert "Journal" not in text
    assert text.split() == " ".join(page[1] for page in pages).split()


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ["the state-of-the-art is the state-of-the-", "art"],
            "the state-of-the-art is the state-of-the-art",
        ),
        (
            ["we compare it to the larger GPT-", "4 of OpenAI"],
            "we compare it to the larger GPT-4 of OpenAI",
        ),
        (["智谱", "模型"], "智谱模型"),
        (
            ["Title", "A much longer line of text that fills the width."],
            "Title\n\nA much longer line of text that fills the width.",
        ),
        ([], ""),
    ],
)
def test_joining_lines(lines: list[str], text: str) -> None:
    assert join_lines([lines]) == text


def test_a_password_is_asked_for() -> None:
    with pytest.raises(UnreadableError, match="asks for a password"):
        read(encrypted("secret"))


def test_encryption_without_a_password_opens() -> None:
    assert read(encrypted(""))[0] == "Stable Beluga"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4\nnothing more",
        pdf(LINES)[:200],
        pdf(LINES).replace(b"/Kids", b"/Kids 7 0 R %"),
        pdf(LINES).replace(b"/Catalog", b"/Nothing").replace(b"/Root", b"/Toor"),
    ],
)
def test_broken_files_are_clear_errors(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"a\.pdf is a broken PDF file"):
        read(data)


@given(st.integers(0, 1000), st.integers(0, 255), st.integers(1, 30))
def test_damage_gives_text_or_a_clear_error(place: int, byte: int, length: int) -> None:
    data = pdf(LINES)
    place %= len(data)
    damaged = data[:place] + bytes([byte]) * length + data[place + length :]
    try:
        make_document(damaged, Form.PDF, ReadOptions(), name="a.pdf", title="a")
    except InputError as error:
        assert "a.pdf" in error.message


def test_pages_without_text_are_an_empty_document() -> None:
    with pytest.raises(EmptyDocumentError, match="holds no text") as caught:
        make_document(pdf([], []), Form.PDF, ReadOptions(), name="a.pdf", title="a")
    assert "OCR" in caught.value.hint


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(TooLargeError, match="1,001 pages"):
        read(pdf(*[[]] * 1001))


def test_the_time_is_limited_within_a_page() -> None:
    with pytest.raises(UnreadableError, match="too long"):
        read_pdf(pdf(["word"] * 20_000), "a.pdf", timeout=0.05)

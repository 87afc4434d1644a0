"""Hostile files: a clear error with its place, no network, bounded memory and time."""

import contextlib
import gzip
import io
import select
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pyoxigraph
import pytest
from cpu_time import takes_at_most
from hypothesis import given, settings
from hypothesis import strategies as st

from modelkin.graph.errors import ImportFileError
from modelkin.graph.importers.files import read
from modelkin.graph.importers.guards import Depth
from modelkin.graph.importers.lines import rendered
from modelkin.graph.importers.reading import FORMATS, format_of, quads

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/"'
ABOUT = '<rdf:Description rdf:about="http://a"><x:p>{}</x:p></rdf:Description>'
TRIPLE = b"<http://a> <http://b> "
MANY = 200_000


def xml(doctype: str, body: str) -> bytes:
    return f"<?xml version='1.0'?>{doctype}<rdf:RDF {RDF}>{body}</rdf:RDF>".encode()


LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
PACKED = gzip.compress(TRIPLE * 1000)

REFUSED = {
    "laughs.rdf": (
        xml(f'<!DOCTYPE r [<!ENTITY e0 "lol">{LAUGHS}]>', ABOUT.format("&e9;")),
        "line 1, column .*amplification",
    ),
    "blow-up.rdf": (
        xml(f'<!DOCTYPE r [<!ENTITY e "{"a" * 100_000}">]>', ABOUT.format("&e;" * 20_000)),
        "amplification",
    ),
    "file.rdf": (
        xml('<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>', ABOUT.format("&e;")),
        "line 1: the entity 'e' lies outside",
    ),
    "parameter.rdf": (
        xml('<!DOCTYPE r [<!ENTITY % e SYSTEM "http://127.0.0.1:9/e.dtd"> %e;]>', ""),
        "the entity 'e' lies outside",
    ),
    "type.rdf": (
        xml('<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd">', ""),
        "its document type lies outside",
    ),
    "deep.rdf": (
        xml("", "<rdf:Description><x:p>" * MANY + "</x:p></rdf:Description>" * MANY),
        "more than 1000 deep",
    ),
    "hex.rdf": (b"<?xml version='1.0' encoding='hex'?><a/>", "'hex' is not a text encoding"),
    "gbk.rdf": (b"<?xml version='1.0' encoding='gbk'?><a/>", "encodings are not supported"),
    "open.rdf": (b"<a>\n <b></a>", "line 2, column 7: mismatched tag"),
    "deep.nq": (
        TRIPLE + b"<<( <http://a> <http://b> " * MANY + b'"1"' + b" )>>" * MANY + b" .",
        "more than 100 deep",
    ),
    "hidden.ttl": (
        # What stands in texts and comments closes nothing.
        TRIPLE + b"# )>> )>> '\n" + b"<<( # >>\n <http://a> <http://b> " * 20_000,
        "more than 100 deep",
    ),
    "deep.jsonld": (b'{"http://p":' * MANY + b"1" + b"}" * MANY, "recursion"),
    "number.jsonld": (b'{"http://p":' + b"1" * 10_000 + b"}", "no JSON that can be read"),
    "open.jsonld": (b'{"http://a":\n 1,}', "line 2, column 4"),
    "remote.jsonld": (
        b'{"@context": ["http://127.0.0.1:9/c", {"@vocab": "http://x/"}], "name": "x"}',
        "http://127.0.0.1:9/c, and nothing is fetched",
    ),
    "import.jsonld": (
        b'{"@context": {"@import": "http://127.0.0.1:9/c"}, "name": "x"}',
        "nothing is fetched",
    ),
    "scoped.jsonld": (
        b'{"@context": {"n": {"@id": "http://n", "@context": "http://127.0.0.1:9/c"}}, "n": {}}',
        "nothing is fetched",
    ),
    "long.ttl": (TRIPLE + b'"' + b"x" * 20_000_000 + b'" .', "more than 16 MB"),
    "relative.ttl": (TRIPLE + b"1 .\n<a> <b> <c> .", "line 2 .*relative address"),
    "language.ttl": (TRIPLE + b'"x"@en_US .', "line 1 column"),
    "subtag.ttl": (TRIPLE + b'"x"@abcdefghijk .', "line 1 .*eight characters"),
    "bytes.nq": (TRIPLE + b'"x" .\n' + TRIPLE + b'"x\xff" .', "line 2 .*UTF-8"),
    "wide.ttl": ("<http://a> <http://b> 1 .".encode("utf-16"), "line 1 .*UTF-8"),
    "blank.ttl": (b"<http://a b> <http://b> 1 .", "line 1 .*Invalid IRI"),
    "surrogate.ttl": (TRIPLE + b'"\\uD800" .', "line 1 .*not a valid unicode"),
    "cut.trig": (TRIPLE + b"1 .\n<http://a> <http://b", "line 2 .*Unexpected end"),
    "cut.nq.gz": (PACKED[: len(PACKED) // 2], "cannot be read to its end"),
    "bad.nq.gz": (PACKED[:12] + b"xxxx" + PACKED[16:], "cannot be read to its end"),
    "empty.ttl": (b"", "states nothing"),
    "article.pdf": (b"%PDF", "says no format"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_files_are_refused(name: str, tmp_path: Path) -> None:
    content, reason = REFUSED[name]
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(ImportFileError, match=rf"{name}[\s\S]*{reason}") as caught:
        read(file)
    assert caught.value.exit_code == 3
    assert caught.value.hint
    assert len(caught.value.message) < 600


def test_what_only_looks_hostile_is_read(tmp_path: Path) -> None:
    accepted = {
        "entity.rdf": xml(
            '<!DOCTYPE rdf:RDF [<!ENTITY x "http://x/">]>',
            '<rdf:Description rdf:about="&x;a"><x:p>1</x:p></rdf:Description>',
        ),
        "texts.ttl": TRIPLE + b'"""' + b"<<( ' \\\" \n" * 500 + b'""", "<<", \'<<\' . # <<\n',
        "long.ttl": TRIPLE + b'"' + b"x" * 10_000_000 + b'" .',
        "nested.ttl": TRIPLE + b"[ <http://b> " * MANY + b"1" + b" ]" * MANY + b" .",
        "inner.ttl": TRIPLE + b"<<( <http://a> <http://b> " * 50 + b"1" + b" )>>" * 50 + b" .",
        "schema.jsonld": b'{"@context": "https://schema.org", "@id": "http://a", "name": "x"}',
        "nul.nt": TRIPLE + b'"\\u0000" .',
    }
    for name, content in accepted.items():
        file = tmp_path / name
        file.write_bytes(content)
        assert sum(1 for _ in quads(file)) > 0, name


def test_a_statement_of_10_mb_is_left_out_and_told(tmp_path: Path) -> None:
    file = tmp_path / "long.ttl"
    file.write_bytes(TRIPLE + b'"' + b"x" * 10_000_000 + b'", 1 .')
    imported = read(file)
    assert imported.said is not None and imported.report is not None
    assert len(imported.said.document.text) < 200
    assert imported.report.refused == {"longer than 100000 characters": 1}


def test_too_many_statements_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modelkin.graph.importers.files.MOST", 3)
    file = tmp_path / "many.ttl"
    file.write_bytes(TRIPLE + b"1, 2, 3, 4 .")
    with pytest.raises(ImportFileError, match="more than 3 statements"):
        read(file)


def test_relative_addresses_are_read_with_a_base(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_bytes(b"<a> <b> <../c> .")
    [quad] = quads(file, base="https://example.org/x/")
    assert quad.object.value == "https://example.org/c"


def test_every_format_has_suffixes_of_its_own() -> None:
    for name, (_, suffixes) in FORMATS.items():
        for suffix in suffixes:
            assert format_of(Path(f"x{suffix.upper()}")) == format_of(Path(f"x{suffix}.gz")) == name


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(ImportFileError, match="cannot read"):
            list(quads(path, "turtle"))


TERMS = [
    b"<http://a>",
    b'"<<"',
    b"'<<'",
    b'"""<<\n"<<"""',
    b"'''<<'\n'''",
    b"# <<\n",
    b"_:a",
    b"x:\\'",
]


@given(st.lists(st.sampled_from(TERMS)), st.integers(0, 5), st.integers(1, 7))
def test_depth_is_counted_whatever_stands_around(
    around: list[bytes], depth: int, size: int
) -> None:
    space = b" ".join([b"", *around, b""])
    data = space.join([b"<<("] * depth + [b")>>"] * depth) + b"\n  "
    counter = Depth()
    file = io.BytesIO(data)
    most = 0
    while part := file.read(size):
        most = counter.after(part)
    assert counter.after(b"") == max(most, depth) == depth


def ring(number: int, name: str) -> str:
    return "".join(
        f"_:{name}{n} <http://next> _:{name}{(n + 1) % number} .\n" for n in range(number)
    )


@given(st.randoms(use_true_random=False))
def test_lines_do_not_depend_on_order_or_names(chance) -> None:  # type: ignore[no-untyped-def]
    statements = [
        "_:a <http://name> 'Ann' .",
        "_:b <http://name> '百川' .",
        "_:a <http://knows> _:b .",
        "_:b <http://knows> _:c .",
        "_:c <http://knows> _:a .",
        "<http://x> <http://made> _:c .",
    ]
    expected = sorted(rendered(parsed("\n".join(statements)))[0])
    chance.shuffle(statements)
    other = "\n".join(statements).replace("_:a", "_:z").replace("_:b", "_:a").replace("_:z", "_:q")
    assert sorted(rendered(parsed(other))[0]) == expected


def parsed(text: str) -> list[pyoxigraph.Quad]:
    return list(pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE))


def test_rings_of_blank_nodes_take_bounded_time() -> None:
    text = ring(3000, "a") + "".join(ring(3, f"b{n}x") for n in range(1000))
    statements = parsed(text)
    takes_at_most(10, lambda: rendered(statements))
    lines, names = rendered(statements)
    assert len(set(lines)) == len(lines) == 6000
    assert len(set(names.values())) == 6000


def test_memory_stays_small(tmp_path: Path) -> None:
    """The bomb of a few hundred bytes would be gigabytes, and the end of the process."""
    file = tmp_path / "laughs.rdf"
    file.write_bytes(REFUSED["laughs.rdf"][0])
    code = (
        "import resource; from pathlib import Path\n"
        "from modelkin.graph.errors import ImportFileError\n"
        "from modelkin.graph.importers.files import read\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        f"try: read(Path({str(file)!r}))\n"
        "except ImportFileError: print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        ("jsonld", '{"@context": "{}", "name": "x"}'),
        ("jsonld", '{"@context": {"@import": "{}"}, "name": "x"}'),
        ("jsonld", '{"@context": {"n": {"@id": "http://n", "@context": "{}"}}, "n": {}}'),
        ("rdf", f'<!DOCTYPE r SYSTEM "{{}}"><rdf:RDF {RDF}/>'),
        ("rdf", f'<!DOCTYPE r [<!ENTITY % e SYSTEM "{{}}"> %e;]><rdf:RDF {RDF}/>'),
        ("rdf", f'<rdf:RDF {RDF} xmlns:i="{{}}" xml:base="{{}}"><i:a rdf:about="b"/></rdf:RDF>'),
        ("ttl", "@base <{}> . @prefix x: <{}> . <> a x:y ; <http://o/imports> <{}> ."),
    ],
)
def test_nothing_is_fetched(suffix: str, text: str, tmp_path: Path) -> None:
    """Neither by Python nor by the parser, which would not ask Python."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/file"
        file = tmp_path / f"a.{suffix}"
        file.write_text(text.replace("{}", address), encoding="utf-8")
        with contextlib.suppress(ImportFileError):
            read(file)
        assert select.select([server], [], [], 0) == ([], [], [])


SOUND = {
    "ttl": '@prefix x: <http://x/> . x:a x:b "百"@zh, [ x:c """d""" ] ; x:e <<( x:a x:b 1 )>> .',
    "trig": "@prefix x: <http://x/> . x:g { x:a a x:b . } _:c x:d true .",
    "nq": '<http://a> <http://b> "c"^^<http://d> _:e .',
    "jsonld": '{"@context": {"@vocab": "http://x/"}, "@id": "http://a", "n": [{"@value": "百"}]}',
    "rdf": f'<!DOCTYPE r [<!ENTITY e "百">]><rdf:RDF {RDF}>{ABOUT.format("&e;")}</rdf:RDF>',
}
PIECES = [
    *(bytes([n]) for n in (*b"<>\"'\\{}[]():;.,@#^_&%\n\x00", 0xFF, 0xE7)),
    *(b"<<(", b")>>", b"@prefix", b"^^", b"&e;", b"99", b"http://", b"\\u12", b"]]>", b"<!--"),
]


@given(
    st.sampled_from(sorted(SOUND)),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 9), st.sampled_from(PIECES))),
)
@settings(max_examples=150, deadline=None)
def test_damaged_files_are_read_or_refused(
    suffix: str, changes: list[tuple[int, int, bytes]]
) -> None:
    content = bytearray(SOUND[suffix].encode())
    for at, length, piece in changes:
        content[at : at + length] = piece
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"a.{suffix}")
        file.write_bytes(content)
        try:
            assert read(file).said is not None
        except ImportFileError as error:
            assert changes, error

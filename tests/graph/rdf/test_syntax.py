"""Terms and addresses: what is written is read back to the letter, by another reader too."""

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from modelkin.graph.rdf.addresses import Addresses, ontology_name, ontology_term
from modelkin.graph.rdf.syntax import Quad, decimal, lines, literal, node, typed, web_address
from modelkin.graph.rdf.terms import Literal, parsed
from modelkin.ontology.errors import InvariantError
from modelkin.ontology.identifiers import entity_id
from modelkin.ontology.terms import EntityType

hostile = st.one_of(
    st.text(),
    st.text(alphabet="<>\"'\\\n\r\t\x00\x0b\x1f\x7f\x85\u2028\u202e\ufeff\ufffe@^_:. u0041百😀"),
)
A = node("https://example.org/a")


@given(hostile)
@example("<<( <<( <<")
@example('""" \\" ]]> \\u0041 \\')
def test_a_text_is_read_back_to_the_letter(text: str) -> None:
    term = literal(text)
    assert parsed(term) == Literal(text)
    [quad] = pyoxigraph.parse("".join(lines([Quad(A, A, term)])), pyoxigraph.RdfFormat.N_QUADS)
    assert quad.object == pyoxigraph.Literal(text)
    # No reader has to fear a triple term in a text.
    assert "<<" not in term


def test_lone_surrogates_become_the_replacement_character() -> None:
    assert literal("a\ud800b") == '"a\ufffdb"'


@given(hostile)
def test_typed_texts_are_read_back(text: str) -> None:
    [quad] = pyoxigraph.parse(
        "".join(lines([Quad(A, A, typed(text, "xsd:gYear"), A)])), pyoxigraph.RdfFormat.N_QUADS
    )
    assert quad.object.value == text
    assert parsed(typed(text, "xsd:gYear")) == Literal(text, quad.object.datatype.value)


@given(st.floats(0, 1))
def test_a_confidence_is_exact(number: float) -> None:
    text = parsed(decimal(number))
    assert isinstance(text, Literal)
    assert float(text.text) == number
    assert "e" not in text.text.lower()


@given(hostile.map("https://example.org/".__add__) | hostile.map("https://".__add__))
@example("https://example.org/文章?a=1&b=%E7%99%BE#片段")
@example("https://example.org:99999/")
@example("https://[::1]/")
@example("http://a/%zz")
def test_what_is_taken_for_an_address_is_one(text: str) -> None:
    if web_address(text):
        quad = f"{A} {A} <{text}> .\n"
        [read] = pyoxigraph.parse(quad, pyoxigraph.RdfFormat.N_QUADS)
        assert read.object.value == text


def test_chinese_addresses_stay_as_they_are() -> None:
    assert web_address("https://例子.中国/文章/百川?页=1#片段")


bases = st.sampled_from(
    ["https://w3id.org/modelkin/", "https://例子.org/图#", "http://h:8080/a/b/"]
)


@given(bases, st.sampled_from(EntityType), st.text(min_size=1))
@example("https://w3id.org/modelkin/", EntityType.MODEL, "百川 2 (7B)")
def test_ids_round_trip(base: str, type: EntityType, name: str) -> None:
    addresses = Addresses(base)
    id = entity_id(type, name)
    term = addresses.thing(id)
    assert pyoxigraph.NamedNode(term[1:-1])
    assert term[1 + len(base) : -1].isascii()
    assert addresses.id(term[1:-1]) == id


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])))
def test_names_of_terms_round_trip(name: str) -> None:
    term = ontology_term(name)
    assert pyoxigraph.NamedNode(term[1:-1])
    assert ontology_name(term[1:-1]) == name


@pytest.mark.parametrize(
    "base",
    ["", "example.org/", "https://example.org/kg", "https://e.org/a b/", "https://e.org/?a/"],
)
def test_what_is_no_base_is_refused(base: str) -> None:
    with pytest.raises(InvariantError, match="cannot be the base"):
        Addresses(base)

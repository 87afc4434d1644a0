"""A query's tokens: nothing hides in strings, comments, names or escapes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelkin.graph.errors import QuerySyntaxError
from modelkin.graph.projections.tokens import Kind, closing, tokenize


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(t.kind, t.value) for t in tokenize(text) if t.kind is not Kind.BLANK]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("match", [(Kind.NAME, "MATCH")]),
        ("`cr``eate`", [(Kind.QUOTED, "cr`eate")]),
        (r"'it\'s \u4e2d'", [(Kind.STRING, "it's 中")]),
        (r'"CREATE \\"', [(Kind.STRING, "CREATE \\")]),
        ("// CREATE\n1", [(Kind.NUMBER, "1")]),
        ("/* ' */ 'a'", [(Kind.STRING, "a")]),
        ("'/* '", [(Kind.STRING, "/* ")]),
        ("$名", [(Kind.PARAMETER, "名")]),
        ("$`a b`", [(Kind.PARAMETER, "a b")]),
        ("模型", [(Kind.NAME, "模型")]),
        ("1..3", [(Kind.NUMBER, "1"), (Kind.SIGN, ".."), (Kind.NUMBER, "3")]),
        ("*2..", [(Kind.SIGN, "*"), (Kind.NUMBER, "2"), (Kind.SIGN, "..")]),
        ("1.5e-3", [(Kind.NUMBER, "1.5e-3")]),
        ("a.b", [(Kind.NAME, "A"), (Kind.SIGN, "."), (Kind.NAME, "B")]),
    ],
)
def test_tokens(text: str, expected: list[tuple[Kind, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "'open",
        '"open\\"',
        "`open",
        "/* open",
        "$",
        r"\u0043REATE (n)",
        r"'\x41'",
        r"'\u12'",
        r"'\uzzzz'",
        r"'\U00110000'",
        "a ? b",
    ],
)
def test_what_is_no_token_is_an_error(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match="line 1, column"):
        tokenize(text)


def test_error_says_where() -> None:
    with pytest.raises(QuerySyntaxError, match="line 2, column 8"):
        tokenize("MATCH (n)\nRETURN 'open")


@given(st.text(alphabet="aC中 \n'\"`\\/*-.$(){}[]:;|1e=<>u0043", max_size=40))
def test_nothing_is_lost(text: str) -> None:
    try:
        tokens = tokenize(text)
    except QuerySyntaxError:
        return
    assert "".join(token.text for token in tokens) == text
    assert [token.start for token in tokens] == [
        sum(len(t.text) for t in tokens[:place]) for place in range(len(tokens))
    ]


def test_brackets_match() -> None:
    assert closing(tokenize("(a[b{c}])"), 0) == 8
    for text in ("(a", "(a]", "({)}"):
        with pytest.raises(QuerySyntaxError, match="not closed"):
            closing(tokenize(text), 0)

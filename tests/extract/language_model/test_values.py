"""Numbers, sizes and dates have to stand in the words that are quoted for them."""

import pytest

from modelkin.extract.language_model.values import stands
from modelkin.ontology.terms import Attribute

SIZE, LENGTH, DATE = Attribute.PARAMETERS, Attribute.CONTEXT_LENGTH, Attribute.RELEASE_DATE


@pytest.mark.parametrize(
    ("value", "attribute", "quote", "expected"),
    [
        ("7B", SIZE, "含70亿参数", True),
        ("70B", SIZE, "含70亿参数", False),
        ("7B", SIZE, "with 7 billion parameters", True),
        ("7B", SIZE, "7、13和70B三种", True),
        ("2B", SIZE, "Llama 2 has 70B parameters", False),
        ("1T", SIZE, "万亿级参数：1000B", True),
        ("~100B", SIZE, "千亿级参数", True),
        ("8x7B", SIZE, "an 8x7B mixture", True),
        ("7B", SIZE, "an 8x7B mixture", False),
        ("999B", SIZE, "a very large model", False),
        ("32768", LENGTH, "支持32K上下文", True),
        ("32000", LENGTH, "a 32k context", True),
        ("4096", LENGTH, "context of 4,096 tokens", True),
        ("1000000", LENGTH, "a 1M context", True),
        ("128000", LENGTH, "a 32k context", False),
        ("many", LENGTH, "a 32k context", False),
        ("2023-07-18", DATE, "7月18日发布", True),
        ("2023-07-19", DATE, "7月18日发布", False),
        ("2023-07", DATE, "released in July 2023", True),
        ("2022-07", DATE, "released in July 2023", False),
        ("2019-07-18", DATE, "7月18日发布", False),
        ("2023", DATE, "于2023年发布", True),
        ("2022", DATE, "于2023年发布", False),
        ("--07-18", DATE, "7月18日发布", True),
        ("2023-09-01", DATE, "今天发布", True),
        ("2023-09-02", DATE, "今天发布", False),
        ("2023-09-01", DATE, "7月18日发布", False),
        ("soon", DATE, "soon", False),
        ("open", Attribute.OPENNESS, "人人可用", True),
    ],
)
def test_values(value: str, attribute: Attribute, quote: str, expected: bool) -> None:
    assert stands(value, attribute, quote, quote, "2023-09-01") is expected


def test_the_year_may_stand_elsewhere_in_the_text() -> None:
    assert stands("2024-07-18", DATE, "7月18日发布", "2024年回顾", None)
    assert not stands("2024-07-18", DATE, "7月18日发布", "回顾", None)

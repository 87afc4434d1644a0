"""What the attribute rules read; an empty list is a trap to keep out of."""

from collections.abc import Callable

import pytest

from modelkin.extract.attributes import find_attributes
from modelkin.extract.mention import Analysis
from modelkin.ontology.claim import Value

Analyse = Callable[..., Analysis]
Pairs = list[tuple[str, str]]


def values(analysis: Analysis, attribute: str) -> set[tuple[str, str]]:
    return {
        (finding.subject, finding.object.lexical)
        for finding in find_attributes(analysis)
        if finding.predicate == attribute and isinstance(finding.object, Value)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{M 启明}拥有70亿参数。", [("启明", "7B")]),
        (
            "{M 启明}含70亿、130亿和700亿三种参数规模。",
            [("启明", "7B"), ("启明", "13B"), ("启明", "70B")],
        ),
        ("{M 启明}的参数量为62亿。", [("启明", "6.2B")]),
        ("1300亿参数的{M 启明}发布了。", [("启明", "130B")]),
        ("{M 启明}是千亿级参数的大模型。", [("启明", "~100B")]),
        ("{M 甲}和{M 乙}的参数量分别为18亿和32.5亿。", [("甲", "1.8B"), ("乙", "3.25B")]),
        ("{M Gale} has 7 billion parameters.", [("Gale", "7B")]),
        ("{M Gale} is a 1.3B-parameter model.", [("Gale", "1.3B")]),
        (
            "{M Gale} comes in 7B, 13B and 70B parameter versions.",
            [("Gale", "7B"), ("Gale", "13B"), ("Gale", "70B")],
        ),
        ("{M Gale} ranges from 7B to 70B parameters.", [("Gale", "7B"), ("Gale", "70B")]),
        ("# {M Gale}\n\nThe model has 350 million parameters.", [("Gale", "350M")]),
        ("{M Gale} (7B, 13B) is out.", [("Gale", "7B"), ("Gale", "13B")]),
        # traps
        ("{M 启明}使用1.4万亿token训练。", []),
        ("{M 启明}下载量突破500万次，公司融资10亿美元。", []),
        ("{M Gale} was trained on 2T tokens and 100 million images.", []),
        ("{O Acme} raised $2 billion for {M Gale}.", []),
        ("{M Gale} has 17B active parameters.", []),
    ],
)
def test_parameters(analyse: Analyse, text: str, expected: Pairs) -> None:
    assert values(analyse(text), "parameters") == set(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{O 启明智能}开源了{M 启明-7B}和{M 启明-13B}。",
            [("启明-7B", "open"), ("启明-13B", "open")],
        ),
        ("7月19日，{M 启明}宣布开源。", [("启明", "open")]),
        ("开源模型{M 启明}很强。", [("启明", "open")]),
        ("{M GPT-4}是闭源模型。", [("GPT-4", "closed")]),
        ("{M 启明}目前没有开源。", [("启明", "closed")]),
        ("{M Gale} is an open-source language model.", [("Gale", "open")]),
        ("{O Acme} open-sourced {M Gale} and {M Storm}.", [("Gale", "open"), ("Storm", "open")]),
        ("{M Gale} is open-weight.", [("Gale", "open")]),
        ("The proprietary model {M GPT-4} is expensive.", [("GPT-4", "closed")]),
        (
            "## Open-source models\n\n- {M Gale}: fast\n- {M Storm}: strong\n",
            [("Gale", "open"), ("Storm", "open")],
        ),
        # traps
        ("{O 启明智能}计划开源{M 启明-2}。", []),
        ("{O Acme} will open-source {M Gale 2}.", []),
        ("{M 启明}受到开源社区欢迎。", []),
        ("{M GPT-4} is loved by the open-source community.", []),
        ("{M GPT-4}超越了其他开源模型。", []),
    ],
)
def test_openness(analyse: Analyse, text: str, expected: Pairs) -> None:
    assert values(analyse(text), "openness") == set(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{M 启明}可免费商用。", [("启明", "yes")]),
        ("{M 启明}仅供学术研究使用。", [("启明", "no")]),
        ("{M 启明}禁止商用。", [("启明", "no")]),
        ("{M 启明}经申请后可商用。", [("启明", "conditional")]),
        ("{M Gale} is free for commercial use.", [("Gale", "yes")]),
        ("{M Gale} may be used for research purposes only.", [("Gale", "no")]),
        ("{M Gale} is for research purposes only.", [("Gale", "no")]),
        ("{M Gale} is non-commercial.", [("Gale", "no")]),
        ("{M 启明}无需申请即可商用。", [("启明", "yes")]),
    ],
)
def test_commercial_use(analyse: Analyse, text: str, expected: Pairs) -> None:
    assert values(analyse(text), "commercialUse") == set(expected)


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("2023年7月19日，{O 启明智能}发布了{M 启明-7B}。", None, [("启明-7B", "2023-07-19")]),
        ("7月19日，{M 启明}宣布开源。", "2023-10-07", [("启明", "2023-07-19")]),
        ("7月19日，{M 启明}宣布开源。", None, [("启明", "--07-19")]),
        ("2月份，{O 星海}推出{M 星海-1}。", "2023-10-07", [("星海-1", "2023-02")]),
        ("- [2023/08/25] 发布{M 启明-Chat}。", None, [("启明-Chat", "2023-08-25")]),
        ("{M Gale} was released on July 18, 2023.", None, [("Gale", "2023-07-18")]),
        ("In March 2024, {O Acme} released {M Gale}.", None, [("Gale", "2024-03")]),
        ("{O Acme} today released {M Gale}.", "2024-03-05", [("Gale", "2024-03-05")]),
        ("{M Phi} (December 2023) is small.", None, [("Phi", "2023-12")]),
        # traps
        ("{O Acme} plans to release {M Gale} on 3 May 2025.", None, []),
        ("{M 启明}的训练数据截至2023年8月。", None, []),
        ("2024年5月1日，{M 启明}的论文公布。", None, []),
    ],
)
def test_release_date(analyse: Analyse, text: str, published: str | None, expected: Pairs) -> None:
    assert values(analyse(text, published), "releaseDate") == set(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{M 启明}支持32K上下文。", [("启明", "32768")]),
        ("{M 启明}的上下文长度为4096。", [("启明", "4096")]),
        ("{M 启明}的上下文窗口达到200K。", [("启明", "200000")]),
        ("{M Gale} supports a context length of 128K tokens.", [("Gale", "131072")]),
        ("{M Gale} has a 4,096-token context window.", [("Gale", "4096")]),
        ("{M 启明}将支持32K上下文。", []),
        ("{M Gale} was trained on 4,096 GPUs.", []),
    ],
)
def test_context_length(analyse: Analyse, text: str, expected: Pairs) -> None:
    assert values(analyse(text), "contextLength") == set(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一是完全闭源，这类代表公司国外有{O 甲智}的{M 甲-4}，国内有{O 乙智}的{M 乙}。",
            [("甲智", "closed"), ("乙智", "closed")],
        ),
        ("二是先闭源再开源，这类代表公司有{O 丙云}。", [("丙云", "closed-then-open")]),
        ("三是先开源再闭源，这类代表公司有{O 丁川}的{M 丁-7B}。", [("丁川", "open-then-closed")]),
        ("走开源路线的{O 戊塔}发布了新模型。", [("戊塔", "open")]),
        ("{O Acme} takes an open-source approach.", [("Acme", "open")]),
        ("{O Acme} has not taken an open-source approach.", []),
        ("{O Acme} released {M Gale}.", []),
    ],
)
def test_open_strategy(analyse: Analyse, text: str, expected: Pairs) -> None:
    assert values(analyse(text), "openStrategy") == set(expected)


def test_columns_of_a_table(analyse: Analyse) -> None:
    text = (
        "| Model | Params (B) | Context length | Release date | Commercial use |\n"
        "|---|---|---|---|---|\n"
        "| {M Gale} | 7 | 32K | 2023-07 | ✅ |\n"
        "| {M Storm} | 13 | 4096 | 2024-01-02 | ❌ |\n"
    )
    analysis = analyse(text)
    assert values(analysis, "parameters") == {("Gale", "7B"), ("Storm", "13B")}
    assert values(analysis, "contextLength") == {("Gale", "32768"), ("Storm", "4096")}
    assert values(analysis, "releaseDate") == {("Gale", "2023-07"), ("Storm", "2024-01-02")}
    assert values(analysis, "commercialUse") == {("Gale", "yes"), ("Storm", "no")}


def test_values_have_their_types(analyse: Analyse) -> None:
    text = "2023年7月19日，{O 甲厂}发布了{M 启明}，上下文长度为4096。"
    types = {f.predicate: f.object for f in find_attributes(analyse(text))}
    assert types["releaseDate"] == Value("2023-07-19", "date")
    assert types["contextLength"] == Value("4096", "integer")

"""What the relation rules read, sentence by sentence; an empty list is a trap to keep out of."""

from collections.abc import Callable

import pytest

from modelkin.extract.mention import Analysis
from modelkin.extract.relations import find_relations

Analyse = Callable[..., Analysis]
Pairs = list[tuple[str, str]]


def pairs(analysis: Analysis, predicate: str) -> set[tuple[str, str]]:
    return {
        (finding.subject, str(finding.object))
        for finding in find_relations(analysis)
        if finding.predicate == predicate
    }


def check(analyse: Analyse, predicate: str, text: str, expected: Pairs) -> None:
    assert pairs(analyse(text), predicate) == set(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # verbs
        ("{O 启明智能}昨天发布了开源大模型{M 启明-7B}。", [("启明-7B", "启明智能")]),
        ("{M 启明-7B}由{O 启明智能}研发。", [("启明-7B", "启明智能")]),
        (
            "{M 启明-7B}是由{O 启明智能}和{O 北山大学}联合训练的模型。",
            [("启明-7B", "启明智能"), ("启明-7B", "北山大学")],
        ),
        (
            "{O 启明智能}推出了{M 启明-7B}、{M 启明-13B}和{M 启明-70B}三款模型。",
            [("启明-7B", "启明智能"), ("启明-13B", "启明智能"), ("启明-70B", "启明智能")],
        ),
        (
            "{O 甲厂}和{O 乙厂}分别发布了{M Alpha}和{M Beta}。",
            [("Alpha", "甲厂"), ("Beta", "乙厂")],
        ),
        ("{O Northwind Labs} released {M Gale-7B} yesterday.", [("Gale-7B", "Northwind Labs")]),
        ("{M Gale-7B} was developed by {O Northwind Labs}.", [("Gale-7B", "Northwind Labs")]),
        (
            "{M Gale-7B}, a small model from {O Northwind Labs}, is fast.",
            [("Gale-7B", "Northwind Labs")],
        ),
        (
            "{O Acme} and {O Bolt} released {M Alpha} and {M Beta}, respectively.",
            [("Alpha", "Acme"), ("Beta", "Bolt")],
        ),
        (
            "{O Northwind Labs} today open-sourced {D Gale-Corpus}, a web data set.",
            [("Gale-Corpus", "Northwind Labs")],
        ),
        # owners before names
        ("{O 谷歌}的{M Gemini}引起了关注。", [("Gemini", "谷歌")]),
        ("{O 阿里}{M QWEN-7B}下载量破百万。", [("QWEN-7B", "阿里")]),
        ("{O 百川智能}开源的{M Baichuan-7B}很受欢迎。", [("Baichuan-7B", "百川智能")]),
        ("{O OpenAI}'s {A ChatGPT} changed the field.", [("ChatGPT", "OpenAI")]),
        ("{O Meta} {M LLaMA} is everywhere.", [("LLaMA", "Meta")]),
        ("{M Gemini}({O 谷歌})位列第一。", [("Gemini", "谷歌")]),
        # elided subjects
        (
            "{O 云帆科技}训练了{M 云帆-7B}，同时推出了{M 云帆-13B}。",
            [("云帆-7B", "云帆科技"), ("云帆-13B", "云帆科技")],
        ),
        (
            "2月，{O 星海}开源了{M 星海-1}；\n\n5月9日，开源了新模型{M 星海-2}。",
            [("星海-1", "星海"), ("星海-2", "星海")],
        ),
        ("{O 星海}公司在新闻稿中介绍了其开源大语言模型{M 星海-1}。", [("星海-1", "星海")]),
        (
            "{O Northwind Labs} is proud of its new model {M Gale-7B}.",
            [("Gale-7B", "Northwind Labs")],
        ),
        # traps
        ("{O 启明智能}计划在明年发布{M 启明-2}。", []),
        ("{O Northwind Labs} plans to release {M Gale-8B} next year.", []),
        ("{O 甲厂}发布的产品接入了{M GPT-4}。", []),
        ("{O Acme} released a tool based on {M GPT-4}.", []),
        ("{O 甲厂}推出类{A ChatGPT}产品——{A 甲聊}。", [("甲聊", "甲厂")]),
        ("{O 智海}版{M Sora}来了。", []),
        ("{O Acme} did not release {M Alpha}.", []),
    ],
)
def test_developed_by(analyse: Analyse, text: str, expected: Pairs) -> None:
    check(analyse, "developedBy", text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{M 杏林}基于{M Baichuan-13B}微调而来。", [("杏林", "Baichuan-13B")]),
        ("{M 杏林}在{M Llama 2}的基础上进行指令微调。", [("杏林", "Llama 2")]),
        ("{M 杏林}以{M ChatGLM-6B}为底座。", [("杏林", "ChatGLM-6B")]),
        ("该团队基于{M Llama 2}训练了医疗模型{M 杏林}。", [("杏林", "Llama 2")]),
        ("{M 小杏}由{M 杏林}蒸馏得到。", [("小杏", "杏林")]),
        (
            "{M 杏林}是在{M Llama}和{M Mistral}基础上合并而成。",
            [("杏林", "Llama"), ("杏林", "Mistral")],
        ),
        ("{M 甲}->{M 乙}->{M 丙}", [("乙", "甲"), ("丙", "乙")]),
        (
            "{M Stork}是其在两代{M Llama}的基础上精调出来。\n\n{M Llama 2}也很强。",
            [("Stork", "Llama"), ("Stork", "Llama 2")],
        ),
        (
            "某研究院死盯住{M Llama2}，在其基础上继续做大参数，{M 巨隼180B}横空出世。",
            [("巨隼180B", "Llama2")],
        ),
        ("# {M 杏林}\n\n基于{M Llama 2}进行增量预训练。", [("杏林", "Llama 2")]),
        ("{M Stork} is fine-tuned from {M Mistral 7B}.", [("Stork", "Mistral 7B")]),
        ("{M Stork} is built on top of {M Llama 2}.", [("Stork", "Llama 2")]),
        ("{M Stork}, a chat-tuned {M LLaMA} model, is popular.", [("Stork", "LLaMA")]),
        ("{M Stork-Q4} is a 4-bit quantized version of {M Stork}.", [("Stork-Q4", "Stork")]),
        (
            "{M Heron} is a merge of {M Stork} and {M Crane}.",
            [("Heron", "Stork"), ("Heron", "Crane")],
        ),
        ("{M Heron} was distilled from {M Crane-70B}.", [("Heron", "Crane-70B")]),
        ("{M Heron} continues pre-training {M Crane} on code.", [("Heron", "Crane")]),
        ("# {M Heron}\n\nThe model was fine-tuned from {M Crane} on chats.", [("Heron", "Crane")]),
        ("{M Stork-7B-GPTQ} and {M Stork-7B} are there.", [("Stork-7B-GPTQ", "Stork-7B")]),
        # traps
        ("{M Stork} uses the same architecture as {M Llama 2}.", []),
        ("{M Stork}采用与{M Llama 2}相同的架构。", []),
        ("{M Stork}不是基于{M Llama 2}训练的。", []),
        ("{M Stork} is not based on {M Llama 2}.", []),
        ("{M Stork} was trained on {D The Pile}.", []),
        ("{M Stork}基于{M GPT-4}生成的数据训练。", []),
        ("{M Stork} will be fine-tuned from {M Llama 3}.", []),
        (
            "包括基于{M 甲}训练得到的{M 甲医}和基于{M 乙}训练得到的{M 乙医}。",
            [("甲医", "甲"), ("乙医", "乙")],
        ),
    ],
)
def test_derived_from(analyse: Analyse, text: str, expected: Pairs) -> None:
    check(analyse, "derivedFrom", text, expected)


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("{M 杏林}基于{M Llama 2}指令微调而来。", "instruction-tune"),
        ("{M 杏林}基于{M Llama 2}微调而来。", "finetune"),
        ("{M 杏林}基于{M Llama 2}继续预训练得到。", "continued-pretraining"),
        ("{M 杏林}由{M Llama 2}蒸馏得到。", "distillation"),
        ("{M 杏林}基于{M Llama 2}。", "unspecified"),
        ("某院死盯住{M Llama2}，在其基础上继续做大参数，{M 巨隼180B}横空出世。", "scaling"),
        ("{M Stork} is a 4-bit quantized version of {M Mistral}.", "quantization"),
        ("{M Stork} is fine-tuned from {M Mistral}.", "finetune"),
        ("{M Stork} is a merge of {M Mistral} and {M Crane}.", "merge"),
        ("{M Stork} is a LoRA adapter trained on top of {M Mistral}.", "adapter"),
    ],
)
def test_the_method_of_a_derivation(analyse: Analyse, text: str, method: str) -> None:
    found = [f for f in find_relations(analyse(text)) if f.predicate == "derivedFrom"]
    assert found
    assert all(("method", method) in finding.qualifiers for finding in found)


@pytest.mark.parametrize(
    ("text", "relation", "expected"),
    [
        ("{M 甲}的性能超过了{M 乙}和{M 丙}。", "better", [("甲", "乙"), ("甲", "丙")]),
        ("{M 甲}在{B MMLU}上优于{M 乙}。", "better", [("甲", "乙")]),
        ("{M 甲}与{M 乙}性能相当。", "on-par", [("甲", "乙")]),
        ("{M 甲}已接近{M 乙}的水平。", "near", [("甲", "乙")]),
        ("{M 甲}略逊于{M 乙}。", "worse", [("甲", "乙")]),
        ("{M 甲}在代码上不如{M 乙}。", "worse", [("甲", "乙")]),
        ("与{M 乙}相比，{M 甲}的准确率显著提升。", "better", [("甲", "乙")]),
        (
            "{M 甲}超过了{O 谷歌}的{M 乙}和{O 脸书}的{M 丙}。",
            "better",
            [("甲", "乙"), ("甲", "丙")],
        ),
        ("# {M 甲}\n\n在多项测试中超越{M 乙}。", "better", [("甲", "乙")]),
        (
            "{M Alpha} outperforms {M Beta}, {M Gamma} and {M Delta}.",
            "better",
            [("Alpha", "Beta"), ("Alpha", "Gamma"), ("Alpha", "Delta")],
        ),
        (
            "{M Alpha} and {M Beta} outperform {M Gamma}.",
            "better",
            [("Alpha", "Gamma"), ("Beta", "Gamma")],
        ),
        ("{M Alpha} is on par with {M Beta}.", "on-par", [("Alpha", "Beta")]),
        ("{M Alpha} approaches {M Beta} on {B HumanEval}.", "near", [("Alpha", "Beta")]),
        ("{M Alpha} trails {M Beta}.", "worse", [("Alpha", "Beta")]),
        (
            "{M Alpha} beats {O Acme}'s {M Beta} and {O Bolt}'s {M Gamma}.",
            "better",
            [("Alpha", "Beta"), ("Alpha", "Gamma")],
        ),
        (
            "{M Alpha} beats {M Beta} and outperforms {M Gamma}.",
            "better",
            [("Alpha", "Beta"), ("Alpha", "Gamma")],
        ),
        # traps
        ("{M Alpha} is cheaper than {M Beta}.", "", []),
        ("{M 甲}的参数量超过{M 乙}。", "", []),
        ("{M 甲}并未超过{M 乙}。", "", []),
        ("据传闻，{M 甲}将超越{M 乙}。", "", []),
        ("{M 甲}接近{A ChatGPT}。", "", []),
        ("Will {M Alpha} outperform {M Beta}?", "", []),
    ],
)
def test_comparable_to(analyse: Analyse, text: str, relation: str, expected: Pairs) -> None:
    found = [f for f in find_relations(analyse(text)) if f.predicate == "comparableTo"]
    assert {(f.subject, str(f.object)) for f in found} == set(expected)
    assert all(finding.qualifiers == (("relation", relation),) for finding in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{M Qwen-7B}和{M Qwen}同日亮相。", [("Qwen-7B", "Qwen")]),
        (
            "{M Qwen}, {M Qwen-7B} and {M Qwen-7B-Chat} are out.",
            [("Qwen-7B", "Qwen"), ("Qwen-7B-Chat", "Qwen-7B")],
        ),
        ("{M Stork-13B} and {M Stork-7B} are out.", []),
        ("{M Storkling} and {M Stork} are two projects.", []),
        ("{M Qwen-7B-Chat}由{M Qwen-7B}微调得到。", []),
    ],
)
def test_variant_of(analyse: Analyse, text: str, expected: Pairs) -> None:
    check(analyse, "variantOf", text, expected)


@pytest.mark.parametrize(
    ("predicate", "text", "expected"),
    [
        ("succeeds", "{M 鲲鹏 2}是{M 鲲鹏}的升级版。", [("鲲鹏 2", "鲲鹏")]),
        ("succeeds", "{M Gale 2} is the successor to {M Gale}.", [("Gale 2", "Gale")]),
        (
            "succeeds",
            "{M Gale 2} significantly improves upon its predecessor, {M Gale}.",
            [("Gale 2", "Gale")],
        ),
        (
            "succeeds",
            "{M Stork}在两代{M Llama}的基础上精调。{M Llama 2}更强。",
            [("Llama 2", "Llama")],
        ),
        ("succeeds", "{M Gale 2} and {M Gale} are models.", []),
        ("releasedUnder", "{M 启明-7B}采用{L Apache 2.0}协议开源。", [("启明-7B", "Apache 2.0")]),
        (
            "releasedUnder",
            "{M Gale-7B} is released under the {L MIT} license.",
            [("Gale-7B", "MIT")],
        ),
        (
            "releasedUnder",
            "{M Gale} and {M Storm} are licensed under {L Apache 2.0}.",
            [("Gale", "Apache 2.0"), ("Storm", "Apache 2.0")],
        ),
        ("releasedUnder", "# {M Gale}\n\nThe code of this project is licensed under {L MIT}.", []),
        (
            "releasedUnder",
            "# {M 启明}\n\n代码采用{L Apache 2.0}协议，模型权重采用{L OpenRAIL}协议。",
            [("启明", "OpenRAIL")],
        ),
        ("releasedUnder", "---\nlicense: {L mit}\n---\n\n# {M Gale-7B}\n", [("Gale-7B", "mit")]),
        ("appliesTo", "{M 杏林}是{F 医疗}大模型。", [("杏林", "医疗")]),
        ("appliesTo", "{F 法律}大模型{M 獬豸}发布。", [("獬豸", "法律")]),
        (
            "appliesTo",
            "{M Lexi} is a model for {F law} and {F finance}.",
            [("Lexi", "law"), ("Lexi", "finance")],
        ),
        (
            "trainedOn",
            "{M Gale} was trained on {D The Pile} and {D C4}.",
            [("Gale", "The Pile"), ("Gale", "C4")],
        ),
        ("trainedOn", "{M 启明}使用{D 悟道}语料训练。", [("启明", "悟道")]),
        ("trainedOn", "{O 启明智能}发布了{D 悟道}。", []),
        ("usesTechnique", "{M Gale} uses {T FlashAttention}.", [("Gale", "FlashAttention")]),
        ("usesTechnique", "{M 启明}采用{T GQA}和{T RoPE}。", [("启明", "GQA"), ("启明", "RoPE")]),
        ("usesTechnique", "# {M 启明}\n\n模型使用{T RLHF}进行对齐。", [("启明", "RLHF")]),
        (
            "evaluatedOn",
            "{M Gale} scores 71.2 on {B MMLU} and 60 on {B GSM8K}.",
            [("Gale", "MMLU"), ("Gale", "GSM8K")],
        ),
        ("evaluatedOn", "{M 启明}在{B C-Eval}上取得第一。", [("启明", "C-Eval")]),
        ("evaluatedOn", "{M Alpha} outperforms {M Beta} on {B MMLU}.", [("Alpha", "MMLU")]),
        ("evaluatedOn", "{M 甲}在{B MMLU}上超过{M 乙}。", [("甲", "MMLU")]),
        ("hostedOn", "{M Gale} is available on {H Hugging Face}.", [("Gale", "Hugging Face")]),
        (
            "hostedOn",
            "{M 启明}已在{H 魔搭}和{H Hugging Face}上线。",
            [("启明", "魔搭"), ("启明", "Hugging Face")],
        ),
        ("hostedOn", "{M Gale} got 10k stars on {H GitHub}.", []),
        ("poweredBy", "{A 小启}背后的大模型是{M 启明-7B}。", [("小启", "启明-7B")]),
        ("poweredBy", "{A 小启}基于{M 启明-7B}打造。", [("小启", "启明-7B")]),
        ("poweredBy", "{A GaleChat} is powered by {M Gale-7B}.", [("GaleChat", "Gale-7B")]),
        ("poweredBy", "{M Gale-7B} powers {A GaleChat}.", [("GaleChat", "Gale-7B")]),
        (
            "poweredBy",
            "{M 混山}已接入公司多项业务，包括{A 山会议}、{A 山文档}等。",
            [("山会议", "混山"), ("山文档", "混山")],
        ),
        ("operates", "{O 阿里云}打造了开源社区{H 魔搭}。", [("阿里云", "魔搭")]),
        ("operates", "{O Acme}'s cloud platform {H AcmeHub} is popular.", [("Acme", "AcmeHub")]),
    ],
)
def test_other_predicates(analyse: Analyse, predicate: str, text: str, expected: Pairs) -> None:
    check(analyse, predicate, text, expected)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("{O 启明智能}创始人{P 王大明}表示赞同。", "创始人"),
        ("{O 启明智能}CTO{P 王大明}认为如此。", "CTO"),
        ("{P 王大明}，{O 启明智能}首席科学家。", "首席科学家"),
        ("{P 王大明}创立了{O 启明智能}。", "创立"),
        ("{P Jane Roe}, CEO of {O Northwind Labs}, agreed.", "CEO"),
        ("{O Northwind Labs} chief scientist {P Jane Roe} agreed.", "chief scientist"),
        ("{P Jane Roe} founded {O Northwind Labs} in 2020.", "founded"),
    ],
)
def test_affiliated_with(analyse: Analyse, text: str, role: str) -> None:
    found = [f for f in find_relations(analyse(text)) if f.predicate == "affiliatedWith"]
    assert len({(f.subject, f.object) for f in found}) == 1
    assert ("role", role) in found[0].qualifiers


def test_several_people_with_their_roles(analyse: Analyse) -> None:
    text = "{O 山海}首席运营官{P 王大}、首席财务官{P 李二}和副总裁{P 张三}辞职。"
    assert pairs(analyse(text), "affiliatedWith") == {
        ("王大", "山海"),
        ("李二", "山海"),
        ("张三", "山海"),
    }


def test_a_table_is_read_by_its_header(analyse: Analyse) -> None:
    text = (
        "| 模型 | 机构 | 底座 | 协议 | 领域 |\n|---|---|---|---|---|\n"
        "| {M 杏林} | {O 北山大学} | {M Llama} | {L MIT} | {F 医疗} |\n"
        "| {M 獬豸} | {O 南海大学} | {M Qwen} | {L Apache 2.0} | {F 法律} |\n"
    )
    analysis = analyse(text)
    assert pairs(analysis, "developedBy") == {("杏林", "北山大学"), ("獬豸", "南海大学")}
    assert pairs(analysis, "derivedFrom") == {("杏林", "Llama"), ("獬豸", "Qwen")}
    assert pairs(analysis, "releasedUnder") == {("杏林", "MIT"), ("獬豸", "Apache 2.0")}
    assert pairs(analysis, "appliesTo") == {("杏林", "医疗"), ("獬豸", "法律")}


def test_the_front_matter_of_a_card(analyse: Analyse) -> None:
    text = (
        "---\nbase_model: {M Mistral-7B}\nbase_model_relation: quantized\nlicense: {L mit}\n"
        "datasets:\n- {D C4}\n---\n\n# {M Stork-7B}\n\nA card.\n"
    )
    analysis = analyse(text)
    assert pairs(analysis, "derivedFrom") == {("Stork-7B", "Mistral-7B")}
    assert pairs(analysis, "trainedOn") == {("Stork-7B", "C4")}
    derived = [f for f in find_relations(analysis) if f.predicate == "derivedFrom"]
    assert derived[0].qualifiers == (("method", "quantization"),)


def test_a_product_and_the_model_behind_it(analyse: Analyse) -> None:
    text = (
        "8月{O 石塔}迅速推出类{A ChatGPT}产品——{A 石聊}，"
        "背后的大语言模型{M 石鲸}就是其在两代{M Llama}的基础上精调出来。\n\n{M Llama 2}也是开源的。"
    )
    analysis = analyse(text)
    assert pairs(analysis, "poweredBy") == {("石聊", "石鲸")}
    assert pairs(analysis, "derivedFrom") == {("石鲸", "Llama"), ("石鲸", "Llama 2")}
    assert pairs(analysis, "developedBy") == {("石聊", "石塔"), ("石鲸", "石塔")}


def test_evidence_is_the_words_that_say_it(analyse: Analyse) -> None:
    analysis = analyse("很久以前，{O 启明智能}发布了{M 启明-7B}，随后休息。")
    (finding,) = [f for f in find_relations(analysis) if f.predicate == "developedBy"]
    assert analysis.text[finding.start : finding.end] == "启明智能发布了启明-7B"


def test_one_finding_a_fact_and_sentence(analyse: Analyse) -> None:
    text = "{O Acme}'s {M Alpha}, a model from {O Acme}, was built by {O Acme}."
    found = [f for f in find_relations(analyse(text)) if f.predicate == "developedBy"]
    assert len(found) == 1


def test_a_table_behind_front_matter(analyse: Analyse) -> None:
    text = (
        "---\ntitle: x\nlang: en\n---\n\n# Models\n\n| Model | Base |\n|---|---|\n| {M Stork} |"
        " {M Crane} |\n"
    )
    assert pairs(analyse(text), "derivedFrom") == {("Stork", "Crane")}


def test_a_heading_over_a_list(analyse: Analyse) -> None:
    text = "## {F Finance}\n\n- {M Stork}: small\n- {M Crane}: large\n"
    assert pairs(analyse(text), "appliesTo") == {("Stork", "Finance"), ("Crane", "Finance")}


def test_evidence_names_both_ends(analyse: Analyse) -> None:
    analysis = analyse("{M 石鲸}是石塔在今年夏天于{M Llama}的基础上精调出来的模型。")
    (finding,) = [f for f in find_relations(analysis) if f.predicate == "derivedFrom"]
    quote = analysis.text[finding.start : finding.end]
    assert "石鲸" in quote and "Llama" in quote and "精调" in quote

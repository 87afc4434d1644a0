"""Names that no list knows, and names whose kind the context tells."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from cpu_time import grows_at_most

from modelkin.extract.markdown import parse_structure
from modelkin.extract.naming import find_mentions


def names(text: str) -> set[tuple[str, str]]:
    found = find_mentions(text, parse_structure(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    return {(text[m.start : m.end], m.type.value) for m in found}


@pytest.mark.parametrize(
    ("text", "name", "type"),
    [
        ("我们开源了MedFox-13B-Chat模型。", "MedFox-13B-Chat", "Model"),
        ("We release MedFox-13B-Chat today.", "MedFox-13B-Chat", "Model"),
        ("百度发布文心大模型4.0。", "文心大模型4.0", "Model"),
        ("It beats Mixtral 8x7B Instruct easily.", "Mixtral 8x7B Instruct", "Model"),
        ("They tested Claude 3.5 Sonnet.", "Claude 3.5 Sonnet", "Model"),
        ("See quarry/MedFox-7B-v0.1 on the hub.", "MedFox-7B-v0.1", "Model"),
        ("在MedFoxBench上评测。", "MedFoxBench", "Benchmark"),
        ("Trained on the MedFox-Instruct-52k dataset.", "MedFox-Instruct-52k", "Dataset"),
        ("训练数据来自FoxWeb数据集。", "FoxWeb", "Dataset"),
        ("采用Example Community License发布。", "Example Community License", "License"),
        ("It is licensed under CC BY-NC 4.0.", "CC BY-NC 4.0", "License"),
        ("某公司CEO李思源表示满意。", "李思源", "Person"),
        ("埃隆·马斯克对此不满。", "埃隆·马斯克", "Person"),
        ("The lab's CEO, said Maria Lopez, left.", "Maria Lopez", "Person"),
        ("由临江大学开发。", "临江大学", "Organization"),
        ("It was made by Northfield University.", "Northfield University", "Organization"),
        ("Startup Quarry AI raised money.", "Quarry AI", "Organization"),
        ("这是一个医疗大模型。", "医疗", "Domain"),
        ("A new text-to-image model.", "text-to-image", "Domain"),
        ("覆盖零售、物流、保险等行业。", "物流", "Domain"),
        ("用LoRA微调。", "LoRA", "Technique"),
        ("模型托管在Hugging Face上。", "Hugging Face", "Platform"),
    ],
)
def test_a_name_has_its_kind(text: str, name: str, type: str) -> None:
    assert (name, type) in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "我们用PyTorch在A100上训练。",
        "We train with PyTorch on an RTX-4090.",
        "This is a state-of-the-art, open-source, large language model.",
        "这是一家科技公司的人工智能团队。",
        "It costs 7B dollars; see run-v2.py.",
        "据机器之心报道。",
    ],
)
def test_ordinary_words_and_tools_are_no_names(text: str) -> None:
    assert names(text) == set()


def test_what_is_hidden_names_nothing() -> None:
    text = "See [here](https://x.org/Llama-2-7B).\n\n```\nQwen-7B\n```\n\n<!-- Falcon-40B -->\n"
    assert names(text) == set()


def test_markup_does_not_cut_the_context() -> None:
    assert ("Quarry-X", "Model") in names("**[Quarry-X](https://x.org/a/b)** 大模型开源")


def test_front_matter_says_what_its_values_are() -> None:
    text = (
        "---\nlicense: llama2\nbase_model: meta-llama/Llama-2-7b-hf\n---\n\nLlama 2 is a model.\n"
    )
    found = names(text)
    assert {("llama2", "License"), ("Llama-2-7b-hf", "Model"), ("Llama 2", "Model")} <= found


def test_an_accepted_name_is_found_everywhere() -> None:
    text = "我们发布MedFox-13B模型。\n\n其后medfox-13b升级。"
    found = find_mentions(text, parse_structure(text))
    assert [text[m.start : m.end] for m in found] == ["MedFox-13B", "medfox-13b"]


def test_the_document_decides_the_kind() -> None:
    acts = "Mistral宣布融资。Mistral公司的CEO表示，Mistral团队将扩大。"
    serves = "基于Mistral模型微调，Mistral模型优于其他模型。"
    assert ("Mistral", "Organization") in names(acts)
    assert ("Mistral", "Model") in names(serves)


@pytest.mark.parametrize(
    "piece",
    [
        "百川开源",
        "Aa",
        "A",
        "A b ",
        "Qwen-",
        "1B-",
        "Llama 2 ",
        "CEO王小川、",
        "大学",
        "·马",
        "金融、",
        "Big Lab ",
        "[a](",
        "\u200b",
        "Meta's ",
    ],
)
def test_one_line_of_any_kind_takes_linear_time(piece: str) -> None:
    def reading(length: int) -> Callable[[], object]:
        text = piece * (length // len(piece))
        structure = parse_structure(text)
        return lambda: find_mentions(text, structure)

    grows_at_most(15, reading(10_000), reading(40_000), slack=0.6)

"""Names of models say their family, generation, size, edition and format."""

import pytest
from cpu_time import takes_at_most
from hypothesis import given
from hypothesis import strategies as st

from modelkin.ontology.model_name import ModelName, parse_model_name, same_model, variant_of

READ = [
    ("Llama-2-70B-chat-GPTQ", ModelName("llama", "2", "70b", ("chat",), formats=("gptq",))),
    ("meta-llama/Llama-2-7b-chat-hf", ModelName("llama", "2", "7b", ("chat",))),
    (
        "Qwen2.5-Coder-32B-Instruct-AWQ",
        ModelName("qwen", "2.5", "32b", ("coder", "instruct"), formats=("awq",)),
    ),
    ("Mixtral-8x7B-Instruct-v0.1", ModelName("mixtral", "", "8x7b", ("instruct",), stamp="v0.1")),
    ("Baichuan2-13B-Chat", ModelName("baichuan", "2", "13b", ("chat",))),
    (
        "DeepSeek-R1-Distill-Qwen-1.5B",
        ModelName("deepseek", "r1", "1.5b", ("distill",), rest=("qwen",)),
    ),
    ("Command R+", ModelName("commandrplus")),
    ("Command R", ModelName("commandr")),
    ("Qwen-Plus", ModelName("qwen", editions=("plus",))),
    ("GPT-4o mini", ModelName("gpt", "4o", editions=("mini",))),
    ("Llama 2 70B 对话版", ModelName("llama", "2", "70b", ("chat",))),
    ("百川2-13B-基座模型", ModelName("百川", "2", "13b", ("base",))),
    ("文心一言4.0", ModelName("文心一言", "4")),
    ("通义千问-7B-指令微调版", ModelName("通义千问", "", "7b", ("instruct",))),
    ("白鹭数学大模型", ModelName("白鹭", editions=("math",))),
    ("白鹭二代 70亿参数", ModelName("白鹭", "2", "7b")),
    ("白鹭 1.8亿", ModelName("白鹭", "", "0.18b")),
    ("白鹭 15亿", ModelName("白鹭", "", "1.5b")),
    ("ChatGLM3-6B-128k", ModelName("chatglm", "3", "6b", window="128k")),
    ("text-davinci-003", ModelName("textdavinci", "003")),
    ("Claude 3.5 Sonnet", ModelName("claude", "3.5", editions=("sonnet",))),
    (
        "claude-3-5-sonnet-20241022",
        ModelName("claude", "3.5", editions=("sonnet",), stamp="20241022"),
    ),
    ("gpt-3.5-turbo-0613", ModelName("gpt", "3.5", editions=("turbo",), stamp="0613")),
    ("phi-1_5", ModelName("phi", "1.5")),
    ("GLM-4V-9B", ModelName("glm", "4v", "9b")),
    ("vicuna-13b-v1.5", ModelName("vicuna", "1.5", "13b")),
    ("Qwen3-30B-A3B", ModelName("qwen", "3", "30b-a3b")),
    ("Gemma-3n-E2B-it", ModelName("gemma", "3n", "e2b", ("instruct",))),
    ("Qwen2.5-7B-Instruct-1M", ModelName("qwen", "2.5", "7b", ("instruct",), window="1m")),
    ("Foo-7B-W4A16", ModelName("foo", "", "7b", formats=("w4a16",))),
    ("Foo-7B-4-bit", ModelName("foo", "", "7b", formats=("4bit",))),
    ("Foo-7B 量化版", ModelName("foo", "", "7b", formats=("quantized",))),
    ("大模型", ModelName("大模型")),
    ("", ModelName("")),
]

ONE_MODEL = [
    ("Llama 2", "LLaMA-2", "llama2", "Ｌｌａｍａ　２", "meta-llama/Llama-2", "Llama 2 models"),
    ("Llama-2-70b-chat", "Llama 2 Chat 70B", "Llama 2 70B 聊天版", "LLaMA2（70B）Chat"),
    ("Mixtral 8x7B", "Mixtral-8×7B", "mistralai/Mixtral-8x7B"),
    ("Claude 3.5 Sonnet", "claude-3-5-sonnet", "Claude Sonnet 3.5"),
    ("DeepSeek-V3", "deepseek v3", "DeepSeekV3"),
    ("Yuan 2.0", "yuan-2", "Yuan2.0"),
    ("HuatuoGPT-II", "HuatuoGPT 2", "huatuogpt2", "HuatuoGPT Ⅱ"),
    ("Wren-2024-05-01", "wren 20240501"),
]

SEVERAL_MODELS = [
    ("Llama", "Llama 2", "Llama 3", "Llama 3.1", "Code Llama", "Llama 2 70B", "Llama 2 7B"),
    ("GPT-4", "GPT-4o", "GPT-4o mini", "GPT-4 Turbo", "GPT-3.5", "GPT-4-0613", "GPT-4-1106"),
    ("Command R", "Command R+", "Command A"),
    ("o1", "o3", "o1-mini", "o1-preview"),
    ("Yi", "Yi-34B", "Yi-1.5-34B", "Yi-34B-200K"),
    ("Gemma 2 2B", "Gemma 22B", "Gemma 2B"),
    ("Foo-7B", "Foo-7B-GPTQ", "Foo-7B-AWQ", "Foo-7B-int4", "Foo-7B-int8", "Foo-7B-4bit"),
    ("白鹭", "白鹭2", "白鹭2-7B", "白鹭2-7B对话版", "白鹭2-7B基座"),
    ("Llama Guard 2", "Llama 2 Guard"),
    ("DeepSeek-R1-Distill-Qwen-7B", "DeepSeek-R1-Distill-Llama-7B", "DeepSeek-R1-7B"),
]

words = st.sampled_from(("heron", "Quill", "CHAT", "Coder", "mini", "白鹭", "对话", "Instruct"))
numbers = st.sampled_from(("2", "3.5", "7B", "70b", "8x7B", "128k", "int4", "v0.1", "0613", "GPTQ"))
names = st.text(max_size=60) | st.text(alphabet="aAbBvkKx0147 .-_+/版亿二代对话模型", max_size=20)


@pytest.mark.parametrize(("name", "read"), READ, ids=lambda value: str(value)[:40])
def test_what_names_say(name: str, read: ModelName) -> None:
    assert parse_model_name(name) == read


@pytest.mark.parametrize("spellings", ONE_MODEL, ids=lambda value: value[0])
def test_spellings_of_one_model_say_the_same(spellings: tuple[str, ...]) -> None:
    assert len({parse_model_name(name) for name in spellings}) == 1
    assert all(same_model(spellings[0], name) for name in spellings)


@pytest.mark.parametrize("models", SEVERAL_MODELS, ids=lambda value: value[0])
def test_different_models_say_different_things(models: tuple[str, ...]) -> None:
    assert len({parse_model_name(name) for name in models}) == len(models)


def test_names_that_say_nothing_are_no_model() -> None:
    assert not same_model("", "")
    assert not same_model("-", "--")


@pytest.mark.parametrize(
    ("name", "other", "more"),
    [
        ("Llama-2-70B-chat", "Llama 2", (("edition", "chat"), ("size", "70b"))),
        ("Llama-2-70B-chat-GPTQ", "Llama 2 70B Chat", (("format", "gptq"),)),
        ("白鹭2-7B对话版", "白鹭2", (("edition", "chat"), ("size", "7b"))),
        ("Yi-34B-200K", "Yi-34B", (("window", "200k"),)),
        ("Qwen2.5-Coder-32B-Instruct", "Qwen2.5-32B", (("edition", "coder instruct"),)),
        (
            "DeepSeek-R1-Distill-Qwen-1.5B",
            "DeepSeek-R1",
            (("edition", "distill"), ("rest", "qwen"), ("size", "1.5b")),
        ),
        ("Llama 2", "Llama 2 70B", ()),
        ("Llama 2 70B", "Llama 2 7B", ()),
        ("Llama 2 70B", "Llama 2 Chat", ()),
        ("Llama 3 8B", "Llama 2", ()),
        ("GPT-4o", "GPT-4", ()),
        ("Command R+", "Command R", ()),
        ("Llama-2", "llama 2", ()),
        ("7B", "", ()),
    ],
)
def test_a_variant_says_more(name: str, other: str, more: tuple[tuple[str, str], ...]) -> None:
    assert variant_of(name, other) == more


@given(st.lists(words, min_size=1, max_size=2), st.lists(numbers | words, max_size=5), st.data())
def test_case_and_separators_do_not_matter(
    family: list[str], more: list[str], data: st.DataObject
) -> None:
    parts = [*family, *more]
    between = [data.draw(st.sampled_from(("-", " ", "_", "  ", "\u3000"))) for _ in parts]
    spelled = "".join(p + b for p, b in zip(parts, between, strict=True))
    plain = parse_model_name("-".join(parts))
    assert parse_model_name(spelled) == plain
    assert parse_model_name(spelled.upper()) == plain
    assert parse_model_name("owner/" + "-".join(parts)) == plain


@given(st.lists(words, min_size=1, max_size=2), st.permutations(["70B", "Chat", "GPTQ", "128k"]))
def test_the_order_of_what_follows_the_family_does_not_matter(
    family: list[str], order: list[str]
) -> None:
    head = "-".join(family) + "-2-"
    assert parse_model_name(head + "-".join(order)) == parse_model_name(head + "70B-Chat-GPTQ-128k")


@given(names)
def test_any_name_can_be_read(name: str) -> None:
    read = parse_model_name(name)
    assert same_model(name, name) == bool(read.family)
    assert variant_of(name, name) == ()


@given(names, names)
def test_no_two_names_are_variants_of_each_other(one: str, other: str) -> None:
    assert not (variant_of(one, other) and variant_of(other, one))


@pytest.mark.parametrize(
    "piece", ["7b", "第二代", "对话版", "a-", "2024-", "/", ".1", "+", "x7b", "8x", "亿", "\u0301"]
)
def test_long_names_take_little_time(piece: str) -> None:
    takes_at_most(0.5, lambda: parse_model_name.__wrapped__(piece * 200_000))

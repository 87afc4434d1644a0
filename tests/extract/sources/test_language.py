"""Chinese or English."""

import pytest

from modelkin.extract.sources.language import language_of


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("百川智能开源了 Baichuan-7B。", "zh"),
        ("Stable Beluga is fine-tuned from Llama 2.", "en"),
        ("Zhipu AI (智谱) and Baichuan (百川) have released open models in June.", "en"),
        ("| 模型 | Model | License |\n|---|---|---|\n| Qwen-7B | 通义千问 | Apache 2.0 |", "zh"),
        (
            "见 [论文](https://arxiv.org/abs/2307.09288?utm_source=a-very-long-tail-of-letters)",
            "zh",
        ),
        ("模型介绍。\n\n```python\nfrom transformers import AutoModelForCausalLM\n```\n", "zh"),
        ("", "en"),
        ("12345 ...", "en"),
    ],
)
def test_script_decides(text: str, lang: str) -> None:
    assert language_of(text) == lang

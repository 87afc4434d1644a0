"""By which method one model is made of another, read off the words."""

import re

from ...ontology.terms import Method

__all__ = ["method_of", "method_words"]

_METHODS = (
    (Method.MERGE, r"合并|融合|\bmerg"),
    (Method.QUANTIZATION, r"量化|\bquanti[sz]|\bgguf\b|\bgptq\b|\bawq\b|\bexl2\b|\b[48]-?bit\b"),
    (Method.PRUNING, r"剪枝|裁剪|\bprun"),
    (Method.DISTILLATION, r"蒸馏|\bdistil"),
    (Method.ADAPTER, r"\blora\b|适配器|\badapter"),
    (
        Method.CONTINUED_PRETRAINING,
        (
            r"(?:增量|继续|持续|二次|进一步)(?:预训练|训练)|\b(?:continu\w+|further|"
            r"additional\w*)[ -](?:on )?(?:pre-?)?train|初始化|initiali[sz]ed"
        ),
    ),
    (
        Method.INSTRUCTION_TUNE,
        (
            r"指令(?:精调|微调|调优|跟随|遵循)|\binstruct(?:ion)?[- ](?:fine-?)?tun|"
            r"fine-?tuned? (?:on|with|using) (?:\w+ )?instruct"
        ),
    ),
    (Method.SCALING, r"做大参数|放大|扩大参数|\bscal(?:ed|ing) up|upscal"),
    (
        Method.FINETUNE,
        (
            r"微调|精调|调优|fine-?\s?tun|finetun|post-?train|\btuned\b|rlhf|\bdpo\b|后训练|"
            r"训练得到|强化学习|\brl\b|trained from|对齐"
        ),
    ),
)
_COMPILED = tuple((method, re.compile(pattern)) for method, pattern in _METHODS)


def method_of(words: str) -> Method:
    """Give the method that the words of a derivation name.

    Examples
    --------
    >>> method_of("在其基础上继续做大参数"), method_of("a 4-bit quantized version of")
    (<Method.SCALING: 'scaling'>, <Method.QUANTIZATION: 'quantization'>)
    """
    for method, pattern in _COMPILED:
        if pattern.search(words):
            return method
    return Method.UNSPECIFIED


def method_words(text: str, start: int, end: int) -> str:
    """Give the words that tell the method of a derivation stated at a stretch of a view.

    Examples
    --------
    >>> method_words("a，基于b微调。c量化", 2, 5)
    '基于b微调'
    """
    behind = re.split(r"[。;!?]", text[end : end + 60])[0]
    words = text[start:end] + behind[:24]
    if method_of(words) is Method.UNSPECIFIED:
        words = text[max(0, start - 30) : end] + behind
    return words

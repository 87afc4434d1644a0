"""Which model was made out of which."""

import re

from ...ontology.terms import EntityType, Method, Predicate
from .rule import PatternRule

__all__ = ["DERIVED", "method_of"]

_TUNE_ZH = r"(?:微调|精调|调优|训练|预训练|蒸馏|量化|剪枝|合并|融合|扩展|改进|优化|开发|研发|打造|构建|改造|增强|继续做大|演进|迭代|适配|对齐|初始化|定制)"
_TUNE_EN = r"(?:fine-?\s?tun\w+|finetun\w+|post-?train\w*|instruction[- ]tun\w+|trained|further trained|continually (?:pre-?)?train\w+|pre-?trained|train\w*|built|build|based|derived|adapted|distilled|quantized|quantised|quantization|merged?|pruned|initiali[sz]ed|developed|created|version|variant|derivative|fork|adapter|lora|conversion|abliterated|uncensored|extended|upscaled|aligned|tuned)"
_SHARED = (
    r"架构(?!.{0,6}(?:微调|训练))|分词器|tokenizer|architecture|backbone|encoder|技术路线|结构"
)
_DATA = r"生成的?(?:数据|语料|指令)|输出|蒸馏数据|generated|outputs"

_METHODS = (
    (Method.MERGE, r"合并|融合|\bmerg"),
    (Method.QUANTIZATION, r"量化|\bquanti[sz]|\bgguf\b|\bgptq\b|\bawq\b|\bexl2\b|\b[48]-?bit\b"),
    (Method.PRUNING, r"剪枝|裁剪|\bprun"),
    (Method.DISTILLATION, r"蒸馏|\bdistil"),
    (Method.ADAPTER, r"\blora\b|适配器|\badapter"),
    (
        Method.CONTINUED_PRETRAINING,
        r"(?:增量|继续|持续|二次|进一步)(?:预训练|训练)|\b(?:continu\w+|further|additional\w*)[ -](?:on )?(?:pre-?)?train|初始化|initiali[sz]ed",
    ),
    (
        Method.INSTRUCTION_TUNE,
        r"指令(?:精调|微调|调优|跟随|遵循)|\binstruct(?:ion)?[- ](?:fine-?)?tun|fine-?tuned? (?:on|with|using) (?:\w+ )?instruct",
    ),
    (Method.SCALING, r"做大参数|放大|扩大参数|\bscal(?:ed|ing) up|upscal"),
    (
        Method.FINETUNE,
        r"微调|精调|调优|fine-?\s?tun|finetun|post-?train|\btuned\b|rlhf|\bdpo\b|后训练|训练得到|强化学习|\brl\b|trained from|对齐",
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


def _rule(name: str, pattern: str, veto: str = "") -> PatternRule:
    return PatternRule(
        "derived." + name, Predicate.DERIVED_FROM, pattern, implied=EntityType.MODEL, veto=veto
    )


_BASIS = r"(?:基于|依托于?|依据|源于|源自|衍生自|脱胎于|改编自|建立在|构建在|构建于|(?<!存)在|以|用|使用|采用|利用|通过|对|从|将|由)"
_TIE = r"(?:的?基础之?上|为基础|为基座|为底座|为底模|为基底|为骨干|为起点|为蓝本|为初始化|之上|作为(?:基座|底座|基础|基底|骨干|底层|初始|起点)|做为基座|进行|做了?|上|模型进行|初始化|微调|精调|蒸馏|量化|训练|改进)"
_OF_ZH = r"的?(?:<=:6>)(?:微调|精调|量化|蒸馏|剪枝|指令微调|LoRA|衍生|改进|变种|变体|中文|优化|对话|指令|增强|魔改|扩展)(?:版本?|模型|衍生品|产物|权重)"

DERIVED = (
    _rule(
        "zh-based",
        r"<s:model><-model:30>(?:基于|依托|源自|源于|衍生自|脱胎于|改编自|改造自|套壳)(?:了|于|的是)?<-:14><o:model>",
        _SHARED + "|" + _DATA,
    ),
    _rule(
        "zh-on",
        rf"<s:model><-model:30>(?:在|以|用|使用|采用|对|从|将|由)<-:12><o:model><=:8>{_TIE}",
        _SHARED + "|" + _DATA + "|超越|超过|对比|比较|测试|评测|评估",
    ),
    _rule(
        "zh-base-is",
        r"<s:model><-model:16>(?:底座|基座|基础模型|底模|基模|基底模型|预训练模型|base model)(?:模型)?(?:为|是|:|采用的?|选用|使用|基于|选择)<-:8><o:model>",
    ),
    _rule(
        "zh-made-of",
        rf"(?:基于|以|在|用|使用|利用|通过|对|从|依托)<=:12><o:model><-model:30>{_TUNE_ZH}(?:了|出|的|而来|得到|而成|出来|并|,|:|——|版本?|模型|后)*<-model:24><s:model>",
        _SHARED + "|" + _DATA + r"|相比|超越|超过|优于|媲美|对比|性能|效果|测试",
    ),
    _rule("zh-tuned-from", rf"<s:model>(?:<-model:16>)(?:是|为|由|则是)<-:14><o:model>{_OF_ZH}"),
    _rule("zh-of", rf"<o:model>{_OF_ZH}(?:,|是|——|:|为)*<-:4><s:model>"),
    _rule(
        "zh-from",
        r"<s:model><-model:16>(?:由|从|是由|是从|自|来自)<=:6><o:model><=:12>(?:微调|精调|蒸馏|量化|训练|改进|演化|演变|而来|剪枝|转换|得到|初始化)",
    ),
    _rule("chain", r"<o:model>\s?(?:-+>|→|⇒|=+>|➡️?|⟶|——>)\s?<s:model>"),
    _rule(
        "zh-topic-base",
        r"^(?:\W|\d)*(?:底座|基座|基础模型|底模|基模|基底模型|base model)(?:模型)?(?:为|是|:|采用的?|选用|使用|基于)<-:8><o:model>",
    ),
    _rule(
        "en-tuned",
        rf"<s:model><-model:60>\b{_TUNE_EN}\b(?: \S+){{0,3}}? (?:from|on top of|upon|version of|variant of|derivative of|of|on|over|using|with)(?: \S+){{0,5}}? ?<o:model>",
        _SHARED
        + "|"
        + _DATA
        + r"|\b(?:compared|than|outperform|better|benchmark|against|teacher|data|dataset|tokens|suite|series of|family of|collection|line of|scored|performance)\b",
    ),
    _rule(
        "en-a-tuned",
        r"<s:model>(?:,| is| was| \(| -| —|:) ?(?:an? |the |our )?(?:[\w-]+ ){0,4}?(?:fine-?tuned|finetuned|instruction-tuned|chat-tuned|quantized|distilled|pruned|merged|tuned|\w+-tuned|fine-?tune of|finetune of|version of) (?:\S+ ){0,3}?<o:model>",
        _DATA,
    ),
    _rule(
        "en-made-of",
        r"(?:fine-?\s?tun\w+|finetun\w+|quanti[sz]\w+|distill\w*|prun\w+|starting (?:from|with)|start(?:ed|s)? (?:from|with)|initiali[sz]\w+|train\w+|based on|built on|building on|using|took|take|adapt\w*) (?:of |from |on |with |our |the |a )*(?:\S+ ){0,4}?<o:model><-model:60>(?:to (?:get|create|obtain|produce|make|build|train|yield)|into|called|named|result\w+ in|resulting|creating|producing|yielding|we (?:trained?|release|built|call|get|obtain)|yields?|gives?|:)<-model:24><s:model>",
        _DATA,
    ),
    _rule(
        "en-topic-base",
        r"^(?:\W|\d)*(?:base model|foundation model|parent model|finetuned from(?: model)?|fine-tuned from(?: model)?|quantized from|model type|backbone|base|based on|derived from|starting (?:point|model)|merge of|original model)(?: \(s\)|s)?:? ?<-:16><o:model>",
        "",
    ),
)

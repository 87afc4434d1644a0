"""Which model was made out of which."""

from ...ontology.terms import EntityType, Predicate
from .rule import PatternRule

__all__ = ["DERIVED"]

_TUNE_ZH = (
    "(?:微调|精调|调优|训练|预训练|蒸馏|量化|剪枝|合并|融合|扩展|改进|优化|开发|研发|打造|"
    "构建|改造|增强|继续做大|演进|迭代|适配|对齐|初始化|定制)"
)
_TUNE_EN = (
    r"(?:fine-?\s?tun\w+|finetun\w+|post-?train\w*|instruction[- ]tun\w+|trained|"
    r"further trained|continually (?:pre-?)?train\w+|pre-?trained|train\w*|built|build|"
    "based|derived|adapted|distilled|quantized|quantised|quantization|merged?|pruned|"
    "initiali[sz]ed|developed|created|version|variant|derivative|fork|adapter|lora|"
    "conversion|abliterated|uncensored|extended|upscaled|aligned|tuned)"
)
_SHARED = (
    r"架构(?!.{0,6}(?:微调|训练))|分词器|tokenizer|architecture|backbone|encoder|技术路线|结构"
)
_DATA = r"生成的?(?:数据|语料|指令)|输出|蒸馏数据|generated|outputs"


def _rule(name: str, pattern: str, veto: str = "") -> PatternRule:
    return PatternRule(
        "derived." + name,
        Predicate.DERIVED_FROM,
        pattern,
        implied=EntityType.MODEL,
        veto=veto,
        veto_behind=_SHARED + "|" + _DATA,
    )


_TIE = (
    "(?:的?基础之?上|为基础|为基座|为底座|为底模|为基底|为骨干|为起点|为蓝本|为初始化|之上|"
    "作为(?:基座|底座|基础|基底|骨干|底层|初始|起点)|做为基座|进行|做了?|上|模型进行|"
    "初始化|微调|精调|蒸馏|量化|训练|改进)"
)
_OF_ZH = (
    "的?(?:<=:6>)(?:微调|精调|量化|蒸馏|剪枝|指令微调|LoRA|衍生|改进|变种|变体|中文|优化|"
    "对话|指令|增强|魔改|扩展)(?:版本?|模型|衍生品|产物|权重)"
)

DERIVED = (
    _rule(
        "zh-based",
        (
            "<s:model><-model:45>(?:基于|依托|源自|源于|衍生自|脱胎于|改编自|改造自|套壳)(?:了|于|"
            "的是)?<-:14><o:model>(?!<=:14>的<=:10><model>)"
        ),
        _SHARED + "|" + _DATA,
    ),
    _rule(
        "zh-on",
        rf"<s:model><-model:45>(?:在|以|用|使用|采用|对|从|将|由)<-:12><o:model><=:8>{_TIE}",
        _SHARED + "|" + _DATA + "|超越|超过|对比|比较|测试|评测|评估",
    ),
    _rule(
        "zh-base-is",
        (
            "<s:model><-model:16>(?:底座|基座|基础模型|底模|基模|基底模型|预训练模型|"
            "base model)(?:模型)?(?:为|是|:|采用的?|选用|使用|基于|选择)<-:8><o:model>"
        ),
    ),
    _rule(
        "zh-made-of",
        (
            rf"(?:基于|以|在|用|使用|利用|通过|对|从|依托)<=:12><o:model>"
            rf"<-model:30>{_TUNE_ZH}(?:了|"
            rf"出|的|而来|得到|而成|出来|并|,|:|——|版本?|模型|后)*<-model:24><s:model>"
        ),
        _SHARED + "|" + _DATA + r"|相比|超越|超过|优于|媲美|对比|性能|效果|测试",
    ),
    _rule("zh-tuned-from", rf"<s:model>(?:<-model:16>)(?:是|为|由|则是)<-:14><o:model>{_OF_ZH}"),
    _rule(
        "zh-from",
        (
            "<s:model><-model:16>(?:由|从|是由|是从|自|来自)<=:6><o:model><=:12>(?:微调|精调|蒸馏|"
            "量化|训练|改进|演化|演变|而来|剪枝|转换|得到|初始化)"
        ),
    ),
    _rule(
        "zh-chose",
        (
            "(?:选择|选用|采用|使用|以)了?<=:8><o:model>(?:作为|为|做)<-:8>(?:模型|底座|基座|"
            "基础)<-model:60>(?:得到|训练|微调|发布|推出|开发|构建)<-model:24><s:model>"
        ),
    ),
    _rule(
        "en-continues",
        (
            r"<s:model><-model:40>\b(?:continu\w+ (?:pre-?)?train\w*|fine-?tun(?:es|ing)|extends?|"
            "extending|enhances?|adapt(?:s|ing)|equipping|an? (?:extension|enhancement|adaptation|"
            "upgrade|expansion|abliteration|conversion|merge|mix|blend|fork|finetune|fine-tune|"
            "quantization|quant|distillation|derivative|adapter|lora|variant|fusion|"
            r"frankenmerge) (?:of|for|on|between)) (?:\S+ ){0,3}?<o:model>"
        ),
    ),
    _rule(
        "en-serves",
        (
            r"<o:model><-model:30>\b(?:base model|foundation|foundation model|backbone|basis|"
            r"starting point|base|parent|teacher) (?:for|of) (?:\S+ ){0,4}?<s:model>"
        ),
    ),
    _rule(
        "en-combined",
        (
            "<o:model>,? (?:are|is|were|was) (?:combined|merged|fused|distilled|quantized|"
            r"fine-?tuned|turned|pruned|compressed) (?:in)?to (?:\S+ ){0,3}?<s:model>"
        ),
    ),
    _rule(
        "zh-thereupon",
        (
            "<o:model><=:6>,?在(?:其|此|它|该模型)(?:的)?基础之?上(?:<-:40><model><=:12>(?:后|之后|"
            "时))?<-model:50><s:model>"
        ),
    ),
    _rule(
        "zh-topic-basis",
        r"(?:^|[,。;:(是为])(?:<=:10>)基于<=:14><o:model>(?!<=:14>的<=:10><model>)",
        _SHARED + "|" + _DATA + "|超越|提升|相比",
    ),
    _rule(
        "zh-topic-ground",
        (
            "(?:在|以|对|将)<=:8><o:model>(?:模型|大模型)?(?:的?基础之?上|为(?:基座|底座|基础|底模|"
            "基底)|(?:上)?进行了?<=:10>(?:微调|精调|量化|蒸馏|预训练|训练))"
        ),
        _SHARED + "|" + _DATA,
    ),
    _rule(
        "en-topic-made",
        (
            r"(?:^|[,.:(] ?|\b(?:is|was|are|been|model|which|and|then|further) )(?:fine-?tuned|"
            "finetuned|instruction[- ]tuned|post-?trained|continually pre-?trained|"
            r"continued pre-?train\w*|built|based|derived|distilled|quantized|adapted|"
            "initiali[sz]ed|trained|pruned|a (?:fine-?tune|finetune|quantization|distillation|"
            r"merge|derivative))(?: \w+){0,2} (?:from|on top of|upon|version of|of|"
            r"on)(?: \S+){0,3}? ?<o:model>"
        ),
        _SHARED
        + "|"
        + _DATA
        + r"|\b(?:dataset|data|tokens|series of|family of|first version|results|scores?)\b",
    ),
    _rule("chain", r"<o:model>\s?(?:-+>|→|⇒|=+>|➡️?|⟶|——>)\s?<s:model>"),
    _rule(
        "zh-topic-base",
        (
            r"^(?:\W|\d)*(?:底座|基座|基础模型|底模|基模|基底模型|base model)(?:模型)?(?:为|是|:|"
            "采用的?|选用|使用|基于)<-:8><o:model>"
        ),
    ),
    _rule(
        "en-tuned",
        (
            rf"<s:model><-model:110>\b{_TUNE_EN}\b(?: \S+){{0,3}}? (?:from|on top of|upon|"
            rf"version of|"
            rf"variant of|derivative of|of|on|over|using|with)(?: \S+){{0,5}}? ?<o:model>"
        ),
        _SHARED
        + "|"
        + _DATA
        + (
            r"|\b(?:compared|than|outperform|better|benchmark|against|teacher|data|dataset|tokens|"
            r"suite|series of|family of|collection|line of|scored|performance)\b"
        ),
    ),
    _rule(
        "en-a-tuned",
        (
            r"<s:model>(?:,| is| was| \(| -| —|:) ?(?:an? |the |"
            r"our )?(?:[\w-]+ ){0,4}?(?:fine-?tuned|finetuned|instruction-tuned|chat-tuned|"
            r"quantized|distilled|pruned|merged|tuned|\w+-tuned|fine-?tune of|finetune of|"
            r"version of) (?:\S+ ){0,3}?<o:model>"
        ),
        _DATA,
    ),
    _rule(
        "en-made-of",
        (
            r"(?:by adapting|adapting|extending|fine-?\s?tun\w+|finetun\w+|quanti[sz]\w+|"
            r"distill\w*|"
            r"prun\w+|starting (?:from|with)|start(?:ed|s)? (?:from|with)|initiali[sz]\w+|train\w+|"
            r"based on|built on|building on|using|took|take|adapt\w*) (?:of |from |on |with |our |"
            r"the |a )*(?:\S+ ){0,4}?<o:model><-model:60>(?:to (?:get|create|obtain|produce|make|"
            r"build|train|yield)|into|called|named|result\w+ in|resulting|creating|producing|"
            "yielding|we (?:trained?|release|built|call|get|obtain)|yields?|gives?|"
            ":)<-model:24><s:model>"
        ),
        _DATA,
    ),
    _rule(
        "en-topic-base",
        (
            r"^(?:\W|\d)*(?:base model|foundation model|parent model|finetuned from(?: model)?|"
            "fine-tuned from(?: model)?|quantized from|model type|backbone|base|based on|"
            r"derived from|starting (?:point|model)|merge of|original model)(?: \(s\)|"
            "s)?:? ?<-:16><o:model>"
        ),
        "",
    ),
)

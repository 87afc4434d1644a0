"""Who made what."""

from ...ontology.terms import EntityType, Predicate
from .rule import PatternRule

__all__ = ["DEVELOPED"]

_MAKE_ZH = r"(?:发布|推出|开源|研发|开发|训练|打造|上线|公布|发表|提出|研制|构建|带来|祭出|放出|拿出|亮出|更新|升级|自研|宣布|公开|披露|创建|拥有|贡献|联合)"
_MADE_EN = r"(?:released?|releases|launch(?:ed|es)?|introduc(?:ed|es?|ing)|unveil(?:ed|s)?|announc(?:ed|es?|ing)|open[- ]sourc(?:ed|es?)|develop(?:ed|s)?|buil[dt]s?|creat(?:ed|es?)|train(?:ed|s)?|publish(?:ed|es)?|debut(?:ed|s)?|ship(?:ped|s)?|drop(?:ped|s)?|present(?:ed|s)?|made|makes|rolled out|rolls out|put out|pushed out|brought|unleashed|open[- ]weighted|previewed|offers|revealed|came out with|dropped)"
_THING = "model|app|dataset|platform"
_BORROW_ZH = r"基于|使用|采用|对比|超越|超过|接入|类似|借助|利用|针对|兼容|支持|围绕|调用|搭载|适配|集成|部署|评测|投资|收购|起诉"
_BORROW_EN = r"\b(?:based on|using|uses|on top of|from|over|against|than|like|with|support|supports|integrat\w+|versus|vs|behind|competitor|rival|alternative|beat\w*|outperform\w*|surpass\w*|partner\w*|on)\b"


def _rule(name: str, pattern: str, veto: str = "", factual: bool = True) -> PatternRule:
    return PatternRule(
        "developed." + name,
        Predicate.DEVELOPED_BY,
        pattern,
        implied=EntityType.ORGANIZATION,
        veto=veto,
        factual=factual,
    )


DEVELOPED = (
    _rule("zh-releases", rf"<o:org><=:16>{_MAKE_ZH}(?:了|的|出|过)?<-:28><s:{_THING}>", _BORROW_ZH),
    _rule("zh-by", rf"<s:{_THING}>(?:,|是|,是)?<=:12>由<=:10><o:org|person><=:14>{_MAKE_ZH}"),
    _rule(
        "zh-is",
        rf"<s:{_THING}>(?:,)?(?:是|为|作为|系|来自|出自|源自)<=:16><o:org><=:6>{_MAKE_ZH}",
        _BORROW_ZH,
    ),
    _rule("zh-from", rf"<s:{_THING}>(?:,)?(?:是)?(?:来自|出自|属于)<=:6><o:org>"),
    _rule(
        "zh-possessive",
        rf"<o:org>(?:的|旗下的?|自家的?|自研的?|版|公司的?|家的?|最新的?|开源的?|(?=大))<=:14><s:{_THING}>",
        _BORROW_ZH,
        False,
    ),
    _rule("adjacent", rf"<o:org>\s?<s:{_THING}>", "", False),
    _rule(
        "parenthesis",
        rf"<s:{_THING}>(?:模型|大模型)?\s?\((?:来自|by |from |作者:|出品:)?<o:org>[,)]",
        "",
        False,
    ),
    _rule("parenthesis-maker", rf"<o:org>\((?:<=:6>)<s:{_THING}>\)", "", False),
    _rule(
        "dash",
        rf"^(?:\W|\d|[一二三四五六七八九十]、)*<o:org>\s?(?:——|—|:| - |\|)\s?<s:{_THING}>",
        "",
        False,
    ),
    _rule("dash-model", rf"^(?:\W|\d)*<s:{_THING}>\s?(?:——|—| - |\|)\s?<o:org>\W*$", "", False),
    _rule(
        "en-possessive",
        rf"<o:org>(?:'s|s')(?: \S+){{0,5}}? <s:{_THING}>",
        _BORROW_EN + r"|\band\b",
        False,
    ),
    _rule("en-releases", rf"<o:org|person><-:40>\b{_MADE_EN}\b<-:50><s:{_THING}>", _BORROW_EN),
    _rule(
        "en-by",
        rf"<s:{_THING}><-:50>\b{_MADE_EN}(?:,? (?:and|&) \w+)? (?:\w+ )?(?:by|at)\b<-:24><o:org|person>",
        r"\busing\b",
    ),
    _rule(
        "en-from",
        rf"<s:{_THING}>,?(?: is| are|: an?)?(?: [^\s,]+){{0,7}}? (?:from|by)(?: the)?(?: \w+)? <o:org|person>",
        r"distill|fine-?tun|derived|deriv|data|initiali",
    ),
    _rule("en-is", rf"<s:{_THING}>,? (?:is|was|are|—|-)(?: also)? <o:org>'s\b", "", False),
)

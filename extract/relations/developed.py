"""Who made what."""

from ...ontology.terms import EntityType, Predicate
from .rule import PatternRule

__all__ = ["DEVELOPED"]

_MAKE_ZH = (
    "(?:发布|推出|开源|研发|开发|训练|打造|上线|公布|发表|提出|研制|构建|带来|祭出|放出|"
    "拿出|亮出|更新|升级|自研|宣布|公开|披露|创建|拥有|贡献|联合)"
)
_MADE_EN = (
    "(?:released?|releases|launch(?:ed|es)?|introduc(?:ed|es?|ing)|unveil(?:ed|s)?|"
    "announc(?:ed|es?|ing)|open[- ]sourc(?:ed|es?)|develop(?:ed|s)?|buil[dt]s?|creat(?:ed|"
    "es?)|train(?:ed|s)?|publish(?:ed|es)?|debut(?:ed|s)?|ship(?:ped|s)?|drop(?:ped|s)?|"
    "present(?:ed|s)?|made|makes|rolled out|rolls out|put out|pushed out|brought|unleashed|"
    "open[- ]weighted|previewed|offers|revealed|came out with|dropped)"
)
_THING = "model|app|dataset|platform"
_BORROW_ZH = (
    "基于|使用|采用|对比|超越|超过|接入|类似|借助|利用|针对|兼容|支持|围绕|调用|搭载|适配|"
    "集成|部署|评测|投资|收购|起诉"
)
_BORROW_EN = (
    r"\b(?:based on|using|uses|on top of|from|over|against|than|like|with|support|supports|"
    r"integrat\w+|versus|vs|behind|competitor|rival|alternative|beat\w*|outperform\w*|"
    r"surpass\w*|partner\w*|on)\b"
)


def _rule(name: str, pattern: str, veto: str = "", factual: bool = True) -> PatternRule:
    return PatternRule(
        "developed." + name,
        Predicate.DEVELOPED_BY,
        pattern,
        implied=EntityType.MODEL if name == "card" else EntityType.ORGANIZATION,
        veto=veto,
        factual=factual,
        flat=False,
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
        (
            rf"<o:org>(?:的|旗下的?|自家的?|自研的?|公司的?|家的?|最新的?|开源的?|"
            rf"(?=大))<=:14><s:{_THING}>"
        ),
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
    _rule(
        "en-possessive",
        rf"<o:org>(?:'s|s')(?: \S+){{0,5}}? <s:{_THING}>",
        _BORROW_EN + r"|\band\b",
        False,
    ),
    _rule("en-releases", rf"<o:org|person><-:40>\b{_MADE_EN}\b<-:50><s:{_THING}>", _BORROW_EN),
    _rule(
        "en-by",
        (
            rf"<s:{_THING}><-:50>\b{_MADE_EN}(?:,? (?:and|&) \w+)? (?:\w+ )?(?:by|"
            rf"at)\b<-:24><o:org|person>"
        ),
        r"\busing\b",
    ),
    _rule(
        "en-from",
        (
            rf"<s:{_THING}>,?(?: is| are|: an?)?(?: [^\s,]+){{0,7}}? (?:from|"
            rf"by)(?: the)?(?: \w+)? <o:org|person>"
        ),
        r"distill|fine-?tun|derived|deriv|data|initiali",
    ),
    _rule("en-is", rf"<s:{_THING}>,? (?:is|was|are|—|-)(?: also)? <o:org>'s\b", "", False),
    _rule(
        "zh-releases-wide",
        (
            rf"<o:org><-org|person|model|app|dataset|platform:34>{_MAKE_ZH}(?:了|的|出|"
            rf"过)?<-org|person|model|app|dataset|platform:44><s:{_THING}>"
        ),
        _BORROW_ZH + "|就职|投入|融资|曾任|团队成员|组件|打得|直逼|运行|通过|领先|以及",
    ),
    _rule(
        "zh-zero",
        (
            rf"^[\W\d年月日号份]*\d\s?(?:月|日|月份)[,:)]?<=:8>(?:发布|推出|开源|上线|公布|"
            rf"允许开源|"
            rf"升级)了?<-org:30><s:{_THING}>"
        ),
        _BORROW_ZH,
    ),
    _rule(
        "en-wide",
        (
            rf"<o:org|person><-org|model|app|dataset:70>\b{_MADE_EN}\b<-org|model|app|dataset:70>"
            rf"<s:{_THING}>"
        ),
        _BORROW_EN,
    ),
    _rule(
        "en-which",
        rf"<s:{_THING}><-org:20>,? (?:which|that) <o:org> \w*\s?{_MADE_EN}\b",
    ),
    _rule(
        "card",
        (
            r"^(?:\W|\d)*(?:developed by|model creator|creator|developers?|created by|"
            "organi[sz]ation|authors?|made by|model developers?|trained by|funded by|开发者|"
            r"开发机构|研发机构|机构|作者|出品|团队|开发团队)s?(?: \([^)]*\))?\s?(?::|is|are|为|"
            r"是)?\s?<-:12><o:org|person>"
        ),
    ),
    _rule("en-by-title", rf"^(?:\W|\d)*<s:{_THING}><=:24> by <o:org|person>"),
    _rule(
        "zh-its",
        (
            rf"<o:org><-org|model|app:60>其(?!中|他|它|余|次|实|在|基于|以|对|从|与|和|性|是|"
            rf"背后)(?:最新|开源|自研|新)?<=:14><s:{_THING}>"
        ),
        _BORROW_ZH.replace("基于|", ""),
    ),
    _rule(
        "en-its",
        rf"<o:org><-org:90>\bits (?:(?:own|new|latest|first|flagship|[\w-]+) ){{0,5}}?<s:{_THING}>",
        r"\b(?:rival|competitor|alternative|partner)",
    ),
    _rule(
        "zh-elided",
        (
            rf"<o:org><-org:90>[,;](?:并|同时|还|也|又|随后|近日|此外|\d+月\d+日|"
            rf"<person>)?(?:<=:4>)(?:发布|推出|开源|升级|上线|打造|拿出|"
            rf"放出)了?<-org|model|app|dataset|platform:20><s:{_THING}>"
        ),
        _BORROW_ZH,
    ),
    _rule(
        "zh-born",
        (
            rf"<o:org><=:8><model>,在其基础之?上<-org:70><s:{_THING}>(?:横空出世|诞生|问世|"
            rf"出炉|面世|"
            rf"亮相|登场)"
        ),
    ),
    _rule(
        "zh-its-work",
        rf"<o:org><-org:70><s:{_THING}><=:4>是其<-org:30>(?:精调|微调|训练|研发|打造|开发|推出)",
    ),
    _rule(
        "zh-person",
        rf"<o:org><-org:60>,<person><=:6>(?:拿出|推出|发布|开源|带来|上线)了?<-org:16><s:{_THING}>",
        _BORROW_ZH.replace("|对比", ""),
    ),
    _rule(
        "zh-zero-also",
        (
            rf"^[\W\d年月日号份]*\d\s?(?:月|日|月份)<-org:40>,(?:同时|并|还|并且)(?:发布|推出|开源|"
            rf"上线|公布)了?<-org|model:20><s:{_THING}>"
        ),
        _BORROW_ZH,
    ),
)

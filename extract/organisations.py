"""Names of organisations, by their endings and by what they do."""

import re
from collections.abc import Iterator
from functools import cache

from ..ontology.terms import EntityType
from .lexicon import word_list
from .mention import Mention

__all__ = ["find_organisations"]

_CJK = "\u4e00-\u9fff"
_ENDING_ZH = "科技|智能|研究院|研究所|大学|实验室|集团|学院|基金会|科学院|资本|创投|银行|研究中心|信息学院|网络|数据|公司|医院"
_SURE_ENDING_ZH = re.compile(r"(?:研究院|研究所|大学|实验室|集团|科学院|基金会|创投)$")
_FIRM_ZH = re.compile(r"(?:科技|资本|智能)$")
# What stands before a Chinese name, and is not part of it.
_NOT_INSIDE = re.compile(
    r".*(?:[的了在与和由是及自从对等为向被给把于以即将让使就都又而或]|来自|通过|包括|宣布|发布|推出|目前|其中|联合|使用|根据"
    r"|研发|开源|获得|作为|采用|依托|曾任|任职|就读|毕业|就职|加入|成立|创立|创办|国内|国外|旗下|一家|这家|该|本|家|位"
    r"|融资|投资|收购|起诉|以及|之前|今年|去年|日前|近日|昨日|今日|全球|中国的|美国的|不少|多家|很多|许多|各大|初创|公司)"
)
_CHINESE = re.compile(rf"[{_CJK}]{{2,10}}?(?:{_ENDING_ZH})(?:（(?!.*大模型))?")
_NOT_FIRM = re.compile(
    r"中国|美国|其他|大型|金融|高新|前沿|硬核|国内|国外|全球|头部|硅谷|欧洲|最新|新兴|信息|人工|通用|具身|群体|类脑|超级|商业|人类"
)
_GENERIC_ZH = frozenset(
    "人工智能 大数据 大学 实验室 研究院 公司 科技公司 初创公司 创业公司 神经网络 互联网公司 大公司 上市公司 训练数据 开源数据 "
    "高校 医学院 通用人工智能 生成式人工智能 训练网络 语料数据 多模态数据 深度学习网络 类脑智能 具身智能 科技 群体智能 "
    "数据 网络 智能 集团 资本 银行 医院 母公司 子公司 分公司 有限公司 科技集团 指令数据 社交网络 风险资本 用户数据 隐私数据".split()
)
_WORD_EN = r"(?:[A-Z][A-Za-z0-9&.'’-]*|of|for|and|the|de)"
_ENDING_EN = (
    r"University|Institute|Labs?|Laborator(?:y|ies)|Inc\.?|Technologies|Technology|Foundation|Corp(?:oration|\.)?"
    r"|Research|Ventures|Capital|Group|Institute of Technology|Robotics|Council|Alliance|Company|Studios"
    r"|Ltd\.?|College|Academy|Initiative|Consortium|Collective|Team|Sciences|Healthcare|Partners"
)
_ENGLISH = re.compile(
    rf"(?<![A-Za-z0-9.-])(?:[A-Z][A-Za-z0-9&.'’-]*,? ){{1,4}}?(?:{_ENDING_EN})(?: of (?:[A-Z][a-z]+ ?){{1,3}})?"
    rf"(?![A-Za-z0-9])|(?<![A-Za-z0-9.-])(?:University|Institute|Academy|College) of (?:[A-Z][a-z]+)"
    rf"(?:(?: and| for|,)? [A-Z][a-z]+){{0,3}}(?![A-Za-z])"
)
_AI = re.compile(
    r"(?<![A-Za-z0-9.-])(?P<name>[A-Z][A-Za-z0-9]+(?: [A-Z][A-Za-z]+)?[ .]AI)(?![A-Za-z0-9-]| [A-Z][a-z]| (?:lab|startup|start-up|evaluator|firm|company|unit|chief|model|system|community|research|policy|safety)|[模平技芯产])"
)
_NOT_BEFORE_AI = frozenset(
    "The Open Generative Responsible Conversational Enterprise Artificial Embodied Physical Sovereign "
    "American Chinese European Safe Frontier Trustworthy Ethical Agentic Multimodal Explainable In On "
    "Modern This That For And Advanced General Local Edge Vertical Global Democratizing Building Our "
    "Human Using Your New Deploying Medical Legal Creative Industrial Constitutional Vision With Azure "
    "Vertex Workers Why How What Is Gen Big Cloud Mobile Today Best Top Applied Google's Data French British German Japanese Korean Indian Israeli Canadian Independent Francisco House National Federal Meta Secure Visual".split()
)
_ARTICLES = frozenset("The This That Our In On For And With From By At Its An A New Using".split())
_ACTS_ZH = re.compile(
    r"(?:公司|团队|推出|发布|宣布|开源了|旗下|联合创始人|创始人|首席|研发的|开发的|提出的|CEO|CTO|员工|工程师|研究员|研究人员|科学家)"
)
_NAME = r"(?P<name>[A-Z][A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)?(?: [A-Z][A-Za-z0-9]+)?)"
_AFTER_KIND = re.compile(
    rf"(?:公司|初创企业|企业|机构|团队|startup|company|lab|firm|developer|maker|start-up) [“\"「]?{_NAME}"
)
_BEFORE_KIND = re.compile(
    rf"(?<![A-Za-z0-9.-]){_NAME}(?=(?:公司|团队)|[’']s (?:team|CEO|researchers|research|co-founder|founder|new|latest|first|open)"
    r"|,? (?:the|an?) [A-Za-z-]*(?: [A-Za-z-]+){0,3} ?(?:company|startup|start-up|firm|lab|unit)\b"
    r"| (?:CEO|CTO|COO|CFO|co-?founder|founder|researchers|engineers|spokesperson|employees|executives)\b"
    r"| ?(?:的)?(?:首席执行官|首席技术官|首席科学家|创始人|联合创始人|CEO|CTO|总裁|研究员|研究人员|工程师|员工))"
)
_ANNOUNCES = re.compile(
    rf"(?:^|[。！？.!?\n：:|]\s*){_NAME}(?= ?(?:宣布|发布|推出|开源了?|正式发布| (?:has |have )?(?:just |today |recently |also )?"
    r"(?:released|announced|unveiled|launched|introduced|open-sourced|releases|launches|unveils|announces)\b))",
    re.MULTILINE,
)


@cache
def _not_names() -> frozenset[str]:
    return frozenset(
        word.casefold() for name in ("media.txt", "not_names.txt") for word in word_list(name)
    )


def find_organisations(text: str) -> Iterator[Mention]:
    """Give names of organisations: with a telling ending, or where the text says that they act.

    Examples
    --------
    >>> text = "由临江大学和启明科技发布。Work by Northfield University and Quarry Labs."
    >>> [text[m.start : m.end] for m in find_organisations(text)]
    ['临江大学', '启明科技', 'Northfield University', 'Quarry Labs']
    """
    for match in _CHINESE.finditer(text):
        name = match.group().rstrip("（")
        cut = _NOT_INSIDE.match(name[:-2])
        start = match.start() + (cut.end() if cut else 0)
        name = text[start : match.start() + len(name)]
        if not 4 <= len(name) <= 10 or name in _GENERIC_ZH or name.endswith("人工智能"):
            continue
        if not cut and re.match(rf"[{_CJK}]", text[start - 1 : start]):
            continue
        if _FIRM_ZH.search(name) and (len(name) > 5 or _NOT_FIRM.match(name)):
            continue
        after = text[start + len(name) : start + len(name) + 6]
        if re.match("大厂|巨头|界|行业|领域|企业|股|人才|发展|部", after):
            continue
        if _SURE_ENDING_ZH.search(name):
            yield _organisation(start, start + len(name), 0.6)
        elif _ACTS_ZH.match(after.lstrip()):
            yield _organisation(start, start + len(name), 0.5)
    for match in _ENGLISH.finditer(text):
        start = match.start()
        name = match.group()
        while name.split(" ")[0].strip(",") in _ARTICLES or name.split(" ")[0].endswith(","):
            start += len(name.split(" ")[0]) + 1
            name = text[start : match.end()]
            if " " not in name:
                break
        if " " in name and not name.split(" ")[-2].endswith(","):
            yield _organisation(start, match.end(), 0.55)
    for match in _AI.finditer(text):
        if match.group("name").split(" ")[0] not in _NOT_BEFORE_AI:
            yield _organisation(*match.span("name"), 0.6)
    for pattern, score in ((_AFTER_KIND, 0.45), (_BEFORE_KIND, 0.5), (_ANNOUNCES, 0.4)):
        for match in pattern.finditer(text):
            name = match.group("name")
            if name.split(" ")[0] not in _NOT_BEFORE_AI and name.casefold() not in _not_names():
                yield _organisation(*match.span("name"), score)


def _organisation(start: int, end: int, score: float) -> Mention:
    return Mention(start, end, EntityType.ORGANIZATION, "", "shape", score)

"""Whether models are open, and whether they may be used commercially."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...ontology.terms import Attribute, EntityType
from ..discourse import Group, Passage, Reading
from ..relations.facts import is_fact
from ..relations.oblique import is_oblique
from ..structure import BlockKind
from .draft import Draft
from .owner import clause, topic

__all__ = ["CUES", "read_open_lists", "read_openness"]

_NAME = "\ue000-\ue00f"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that state a value.

    Parameters
    ----------
    name : str
    attribute : Attribute
    value : str
    pattern : re.Pattern
    modifies : bool
        Whether the words may stand before the name that they are said of.
    factual : bool
        Whether negation and plans around the words undo them.
    """

    name: str
    attribute: Attribute
    value: str
    pattern: re.Pattern[str]
    modifies: bool = True
    factual: bool = True


def _cue(
    name: str,
    attribute: Attribute,
    value: str,
    pattern: str,
    modifies: bool = True,
    factual: bool = True,
) -> Cue:
    return Cue(name, attribute, value, re.compile(pattern), modifies, factual)


_OPEN_NOT_ZH = (
    (
        "(?!社区|项目(?!中)|生态|精神|代码|平台|界|工具|数据|路线|许可|协议|与闭源|和闭源|闭源|"
        "框架|文化|地址|软件|领域|贡献|运动|策略|战略|之争|世界|阵营|技术|竞赛|的代码|"
        "的?数据集|版本?的?["
    )
    + _NAME
    + (
        "]|训练|力量|库|的本质|是否|者|基金|周|大战|派|组织|定义|基准|评测|测试|模型(?:中|"
        "的?sota|的?新王|里|的?最佳)|数据|日|日志|贡献)"
    )
)
CUES = (
    _cue(
        "closed-zh",
        Attribute.OPENNESS,
        "closed",
        (
            "(?:未|不|没有|没|尚未|并未|不再|拒绝|并不|暂未|暂不)(?:会|对外|完全|选择|打算|"
            "进行)?(?:开源|公开(?:权重|模型)|开放权重)|(?<![先再从到])(?<!转向)(?<!开源与)"
            "(?<!开源和)闭源(?!与|和|之争|路线|策略|的?思路|开源|转|再|模式|的?(?:大模型|"
            "模型)?(?:厂商|公司|企业|阵营|系统|生态|对手))"
        ),
        factual=False,
    ),
    _cue(
        "closed-en",
        Attribute.OPENNESS,
        "closed",
        (
            r"专有(?=大?模型)|\b(?:proprietary|closed[- ]source[d]?|closed[- ]weights?|"
            r"closed models?|not open[- ](?:source|weight)\w*|closed)\b"
        ),
        factual=False,
    ),
    _cue(
        "restricted",
        Attribute.OPENNESS,
        "restricted",
        (
            "仅限?(?:向|对)?研究(?:人员|者)(?:开放|申请)|available (?:only )?to researchers|"
            "research-only access|by application|on a case-by-case basis|gated access"
        ),
    ),
    _cue(
        "open-zh",
        Attribute.OPENNESS,
        "open",
        r"(?<![不未没非是后先再从到])(?<!转向)(?<!继续)(?:开源"
        + _OPEN_NOT_ZH
        + r"|(?:公开|开放)了?(?:其|全部|所有)?(?:模型)?权重)",
    ),
    _cue(
        "open-en",
        Attribute.OPENNESS,
        "open",
        (
            r"\b(?:open[- ]sourc(?:e|ed|es|ing)(?! (?:community|project|code\b|librar|ecosystem|"
            "dataset|tool|alternative|movement|software|framework|repo|software|research|"
            "ai community|world|initiative|implementation|data|developers?|contribut|licen[cs]e|"
            "definition))|open[- ]weights?(?:ed)?|open[- ]access|openly (?:available|released|"
            "licensed)|open models?|open llms?|weights (?:are|is) (?:available|public|open|"
            r"released|on)|releas\w+ (?:the |its |our |all )?(?:\w+ )?(?:weights|checkpoints)|"
            r"fully open|freely available|publicly available)\b"
        ),
    ),
    _cue(
        "commercial-no",
        Attribute.COMMERCIAL_USE,
        "no",
        (
            "(?:不可|不能|不得|禁止|不允许|不支持|无法|(?<!和)非|不可以)(?:用于)?(?:商用|商业)|"
            "仅(?:供|限|用于|限于)?(?:于)?(?:学术|科研|研究)|只(?:能|可)用于(?:学术|科研|研究)|"
            r"(?<!for )\bnon-?commercial\b|\bresearch (?:use |purposes? )?only\b|"
            r"\bonly for research\b|\bfor research (?:purposes|use) only\b|\b(?:not|"
            r"n't) (?:be )?(?:used |licensed |available |permit\w* |allow\w* )?(?:for )?commercial"
        ),
        factual=False,
    ),
    _cue(
        "commercial-conditional",
        Attribute.COMMERCIAL_USE,
        "conditional",
        (
            "(?<!不需要)(?<!无需)(?<!无须)(?:申请|登记|授权|许可|问卷|备案|邮件|书面|"
            "注册)[^。;]{0,24}(?:免费)?商(?:用|业)|商(?:用|业)[^。;]{0,24}(?:需要?|须|请|联系|申请|"
            r"登记|授权(?!协议))|\bcommercial (?:use|usage|licen[cs]e)\b[^.;]{0,60}\b(?:apply|"
            r"request|contact|register|registration|require[sd]?|subject|unless|under \d|if|"
            r"limit\w*|provided|up to|paid|purchase|separate|restrict\w*|revenue|700 million)\b"
        ),
        factual=False,
    ),
    _cue(
        "commercial-yes",
        Attribute.COMMERCIAL_USE,
        "yes",
        (
            "(?:可|免费|直接|允许|支持|能|能够|可以|完全|均可|商业)(?:用于)?(?:免费)?(?:商用|"
            r"商业(?:化|用途|使用|应用|授权|许可)?)|商用许可|商业友好|\b(?:free|available|allow\w*|"
            r"permit\w*|licensed|usable|used|use|ok|suitable|open|"
            r"approved)\b[^.;,]{0,24}\bcommercial(?:ly)?\b(?: use| usage| purposes?|"
            r" applications?)?|\bcommercially (?:usable|permissive|viable|available|licensed|"
            r"friendly)\b|\bcommercial use (?:is )?(?:allowed|permitted|ok|yes)\b"
        ),
    ),
)
_COMPARED = re.compile(
    "(?:超[越过]|优于|媲美|领先|比肩|接近|击败|对比|相比|其他|其它|现有|所有|各大|众多|"
    r"主流|最大的?|其余|outperform\w*|other|than|among|beat\w*|against|compet\w*|existing|"
    r"any|compared|most|of all|rival\w*|like|similar|surpass\w*|best)\s?(?:的|"
    r"了)?(?:\S{0,10}\s?)$"
)
_ALTERNATIVE = re.compile(
    r"^(?:版|版本)?的?(?:替代|平替|复现|alternative|version of|replica|reproduction)"
)
_FAR = 44
_LONGEST = 380
_OPEN_HEADING = re.compile(
    r"\bopen(?:[- ]source[d]?|[- ]weights?)? (?:large language models?|llms?|models?|"
    "foundation)|开源(?:大|语言|基础|中文|大语言)?模型|开源llm"
)


def read_openness(reading: Reading, passage: Passage) -> Iterator[Draft]:
    """Give what one passage of prose says of openness and commercial use."""
    if passage.block.kind in (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER):
        return
    view = passage.flat
    taken: list[tuple[int, int]] = []
    for cue in CUES:
        for found in cue.pattern.finditer(view.text):
            if any(a < found.end() and found.start() < b for a, b in taken):
                continue
            taken.append(found.span())
            if cue.factual and not is_fact(view.text, found.start(), found.end()):
                continue
            if _ALTERNATIVE.match(view.text[found.end() : found.end() + 20]):
                continue
            yield from _of_cue(reading, passage, cue, found.start(), found.end())


def _of_cue(reading: Reading, passage: Passage, cue: Cue, start: int, end: int) -> Iterator[Draft]:
    view = passage.flat
    begin, stop = clause(view.text, start)
    models = view.positions(EntityType.MODEL)
    inside = [at for at in models if begin <= at < stop]
    behind = [at for at in inside if at >= end]
    before = [at for at in inside if at < start and not is_oblique(view.text, at)]
    compared = bool(_COMPARED.search(view.text[max(0, start - 18) : start]))
    group: Group | None = None
    place = ""
    if behind and cue.modifies and behind[0] - end <= _FAR and _modifies(view.text, end, behind[0]):
        group, place = view.groups[behind[0]], "behind"
    elif before and not compared:
        group, place = view.groups[before[0]], "before"
    elif compared:
        return
    if group is None:
        earlier = [at for at in models if at < begin and not is_oblique(view.text, at)]
        later = [at for at in models if at >= end and not is_oblique(view.text, at)]
        if earlier:
            group, place = view.groups[earlier[0]], "earlier"
        elif later and cue.attribute is Attribute.OPENNESS:
            group, place = view.groups[later[0]], "later"
    if group is not None:
        entities = group.entities
        named = all(slot.named for slot in group.slots)
        place += "" if named else "-pronoun"
    else:
        place = "heading" if passage.block.kind is BlockKind.HEADING else "topic"
        entities = topic(reading, passage, EntityType.MODEL)
    low, high = view.starts[min(begin, len(view.starts) - 1)], view.ends[stop - 1]
    if group is not None:
        low, high = min(low, group.start), max(high, group.end)
    for entity in entities:
        if reading.types.get(entity) is EntityType.MODEL:
            yield Draft(entity, cue.attribute, cue.value, low, high, f"{cue.name}-{place}")


def _modifies(text: str, end: int, at: int) -> bool:
    """Whether the words between a cue and a name let the cue be said of the name."""
    between = text[end:at]
    return not re.search(
        (
            "基于|超[越过]|优于|对标|媲美|接近|采用|使用|类似|相比|based on|built on|than|from|"
            "outperform|beat|like|using|against|alternative|平替|替代|版本?的?$|rival|trained on|"
            "compet|under|over|similar|to $"
        ),
        between,
    )


def read_open_lists(reading: Reading) -> Iterator[Draft]:
    """Give what a heading like "Open models" says of the list or table under it."""
    for block in reading.blocks:
        if block.kind not in (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM) or block.heading < 0:
            continue
        heading = reading.blocks[block.heading]
        words = reading.text[heading.start : heading.end].casefold()
        if not _OPEN_HEADING.search(words) or _COMPARED.search(words):
            continue
        first = block.cells[0] if block.cells else block
        models = [
            mention.entity
            for mention in reading.mentions_between(first.start, first.end)
            if mention.type is EntityType.MODEL
        ]
        if models:
            yield Draft(
                models[0],
                Attribute.OPENNESS,
                "open",
                heading.start,
                block.end if block.end - heading.start < _LONGEST else heading.end,
                "openness.under-heading",
            )

"""Which words tie a period to what a claim says."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ..ontology.terms import Attribute, Predicate
from .periods import PeriodKind

__all__ = ["CUES", "OTHER_CUES", "SIGNS", "VETO", "Effect", "Pattern", "is_dated", "patterns_of"]

# Signs that no view of a text holds: S the subject, O the object, C another of the object's
# kind, D another of the subject's kind, M any other name, V words that state the value, W words
# that state another value.
_FIRST = 0xE0A0
SIGNS: dict[str, str] = {
    name: chr(_FIRST + index) for index, name in enumerate([*"SOCDMVW", *map(str, PeriodKind)])
}
_HELD = "".join(SIGNS[k] for k in PeriodKind if k is not PeriodKind.DATE)
_SINCE, _DATE = SIGNS[PeriodKind.SINCE], SIGNS[PeriodKind.DATE]
_OPENED = SIGNS[PeriodKind.OPENED]
_PERIODS = "".join(SIGNS[k] for k in PeriodKind)

VETO = re.compile(
    "知识|语料|训练数据|数据截|下载量|用户数|最[大强好早受佳]|[即拟]将|将[会于在从自由以]|将(?=改|采|转|开|闭|加)"
    "|预计|计划|有望|打算|拟于|陆续|先后|相继|接连|累计|承诺|要求|传闻|据传"
    r"|\b(?:cutoff|cut-off|knowledge|training data|trained on|best|largest|biggest|strongest|"
    r"the first|will|would|plans?|planned|planning|expected|expects|rumou?red|reportedly|"
    r"downloads?|downloaded|must|has to|promised)\b"
)


class Effect(StrEnum):
    """What a pattern does with the period that it finds."""

    HOLDS = "holds"
    STARTS = "starts"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words around a period (group ``p``) that tie it to a claim.

    Parameters
    ----------
    form : re.Pattern
    effect : Effect
    denied : bool
        Whether "not until" is an end: of what is closed or forbidden.
    opened : bool
        Whether "since it was opened" is a beginning.
    """

    form: re.Pattern[str]
    effect: Effect
    denied: bool = False
    opened: bool = False


_LINKS: dict[str, str] = {
    Predicate.RELEASED_UNDER: (
        r"采用|使用|遵循|遵守|基于|依据|按照?|以|改为|改用|转为|转用|换成|换为|切换[到为至]|适用|"
        r"协议[是为]|许可证?[是为]|是|\bunder(?: the)?|\blicen[sc]ed|\buse[sd]?|\badopt\w*"
    ),
    Predicate.AFFILIATED_WITH: (
        r"担任|出任|接任|就任|任|在|就职于|任职于|供职于|效力于|加入|加盟|执掌|掌管|领导|成为|"
        r"\b(?:at|of|for|with|joined|led|leads|heads|headed|runs?|ran|been|was|is)"
    ),
    Predicate.OPERATES: r"运营|经营|管理|\b(?:operat|manag|r[au]n)\w*",
    Predicate.HOSTED_ON: (
        r"托管[于在]?|上架|在|通过|\b(?:hosted|available|offered|served)(?: on| via| through)?"
    ),
    Predicate.POWERED_BY: (
        r"由|基于|搭载|接入|使用|采用|依托|\b(?:powered by|runs? on|ran on|running on|used?|uses|"
        r"based on|driven by|built on)"
    ),
}
_CHANGE_ZH = r"(?:改|换|转|切换|更换|变更|迁移|调整)[为成用到至]"
_CHANGE_EN = r"\b(?:switch|mov|chang|relicen[sc]|transition|migrat)\w*"
# Words that say nothing: between period and value they change nothing.
_LIGHT = (
    r"(?:<S>|<M>|它|其|才|该|此|系列|模型|权重|便|就|即|已经?|一直|全面|完全|对外|正式|保持|仍然?|依然|都|则|均|"
    r"转为|转向|走向|改为|变为|变成|成为|选择|是|为|处于|被| |"
    r"\b(?:it|they|the|model|models|weights|company|"
    r"has|have|had|been|is|was|are|were|be|became|become|gone|went|remain\w*|stay\w*|turned|fully|"
    r"completely|entirely|partly|now|still|its|also|all|made|kept|available|only)\b)"
)
_PREDICATIVE = (
    r"(?:^|[,(]|(?:\b(?:is|are|was|were|been|be|remain\w*|stay\w*|kept|became|become|went|gone|now|"
    r"then|but|and|initially|originally|first|made|turned|available|<M>)\b|<S>)) ?"
    r"(?:(?:fully|completely|entirely|partly|still|kept|it|was|is|made|available|initially|"
    r"originally|formerly|previously) )*"
)
_POST = r"(?:,? (?:source|weights?|in full|only|to (?:everyone|all|the public)))*"
_POST_OBJECT = (
    r"(?: (?:licen[cs]e|licen[cs]ing|terms|platform|hub|app|as (?:its |the |an? )?[a-z -]{2,40}|"
    r"chatbot|assistant|hub|too))*"
)
_ROLE = (
    r"(?:ceo|cto|coo|cfo|founder|president|chief[a-z ]{0,24}|director|scientist|engineer|"
    r"researcher|"
    r"professor|manager|chair\w*|partner|fellow|officer|spokes\w+|advisor|adviser|member|lead|head|vp)"
)
_FIRST_ZH = "最初|原先|原本|原来|原|起初|一开始|早期|此前"
_FIRST_EN = r"\b(?:originally|initially|at first|formerly|previously)\b"


def _form(pattern: str) -> re.Pattern[str]:
    filled = pattern.replace("<gap>", "[^,;。!?:<O><C><D><V><W><periods>]")
    for name in "SOCDMVW":
        filled = filled.replace(f"<{name}>", SIGNS[name])
    filled = filled.replace("<held>", f"(?P<p>[{_HELD}])").replace("<periods>", _PERIODS)
    filled = filled.replace("<at>", f"(?P<p>[{_DATE}{_SINCE}])").replace(
        "<date>", f"(?P<p>{_DATE})"
    )
    return re.compile(filled.replace("<since>", f"(?P<p>{_SINCE})"))


def _relation(predicate: str) -> list[Pattern]:
    link = _LINKS[predicate]
    holds = [
        rf"<held>,?<gap>{{0,40}}?(?:{link})(?: the| an?| its)?<gap>{{0,10}}?<O>",
        rf"(?:{link})<gap>{{0,24}}?<O>{_POST_OBJECT} ?\(?<held>",
        r"<O>[^,;。!?()<periods>]{0,16}\(<held>\)",
    ]
    starts = [
        rf"<at>[^;。!?<D><O><C><periods>]{{0,40}}[从由]<C><gap>{{0,10}}{_CHANGE_ZH}<gap>{{0,8}}<O>",
        rf"<at>,?<gap>{{0,20}}(?:从<C>[^,;。!?<D>]{{0,10}})?{_CHANGE_ZH}<gap>{{0,8}}<O>",
        rf"{_CHANGE_EN}<gap>{{0,24}}?(?:from (?:the )?<C>{_POST_OBJECT} )?(?:to|under) (?:the )?"
        rf"<O>{_POST_OBJECT} <at>",
    ]
    ends = [
        rf"<at>,?<gap>{{0,20}}从<O><gap>{{0,10}}{_CHANGE_ZH}<gap>{{0,8}}<C>",
        rf"<at>[^;。!?<D><O><C><periods>]{{0,40}}[从由]<O><gap>{{0,10}}{_CHANGE_ZH}<gap>{{0,8}}<C>",
        rf"{_CHANGE_EN}<gap>{{0,24}}?from (?:the )?<O>{_POST_OBJECT} (?:to|under) (?:the )?"
        rf"<C>{_POST_OBJECT} <at>",
    ]
    if predicate in (Predicate.RELEASED_UNDER, Predicate.POWERED_BY):
        ends += [
            rf"(?:{_FIRST_ZH})<gap>{{0,20}}<O>[^;。!?<D><C><periods>]{{0,16}}<at>,?<gap>{{0,16}}"
            rf"{_CHANGE_ZH}<gap>{{0,8}}<C>",
            rf"(?:{_FIRST_ZH}|{_FIRST_EN})<gap>{{0,40}}<O>[^;。!?<D><C><periods>]{{0,24}}<since>,?"
            rf"<gap>{{0,30}}(?:{link})<gap>{{0,10}}<C>",
            rf"{_FIRST_EN}<gap>{{0,40}}<O>[^;。!?<D><C><periods>]{{0,24}}{_CHANGE_EN}<gap>{{0,16}}"
            rf"<C>{_POST_OBJECT} <at>",
        ]
    if predicate == Predicate.AFFILIATED_WITH:
        holds += [rf"<O>(?:'s)?[a-z &-]{{0,30}}\b{_ROLE}(?: and [a-z ]{{1,20}})? <held>"]
        starts += [
            r"<at>,?<gap>{0,12}(?:加入|加盟|入职|出任|接任|就任|升任|被任命为)<gap>{0,4}<O>",
            rf"\b(?:joined|joins) (?:the )?<O>{_POST_OBJECT} <at>",
            r"<date>,? ?<gap>{0,12}\bjoined (?:the )?<O>",
            r"\b(?:appointed|named|became)<gap>{0,30} (?:of|at) (?:the )?<O> <at>",
        ]
        ends += [
            r"<date>,?<gap>{0,12}(?:离开|退出)了?<O>",
            r"<date>,?<gap>{0,12}从<O>(?:公司)?(?:离职|辞职|离开|退休|卸任)",
            r"\b(?:left|quit|departed(?: from)?|resigned from) (?:the )?<O> <date>",
            r"<date>,? ?<gap>{0,12}\b(?:left|quit|departed|resigned from) (?:the )?<O>",
        ]
    if predicate == Predicate.OPERATES:
        holds += [r"<O><gap>{0,12}<held>,?一?直?由<S>(?:公司|集团|团队)?(?:运营|经营|管理)"]
        holds += [r"<O> (?:has been|was|is) (?:run|operated|managed) by <S> <held>"]
    if predicate == Predicate.POWERED_BY:
        holds += [
            r"<O>(?: has| have)?(?: been)? (?:powered|powers|powering|driven|drives) <S> <held>"
        ]
    return [
        Pattern(_form(text), effect)
        for effect, texts in ((Effect.HOLDS, holds), (Effect.STARTS, starts), (Effect.ENDS, ends))
        for text in texts
    ]


def _attribute(predicate: str, value: str) -> list[Pattern]:
    denied = value in ("closed", "no")
    holds = [
        rf"<held>,?{_LIGHT}{{0,10}}<V>",
        rf"{_PREDICATIVE}<V>{_POST} ?\(?<held>",
        r"<S>(?:一直|都|始终)<V>(?:状态)?,?<held>",
    ]
    turning = "转为|转向|走向|改为|变为|变成|转而|停止|重新"
    starts = [
        rf"<date>,?(?:<S>|<M>|正式|宣布|全面|对外){{0,4}}(?:{turning})<V>",
        r"\b(?:became|went|gone|turned|switched to|moved to) (?:fully |completely )?"
        rf"<V>{_POST} <date>",
        r"<date>,? (?:<S>|it|they|the (?:model|company)) (?:became|went|turned|switched to) <V>",
    ]
    ends = [
        rf"<V>[^;。!?<D><V><W><periods>]{{0,16}}<since>,?{_LIGHT}{{0,8}}<W>",
        rf"<V>[^;。!?<D><V><W><periods>]{{0,16}}<date>,?(?:<S>|<M>|正式|宣布|全面|对外){{0,4}}"
        rf"(?:{turning})<W>",
        rf"<V>[^;。!?<D><V><W><periods>]{{0,40}}<W>{_POST} ?\(?<since>",
        rf"<V>[^;。!?<D><V><W><periods>]{{0,40}}\b(?:became|went|turned|switched to|moved to) <W>"
        rf"{_POST} <date>",
    ]
    made = [
        Pattern(_form(text), effect, denied)
        for effect, texts in ((Effect.HOLDS, holds), (Effect.STARTS, starts), (Effect.ENDS, ends))
        for text in texts
    ]
    if value == "open" and predicate == Attribute.OPENNESS:
        made.append(Pattern(re.compile(f"(?P<p>{_OPENED})"), Effect.STARTS, opened=True))
    return made


_NOT_NAMED = (
    "(?!了|过|大?模型|大语言|的|社区|项目|生态|代码|版|协议|许可|平台|数据|工具|框架|阵营|软件|替代|领域|竞赛|"
    "和闭源|与闭源|发布|上线|推出|公司|厂商)"
)
_OPEN = (
    rf"(?<![不未没非])开源{_NOT_NAMED}|(?<![不未没])(?:开放|公开)(?:模型)?权重|"
    r"\b(?:open[- ]sourced?|open[- ]weights?|(?:freely|publicly|openly) available|open)\b"
    r"(?! ?model)"
)
_CLOSED = (
    rf"闭源{_NOT_NAMED}|(?:不再|停止|没有|未|尚未|并未|不|暂不)(?:对外)?(?:开源|开放权重){_NOT_NAMED}|"
    r"\b(?:closed[- ]sourced?|closed[- ]weights?|closed|proprietary|(?:no longer|not|never) "
    r"(?:fully )?(?:open[- ]sourced?|open[- ]weights?|open))\b(?! ?model)"
)
_COMMERCIAL = r"commercial(?:ly)?(?: use| usage| purposes?)?"
_YES = (
    r"(?<![不未])(?:可以?|允许|支持|免费|开放|能够?)(?:免费|完全)?商用|"
    rf"(?<!not )(?<!n't )\b(?:allowed|permitted|free|licensed|available|usable|cleared)"
    rf"(?: [a-z]+){{0,2}}? {_COMMERCIAL}|"
    r"\bcommercial (?:use|usage) (?:is|was|has been|became) (?:allowed|permitted|free)|"
    r"\bcommercially usable"
)
_NO = (
    r"(?:不可以?|不能|不得|禁止|不允许|不支持|无法)(?:用于)?商(?:用|业用途|业使用)|"
    r"\bnon-?commercial(?: use)?(?: only)?|"
    rf"\b(?:not|n't) (?:be |been )?(?:allowed|permitted|free|licensed|available|usable)"
    rf"(?: [a-z]+){{0,2}}? {_COMMERCIAL}|\bcommercial (?:use|usage) (?:is|was|has been|had been) "
    r"(?:not allowed|forbidden|prohibited|banned|not permitted)|\bresearch(?: use)? only"
)
_STRATEGY = r"(?:的?(?:路线|策略|战略|模式|道路))?"
CUES: dict[tuple[str, str], str] = {
    (Attribute.OPENNESS, "open"): _OPEN,
    (Attribute.OPENNESS, "closed"): _CLOSED,
    (Attribute.OPEN_STRATEGY, "open"): f"(?:{_OPEN}){_STRATEGY}",
    (Attribute.OPEN_STRATEGY, "closed"): f"(?:{_CLOSED}){_STRATEGY}",
    (Attribute.COMMERCIAL_USE, "yes"): _YES,
    (Attribute.COMMERCIAL_USE, "no"): _NO,
}
"""Words that state a value, by attribute and value."""
OTHER_CUES: dict[tuple[str, str], str] = {
    (attribute, value): next(
        words for (a, v), words in CUES.items() if a == attribute and v != value
    )
    for attribute, value in CUES
}
"""Words that state the opposite."""


def is_dated(predicate: str, value: str | None) -> bool:
    """Tell whether periods are read for claims of a predicate, or of an attribute's value.

    Examples
    --------
    >>> is_dated("releasedUnder", None), is_dated("openness", "open"), is_dated("succeeds", None)
    (True, True, False)
    """
    return predicate in _LINKS if value is None else (predicate, value) in CUES


@cache
def patterns_of(predicate: str, value: str | None) -> tuple[Pattern, ...]:
    """Give the patterns for claims for which `is_dated` says yes."""
    return tuple(_relation(predicate) if value is None else _attribute(predicate, value))

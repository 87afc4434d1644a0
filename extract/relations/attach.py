"""Benchmarks, datasets, platforms, licences, techniques and domains: whose are they?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...ontology.terms import EntityType, Predicate
from ..discourse import Passage, Reading
from ..structure import BlockKind
from .draft import Draft
from .facts import is_fact
from .oblique import is_oblique
from .signature import fits

__all__ = ["ATTACHMENTS", "Attachment", "attach"]

_MOST_PAIRS = 60
_DESCRIBES = re.compile(
    r"(?:[^,。;!?()\ue000-\ue00f]{0,8}(?:大模型|模型|助手|应用|产品|系列|机器人|工具)(?:——|"
    r":|,)?|[- ](?:\w+[- ]){0,2}(?:models?|llms?|assistant|tool|app|system),? ?(?:called |"
    "named )?)[- ]*"
)
_PROSE_KEYS = ("title", "subtitle", "description", "summary", "tldr", "excerpt")
_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)


@dataclass(frozen=True, slots=True)
class Attachment:
    """How objects of one type find their subject.

    Parameters
    ----------
    predicate : Predicate
    object : EntityType
    subjects : tuple of EntityType
    cue : str
        A regular expression that the words around the object must match for the relation to
        count; what stands before the object is cut at 60 characters, behind it at 40.
    veto : str
        What undoes it, before the object or behind it in its clause; ``$`` is right before it.
    nearest : bool
        Whether the subject is the nearest one before the object, else the first of the sentence.
    topical : str
        What the words around must match for a subject from the discourse.
    """

    predicate: Predicate
    object: EntityType
    subjects: tuple[EntityType, ...]
    cue: str
    veto: str = ""
    nearest: bool = False
    topical: str = ""


_MODEL = (EntityType.MODEL,)

ATTACHMENTS = (
    Attachment(
        Predicate.EVALUATED_ON,
        EntityType.BENCHMARK,
        _MODEL,
        r"",
        (
            r"训练集|(?:推出|发布|构建|提出)了?$|\b(?:introduc\w+|releas\w+|present\w*|propos\w+|"
            r"creat\w+) (?:the |a )?$"
        ),
    ),
    Attachment(
        Predicate.RELEASED_UNDER,
        EntityType.LICENSE,
        (EntityType.MODEL, EntityType.DATASET),
        r"",
        r"代码|源码|仓库|项目|code|repository|repo\b|library|software|framework|scripts",
        nearest=True,
    ),
    Attachment(
        Predicate.HOSTED_ON,
        EntityType.PLATFORM,
        (EntityType.MODEL, EntityType.DATASET),
        (
            "上线|开源|发布|下载|获取|登陆|托管|体验|部署|可在|可以在|可通过|使用|地址|链接|接入|"
            "上架|入驻|开放|提供|available|download|host|access|releas|publish|upload|found|"
            "weights|hub|try|via|through|open[- ]sourc|on (?:the )?$|link|deploy|serv|demo|"
            "checkpoint|collection|model"
        ),
        (
            r"star|代码|下载量|榜|trending|评论|排行|leaderboard|code\b|repo\b|discussions?|"
            "issues?|"
            "blog"
        ),
    ),
    Attachment(
        Predicate.TRAINED_ON,
        EntityType.DATASET,
        _MODEL,
        r"训练|微调|精调|数据|语料|使用|采用|基于|利用|train|tun|data|using|learn|corpus|mix|with",
        r"评测|测试集|评估|benchmark|evaluat|(?:推出|发布|构建|开源)了?$",
        topical=r"训练|微调|精调|预训练|train|tun|learn",
    ),
    Attachment(
        Predicate.USES_TECHNIQUE,
        EntityType.TECHNIQUE,
        _MODEL,
        r"",
        (
            "支持|可以用|教程|推理|(?:框架|库)|探索|计划|support|you can|tutorial|library|recipe|"
            "like|such as"
        ),
        topical=(
            "使用|采用|通过|利用|基于|引入|应用|用|训练|对齐|with|using|via|employ|adopt|train|"
            r"align|appl|incorporat|implement|uses?\b|through|equipped|feature|by|architecture"
        ),
    ),
    Attachment(
        Predicate.APPLIES_TO,
        EntityType.DOMAIN,
        (EntityType.MODEL, EntityType.PRODUCT),
        r"",
        r"例如|比如",
        nearest=True,
    ),
)


def attach(reading: Reading, passage: Passage) -> Iterator[Draft]:
    """Give what the attachments read in one passage of prose."""
    if passage.block.kind not in _PROSE and passage.block.key.lower() not in _PROSE_KEYS:
        return
    for attachment in ATTACHMENTS:
        for at in passage.flat.positions(attachment.object):
            yield from _attach(reading, passage, attachment, at)


def _attach(reading: Reading, passage: Passage, attachment: Attachment, at: int) -> Iterator[Draft]:
    view = passage.flat
    before = view.text[max(0, at - 60) : at]
    behind = view.text[at + 1 : at + 41]
    around = before + " " + behind
    if not re.search(attachment.cue, around):
        return
    begin = max(view.text.rfind(mark, 0, at) for mark in ",;。!?") + 1
    ends = [p for mark in ",;。!?" if (p := view.text.find(mark, at)) >= 0]
    ahead = view.text[max(begin, at - 60) : at]
    after = view.text[at + 1 : min([at + 41, *ends])]
    if attachment.veto and any(re.search(attachment.veto, words) for words in (ahead, after)):
        return
    found = _subject(passage, attachment, at)
    if found is not None:
        where, place = found
        subject = view.groups[where]
        subjects = subject.entities
        begin, stop = min(where, at), max(where, at)
        named = all(slot.named for slot in subject.slots)
    elif re.search(attachment.topical, ahead + " " + after):
        subjects = ()
        for kind in attachment.subjects:
            subjects = subjects or reading.topics.subject(passage.index, kind)
        place = "heading" if passage.block.kind is BlockKind.HEADING else "topic"
        begin = stop = at
        named = False
    else:
        return
    if not is_fact(view.text, begin, stop + 1):
        return
    rule = f"{attachment.predicate}.{place}" + ("" if named or place == "topic" else "-pronoun")
    start, end = view.starts[begin], view.ends[stop]
    if begin == stop:
        start, end = passage.start, passage.end
    object = view.groups[at]
    pairs = [(s, o) for s in subjects for o in object.entities]
    if len(subjects) == len(object.entities) > 1 and re.search("分别|respectively", view.text):
        pairs = list(zip(subjects, object.entities, strict=True))
    for s, o in pairs[:_MOST_PAIRS]:
        if s != o and fits(reading.types.get(s), attachment.predicate, reading.types.get(o)):
            yield Draft(s, attachment.predicate, o, start, end, rule, (), passage.index)


def _subject(passage: Passage, attachment: Attachment, at: int) -> tuple[int, str] | None:
    """Find the subject's group in the sentence, and what kind of place it is."""
    view = passage.flat
    candidates = [
        where for where in view.positions(*attachment.subjects) if not is_oblique(view.text, where)
    ]
    earlier = [where for where in candidates if where < at]
    later = [where for where in candidates if where > at]
    if later and attachment.nearest and _DESCRIBES.fullmatch(view.text, at + 1, later[0]):
        return later[0], "describing"
    if earlier:
        clause = max(view.text.rfind(mark, 0, at) for mark in ",;。!?")
        inside = [where for where in earlier if where > clause]
        if attachment.nearest:
            return earlier[-1], "before" if inside else "before-clause"
        if inside:
            return inside[0], "before"
        return earlier[0], "before-clause"
    if later:
        clause_ends = [p for mark in ",;。!?" if (p := view.text.find(mark, at)) >= 0]
        clause = min(clause_ends, default=len(view.text))
        return later[0], "behind" if later[0] < clause else "behind-clause"
    return None

"""Columns of tables that hold attributes."""

import re
from collections.abc import Iterator

from ...ontology.terms import Attribute, EntityType
from ..discourse import Reading
from ..structure import Block, BlockKind
from .dates import find_dates
from .draft import Draft
from .quantities import context_length, find_sizes

__all__ = ["read_tables"]

_SIZE = re.compile(r"参数|大小|规模|尺寸|param|size|#p\b|模型大小", re.I)
_NOT_SIZE = re.compile(
    (
        "数据|token|文件|显存|磁盘|激活|active|activated|data|file|memory|vram|gb|batch|vocab|"
        "词表|image|hidden|download"
    ),
    re.I,
)
_UNIT = re.compile(r"[(（]\s?(b|m|billion|million|十亿)\s?[)）]|in (billions?|millions?)", re.I)
_DATE = re.compile(r"时间|日期|date|release|发布|年份", re.I)
_CONTEXT = re.compile(r"上下文|context|序列长度|length|窗口|ctx", re.I)
_COMMERCIAL = re.compile(r"商用|商业|commercial", re.I)
_OPEN = re.compile(r"开源|是否开放|open[- ]?(?:source|weight)|开放", re.I)
_YES = re.compile(
    r"^(?:✅|✔️?|☑|√|yes|y|是|可|可商用|支持|true|open|开源|已开源|✓|免费商用)\W*$", re.I
)
_NO = re.compile(r"^(?:❌|✗|✘|×|no|n|否|不可|不支持|false|closed|闭源|未开源|不可商用|x)\W*$", re.I)


def read_tables(reading: Reading, year: str | None) -> Iterator[Draft]:
    """Give what the columns of tables state of the models in their rows."""
    for block in reading.blocks:
        if block.kind is not BlockKind.TABLE_ROW or not 0 <= block.header < len(reading.blocks):
            continue
        header = reading.blocks[block.header]
        titles = [reading.text[cell.start : cell.end] for cell in header.cells]
        subject = _subject(reading, block)
        if subject is None:
            continue
        for title, cell in zip(titles, block.cells, strict=False):
            words = reading.text[cell.start : cell.end]
            for attribute, value, name in _values(title, words, year):
                yield Draft(subject, attribute, value, block.start, block.end, f"table.{name}")


def _subject(reading: Reading, block: Block) -> str | None:
    for cell in block.cells[:2]:
        models = [
            m.entity
            for m in reading.mentions_between(cell.start, cell.end)
            if m.type is EntityType.MODEL
        ]
        if models:
            return models[0]
    return None


def _values(title: str, words: str, year: str | None) -> Iterator[tuple[Attribute, str, str]]:
    small = words.lower().strip()
    if not small or len(small) > 200:
        return
    if _SIZE.search(title) and not _NOT_SIZE.search(title):
        unit = _UNIT.search(title)
        if unit and re.fullmatch(r"[\d.,\s/、-]+", small):
            letter = "m" if (unit[1] or unit[2]).lower()[:7] in ("m", "million") else "b"
            small = re.sub(r"(\d+(?:\.\d+)?)", rf"\1{letter}", small)
        for quantity in find_sizes(re.sub(r"[*`]", " ", small)):
            yield Attribute.PARAMETERS, quantity.value, "parameters"
    elif _CONTEXT.search(title):
        value = context_length(small)
        if value:
            yield Attribute.CONTEXT_LENGTH, value, "context"
    elif _COMMERCIAL.search(title):
        plain = re.sub(r"[*`\s]", "", small)
        if _YES.match(plain):
            yield Attribute.COMMERCIAL_USE, "yes", "commercial"
        elif _NO.match(plain):
            yield Attribute.COMMERCIAL_USE, "no", "commercial"
    elif _DATE.search(title):
        for moment in find_dates(small)[:1]:
            yield Attribute.RELEASE_DATE, moment.iso(year), "released"
    elif _OPEN.search(title):
        plain = re.sub(r"[*`\s]", "", small)
        if _YES.match(plain):
            yield Attribute.OPENNESS, "open", "open"
        elif _NO.match(plain):
            yield Attribute.OPENNESS, "closed", "open"

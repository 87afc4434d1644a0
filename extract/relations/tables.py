"""Tables: the header says the predicate, the first cell with a model the subject."""

import re
from collections.abc import Iterator

from ...ontology.terms import EntityType, Predicate
from ..discourse import Reading
from ..mention import Mention
from ..structure import Block, BlockKind, Cell
from .draft import Draft
from .method import method_of
from .signature import fits

__all__ = ["read_tables"]

_BY_TYPE = {
    EntityType.ORGANIZATION: Predicate.DEVELOPED_BY,
    EntityType.PERSON: Predicate.DEVELOPED_BY,
    EntityType.LICENSE: Predicate.RELEASED_UNDER,
    EntityType.PLATFORM: Predicate.HOSTED_ON,
    EntityType.DOMAIN: Predicate.APPLIES_TO,
    EntityType.DATASET: Predicate.TRAINED_ON,
    EntityType.TECHNIQUE: Predicate.USES_TECHNIQUE,
}
_BASE = re.compile(
    (
        "基座|底座|底模|基底|基础模型|基于|来源|base|backbone|foundation|parent|derived|"
        "fine-?tuned from|init|架构|origin|架构基础|骨干|llm|language model"
    ),
    re.I,
)
_MADE = re.compile(
    "微调|精调|蒸馏|量化|基于|训练得到|fine-?tuned|finetuned|based on|trained (?:on|from)|"
    "distill|quantiz|additionally trained|merge|lora"
)
_SUBJECTS = (EntityType.MODEL, EntityType.PRODUCT, EntityType.DATASET)


def read_tables(reading: Reading) -> Iterator[Draft]:
    """Give what the tables of a text state."""
    for index, block in enumerate(reading.blocks):
        if block.kind is BlockKind.TABLE_ROW:
            yield from _row(reading, index, block)


def _cells(reading: Reading, block: Block) -> list[list[Mention]]:
    return [reading.mentions_between(cell.start, cell.end) for cell in block.cells]


def _titles(reading: Reading, block: Block) -> list[str]:
    if not 0 <= block.header < len(reading.blocks):
        return []
    header = reading.blocks[block.header]
    return [reading.text[cell.start : cell.end] for cell in header.cells]


def _row(reading: Reading, index: int, block: Block) -> Iterator[Draft]:
    cells = _cells(reading, block)
    titles = _titles(reading, block)
    subject: list[str] = []
    column = -1
    for number, cell in enumerate(cells[:3]):
        found = list(dict.fromkeys(m.entity for m in cell if m.type in _SUBJECTS))
        title = titles[number] if number < len(titles) else ""
        if found and not (_BASE.search(title) and (number or len(title) > 14)):
            subject, column = found, number
            break
    if not subject:
        yield from _keyed_row(reading, index, block, cells)
        return
    main = subject
    if reading.types[main[0]] is EntityType.DATASET and any(
        m.type is EntityType.MODEL for cell in cells for m in cell
    ):
        main = []
    for number, cell in enumerate(cells):
        title = titles[number] if number < len(titles) else ""
        for mention in cell:
            if number == column and mention.entity in subject:
                continue
            yield from _cell(
                reading, block, block.cells[number], main, mention, title, number == column
            )
    yield from _headed(reading, block, main, cells, column)


def _cell(
    reading: Reading,
    block: Block,
    cell: Cell,
    subjects: list[str],
    mention: Mention,
    title: str,
    same: bool,
) -> Iterator[Draft]:
    predicate = _BY_TYPE.get(mention.type)
    qualifiers: tuple[tuple[str, str], ...] = ()
    rule = "table.column"
    if mention.type is EntityType.MODEL:
        around = reading.view(cell.start, cell.end).text
        if not (_BASE.search(title) or _MADE.search(around)):
            return
        predicate = Predicate.DERIVED_FROM
        words = title + " " + reading.view(block.start, block.end).text
        qualifiers = (("method", str(method_of(words.lower()))),)
        rule = "table.base"
    if predicate is None:
        return
    if same:
        rule = "table.same-cell"
    for s in subjects:
        if s != mention.entity and fits(reading.types.get(s), predicate, mention.type):
            yield Draft(
                s,
                predicate,
                mention.entity,
                block.start,
                block.end,
                f"{rule}-{predicate}",
                qualifiers,
                -1,
            )


def _headed(
    reading: Reading, block: Block, subjects: list[str], cells: list[list[Mention]], column: int
) -> Iterator[Draft]:
    """A header that names a platform or a benchmark, over a cell that is filled."""
    if not 0 <= block.header < len(reading.blocks):
        return
    header = reading.blocks[block.header]
    document = reading.topics.document(EntityType.MODEL)
    for number, cell in enumerate(header.cells):
        if number == column or number >= len(block.cells):
            continue
        filled = reading.text[block.cells[number].start : block.cells[number].end].strip(" -/—–|")
        if not filled or re.search(r"待|soon|todo|n/?a\b|✗|×|❌", filled, re.I):
            continue
        for mention in reading.mentions_between(cell.start, cell.end):
            for s in subjects:
                if mention.type is EntityType.PLATFORM:
                    predicate, rule = Predicate.HOSTED_ON, "table.header-hostedOn"
                elif mention.type is EntityType.BENCHMARK and _is_topic(reading, s, document):
                    predicate, rule = Predicate.EVALUATED_ON, "table.header-evaluatedOn"
                else:
                    continue
                if fits(reading.types.get(s), predicate, mention.type):
                    yield Draft(s, predicate, mention.entity, block.start, block.end, rule, (), -1)


def _is_topic(reading: Reading, entity: str, document: tuple[str, ...]) -> bool:
    """Whether the text is about this model: its topic, or one named alike."""
    return any(entity == other or reading.family.akin(entity, other) for other in document)


def _keyed_row(
    reading: Reading, index: int, block: Block, cells: list[list[Mention]]
) -> Iterator[Draft]:
    """A row of a card: "licence | Apache 2.0"; the subject is what the section is about."""
    topic = reading.topics.heading(index, EntityType.MODEL) or reading.topics.document(
        EntityType.MODEL
    )
    document = reading.topics.document(EntityType.MODEL)
    for number, cell in enumerate(cells):
        for mention in cell:
            if mention.type is EntityType.BENCHMARK and number == 0:
                header = (
                    reading.blocks[block.header]
                    if 0 <= block.header < len(reading.blocks)
                    else None
                )
                heads = (
                    [
                        m.entity
                        for m in reading.mentions_between(header.start, header.end)
                        if m.type is EntityType.MODEL
                    ]
                    if header
                    else []
                )
                scored = [h for h in heads if _is_topic(reading, h, document)] or (
                    list(topic) if not heads else []
                )
                for s in scored[:3]:
                    yield Draft(
                        s,
                        Predicate.EVALUATED_ON,
                        mention.entity,
                        block.start,
                        block.end,
                        "table.row-evaluatedOn",
                        (),
                        -1,
                    )
            elif mention.type in (EntityType.LICENSE, EntityType.ORGANIZATION) and number == 1:
                predicate = _BY_TYPE[mention.type]
                key = reading.text[block.cells[0].start : block.cells[0].end].lower()
                if not re.search(
                    r"licen|许可|协议|develop|开发|机构|author|maker|creator|公司|厂商", key
                ):
                    continue
                for s in topic:
                    yield Draft(
                        s,
                        predicate,
                        mention.entity,
                        block.start,
                        block.end,
                        f"table.card-{predicate}",
                        (),
                        -1,
                    )

"""Lists and tables whose heading says what their entries have in common."""

from collections.abc import Iterator

from ...ontology.terms import EntityType, Predicate
from ..discourse import Reading
from ..mention import Mention
from ..structure import Block, BlockKind
from .draft import Draft
from .signature import fits

__all__ = ["read_headed"]

_BY_TYPE = {
    EntityType.ORGANIZATION: Predicate.DEVELOPED_BY,
    EntityType.DOMAIN: Predicate.APPLIES_TO,
    EntityType.PLATFORM: Predicate.HOSTED_ON,
}
_LEADING = 8
_LONGEST = 380


def read_headed(reading: Reading) -> Iterator[Draft]:
    """Give the maker, domain or platform that a heading names to the entries under it."""
    for index, block in enumerate(reading.blocks):
        if block.kind not in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW):
            continue
        leads = _leads(reading, block)
        if not leads:
            continue
        for above in _above(reading, index, block):
            common = _common(reading, above)
            for mention in common:
                predicate = _BY_TYPE[mention.type]
                end = block.end if block.end - above.start < _LONGEST else above.end
                for lead in leads:
                    if fits(reading.types.get(lead), predicate, mention.type):
                        yield Draft(
                            lead,
                            predicate,
                            mention.entity,
                            above.start,
                            end,
                            f"headed.{predicate}"
                            + ("-item" if above.kind is BlockKind.LIST_ITEM else ""),
                        )
            if common:
                break


def _leads(reading: Reading, block: Block) -> list[str]:
    """Give the models that a list item starts with, or that a row's first cells hold."""
    if block.kind is BlockKind.TABLE_ROW:
        for cell in block.cells[:2]:
            found = [
                m.entity
                for m in reading.mentions_between(cell.start, cell.end)
                if m.type is EntityType.MODEL
            ]
            if found:
                return found[:1]
        return []
    inside = reading.mentions_between(block.start, block.end)
    if not inside or inside[0].type not in (EntityType.MODEL, EntityType.PRODUCT):
        return []
    before = reading.text[block.start : inside[0].start]
    return [inside[0].entity] if len(before.strip(" -*[]`#>•🔥🤗")) <= _LEADING else []


def _above(reading: Reading, index: int, block: Block) -> Iterator[Block]:
    """Give the item that a nested item hangs on, then the headings above, the nearest first."""
    if block.kind is BlockKind.LIST_ITEM and block.level > 1:
        for other in reversed(reading.blocks[max(0, index - 40) : index]):
            if other.kind is not BlockKind.LIST_ITEM:
                break
            if other.level < block.level:
                yield other
                break
    above = block.heading
    for _ in range(2):
        if not 0 <= above < len(reading.blocks):
            return
        heading = reading.blocks[above]
        yield heading
        if heading.heading >= above:
            return
        above = heading.heading


def _common(reading: Reading, above: Block) -> list[Mention]:
    inside = reading.mentions_between(above.start, above.end)
    if any(m.type in (EntityType.MODEL, EntityType.PRODUCT) for m in inside):
        return []
    return [m for m in inside if m.type in _BY_TYPE]

"""Brings annotated documents into the form that the components read."""

import re
from collections import defaultdict
from collections.abc import Sequence

from ...ontology.terms import EntityType
from ..evaluation.gold import GoldDocument, GoldEntity
from ..markdown import parse_structure
from ..mention import Analysis, Mention
from ..segment import split_sentences
from ..structure import Structure

__all__ = ["annotated_mentions", "read_analysis"]

_LATIN = r"A-Za-z0-9\u00c0-\u024f"
_BREAKABLE = re.compile("[\u3400-\u9fff-]")
_DATA_BEHIND = re.compile(r"\W*(?:dataset|corpus|data\b|数据|语料)", re.IGNORECASE)


def read_analysis(document: GoldDocument) -> Analysis:
    """Give the structure and sentences of an annotated document's text, without mentions."""
    structure = parse_structure(document.text)
    return Analysis(
        text=document.text,
        lang=document.lang,
        structure=structure,
        published=structure.published,
        sentences=split_sentences(document.text, structure),
    )


def annotated_mentions(document: GoldDocument, structure: Structure) -> list[Mention]:
    """Give every place where the text uses an annotated name, the longest at each place.

    Parameters
    ----------
    document : GoldDocument
    structure : Structure
        Of its text; hidden spans carry no names.

    Returns
    -------
    list of Mention
        In order, never overlapping; each with the annotation's id as its entity.
    """
    owners: dict[str, list[GoldEntity]] = defaultdict(list)
    names: set[str] = set()
    for entity in document.entities:
        for name in dict.fromkeys((entity.name, *entity.names)):
            names.add(name)
            owners[_squeezed(name)].append(entity)
    if not names:
        return []
    pattern = re.compile("|".join(_pattern(n) for n in sorted(names, key=lambda n: (-len(n), n))))
    covered = bytearray(len(document.text))
    for start, end in structure.hidden:
        covered[start:end] = b"\1" * (end - start)
    mentions = []
    for match in pattern.finditer(document.text):
        known = owners.get(_squeezed(match.group()))
        if known is None or covered[match.start()] or covered[match.end() - 1]:
            continue
        entity = _meant(known, document.text, match.end())
        mentions.append(Mention(*match.span(), EntityType(entity.type), entity.id, "annotated"))
    return mentions


def _squeezed(name: str) -> str:
    return re.sub(r"\s+", "", name)


def _pattern(name: str) -> str:
    # A hard-wrapped text may break a name at a blank, or behind a hyphen or a Chinese character.
    body = re.sub(r"(?:\\?\s)+", r"\\s+", re.escape(name))
    if _BREAKABLE.search(name):
        body = re.sub(r"(?<=[\u3400-\u9fff-])(?=[^\\\s])", r"\\n?", body)
    left = rf"(?<![{_LATIN}])" if re.match(f"[{_LATIN}]", name) else ""
    right = rf"(?![{_LATIN}])" if re.match(f"[{_LATIN}]", name[-1]) else ""
    return left + body + right


def _meant(entities: Sequence[GoldEntity], text: str, end: int) -> GoldEntity:
    """A name may stand for a data set and for the model trained on it: the next word tells."""
    if len(entities) > 1:
        data = _DATA_BEHIND.match(text[end : end + 14])
        for entity in entities:
            if (entity.type == EntityType.DATASET) == bool(data):
                return entity
    return entities[0]

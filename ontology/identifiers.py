"""Identifiers: one function makes ids from names, one makes addresses from ids."""

import hashlib
import re
import unicodedata
from urllib.parse import quote

from .terms import EntityType

__all__ = ["BASE_IRI", "entity_id", "iri", "name_key", "slug"]

BASE_IRI = "https://w3id.org/modelkin/"

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"
_TOKEN = re.compile(rf"[0-9]+(?:\.[0-9]+)*|[{_CJK}]+|[^\W\d_{_CJK}]+|.", re.DOTALL)
_WORDS = {"+": "plus", "#": "sharp", "&": "and"}
# Marks that only set words apart: names that differ in them alone are one name.
_SEPARATORS = frozenset("_/:;,.'\"`()[]{}|·•・、，。：；！？!?‘’“”（）《》「」『』【】")
_LONGEST = 80


def name_key(name: str) -> str:
    """Give the key under which spellings of a name meet.

    Compatibility forms, case, blanks, hyphens, underscores and invisible marks are folded.

    Examples
    --------
    >>> name_key("Llama-2"), name_key("ＬＬａＭＡ 2")
    ('llama2', 'llama2')
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(
        c
        for c in folded
        if c != "_" and not c.isspace() and unicodedata.category(c) not in ("Pd", "Cf")
    )


def slug(name: str) -> str:
    """Give a readable, stable identifier for a name.

    Names that differ only in case, blanks, hyphens and quotation marks share a slug; any other
    difference gives another one: a symbol that has no place in a slug adds a hash. Chinese is kept.

    Parameters
    ----------
    name : str
        A name as written.

    Returns
    -------
    str
        Lower case letters, digits, CJK characters, ``.`` and ``-``; never empty.

    Examples
    --------
    >>> [slug(n) for n in ("Llama 2", "Llama2", "LLaMA-2", "Falcon180B", "Mistral-7B-v0.1")]
    ['llama-2', 'llama-2', 'llama-2', 'falcon-180b', 'mistral-7b-v0.1']
    >>> [slug(n) for n in ("智谱AI", "DINOv2", "DeepSeek-R1", "Command R+", "01.AI")]
    ['智谱-ai', 'dino-v2', 'deepseek-r1', 'command-r-plus', '01.ai']
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    # Case folding can undo the composition, and marks without width are not part of a name.
    folded = unicodedata.normalize(
        "NFKC", "".join(c for c in folded if unicodedata.category(c) != "Cf")
    )
    tokens = _TOKEN.findall(folded)
    out: list[str] = []
    lost = False
    for position, token in enumerate(tokens):
        if token in _WORDS:
            out += ["-", _WORDS[token], "-"]
        elif token == "." and 0 < position < len(tokens) - 1 and _joins(tokens, position):
            out.append(".")
        elif token[0].isalnum():
            out += _word(token, out[-1] if out else "-", tokens[position + 1 : position + 2])
        elif not _separates(token):
            lost = True
            out.append("-")
        else:
            out.append("-")
    text = re.sub(r"-+", "-", "".join(out)).strip("-")
    if lost or not text or len(text) > _LONGEST:
        digest = hashlib.sha256(folded.encode()).hexdigest()[:8]
        text = f"{text[:_LONGEST].strip('-')}-{digest}".strip("-")
    return text


def _joins(tokens: list[str], position: int) -> bool:
    return tokens[position - 1][-1].isalnum() and tokens[position + 1][0].isalnum()


def _separates(token: str) -> bool:
    return token.isspace() or token in _SEPARATORS or unicodedata.category(token) == "Pd"


def _word(token: str, before: str, after: list[str]) -> list[str]:
    """Give the pieces of one run: where two runs touch, decide whether a hyphen stands between."""
    cjk = bool(re.match(f"[{_CJK}]", token))
    last = before[-1]
    glued = last.isalnum()
    pieces: list[str] = []
    if glued and (cjk or re.match(f"[{_CJK}]", last)):
        pieces.append("-")
    elif glued and token[0].isdigit() and not _one_letter(before):
        pieces.append("-")
    # "dinov2" is "dino v2": a version mark belongs to its number.
    if len(token) > 1 and token.endswith("v") and after and after[0][0].isdigit():
        return [*pieces, token[:-1], "-", "v"]
    return [*pieces, token]


def _one_letter(piece: str) -> bool:
    return len(piece) == 1 and piece.isalpha()


def entity_id(type: EntityType, name: str) -> str:
    """Give the id of the entity of this type and name.

    Examples
    --------
    >>> entity_id(EntityType.MODEL, "Llama 2"), entity_id(EntityType.ORGANIZATION, "Zhipu AI")
    ('model/llama-2', 'organization/zhipu-ai')
    """
    return f"{type.value.lower()}/{slug(name)}"


def iri(identifier: str, base: str = BASE_IRI) -> str:
    """Give the address of an id: UTF-8, percent-encoded.

    Examples
    --------
    >>> iri("organization/智谱-ai")
    'https://w3id.org/modelkin/organization/%E6%99%BA%E8%B0%B1-ai'
    """
    return base + quote(identifier, safe="/-._~")

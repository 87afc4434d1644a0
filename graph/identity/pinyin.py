"""How Chinese names are written in Latin letters: 百川 is Baichuan, 张伟 is Wei Zhang."""

import re
from functools import lru_cache

from ...ontology.terms import EntityType
from .normal import normal_key

__all__ = ["head_spellings", "latin_spellings"]

_IDEOGRAPHS = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_LONGEST = 24  # characters; a longer name is a sentence
_LONGEST_HEAD = 4
_LONGEST_PERSON = 4


@lru_cache(maxsize=32768)
def latin_spellings(name: str, type: EntityType) -> frozenset[str]:
    """Give the normal forms in which a Chinese name may stand in Latin letters.

    Parameters
    ----------
    name : str
    type : EntityType
        People's given names come first or last.

    Returns
    -------
    frozenset of str
        Empty for a name without ideographs.

    Examples
    --------
    >>> sorted(latin_spellings("百川", EntityType.MODEL))
    ['baichuan']
    >>> sorted(latin_spellings("张兰华", EntityType.PERSON))
    ['huazhanglan', 'lanhuazhang', 'zhanglanhua']
    """
    key = normal_key(name, type)
    if len(key) > _LONGEST or not _IDEOGRAPHS.search(key):
        return frozenset()
    spoken = [_syllables(key)]
    if type is EntityType.PERSON and _IDEOGRAPHS.fullmatch(key) and len(key) <= _LONGEST_PERSON:
        # A surname has one character, rarely two.
        spoken += [spoken[0][cut:] + spoken[0][:cut] for cut in (1, 2) if cut < len(key)]
    return frozenset("".join(syllables) for syllables in spoken)


@lru_cache(maxsize=32768)
def head_spellings(name: str, type: EntityType) -> frozenset[str]:
    """Give the same for the first characters of a Chinese name: 百川智能 begins as Baichuan.

    Examples
    --------
    >>> sorted(head_spellings("百川智能", EntityType.ORGANIZATION))
    ['baichuan', 'baichuanzhi']
    """
    key = normal_key(name, type)
    run = _IDEOGRAPHS.match(key)
    if type is EntityType.PERSON or not run or len(key) > _LONGEST:
        return frozenset()
    longest = min(len(run[0]) - 1, _LONGEST_HEAD)
    syllables = _syllables(key[:longest]) if longest > 1 else ()
    return frozenset("".join(syllables[:length]) for length in range(2, len(syllables) + 1))


@lru_cache(maxsize=32768)
def _syllables(text: str) -> tuple[str, ...]:
    # Its dictionaries take a while to read.
    from pypinyin import lazy_pinyin

    return tuple(part.replace("ü", "u").replace("lv", "lu") for part in lazy_pinyin(text))

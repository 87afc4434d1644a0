"""Names that stand in quotes and names that stand in names: whether two things are of one house."""

import re
from collections.abc import Iterable
from functools import lru_cache

from ...ontology.identifiers import slug

__all__ = ["belongs", "kernel", "names_one", "owns"]

# Of a quote and of an entity's names no more is looked at: articles are hostile.
_LONGEST_QUOTE = 1_000
_LONGEST_NAME = 100
_MOST_NAMES = 32
_SHORTEST_ZH = 2

# Words of a licence's name that tell it from no other.
_GENERIC = frozenset(
    [
        "a",
        "agreement",
        "and",
        "by",
        "community",
        "for",
        "free",
        "license",
        "licence",
        "licensed",
        "licensing",
        "model",
        "of",
        "open",
        "public",
        "software",
        "source",
        "terms",
        "the",
        "under",
        "use",
        "v",
        "version",
        "weights",
    ]
)
_GENERIC_ZH = re.compile("许可证|许可协议|许可|开源协议|社区|协议|授权|条款|模型|商用|开源|版")

# Between an owner's name and the name of what it owns.
_OWNING = (
    r"""\W{0,3}(?:['’]s|旗下的?|下属的?|的|(?:\band|和|与|及)\W{0,2}(?:its|其|旗下的?))\W{0,3}"""
)
# Between the name of what is owned and its owner's.
_OWNED = r"\W{0,3}(?:\b(?:from|at|of|(?:a|the)\s(?:lab|team|part|unit|arm)\sof)\b)\W{0,3}"


def belongs(names: Iterable[str], others: Iterable[str]) -> bool:
    """Tell whether a name of the one begins or holds a name of the other, word by word.

    Examples
    --------
    >>> belongs(["Databricks"], ["Databricks Mosaic team"]), belongs(["Deci.AI"], ["Deci"])
    (True, True)
    >>> belongs(["阿里巴巴"], ["阿里巴巴达摩院"]), belongs(["Meta"], ["MetaGPT"])
    (True, False)
    """
    mine = [words for name in _first(names) if (words := _words(name))]
    its = [words for name in _first(others) if (words := _words(name))]
    return any(_holds(a, b) or _holds(b, a) for a in mine for b in its)


def kernel(name: str) -> frozenset[str]:
    """Give the words of a licence's name that tell it from others.

    Examples
    --------
    >>> kernel("Llama 2 Community License Agreement") == kernel("LLAMA 2 社区许可协议")
    True
    >>> sorted(kernel("Apache v2.0")), kernel("Model License")
    (['2', 'apache'], frozenset())
    """
    words = slug(_GENERIC_ZH.sub(" ", name[:_LONGEST_NAME])).split("-")
    plain = (re.sub(r"\Av(?=\d)", "", word).removesuffix(".0") for word in words)
    return frozenset(word for word in plain if word not in _GENERIC) - {"symbols"}


def names_one(quote: str, names: Iterable[str]) -> bool:
    """Tell whether a quote holds one of the names, as a word of its own.

    Examples
    --------
    >>> names_one("Developed by StabilityAI's CarperAI team.", ["Stability AI"])
    True
    >>> names_one("We decided.", ["Deci"]), names_one("由百川智能推出", ["百川智能"])
    (False, True)
    """
    text = quote[:_LONGEST_QUOTE]
    return any(re.search(_pattern(name), text, re.IGNORECASE) for name in _first(names))


def owns(quote: str, owner: Iterable[str], owned: Iterable[str]) -> bool:
    """Tell whether a quote says that one thing is part of the other.

    Examples
    --------
    >>> owns("英国公司 Stability AI 和旗下的 CarperAI 实验室", ["Stability AI"], ["CarperAI"])
    True
    >>> owns("[SiloGen](https://silo.ai) from [Silo AI](https://silo.ai)", ["Silo AI"], ["SiloGen"])
    True
    >>> owns("Meta and Microsoft released it.", ["Meta"], ["Microsoft"])
    False
    """
    text = re.sub(r"\]\([^)\s]{0,300}\)", "]", quote[:_LONGEST_QUOTE])
    if not (names_one(text, owner) and names_one(text, owned)):
        return False
    above = "|".join(_pattern(name) for name in _first(owner))
    below = "|".join(_pattern(name) for name in _first(owned))
    said = rf"(?:{above}){_OWNING}(?:{below})|(?:{below}){_OWNED}(?:{above})"
    return re.search(said, text, re.IGNORECASE) is not None


def _first(names: Iterable[str]) -> list[str]:
    """Give as many names as are looked at, those that are too short or too long left out."""
    kept = [name for name in names if _SHORTEST_ZH <= len(name) <= _LONGEST_NAME]
    return kept[:_MOST_NAMES]


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    return tuple(slug(name).replace(".", "-").split("-"))


def _holds(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    width = len(short)
    if any(long[at : at + width] == short for at in range(len(long) - width + 1)):
        return True
    # Chinese writes no blanks between words.
    one, other = "".join(long), "".join(short)
    return not other.isascii() and len(other) > _SHORTEST_ZH and one.startswith(other)


@lru_cache(maxsize=4096)
def _pattern(name: str) -> str:
    """Give an expression that finds the name with its blanks and hyphens set freely."""
    runs = [re.escape(run) for run in re.split(r"[\s_-]+", name) if run]
    letters = r"[\s_-]?".join(runs)
    return rf"(?<![A-Za-z0-9]){letters}(?![A-Za-z0-9])" if name.isascii() else letters

"""Short forms of names that a text also gives in full: acronyms, given names, tails, heads."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from ..ontology.identifiers import name_key
from ..ontology.terms import EntityType
from ..seeds import resolve

__all__ = ["is_short_for", "short_forms"]

_SMALL = frozenset(("a", "an", "and", "for", "in", "of", "on", "the", "to", "with", "de"))
# What a company's name may be shortened by. A research arm is not its company.
_GENERIC = frozenset(
    [
        "ai",
        "capital",
        "computer",
        "computing",
        "consulting",
        "corp",
        "corporation",
        "group",
        "holdings",
        "inc",
        "intelligence",
        "lab",
        "labs",
        "llc",
        "ltd",
        "network",
        "networks",
        "partners",
        "platform",
        "software",
        "studio",
        "studios",
        "systems",
        "tech",
        "technologies",
        "technology",
        "venture",
        "ventures",
    ]
)
_GENERIC_ZH = re.compile("(?:跳动|智能|科技|集团|公司|中国|网络|技术|云|研究院|资本|创投|股份)+")
_MODEL_WORDS = re.compile(r"(?:llms?|models?|大模型|模型|大语言模型|s)")
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_WORDS = re.compile(r"[A-Z]{2,}|[A-Za-z\u00c0-\u024f][a-z\u00c0-\u024f]*")
_MOST_ACRONYMS = 200  # of one type; a text of more is no text
_SPLIT = re.compile(r"[·•・‧ ]")
_CJK = re.compile("[\u3400-\u9fff]")


def is_short_for(short: str, name: str) -> bool:
    """Whether capital letters abbreviate a name: all initials, with or without the small words.

    Examples
    --------
    >>> is_short_for("CRFM", "Center for Research on Foundation Models")
    True
    >>> is_short_for("AISI", "UK AI Security Institute"), is_short_for("NLP", "Per-Layer Nets")
    (True, False)
    """
    letters = [c for c in short if c.isalpha()]
    if len(letters) < 2 or not all(c.isupper() for c in letters[:2]):
        return False
    wanted = "".join(letters).casefold()
    words = _words(name)
    if len(words) < 2:
        return False
    for chosen in (words, [w for w in words if w not in _SMALL]):
        if "".join(w[0] for w in chosen) == wanted:
            return True
    # "AISI" takes two letters of "AI": every letter in order, each word begun in order.
    return len(wanted) > 2 and _spells(wanted, [w for w in words if w not in _SMALL])


def _words(name: str) -> list[str]:
    return [w.casefold() for w in _WORDS.findall(name)]


def _first_letters(name: str) -> set[str]:
    """The letters that a form that `is_short_for` the name may begin with."""
    words = _words(name)
    large = [w for w in words if w not in _SMALL]
    return {w[0] for w in (*words[:1], *large[:2])}


def _spells(wanted: str, words: list[str]) -> bool:
    for skip in (0, 1):
        rest = wanted
        for word in words[skip:]:
            if not rest.startswith(word[0]):
                rest = "?"
                break
            taken = 2 if len(word) == 2 and rest.startswith(word) else 1
            rest = rest[taken:]
        if not rest:
            return True
    return False


def short_forms(
    types: Mapping[str, EntityType], forms: Mapping[str, Counter[str]]
) -> Iterator[tuple[str, str]]:
    """Give pairs of keys, the full name first, of which one is short for the other.

    A short form counts only when it is short for one name of the text.

    Parameters
    ----------
    types : mapping of str to EntityType
        By key, which is the type, a colon and the folded name.
    forms : mapping of str to Counter of str
        The spellings of each key.
    """
    by_type: dict[EntityType, list[str]] = defaultdict(list)
    for key, type in types.items():
        by_type[type].append(key)
    yield from _acronyms(by_type, forms)
    yield from _given_names(by_type[EntityType.PERSON], forms)
    yield from _heads(by_type[EntityType.ORGANIZATION], forms)
    yield from _heads(by_type[EntityType.PLATFORM], forms)
    yield from _tails(by_type, forms)


def _acronyms(
    by_type: Mapping[EntityType, list[str]], forms: Mapping[str, Counter[str]]
) -> Iterator[tuple[str, str]]:
    for type, keys in by_type.items():
        if type in (EntityType.MODEL, EntityType.PERSON):
            continue
        short = [(k, n) for k in keys for n in forms[k] if n.isupper() and 3 <= len(n) <= 7]
        if not short:
            continue
        begun: dict[str, dict[str, None]] = defaultdict(dict)
        for key in keys:
            for letter in sorted({c for n in forms[key] for c in _first_letters(n)}):
                begun[letter][key] = None
        for key, name in short[:_MOST_ACRONYMS]:
            letter = next((c for c in name if c.isalpha()), "").casefold()[:1]
            full = [
                k
                for k in begun[letter]
                if k != key and any(is_short_for(name, n) for n in forms[k])
            ]
            if len(full) == 1:
                yield full[0], key


def _given_names(keys: list[str], forms: Mapping[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    first: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        for name in forms[key]:
            parts = _SPLIT.split(name)
            if len(parts) > 1:
                first[name_key(parts[0])].add(key)
    for key in keys:
        full = first.get(key.split(":", 1)[1], set()) - {key}
        if len(full) == 1:
            yield full.pop(), key


def _heads(keys: list[str], forms: Mapping[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    """The first words of a company's name, where only general words follow."""
    folded: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key in keys:
        for name in forms[key]:
            folded[name.casefold()].append((key, name))
    found: dict[str, set[str]] = defaultdict(set)
    for other in keys:
        for name in forms[other]:
            whole = name.casefold()
            for length in range(1, len(whole) + 1):
                for key, short in folded.get(whole[:length], ()):
                    if key != other and _heads_of(short, name):
                        found[key].add(other)
    for key in keys:
        if len(found[key]) == 1:
            yield found[key].pop(), key


def _heads_of(short: str, name: str) -> bool:
    if not name.casefold().startswith(short.casefold()) or len(short) < 2:
        return False
    rest = name[len(short) :]
    if _CJK.search(name):
        return bool(_GENERIC_ZH.fullmatch(rest))
    words = rest.casefold().split()
    return rest.startswith(" ") and bool(words) and all(w in _GENERIC for w in words)


def _tails(
    by_type: Mapping[EntityType, list[str]], forms: Mapping[str, Counter[str]]
) -> Iterator[tuple[str, str]]:
    """A model's name without the name of its family or maker before it: R1 for DeepSeek-R1."""
    models = by_type[EntityType.MODEL]
    heads = {
        key.split(":", 1)[1]
        for type in (EntityType.MODEL, EntityType.ORGANIZATION)
        for key in by_type[type]
    }
    known = {key.split(":", 1)[1]: key for key in models}
    found: dict[str, set[str]] = defaultdict(set)
    for whole, other in known.items():
        for cut in range(1, len(whole) - 1):
            if whole[cut:] in known and whole[:cut] in heads:
                found[whole[cut:]].add(other)
    for bare, key in known.items():
        full = found.get(bare, set())
        if len(full) == 1 and not any(resolve(name, EntityType.MODEL) for name in forms[key]):
            yield full.pop(), key
    for bare, key in known.items():
        for short in (bare[:-1], bare[:-4]):
            singular = known.get(short)
            if singular and len(short) > 3 and _MODEL_WORDS.fullmatch(bare[len(short) :]):
                yield singular, key

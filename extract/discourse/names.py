"""How the names of models are made of each other: X, X-7B, X-7B-Chat."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from ...ontology.terms import EntityType

__all__ = ["Family", "fold", "size_of"]

_PART = re.compile(
    r"\d+(?:\.\d+)*[bBmMkK](?![a-z])|\d+(?:\.\d+)*x\d+(?:\.\d+)?[bB]|\d+(?:\.\d+)*|"
    r"[a-zà-ÿ]+|[\u3400-\u9fff]"
)
_BARE_SIZE = re.compile(r"\d+(?:\.\d+)?[bm]?")
_SIZE = re.compile(r"(?<![\d.a-z])(\d+(?:\.\d+)?(?:x\d+(?:\.\d+)?)?)\s?(b|m|t|亿)(?![a-z])")


def fold(name: str) -> str:
    """Give a name without case, width, blanks and dashes.

    Examples
    --------
    >>> fold("Llama-2 70B") == fold("llama 2-70b")
    True
    """
    even = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in even if c.isalnum() or c in ".+")


def size_of(name: str) -> str | None:
    """Give the size inside a name, folded.

    Examples
    --------
    >>> size_of("Baichuan-13B-Chat"), size_of("Phi-3"), size_of("Mixtral-8x7B")
    ('13b', None, '8x7b')
    """
    found = _SIZE.search(unicodedata.normalize("NFKC", name).casefold())
    return f"{found[1]}{found[2]}" if found else None


def _parts(name: str) -> tuple[str, ...]:
    even = unicodedata.normalize("NFKC", name).casefold().rsplit("/", 1)[-1]
    return tuple(_PART.findall(even))


def _words(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for part in parts if not part[0].isdigit() and part != "v")


def _numbers(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for part in parts if part[0].isdigit() and not part[-1].isalpha())


def _both_sized(parts: tuple[str, ...], others: tuple[str, ...]) -> bool:
    sizes = [part for part in parts if part[0].isdigit() and part[-1].isalpha()]
    sizes_of_other = [part for part in others if part[0].isdigit() and part[-1].isalpha()]
    return bool(sizes) and bool(sizes_of_other) and sizes != sizes_of_other


class Family:
    """The models of a text by their names.

    Parameters
    ----------
    surfaces : mapping of str to sequence of str
        The names that the text uses for each entity.
    types : mapping of str to EntityType

    Examples
    --------
    >>> family = Family({"a": ["Qwen"], "b": ["Qwen-7B"], "c": ["Qwen-7B-Chat"]},
    ...                 dict.fromkeys("abc", EntityType.MODEL))
    >>> family.parents("c"), family.parents("b"), family.parents("a")
    (('b',), ('a',), ())
    """

    def __init__(
        self, surfaces: Mapping[str, Sequence[str]], types: Mapping[str, EntityType]
    ) -> None:
        self._parts: dict[str, list[tuple[str, ...]]] = {}
        self._by_parts: dict[tuple[str, ...], str] = {}
        self._folded: dict[str, str] = {}
        for entity, names in surfaces.items():
            if types.get(entity) is not EntityType.MODEL:
                continue
            for name in names:
                parts = _parts(name)
                if parts and not _BARE_SIZE.fullmatch("".join(parts)):
                    self._parts.setdefault(entity, []).append(parts)
                    self._by_parts.setdefault(parts, entity)
                self._folded.setdefault(fold(name), entity)

    def parents(self, entity: str) -> tuple[str, ...]:
        """Give the nearest model whose name the entity's name continues, at most one."""
        best: tuple[int, str] | None = None
        for parts in self._parts.get(entity, ()):
            for length in range(len(parts) - 1, 0, -1):
                parent = self._by_parts.get(parts[:length])
                if parent == entity:
                    break
                if parent is not None:
                    if best is None or length > best[0]:
                        best = (length, parent)
                    break
            else:
                continue
        return (best[1],) if best else ()

    def remainder(self, entity: str, parent: str) -> tuple[str, ...]:
        """Give the parts by which the entity's name continues its parent's."""
        for parts in self._parts.get(entity, ()):
            for other in self._parts.get(parent, ()):
                if parts[: len(other)] == other and parts != other:
                    return parts[len(other) :]
        return ()

    def sibling(self, entity: str, size: str) -> str | None:
        """Give the model that is named like the entity but for its size."""
        wanted = fold(size)
        for parts in self._parts.get(entity, ()):
            for index, part in enumerate(parts):
                if re.fullmatch(r"\d+(?:\.\d+)*(?:x\d+(?:\.\d+)?)?b", part):
                    found = self._by_parts.get((*parts[:index], wanted, *parts[index + 1 :]))
                    if found is not None and found != entity:
                        return found
        return None

    def akin(self, entity: str, other: str) -> bool:
        """Whether the names of two models start with the same word."""
        first = {parts[0] for parts in self._parts.get(entity, ())}
        return any(parts[0] in first for parts in self._parts.get(other, ()))

    def generations_apart(self, entity: str, other: str) -> bool:
        """Whether the names of two models differ in nothing but their numbers.

        Examples
        --------
        >>> family = Family({"a": ["Llama 2"], "b": ["Llama"], "c": ["Llama-7B"]},
        ...                 dict.fromkeys("abc", EntityType.MODEL))
        >>> family.generations_apart("a", "b"), family.generations_apart("c", "b")
        (True, False)
        """
        return any(
            _words(parts) == _words(others)
            and (_numbers(parts) != _numbers(others) or _both_sized(parts, others))
            for parts in self._parts.get(entity, ())
            for others in self._parts.get(other, ())
        )

    def members(self, entity: str) -> tuple[str, ...]:
        """Give the models of which the entity is the nearest parent."""
        return tuple(other for other in self._parts if entity in self.parents(other))

    def generations(self, entity: str) -> tuple[str, ...]:
        """Give the entity and the models that its name plus a generation number names."""
        found = [(0.0, entity)]
        for other in self._parts:
            rest = self.remainder(other, entity)
            if other != entity and len(rest) == 1 and re.fullmatch(r"\d+(?:\.\d+)?", rest[0]):
                found.append((float(rest[0]), other))
        return tuple(other for _, other in sorted(found))

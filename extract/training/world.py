"""What is true in one document: who made which model, of what size, under which licence."""

import random
import re
from datetime import date

from ...ontology.terms import EntityType
from .naming import Namer, parts
from .things import Cell, Thing, Value
from .values import context_length, date_forms, parameters, pick_date

__all__ = ["KINDS", "World", "size_of"]

KINDS = {
    "m": EntityType.MODEL,
    "k": EntityType.MODEL,
    "g": EntityType.MODEL,
    "o": EntityType.ORGANIZATION,
    "u": EntityType.ORGANIZATION,
    "p": EntityType.PERSON,
    "d": EntityType.DATASET,
    "b": EntityType.BENCHMARK,
    "h": EntityType.PLATFORM,
    "w": EntityType.PLATFORM,
    "f": EntityType.PRODUCT,
    "l": EntityType.LICENSE,
    "t": EntityType.TECHNIQUE,
    "x": EntityType.DOMAIN,
}
"""What the letters of a frame's slots stand for; ``g`` is a model named without a size, ``u`` a
university, ``w`` a platform with an invented name."""

_SIZED = re.compile(r"[\s-](\d+(?:\.\d+)?[BM])\b")
_TAGS = ("Pro", "Expert", "Tuned", "Plus", "Zh", "X")
_REAL_PLATFORMS = frozenset(
    forms[0] for lang in ("zh", "en") for forms in parts()["platform"][f"real_{lang}"]
)
_TITLED = (EntityType.DATASET, EntityType.BENCHMARK, EntityType.PLATFORM, EntityType.PRODUCT)


class World:
    """The things of one document and what is true of them.

    Parameters
    ----------
    rng : random.Random
    lang : str
    day : date
        When the document was written.

    Attributes
    ----------
    things : list of Thing
        Those that the text has named so far, in order.
    """

    def __init__(self, rng: random.Random, lang: str, day: date) -> None:
        self.rng = rng
        self.lang = lang
        self.day = day
        self.namer = Namer(rng, lang)
        self.things: list[Thing] = []

    def make(self, letter: str) -> Thing:
        """Invent a thing of the kind that a letter stands for."""
        kind = KINDS[letter]
        if kind is EntityType.MODEL:
            family = self.namer.family()
            if letter != "g" and self.rng.random() < 0.5:
                return self._sized(family, self.namer.size())
            return family
        if kind is EntityType.ORGANIZATION:
            return self.namer.organisation(("university",) if letter == "u" else ("company", "lab"))
        if kind is EntityType.PERSON:
            return self.namer.person()
        if kind in _TITLED:
            return self.namer.titled(kind, invented=letter == "w")
        if kind is EntityType.LICENSE:
            return self.namer.licence()
        return self.namer.technique() if kind is EntityType.TECHNIQUE else self.namer.domain()

    def known(self, letter: str) -> list[Thing]:
        """Give the things named so far that a letter can stand for."""
        kind = KINDS[letter]
        return [
            thing
            for thing in self.things
            if thing.type is kind
            and (letter != "g" or not (thing.parent or size_of(thing)))
            and (letter != "w" or thing.name not in _REAL_PLATFORMS)
        ]

    def property(self, thing: Thing, key: str) -> Cell:
        """Give what is true of a thing, inventing it when it is asked for the first time."""
        if key not in thing.properties:
            thing.properties[key] = self._invent(thing, key)
        return thing.properties[key]

    def _invent(self, thing: Thing, key: str) -> Cell:
        base = key.rstrip("0123456789")
        if thing.type is EntityType.PERSON:
            return self._of_person(thing, base)
        if base == "org":
            return self._shared("o", 0.35)
        if base == "twin":
            return Thing(EntityType.DATASET, thing.name)
        if base == "alias":
            if thing.type is EntityType.ORGANIZATION and not thing.name.isascii():
                return Thing(thing.type, self.namer.stem() + self.rng.choice((" AI", "", " Lab")))
            return Thing(thing.type, _respelt(thing.name))
        if base == "id":
            return Thing(thing.type, thing.name.lower().replace(" ", "-"))
        if base == "owner":
            owner = self.namer.stem().lower()
            return Thing(thing.type, f"{owner}/{thing.name.replace(' ', '-')}")
        if thing.type is EntityType.MODEL:
            return self._of_model(thing, base, key)
        if thing.type is EntityType.ORGANIZATION and base == "platform":
            return Thing(EntityType.PLATFORM, thing.name + self._pick("开放平台", " Cloud"))
        raise KeyError(f"{thing.type} has no {key}")

    def _shared(self, letter: str, share: float) -> Thing:
        known = self.known(letter)
        return self.rng.choice(known) if known and self.rng.random() < share else self.make(letter)

    def _pick(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _of_person(self, thing: Thing, base: str) -> Cell:
        if base == "last":
            return thing
        if base == "org":
            return self._shared("o", 0.35)
        table = parts()["person"]
        if base == "role":
            role = self.rng.choice(table[f"{self.lang}_role"])
            return Value(role, (role,))
        if base == "post":
            role = self.rng.choice(table[f"{self.lang}_academic"])
            return Value(role, (role,))
        raise KeyError(f"a person has no {base}")

    def _of_model(self, thing: Thing, base: str, key: str) -> Cell:
        made = {
            "license": "l", "dataset": "d", "bench": "b", "host": "h", "domain": "x",
            "product": "f", "tech": "t", "base": "m",
        }  # fmt: skip
        if base in made:
            return self._shared(made[base], 0.0 if base in ("base", "product") else 0.3)
        if base in ("tuning", "attention"):
            return self.namer.technique(base)
        if base == "params":
            return self._parameters(thing, key)
        if base == "context":
            return self._context(thing)
        if base in ("date", "day", "slash", "month", "iso"):
            return self._date(thing, base)
        if base == "yearago":
            day = pick_date(self.rng, date(self.day.year - 1, 12, 28))
            return Value(str(day.year), (str(day.year),))
        return self._member(thing, base, key)

    def _parameters(self, thing: Thing, key: str) -> Value:
        if size := size_of(thing):
            return parameters(size, self.lang)
        used = {v.value for k, v in thing.properties.items() if isinstance(v, Value) and "par" in k}
        while True:
            size = self.namer.size()
            if size not in used:
                return parameters(size, self.lang)

    def _context(self, thing: Thing) -> Value:
        known = [v for k, v in thing.properties.items() if k.startswith("context")]
        lengths = [int(v.value) for v in known if isinstance(v, Value)]
        while True:
            value = context_length(self.rng)
            # A second length is the longer one, as texts tell of windows that grew.
            if int(value.value) > max(lengths, default=0) or max(lengths, default=0) >= 1000000:
                return value

    def _date(self, thing: Thing, shape: str) -> Value:
        known = thing.properties.get("_day")
        if not isinstance(known, Value):
            known = Value(pick_date(self.rng, self.day).isoformat(), ())
            thing.properties["_day"] = known
        return date_forms(date.fromisoformat(known.value), self.lang, shape)

    def _sized(self, family: Thing, size: str) -> Thing:
        mark = size if self.rng.random() < 0.85 else size.lower()
        name = family.name + family.separator + mark
        if self.lang == "zh" and family.name.endswith("大模型"):
            name = family.name.removesuffix("大模型") + family.separator + mark
        member = Thing(EntityType.MODEL, name, parent=family, separator=family.separator)
        alias = family.properties.get("alias")
        if isinstance(alias, Thing):
            member.properties["alias"] = Thing(
                EntityType.MODEL, alias.name + family.separator + mark
            )
        member.properties["params"] = parameters(size, self.lang)
        return member

    def _member(self, thing: Thing, base: str, key: str) -> Cell:
        join = thing.separator
        if base == "family":
            return thing.parent or thing
        if base == "size":
            sizes = {size_of(t) for t in thing.properties.values() if isinstance(t, Thing)}
            size = self.namer.size()
            while size in sizes:
                size = self.namer.size()
            return self._sized(thing, size)
        if base == "prev":
            return Thing(EntityType.MODEL, self.namer.family().name)
        if base == "next":
            return Thing(EntityType.MODEL, self.namer.next_name(thing), separator=join)
        marks = {
            "chat": self.rng.choice(("Chat", "Instruct", "chat", "it")),
            "base_edition": "Base",
            "edition": self.namer.edition(),
            "lora": "LoRA",
            "quant": self.rng.choice(("GPTQ", "AWQ", "GGUF", "Int4", "int8", "4bit")),
            "distil": self.rng.choice(("Distill", "Mini", "Lite", "Tiny")),
            "pruned": self.rng.choice(("Slim", "Pruned")),
            "long": self.rng.choice(("Long", "LongContext")),
            "child": self.rng.choice(_TAGS),
        }
        if base not in marks:
            raise KeyError(f"a model has no {key}")
        return Thing(EntityType.MODEL, f"{thing.name}{join}{marks[base]}", parent=thing)


def size_of(thing: Thing) -> str:
    """Give the size that a model's name states, or nothing.

    Examples
    --------
    >>> size_of(Thing(EntityType.MODEL, "Velora-7B-Chat"))
    '7B'
    """
    match = _SIZED.search(thing.name.upper().replace("亿", ""))
    return match.group(1) if match else ""


def _respelt(name: str) -> str:
    # Texts write one name with a hyphen here and a blank there.
    if "-" in name or " " in name:
        return name.replace("-", " ") if "-" in name else name.replace(" ", "-")
    return name.lower()

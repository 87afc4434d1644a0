"""Invents names: of models, organisations, people and whatever else a text speaks of."""

import random
import re
import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from ...ontology.terms import EntityType
from .things import Thing

__all__ = ["Namer", "parts"]

_SIZES = ("1.5B", "1.8B", "3B", "6B", "7B", "8B", "9B", "13B", "14B", "20B", "30B", "34B", "40B")
_MORE_SIZES = ("65B", "70B", "72B", "110B", "180B", "0.5B", "2B", "4B", "11B", "32B")
_EDITIONS = ("Chat", "Instruct", "Base", "Turbo", "Mini", "Pro", "it", "Lite")
_REAL = 0.55


@cache
def parts() -> dict[str, Any]:
    """Give the parts of which names are made."""
    source = files(__package__).joinpath("names.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


class Namer:
    """Makes the names of one document; each stem is used once.

    Parameters
    ----------
    rng : random.Random
    lang : str
        ``zh`` or ``en``.
    """

    def __init__(self, rng: random.Random, lang: str) -> None:
        self.rng = rng
        self.lang = lang
        self._taken: set[str] = set()
        self._fixed: dict[str, Thing] = {}

    def _fresh(self, make: Callable[[], str]) -> str:
        while True:
            name = make()
            key = re.sub(r"[\W_]+", "", name).casefold()
            if key not in self._taken:
                self._taken.add(key)
                return name

    def stem(self) -> str:
        """Give a word of Latin letters that the document has not used."""
        latin, rng = parts()["latin"], self.rng
        if rng.random() < 0.25:
            return self._fresh(lambda: rng.choice(latin["modifier"]) + rng.choice(latin["noun"]))
        return self._fresh(lambda: rng.choice(latin["first"]) + rng.choice(latin["last"]))

    def zh_stem(self) -> tuple[str, str]:
        """Give a Chinese word that the document has not used, and the same in Latin letters."""
        zh, rng = parts()["zh"], self.rng
        word = self._fresh(lambda: rng.choice(zh["first"]) + rng.choice(zh["last"]))
        first = zh["pinyin"][zh["first"].index(word[0])]
        last = zh["pinyin_last"][zh["last"].index(word[1])]
        return word, first + rng.choice((last, last.lower()))

    def family(self) -> Thing:
        """Give a model whose name has no size."""
        rng = self.rng
        if self.lang == "zh" and rng.random() < 0.5:
            word, latin = self.zh_stem()
            tail = rng.choice(("大模型", "", "", "", "GPT"))
            forms = (word + tail,)
            alias = latin + ("GPT" if tail == "GPT" else "")
            thing = Thing(EntityType.MODEL, forms[0], forms, separator="-")
            thing.properties["alias"] = Thing(EntityType.MODEL, alias)
            self._taken.add(alias.casefold())
            return thing
        stem = self.stem()
        shape = rng.random()
        if shape < 0.25:
            stem += rng.choice(parts()["latin"]["tail"])
        elif shape < 0.3:
            stem = "Open" + stem
        elif shape < 0.36:
            stem = stem.upper()
        if rng.random() < 0.25:
            stem += rng.choice(("-2", " 2", "2", " 3", "-V2", "-v1.5", " 1.5", "2.5", "3"))
        return Thing(EntityType.MODEL, stem, separator=rng.choice(("-", "-", " ")))

    def size(self) -> str:
        """Give a size as names have it."""
        return self.rng.choice(_SIZES if self.rng.random() < 0.75 else _MORE_SIZES)

    def edition(self) -> str:
        """Give the mark of an edition."""
        return self.rng.choice(_EDITIONS)

    def next_name(self, thing: Thing) -> str:
        """Give the name of the generation after a model's."""
        match = re.search(r"(\d)(?:\.(\d))?$", thing.name)
        if match and match.group(2):
            return f"{thing.name[: match.start()]}{int(match.group(1)) + 1}"
        if match:
            return f"{thing.name[: match.start()]}{int(match.group(1)) + 1}"
        marks = ("2.0", "2", "-2") if self.lang == "zh" else (" 2", "-2", "2", " 2.0")
        return thing.name + self.rng.choice(marks)

    def organisation(self, kinds: Sequence[str] = ("company", "company", "lab")) -> Thing:
        """Give a company, a laboratory or a university."""
        rng, table = self.rng, parts()["organisation"]
        kind = rng.choice(list(kinds))
        lang = "zh" if self.lang == "zh" and rng.random() < 0.75 else "en"
        place = self._fresh(lambda: rng.choice(table[f"{lang}_place"]))
        tail = rng.choice(table[f"{lang}_{kind}"])
        if "{}" in tail:
            name = tail.format(place)
        else:
            name = place + ("" if lang == "zh" else " ") + tail
            if kind == "company" and rng.random() < 0.25:
                name = place
        return Thing(EntityType.ORGANIZATION, name)

    def person(self) -> Thing:
        """Give a person."""
        rng, table = self.rng, parts()["person"]
        if self.lang == "en":
            first, last = rng.choice(table["en_first"]), rng.choice(table["en_last"])
            if last in self._taken:
                return self.person()
            self._taken.add(last)
            thing = Thing(EntityType.PERSON, f"{first} {last}")
            thing.properties["last"] = Thing(EntityType.PERSON, last)
            return thing
        shape = rng.random()
        if shape < 0.6:
            name = self._fresh(
                lambda: rng.choice(table["zh_surname"]) + rng.choice(table["zh_given"])
            )
            return Thing(EntityType.PERSON, name)
        lang, joint = ("zh_foreign", "·") if shape < 0.85 else ("en", " ")
        last = self._fresh(lambda: rng.choice(table[f"{lang}_last"]))
        thing = Thing(EntityType.PERSON, rng.choice(table[f"{lang}_first"]) + joint + last)
        thing.properties["last"] = Thing(EntityType.PERSON, last)
        return thing

    def titled(self, type: EntityType, *, invented: bool = False) -> Thing:
        """Give a data set, benchmark, platform or product, now and then a real one."""
        rng, table = self.rng, parts()[type.lower()]
        if type is EntityType.BENCHMARK and rng.random() < _REAL:
            return self.fixed(type, (rng.choice(table["real"]),))
        if type is EntityType.PLATFORM and not invented and rng.random() < _REAL:
            return self.fixed(type, rng.choice(table[f"real_{self.lang}"]))
        if self.lang == "zh" and rng.random() < 0.6:
            return Thing(type, rng.choice(table["zh"]).format(self.zh_stem()[0]))
        return Thing(type, rng.choice(table["latin"]).format(self.stem()))

    def fixed(self, type: EntityType, forms: Sequence[str]) -> Thing:
        """Give the one thing of the document with a name that is not invented."""
        key = f"{type}:" + re.sub(r"[\W_]+", "", forms[0]).casefold()
        return self._fixed.setdefault(key, Thing(type, forms[0], tuple(forms)))

    def licence(self) -> Thing:
        """Give a licence."""
        return self.fixed(EntityType.LICENSE, self.rng.choice(parts()["licence"][self.lang]))

    def technique(self, kind: str = "") -> Thing:
        """Give a technique; of a kind, when one is named."""
        table = parts()["technique"]
        names = table.get(kind) or table.get(f"{kind}_{self.lang}") or table[self.lang]
        return self.fixed(EntityType.TECHNIQUE, (self.rng.choice(names),))

    def domain(self) -> Thing:
        """Give a field."""
        return self.fixed(EntityType.DOMAIN, (self.rng.choice(parts()["domain"][self.lang]),))

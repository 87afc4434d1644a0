"""Fills frames: binds their slots to things, writes the words, and says what they state."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ...ontology.terms import Attribute, EntityType
from .frames import Fact, Frame
from .ledger import Occurrence, Said
from .things import Cell, Thing, Value
from .world import KINDS, World

__all__ = ["Filled", "Filler"]

_SLOT = re.compile(r"\{([^{}]+)\}")
_CHOICE = re.compile(r"<([^<>]*\|[^<>]*)>")
_ROOT = re.compile(r"([a-zA-Z]\d?\*?)(?::([^.{}]+(?:\.\d)?))?(?:\.([a-z].*))?")
_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z0-9]")
_SURFACES = ("alias", "last", "owner", "id")
_ATTRIBUTES = frozenset(map(str, Attribute))
_REUSE = 0.35

Binding = dict[str, list[Thing]]


@dataclass(slots=True)
class Filled:
    """The words of a frame, with the names in them and the facts.

    Parameters
    ----------
    text : str
    occurrences : list of (Occurrence, str)
        With the name as written; places count from the start of the text.
    said : list of Said
    things : list of Thing
        New and old ones, in the order of the text.
    bound : dict of str to Thing
        What the frame's slots hold, lists aside.
    """

    text: str = ""
    occurrences: list[tuple[Occurrence, str]] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    bound: dict[str, Thing] = field(default_factory=dict)

    def write(self, words: str) -> None:
        """Add words."""
        self.text += words


class Filler:
    """Fills the frames of one document.

    Parameters
    ----------
    world : World
    spaced : bool
        Whether a blank stands between Chinese and Latin letters.
    we : Thing, optional
        The organisation that speaks, where the text has named it.
    dated : Value, optional
        The date of the document, where the text gives it.
    ornament : str
        What stands around the names of models now and then: ``**``, a back-tick, or ``link``.
    """

    def __init__(
        self,
        world: World,
        *,
        spaced: bool = False,
        we: Thing | None = None,
        dated: Value | None = None,
        ornament: str = "",
    ) -> None:
        self.world = world
        self.spaced = spaced
        self.we = we
        self.dated = dated
        self.ornament = ornament

    @property
    def _rng(self) -> random.Random:
        return self.world.rng

    def fill(
        self,
        frame: Frame,
        *,
        at: int,
        topic: Thing | None = None,
        reference: str = "name",
        fresh: bool = False,
        given: Mapping[str, Thing] | None = None,
        text: str | None = None,
    ) -> Filled:
        """Fill a frame.

        Parameters
        ----------
        frame : Frame
        at : int
            Where its text will stand in the document.
        topic : Thing, optional
            What the section is about.
        reference : str
            How the topic is called: ``name``, ``it``, ``this`` or ``zero``.
        fresh : bool
            Whether every slot takes a new thing.
        given : mapping, optional
            Slots that are bound already.
        text : str, optional
            Instead of the frame's own: the text of an item.
        """
        words = _CHOICE.sub(
            lambda match: self._rng.choice(match.group(1).split("|")),
            frame.text if text is None else text,
        )
        bound: Binding = {key: [thing] for key, thing in (given or {}).items()}
        if topic is not None:
            bound["T"] = [topic]
        if self.we is not None:
            bound["W"] = [self.we]
        self._bind(words, frame.facts, bound, fresh)
        filled = Filled()
        last = 0
        for match in _SLOT.finditer(words):
            self._literal(filled, words[last : match.start()])
            self._slot(filled, match.group(1), bound, topic, reference, at)
            last = match.end()
        self._literal(filled, words[last:])
        end = at + len(filled.text)
        filled.bound = {k: v[0] for k, v in bound.items() if len(v) == 1 and k not in "TW"}
        for fact in frame.facts:
            filled.said += self._said(fact, bound, at, end)
        return filled

    def _bind(self, words: str, facts: Sequence[Fact], bound: Binding, fresh: bool) -> None:
        slots = _SLOT.findall(words) + [end for f in facts for end in (f.subject, f.object)]
        size = self._rng.choice((2, 2, 3, 3, 4))
        taken = {thing for things in bound.values() for thing in things}
        for slot in slots:
            match = _ROOT.fullmatch(slot)
            if match is None or match.group(1) in bound or match.group(1)[0] not in KINDS:
                continue
            key, fixed = match.group(1), match.group(2)
            if fixed:
                bound[key] = [self.world.namer.fixed(KINDS[key[0]], (fixed,))]
                continue
            many = size if key.endswith("*") else 1
            chosen: list[Thing] = []
            while len(chosen) < many:
                thing = self._choose(key[0], fresh or many > 1, taken)
                if thing not in taken:
                    chosen.append(thing)
                    taken.add(thing)
            bound[key] = chosen

    def _choose(self, letter: str, fresh: bool, taken: set[Thing]) -> Thing:
        known = [t for t in self.world.known(letter) if t not in taken]
        if known and not fresh and self._rng.random() < _REUSE:
            return self._rng.choice(known)
        return self.world.make(letter)

    def _cells(self, slot: str, bound: Binding) -> list[Cell]:
        if slot == "D":
            return [self.dated] if self.dated else []
        if slot == "Y":
            eve = date.fromordinal(self.world.day.toordinal() - 1)
            return [Value(eve.isoformat(), ())] if self.dated else []
        match = _ROOT.fullmatch(slot)
        if match is None or match.group(1) not in bound:
            return []
        cells: list[Cell] = list(bound[match.group(1)])
        for key in (match.group(3) or "").split("."):
            if key and key not in _SURFACES:
                cells = [self.world.property(t, key) for t in cells if isinstance(t, Thing)]
        return cells

    def _literal(self, filled: Filled, words: str) -> None:
        if self.world.lang == "zh" and words and filled.text:
            filled.write(_gap(filled.text[-1], words[0], spaced=self.spaced))
        filled.write(words)

    def _slot(
        self,
        filled: Filled,
        slot: str,
        bound: Binding,
        topic: Thing | None,
        reference: str,
        at: int,
    ) -> None:
        if slot in ("S", "s", "Ss", "ss"):
            word = self._reference(slot, topic, reference)
            if word is not None:
                filled.write(word)
                return
        genitive = slot in ("Ss", "ss")
        if slot in ("S", "s", "Ss", "ss"):
            slot = "T"
        cells = self._cells(slot, bound)
        if not cells:
            raise ValueError(f"nothing for the slot {slot!r}")
        for number, cell in enumerate(cells):
            if number:
                filled.write(self._comma(number, len(cells)))
            self._cell(filled, cell, slot.rpartition(".")[2], at)
        if genitive:
            filled.write("的" if self.world.lang == "zh" else "'s")

    def _comma(self, number: int, many: int) -> str:
        if self.world.lang == "zh":
            return "、" if number < many - 1 or many > 3 else self._rng.choice("和、与")
        if number < many - 1:
            return ", "
        return " and " if many == 2 else self._rng.choice((", and ", " and "))

    def _cell(self, filled: Filled, cell: Cell, key: str, at: int) -> None:
        forms = cell.forms or ((cell.name,) if isinstance(cell, Thing) else ())
        surface = self._rng.choice(forms)
        if isinstance(cell, Thing) and key in _SURFACES:
            alias = self.world.property(cell, key)
            surface = alias.name if isinstance(alias, Thing) else surface
        if self.world.lang == "zh" and filled.text:
            filled.write(_gap(filled.text[-1], surface[0], spaced=self.spaced))
        before, after = self._ornament(cell, surface)
        filled.write(before)
        start = at + len(filled.text)
        filled.write(surface)
        filled.occurrences.append((Occurrence(cell, start, start + len(surface)), surface))
        filled.write(after)
        if isinstance(cell, Thing):
            filled.things.append(cell)

    def _ornament(self, cell: Cell, surface: str) -> tuple[str, str]:
        if not isinstance(cell, Thing) or cell.type is not EntityType.MODEL:
            return "", ""
        if not self.ornament or self._rng.random() < 0.6:
            return "", ""
        if self.ornament == "link":
            return "[", f"](https://models.example.org/{surface.replace(' ', '-').lower()})"
        return self.ornament, self.ornament

    def _reference(self, slot: str, topic: Thing | None, reference: str) -> str | None:
        if topic is None or reference == "name":
            return None
        genitive = slot.endswith("s") and len(slot) == 2
        if self.world.lang == "zh":
            if reference == "zero" and slot[0] == "S":
                return ""
            if genitive:
                return self._rng.choice(("其", "它的", "该模型的"))
            words = ("它",) if reference == "it" else ("该模型", "这款模型", "这一模型")
            return self._rng.choice(words)
        word = "it" if reference in ("it", "zero") else "the model"
        if genitive:
            word = "its" if word == "it" else "the model's"
        return word[0].upper() + word[1:] if slot[0] == "S" else word

    def _said(self, fact: Fact, bound: Binding, start: int, end: int) -> list[Said]:
        subjects = [c for c in self._cells(fact.subject, bound) if isinstance(c, Thing)]
        objects: Sequence[Cell] = self._cells(fact.object, bound)
        if not objects and fact.term in _ATTRIBUTES and not fact.optional:
            objects = [Value(fact.object, ())]
        if not subjects or not objects:
            if fact.optional:
                return []
            raise ValueError(f"nothing for the fact {fact}")
        qualifiers = tuple(
            sorted((key, self._quality(value, bound)) for key, value in fact.qualifiers)
        )
        same = fact.object.partition(".")[0] == fact.subject.partition(".")[0]
        if fact.zipped or (same and len(subjects) > 1):
            pairs = list(zip(subjects, objects, strict=True))
        else:
            pairs = [(s, o) for s in subjects for o in objects]
        return [Said(s, fact.term, o, qualifiers, start, end, fact.anchor) for s, o in pairs]

    def _quality(self, value: str, bound: Binding) -> str:
        words = []
        for part in value.split("+"):
            cells = self._cells(part, bound) if "." in part else []
            words.append(cells[0].value if cells and isinstance(cells[0], Value) else part)
        return "".join(words).replace("_", " ")


def _gap(left: str, right: str, *, spaced: bool) -> str:
    if _LATIN.match(left) and _LATIN.match(right):
        return " "
    one, other = (bool(_CJK.match(c)) for c in (left, right))
    plain = bool(_LATIN.match(left)) or bool(_LATIN.match(right))
    return " " if spaced and one != other and plain else ""

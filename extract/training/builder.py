"""Builds one document: fills frames one after the other and keeps what they state."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from ..evaluation.gold import GoldDocument
from .fill import Filled, Filler
from .frames import Frame, frames
from .ledger import Ledger
from .things import Thing
from .world import World, size_of

__all__ = ["Builder"]

_TRIES = 6
_MISSING = {"zh": ("-", "—", "待公布", "未知", ""), "en": ("-", "—", "coming soon", "n/a", "")}


class Builder:
    """One document under construction.

    Parameters
    ----------
    rng : random.Random
    lang, kind : str
    day : date
        When it was written.
    """

    def __init__(self, rng: random.Random, lang: str, kind: str, day: date) -> None:
        self.rng = rng
        self.lang = lang
        self.kind = kind
        self.text = ""
        self.ledger = Ledger()
        self.world = World(rng, lang, day)
        ornaments = ("**", "`", "link", "") if kind == "readme" else ("**", "", "", "")
        self.filler = Filler(
            self.world,
            spaced=lang == "zh" and rng.random() < 0.4,
            ornament=rng.choice(ornaments),
        )
        self._used: set[Frame] = set()
        self._last: Sequence[Thing] = ()
        self._place = ""

    def frames(self, place: str, topic: Thing | None = None) -> list[Frame]:
        """Give the frames that fit the document and that it has not used."""
        has = {
            "": True,
            "date": self.filler.dated is not None,
            "we": self.filler.we is not None,
            "family": topic is not None and not topic.parent and not size_of(topic),
            "sized": topic is not None and bool(size_of(topic)),
        }
        return [
            frame
            for frame in frames(self.lang)[place]
            if frame not in self._used
            and (not frame.kinds or self.kind in frame.kinds)
            and has[frame.needs]
        ]

    def write(self, words: str) -> None:
        """Add words that name nothing."""
        self.text += words

    def put(
        self,
        frame: Frame,
        *,
        topic: Thing | None = None,
        reference: str = "name",
        given: Mapping[str, Thing] | None = None,
        text: str | None = None,
        fresh: bool = False,
    ) -> Filled | None:
        """Fill a frame and add it; gives nothing when its facts clash with those of the text."""
        for turn in range(_TRIES):
            filled = self.filler.fill(
                frame,
                at=len(self.text),
                topic=topic,
                reference=reference,
                fresh=fresh or turn > 2,
                given=given,
                text=text,
            )
            if not self.ledger.names_all(filled.said, filled.things):
                continue
            if self.ledger.admits(filled.said):
                self._keep(filled)
                return filled
        return None

    def _keep(self, filled: Filled) -> None:
        self.text += filled.text
        self.ledger.add(filled.said)
        for occurrence, surface in filled.occurrences:
            self.ledger.name(occurrence, surface)
        for thing in filled.things:
            if thing not in self.world.things:
                self.world.things.append(thing)
        self._last = filled.things

    def any(self, place: str, *, topic: Thing | None = None, reference: str = "name") -> bool:
        """Add a frame of a place that fits; says whether one did."""
        fitting = self.frames(place, topic)
        self.rng.shuffle(fitting)
        for frame in fitting[:4]:
            if self.put(frame, topic=topic, reference=reference) is not None:
                self._used.add(frame)
                self._place = place
                return True
        return False

    def reference(self, topic: Thing) -> str:
        """Choose how a sentence calls the topic, which the one before has named."""
        if topic not in self.ledger.names:
            return "name"
        others = any(t.type is topic.type and t is not topic for t in self._last)
        if self.rng.random() < (0.65 if others else 0.35):
            return "name"
        close: tuple[str, ...] = ("zero",) if self._place != "noise" and not others else ()
        return self.rng.choice(("this", "this", "it", *close))

    def list(self, frame: Frame, rows: int) -> bool:
        """Add a list: its introduction and some items, each of a new thing."""
        before = len(self.text)
        intro = self.put(replace(frame, facts=()))
        if intro is None:
            return False
        self._used.add(frame)
        given = intro.bound
        if len(self.text) > before:
            self.write("\n\n")
        for number in range(1, rows + 1):
            item = frame.item.replace("%n", str(number))
            if self.put(frame, given=given, text=item, fresh=True) is not None:
                self.write("\n")
        self.write("\n")
        return True

    def table(self, rows: int, family: Thing | None = None) -> None:
        """Add a table whose first column names models; some cells are empty."""
        columns = self.frames("column")
        self.rng.shuffle(columns)
        columns = columns[: self.rng.randint(2, 4)]
        names = ("模型", "模型名称", "名称") if self.lang == "zh" else ("Model", "Name")
        self.write(f"| {self.rng.choice(names)}")
        bound: list[Mapping[str, Thing]] = []
        for column in columns:
            self.write(" | ")
            head = self.put(replace(column, facts=()), text=_choice(column.text))
            bound.append(head.bound if head is not None else {})
        self.write(f" |\n|{'---|' * (len(columns) + 1)}\n")
        for number in range(1, rows + 1):
            model = self.world.make("m")
            if family is not None:
                made = self.world.property(family, f"size{number}")
                model = made if isinstance(made, Thing) else model
            self.write("| ")
            self.put(Frame("column", "{m}"), given={"m": model})
            for column, given in zip(columns, bound, strict=True):
                self.write(" | ")
                missing = self.rng.random() < 0.1
                known = {**given, "m": model}
                if missing or self.put(column, given=known, text=column.item) is None:
                    self.write(self.rng.choice(_MISSING[self.lang]))
            self.write(" |\n")
        self.write("\n")

    def document(self, id: str) -> GoldDocument:
        """Give the finished document."""
        return self.ledger.document(id, self.lang, self.kind, self.text.rstrip() + "\n")


def _choice(text: str) -> str:
    return f"<{text}>" if "|" in text else text

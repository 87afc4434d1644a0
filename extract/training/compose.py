"""Plans documents: the order of titles, paragraphs, sections, lists and tables by kind."""

import random
from collections.abc import Callable
from datetime import date

from ..evaluation.gold import GoldDocument
from .builder import Builder
from .things import Thing
from .values import date_forms
from .world import size_of

__all__ = ["LANGUAGES", "compose"]

LANGUAGES = ("zh", "en")
_FIRST_DAY, _LAST_DAY = date(2023, 2, 1).toordinal(), date(2025, 12, 20).toordinal()


def compose(seed: int, number: int) -> GoldDocument:
    """Write one document.

    Parameters
    ----------
    seed : int
    number : int
        Which of the documents of a seed it is; the languages take turns.

    Examples
    --------
    >>> compose(0, 3).id, compose(0, 3).lang
    ('made-en-0003', 'en')
    """
    rng = random.Random(f"{seed}/{number}")  # noqa: S311 - no secret
    lang = LANGUAGES[number % 2]
    kind, plan, _ = rng.choices(_PLANS, [share for _, _, share in _PLANS])[0]
    day = date.fromordinal(rng.randint(_FIRST_DAY, _LAST_DAY))
    builder = Builder(rng, lang, kind, day)
    plan(builder)
    return builder.document(f"made-{lang}-{number:04}")


def _paragraph(builder: Builder, sentences: int) -> None:
    for number in range(sentences):
        if number and builder.lang == "en":
            builder.write(" ")
        place = "noise" if builder.rng.random() < 0.22 else "body"
        builder.any(place)
    builder.write("\n\n")


def _aside(builder: Builder) -> None:
    topic = builder.world.make("m")
    _about(builder, topic, builder.rng.randint(2, 4), named=False)


def _about(builder: Builder, topic: Thing, sentences: int, *, named: bool) -> None:
    for number in range(sentences):
        if number and builder.lang == "en":
            builder.write(" ")
        first = number == 0 and not named
        reference = "name" if first else builder.reference(topic)
        if builder.rng.random() < 0.1:
            builder.any("noise")
        else:
            builder.any("topic", topic=topic, reference=reference)
    builder.write("\n\n")


def _fields(builder: Builder, topic: Thing) -> None:
    for _ in range(builder.rng.randint(2, 5)):
        builder.write("- ")
        builder.any("field", topic=topic)
        builder.write("\n")
    builder.write("\n")


def _members(builder: Builder, family: Thing) -> None:
    fitting = builder.frames("member")
    frame = builder.rng.choice(fitting)
    for number in range(1, builder.rng.randint(3, 5)):
        size = builder.world.property(family, f"size{number}")
        builder.write("- ")
        if isinstance(size, Thing):
            builder.put(frame, given={"m": size})
        builder.write("\n")
    builder.write("\n")


def _date(builder: Builder) -> None:
    shape = builder.rng.choice(("slash", "date"))
    builder.filler.dated = date_forms(builder.world.day, builder.lang, shape)


def _front(builder: Builder, topic: Thing | None) -> None:
    builder.write("---\n")
    if builder.filler.dated is not None:
        builder.write(f"date: {builder.world.day.isoformat()}\n")
    if topic is not None:
        builder.any("front", topic=topic)
    builder.write("---\n\n")


def _news(builder: Builder) -> None:
    if builder.rng.random() < 0.5:
        _date(builder)
        if builder.rng.random() < 0.5:
            _front(builder, None)
        else:
            builder.write(builder.world.day.isoformat() + "\n\n")
    topic = builder.world.make("m")
    builder.write("# ")
    builder.any("title", topic=topic)
    builder.write("\n\n")
    if builder.any("lead", topic=topic):
        builder.write("" if builder.lang == "zh" else " ")
        _about(builder, topic, builder.rng.randint(1, 3), named=True)
    for _ in range(builder.rng.randint(3, 6)):
        if builder.rng.random() < 0.25:
            _aside(builder)
        else:
            _paragraph(builder, builder.rng.randint(1, 3))
    if builder.rng.random() < 0.3:
        _list(builder)
    builder.any("closing", topic=topic)


def _list(builder: Builder) -> None:
    fitting = builder.frames("list")
    if fitting:
        builder.list(builder.rng.choice(fitting), builder.rng.randint(2, 6))


def _essay(builder: Builder) -> None:
    builder.write("# ")
    builder.any("essay")
    builder.write("\n\n")
    for _ in range(builder.rng.randint(2, 4)):
        if builder.rng.random() < 0.7:
            builder.write("## ")
            builder.any("section")
            builder.write("\n\n")
        for _ in range(builder.rng.randint(1, 3)):
            _paragraph(builder, builder.rng.randint(1, 4))
        if builder.rng.random() < 0.3:
            _aside(builder)
        if builder.rng.random() < 0.2:
            _list(builder)
    builder.any("closing")


def _overview(builder: Builder) -> None:
    builder.write("# ")
    builder.any("overview")
    builder.write("\n\n")
    builder.any("noise")
    builder.write("\n\n")
    for number in range(1, builder.rng.randint(3, 6)):
        topic = builder.world.make("m")
        builder.write(builder.rng.choice(("## ", "### ", f"## {number}. ")))
        builder.any("heading", topic=topic)
        builder.write("\n\n")
        if builder.rng.random() < 0.3:
            _fields(builder, topic)
        _about(builder, topic, builder.rng.randint(2, 5), named=True)
    if builder.rng.random() < 0.5:
        builder.table(builder.rng.randint(3, 6))
    builder.any("closing")


def _card(builder: Builder) -> None:
    topic = builder.world.make("m")
    if builder.rng.random() < 0.6:
        if builder.rng.random() < 0.3:
            _date(builder)
        _front(builder, topic)
    builder.write("# ")
    builder.any("heading", topic=topic)
    builder.write("\n\n")
    if builder.rng.random() < 0.6:
        maker = builder.world.property(topic, "org")
        builder.filler.we = maker if isinstance(maker, Thing) else None
        builder.any("maker", topic=topic)
        builder.write("\n\n")
    _about(builder, topic, builder.rng.randint(2, 5), named=True)
    if builder.rng.random() < 0.4:
        _fields(builder, topic)
    for _ in range(3):
        builder.write("## ")
        builder.any("part")
        builder.write("\n\n")
        shape = builder.rng.random()
        if topic.parent is None and not size_of(topic) and builder.rng.random() < 0.3:
            _members(builder, topic)
        elif shape < 0.2:
            _list(builder)
        elif shape < 0.4:
            whole = topic.parent is None and not size_of(topic)
            family = topic if whole and builder.rng.random() < 0.6 else None
            builder.table(builder.rng.randint(2, 5), family)
        elif shape < 0.75:
            _about(builder, topic, builder.rng.randint(1, 4), named=False)
        else:
            _paragraph(builder, builder.rng.randint(1, 3))
    builder.any("closing", topic=topic)


def _abstract(builder: Builder) -> None:
    topic = builder.world.make("m")
    builder.any("noise")
    builder.write(" " if builder.lang == "en" else "")
    builder.any("lead", topic=topic)
    builder.write(" " if builder.lang == "en" else "")
    _about(builder, topic, builder.rng.randint(2, 5), named=True)


_PLANS: tuple[tuple[str, Callable[[Builder], None], int], ...] = (
    ("news", _news, 35),
    ("blog", _essay, 18),
    ("blog", _overview, 15),
    ("readme", _card, 28),
    ("paper-abstract", _abstract, 4),
)

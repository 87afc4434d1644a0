"""Frames are filled in as they say: lists in pairs, topics as pronouns, optional facts."""

import random
from dataclasses import replace
from datetime import date

import pytest

from modelkin.extract.training.fill import Filled, Filler
from modelkin.extract.training.frames import Frame, _fact, frames
from modelkin.extract.training.things import Thing, Value
from modelkin.extract.training.world import World
from modelkin.ontology.terms import EntityType


def filler(
    lang: str, seed: int = 3, *, we: Thing | None = None, dated: Value | None = None
) -> Filler:
    return Filler(World(random.Random(seed), lang, date(2024, 3, 5)), we=we, dated=dated)


def frame(text: str, facts: str = "") -> Frame:
    parts = [_fact(part) for part in facts.split(";") if part.strip()]
    return Frame("body", text, tuple(parts))


def said(filled: Filled) -> list[tuple[str, str, str]]:
    return [
        (s.subject.name, s.term, s.object.name if isinstance(s.object, Thing) else s.object.value)
        for s in filled.said
    ]


def test_lists_are_paired_one_by_one() -> None:
    filled = filler("en").fill(frame("{m*}; {m*.org}", "m* developedBy m*.org"), at=0)
    names, makers = filled.text.split("; ")
    facts = said(filled)
    assert len(facts) == names.count(",") + names.count(" and ") - names.count(", and ") + 1
    for name, term, maker in facts:
        assert term == "developedBy"
        assert name in names
        assert maker in makers


def test_one_object_is_of_the_whole_list() -> None:
    filled = filler("zh").fill(frame("{m*}：{l}", "m* releasedUnder l"), at=0)
    assert len({licence for _, _, licence in said(filled)}) == 1
    assert len(filled.said) >= 2


@pytest.mark.parametrize(
    ("lang", "reference", "expected"),
    [("zh", "zero", "开源。"), ("zh", "it", "它开源。"), ("en", "it", "It开源。")],
)
def test_the_topic_is_called_as_asked(lang: str, reference: str, expected: str) -> None:
    topic = Thing(EntityType.MODEL, "Velora")
    one = frame("{S}开源。", "T openness open")
    filled = filler(lang).fill(one, at=0, topic=topic, reference=reference)
    assert filled.text == expected
    assert said(filled) == [("Velora", "openness", "open")]


def test_facts_about_us_need_to_know_who_we_are() -> None:
    one = frame("We release {m}.", "m developedBy W?")
    assert filler("en").fill(one, at=0).said == []
    we = Thing(EntityType.ORGANIZATION, "Larkspur Labs")
    [(_, _, maker)] = said(filler("en", we=we).fill(one, at=0))
    assert maker == "Larkspur Labs"


def test_today_is_a_date_only_in_dated_texts() -> None:
    one = frame("Today {m} is out.", "m releaseDate D?")
    assert filler("en").fill(one, at=0).said == []
    dated = Value("2024-03-05", ("2024-03-05",))
    assert said(filler("en", dated=dated).fill(one, at=0))[0][2] == "2024-03-05"


def test_places_count_in_the_document() -> None:
    filled = filler("en").fill(frame("Here is {m}."), at=100)
    [(occurrence, surface)] = filled.occurrences
    assert filled.text[occurrence.start - 100 : occurrence.end - 100] == surface


def test_a_former_role_is_put_together() -> None:
    filled = filler("zh").fill(
        frame("{p}曾任{o}{p.role}", "p affiliatedWith o role=前+p.role"), at=0
    )
    [(key, role)] = filled.said[0].qualifiers
    assert key == "role"
    assert role.startswith("前")
    assert role.removeprefix("前") in filled.text


def test_an_unknown_term_is_refused() -> None:
    with pytest.raises(ValueError, match="inventedBy"):
        _fact("m inventedBy o")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_frame_can_be_filled_and_says_its_words(lang: str) -> None:
    we = Thing(EntityType.ORGANIZATION, "Larkspur Labs")
    dated = Value("2024-03-05", ("2024-03-05",))
    count = 0
    for place, rows in frames(lang).items():
        for one in rows:
            for seed in range(3):
                maker = filler(lang, seed, we=we, dated=dated)
                topic = maker.world.make("g")
                given = maker.fill(replace(one, facts=()), at=0, topic=topic).bound
                text = one.item or None
                given = {"m": maker.world.make("m"), **given} if place == "column" else given
                filled = maker.fill(one, at=0, topic=topic, given=given, text=text)
                assert "{" not in filled.text
                assert all(fact.anchor in filled.text for fact in one.facts), one
                assert len(filled.said) >= len(one.facts)
                count += 1
    assert count > 1200

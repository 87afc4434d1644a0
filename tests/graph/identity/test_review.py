"""Likely duplicates of a view: the likeliest first, none of those told apart, in bounded time."""

import random

import pytest
from cpu_time import takes_at_most
from memory_view import MemoryView, article

from modelkin import seeds
from modelkin.graph.identity.likeness import AUTOMATIC, REVIEW
from modelkin.graph.identity.profile import profile_of
from modelkin.graph.identity.review import context_of, likely_duplicates
from modelkin.ontology.claim import Entity
from modelkin.ontology.terms import EntityType

MODEL, ORGANIZATION, PERSON = EntityType.MODEL, EntityType.ORGANIZATION, EntityType.PERSON


def entity(id, type, name, *aliases):
    return Entity.of(id, type, name, aliases)


@pytest.fixture
def view():
    entities = [
        entity("model/heron-2", MODEL, "Heron 2"),
        entity("model/heron-v2", MODEL, "Heron v2"),
        entity("model/heron-3", MODEL, "Heron 3"),
        entity("model/青禾", MODEL, "青禾"),
        entity("model/qinghe", MODEL, "Qinghe"),
        entity("organization/granite-guild", ORGANIZATION, "Granite Guild"),
        entity("organization/granite-guidl", ORGANIZATION, "Granite Guidl"),
        entity("person/顾汀兰", PERSON, "顾汀兰"),
        entity("person/tinglan-gu", PERSON, "Tinglan Gu"),
    ]
    rows = [
        ("model/青禾", "developedBy", "organization/granite-guild", "test@1", {}),
        ("model/qinghe", "developedBy", "organization/granite-guild", "test@1", {}),
        ("person/顾汀兰", "affiliatedWith", "organization/granite-guild", "test@1", {}),
        ("person/tinglan-gu", "affiliatedWith", "organization/granite-guidl", "test@1", {}),
    ]
    return MemoryView([article(entities, [("Some work for some.", rows)])])


def ids(pairs):
    return [(pair.one.id, pair.other.id) for pair in pairs]


def test_the_likeliest_pairs_come_first(view):
    pairs = list(likely_duplicates(view))
    assert ids(pairs) == [
        ("model/heron-2", "model/heron-v2"),
        ("model/qinghe", "model/青禾"),
        ("person/tinglan-gu", "person/顾汀兰"),
        ("organization/granite-guidl", "organization/granite-guild"),
    ]
    scores = [pair.likeness.score for pair in pairs]
    assert scores == sorted(scores, reverse=True)
    assert [score >= AUTOMATIC for score in scores] == [True, True, False, False]
    assert all(score >= REVIEW for score in scores)


def test_the_context_is_what_the_view_says(view):
    organizations = context_of(view).organizations
    assert organizations["model/青禾"] == frozenset({"organization/granite-guild"})
    assert organizations["person/tinglan-gu"] == frozenset({"organization/granite-guidl"})


def test_a_limit_and_a_least_likeness_leave_pairs_out(view):
    assert ids(likely_duplicates(view, limit=1)) == [("model/heron-2", "model/heron-v2")]
    assert len(list(likely_duplicates(view, least=AUTOMATIC))) == 2
    assert len(list(likely_duplicates(view, least=0.0))) == 4
    assert list(likely_duplicates(view, limit=0)) == []


def test_what_a_person_told_apart_is_left_out(view):
    apart = [frozenset(("model/heron-v2", "model/heron-2"))]
    assert ("model/heron-2", "model/heron-v2") not in ids(likely_duplicates(view, apart=apart))
    assert len(list(likely_duplicates(view, apart=apart))) == 3


class Many:
    """A view of nothing but entities."""

    def __init__(self, entities):
        self._entities = sorted(entities, key=lambda entity: entity.id)

    def entities(self):
        return iter(self._entities)

    def statements(self, **_):
        return iter(())


def misspelled(name, chance):
    place = chance.randrange(len(name) - 1)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def test_slips_in_long_names_are_found():
    chance = random.Random(1)
    names = [n for n in sorted({k.name for k in seeds.known_names()}) if len(n) > 9 and n.isalpha()]
    some = [name for name in names if len(set(name)) > 5][:200]
    assert len(some) == 200
    entities = [entity(f"a{n:03}", ORGANIZATION, name) for n, name in enumerate(some)]
    entities += [
        entity(f"b{n:03}", ORGANIZATION, misspelled(name, chance)) for n, name in enumerate(some)
    ]
    found = {(one[1:], other[1:]) for one, other in ids(likely_duplicates(Many(entities)))}
    assert sum((f"{n:03}", f"{n:03}") in found for n in range(200)) >= 190


def test_twenty_thousand_entities_take_seconds():
    chance = random.Random(2)
    known = [(known.name, known.type) for known in seeds.known_names()]
    entities = [entity(f"a{n:05}", type, name) for n, (name, type) in enumerate(known)]
    while len(entities) < 20_000:
        name, type = known[chance.randrange(len(known))]
        if len(name) > 3:
            entities.append(entity(f"b{len(entities)}", type, misspelled(name, chance)))
    view = Many(entities)

    def work():
        profile_of.cache_clear()
        assert len(list(likely_duplicates(view, limit=5000))) > 2000

    takes_at_most(20, work)


def test_names_that_all_look_alike_take_seconds():
    alike = [entity(f"a{n:05}", MODEL, f"Heron-{n}B-Chat") for n in range(3000)]
    alike += [entity(f"b{n:05}", ORGANIZATION, "same" * 5, f"other {n}") for n in range(3000)]
    alike += [entity(f"c{n:05}", PERSON, "张伟" + "一二三四五六"[n % 6]) for n in range(3000)]
    takes_at_most(20, lambda: list(likely_duplicates(Many(alike), limit=10)))

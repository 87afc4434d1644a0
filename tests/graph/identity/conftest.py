"""The gold of names: things, each with the names that mention it, and pairs easily mixed up."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from modelkin.graph.identity.likeness import Context
from modelkin.graph.identity.normal import normal_key
from modelkin.ontology.claim import Entity
from modelkin.ontology.terms import EntityType

PARTS = ("known", "tuning", "held")


@dataclass(frozen=True)
class Gold:
    """Mentions, each an entity with an id of its own, by the thing that they mention."""

    things: dict[str, list[Entity]]
    traps: list[tuple[str, str]]
    context: Context

    @property
    def mentions(self) -> list[Entity]:
        return [mention for mentions in self.things.values() for mention in mentions]


def read(*parts: str) -> Gold:
    data = tomllib.loads(Path(__file__).with_name("gold.toml").read_text("utf-8"))
    things: dict[str, list[Entity]] = {}
    organizations: dict[str, frozenset[str]] = {}
    for part in parts:
        for label, thing in data[part].items():
            things[label] = []
            for number, given in enumerate(thing["names"]):
                fields = {"name": given} if isinstance(given, str) else given
                id = f"{label}#{number:02}"
                names = fields.get("also", ())
                entity = Entity.of(id, EntityType(thing["type"]), fields["name"], names)
                things[label].append(entity)
                if "by" in fields:
                    organizations[id] = frozenset(
                        normal_key(name, EntityType.ORGANIZATION) for name in fields["by"]
                    )
    traps = [(one, other) for part in parts for one, other, _ in data["traps"][part]]
    return Gold(things, traps, Context(organizations))


@pytest.fixture(scope="session")
def gold() -> Gold:
    return read(*PARTS)


@pytest.fixture(scope="session", params=PARTS)
def part(request: pytest.FixtureRequest) -> Gold:
    return read(request.param)

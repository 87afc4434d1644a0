"""Licences carry their terms and can be found by what people call them."""

import pytest

from modelkin import seeds
from modelkin.ontology.terms import EntityType

FAMILIES = {"permissive", "permissive+", "copyleft", "community", "rail", "non-commercial"}


def test_every_licence_is_an_entity():
    for licence in seeds.licences():
        for name in (licence.name, licence.spdx, *licence.aliases):
            assert seeds.resolve(name, EntityType.LICENSE) == licence.entity


def test_keys_are_unique_and_families_known():
    keys = [licence.key for licence in seeds.licences()]
    assert len(keys) == len(set(keys)) > 50
    assert {licence.family for licence in seeds.licences()} <= FAMILIES


def test_hub_identifiers_name_one_licence():
    identifiers = [licence.hub for licence in seeds.licences() if licence.hub != "other"]
    assert len(identifiers) == len(set(identifiers))
    for licence in seeds.licences():
        if licence.hub == "other":
            assert "other" not in licence.entity.names
        else:
            assert seeds.resolve(licence.hub, EntityType.LICENSE) == licence.entity


@pytest.mark.parametrize(
    ("name", "commercial"),
    [
        ("Apache 2.0", "yes"),
        ("MIT", "yes"),
        ("CC BY-NC 4.0", "no"),
        ("Llama 2 Community License", "conditional"),
        ("通义千问许可协议", "conditional"),
        ("Stable Beluga Non-Commercial Community License", "no"),
    ],
)
def test_well_known_terms(name, commercial):
    entity = seeds.resolve(name, EntityType.LICENSE)
    (licence,) = [licence for licence in seeds.licences() if licence.entity == entity]
    assert licence.commercial == commercial


def test_the_llama_2_licence_has_its_threshold_and_its_ban():
    (licence,) = [licence for licence in seeds.licences() if licence.key == "llama2"]
    assert "700M" in licence.threshold
    assert licence.improve_other_models.startswith("FORBIDDEN")


def test_model_names_are_no_licences():
    for name in ("Qwen", "DeepSeek", "GLM-4", "Modified MIT", "Model License"):
        assert seeds.resolve(name, EntityType.LICENSE) is None

"""The names to recognise agree with the curated entities, and are made the same way each time."""

import csv
from collections import Counter

import pytest

from modelkin import seeds
from modelkin.ontology.terms import EntityType
from modelkin.seeds import SeedError, make_names, tables
from modelkin.seeds.names import COLUMNS

NAMES = tuple(seeds.known_names())


def row(name, type="Model", canonical=None, ambiguous="0", source="a/b:c@0123abc"):
    values = (name, type, "en", canonical or name, source, ambiguous)
    return dict(zip(COLUMNS, values, strict=True))


def test_names_are_many_sorted_and_unique():
    keys = [(known.name, known.type.value) for known in NAMES]
    assert len(keys) > 13_000
    assert keys == sorted(set(keys))


def test_ambiguity_is_kept():
    counts = Counter(known.ambiguous for known in NAMES)
    assert set(counts) == {0, 1, 2}
    assert counts[1] > 1000


def test_curated_names_carry_the_curated_name():
    for known in NAMES:
        curated = seeds.resolve(known.name, known.type)
        if curated is not None:
            assert known.canonical == curated.name


def test_every_curated_name_is_known():
    known = {(known.name, known.type) for known in NAMES}
    for entity in seeds.entities():
        for name in entity.names:
            if not name.startswith("LicenseRef-"):
                assert (name, entity.type) in known


def test_a_denied_alias_does_not_lead_to_what_it_is_denied_to():
    columns = ("type", "name", "canonical", "reason")
    canonical = {(known.type.value, known.name): known.canonical for known in NAMES}
    for _, denial in tables.rows("not_aliases.csv", columns):
        assert EntityType(denial["type"])
        assert canonical.get((denial["type"], denial["name"])) != denial["canonical"]
        curated = seeds.resolve(denial["name"], EntityType(denial["type"]))
        assert curated is None or curated.name != denial["canonical"]


def test_sources_name_no_private_files():
    for _, fields in tables.rows("names.csv", COLUMNS):
        assert fields["source"]
        assert not fields["source"].startswith(("structured/", "/", ".."))


def test_a_collected_name_takes_the_curated_name():
    made, fates = make_names.make_names([row("ＦＡＬＣＯＮ 180b"), row("Some New Model")])
    canonical = {made_row["name"]: made_row["canonical"] for made_row in made}
    assert canonical["ＦＡＬＣＯＮ 180b"] == "Falcon-180B"
    assert canonical["Some New Model"] == "Some New Model"
    assert fates["canonical form curated"] == fates["kept as collected"] == 1


def test_a_denied_name_stands_for_itself_or_is_left_out_and_counted():
    made, fates = make_names.make_names(
        [row("抖音", "Organization", "ByteDance"), row("跃问底座", canonical="Step-2")]
    )
    canonical = {made_row["name"]: made_row["canonical"] for made_row in made}
    assert canonical["抖音"] == "抖音"
    assert "跃问底座" not in canonical
    assert fates["left out, no name"] == 1


def test_a_name_that_is_there_twice_is_counted():
    made, fates = make_names.make_names([row("Twice"), row("Twice", ambiguous="1")])
    assert [r["ambiguous"] for r in made if r["name"] == "Twice"] == ["0"]
    assert fates["left out, there twice"] == 1


def test_an_added_name_is_as_doubtful_as_its_other_spellings():
    made, _ = make_names.make_names([row("falcon 40b", "Dataset", ambiguous="1")])
    assert {r["ambiguous"] for r in made if r["name"] == "Falcon 40B"} == {"1"}


def test_nothing_is_lost():
    collected = [row(f"Model {number}") for number in range(20)]
    made, fates = make_names.make_names(collected)
    assert {r["name"] for r in collected} <= {r["name"] for r in made}
    assert sum(fates.values()) == len(made)


@pytest.mark.parametrize("bad", [row("x", type="Method"), row("x", ambiguous="3")])
def test_a_bad_row_is_an_error(bad):
    with pytest.raises(SeedError, match="'x'"):
        make_names.make_names([bad])


def test_making_the_names_again_gives_the_same_names():
    shipped = [fields for _, fields in tables.rows("names.csv", COLUMNS)]
    made, _ = make_names.make_names(reversed(shipped))
    assert made == shipped


def test_the_script_refuses_a_file_of_another_shape(tmp_path, capsys):
    path = tmp_path / "names.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerow(["name", "type"])
    assert make_names.main([str(path)]) == 1
    assert "has not the columns" in capsys.readouterr().err
    assert make_names.main([]) == 2

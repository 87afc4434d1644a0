"""`--as-of` and `--known-at`, and openness over time, through the installed command."""

import csv
import io
import json
from pathlib import Path

import pytest

from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import Claim, Entity, Extraction, Value
from modelkin.ontology.document import Document
from modelkin.ontology.terms import EntityType

COMPANY = Entity.of("organization/百川智能", EntityType.ORGANIZATION, "百川智能", ["Baichuan"])
BASE, CHILD = (
    Entity.of(f"model/{name.lower()}", EntityType.MODEL, name) for name in ("Alpha", "Beta")
)
# What each sentence says, and when its document came out.
SENTENCES: dict[str, tuple[str, str | None, list[tuple[str, str, str | Value, dict[str, str]]]]] = {
    "百川智能开源其模型。": (
        "zh",
        "2023-06",
        [
            (
                COMPANY.id,
                "openStrategy",
                Value("open"),
                {"validFrom": "2023-04", "validUntil": "2023-08"},
            )
        ],
    ),
    "八月起百川智能闭源。": (
        "zh",
        "2023-08-10",
        [(COMPANY.id, "openStrategy", Value("closed"), {"validFrom": "2023-08-08"})],
    ),
    "Baichuan trained Beta from Alpha, which is open.": (
        "en",
        "2024-02-01",
        [
            (CHILD.id, "derivedFrom", BASE.id, {"method": "finetune"}),
            (BASE.id, "developedBy", COMPANY.id, {}),
            (BASE.id, "openness", Value("open"), {}),
        ],
    ),
    "Alpha beats nothing.": ("en", None, [(BASE.id, "parameters", Value("7B"), {})]),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clocks") / "clocks.db"
    with SqliteStore.open(path) as store:
        for text, (lang, published, facts) in SENTENCES.items():
            document = Document.of(text, lang=lang, title="t", published=published)
            claims = [
                Claim.of(
                    subject,
                    predicate,
                    object,
                    document.span(0, len(text)),
                    qualifiers=qualifiers,
                    extractor="test@1",
                    confidence=0.9,
                )
                for subject, predicate, object, qualifiers in facts
            ]
            ends = {end for claim in claims for end in (claim.subject, claim.object)}
            entities = [e for e in (COMPANY, BASE, CHILD) if e.id in ends]
            store.merge(Extraction.of(document, entities, claims))
    return path


@pytest.fixture
def look(run, store):
    return lambda *arguments: run("--store", store, *arguments)


def test_show_knows_what_was_out(look):
    def values(*clocks: str) -> list[str]:
        record = json.loads(look("show", "百川智能", "--format", "json", *clocks).ok())
        return [statement["object"]["value"] for statement in record["attributes"]]

    assert values() == ["closed", "open"]
    assert values("--known-at", "2023-07") == ["open"]
    assert values("--as-of", "2023-09") == ["closed"]
    assert values("--as-of", "2023-05", "--known-at", "2024") == ["open"]
    assert values("--as-of", "2022") == []


def test_an_entity_of_which_nothing_was_known_is_told_from_an_unknown_one(look):
    result = look("show", "Beta", "--known-at", "2023")
    assert (result.code, result.out) == (2, "")
    assert "nothing that was out by 2023 speaks of Beta" in result.err
    assert "next:" in result.err
    assert look("lineage", "Beta", "--known-at", "2023").code == 2
    assert look("lineage", "Alpha", "--down", "--to", "Beta", "--known-at", "2023").code == 2


def test_lineage_follows_what_was_known(look):
    assert "Alpha" in look("lineage", "Beta", "--known-at", "2024-02", "--why").ok()
    down = look("lineage", "Alpha", "--down", "--known-at", "2023-12", "--format", "csv").ok()
    assert [row["name"] for row in csv.DictReader(io.StringIO(down))] == ["Alpha"]


def test_query_answers_over_the_graph_of_that_day_and_keeps_no_file(look, store):
    def ids(*clocks: str) -> list[str]:
        query = "MATCH (m:Model) RETURN m.id AS id ORDER BY id"
        return [
            row["id"] for row in json.loads(look("query", query, "--format", "json", *clocks).ok())
        ]

    assert ids() == ["model/alpha", "model/beta"]
    kept = sorted(store.parent.iterdir())
    assert ids("--known-at", "2023-12") == ["model/alpha"]
    edges = "MATCH (:Model)-[r:DERIVED_FROM]->(:Model) RETURN count(r) AS n"
    counted = look("query", edges, "--as-of", "2024", "--known-at", "2023-12", "--format", "json")
    assert json.loads(counted.ok()) == [{"n": 0}]
    assert sorted(store.parent.iterdir()) == kept
    claim = "MATCH (c:Claim {validFrom: $day}) RETURN c.value AS value"
    told = look("query", claim, "-P", "day=2023-08-08", "--as-of", "2023-10", "--format", "json")
    assert json.loads(told.ok()) == [{"value": "closed"}]


def test_query_is_fenced_over_a_view_too(look):
    for text in ("CREATE (n) RETURN n", "MATCH (n) DETACH DELETE n"):
        assert look("query", text, "--known-at", "2024").code == 5
    assert look("query", "RETURN $x", "--known-at", "2024").code == 5
    assert look("query", "MATCH (n", "--as-of", "2024").code == 5


@pytest.mark.parametrize("command", ("show", "lineage", "query", "conflicts", "openness"))
@pytest.mark.parametrize("option", ("--as-of", "--known-at"))
def test_what_is_no_date_is_named(look, command, option):
    result = look(command, "Alpha", option, "soon")
    assert (result.code, result.out) == (2, "")
    assert "'soon' is no date" in result.err
    assert "2023-10-07" in result.err


def test_openness_is_told_in_the_order_of_time(look):
    out = look("openness", "百川智能").ok()
    assert out.index("openStrategy: open until 2023-08") < out.index("openStrategy: closed")
    assert out.index("openStrategy: closed") < out.index("Alpha  openness: open")
    for sentence in list(SENTENCES)[:3]:
        assert f"“{sentence}”" in out
    assert "“" not in look("openness", "Baichuan", "--brief").ok()


def test_openness_by_format_and_clock(look):
    rows = json.loads(look("openness", "Baichuan", "--format", "json").ok())
    assert [(row["since"], row["clock"], row["value"]) for row in rows] == [
        ("2023-04", "validity", "open"),
        ("2023-08-08", "validity", "closed"),
        ("2024-02-01", "publication", "open"),
    ]
    assert rows[0]["evidence"][0]["quote"] == "百川智能开源其模型。"
    lines = look("openness", "--format", "jsonl").ok().splitlines()
    assert [json.loads(line) for line in lines] == rows
    table = csv.DictReader(
        io.StringIO(look("openness", "--known-at", "2023-07", "--format", "csv").ok())
    )
    assert [row["value"] for row in table] == ["open"]
    nothing = look("openness", "Beta")
    assert (nothing.ok(), nothing.err) == ("", "nothing is said of how open Beta is\n")


def test_the_samples_tell_how_open_baichuan_was(ask):
    rows = json.loads(ask("openness", "百川智能", "--candidates", "--format", "json").ok())
    dated = [row["since"] for row in rows if row["since"]]
    assert dated == sorted(dated)
    told = {row["name"]: row["value"] for row in rows if row["attribute"] == "openness"}
    assert told["Baichuan-7B"] == told["Baichuan 2"] == "open"

"""What is exported for the import tool of Neo4j is, once imported, what the records say."""

import re
import shlex
from pathlib import Path

from neo4j_server import Neo4jServer
from sample_extractions import LLAMA, article, chinese, doubted, english

from modelkin.graph.exporters.neo4j_admin import README, Neo4jAdminFolder
from modelkin.graph.projections.shape import Property, edges, nodes
from modelkin.graph.protocols import View
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import Entity, Extraction, Value
from modelkin.ontology.terms import EntityType

HOSTILE = (
    "a;b,c|d",
    'quotes " "" \' `',
    '"',
    "back\\slash \\",
    '\\"',
    "line\nfeed\n",
    "tab\tand \x01\x02\x1b\x1f\x1e controls",
    "nul\x00l",
    "\u2028line\u2029paragraph\x85",
    "通义千问；“引号”",
    "😀 𠮷",
    " blanks ",
    "null",
    "#comment",
    "U+001F",
    "{}[]$%&",
)


def hostile() -> Extraction:
    """Give an article that says each hostile text as name, alias, value, qualifier and title."""
    things, facts = [LLAMA], []
    for number, text in enumerate(HOSTILE):
        id = f"model/{number}-{text}"
        things.append(Entity.of(id, EntityType.MODEL, text, [f"{text} 别名", f"b {text}"]))
        facts.append((id, "derivedFrom", LLAMA.id, {"method": text, "size": text}))
        facts.append((id, "parameters", Value(text), {}))
        facts.append((id, "parameters", Value(f"{text}{text}"), {}))
    sentence = "They say: " + " ".join(HOSTILE)
    return article({sentence: facts}, things, title=HOSTILE[1], url=f"x:{HOSTILE[6]}")


def imported(server: Neo4jServer, folder: Path, command: str) -> None:
    """Run the command that was printed, in the server's own tool."""
    words = shlex.split(command.replace("\\\n", " "))
    assert words[0] == "neo4j-admin"
    words = [
        re.sub(r"(?<=[=,])(?=[a-z-]+\.csv)", f"{folder}/", word)
        if word.startswith(("--nodes=", "--relationships="))
        else word
        for word in words[1:]
    ]
    server.stop()
    report = f"--report-file={folder.with_suffix('.report')}"
    done = server.admin(*words, report, "--overwrite-destination")
    assert done.returncode == 0, done.stdout + done.stderr
    server.restart()


def check(server: Neo4jServer, view: View) -> None:
    """Compare the database with the records of the view, row by row."""
    with server.driver() as driver:
        found, _, _ = driver.execute_query(
            "MATCH (n) RETURN n.id AS id, labels(n) AS labels, properties(n) AS given"
        )
        joined, _, _ = driver.execute_query(
            "MATCH (a)-[r]->(b)"
            " RETURN a.id AS source, b.id AS target, type(r) AS type, properties(r) AS given"
        )
    assert {(r["id"]): (set(r["labels"]), r["given"]) for r in found} == {
        node.id: (set(node.labels), {"id": node.id} | node.properties) for node in nodes(view)
    }
    expected = sorted(
        ((e.source, e.type, e.target, _sorted(e.properties)) for e in edges(view)), key=repr
    )
    rows = [(r["source"], r["type"], r["target"], _sorted(r["given"])) for r in joined]
    assert sorted(rows, key=repr) == expected


def _sorted(given: dict[str, Property]) -> dict[str, Property]:
    return dict(sorted(given.items()))


def test_the_database_holds_the_records(owned_neo4j: Neo4jServer, tmp_path: Path) -> None:
    extractions = [
        english(url="https://example.org/a?b=1;c=2"),
        doubted(chinese(), 0),
        hostile(),
        article(
            {"The record.": [(LLAMA.id, "openness", Value("open"), {})]}, [LLAMA], curated=True
        ),
    ]
    with SqliteStore.open(tmp_path / "store.db", candidates=True) as store:
        for extraction in extractions:
            store.merge(extraction)
        folder = tmp_path / "import"
        command = Neo4jAdminFolder().write(store, folder)
        imported(owned_neo4j, folder, command)
        told = (folder / README).read_text(encoding="utf-8")
        with owned_neo4j.driver() as driver:
            # A list without items is what the tool cannot write; the folder tells what to do.
            for statement in re.findall(r"^ +(MATCH .+);$", told, re.MULTILINE):
                driver.execute_query(statement)
        check(owned_neo4j, store)


def test_an_empty_graph_and_a_long_text(owned_neo4j: Neo4jServer, tmp_path: Path) -> None:
    with SqliteStore.open(tmp_path / "store.db") as store:
        imported(owned_neo4j, tmp_path / "a", Neo4jAdminFolder().write(store, tmp_path / "a"))
        check(owned_neo4j, store)
        sentence = "很长。" * 1_500_000
        long = article({sentence: [(LLAMA.id, "parameters", Value("7B"), {})]}, [LLAMA])
        store.merge(long)
        imported(owned_neo4j, tmp_path / "b", Neo4jAdminFolder().write(store, tmp_path / "b"))
        check(owned_neo4j, store)

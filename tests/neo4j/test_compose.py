"""The server that users start is the one that is tested, and nobody else reaches it."""

import re
import subprocess
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
SERVICE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["neo4j"]


def test_it_is_the_version_that_is_tested():
    pom = (ROOT / "tests" / "neo4j" / "pom.xml").read_text(encoding="utf-8")
    minor = re.findall(r"<version>(\d+\.\d+)\.\d+</version>", pom)
    assert SERVICE["image"] == f"neo4j:{minor[0]}-community"


def test_only_this_machine_reaches_it():
    assert [port.rpartition(":")[0] for port in SERVICE["ports"]] == [
        "127.0.0.1:7474",
        "127.0.0.1:7687",
    ]


def test_without_a_password_it_does_not_start():
    assert SERVICE["environment"]["NEO4J_AUTH"].startswith("neo4j/${MODELKIN_NEO4J_PASSWORD:?")


def test_its_health_is_asked_with_the_password():
    kind, command = SERVICE["healthcheck"]["test"]
    shown = command.replace("$$", "$").replace("cypher-shell", "printf '%s\\n'", 1)
    done = subprocess.run(
        ["sh", "-c", shown],
        capture_output=True,
        text=True,
        check=True,
        env={"NEO4J_AUTH": "neo4j/a b/密码$x"},
    )
    assert kind == "CMD-SHELL"
    assert done.stdout.splitlines() == [
        "--username",
        "neo4j",
        "--password",
        "a b/密码$x",
        "RETURN 1",
    ]

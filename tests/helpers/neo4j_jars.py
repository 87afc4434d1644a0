"""Java and the jars of Neo4j Community: found or fetched once for every run on this machine."""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

__all__ = ["NoNeo4jError", "find_java", "jars"]

_POM = Path(__file__).parents[1] / "neo4j" / "pom.xml"
_OLDEST_JAVA = 17
_FETCH_SECONDS = 600


class NoNeo4jError(Exception):
    """No server can be had here; the text says what lacks and how to get it."""


def find_java() -> str:
    """Give the path of a Java that is new enough."""
    java = shutil.which("java")
    if java is None:
        raise NoNeo4jError("java lacks; on Debian: apt-get install default-jre-headless maven")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < _OLDEST_JAVA:
        found = version[1] if version else "unknown"
        raise NoNeo4jError(f"java {_OLDEST_JAVA} or newer is needed, {java} is {found}")
    return java


def jars() -> Path:
    """Give the folder of the jars, fetched on first use.

    The folder appears whole or not at all, and one process fetches while the others wait.
    """
    pom = _POM.read_text(encoding="utf-8")
    version = re.findall("<version>(.+?)</version>", pom)[-1]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = cache / "modelkin" / f"neo4j-{version}"
    folder = home / "lib"
    if folder.is_dir():
        return folder
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NoNeo4jError("mvn lacks, which fetches the server; on Debian: apt-get install maven")
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        target = Path(temporary) / "lib"
        try:
            done = subprocess.run(
                [
                    *(maven, "--quiet", "--batch-mode", "--file", str(_POM)),
                    "dependency:copy-dependencies",
                    *(f"-DoutputDirectory={target}", "-DincludeScope=runtime"),
                ],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=_FETCH_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise NoNeo4jError(f"mvn took more than {_FETCH_SECONDS} s for the jars") from error
        if done.returncode != 0 or not any(target.glob("neo4j-*.jar")):
            raise NoNeo4jError(f"mvn could not fetch the jars: {done.stdout}{done.stderr}".strip())
        target.rename(folder)

"""Java and the jars of servers: found or fetched once for every run on this machine."""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

__all__ = ["NoServerError", "find_java", "jars"]

_TESTS = Path(__file__).parents[1]
_OLDEST_JAVA = 17
_FETCH_SECONDS = 600


class NoServerError(Exception):
    """No server can be had here; the text says what lacks and how to get it."""


def find_java() -> str:
    """Give the path of a Java that is new enough."""
    java = shutil.which("java")
    if java is None:
        raise NoServerError("java lacks; on Debian: apt-get install default-jre-headless maven")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < _OLDEST_JAVA:
        found = version[1] if version else "unknown"
        raise NoServerError(f"java {_OLDEST_JAVA} or newer is needed, {java} is {found}")
    return java


def jars(server: str) -> Path:
    """Give the folder of a server's jars, fetched on first use.

    The folder appears whole or not at all, and one process fetches while the others wait.

    Parameters
    ----------
    server : str
        ``neo4j``: the folder of tests whose ``pom.xml`` names the jars.
    """
    pom = _TESTS / server / "pom.xml"
    version = re.findall("<version>(.+?)</version>", pom.read_text(encoding="utf-8"))[-1]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = cache / "modelkin" / f"{server}-{version}"
    folder = home / "lib"
    if folder.is_dir():
        return folder
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            _fetch(pom, folder)
    return folder


def _fetch(pom: Path, folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NoServerError("mvn lacks, which fetches the server; on Debian: apt-get install maven")
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        target = Path(temporary) / "lib"
        try:
            done = subprocess.run(
                [
                    *(maven, "--quiet", "--batch-mode", "--file", str(pom)),
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
            raise NoServerError(f"mvn took more than {_FETCH_SECONDS} s for the jars") from error
        if done.returncode != 0 or not any(target.glob("*.jar")):
            raise NoServerError(f"mvn could not fetch the jars: {done.stdout}{done.stderr}".strip())
        target.rename(folder)

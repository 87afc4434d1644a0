"""A real Apache Jena Fuseki for tests: a server process.

- `MODELKIN_REQUIRE_FUSEKI=1` makes its lack a failure.

Tests that use it stand in the folder `tests/fuseki`, which runs on one worker (one_worker.py).
"""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import pyoxigraph
from server_jars import find_java, jars

__all__ = ["Fuseki"]

_START_SECONDS = 120
_STOP_SECONDS = 60
_JVM = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx512m"]


class Fuseki:
    """A server with one dataset in memory on a loopback port, gone when its starter is.

    Parameters
    ----------
    home : Path
        A folder of its own.
    users : dict of str to str
        Names and passwords; everybody may come in where there are none.
    updates : bool
        Whether it may be written to.
    """

    def __init__(
        self, home: Path, users: dict[str, str] | None = None, *, updates: bool = True
    ) -> None:
        self._java = find_java()
        [self._jar] = jars("fuseki").glob("*.jar")
        self._home = home
        self._options = ["--update", "--mem"]
        if not updates:
            (home / "nothing.nt").touch()
            self._options = [f"--file={home / 'nothing.nt'}"]
        if users:
            passwords = home / "passwords"
            lines = "".join(f"{name}: {password}\n" for name, password in users.items())
            passwords.write_text(lines, encoding="utf-8")
            self._options += [f"--passwd={passwords}", "--auth=basic"]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/ds"
        self.location = f"sparql+{self.url}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Fuseki":
        """Start it, with an empty dataset, and wait until it answers."""
        command = [
            *(self._java, *_JVM, "-jar", str(self._jar)),
            *(f"--port={self.port}", "--localhost", *self._options, "/ds"),
        ]
        if setpriv := shutil.which("setpriv"):
            command[:0] = [setpriv, "--pdeathsig", "KILL"]
        with (self._home / "console.log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                cwd=self._home,
            )
        atexit.register(self.stop)
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}?query=ASK%7B%7D", timeout=5):
                    return self
            except urllib.error.HTTPError as error:
                with error:
                    return self
            except OSError:
                time.sleep(0.05)
        said = (self._home / "console.log").read_text(encoding="utf-8", errors="replace")
        self.stop()
        raise RuntimeError(f"Fuseki did not start:\n{said[-4000:]}")

    def update(self, text: str) -> None:
        """Change the dataset behind the back of who publishes."""
        request = urllib.request.Request(
            self.url, text.encode(), {"Content-Type": "application/sparql-update"}
        )
        with urllib.request.urlopen(request, timeout=_STOP_SECONDS):
            pass

    def quads(self) -> set[str]:
        """Give all that the dataset holds, as lines of N-Quads."""
        request = urllib.request.Request(self.url, headers={"Accept": "application/n-quads"})
        with urllib.request.urlopen(request, timeout=_STOP_SECONDS) as answer:
            store = pyoxigraph.Store()
            store.load(answer.read(), format=pyoxigraph.RdfFormat.N_QUADS)
        return {str(quad) for quad in store}

    def suspend(self) -> None:
        """Let it hang: it takes connections and answers nothing."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """End a suspension."""
        if self._process is not None and self._process.poll() is None:
            os.kill(self._process.pid, signal.SIGCONT)

    def stop(self) -> None:
        """End it; its dataset is gone."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait(_STOP_SECONDS)
        self._process = None
        atexit.unregister(self.stop)

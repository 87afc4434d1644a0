"""A real Neo4j for tests: a server process of our own, or one that runs already."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError
from server_jars import find_java, jars

__all__ = ["Neo4jServer", "RunningNeo4j", "clear"]

_START_SECONDS = 120
_STOP_SECONDS = 60
_HEAP = "512m"
_USER = _FIRST_PASSWORD = "neo4j"

# Short runs gain more from a quick start than from the best code, and two cores from few threads.
_JVM = [
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Xshare:auto",
    f"-Xmx{_HEAP}",
    "-XX:MaxMetaspaceSize=256m",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dfile.encoding=UTF-8",
]
_SETTINGS = {
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "server.memory.heap.max_size": _HEAP,
    "server.memory.pagecache.size": "64m",
    "db.tx_log.preallocate": "false",
    "db.logs.query.enabled": "OFF",
    "dbms.usage_report.enabled": "false",
    # A wrong password is a test here, not an attack that locks the others out.
    "dbms.security.auth_max_failed_attempts": "0",
}


class RunningNeo4j:
    """A server that others run: tests use it and leave it running."""

    def __init__(self, uri: str, user: str, password: str) -> None:
        self.uri = uri
        self.user = user
        self.password = password

    def driver(self) -> Driver:
        """Give a new driver, for the caller to close."""
        return GraphDatabase.driver(self.uri, auth=(self.user, self.password))


class Neo4jServer(RunningNeo4j):
    """A Neo4j Community on a free loopback port, gone when the process that started it is.

    Start it in the main thread: on Linux a server ends with the thread that started it.
    `settings` are lines of `neo4j.conf` that differ from this file's; `changed` are those that
    only hold until the next start.
    """

    def __init__(
        self, home: Path, password: str, *, settings: Mapping[str, str] | None = None
    ) -> None:
        super().__init__("", _USER, password)
        self.home = home
        self.port = 0
        self._java = find_java()
        self._jars = jars("neo4j")
        self._settings = _SETTINGS | dict(settings or {})
        self.changed: Mapping[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._new = True

    @classmethod
    def start(cls, home: Path, password: str, *, settings: Mapping[str, str] | None = None) -> Self:
        """Start a new server in a folder and wait until it answers."""
        server = cls(home, password, settings=settings)
        server.prepare()
        server.restart()
        return server

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        running = self._process is not None and self._process.poll() is None
        return self._process.pid if running and self._process else None

    def prepare(self) -> None:
        """Choose a port and write the configuration; nothing is started."""
        self.home.mkdir(parents=True, exist_ok=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.uri = f"bolt://127.0.0.1:{self.port}"
        self._configure({})

    def _configure(self, changed: Mapping[str, str]) -> None:
        address = f"127.0.0.1:{self.port}"
        addresses = {
            "server.bolt.listen_address": address,
            "server.bolt.advertised_address": address,
        }
        lines = self._settings | addresses | dict(changed)
        configuration = self.home / "conf" / "neo4j.conf"
        configuration.parent.mkdir(parents=True, exist_ok=True)
        configuration.write_text("".join(f"{k}={v}\n" for k, v in lines.items()), encoding="utf-8")
        self.changed = changed

    def restart(self, settings: Mapping[str, str] | None = None) -> None:
        """Start it on the same folder and port, stopped before or not.

        `settings` are for this start; the next one has those of the beginning again.
        """
        self.stop()
        self._configure(settings or {})
        command = [
            *(self._java, *_JVM, "-cp", f"{self._jars}/*"),
            "org.neo4j.server.CommunityEntryPoint",
            *(f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"),
        ]
        if setpriv := shutil.which("setpriv"):
            command[:0] = [setpriv, "--pdeathsig", "KILL"]
        with (self.home / "console.log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        atexit.register(self.kill)
        self._wait_until_it_answers()

    def kill(self) -> None:
        """End it at once, as a crash does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Shut it down cleanly."""
        self._end(signal.SIGTERM)

    def suspend(self) -> None:
        """Let it hang: it takes connections and answers nothing."""
        if self.pid:
            os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """End a suspension."""
        if self.pid:
            os.kill(self.pid, signal.SIGCONT)

    def set_password(self, password: str) -> None:
        """Change the password of the running server."""
        with self.driver() as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
                {"old": self.password, "new": password},
                database_="system",
            )
        self.password = password

    def admin(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the admin tool, such as `database import full neo4j --nodes=…`, while it is down."""
        assert self.pid is None, "the admin tool needs the server to be down"
        main = "org.neo4j.server.startup.Neo4jAdminCommand"
        return subprocess.run(
            [self._java, *_JVM, "-cp", f"{self._jars}/*", main, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")},
        )

    def _end(self, signal_number: signal.Signals) -> None:
        if self._process is None:
            return
        self.resume()
        if self._process.poll() is None:
            self._process.send_signal(signal_number)
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None
        atexit.unregister(self.kill)

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self.pid:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                break
            time.sleep(0.05)
        while time.monotonic() < deadline and self.pid:
            try:
                self._greet()
            except (DriverError, Neo4jError):
                time.sleep(0.05)
            else:
                return
        log = (self.home / "console.log").read_text(encoding="utf-8", errors="replace")
        self.kill()
        raise RuntimeError(f"Neo4j did not start:\n{log[-4000:]}")

    def _greet(self) -> None:
        """Ask something; a new server wants its first password changed before it answers."""
        if self._new:
            wanted, self.password = self.password, _FIRST_PASSWORD
            try:
                self.set_password(wanted)
            finally:
                self.password = wanted
            self._new = False
        with self.driver() as driver:
            driver.execute_query("RETURN 1", database_="neo4j")


def clear(driver: Driver, *, schema: bool = False) -> None:
    """Empty the database, and with `schema` drop the constraints and indexes of others.

    Those of a store are the same for every store, and take seconds to make.
    """
    left = 1
    while left:
        records, _, _ = driver.execute_query(
            "MATCH (n) WITH n LIMIT 10000 DETACH DELETE n RETURN count(*) AS gone"
        )
        left = records[0]["gone"]
    if not schema:
        return
    for kind, shown in (
        ("CONSTRAINT", "CONSTRAINTS YIELD name WHERE NOT name STARTS WITH 'modelkin_'"),
        (
            "INDEX",
            "INDEXES YIELD name, type WHERE type <> 'LOOKUP' AND NOT name STARTS WITH 'modelkin_'",
        ),
    ):
        records, _, _ = driver.execute_query(f"SHOW {shown} RETURN name")
        for record in records:
            driver.execute_query(f"DROP {kind} `{record['name']}` IF EXISTS")

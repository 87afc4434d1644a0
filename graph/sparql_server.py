"""A SPARQL 1.1 server over HTTP: questions, updates, and what can go wrong.

The address is one that a person typed, so it may lie in a private network. A redirect is followed
within the same host and port alone: elsewhere neither the password nor the data is sent.
"""

import base64
import http.client
import json
import re
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from .. import __version__
from .errors import StoreBusyError, StoreError, UnknownStoreError

__all__ = ["PASSWORD_VARIABLE", "Endpoint", "SparqlServer", "endpoint", "is_sparql_server"]

PASSWORD_VARIABLE = "MODELKIN_SPARQL_PASSWORD"  # noqa: S105

_ADDRESS = re.compile(r"sparql\+(https?)://", re.IGNORECASE)
_SAFE = "/%:=&~+!$,;'@()*[]"
_RESULTS = "application/sparql-results+json"
_MOST_REDIRECTS = 3
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
# What passes by itself, in most cases; an update that is sent twice does the same as once.
_PASSING = frozenset((429, 502, 503, 504))
# What a server says that has questions and updates at addresses of their own.
_ELSEWHERE = frozenset((404, 405, 415))
_TRIES = 4
_FIRST_PAUSE = 0.5
_MOST_BYTES = 512 * 2**20
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server is, and who asks it.

    Parameters
    ----------
    url : str
        The ``http`` or ``https`` address of the dataset, without a user.
    user : str
    password : str
        Empty for a server that asks for none.
    """

    url: str
    user: str = "admin"
    password: str = field(default="", repr=False)

    @property
    def is_readable_on_the_way(self) -> bool:
        """Whether a password would be sent for others to read."""
        parts = urlsplit(self.url)
        near = parts.hostname in ("localhost", "127.0.0.1", "::1")
        return bool(self.password) and parts.scheme == "http" and not near


def is_sparql_server(location: str) -> bool:
    """Tell whether a location is the address of a SPARQL server.

    Examples
    --------
    >>> is_sparql_server("sparql+http://localhost:3030/ds"), is_sparql_server("http://localhost")
    (True, False)
    """
    return _ADDRESS.match(location) is not None


def endpoint(location: str, *, user: str = "admin", password: str = "") -> Endpoint:
    """Read an address ``sparql+http://HOST:PORT/DATASET``.

    Parameters
    ----------
    location : str
    user : str
        Who asks, unless the address says it: ``sparql+https://ada@host/dataset``.
    password : str

    Raises
    ------
    UnknownStoreError
        When it is no such address.

    Examples
    --------
    >>> endpoint("sparql+https://ada@example.org/模型")
    Endpoint(url='https://example.org/模型', user='ada')
    """
    try:
        parts = urlsplit(location.strip()[len("sparql+") :])
        port = parts.port
    except ValueError as error:
        raise UnknownStoreError(f"not an address: {location!r}: {error}", hint=_FORM) from error
    if not is_sparql_server(location.strip()) or not parts.hostname or port == 0:
        raise UnknownStoreError(f"{location!r} names no SPARQL server", hint=_FORM)
    if parts.password is not None:
        raise UnknownStoreError(
            f"the address of {parts.hostname} holds a password",
            hint=f"take it out, and put it into the environment variable {PASSWORD_VARIABLE}",
        )
    bare = parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.rpartition("@")[2])
    named = unquote(parts.username) if parts.username else user
    return Endpoint(bare._replace(fragment="").geturl(), named, password)


_FORM = "give sparql+http://HOST:PORT/DATASET or sparql+https://…"


class SparqlServer:
    """A connection to a server, used by one thread; a context manager.

    Parameters
    ----------
    at : Endpoint
    timeout : float
        Seconds that one request may take.
    pause : float
        Seconds before a request that failed in passing is sent again; doubled each time.
    """

    def __init__(self, at: Endpoint, *, timeout: float = 120.0, pause: float = _FIRST_PAUSE):
        self.url = at.url
        self.requests = 0
        self._at = at
        self._timeout = timeout
        self._pause = pause
        self._connection: http.client.HTTPConnection | None = None
        # Servers have one address for both, or one for each: found out by asking.
        self._urls = {
            "query": [at.url, _below(at.url, "query"), _below(at.url, "sparql")],
            "update": [at.url, _below(at.url, "update"), _below(at.url, "statements")],
        }

    def __enter__(self) -> "SparqlServer":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def select(self, text: str) -> list[dict[str, str]]:
        """Give the rows of a SELECT: for each variable that is bound its value.

        Raises
        ------
        StoreError
            When the server cannot be asked, or answers with something else.
        """
        data = self._send("query", text, f"{_RESULTS}, application/json;q=0.9")
        try:
            rows = json.loads(data)["results"]["bindings"]
            return [{name: str(term["value"]) for name, term in row.items()} for row in rows]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise UnknownStoreError(
                f"{self.url} does not answer as SPARQL servers do",
                hint="give the address of a dataset, such as sparql+http://localhost:3030/ds",
            ) from error

    def update(self, text: str) -> None:
        """Change the dataset; the same update twice must do the same as once.

        Raises
        ------
        StoreError
            When the server cannot be asked, or refuses.
        """
        self._send("update", text, "*/*")

    def _send(self, what: str, text: str, accept: str) -> bytes:
        first: StoreError | None = None
        for url in list(self._urls[what]):
            status, reason, data = self._with_patience(url, what, text, accept)
            if status in (200, 201, 202, 204):
                self._urls[what] = [url]
                self.requests += 1
                return data
            first = first or self._refusal(what, status, reason, data)
            if status not in _ELSEWHERE:
                break
        assert first is not None
        raise first

    def _with_patience(self, url: str, what: str, text: str, accept: str) -> tuple[int, str, bytes]:
        """Send a request, again where what went wrong may pass."""
        pause = self._pause
        for left in range(_TRIES - 1, -1, -1):
            try:
                answer = self._follow(url, what, text.encode(), accept)
            except (OSError, http.client.HTTPException) as error:
                self.close()
                lasting = isinstance(error, socket.gaierror | ssl.SSLCertVerificationError)
                if not left or lasting or isinstance(error, TimeoutError):
                    raise self._failure(error) from error
            else:
                if answer[0] not in _PASSING or not left:
                    return answer
            time.sleep(pause)
            pause *= 2
        raise AssertionError("the last try returns or raises")

    def _follow(self, url: str, what: str, body: bytes, accept: str) -> tuple[int, str, bytes]:
        for _ in range(_MOST_REDIRECTS + 1):
            status, reason, place, data = self._ask(urlsplit(url), what, body, accept)
            if status not in _REDIRECTS or not place:
                return status, reason, data
            target = urljoin(url, place)
            if _origin(urlsplit(target)) != _origin(urlsplit(url)):
                raise StoreError(
                    f"{self.url} redirects to {target[:200]}, another server",
                    hint="give that address, if you trust it",
                )
            url = target
        raise StoreError(f"{self.url} redirects in a circle", hint="give the last address")

    def _ask(
        self, parts: SplitResult, what: str, body: bytes, accept: str
    ) -> tuple[int, str, str, bytes]:
        connection = self._connected(parts)
        late = threading.Event()

        def cut() -> None:
            # A server that sends one byte now and then outlasts a socket's timeout, not this.
            late.set()
            if connection.sock is not None:
                _shut(connection.sock)

        timer = threading.Timer(self._timeout, cut)
        timer.daemon = True
        timer.start()
        try:
            target = quote(parts.path or "/", safe=_SAFE)
            if parts.query:
                target += "?" + quote(parts.query, safe=_SAFE + "?")
            connection.request("POST", target, body, self._headers(what, accept))
            response = connection.getresponse()
            data = bytearray()
            while chunk := response.read(_CHUNK):
                data += chunk
                if len(data) > _MOST_BYTES:
                    self.close()
                    raise StoreError(
                        f"{self.url} answers with more than {_MOST_BYTES // 2**20} MiB",
                        hint="check that it is a SPARQL server",
                    )
            if late.is_set():
                raise TimeoutError
            if response.length:
                raise http.client.IncompleteRead(b"")
            place = response.headers.get("Location", "").encode("latin-1", "replace")
            return response.status, response.reason, quote(place, safe=_SAFE + "?#"), bytes(data)
        except (OSError, http.client.HTTPException) as error:
            if late.is_set():
                raise TimeoutError from error
            raise
        finally:
            timer.cancel()

    def _connected(self, parts: SplitResult) -> http.client.HTTPConnection:
        if self._connection is None:
            host = parts.hostname or ""
            if parts.scheme == "https":
                context = ssl.create_default_context()
                self._connection = http.client.HTTPSConnection(
                    host, parts.port, timeout=self._timeout, context=context
                )
            else:
                self._connection = http.client.HTTPConnection(
                    host, parts.port, timeout=self._timeout
                )
        return self._connection

    def _headers(self, what: str, accept: str) -> dict[str, str]:
        headers = {
            "User-Agent": f"modelkin/{__version__}",
            "Accept": accept,
            "Content-Type": f"application/sparql-{what}; charset=utf-8",
        }
        if self._at.password:
            both = f"{self._at.user}:{self._at.password}".encode()
            headers["Authorization"] = "Basic " + base64.b64encode(both).decode()
        return headers

    def _failure(self, error: Exception) -> StoreError:
        if isinstance(error, TimeoutError):
            return StoreBusyError(
                f"{self.url} did not answer within {self._timeout:g} seconds",
                hint="try again later: what was sent already is not sent again",
            )
        if isinstance(error, ssl.SSLCertVerificationError):
            return StoreError(
                f"the certificate of {self.url} is not valid: {error.verify_message}",
                hint="check the address",
            )
        if isinstance(error, socket.gaierror | ConnectionRefusedError | UnicodeError):
            known = "refuses the connection" if isinstance(error, OSError) else "is no host"
            reason = "no such host" if isinstance(error, socket.gaierror) else known
            return UnknownStoreError(
                f"{self.url}: {reason}", hint="check the address, and that the server runs"
            )
        reason = " ".join(f"{error or type(error).__name__}".split())[:200]
        return StoreError(
            f"the connection to {self.url} broke off: {reason}",
            hint="run it again: what was sent already is not sent again",
        )

    def _refusal(self, what: str, status: int, reason: str, data: bytes) -> StoreError:
        said = " ".join(data[:2000].decode("utf-8", "replace").split())[:200]
        answer = f"{self.url} answers {status} {reason[:100]}".rstrip()
        if status in (401, 403):
            return StoreError(
                f"{answer}: it does not let {self._at.user} in",
                hint=f"set the environment variable {PASSWORD_VARIABLE}, and name the user in the "
                "address: sparql+https://USER@HOST/…",
            )
        if status in (404, 410):
            return UnknownStoreError(
                f"{answer}: no such dataset, or none that takes a SPARQL {what}",
                hint="check the name of the dataset, and that the server may be written to",
            )
        if status in (405, 415):
            return StoreError(
                f"{answer}: it takes no SPARQL {what} there",
                hint="give the address of the dataset, of a server that may be written to",
            )
        if status in _PASSING:
            return StoreBusyError(f"{answer}", hint="try again later")
        return StoreError(
            f"{answer}: {said}" if said else answer,
            hint="check that the server may be written to, and look into its log"
            if what == "update"
            else "look into the log of the server",
        )


def _below(url: str, name: str) -> str:
    parts = urlsplit(url)
    return parts._replace(path=parts.path.rstrip("/") + f"/{name}").geturl()


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), parts.port or (443 if scheme == "https" else 80)


def _shut(connection: socket.socket) -> None:
    try:
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
    except OSError:
        # Closed already: what waits for it has its answer.
        return

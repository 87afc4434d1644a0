"""Fetch an address, within limits, and never from inside a private network by surprise.

A name is resolved once, its addresses are checked, and the connection goes to an address that
passed: the answer of a name server cannot change in between. Proxies are not used, for behind one
nobody sees which address is asked.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from ... import __version__
from ..errors import FetchError
from .documents import too_large

__all__ = ["Answer", "fetch", "is_public"]

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_CHUNK = 65_536
_SAFE = "/%:=&~+!$,;'@()*[]"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")
_HEADERS = {
    "User-Agent": f"modelkin/{__version__}",
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/*;q=0.9, */*;q=0.1",
    "Accept-Language": "zh, en;q=0.9",
    "Accept-Encoding": "gzip, identity;q=0.5",
    "Connection": "close",
}
_NEXT_STEPS = {
    401: "the page asks for a login: save it from a browser and read the file",
    403: "the site turns programs away: save the page from a browser and read the file",
    404: "check the address",
    410: "the page is gone: try an archive of the web",
    429: "the site asks to wait: try again later",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave.

    Parameters
    ----------
    url : str
        The last address, behind all redirects.
    content_type : str
        In lower case, without parameters; may be empty.
    charset : str
        The encoding that the server declares; may be empty.
    data : bytes
    """

    url: str
    content_type: str
    charset: str
    data: bytes


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet.

    Addresses that wrap an IPv4 address are judged by it too.

    Examples
    --------
    >>> [is_public(a) for a in ("8.8.8.8", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1")]
    [True, False, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
        if ip.ipv4_mapped is not None:
            return True
        if ip.is_site_local or ip in _LOCAL_NAT64:
            return False
    return ip.is_global and not ip.is_multicast


def fetch(url: str, *, limit: int, timeout: float, allow_private: bool = False) -> Answer:
    """Fetch a web address and follow its redirects.

    Parameters
    ----------
    url : str
        ``http`` or ``https``.
    limit : int
        The most bytes that the answer may hold, unpacked.
    timeout : float
        Seconds for everything: names, connections, redirects, bytes.
    allow_private : bool
        Whether addresses of private networks and of this machine may be asked.

    Raises
    ------
    FetchError
        When the address may not be asked, does not answer in time, or answers with an error.
    TooLargeError
        When the answer is larger than the limit.
    """
    deadline = _Deadline(url, timeout)
    current = url
    for _ in range(_MOST_REDIRECTS + 1):
        parts = _split(current)
        answer = _ask(parts, current, deadline, limit, allow_private)
        if isinstance(answer, Answer):
            return answer
        current = urljoin(current, answer)
    raise FetchError(
        f"{url} redirects more than {_MOST_REDIRECTS} times", hint="give the last address"
    )


class _Deadline:
    """The moment at which a fetch is over, and the socket that is cut off then."""

    def __init__(self, url: str, timeout: float) -> None:
        self._url = url
        self._timeout = timeout
        self._end = time.monotonic() + timeout

    @property
    def remaining(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.error()
        return left

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._end

    def error(self) -> FetchError:
        return FetchError(
            f"{self._url} did not answer within {self._timeout:g} seconds",
            hint="try again later, or raise the timeout",
        )


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"not an address: {url!r}: {error}", hint="check it") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise FetchError(f"{url} is no http or https address", hint="save the page as a file")
    if not parts.hostname or port == 0:
        raise FetchError(f"the address {url!r} names no host", hint="check it")
    if parts.username is not None or parts.password is not None:
        raise FetchError(
            f"the address of {parts.hostname} holds a user name", hint="take it out of the address"
        )
    return parts


def _ask(
    parts: SplitResult, url: str, deadline: _Deadline, limit: int, allow_private: bool
) -> Answer | str:
    """Give the answer, or the address that it redirects to."""
    connection: http.client.HTTPConnection | None = None
    cut: threading.Timer | None = None
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port or (443 if parts.scheme.lower() == "https" else 80)
        connection = http.client.HTTPConnection(host, port)
        connection.sock = _connect(host, port, url, deadline, allow_private)
        if parts.scheme.lower() == "https":
            connection.sock = ssl.create_default_context().wrap_socket(
                connection.sock, server_hostname=host, do_handshake_on_connect=False
            )
        # A server that sends one byte now and then outlasts a socket's timeout, not this.
        cut = threading.Timer(deadline.remaining, _shut, (connection.sock,))
        cut.daemon = True
        cut.start()
        if isinstance(connection.sock, ssl.SSLSocket):
            connection.sock.do_handshake()
        target = quote(parts.path or "/", safe=_SAFE)
        if parts.query:
            target += "?" + quote(parts.query, safe=_SAFE + "?")
        connection.request("GET", target, headers={"Host": _host(host, parts), **_HEADERS})
        response = connection.getresponse()
        if response.status in _REDIRECTS and response.headers.get("Location"):
            # Headers come as Latin-1; what stands in them is UTF-8 more often than not.
            place = response.headers["Location"].encode("latin-1", "replace")
            return quote(place, safe=_SAFE + "?#")
        return _take(response, url, deadline, limit)
    except (OSError, http.client.HTTPException, UnicodeError, zlib.error, ValueError) as error:
        if deadline.is_over:
            raise deadline.error() from error
        raise FetchError(f"{url} failed: {_reason(error)}", hint=_advice(error)) from error
    finally:
        if cut is not None:
            cut.cancel()
        if connection is not None:
            connection.close()


def _host(host: str, parts: SplitResult) -> str:
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{parts.port}" if parts.port else host


def _connect(
    host: str, port: int, url: str, deadline: _Deadline, allow_private: bool
) -> socket.socket:
    addresses = _resolve(host, port, deadline)
    allowed = [entry for entry in addresses if allow_private or is_public(str(entry[4][0]))]
    if not allowed:
        raise FetchError(
            f"{url} may not be asked: {host} is inside a private network ({addresses[0][4][0]})",
            hint="allow private addresses if you trust it, or save the page as a file",
        )
    failure: OSError | None = None
    for family, kind, protocol, _, address in allowed:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(deadline.remaining)
            connection.connect(address)
        except OSError as error:
            connection.close()
            failure = error
            continue
        return connection
    raise failure or OSError("no address")


def _resolve(host: str, port: int, deadline: _Deadline) -> list[Any]:
    """Look the name up in a thread of its own: a lookup cannot be told to stop."""
    found: list[Any] = []
    failed: list[OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            found.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(deadline.remaining)
    if failed:
        raise failed[0]
    if not found:
        raise deadline.error()
    return found


def _shut(connection: socket.socket) -> None:
    try:
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
    except OSError:
        # Closed already: what waits for it has its answer.
        return


def _take(response: http.client.HTTPResponse, url: str, deadline: _Deadline, limit: int) -> Answer:
    if response.status != 200:
        hint = _NEXT_STEPS.get(response.status, "try again later, or save the page as a file")
        reason = " ".join(f"{response.status} {response.reason[:100]}".split())
        raise FetchError(f"{url} answers {reason}", hint=hint)
    size = response.headers.get("Content-Length", "")
    if size.isascii() and size.isdigit() and int(size[:20]) > limit:
        raise too_large(url, limit, int(size[:20]))
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise FetchError(f"{url} is packed with {coding}", hint="save the page as a file")
    unpack = zlib.decompressobj(wbits=47) if coding != "identity" else None
    data = bytearray()
    while chunk := response.read1(_CHUNK):
        if deadline.is_over:
            raise deadline.error()
        data += unpack.decompress(chunk, limit + 1 - len(data)) if unpack else chunk
        if len(data) > limit:
            raise too_large(url, limit)
    if (unpack and not unpack.eof) or response.length:
        raise http.client.IncompleteRead(b"")
    if deadline.is_over:
        raise deadline.error()
    return Answer(
        url=url.partition("#")[0],
        content_type=response.headers.get_content_type()
        if "Content-Type" in response.headers
        else "",
        charset=response.headers.get_content_charset("") or "",
        data=bytes(data),
    )


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    if isinstance(error, socket.gaierror):
        return "no such host"
    if isinstance(error, ConnectionRefusedError):
        return "the host refuses the connection"
    if isinstance(error, http.client.IncompleteRead):
        return "the connection broke off"
    text = getattr(error, "strerror", None) or str(error)
    return " ".join(f"{text or type(error).__name__}".split())[:200]


def _advice(error: Exception) -> str:
    if isinstance(error, socket.gaierror | ConnectionRefusedError | UnicodeError):
        return "check the address and the network"
    return "try again later, or save the page as a file"

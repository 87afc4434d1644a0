"""Which web addresses are asked, and which never."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_contract import error_of

from modelkin.extract.errors import FetchError
from modelkin.extract.protocols import ReadOptions
from modelkin.extract.sources.fetch import is_public
from modelkin.extract.sources.web import WebSource

OPTIONS = ReadOptions(allow_private=True, timeout=10)


def no_such_host(*_: object, **__: object) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def test_a_host_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", no_such_host)
    error = error_of(WebSource().read("http://no-such-host.example/", OPTIONS))
    assert "no such host" in error.message


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://", "names no host"),
        ("http://a.example:99999/", "not an address"),
        ("http://[::1/", "not an address"),
        ("http://me:secret@a.example/", "user name"),
        ("http://127.0.0.1:1/", "refuses the connection"),
        ("http://" + "a" * 70 + ".example/", "failed"),
    ],
)
def test_addresses_that_cannot_be_asked(url: str, said: str) -> None:
    error = error_of(WebSource().read(url, OPTIONS))
    assert isinstance(error, FetchError)
    assert said in error.message
    assert "secret" not in str(error)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        *[(address, True) for address in ("8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8")],
        *[(address, False) for address in ("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1")],
        *[
            (address, False)
            for address in ("100.64.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1")
        ],
        *[
            (address, False)
            for address in ("255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1")
        ],
        *[(address, False) for address in ("ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1")],
        *[
            (address, False)
            for address in ("2002:7f00:1::", "64:ff9b:1::1", "fec0::1", "2001:db8::1")
        ],
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@given(st.text(max_size=40))
def test_any_odd_address_is_a_clear_error(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", no_such_host)
        [reading] = WebSource().read(f"http://{text}", ReadOptions(timeout=5))
    assert isinstance(reading.error, FetchError)

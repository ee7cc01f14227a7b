import socket
import ssl

import httpx
import pytest

from teli_iac.api.transport_errors import translate
from teli_iac.errors import NotSent, ReplyLost

BEFORE = [
    httpx.ConnectError("x"),
    httpx.ConnectTimeout("x"),
    httpx.PoolTimeout("x"),
    httpx.ProxyError("407 Proxy Authentication Required"),
    httpx.UnsupportedProtocol("x"),
    httpx.LocalProtocolError("x"),
]
AFTER = [
    httpx.ReadTimeout("x"),
    httpx.WriteTimeout("x"),
    httpx.ReadError("x"),
    httpx.WriteError("x"),
    httpx.CloseError("x"),
    httpx.RemoteProtocolError("x"),
    httpx.DecodingError("x"),
    httpx.StreamClosed(),
    RuntimeError("a bug of somebody"),
    ConnectionResetError("raw"),
]


@pytest.mark.parametrize("error", BEFORE, ids=lambda error: type(error).__name__)
def test_only_what_failed_before_the_first_byte_was_not_sent(error: Exception) -> None:
    assert isinstance(translate(error, begun=False), NotSent)
    assert isinstance(translate(error, begun=True), ReplyLost)


@pytest.mark.parametrize("error", AFTER, ids=lambda error: type(error).__name__)
def test_everything_else_is_a_doubt(error: Exception) -> None:
    assert isinstance(translate(error, begun=False), ReplyLost)
    assert isinstance(translate(error, begun=True), ReplyLost)


@pytest.mark.parametrize("error", [*BEFORE, *AFTER], ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("begun", [False, True])
def test_no_fault_repeats_what_httpx_says(error: Exception, begun: bool) -> None:  # noqa: FBT001  given by name above
    hostile = (
        type(error)("https://hunter2@host/?key=hunter2")
        if not isinstance(error, httpx.StreamError)
        else error
    )
    assert "hunter2" not in translate(hostile, begun=begun).what


def test_a_refused_certificate_says_why() -> None:
    certificate = ssl.SSLCertVerificationError(1, "certificate verify failed")
    certificate.verify_message = "certificate has expired"
    assert "certificate has expired" in translate(_caused_by(certificate), begun=False).what


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (socket.gaierror(-2, "x"), "its name was not found"),
        (ConnectionRefusedError(111, "x"), "it refused the connection"),
        (ssl.SSLError(1, "x"), "no TLS connection could be agreed on"),
        (OSError(101, "x"), "network is unreachable"),
        (OSError("x"), "connecting failed"),
    ],
)
def test_what_failed_while_connecting_is_told_in_words(cause: OSError, words: str) -> None:
    assert translate(_caused_by(cause), begun=False).what == words


def _caused_by(cause: OSError) -> httpx.ConnectError:
    error = httpx.ConnectError("x")
    error.__context__ = cause
    return error

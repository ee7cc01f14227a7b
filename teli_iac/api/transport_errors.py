"""The one door where httpx's errors become ours: the request never left, or nobody knows.

`NotSent` is claimed on two proofs together: the error is of a kind that belongs to connecting, and httpcore
had not begun to write the request. Everything else is `ReplyLost`. A doubt costs a look-up; a wrong
`NotSent` would call people twice.
"""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterator

import httpx

from teli_iac.errors import NotSent, ReplyLost, TransportFault

_BEFORE_THE_FIRST_BYTE = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)

_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (httpx.ConnectTimeout, "connecting took too long"),
    (httpx.PoolTimeout, "no connection became free in time"),
    (httpx.ReadTimeout, "no answer came in time"),
    (httpx.WriteTimeout, "sending took too long"),
    (httpx.RemoteProtocolError, "the connection was closed without a whole HTTP answer"),
    (httpx.DecodingError, "the answer could not be decompressed"),
    (httpx.NetworkError, "the connection broke"),
    (httpx.UnsupportedProtocol, "the address has no protocol that can be spoken"),
    (httpx.LocalProtocolError, "the request could not be put into HTTP"),
    (httpx.StreamError, "the answer could not be read to its end"),
)


def translate(error: Exception, *, begun: bool) -> TransportFault:
    """What an error of sending means. `begun` is whether a byte of the request may have been written.

    The words carry no URL, header or body: they are ours, or the operating system's for its own errors.
    """
    if isinstance(error, _BEFORE_THE_FIRST_BYTE) and not begun:
        return NotSent(_tell_connecting(error))
    return ReplyLost(_tell(error))


def _tell_connecting(error: Exception) -> str:
    if isinstance(error, httpx.ProxyError):
        status = str(error)[:3]
        return f"the proxy refused the connection ({status})" if status.isdigit() else "the proxy failed"
    for cause in _causes(error):
        if isinstance(cause, OSError) and not isinstance(cause, TimeoutError):
            return _tell_operating_system(cause)
    return _tell(error)


def _tell_operating_system(error: OSError) -> str:
    match error:
        case socket.gaierror():
            return "its name was not found"
        case ConnectionRefusedError():
            return "it refused the connection"
        case ssl.SSLCertVerificationError():
            return f"its TLS certificate was not accepted ({error.verify_message})"
        case ssl.SSLError():
            return "no TLS connection could be agreed on"
    return os.strerror(error.errno).lower() if error.errno else "connecting failed"


def _tell(error: Exception) -> str:
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words
    return f"an unexpected {type(error).__name__} while sending"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    # httpcore raises `from None` on the way, which hides a cause but keeps it as the context.
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__

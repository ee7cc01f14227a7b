"""The httpx client as we want it: pooled, timed out, stateless, through the environment's proxies, silent."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.request import getproxies

import httpx

from teli_iac.api.connections import Connection, Connections
from teli_iac.api.key import ApiKey
from teli_iac.api.origin import ApiOrigin
from teli_iac.api.sending import Sender, Way
from teli_iac.api.time_outs import TimeOuts
from teli_iac.errors import NotConfigured

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# Less than the five seconds after which common servers hang up: a create should not meet one doing so.
_KEEP_IDLE_SECONDS = 4.0
_ONE_CONNECTION = httpx.Limits(
    max_connections=1, max_keepalive_connections=1, keepalive_expiry=_KEEP_IDLE_SECONDS
)


def open_sender(  # noqa: PLR0913  whose API, which key, over what and how long: each its own thing
    origin: ApiOrigin,
    key: ApiKey,
    *,
    environment_proxies: bool,
    application: WSGIApplication | None,
    connections: int,
    time_outs: TimeOuts,
) -> Sender:
    """A sender for one origin. Raises NotConfigured when the environment's proxy or certificates are no use.

    HTTP/2 stays off: httpcore may send a request on another connection when a server winds one down.
    """
    _hush()
    proxied = environment_proxies and not origin.calls_nobody and bool(getproxies())
    try:
        open_one = _opener(_tls(origin), application, proxied=proxied)
        pooled = Connections(open_one, most=connections, patience=time_outs.pool)
    except (OSError, ValueError, ImportError, httpx.InvalidURL) as error:
        raise _unusable_environment(error) from None
    way = Way(_headers(), _timeout(time_outs).as_dict(), time_outs.answer)
    return Sender(pooled, origin, key, way, in_process=application is not None)


def _opener(
    tls: ssl.SSLContext, application: WSGIApplication | None, *, proxied: bool
) -> Callable[[], Connection]:
    """How another connection is opened: through httpx's client only where that has a proxy to choose.

    What else a client does for each request, redirects, cookies and authentication, is none of ours, and
    takes half as long again as the request.
    """
    if application:
        return partial(_direct, partial(httpx.WSGITransport, application))
    if proxied:
        return partial(_through_proxies, tls)
    return partial(_direct, partial(httpx.HTTPTransport, tls, limits=_ONE_CONNECTION, trust_env=False))


def _direct(open_transport: Callable[[], httpx.BaseTransport]) -> Connection:
    transport = open_transport()
    return Connection(transport.handle_request, transport.close)


def _through_proxies(tls: ssl.SSLContext) -> Connection:
    client = httpx.Client(
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        verify=tls,
        limits=_ONE_CONNECTION,
        trust_env=True,  # about proxies alone: SSL_CERT_FILE is honoured by _tls whatever is said here
    )
    return Connection(partial(client.send, stream=True, follow_redirects=False), client.close)


def _headers() -> tuple[tuple[str, str], ...]:
    return (
        ("Accept", "application/json"),
        ("Accept-Encoding", "gzip"),
        ("Connection", "keep-alive"),
        ("User-Agent", f"teli-iac/{_version()}"),
    )


def _timeout(time_outs: TimeOuts) -> httpx.Timeout:
    return httpx.Timeout(
        connect=time_outs.connect, read=time_outs.read, write=time_outs.write, pool=time_outs.pool
    )


def _tls(origin: ApiOrigin) -> ssl.SSLContext:
    if origin.scheme == "https":
        return httpx.create_ssl_context()
    # Trusts nobody: plain http on loopback needs no certificates, and reading them takes 40 ms.
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _hush() -> None:
    # httpx logs URLs at INFO, httpcore every step at DEBUG: not in our name, whatever the root logger says.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _version() -> str:
    try:
        return version("teli-iac")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "checkout"


def _unusable_environment(error: Exception) -> NotConfigured:
    if isinstance(error, OSError):
        return NotConfigured(
            "The TLS certificates that SSL_CERT_FILE or SSL_CERT_DIR name cannot be read.",
            "Point the variable at a file of PEM certificates, or unset it.",
        )
    if isinstance(error, ImportError):
        return NotConfigured(
            "The environment names a SOCKS proxy, which needs a further package.",
            "Install httpx[socks] beside teli-iac, or name an http proxy in HTTPS_PROXY.",
        )
    return NotConfigured(
        "A proxy that the environment names is no address that can be used.",
        "Correct HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY; a proxy is written http://HOST:PORT.",
    )

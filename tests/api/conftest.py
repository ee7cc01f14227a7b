"""No test of the client sees this machine's proxies, certificates or names."""

from __future__ import annotations

import socket
from typing import Any

import pytest

_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    """`api.teli.test` and `other.test` are this machine; no other name exists or is asked for anywhere."""
    resolve = socket.getaddrinfo

    def resolve_here(host: str, *arguments: Any, **options: Any) -> Any:
        if host in {"api.teli.test", "other.test"}:
            return resolve("127.0.0.1", *arguments, **options)
        if host not in {"127.0.0.1", "localhost", "::1"}:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return resolve(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve_here)

"""Where the API may be: https anywhere, plain http on loopback only, and the embedded Teli."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

SANDBOX = "sandbox:"
TELI = "https://api.teli.ai"

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_PORTS = {"https": 443, "http": 80}


def normal_base_url(text: str) -> str | None:
    """`scheme://host[:port]` in lower case without a default port, `sandbox:`, or None when not allowed."""
    if text == SANDBOX:
        return SANDBOX
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    surplus = parts.username is not None or parts.path not in {"", "/"} or "?" in text or "#" in text
    if surplus or port == 0 or parts.scheme not in _PORTS or not _is_host(host):
        return None
    if parts.scheme == "http" and not _is_loopback(host):
        return None
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + ("" if port in {None, _PORTS[parts.scheme]} else f":{port}")


def calls_nobody(base_url: str) -> bool:
    """Whether the address is the embedded Teli or on this machine, where no launch reaches a person."""
    return base_url == SANDBOX or _is_loopback(urlsplit(base_url).hostname or "")


def _is_host(host: str) -> bool:
    return bool(_HOST.fullmatch(host)) or _address(host) is not None


def _is_loopback(host: str) -> bool:
    address = _address(host)
    return host == "localhost" or (address is not None and address.is_loopback)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None

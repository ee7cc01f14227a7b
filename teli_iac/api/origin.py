"""Where the API is: the one scheme, host and port that the key is sent to, and the path it lies below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from teli_iac.errors import NotConfigured
from teli_iac.kinds.base_url import SANDBOX, calls_nobody, normal_base_url

_BASE_PATH = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*")
DEFAULT_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class ApiOrigin:
    """An API's address, normalised. `text` is what the ledger is bound to.

    `base_path` is empty or begins with a slash and has none at its end, as in
    `https://partner.teli.ai/api/proxy`. For the embedded Teli, `text` is `sandbox:` and the rest is
    loopback that nothing is ever sent to.
    """

    text: str
    scheme: str
    host: str
    port: int
    base_path: str

    @property
    def calls_nobody(self) -> bool:
        """Whether it is the embedded Teli or on this machine."""
        return calls_nobody(self.text)


def is_sandbox(base_url: str) -> bool:
    """Whether a base URL means the embedded Teli in this process."""
    return base_url == SANDBOX


def parse_origin(base_url: str) -> ApiOrigin:
    """Take a base URL apart: https anywhere, http on loopback only, `sandbox:`; a path may follow.

    Raises NotConfigured for everything else. The message does not repeat the URL: it may hold a password.
    """
    if is_sandbox(base_url):
        return ApiOrigin(SANDBOX, "http", "localhost", DEFAULT_PORTS["http"], "")
    authority, base_path = _split(base_url)
    normal = normal_base_url(authority)
    if normal is None or is_sandbox(normal) or not _BASE_PATH.fullmatch(base_path):
        raise NotConfigured(
            "The base URL is none that the key may be sent to.",
            "Set base_url or TELI_API_BASE_URL to https://HOST (a path may follow), to http://localhost:PORT,"
            " or to `sandbox:`; without user name, `?` and `#`.",
        )
    parts = urlsplit(normal)
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    return ApiOrigin(normal + base_path, parts.scheme, parts.hostname or "", port, base_path)


def _split(base_url: str) -> tuple[str, str]:
    scheme, separator, rest = base_url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{separator}{host}", (slash + path).rstrip("/")

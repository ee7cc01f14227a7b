"""Which objects of which store: `s3://bucket/prefix`, `gs://bucket/prefix`, `az://container/prefix`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from teli_iac.errors import NotConfigured

_WORDS: Mapping[str, frozenset[str]] = {
    "s3": frozenset({"region", "endpoint"}),
    "gs": frozenset({"endpoint"}),
    "az": frozenset({"account", "endpoint"}),
}
_BUCKET = re.compile(r"[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"(?!.*(^|/)\.{1,2}(/|$))([A-Za-z0-9!_.()-]+/)*")
_NAME = re.compile(r"[a-z0-9-]{1,63}")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Address:
    """A bucket or container, what the names of the ledger's objects begin with, and how to reach them.

    `prefix` ends in a slash. `options` hold no secret: credentials come from the environment.
    """

    scheme: str
    bucket: str
    prefix: str
    options: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.scheme}://{self.bucket}/{self.prefix}"

    @property
    def is_local(self) -> bool:
        """Whether the store is on this machine, where plain HTTP will do."""
        return urlsplit(self.options.get("endpoint", "")).hostname in _LOOPBACK


def parse_address(place: str, project: str) -> Address:
    """The address that a place names for the project of this name. Raises NotConfigured.

    Nothing of a place that cannot be read is shown: somebody may have put a secret into it.
    """
    try:
        parts = urlsplit(place)
        words = [word.split("=", 1) for word in parts.query.split("&")] if parts.query else []
        options = {name: unquote(value) for name, value in words}
    except ValueError:
        raise _unreadable() from None
    prefix = parts.path.removeprefix("/").rstrip("/")
    beginning = f"{prefix}/{project}/" if prefix else f"{project}/"
    fits = (
        _BUCKET.fullmatch(parts.netloc)
        and _PREFIX.fullmatch(beginning)
        and not parts.fragment
        and len(options) == len(words)
        and options.keys() <= _WORDS[parts.scheme]
        and all(_fits(name, value) for name, value in options.items())
    )
    if not fits:
        raise _unreadable()
    return Address(parts.scheme, parts.netloc, beginning, options)


def _fits(name: str, value: str) -> bool:
    if name != "endpoint":
        return _NAME.fullmatch(value) is not None
    try:
        parts = urlsplit(value)
        _ = parts.port  # reading it is what checks it
    except ValueError:
        return False
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    plain = not ("@" in parts.netloc or parts.query or parts.fragment) and value.isprintable()
    return bool(safe and plain and parts.hostname)


def _unreadable() -> NotConfigured:
    return NotConfigured(
        "The Project's `ledger` names no place in an object store.",
        "Write s3://bucket/prefix?region=REGION, gs://bucket/prefix or az://container/prefix?account=ACCOUNT;"
        " endpoint=https://HOST names another server than the provider's own. Credentials come from the"
        " environment.",
    )

"""Where a ledger can lie, as the Project's `ledger` writes it, taken apart."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from teli_iac.errors import NotConfigured

_LOCATING = frozenset({"host", "hostaddr", "port", "dbname", "account", "endpoint", "region"})
"""What may be told behind the question mark that says where a database or an object store is."""


def spoken_place(place: str) -> str:
    """The place as it may be shown and remembered: without user, password and settings of the connection."""
    scheme, found, rest = place.partition("://")
    if not found:
        return place
    bare, _, query = rest.partition("?")
    host, slash, path = bare.partition("/")
    kept = urlencode([pair for pair in parse_qsl(query) if pair[0] in _LOCATING], safe="/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}{'?' if kept else ''}{kept}"


def file_folder(place: str) -> Path:
    """The folder of `file:///absolute/folder`; NotConfigured for an address of anything else."""
    address = urlsplit(place)
    folder = unquote(address.path, errors="replace")
    plain = (
        not (address.netloc or address.query or address.fragment)
        and folder.isprintable()
        and "\ufffd" not in folder
    )
    if not (plain and folder.startswith("/") and folder.strip("/") and ".." not in folder.split("/")):
        raise NotConfigured(
            "The Project's `ledger` names no folder of this machine.",
            "Write file:// and an absolute path, without host, `..`, `?` or `#`: file:///var/lib/teli-iac/acme",
        )
    return Path(folder)

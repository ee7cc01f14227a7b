"""Where a ledger can lie, as the Project's `ledger` writes it, taken apart."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from teli_iac.errors import NotConfigured


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

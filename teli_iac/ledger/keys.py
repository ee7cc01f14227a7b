"""The key under which the ledger hashes people: from the environment, else from the user's own folder."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from teli_iac.errors import NotConfigured
from teli_iac.ledger.folder import appearing
from teli_iac.model import LedgerKey

VARIABLE = "TELI_LEDGER_KEY"
LEAST_CHARACTERS = 16
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def ledger_key(environment: Mapping[str, str], config_folder: Path, *, create: bool) -> LedgerKey | None:
    """The key of TELI_LEDGER_KEY, else of `<config_folder>/teli-iac/ledger.key`, else None.

    With `create` the file is made when there is none. The file holds text: given as TELI_LEDGER_KEY
    elsewhere, it is the same key. NotConfigured when a key is too short, or others can read the file.
    """
    given = environment.get(VARIABLE)
    if given is not None:
        return _derive(given, VARIABLE)
    path = config_folder / "teli-iac" / "ledger.key"
    try:
        if create and not path.exists():
            _make_key_file(path)
        return _derive(_read_private(path), str(path)) if path.exists() else None
    except (OSError, UnicodeDecodeError) as error:
        raise NotConfigured(
            f"The ledger's key file {path} cannot be used: {_reason(error)}.",
            f"Make the file and its folder yours, or set {VARIABLE}.",
        ) from error


def _derive(text: str, source: str) -> LedgerKey:
    # Surrounding white space does not count, for a secret store may add a line break to what it was given.
    secret = text.strip()
    if len(secret) < LEAST_CHARACTERS:
        raise NotConfigured(
            f"The ledger's key in {source} has {len(secret)} characters; it needs {LEAST_CHARACTERS}.",
            "Set it to the long random text that the ledger was made with. For a new ledger, make one with:"
            " openssl rand -base64 32",
        )
    return LedgerKey(hashlib.blake2b(secret.encode(), digest_size=32, person=b"teli-ledger-key").digest())


def _make_key_file(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # When another process makes the file first, its key is the key.
    with suppress(FileExistsError), appearing(path) as fresh, fresh.open("w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _read_private(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        mode = os.fstat(file.fileno()).st_mode
        if os.name == "posix" and mode & _OTHERS:
            raise NotConfigured(
                f"The ledger's key file {path} can be read or written by other users of this machine.",
                f"Run: chmod 600 '{path}'",
            )
        return file.read()


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or "it cannot be read" if isinstance(error, OSError) else "it is not text"

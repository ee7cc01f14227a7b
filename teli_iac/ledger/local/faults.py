"""What SQLite and the file system say, translated into what a person can do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from teli_iac.errors import LedgerDamaged, LedgerError
from teli_iac.ledger.rules import torn

_NOT_WRITABLE = (
    "cannot be opened or written by you",
    "Make {folder} and what is in it yours: chmod -R u+rwX",
)
_FAILED_DISK = (
    "could not be read or written: the disk refused",
    "See to the disk or its limits, then run it again.",
)

_BY_CODE = {
    sqlite3.SQLITE_FULL: (
        "could not be written: the disk is full",
        "Free some space and run the command again.",
    ),
    sqlite3.SQLITE_READONLY: _NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: _NOT_WRITABLE,
    sqlite3.SQLITE_PERM: _NOT_WRITABLE,
    sqlite3.SQLITE_AUTH: _NOT_WRITABLE,
    sqlite3.SQLITE_IOERR: _FAILED_DISK,
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise our errors where the body meets SQLite's or the file system's. Nothing half is ever kept."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(path, getattr(error, "sqlite_errorcode", None)) from error
    except UnicodeDecodeError as error:  # the sqlite3 module raises it bare for a damaged name or message
        raise torn("it holds text that is none") from error
    except OSError as error:
        raise LedgerDamaged(
            f"The ledger {path} could not be read or written: {error.strerror}.",
            f"See to {path.parent} and run the command again.",
        ) from error


def busy(path: Path) -> LedgerError:
    """Another process does not let go of the file."""
    return LedgerError(
        f"The ledger {path} stays in use by another process.",
        "End the process that has it open, then run the command again.",
    )


def _explain(path: Path, code: int | None) -> LedgerError:
    primary = None if code is None else code & 0xFF  # the upper bits say only which call it was
    if primary in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return busy(path)
    if primary not in _BY_CODE:
        return torn("SQLite cannot read the file")
    what, next_step = _BY_CODE[primary]
    return LedgerDamaged(f"The ledger {path} {what}.", next_step.format(folder=path.parent))

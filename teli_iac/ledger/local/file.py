"""Opening the SQLite file: one transaction, one connection, nothing left behind.

Rollback journal (DELETE) with synchronous=EXTRA: when a write returns it is on the disk, and so is the
removal of the journal that could undo it, which FULL alone leaves to chance. WAL is faster, but leaves
files beside the ledger and cannot be read in a folder that cannot be written; here, between two writes,
the ledger is one file.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from teli_iac.ledger.local.faults import busy

_PATIENCE = 30.0  # seconds to wait for another process's transaction, which takes milliseconds
_ATTEMPTS = 5


@contextmanager
def write_transaction(path: Path) -> Iterator[sqlite3.Connection]:
    """All of the body or nothing, durably; other writers wait. The file must be there."""
    with _connected(f"{path.as_uri()}?mode=rw") as connection:
        for setting in ("journal_mode = DELETE", "synchronous = EXTRA", "fullfsync = ON"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")  # when the body raises, closing undoes all of it


@contextmanager
def read_transaction(path: Path) -> Iterator[sqlite3.Connection]:
    """One moment of the file. Writes nothing, not even to undo what a dead writer left half-done."""
    with ExitStack() as stack:
        for _ in range(_ATTEMPTS):
            try:
                connection = stack.enter_context(_snapshot(f"{path.as_uri()}?mode=ro"))
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
                    raise
            else:
                yield connection
                return
            copy = stack.enter_context(_copied_with_journal(path))
            if copy is not None:
                yield stack.enter_context(_snapshot(f"{copy.as_uri()}?mode=rw"))
                return
        raise busy(path)


@contextmanager
def in_memory(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A copy that may be changed while the file stays as it is."""
    with _connected(":memory:") as memory:
        connection.backup(memory)
        yield memory


@contextmanager
def _connected(address: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(address, uri=True, isolation_level=None, timeout=_PATIENCE)) as connection:
        yield connection


@contextmanager
def _snapshot(address: str) -> Iterator[sqlite3.Connection]:
    with _connected(address) as connection:
        connection.execute("BEGIN")
        connection.execute("PRAGMA schema_version").fetchone()  # the first read takes the lock
        yield connection


@contextmanager
def _copied_with_journal(path: Path) -> Iterator[Path | None]:
    """A private copy of file and journal, or None when somebody else undid the journal meanwhile."""
    journal = path.with_name(f"{path.name}-journal")
    with TemporaryDirectory(prefix="teli-iac-") as folder:
        copy = Path(folder) / path.name
        try:
            before = _identity(journal)
            shutil.copyfile(journal, copy.with_name(journal.name))
            shutil.copyfile(path, copy)
            # An undoing process repeats what the copied journal says and then deletes it: while it is
            # there unchanged, file and journal belong together however far that process has come.
            same = _identity(journal) == before
        except FileNotFoundError:
            same = False
        yield copy if same else None


def _identity(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns

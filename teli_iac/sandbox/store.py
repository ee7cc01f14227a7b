"""The embedded Teli's memory: one SQLite file, or memory alone.

Several threads and processes may use one file at once: a connection lasts for one transaction, writers
wait for each other. Only this module knows SQLite; the others are handed a `Connection`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import TypeAlias
from weakref import finalize

from teli_iac.errors import SandboxUnusable
from teli_iac.sandbox.times import utc_now

Connection: TypeAlias = sqlite3.Connection

_SCHEMA_VERSION = 1
_APPLICATION = int.from_bytes(b"Teli")
_OURS = (_APPLICATION, _SCHEMA_VERSION)
_WAIT_SECONDS = 30

_SCHEMA = (
    "CREATE TABLE clock (ahead_microseconds INTEGER NOT NULL)",
    "INSERT INTO clock VALUES (0)",
    # `visible` is 0 once deleted over the API; calls that were queued by then still go out (see __init__).
    """CREATE TABLE campaigns (
        key INTEGER PRIMARY KEY AUTOINCREMENT, campaign_id TEXT NOT NULL, visible INTEGER NOT NULL DEFAULT 1,
        organization_id TEXT NOT NULL, tenant_id TEXT NOT NULL, user_id TEXT NOT NULL,
        voice_agent_id TEXT NOT NULL, retry_limit INTEGER NOT NULL, call_interval_days INTEGER NOT NULL,
        begins TEXT NOT NULL, ends TEXT NOT NULL, status TEXT NOT NULL, contacts_count INTEGER NOT NULL)""",
    "CREATE UNIQUE INDEX one_visible_campaign ON campaigns (campaign_id) WHERE visible",
    """CREATE TABLE contacts (
        id INTEGER PRIMARY KEY, campaign_key INTEGER NOT NULL, phone_number TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0, outcome TEXT, called_at TEXT,
        due TEXT NOT NULL DEFAULT '', done INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX contacts_of_campaign ON contacts (campaign_key, done)",
    """CREATE TABLE dial_log (
        id INTEGER PRIMARY KEY, phone_number TEXT NOT NULL, campaign_id TEXT NOT NULL,
        at TEXT NOT NULL, outcome TEXT NOT NULL, attempt INTEGER NOT NULL)""",
    """CREATE TABLE request_log (
        id INTEGER PRIMARY KEY, method TEXT NOT NULL, path TEXT NOT NULL, at TEXT NOT NULL)""",
    f"PRAGMA application_id = {_APPLICATION}",
    f"PRAGMA user_version = {_SCHEMA_VERSION}",
)


class Store:
    """One embedded Teli's memory: the file at `path`, or, when that is None, memory shared by all threads.

    The file is made by the first write; reading a file that is not there shows an empty service and
    leaves no trace. `wall_clock` is the clock that the sandbox's own clock runs ahead of.
    """

    def __init__(self, path: Path | None = None, wall_clock: Callable[[], datetime] = utc_now) -> None:
        self.path = path
        self.wall_clock = wall_clock
        self._lock = RLock()
        self._memory = self._connect_memory() if path is None else None

    def exists(self) -> bool:
        """Whether there is anything to read."""
        return self.path is None or self.path.exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the store. Raises SandboxUnusable."""
        with self._translated(), self._connected() as connection, _transaction(connection, "DEFERRED"):
            if not self._is_blank(connection):
                yield connection
                return
        with _empty_service() as blank:
            yield blank

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes all happen or none, and one writer at a time. Raises SandboxUnusable."""
        with self._translated():
            self._make_file()
            with self._connected() as connection, _transaction(connection, "IMMEDIATE"):
                if self._is_blank(connection):
                    _create_tables(connection)
                yield connection

    def check(self) -> None:
        """Raises SandboxUnusable when what is there cannot be read or is not ours."""
        with self.reading():
            pass

    def erase(self) -> None:
        """Forget everything, the logs and the moved clock included."""
        with self._translated():
            if self.path is None:
                self._memory = self._connect_memory()
                return
            # The journal first: left alone beside a new file it would be played back into it.
            Path(f"{self.path}-journal").unlink(missing_ok=True)
            self.path.unlink(missing_ok=True)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        if self._memory is not None:
            with self._lock:
                yield self._memory
            return
        with closing(_connect(str(self.path) if self.exists() else ":memory:")) as connection:
            yield connection

    def _connect_memory(self) -> Connection:
        """Memory that is given back with this store, which nobody closes."""
        connection = _connect(":memory:")
        finalize(self, connection.close)
        return connection

    def _make_file(self) -> None:
        if self.path is None or self.path.exists():
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch(mode=0o600)

    def _is_blank(self, connection: Connection) -> bool:
        """Whether nothing was ever written to it. Raises SandboxUnusable when somebody else wrote it."""
        written_by = _written_by(connection)
        if written_by is not None and written_by != _OURS:
            raise SandboxUnusable(
                f"{self.path} was not written by this release's sandbox",
                "Run `teli-iac sandbox reset` to start an empty one.",
            )
        return written_by is None

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as fault:
            raise SandboxUnusable(
                f"the sandbox's file {self.path} cannot be used: {_in_words(fault)}",
                "Check that it is writable, or run `teli-iac sandbox reset` to start an empty one.",
            ) from fault


_WORDS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "you may not write it",
    sqlite3.SQLITE_CANTOPEN: "you may not open it or write in its folder",
    sqlite3.SQLITE_IOERR: "the disk refused",
    sqlite3.SQLITE_BUSY: "another process does not let go of it",
    sqlite3.SQLITE_LOCKED: "another process does not let go of it",
}


def _in_words(fault: sqlite3.DatabaseError | OSError) -> str:
    if isinstance(fault, OSError):
        return (fault.strerror or "the operating system refused").lower()
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF  # the upper bits say only which call it was
    return _WORDS.get(code, "it is damaged, or was not written by the sandbox")


def open_store(place: Path | Store | None) -> Store:
    """The store at a path, in memory for None; a store is itself."""
    return place if isinstance(place, Store) else Store(place)


def reset(store: Path | Store) -> None:
    """Forget every campaign, call and request, and set the clock to the machine's."""
    open_store(store).erase()


def _connect(place: str) -> Connection:
    connection = sqlite3.connect(place, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        # A simulated service need not survive a power cut, only a killed process; without fsync it is quick.
        connection.execute("PRAGMA synchronous = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _transaction(connection: Connection, kind: str) -> Iterator[None]:
    connection.execute(f"BEGIN {kind}")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.execute("COMMIT")


@contextmanager
def _empty_service() -> Iterator[Connection]:
    with closing(_connect(":memory:")) as connection:
        _create_tables(connection)
        yield connection


def _create_tables(connection: Connection) -> None:
    for statement in _SCHEMA:
        connection.execute(statement)


def _written_by(connection: Connection) -> tuple[int, int] | None:
    """The application and schema version that a file names, or None for an empty one."""
    (objects,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not objects:
        return None
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version

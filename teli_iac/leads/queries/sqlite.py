"""SQLite: a file below the project folder, opened so that nothing can be written and nothing else read."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from urllib.parse import quote

from teli_iac.leads.faults import Unreadable
from teli_iac.leads.queries.faults import no_list, refused, took_too_long, unreachable
from teli_iac.leads.queries.paths import file_below
from teli_iac.leads.queries.protocol import Answer, Surroundings, Undecodable
from teli_iac.model import Connection

_ROWS_AT_ONCE = 5000
_STEPS_BETWEEN_LOOKS = 100_000
_READING = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
_UNUSABLE = frozenset({"SQLITE_CANTOPEN", "SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_BUSY", "SQLITE_IOERR"})
_UNKNOWN = re.compile(r"no such (?:table|column|function): [A-Za-z_][\w.]{0,60}\Z", re.ASCII)
"""Messages of SQLite that hold a name from the query and nothing else."""

_WRITES = "it does more than read: one SELECT may be asked, and no other file"


@contextmanager
def ask(connection: Connection, text: str, around: Surroundings) -> Iterator[Answer]:
    """The answer as of one moment; see `protocol.Ask`."""
    path = file_below(around.folder, connection)
    with _explained(connection):
        database = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
    with closing(database), _explained(connection):
        database.text_factory = _decoded
        database.set_authorizer(_may_read)
        until = time.monotonic() + connection.timeout.total_seconds()
        database.set_progress_handler(lambda: time.monotonic() > until, _STEPS_BETWEEN_LOOKS)
        cursor = database.execute(text)
        if cursor.description is None:
            raise no_list("The query gives no columns")
        columns = tuple(name for name, *_ in cursor.description)
        yield Answer(columns, _batches(connection, cursor))


def _batches(connection: Connection, cursor: sqlite3.Cursor) -> Iterator[Sequence[Sequence[object]]]:
    with _explained(connection):
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield rows


def _may_read(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY


def _decoded(data: bytes) -> object:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return Undecodable()


@contextmanager
def _explained(connection: Connection) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(connection, error) from None  # the cause may quote somebody


def _explain(connection: Connection, error: sqlite3.Error) -> Unreadable:
    name = getattr(error, "sqlite_errorname", None)
    if name is None:
        return refused(connection, "it is more than one statement, or has parameters")
    if name == "SQLITE_INTERRUPT":
        return took_too_long(connection)
    if name in {"SQLITE_AUTH", "SQLITE_READONLY"}:
        return refused(connection, f"{_WRITES} ({name})")
    if name.startswith(tuple(_UNUSABLE)):
        return unreachable(connection, f"SQLite says {name}")
    told = str(error)
    return refused(connection, f"{told} ({name})" if _UNKNOWN.match(told) else f"SQLite says {name}")

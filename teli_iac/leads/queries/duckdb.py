"""DuckDB over Parquet in a folder or a bucket: each file, and each folder of files, is a table by its name.

The engine sees those tables and nothing else: no path, no network, no extension, no variable of Python and
no way to spill people to a disk. That a text is one SELECT is told by DuckDB's own parser.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

from teli_iac.leads.faults import Unreadable
from teli_iac.leads.queries.buckets import open_bucket
from teli_iac.leads.queries.faults import not_installed, refused, took_too_long, unreachable
from teli_iac.leads.queries.paths import path_below
from teli_iac.leads.queries.protocol import Answer, Surroundings
from teli_iac.model import Connection

if TYPE_CHECKING:
    import duckdb

_ROWS_AT_ONCE = 5000
_PARQUET = ".parquet"
_UNKNOWN = re.compile(r"(?:Table|Function) with name ([A-Za-z_]\w{0,60}) does not exist", re.ASCII)
"""A message of DuckDB's, of which the name comes from the query."""

_BEHIND_THE_DOOR = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET allow_persistent_secrets = false",
    "SET python_enable_replacements = false",
    "SET temp_directory = ''",
)
_SHUT = ("SET enable_external_access = false", "SET lock_configuration = true")


@contextmanager
def ask(connection: Connection, text: str, around: Surroundings) -> Iterator[Answer]:
    """The answer of the files as they are while it is read; see `protocol.Ask`."""
    try:
        import duckdb  # noqa: PLC0415  an extra, and slow to import: paid for only by who uses it
    except ImportError:
        raise not_installed(connection, "duckdb", "duckdb") from None
    with closing(duckdb.connect(":memory:")) as database, _explained(connection):
        if "bucket" in connection.settings:
            filesystem, objects = open_bucket(connection)
            database.register_filesystem(filesystem)
            _shut_in(connection, database, connection.settings["bucket"].rstrip("/"), objects)
        else:
            folder = path_below(around.folder, connection, connection.settings["folder"])
            _shut_in(connection, database, str(folder), _tables(connection, folder))
        with _in_time(connection, database):
            database.execute(_one_select(connection, database, text))
            columns = tuple(str(name) for name, *_ in database.description or ())
            yield Answer(columns, _batches(connection, database))


def _batches(
    connection: Connection, database: duckdb.DuckDBPyConnection
) -> Iterator[Sequence[Sequence[object]]]:
    with _explained(connection):
        while rows := database.fetchmany(_ROWS_AT_ONCE):
            yield rows


def _tables(connection: Connection, folder: Path) -> Mapping[str, Sequence[str]]:
    """What is read for each table. Raises Unreadable for a link that leads out, as for a file's path."""
    if not folder.is_dir():
        raise unreachable(connection, f"there is no folder {connection.settings['folder']}")
    for path, folders, files in os.walk(folder):
        for name in (*folders, *files):
            entry = Path(path, name)
            if entry.is_symlink() and not entry.resolve().is_relative_to(folder):
                raise unreachable(connection, "a link in its folder leads out of it")
    tables: dict[str, Sequence[str]] = {}
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or not (entry.is_dir() or entry.suffix == _PARQUET):
            continue
        name, pattern = (entry.name, "/**/*.parquet") if entry.is_dir() else (entry.stem, "")
        if name in tables:
            raise unreachable(connection, "its folder has a file and a folder for one table")
        if not pattern or any(entry.glob("**/*.parquet")):
            tables[name] = [f"{entry}{pattern}"]
    return tables


def _shut_in(
    connection: Connection,
    database: duckdb.DuckDBPyConnection,
    within: str,
    tables: Mapping[str, Sequence[str]],
) -> None:
    import duckdb  # noqa: PLC0415  imported before

    for statement in _BEHIND_THE_DOOR:
        database.execute(statement)
    for name, files in tables.items():
        view = name.replace('"', '""')
        listed = ", ".join(map(_text, files))
        try:
            database.execute(f'CREATE VIEW "{view}" AS SELECT * FROM read_parquet([{listed}])')  # noqa: S608  quoted
        except duckdb.Error:
            raise unreachable(connection, f"{name} cannot be read, or is no Parquet file") from None
    database.execute(f"SET allowed_directories = [{_text(f'{within}/')}]")
    for statement in _SHUT:
        database.execute(statement)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _one_select(connection: Connection, database: duckdb.DuckDBPyConnection, text: str) -> duckdb.Statement:
    import duckdb  # noqa: PLC0415  imported before

    statements = database.extract_statements(text)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise refused(connection, "it is not one SELECT", "Ask by one SELECT.")
    return statements[0]


@contextmanager
def _in_time(connection: Connection, database: duckdb.DuckDBPyConnection) -> Iterator[None]:
    timer = Timer(connection.timeout.total_seconds(), database.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def _explained(connection: Connection) -> Iterator[None]:
    import duckdb  # noqa: PLC0415  imported before

    try:
        yield
    except duckdb.Error as error:
        raise _explain(connection, error) from None  # the cause may quote somebody
    except UnicodeDecodeError:
        raise refused(connection, "a text in its files is not UTF-8") from None


def _explain(connection: Connection, error: duckdb.Error) -> Unreadable:
    import duckdb  # noqa: PLC0415  imported before

    if isinstance(error, duckdb.InterruptException):
        return took_too_long(connection)
    if isinstance(error, duckdb.IOException):
        return unreachable(connection, "a file of its folder cannot be read, or is no Parquet file")
    known = _UNKNOWN.search(str(error))
    name = f": there is no {known[1]}" if known else ""
    return refused(connection, f"DuckDB says {type(error).__name__}{name}")

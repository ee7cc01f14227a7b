"""The layout of the SQLite file: its format number, its tables, and how an older one becomes today's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from teli_iac.ledger.rules import refuse_later_format, torn

FORMAT = 1
"""Kept in `user_version`, where every release can read it."""

Migration = Callable[[sqlite3.Connection], None]

MIGRATIONS: dict[int, Migration] = {}
"""By format: what turns it into the next one. A release reads every format before its own."""

_APPLICATION = int.from_bytes(b"TELI")

_TABLES = (
    "CREATE TABLE binding (origin TEXT, organization_id TEXT, tenant_id TEXT, project TEXT, key_check TEXT)",
    "CREATE TABLE head (version INTEGER NOT NULL, link BLOB NOT NULL)",
    "CREATE TABLE lease (token INTEGER NOT NULL, holder TEXT NOT NULL, expires TEXT NOT NULL)",
    "CREATE TABLE events (sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, event TEXT NOT NULL, link BLOB)",
    "CREATE TABLE people (ref TEXT PRIMARY KEY, records BLOB NOT NULL)",
)


def lay_out(connection: sqlite3.Connection) -> None:
    """Make the tables of today's format in an empty file."""
    for table in _TABLES:
        connection.execute(table)
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")


def found_format(connection: sqlite3.Connection) -> int:
    """The format of this file; LedgerDamaged when it is no ledger, or one of a later release."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != _APPLICATION:
        raise torn("it is empty, or another program's file")
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    refuse_later_format(found, FORMAT)
    return int(found)


def migrate(connection: sqlite3.Connection, migrations: Mapping[int, Migration]) -> None:
    """Bring the file to today's format, step by step."""
    for step in range(found_format(connection), FORMAT):
        if step not in migrations:
            raise torn(f"its format {step} was never released")
        migrations[step](connection)
        connection.execute(f"PRAGMA user_version = {step + 1}")

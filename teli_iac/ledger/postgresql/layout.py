"""The schema `teli_iac_ledger`: its format number and its tables, shared by the projects of a database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from teli_iac.ledger.rules import refuse_later_format, torn

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.rows import TupleRow

FORMAT = 1
"""Kept in the table `format`, where every release can read it; one for all projects of a database."""

Migration = Callable[["Connection[TupleRow]"], None]

MIGRATIONS: dict[int, Migration] = {}
"""By format: what turns it into the next one. A release reads every format before its own."""

_TABLES = b"""
SET LOCAL search_path TO teli_iac_ledger;
CREATE TABLE format (version integer NOT NULL);
CREATE TABLE binding (
  ledger text PRIMARY KEY, origin text NOT NULL, organization_id text NOT NULL, tenant_id text NOT NULL,
  project text NOT NULL, key_check text NOT NULL
);
CREATE TABLE head (ledger text PRIMARY KEY REFERENCES binding, version bigint NOT NULL, link bytea NOT NULL);
CREATE TABLE lease (
  ledger text PRIMARY KEY REFERENCES binding, token bigint NOT NULL, holder text NOT NULL,
  expires text NOT NULL
);
CREATE TABLE events (
  ledger text REFERENCES binding, sequence bigint, at text NOT NULL, event text NOT NULL,
  link bytea NOT NULL, PRIMARY KEY (ledger, sequence)
);
CREATE TABLE people (
  ledger text REFERENCES binding, ref text, records bytea NOT NULL, PRIMARY KEY (ledger, ref)
);
"""


def found_format(connection: Connection[TupleRow]) -> int | None:
    """The format of our tables, None where there are none; LedgerDamaged for one of a later release."""
    if not _one(connection, "SELECT to_regclass('teli_iac_ledger.format') IS NOT NULL"):
        return None
    formats = connection.execute("SELECT version FROM teli_iac_ledger.format").fetchall()
    if len(formats) != 1:
        raise torn(f"its table format has {len(formats)} rows")
    ((found,),) = formats
    refuse_later_format(found, FORMAT)
    return int(found)


def migrate(connection: Connection[TupleRow], migrations: Mapping[int, Migration]) -> None:
    """Bring the tables to today's format, step by step."""
    for step in range(found_format(connection) or 0, FORMAT):
        if step not in migrations:
            raise torn(f"its format {step} was never released")
        migrations[step](connection)
        connection.execute("UPDATE teli_iac_ledger.format SET version = %s", (step + 1,))


def lay_out(connection: Connection[TupleRow]) -> None:
    """Make the tables of today's format, in a schema that somebody may have made for us."""
    if not _one(connection, "SELECT to_regnamespace('teli_iac_ledger') IS NOT NULL"):
        connection.execute("CREATE SCHEMA teli_iac_ledger")
    connection.execute(_TABLES)
    connection.execute("INSERT INTO teli_iac_ledger.format VALUES (%s)", (FORMAT,))


def _one(connection: Connection[TupleRow], question: str) -> bool:
    row = connection.execute(question.encode()).fetchone()
    return row is not None and bool(row[0])

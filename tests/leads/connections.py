"""A real database of every kind, filled with a table of people, as a Project would declare it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl

from teli_iac.errors import Problem
from teli_iac.leads import Databases, Surroundings, Ways, load_leads
from teli_iac.leads.ways import USUAL_WAYS
from teli_iac.model import Connection, ConnectionKind, Leads, Mark, Query
from tests.leads import spark_server
from tests.leads.reading import declared
from tests.ledger import postgresql

Rows = Sequence[Sequence[object]]
QUERY_MARK = Mark("campaign.yaml", 7, 14)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Site:
    """A database with people in it. `execute` changes it as its owner would."""

    connection: Connection
    environment: Mapping[str, str]
    folder: Path
    execute: Callable[[str], None]

    @property
    def databases(self) -> Databases:
        around = Surroundings(str(self.folder), self.environment)
        return Databases({"crm": self.connection}, around)

    def own(self, query: str) -> str:
        """The query as the database wants it."""
        return query

    def ask(
        self, query: str, ways: Ways = USUAL_WAYS, **options: Any
    ) -> tuple[Leads | None, tuple[Problem, ...]]:
        """The people of one campaign whose leads are this query, or None, and every problem."""
        reference = declared(query=Query(self.own(query), "crm", QUERY_MARK), **options)
        leads, problems = load_leads([reference], str(self.folder), ways, databases=self.databases)
        return leads.get("fall-renewals"), problems

    def told(self, query: str, **options: Any) -> list[str]:
        """All that is wrong with a query or its rows."""
        found, problems = self.ask(query, **options)
        rows = found.refused.described if found is not None else ()
        return [*map(str, problems), *map(str, rows)]


def sqlite_site(folder: Path, columns: Sequence[str], rows: Rows) -> Site:
    file = folder / "crm.db"

    def execute(statement: str) -> None:
        with closing(sqlite3.connect(file, isolation_level=None)) as database:
            database.execute(statement)

    with closing(sqlite3.connect(file)) as database:
        database.execute(f"CREATE TABLE people ({', '.join(columns)})")
        marks = ", ".join("?" * len(columns))
        database.executemany(f"INSERT INTO people VALUES ({marks})", rows)  # noqa: S608  a table of ours
        database.commit()
    connection = Connection("crm", ConnectionKind.SQLITE, {"file": "crm.db"}, HOUR)
    return Site(connection, {}, folder, execute)


def postgresql_site(folder: Path, columns: Sequence[str], rows: Rows) -> Site:
    place = postgresql.fresh_place(postgresql.server())

    def execute(statement: str) -> None:
        with postgresql.connected(place) as database:
            database.execute(statement.encode())

    execute(f"CREATE TABLE people ({', '.join(f'{column} text' for column in columns)})")
    with postgresql.connected(place) as database:
        marks = ", ".join(["%s"] * len(columns))
        insert = f"INSERT INTO people VALUES ({marks})"  # noqa: S608  a table of ours
        database.cursor().executemany(insert.encode(), rows)
    connection = Connection("crm", ConnectionKind.POSTGRESQL, {"url": place}, HOUR)
    return Site(connection, {}, folder, execute)


def sqlalchemy_site(folder: Path, columns: Sequence[str], rows: Rows) -> Site:
    """Over the dialect of PostgreSQL, the one that has a real server here."""
    site = postgresql_site(folder, columns, rows)
    url = site.connection.settings["url"].replace("postgresql://", "postgresql+psycopg://")
    return replace(site, connection=Connection("crm", ConnectionKind.SQLALCHEMY, {"url": url}, HOUR))


def duckdb_site(folder: Path, columns: Sequence[str], rows: Rows) -> Site:
    file = folder / "exports" / "people.parquet"
    file.parent.mkdir()

    def write(table: pl.DataFrame) -> None:
        table.write_parquet(file)

    def execute(statement: str) -> None:
        """Only what a file can be: written anew."""
        keep = statement.replace("DELETE FROM people WHERE", "SELECT * FROM people WHERE NOT")
        write(pl.read_parquet(file).sql(keep, table_name="people"))

    write(pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row"))
    connection = Connection("crm", ConnectionKind.DUCKDB, {"folder": "exports"}, HOUR)
    return Site(connection, {}, folder, execute)


class SparkSite(Site):
    """`people` is a view in a schema of its own, since all sites share one server."""

    def own(self, query: str) -> str:
        """The table of this site, in the words of Spark."""
        own = re.sub(r"\bpeople\b", f"{spark_server.schema_of(self.folder)}.people", query)
        return own.replace("double precision", "double")


def spark_site(folder: Path, columns: Sequence[str], rows: Rows) -> Site:
    connection = Connection("crm", ConnectionKind.SPARK, {"remote": spark_server.address()}, HOUR)
    schema = spark_server.schema_of(folder)

    def execute(statement: str) -> None:
        """Only what a view can be: declared anew."""
        keep = statement.replace("DELETE FROM people WHERE", f"SELECT * FROM {schema}.given WHERE NOT")  # noqa: S608  ours
        spark_server.run(f"CREATE OR REPLACE VIEW {schema}.people AS {keep}")

    spark_server.run(f"CREATE SCHEMA {schema}")
    spark_server.write(f"{schema}.given", columns, rows)
    execute("DELETE FROM people WHERE false")
    return SparkSite(connection, {}, folder, execute)


SITES: Mapping[ConnectionKind, Callable[[Path, Sequence[str], Rows], Site]] = {
    ConnectionKind.SQLITE: sqlite_site,
    ConnectionKind.POSTGRESQL: postgresql_site,
    ConnectionKind.DUCKDB: duckdb_site,
    ConnectionKind.SQLALCHEMY: sqlalchemy_site,
    ConnectionKind.SPARK: spark_site,
}

PHONE = re.compile(r"\d{7}")
"""What no message may hold."""

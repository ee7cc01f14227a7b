"""DuckDB over Parquet: the tables of a folder, and nothing beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from tests.leads.connections import Site, duckdb_site

ADA = ("+14155550101", "Ada")
COLUMNS = ("phone_number", "first_name")
PEOPLE = "SELECT phone_number, first_name FROM people"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return duckdb_site(tmp_path, COLUMNS, [ADA])


def test_a_folder_of_files_is_one_table_with_the_columns_of_its_partitions(site: Site) -> None:
    for day, number in (("2026-12-01", "+14155550101"), ("2026-12-02", "+14155550102")):
        folder = site.folder / "exports" / "due people" / f"day={day}"
        folder.mkdir(parents=True)
        pl.DataFrame({"phone_number": [number]}).write_parquet(folder / "part-0.parquet")
    found, problems = site.ask("""SELECT phone_number FROM "due people" WHERE day = '2026-12-02'""")
    assert found is not None, problems
    assert [lead.phone_number for lead in found] == ["+14155550102"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('{folder}/outside.csv')",
        "SELECT * FROM '{folder}/outside.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM read_parquet('https://db.example/people.parquet')",
        "SELECT * FROM site",
        "COPY people TO '{folder}/exports/copy.csv'",
        "ATTACH '{folder}/exports/other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET lock_configuration = false",
        "SET enable_external_access = true",
    ],
)
def test_a_query_reaches_nothing_but_its_tables(query: str, site: Site) -> None:
    (site.folder / "outside.csv").write_text("phone_number\n+14155550109\n")
    before = sorted(site.folder.rglob("*"))
    (told,) = site.told(query.format(folder=site.folder))
    assert "TELI-E117" in told
    assert sorted(site.folder.rglob("*")) == before


def test_a_link_that_leads_out_of_the_folder_is_not_followed(site: Site) -> None:
    pl.DataFrame({"phone_number": ["+14155550109"]}).write_parquet(site.folder / "outside.parquet")
    (site.folder / "exports" / "more.parquet").symlink_to(site.folder / "outside.parquet")
    (told,) = site.told(PEOPLE)
    assert told.endswith("TELI-E116 The connection crm cannot be used: a link in its folder leads out of it")


@pytest.mark.parametrize("folder", ["../elsewhere", "/etc", "nowhere", "exports/people.parquet"])
def test_only_a_folder_of_the_project_is_opened(folder: str, site: Site) -> None:
    moved = replace(site, connection=replace(site.connection, settings={"folder": folder}))
    (told,) = moved.told(PEOPLE)
    assert "TELI-E116" in told


def test_a_file_that_is_no_parquet_is_told_without_its_content(site: Site) -> None:
    (site.folder / "exports" / "people.parquet").write_text("phone_number\n+14155550101\n")
    (told,) = site.told(PEOPLE)
    assert "TELI-E116" in told
    assert "5550101" not in told


def test_a_value_that_cannot_be_cast_is_not_repeated(site: Site) -> None:
    (told,) = site.told(f"{PEOPLE} WHERE CAST(first_name AS DATE) IS NOT NULL")
    assert told == "campaign.yaml:7:14: TELI-E117 crm refuses the query: DuckDB says ConversionException"


def test_a_query_that_takes_too_long_is_stopped(site: Site) -> None:
    hasty = replace(site, connection=replace(site.connection, timeout=timedelta(milliseconds=50)))
    (told,) = hasty.told(
        "SELECT max(a.range * b.range) AS phone_number FROM range(1000000) a, range(1000000) b"
    )
    assert "TELI-E118" in told


@pytest.mark.parametrize("value", ["DATE '2026-12-01'", "1.20::DECIMAL(5, 2)", "'Ada'::BLOB", "uuid()"])
def test_a_column_that_json_lacks_is_to_be_turned_into_text(value: str, site: Site) -> None:
    query = f"SELECT phone_number, {value} AS due FROM people"  # noqa: S608  ours
    _, (problem,) = site.ask(query, variables=("due",))
    assert problem.code == "TELI-E079"
    assert problem.next_step.startswith("Turn it into text")
    found, _ = site.ask(query.replace(value, "CAST(1.20 AS VARCHAR)"), variables=("due",))
    assert found is not None
    assert [dict(lead.fields) for lead in found] == [{"due": "1.20"}]

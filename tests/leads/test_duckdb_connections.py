"""DuckDB over Parquet: the tables of a folder, and nothing beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from tests.leads.connections import Site, duckdb_site
from tests.ledger import objects

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


@pytest.fixture
def bucket(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The same table in a real S3 server, beside one in folders and one that is outside."""
    import obstore  # noqa: PLC0415  an extra
    from obstore.store import S3Store  # noqa: PLC0415  the same

    at, prefix = objects.endpoint("s3"), objects.fresh_prefix()
    for name, value in (("ENDPOINT", at), ("ALLOW_HTTP", "true"), ("REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    store = S3Store(objects.BUCKET)
    table = (site.folder / "exports" / "people.parquet").read_bytes()
    for name in ("people", "due/day=2026-12-01/part-0", "due/day=2026-12-02/part-0"):
        obstore.put(store, f"{prefix}/{name}.parquet", table)
    obstore.put(store, f"{prefix}-outside/other.parquet", table)
    settings = {"bucket": f"s3://{objects.BUCKET}/{prefix}"}
    return replace(site, connection=replace(site.connection, settings=settings))


def test_people_in_a_bucket_are_those_in_a_folder(site: Site, bucket: Site) -> None:
    here, _ = site.ask(PEOPLE)
    there, problems = bucket.ask(PEOPLE)
    parts, _ = bucket.ask("SELECT phone_number, first_name FROM due WHERE day = DATE '2026-12-02'")
    assert here is not None
    assert there is not None, problems
    assert parts is not None
    assert here.fingerprint == there.fingerprint == parts.fingerprint


def test_a_query_reaches_nothing_beside_its_prefix(bucket: Site) -> None:
    other = f"{bucket.connection.settings['bucket']}-outside/other.parquet"
    (told,) = bucket.told(f"SELECT * FROM read_parquet('{other}')")  # noqa: S608  ours
    assert told.endswith("TELI-E117 crm refuses the query: DuckDB says PermissionException")


def test_a_bucket_without_parquet_is_told(bucket: Site) -> None:
    settings = {"bucket": f"{bucket.connection.settings['bucket']}/nothing"}
    empty = replace(bucket, connection=replace(bucket.connection, settings=settings))
    (told,) = empty.told(PEOPLE)
    assert "TELI-E116" in told

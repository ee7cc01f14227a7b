"""A real PostgreSQL that lets nobody in, stops what takes too long, and quotes nobody through us."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac.model import Connection, ConnectionKind
from tests.leads.connections import PHONE, Site, postgresql_site, sqlalchemy_site
from tests.ledger import postgresql

THREE = [("+14155550101", "Ada"), ("+14155550102", "Ben"), ("+14155550103", "Chloé")]
PASSWORD = {"password_from": "CRM_PASSWORD"}
UNSET = "TELI-E114 The connection crm takes a secret from CRM_PASSWORD, which is not set"
COLUMNS = ("phone_number", "first_name")
PEOPLE = "SELECT phone_number, first_name FROM people"
SECRET = "a secret / with @ signs"  # noqa: S105  of a server that is thrown away


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return postgresql_site(tmp_path, COLUMNS, THREE)


@pytest.fixture
def guarded(site: Site) -> Site:
    """The same for a user who needs a password, and may read the table and nothing else."""
    place = site.connection.settings["url"]
    rules = postgresql.server() / "data" / "pg_hba.conf"
    if "asker" not in rules.read_text():
        rules.write_text(f"local all asker scram-sha-256\n{rules.read_text()}")
        site.execute(f"CREATE USER asker PASSWORD '{SECRET}'")
    site.execute("SELECT pg_reload_conf()")
    site.execute("GRANT SELECT ON people TO asker")
    return answering(site, url=place.replace("postgres@", "asker@"), **PASSWORD)


def answering(site: Site, **settings: str) -> Site:
    return replace(site, connection=replace(site.connection, settings=settings))


def _nothing(_: str) -> None:
    """Nobody changes what is not there."""


def given(site: Site, **environment: str) -> Site:
    return replace(site, environment=environment)


def test_the_password_comes_from_the_environment(guarded: Site) -> None:
    found, problems = given(guarded, CRM_PASSWORD=SECRET).ask(PEOPLE)
    assert found is not None, problems
    assert len(found) == 3


def test_the_whole_address_may_come_from_the_environment(guarded: Site) -> None:
    escaped = "a%20secret%20%2F%20with%20%40%20signs"
    url = guarded.connection.settings["url"].replace("asker@", f"asker:{escaped}@")
    found, problems = given(answering(guarded, url_from="CRM_URL"), CRM_URL=url).ask(PEOPLE)
    assert found is not None, problems
    (told,) = given(answering(guarded, url_from="CRM_URL"), CRM_URL=url.replace("asker:a", "asker:b")).told(
        PEOPLE
    )
    assert "the server refuses the user or the password" in told
    assert "secret" not in told


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, UNSET),
        (
            {"CRM_PASSWORD": ""},
            "TELI-E114 The connection crm takes a secret from CRM_PASSWORD, which is not set",
        ),
        ({"CRM_PASSWORD": "hunter2"}, "TELI-E116 The connection crm cannot be used: the server refuses"),
    ],
)
def test_without_the_password_nobody_is_let_in(
    environment: Mapping[str, str], told: str, guarded: Site
) -> None:
    (said,) = given(guarded, **environment).told(PEOPLE)
    assert told in said
    assert "hunter2" not in said


def test_a_password_for_another_server_is_not_sent(guarded: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", SECRET)
    url = guarded.connection.settings["url"]
    (told,) = answering(guarded, url=url).told(PEOPLE)
    assert "TELI-E116" in told
    over = sqlalchemy_site(guarded.folder, COLUMNS, THREE).connection
    alike = replace(over, settings={"url": url.replace("postgresql:", "postgresql+psycopg:")})
    (told,) = replace(guarded, connection=alike).told(PEOPLE)
    assert "TELI-E116" in told


@pytest.fixture
def eavesdropper() -> Iterator[tuple[int, list[bytes]]]:
    """What stands where a database should be, and asks for the password in clear."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with server.accept()[0] as client:
                heard.append(client.recv(4096))
                client.sendall(b"R\x00\x00\x00\x08\x00\x00\x00\x03")
                heard.append(client.recv(4096))

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1], heard
        thread.join()


@pytest.mark.parametrize("kind", [ConnectionKind.POSTGRESQL, ConnectionKind.SQLALCHEMY])
def test_a_password_is_shown_to_no_server_that_asks_for_it_in_clear(
    kind: ConnectionKind, tmp_path: Path, eavesdropper: tuple[int, list[bytes]]
) -> None:
    port, heard = eavesdropper
    scheme = {ConnectionKind.POSTGRESQL: "postgresql"}.get(kind, "postgresql+psycopg")
    url = f"{scheme}://reader@127.0.0.1:{port}/crm?sslmode=disable&gssencmode=disable"
    connection = Connection("crm", kind, {"url": url, **PASSWORD}, timedelta(hours=1))
    (told,) = Site(connection, {"CRM_PASSWORD": SECRET}, tmp_path, _nothing).told(PEOPLE)
    assert "TELI-E116" in told
    assert b"reader" in heard[0]
    assert not any(SECRET.encode() in each for each in heard)


@pytest.mark.parametrize("word", ["passfile=/etc/passwd", "sslkey=teli.yaml", "service=crm", "options=-c"])
def test_an_address_in_a_manifest_opens_no_file(word: str, site: Site) -> None:
    (told,) = answering(site, url=f"postgresql://db.example/crm?{word}").told(PEOPLE)
    assert (
        f"TELI-E116 The connection crm cannot be used: {word.split('=', maxsplit=1)[0]} may not stand" in told
    )


def test_nobody_answers(site: Site) -> None:
    (told,) = answering(site, url="postgresql://reader@127.0.0.1:1/crm").told(PEOPLE)
    assert told.endswith("TELI-E116 The connection crm cannot be used: nobody answers at its address")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT phone FROM people", "42703 UndefinedColumn, at line 1, column 8 of the query"),
        ("SELECT *\n  FROM nobody", "42P01 UndefinedTable, at line 2, column 8 of the query"),
        ("SELECT phone_number FROM people WHERE first_name::date > now()", "22007 InvalidDatetimeFormat"),
        ("SELECT nextval('ids') AS phone_number", "25006 ReadOnlySqlTransaction"),
        ("SELECT 1; DROP TABLE people", "42601 SyntaxError"),
        ("DELETE FROM people", "42601 SyntaxError, at line 1, column 1 of the query"),
    ],
)
def test_what_the_database_says_is_told_by_its_code_and_place(query: str, told: str, site: Site) -> None:
    site.execute("CREATE SEQUENCE ids")
    (said,) = site.told(query)
    assert said == f"campaign.yaml:7:14: TELI-E117 crm refuses the query: {told}"


def test_a_table_that_may_not_be_read_is_refused(guarded: Site) -> None:
    guarded.execute("CREATE TABLE secrets (phone_number text)")
    _, (problem,) = given(guarded, CRM_PASSWORD=SECRET).ask("SELECT phone_number FROM secrets")
    assert "42501 InsufficientPrivilege" in problem.message
    assert problem.next_step == "Let the connection's user read the table."


def test_a_query_that_takes_too_long_is_stopped(site: Site) -> None:
    for connection in (site.connection, sqlalchemy_site(site.folder, COLUMNS, THREE).connection):
        hasty = replace(site, connection=replace(connection, timeout=timedelta(milliseconds=50)))
        (told,) = hasty.told("SELECT count(*)::text AS phone_number FROM generate_series(1, 1000000000)")
        assert "TELI-E118" in told


def test_a_fault_halfway_is_told_without_the_row(site: Site) -> None:
    rows = "SELECT '+1415555' || lpad((n % 100)::text, 4, '01') AS phone_number, 1 / (9000 - n) AS first_name"
    (told,) = site.told(f"{rows} FROM generate_series(1, 20000) n")
    assert "22012 DivisionByZero" in told
    assert not PHONE.search(told)


@pytest.mark.parametrize("value", ["now()", "DATE '2026-12-01'", "1.20::numeric", "'x'::bytea"])
def test_a_column_that_json_lacks_is_to_be_turned_into_text(value: str, site: Site) -> None:
    query = f"SELECT phone_number, {value} AS due FROM people"  # noqa: S608  ours
    _, (problem,) = site.ask(query, variables=("due",))
    assert problem.code == "TELI-E079"
    assert 'The column "due" has a type that JSON lacks' in problem.message


def test_lists_and_objects_go_as_json_has_them(site: Site) -> None:
    query = """SELECT phone_number, '{"b": [1, true]}'::jsonb AS more, ARRAY['x', 'y'] AS tags FROM people"""
    found, problems = site.ask(query, variables=("more", "tags"))
    assert found is not None, problems
    assert dict(next(iter(found)).fields) == {"more": {"b": [1, True]}, "tags": ["x", "y"]}


@pytest.mark.parametrize("url", ["sqlite:///crm.db", "duckdb:///x", "snowfake://db.example/crm", "nothing"])
def test_a_dialect_is_one_that_is_installed_and_no_file(url: str, tmp_path: Path) -> None:
    connection = Connection("crm", ConnectionKind.SQLALCHEMY, {"url": url}, timedelta(hours=1))
    (told,) = Site(connection, {}, tmp_path, _nothing).told(PEOPLE)
    assert "TELI-E116" in told
    assert not (tmp_path / "crm.db").exists()

"""What only the ledger in PostgreSQL must do: share a database, and tell nobody its password."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from teli_iac.errors import LedgerDamaged, LedgerError, LedgerMissing, NotConfigured
from teli_iac.ledger import open_ledger
from teli_iac.ledger.postgresql.address import parse_address
from teli_iac.ledger.postgresql.connection import write_transaction
from tests.ledger.postgresql import connected
from tests.ledger.sites import SITES, Site
from tests.ledger.worlds import ACCOUNT, KEY, MINUTE, NOON, history, intended, made, people, written


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return SITES["postgresql"](tmp_path)


def change(site: Site, *statements: str) -> None:
    with connected(site.place) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def test_the_projects_of_a_database_do_not_see_each_other(site: Site) -> None:
    ours = made(site.open())
    lease = written(ours, history())
    theirs = open_ledger(site.place, str(site.folder), "other")

    assert not theirs.exists()
    with pytest.raises(LedgerMissing):
        theirs.people([])
    theirs.create(replace(ACCOUNT, project="other"), KEY, NOON)
    assert theirs.acquire("bob", NOON, MINUTE).token == 1
    assert theirs.load(replace(ACCOUNT, project="other"), KEY).version == 0
    with pytest.raises(LedgerDamaged, match="is missing"):
        theirs.people([people().ref])
    assert ours.append((), (people(),), NOON, lease, len(history())) == len(history())


def test_a_ledger_of_a_later_format_asks_for_an_upgrade(site: Site) -> None:
    ledger = made(site.open())
    change(site, "UPDATE teli_iac_ledger.format SET version = 2")

    for use in (
        ledger.exists,
        lambda: ledger.load(ACCOUNT, KEY),
        lambda: ledger.acquire("ann", NOON, MINUTE),
    ):
        with pytest.raises(LedgerDamaged, match="format 2") as damaged:
            use()
        assert "upgrade" in damaged.value.next_step


def test_a_write_is_durable_even_where_the_database_is_told_to_be_quick(site: Site) -> None:
    change(site, "ALTER ROLE postgres SET synchronous_commit = off")

    with write_transaction(parse_address(site.place), "a lock") as connection:
        found = connection.execute("SHOW synchronous_commit").fetchone()

    change(site, "ALTER ROLE postgres RESET synchronous_commit")
    assert found == ("on",)


def test_a_user_who_may_not_make_the_schema_is_told_and_can_be_given_it(site: Site) -> None:
    change(site, "DROP ROLE IF EXISTS ann", "CREATE ROLE ann LOGIN")
    place = site.place.replace("postgres@", "ann@")
    ledger = open_ledger(place, str(site.folder), ACCOUNT.project)

    with pytest.raises(LedgerError, match="permission denied") as refused:
        made(ledger)
    assert "Let this user make the schema" in refused.value.next_step

    change(site, "CREATE SCHEMA teli_iac_ledger AUTHORIZATION ann")
    written(made(ledger), [intended()])
    assert ledger.load(ACCOUNT, KEY).version == 1
    change(site, "DROP OWNED BY ann", "DROP ROLE ann")


def test_a_database_that_is_not_there_is_named(site: Site) -> None:
    place = site.place.replace("fresh", "stale")

    with pytest.raises(LedgerError, match="does not exist") as refused:
        open_ledger(place, str(site.folder), ACCOUNT.project).exists()

    assert "has this database" in refused.value.next_step


def test_a_server_that_cannot_be_reached_is_named_without_its_password(tmp_path: Path) -> None:
    place = f"postgresql://ann:secret-word@/acme?host={tmp_path}"
    ledger = open_ledger(place, str(tmp_path), "acme")

    for use in (ledger.exists, lambda: made(ledger), lambda: ledger.load(ACCOUNT, KEY)):
        with pytest.raises(LedgerError, match=f"database 'acme' at {tmp_path}") as unreachable:
            use()
        assert "secret-word" not in f"{unreachable.value.message} {ledger!r}"


@pytest.mark.parametrize(
    "place",
    [
        "postgresql://bruno:secret/word@host/acme",
        "postgresql://bruno:12/secret@host/acme",
        "postgresql://bruno:secret@word@host/acme",
        "postgresql://bruno:secret%zz@host/acme",
        "postgresql://bruno:secret@host:port/acme",
        "postgresql://bruno@host/acme?password=secret&mode=x",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_without_showing_any_of_it(
    tmp_path: Path, place: str
) -> None:
    with pytest.raises(NotConfigured, match="cannot be read") as refused:
        open_ledger(place, str(tmp_path), "acme")

    shown = f"{refused.value.message} {refused.value.next_step}"
    assert "secret" not in shown
    assert "bruno" not in shown


def test_what_the_address_says_about_tls_and_hosts_is_kept() -> None:
    place = "postgresql://db1,db2/acme?sslmode=verify-full&sslrootcert=/ca.pem&target_session_attrs=any"

    address = parse_address(place)

    wanted = {"host": "db1,db2", "sslmode": "verify-full", "sslrootcert": "/ca.pem"}
    assert wanted.items() <= address.words.items()
    assert address.words["target_session_attrs"] == "any"
    assert parse_address("postgresql://db/acme").words["target_session_attrs"] == "primary"


def test_without_psycopg_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(NotConfigured, match="not installed") as refused:
        open_ledger("postgresql://db/acme", str(tmp_path), "acme")

    assert "teli-iac[postgresql]" in refused.value.next_step

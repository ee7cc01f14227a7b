"""Ledgers in git and PostgreSQL of older formats are read as they lie and brought forward; later ones not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from teli_iac.errors import LedgerDamaged
from teli_iac.ledger import Backend
from teli_iac.ledger.git import GitLedger
from teli_iac.ledger.postgresql import PostgresqlLedger
from teli_iac.model import Left
from tests.ledger import golden
from tests.ledger.postgresql import connected
from tests.ledger.repositories import REF, git, rewrite
from tests.ledger.sites import SITES, Site
from tests.ledger.worlds import ACCOUNT, KEY, MINUTE, NOON, made, people

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.rows import TupleRow


def _git_site(tmp_path: Path, files: Mapping[str, bytes | None]) -> Site:
    site = SITES["git"](tmp_path)
    made(site.open())
    rewrite(tmp_path / "remote.git", files)
    return site


def _postgresql_site(tmp_path: Path, *statements: str) -> Site:
    site = SITES["postgresql"](tmp_path)
    with connected(site.place) as connection:
        for statement in (golden.POSTGRESQL.read_text(), *statements):
            connection.execute(statement.encode())
    return site


def _reads_as_it_was_written(ledger: Backend) -> None:
    assert tuple(stored.event for stored in ledger.events()) == golden.past()
    assert ledger.load(ACCOUNT, KEY).version == len(golden.past())
    assert ledger.people([people().ref]) == {people().ref: people()}


def _goes_on(ledger: Backend) -> None:
    lease = ledger.acquire("ann", NOON + MINUTE, MINUTE)
    assert lease.token == 2
    assert ledger.append((Left("n"),), (), NOON + MINUTE, lease, len(golden.past())) == len(golden.past()) + 1


def test_a_ledger_that_release_0_1_wrote_into_git_reads_the_same_for_ever(tmp_path: Path) -> None:
    ledger = _git_site(tmp_path, golden.git_files()).open()

    _reads_as_it_was_written(ledger)
    _goes_on(ledger)


def test_a_ledger_that_release_0_1_wrote_into_postgresql_reads_the_same_for_ever(tmp_path: Path) -> None:
    ledger = _postgresql_site(tmp_path).open()

    _reads_as_it_was_written(ledger)
    _goes_on(ledger)


def _older_git_files() -> Mapping[str, bytes | None]:
    """As a format 0 could have been: the head in a file of another name."""
    files = dict(golden.git_files())
    document = {**json.loads(files["ledger.json"]), "format": 0}
    return {
        **files,
        "ledger.json": json.dumps(document).encode(),
        "tip.json": files["head.json"],
        "head.json": None,
    }


def _bring_git_forward(files: Mapping[str, bytes]) -> Mapping[str, bytes | None]:
    return {"head.json": files["tip.json"], "tip.json": None}


def test_an_older_format_in_git_is_read_as_it_lies_and_brought_forward_by_the_next_write(
    tmp_path: Path,
) -> None:
    site = _git_site(tmp_path, _older_git_files())
    before = git(tmp_path / "remote.git", "for-each-ref")
    ledger = GitLedger(site.place, site.folder, ACCOUNT.project, {0: _bring_git_forward})

    _reads_as_it_was_written(ledger)
    assert git(tmp_path / "remote.git", "for-each-ref") == before
    _goes_on(ledger)

    assert site.open().load(ACCOUNT, KEY).version == len(golden.past()) + 1
    names = git(tmp_path / "remote.git", "ls-tree", "--name-only", REF).decode().split()
    assert names == ["events", "head.json", "lease.json", "ledger.json", "people"]


def test_of_two_that_bring_a_ledger_in_git_forward_both_go_on_from_the_first(tmp_path: Path) -> None:
    site = _git_site(tmp_path, _older_git_files())
    first, second = (
        GitLedger(site.place, site.clone(number), ACCOUNT.project, {0: _bring_git_forward})
        for number in (1, 2)
    )
    _reads_as_it_was_written(first)
    _reads_as_it_was_written(second)
    first.release(first.acquire("ann", NOON + MINUTE, MINUTE))

    assert second.acquire("bob", NOON + MINUTE, MINUTE).token == 3


def _bring_postgresql_forward(connection: Connection[TupleRow]) -> None:
    connection.execute("ALTER TABLE teli_iac_ledger.tip RENAME TO head")


def test_an_older_format_in_postgresql_is_read_as_it_lies_and_brought_forward_by_the_next_write(
    tmp_path: Path,
) -> None:
    site = _postgresql_site(
        tmp_path,
        "ALTER TABLE teli_iac_ledger.head RENAME TO tip",
        "UPDATE teli_iac_ledger.format SET version = 0",
    )
    before = site.snapshot()
    ledger = PostgresqlLedger(site.place, site.folder, ACCOUNT.project, {0: _bring_postgresql_forward})

    _reads_as_it_was_written(ledger)
    assert ledger.exists()
    assert site.snapshot() == before
    _goes_on(ledger)

    assert site.open().load(ACCOUNT, KEY).version == len(golden.past()) + 1


def test_a_format_in_git_that_never_was_is_damage(tmp_path: Path) -> None:
    ledger = _git_site(tmp_path, _older_git_files()).open()

    with pytest.raises(LedgerDamaged, match="never released"):
        ledger.load(ACCOUNT, KEY)


def test_a_format_in_postgresql_that_never_was_is_damage(tmp_path: Path) -> None:
    ledger = _postgresql_site(tmp_path, "UPDATE teli_iac_ledger.format SET version = 0").open()

    for use in (
        ledger.exists,
        lambda: ledger.load(ACCOUNT, KEY),
        lambda: ledger.acquire("ann", NOON, MINUTE),
    ):
        with pytest.raises(LedgerDamaged, match="never released"):
            use()


def test_a_later_format_in_git_asks_for_an_upgrade(tmp_path: Path) -> None:
    ledger = _git_site(tmp_path, {"ledger.json": b'{"format":2,"what":"nobody knows"}'}).open()

    for use in (lambda: ledger.load(ACCOUNT, KEY), lambda: ledger.acquire("ann", NOON, MINUTE)):
        with pytest.raises(LedgerDamaged, match="format 2") as damaged:
            use()
        assert "upgrade" in damaged.value.next_step

"""The local ledger's layout: older ones are read, later ones ask for an upgrade."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac.errors import LedgerDamaged
from teli_iac.ledger import LocalLedger
from tests.ledger.processes import ROOT
from tests.ledger.tampering import change
from tests.ledger.worlds import ACCOUNT, KEY, MINUTE, NOON, history, made, people


def test_a_ledger_of_a_later_format_asks_for_an_upgrade(tmp_path: Path) -> None:
    ledger = LocalLedger(tmp_path)
    made(ledger)
    change(ledger.path, "PRAGMA user_version = 2")

    for use in (lambda: ledger.load(ACCOUNT, KEY), lambda: ledger.acquire("ann", NOON, MINUTE)):
        with pytest.raises(LedgerDamaged, match="format 2") as damaged:
            use()
        assert "upgrade" in damaged.value.next_step


def _bring_forward(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE tip RENAME TO head")


def test_an_older_format_is_read_as_it_lies_and_brought_forward_by_the_next_write(tmp_path: Path) -> None:
    made(LocalLedger(tmp_path))
    ledger = LocalLedger(tmp_path, {0: _bring_forward})
    change(ledger.path, "ALTER TABLE head RENAME TO tip", "PRAGMA user_version = 0")
    before = ledger.path.read_bytes()

    assert ledger.load(ACCOUNT, KEY).version == 0
    assert ledger.path.read_bytes() == before
    ledger.release(ledger.acquire("ann", NOON, MINUTE))
    assert LocalLedger(tmp_path).load(ACCOUNT, KEY).version == 0


def test_a_format_that_never_was_is_damage(tmp_path: Path) -> None:
    ledger = LocalLedger(tmp_path)
    made(ledger)
    change(ledger.path, "PRAGMA user_version = 0")

    with pytest.raises(LedgerDamaged, match="never released"):
        ledger.load(ACCOUNT, KEY)


def test_a_ledger_that_release_0_1_wrote_reads_the_same_for_ever(tmp_path: Path) -> None:
    ledger = LocalLedger(tmp_path)
    ledger.path.parent.mkdir()
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.executescript((ROOT / "tests/golden/ledger/format-1.sql").read_text())

    first_kinds = history()[:18]  # what later releases added stands behind them
    assert tuple(stored.event for stored in ledger.events()) == first_kinds
    assert ledger.load(ACCOUNT, KEY).version == len(first_kinds)
    assert ledger.people([people().ref]) == {people().ref: people()}
    lease = ledger.acquire("ann", NOON + timedelta(days=1), MINUTE)
    assert lease.token == 2

"""What somebody may do to a ledger behind our back, for each backend in its own terms."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from teli_iac.ledger import LocalLedger
from tests.ledger.sites import Site


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def die_half_way(ledger: LocalLedger, into: Path) -> None:
    """Copy a ledger away in the middle of a write, as a power cut would leave it."""
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size = 1")  # so that changed pages reach the file before the commit
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE events SET event = 'half'")
        writer.execute("UPDATE head SET version = 99")
        writer.execute("INSERT INTO people VALUES ('half', zeroblob(400000))")
        shutil.copytree(ledger.path.parent, into / ".teli")
        writer.execute("ROLLBACK")


def _database(site: Site) -> Path:
    ledger = site.open()
    assert isinstance(ledger, LocalLedger)
    return ledger.path


def _sql(*statements: str) -> Callable[[Site], None]:
    return lambda site: change(_database(site), *statements)


_EVENTS_OF_A_FILE: Mapping[str, Callable[[Site], None]] = {
    "an event edited": _sql(
        "UPDATE events SET event = replace(event, '\"people_count\":2', '\"people_count\":1')"
    ),
    "a time edited": _sql("UPDATE events SET at = '2026-11-23T12:00:00Z' WHERE sequence = 2"),
    "an event dropped": _sql("DELETE FROM events WHERE sequence = 2"),
    "the last event cut off": _sql("DELETE FROM events WHERE sequence = 24"),
    "all events cut off": _sql("DELETE FROM events"),
    "an event added": _sql("INSERT INTO events SELECT 25, at, event, link FROM events WHERE sequence = 1"),
    "two events swapped": _sql(
        "UPDATE events SET sequence = 100 WHERE sequence = 5",
        "UPDATE events SET sequence = 5 WHERE sequence = 6",
        "UPDATE events SET sequence = 6 WHERE sequence = 100",
    ),
    "the head moved back": _sql(
        "UPDATE head SET version = 23, link = (SELECT link FROM events WHERE sequence = 23)"
    ),
    "the head lost": _sql("DELETE FROM head"),
    "the head of another type": _sql("UPDATE head SET link = 'text'"),
    "a link of another type": _sql("UPDATE events SET link = 7 WHERE sequence = 3"),
    "a table lost": _sql("DROP TABLE events"),
    "the binding doubled": _sql("INSERT INTO binding SELECT * FROM binding"),
}

_PEOPLE_OF_A_FILE: Mapping[str, Callable[[Site], None]] = {
    "a person dropped": _sql("UPDATE people SET records = substr(records, 1, 20)"),
    "a person exchanged": _sql("UPDATE people SET records = zeroblob(40)"),
    "the set of another type": _sql("UPDATE people SET records = 'text'"),
    "the set lost": _sql("DELETE FROM people"),
}

EVENTS: dict[str, Mapping[str, Callable[[Site], None]]] = {
    "local": _EVENTS_OF_A_FILE,
    "file": _EVENTS_OF_A_FILE,
}

PEOPLE: dict[str, Mapping[str, Callable[[Site], None]]] = {
    "local": _PEOPLE_OF_A_FILE,
    "file": _PEOPLE_OF_A_FILE,
}

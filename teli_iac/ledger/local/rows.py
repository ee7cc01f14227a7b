"""The rows of the SQLite file as our values, and back. Every function works inside a caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime

from teli_iac.ledger.binding import Binding
from teli_iac.ledger.chain import Head, Row, StoredChain
from teli_iac.ledger.events import people_named
from teli_iac.ledger.forms import read_instant, write_instant
from teli_iac.ledger.protocol import Lease
from teli_iac.ledger.rules import people_set, refuse_misnamed, refuse_unknown_people, torn
from teli_iac.model import Account, Event, PeopleSet, StoredEvent


def store_beginning(connection: sqlite3.Connection, binding: Binding, head: Head, lease: Lease) -> None:
    """The rows of an empty ledger."""
    bound = (*binding.words, binding.key_check)
    connection.execute("INSERT INTO binding VALUES (?, ?, ?, ?, ?)", bound)
    connection.execute("INSERT INTO head VALUES (?, ?)", (head.version, head.link))
    row = (lease.token, lease.holder, write_instant(lease.expires))
    connection.execute("INSERT INTO lease VALUES (?, ?, ?)", row)


def stored_binding(connection: sqlite3.Connection) -> Binding:
    """What the ledger belongs to."""
    origin, organization_id, tenant_id, project, key_check = map(str, _only(connection, "binding"))
    return Binding(Account(origin, organization_id, tenant_id, project), key_check)


def stored_head(connection: sqlite3.Connection) -> Head:
    """The end of the chain."""
    match _only(connection, "head"):
        case (int(version), bytes(link)):
            return Head(version, link)
        case _:
            raise torn("its head is no head")


def stored_lease(connection: sqlite3.Connection) -> Lease:
    """The last lease given; one given back has no holder."""
    match _only(connection, "lease"):
        case (int(token), str(holder), str(expires)):
            return Lease(token, holder, _instant(expires))
        case _:
            raise torn("its lease is no lease")


def store_lease(connection: sqlite3.Connection, lease: Lease) -> None:
    """Put this lease in the place of the last."""
    row = (lease.token, lease.holder, write_instant(lease.expires))
    connection.execute("UPDATE lease SET token = ?, holder = ?, expires = ?", row)


def stored_events(connection: sqlite3.Connection) -> Iterator[StoredEvent]:
    """Every event in order, checked link by link; all are read already, and nothing more is by and by."""
    return stored_chain(connection).events()


def stored_chain(connection: sqlite3.Connection) -> StoredChain:
    """Every row, read already and not checked yet."""
    rows = connection.execute("SELECT sequence, at, event, link FROM events ORDER BY sequence").fetchall()
    return StoredChain(rows, stored_binding(connection), stored_head(connection))


def store_rows(connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Add the rows and move the head to the last of them."""
    values = [(row.sequence, row.at, row.event, row.link) for row in rows]
    connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", values)
    for row in rows[-1:]:
        connection.execute("UPDATE head SET version = ?, link = ?", (row.sequence, row.link))


def stored_people(connection: sqlite3.Connection, ref: str) -> PeopleSet:
    """The set of this name, hashed again before it is believed."""
    found = connection.execute("SELECT records FROM people WHERE ref = ?", (ref,)).fetchone()
    return people_set(ref, None if found is None else found[0])


def store_people(connection: sqlite3.Connection, people: Sequence[PeopleSet]) -> None:
    """Add sets that are not there yet; a set that does not answer to its name is a mistake of the caller."""
    refuse_misnamed(people)
    for each in people:
        connection.execute("INSERT OR IGNORE INTO people VALUES (?, ?)", (each.ref, each.records))


def require_people(connection: sqlite3.Connection, events: Sequence[Event]) -> None:
    """Refuse events that name a people set which the ledger does not hold."""
    named = people_named(events)
    holds = "SELECT 1 FROM people WHERE ref = ?"
    refuse_unknown_people(named, {ref for ref in named if connection.execute(holds, (ref,)).fetchone()})


def _instant(text: str) -> datetime:
    try:
        return read_instant(text)
    except ValueError as error:
        raise torn("its lease ends at no known time") from error


def _only(connection: sqlite3.Connection, table: str) -> tuple[object, ...]:
    rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608  the names of tables are ours
    if len(rows) != 1:
        raise torn(f"its table {table} has {len(rows)} rows")
    return tuple(rows[0])

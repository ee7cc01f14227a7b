"""The rows of one project as our values, and back. Every function works inside a caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from teli_iac.ledger.binding import Binding
from teli_iac.ledger.chain import Head, Row, read_rows
from teli_iac.ledger.forms import read_instant, write_instant
from teli_iac.ledger.protocol import Lease
from teli_iac.ledger.rules import people_set, torn
from teli_iac.model import Account, PeopleSet, StoredEvent

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.rows import TupleRow

_BINDING = (
    "SELECT origin, organization_id, tenant_id, project, key_check FROM teli_iac_ledger.binding"
    " WHERE ledger = %s"
)
_HEAD = "SELECT version, link FROM teli_iac_ledger.head WHERE ledger = %s"
_LEASE = "SELECT token, holder, expires FROM teli_iac_ledger.lease WHERE ledger = %s"
_EVENTS = "SELECT sequence, at, event, link FROM teli_iac_ledger.events WHERE ledger = %s ORDER BY sequence"


class Rows:
    """The rows of the ledger of this name."""

    def __init__(self, connection: Connection[TupleRow], ledger: str) -> None:
        self._connection = connection
        self._ledger = ledger

    def are_there(self) -> bool:
        """Whether there is such a ledger: it is made with all its rows, or with none."""
        return self._connection.execute(_BINDING, (self._ledger,)).fetchone() is not None

    def begin(self, binding: Binding, head: Head, lease: Lease) -> None:
        """Add the rows of an empty ledger."""
        bound = (*binding.words, binding.key_check)
        self._add("INSERT INTO teli_iac_ledger.binding VALUES (%s, %s, %s, %s, %s, %s)", [bound])
        self._add("INSERT INTO teli_iac_ledger.head VALUES (%s, %s, %s)", [(head.version, head.link)])
        given = (lease.token, lease.holder, write_instant(lease.expires))
        self._add("INSERT INTO teli_iac_ledger.lease VALUES (%s, %s, %s, %s)", [given])

    def binding(self) -> Binding:
        """What the ledger belongs to."""
        origin, organization_id, tenant_id, project, key_check = self._only("binding", _BINDING)
        return Binding(Account(origin, organization_id, tenant_id, project), key_check)

    def head(self) -> Head:
        """The end of the chain."""
        version, link = self._only("head", _HEAD)
        return Head(version, link)

    def lease(self) -> Lease:
        """The last lease given; one given back has no holder."""
        token, holder, expires = self._only("lease", _LEASE)
        return Lease(token, holder, _instant(expires))

    def put_lease(self, lease: Lease) -> None:
        """Put this lease in the place of the last."""
        self._connection.execute(
            "UPDATE teli_iac_ledger.lease SET token = %s, holder = %s, expires = %s WHERE ledger = %s",
            (lease.token, lease.holder, write_instant(lease.expires), self._ledger),
        )

    def events(self) -> Iterator[StoredEvent]:
        """Every event in order, checked link by link."""
        found = self._connection.execute(_EVENTS, (self._ledger,))
        return read_rows((Row(*row) for row in found), self.binding(), self.head())

    def add_events(self, rows: Sequence[Row]) -> None:
        """Add the rows and move the head to the last of them."""
        values = [(row.sequence, row.at, row.event, row.link) for row in rows]
        self._add("INSERT INTO teli_iac_ledger.events VALUES (%s, %s, %s, %s, %s)", values)
        for row in rows[-1:]:
            self._connection.execute(
                "UPDATE teli_iac_ledger.head SET version = %s, link = %s WHERE ledger = %s",
                (row.sequence, row.link, self._ledger),
            )

    def people(self, ref: str) -> PeopleSet:
        """The set of this name, hashed again before it is believed."""
        found = self._connection.execute(
            "SELECT records FROM teli_iac_ledger.people WHERE ledger = %s AND ref = %s", (self._ledger, ref)
        ).fetchone()
        return people_set(ref, None if found is None else found[0])

    def add_people(self, people: Iterable[PeopleSet]) -> None:
        """Add the sets that are not there yet."""
        values = [(each.ref, each.records) for each in people]
        self._add("INSERT INTO teli_iac_ledger.people VALUES (%s, %s, %s) ON CONFLICT DO NOTHING", values)

    def held(self, refs: Collection[str]) -> set[str]:
        """Which of these people sets the ledger holds."""
        found = self._connection.execute(
            "SELECT ref FROM teli_iac_ledger.people WHERE ledger = %s AND ref = ANY(%s)",
            (self._ledger, list(refs)),
        )
        return {ref for (ref,) in found}

    def _add(self, statement: str, values: Sequence[tuple[object, ...]]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(statement.encode(), [(self._ledger, *value) for value in values])

    def _only(self, table: str, question: str) -> Any:
        found = self._connection.execute(question.encode(), (self._ledger,)).fetchone()
        if found is None:
            raise torn(f"its row in the table {table} is missing")
        return found


def _instant(text: str) -> datetime:
    try:
        return read_instant(text)
    except ValueError as error:
        raise torn("its lease ends at no known time") from error

"""The PostgreSQL backend: each act of the protocol is one transaction on one connection of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from teli_iac.ledger.binding import bind, refuse_foreign
from teli_iac.ledger.chain import Head, Row, first_head, link_rows, link_stored
from teli_iac.ledger.events import people_named
from teli_iac.ledger.fold import fold
from teli_iac.ledger.postgresql.address import parse_address
from teli_iac.ledger.postgresql.connection import read_transaction, trial_transaction, write_transaction
from teli_iac.ledger.postgresql.faults import CommitUnknown, explained
from teli_iac.ledger.postgresql.layout import FORMAT, MIGRATIONS, Migration, found_format, lay_out, migrate
from teli_iac.ledger.postgresql.rows import Rows
from teli_iac.ledger.protocol import Lease, Whole
from teli_iac.ledger.rules import (
    already_there,
    given_back,
    missing,
    next_lease,
    refuse_lost,
    refuse_misnamed,
    refuse_other_version,
    refuse_unknown_people,
)
from teli_iac.model import Account, Event, LedgerKey, PeopleSet, Recorded, StoredEvent

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.rows import TupleRow

_TABLES = "the tables"


class PostgresqlLedger:
    """The ledger of the project of this name in the database at `place`."""

    def __init__(
        self, place: str, _folder: Path, project: str, migrations: Mapping[int, Migration] = MIGRATIONS
    ) -> None:
        self._address = parse_address(place)
        self._project = project
        self._migrations = migrations

    def exists(self) -> bool:
        """Whether the project has its rows."""
        with explained(self._address), self._snapshot() as connection:
            return found_format(connection) is not None and Rows(connection, self._project).are_there()

    def create(self, account: Account, key: LedgerKey, at: datetime) -> None:
        """Make the tables, if this is the first project in the database, and the project's rows."""
        self.restore(Whole(bind(account, key), (), ()), at)

    def restore(self, whole: Whole, at: datetime) -> None:
        """Make the project's rows, with all of this in them, in one transaction."""
        linked = link_stored(whole.events, first_head(whole.binding))
        locks = (_TABLES, self._lock)
        with explained(self._address), write_transaction(self._address, *locks) as connection:
            if found_format(connection) is None:
                lay_out(connection)
            migrate(connection, self._migrations)
            rows = Rows(connection, self._project)
            if rows.are_there():
                raise already_there(str(self._address))
            rows.begin(whole.binding, first_head(whole.binding), Lease(0, "", at))
            rows.add_people(whole.people)
            rows.add_events(linked)

    def load(self, account: Account, key: LedgerKey) -> Recorded:
        """Read everything once, check every link, fold."""
        with self._reading() as rows:
            refuse_foreign(rows.binding(), bind(account, key))
            return fold(rows.events(), key)

    def people(self, refs: Iterable[str]) -> Mapping[str, PeopleSet]:
        """The named sets, each hashed again before it is believed."""
        with self._reading() as rows:
            return {ref: rows.people(ref) for ref in dict.fromkeys(refs)}

    def events(self) -> Iterator[StoredEvent]:
        """Every event; all are read before the first is handed out, so that no reader holds a snapshot."""
        with self._reading() as rows:
            stored = tuple(rows.events())
        yield from stored

    def acquire(self, holder: str, now: datetime, duration: timedelta) -> Lease:
        """Take the lease if nobody has it, under the next token."""
        with explained(self._address), self._writing() as rows:
            lease = next_lease(rows.lease(), holder, now, duration)
            rows.put_lease(lease)
        return lease

    def renew(self, lease: Lease, now: datetime, duration: timedelta) -> Lease:
        """Put off the end of a lease that still is one."""
        renewed = Lease(lease.token, lease.holder, now + duration)
        with explained(self._address), self._writing() as rows:
            refuse_lost(rows.lease(), lease, now)
            rows.put_lease(renewed)
        return renewed

    def release(self, lease: Lease) -> None:
        """Let the next one in."""
        with explained(self._address), self._writing() as rows:
            last = rows.lease()
            if last.token == lease.token:
                rows.put_lease(given_back(last))

    def append(
        self,
        events: Sequence[Event],
        people: Sequence[PeopleSet],
        at: datetime,
        lease: Lease,
        expected_version: int,
    ) -> int:
        """Check lease, version and people sets, and write, in one transaction.

        When the connection breaks during the commit, the lock tells when the server is done with it, and
        the head tells whether it was made.
        """
        refuse_misnamed(people)
        named = people_named(events)

        def write(rows: Rows) -> tuple[Row, ...]:
            refuse_lost(rows.lease(), lease, at)
            head = rows.head()
            refuse_other_version(head.version, expected_version)
            rows.add_people(people)
            refuse_unknown_people(named, rows.held(named))
            linked = link_rows(events, at, head)
            rows.add_events(linked)
            return linked

        written: tuple[Row, ...] = ()
        with explained(self._address):
            try:
                with self._writing() as rows:
                    written = write(rows)
            except CommitUnknown:
                with self._writing() as rows:
                    if not (written and rows.head() == _end(written)):
                        write(rows)
        return expected_version + len(events)

    @property
    def _lock(self) -> str:
        return f"ledger {self._project}"

    @contextmanager
    def _snapshot(self) -> Iterator[Connection[TupleRow]]:
        """One moment, in today's format; reading changes nothing, so older tables stay as they are."""
        with read_transaction(self._address) as connection:
            if found_format(connection) in {None, FORMAT}:
                yield connection
                return
        with trial_transaction(self._address) as connection:
            migrate(connection, self._migrations)
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Rows]:
        with explained(self._address), self._snapshot() as connection:
            yield self._present(connection)

    @contextmanager
    def _writing(self) -> Iterator[Rows]:
        with write_transaction(self._address, self._lock) as connection:
            if found_format(connection) in {None, FORMAT}:
                yield self._present(connection)
                return
        # The tables are those of every project here, and their lock comes before a project's own.
        with write_transaction(self._address, _TABLES, self._lock) as connection:
            migrate(connection, self._migrations)
            yield self._present(connection)

    def _present(self, connection: Connection[TupleRow]) -> Rows:
        rows = Rows(connection, self._project)
        if found_format(connection) is None or not rows.are_there():
            raise missing(str(self._address))
        return rows


def _end(rows: Sequence[Row]) -> Head:
    return Head(rows[-1].sequence, rows[-1].link)

"""The local backend: each act of the protocol is one transaction on one connection of its own."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from teli_iac.ledger.binding import bind, refuse_foreign
from teli_iac.ledger.chain import first_head, link_rows, link_stored
from teli_iac.ledger.fold import fold
from teli_iac.ledger.folder import appearing, prepare_folder
from teli_iac.ledger.local import rows
from teli_iac.ledger.local.faults import explained
from teli_iac.ledger.local.file import in_memory, read_transaction, write_transaction
from teli_iac.ledger.local.layout import FORMAT, MIGRATIONS, Migration, found_format, lay_out, migrate
from teli_iac.ledger.protocol import Lease, Whole
from teli_iac.ledger.remembering import LedgerMemory
from teli_iac.ledger.rules import (
    already_there,
    given_back,
    missing,
    next_lease,
    refuse_lost,
    refuse_other_version,
)
from teli_iac.model import Account, Event, LedgerKey, PeopleSet, Recorded, StoredEvent


class LocalLedger:
    """The ledger of the project in `folder`: `.teli/ledger.db`, for its user alone."""

    def __init__(self, folder: Path, migrations: Mapping[int, Migration] = MIGRATIONS) -> None:
        self.path = folder.absolute() / ".teli" / "ledger.db"
        self._migrations = migrations
        # One use at a time in this process. POSIX locks belong to the process, so closing any other open
        # copy of the file, as reading beside a dead writer's journal does, would drop a writer's locks.
        self._gate = threading.Lock()

    def exists(self) -> bool:
        """Whether the file is there: it appears only when it is complete."""
        with explained(self.path):
            return self.path.exists()

    def create(self, account: Account, key: LedgerKey, at: datetime) -> None:
        """Make the folder and the file in it."""
        self.restore(Whole(bind(account, key), (), ()), at)

    def restore(self, whole: Whole, at: datetime) -> None:
        """Make the folder and a file in it that holds all of this; it appears when it is complete."""
        linked = link_stored(whole.events, first_head(whole.binding))
        with explained(self.path), self._gate:
            prepare_folder(self.path.parent)
            with _once(self.path), appearing(self.path) as fresh, write_transaction(fresh) as connection:
                lay_out(connection)
                rows.store_beginning(connection, whole.binding, first_head(whole.binding), Lease(0, "", at))
                rows.store_people(connection, whole.people)
                rows.store_rows(connection, linked)

    def load(self, account: Account, key: LedgerKey, memory: LedgerMemory | None = None) -> Recorded:
        """Read everything once, check every link, fold; or recall what these very events came to before."""
        with self._reading() as connection:
            refuse_foreign(rows.stored_binding(connection), bind(account, key))
            stored = rows.stored_chain(connection)
        # Out here, where no write of an apply waits for it.
        known = memory.recall(stored.head) if memory else None
        if known is not None and stored.is_whole():
            return known
        recorded = fold(stored.events(), key)
        if memory and known is None:
            memory.remember(stored.head, recorded)
        return recorded

    def people(self, refs: Iterable[str]) -> Mapping[str, PeopleSet]:
        """The named sets, each hashed again before it is believed."""
        with self._reading() as connection:
            return {ref: rows.stored_people(connection, ref) for ref in dict.fromkeys(refs)}

    def events(self) -> Iterator[StoredEvent]:
        """Every event; all are read before the first is handed out, so that no reader blocks a writer."""
        with self._reading() as connection:
            stored = rows.stored_events(connection)
        yield from stored

    def acquire(self, holder: str, now: datetime, duration: timedelta) -> Lease:
        """Take the lease if nobody has it, under the next token."""
        with self._writing() as connection:
            lease = next_lease(rows.stored_lease(connection), holder, now, duration)
            rows.store_lease(connection, lease)
        return lease

    def renew(self, lease: Lease, now: datetime, duration: timedelta) -> Lease:
        """Put off the end of a lease that still is one."""
        renewed = Lease(lease.token, lease.holder, now + duration)
        with self._writing() as connection:
            refuse_lost(rows.stored_lease(connection), lease, now)
            rows.store_lease(connection, renewed)
        return renewed

    def release(self, lease: Lease) -> None:
        """Let the next one in."""
        with self._writing() as connection:
            last = rows.stored_lease(connection)
            if last.token == lease.token:
                rows.store_lease(connection, given_back(last))

    def append(
        self,
        events: Sequence[Event],
        people: Sequence[PeopleSet],
        at: datetime,
        lease: Lease,
        expected_version: int,
    ) -> int:
        """Check lease, version and people sets, and write, in one transaction."""
        with self._writing() as connection:
            refuse_lost(rows.stored_lease(connection), lease, at)
            head = rows.stored_head(connection)
            refuse_other_version(head.version, expected_version)
            rows.store_people(connection, people)
            rows.require_people(connection, events)
            rows.store_rows(connection, link_rows(events, at, head))
        return expected_version + len(events)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        if not self.exists():
            raise missing(str(self.path))
        with explained(self.path), self._gate, read_transaction(self.path) as connection:
            if found_format(connection) == FORMAT:
                yield connection
                return
            with in_memory(connection) as copy:  # reading writes nothing, so an older file stays as it is
                migrate(copy, self._migrations)
                yield copy

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if not self.exists():
            raise missing(str(self.path))
        with explained(self.path), self._gate, write_transaction(self.path) as connection:
            migrate(connection, self._migrations)
            yield connection


@contextmanager
def _once(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise already_there(str(path)) from error

"""The ledger in memory: the shipped chain, events, fold and rules, over a list of rows.

A write reaches the medium in two steps, the rows and then the head, as it does on a disk. A writer that dies
between them leaves a torn write behind, which the next one clears away; until then nobody may believe it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from teli_iac.errors import LedgerError
from teli_iac.ledger import Lease, fold, rules
from teli_iac.ledger.binding import Binding, bind, refuse_foreign
from teli_iac.ledger.chain import Head, Row, first_head, link_rows, link_stored, read_rows
from teli_iac.ledger.events import people_named
from teli_iac.ledger.protocol import Whole
from teli_iac.model import Account, Event, LedgerKey, PeopleSet, Recorded, StoredEvent
from tests.simulator.stage import Stage

_PLACE = "memory"


class MemoryLedger:
    """One ledger. A write counts whole or not at all; its writer may not live to hear which."""

    def __init__(self, stage: Stage, troubles: float) -> None:
        self._stage = stage
        self._troubles = troubles
        self._binding: Binding | None = None
        self._rows: list[Row] = []
        self._people: dict[str, bytes] = {}
        self._head = Head(0, b"")
        self._lease = Lease(0, "", stage.now)
        self._recorded: Recorded | None = None

    def exists(self) -> bool:
        return self._binding is not None

    def create(self, account: Account, key: LedgerKey, at: datetime) -> None:
        if self._binding:
            raise rules.already_there(_PLACE)
        self._binding = bind(account, key)
        self._head = first_head(self._binding)
        self._lease = Lease(0, "", at)

    def restore(self, whole: Whole, at: datetime) -> None:
        if self._binding:
            raise rules.already_there(_PLACE)
        self._binding = whole.binding
        self._people = {each.ref: each.records for each in whole.people}
        self._rows = list(link_stored(whole.events, first_head(whole.binding)))
        last = self._rows[-1] if self._rows else None
        self._head = Head(last.sequence, last.link) if last else first_head(whole.binding)
        self._lease = Lease(0, "", at)

    def load(self, account: Account, key: LedgerKey) -> Recorded:
        refuse_foreign(self._bound(), bind(account, key))
        if self._recorded is None or self._recorded.version != self._head.version:
            self._recorded = fold(self.events(), key)
        return self._recorded

    def people(self, refs: Iterable[str]) -> Mapping[str, PeopleSet]:
        return {ref: rules.people_set(ref, self._people.get(ref)) for ref in refs}

    def events(self) -> Iterator[StoredEvent]:
        return read_rows(self._rows[: self._head.version], self._bound(), self._head)

    def acquire(self, holder: str, now: datetime, duration: timedelta) -> Lease:
        self._stage.border("takes the ledger")
        self._lease = rules.next_lease(self._lease, holder, now, duration)
        return self._lease

    def renew(self, lease: Lease, now: datetime, duration: timedelta) -> Lease:
        if self._in_trouble():
            self._stage.tell("a renewal of the lease fails")
            raise LedgerError("The ledger does not answer.", "Try again.")
        rules.refuse_lost(self._lease, lease, now)
        self._lease = Lease(lease.token, lease.holder, now + duration)
        return self._lease

    def release(self, lease: Lease) -> None:
        self._stage.border("gives the ledger back")
        if self._lease.token == lease.token:
            self._lease = rules.given_back(self._lease)

    def append(
        self,
        events: Sequence[Event],
        people: Sequence[PeopleSet],
        at: datetime,
        lease: Lease,
        expected_version: int,
    ) -> int:
        named = ", ".join(type(event).__name__ for event in events)
        self._stage.border(f"writes {named}")
        if self._in_trouble():
            self._stage.tell(f"the ledger refuses to write {named}")
            raise LedgerError("The disk is full.", "Make room.")
        rules.refuse_lost(self._lease, lease, at)
        rules.refuse_other_version(self._head.version, expected_version)
        rules.refuse_misnamed(people)
        self._write(events, people, at)
        self._stage.tell(f"wrote {named}")
        self._stage.border(f"has written {named}")
        if self._in_trouble():
            self._stage.tell("the ledger wrote, and its answer is lost")
            raise LedgerError("The connection broke.", "Try again.")
        return expected_version + len(events)

    def _write(self, events: Sequence[Event], people: Sequence[PeopleSet], at: datetime) -> None:
        held = {**self._people, **{each.ref: each.records for each in people}}
        rules.refuse_unknown_people(people_named(events), held)
        rows = link_rows(events, at, self._head)
        self._people = held
        del self._rows[self._head.version :]
        self._rows += rows
        self._stage.crash_here(f"is half-way through writing {len(rows)} events")
        self._head = Head(rows[-1].sequence, rows[-1].link) if rows else self._head

    def _in_trouble(self) -> bool:
        return not self._stage.calm and self._stage.random.random() < self._troubles

    def _bound(self) -> Binding:
        if self._binding is None:
            raise rules.missing(_PLACE)
        return self._binding

"""The object store backend: each write replaces the head, if it still is what was seen."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from teli_iac.errors import LedgerError
from teli_iac.ledger import texts
from teli_iac.ledger.binding import bind, refuse_foreign
from teli_iac.ledger.chain import Row, link_rows, link_stored, read_rows
from teli_iac.ledger.events import people_named
from teli_iac.ledger.fold import fold
from teli_iac.ledger.objects import faults
from teli_iac.ledger.objects.address import parse_address
from teli_iac.ledger.objects.head import PEOPLE, State, first_state, next_state, with_rows, without_full
from teli_iac.ledger.objects.probing import probe, probe_in_passing
from teli_iac.ledger.objects.store import Store
from teli_iac.ledger.objects.writing import Seen, look, move
from teli_iac.ledger.protocol import Lease, Whole
from teli_iac.ledger.rules import (
    already_there,
    given_back,
    missing,
    next_lease,
    people_set,
    refuse_lost,
    refuse_misnamed,
    refuse_other_version,
    refuse_unknown_people,
    torn,
)
from teli_iac.model import Account, Event, LedgerKey, PeopleSet, Recorded, StoredEvent

_ATTEMPTS = 8
"""How often a write is tried when others are faster; each time one of them has come through."""
_AT_ONCE = 8
"""Objects that are read at the same time."""


class ObjectsLedger:
    """The ledger of the project of this name below the prefix of `place`."""

    def __init__(self, place: str, _folder: Path, project: str) -> None:
        self._store = Store(parse_address(place, project))
        self._known: Seen | None = None
        self._held: set[str] = set()
        self._gate = threading.Lock()  # one use at a time in this process: a renewal waits for a write

    def exists(self) -> bool:
        """Whether there is a head: it appears with a whole ledger in it."""
        with self._gate:
            return self._look() is not None

    def create(self, account: Account, key: LedgerKey, at: datetime) -> None:
        """Find out whether the store is fit to hold a ledger, and make the head, if there is none."""
        self.restore(Whole(bind(account, key), (), ()), at)

    def restore(self, whole: Whole, at: datetime) -> None:
        """The same with all of this in it; what comes before the head means nothing without it."""
        first = first_state(whole.binding, Lease(0, "", at), _word())
        state, full = without_full(with_rows(first, link_stored(whole.events, first.head)))
        with self._gate:
            if self._look() is None:
                probe(self._store, _word())
                self._keep(full, whole.people)
                self._known = move(self._store, None, state)
                if self._known is not None:
                    return
        raise already_there(str(self._store.address))

    def load(self, account: Account, key: LedgerKey) -> Recorded:
        """Read everything once, check every link, fold."""
        ours = bind(account, key)
        with self._gate:
            state = self._present(self._look()).state
            refuse_foreign(state.binding, ours)
            return fold(self._events(state), key)

    def people(self, refs: Iterable[str]) -> Mapping[str, PeopleSet]:
        """The named sets, each hashed again before it is believed."""
        with self._gate:
            self._present(self._look())
            names = list(dict.fromkeys(refs))
            found = self._read_all([f"{PEOPLE}{ref}" for ref in names])
        return {ref: people_set(ref, content) for ref, content in zip(names, found, strict=True)}

    def events(self) -> Iterator[StoredEvent]:
        """Every event; all are read before the first is handed out."""
        with self._gate:
            stored = tuple(self._events(self._present(self._look()).state))
        yield from stored

    def acquire(self, holder: str, now: datetime, duration: timedelta) -> Lease:
        """Take the lease if nobody has it, under the next token; the store is probed in passing."""
        with self._gate:
            before, after = self._write(
                lambda state, word: next_state(state, word, next_lease(state.lease, holder, now, duration))
            )
            probe_in_passing(self._store, before, after)
            return after.lease

    def renew(self, lease: Lease, now: datetime, duration: timedelta) -> Lease:
        """Put off the end of a lease that still is one."""
        renewed = Lease(lease.token, lease.holder, now + duration)

        def put_off(state: State, word: str) -> State:
            refuse_lost(state.lease, lease, now)
            return next_state(state, word, renewed)

        with self._gate:
            self._write(put_off)
        return renewed

    def release(self, lease: Lease) -> None:
        """Let the next one in."""

        def give_back(state: State, word: str) -> State:
            ours = state.lease.token == lease.token
            return next_state(state, word, given_back(state.lease)) if ours else state

        with self._gate:
            self._write(give_back)

    def append(
        self,
        events: Sequence[Event],
        people: Sequence[PeopleSet],
        at: datetime,
        lease: Lease,
        expected_version: int,
    ) -> int:
        """Check lease, version and people sets against one head, and replace it by the next.

        People sets and full objects of events are written before: they never change, and without a head
        that counts on them they mean nothing.
        """
        refuse_misnamed(people)

        def add(state: State, word: str) -> State:
            refuse_lost(state.lease, lease, at)
            refuse_other_version(state.head.version, expected_version)
            smaller, full = without_full(state)
            self._keep(full, people)
            refuse_unknown_people(people_named(events), self._holding(people_named(events)))
            rows = link_rows(events, at, state.head)
            return next_state(with_rows(smaller, rows), word, state.lease) if rows else state

        with self._gate:
            self._write(add)
        return expected_version + len(events)

    def _write(self, change: Callable[[State, str], State]) -> tuple[Seen, State]:
        """Replace the head by its change; begin again from there when somebody else was faster."""
        word = _word()
        for attempt in range(_ATTEMPTS):
            # What we saw last is mostly what is there; if not, the store says so, and we look.
            looked = attempt > 0 or self._known is None
            found = self._present(self._look() if looked else self._known)
            try:
                wanted = change(found.state, word)
            except LedgerError:
                if looked:
                    raise
                continue
            if wanted is found.state:
                if looked:
                    return found, wanted
                continue
            self._known = move(self._store, found, wanted)
            if self._known is not None:
                return found, wanted
        raise faults.busy(self._store.address)

    def _keep(self, full: Mapping[str, bytes], people: Iterable[PeopleSet]) -> None:
        """Write what never changes, before the head that counts on it."""
        for name, content in full.items():
            self._store.keep(name, content)
        for each in people:
            if each.ref not in self._held:
                self._store.keep(f"{PEOPLE}{each.ref}", each.records)
                self._held.add(each.ref)

    def _holding(self, refs: Iterable[str]) -> set[str]:
        """Which of these sets are there; one that was seen once stays."""
        unseen = [ref for ref in refs if ref not in self._held]
        found = self._read_all([f"{PEOPLE}{ref}" for ref in unseen])
        self._held |= {ref for ref, content in zip(unseen, found, strict=True) if content is not None}
        return self._held

    def _events(self, state: State) -> Iterator[StoredEvent]:
        return read_rows(self._rows(state), state.binding, state.head)

    def _rows(self, state: State) -> Iterator[Row]:
        names = state.objects
        for name, content in zip(names, self._read_all(names), strict=True):
            if content is None:
                raise torn(f"its object {name} is missing")
            yield from texts.read_rows(name, content)
        yield from state.rows

    def _read_all(self, names: Sequence[str]) -> list[bytes | None]:
        if not names:
            return []
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            found = list(pool.map(self._store.read, names))
        return [None if each is None else each.content for each in found]

    def _look(self) -> Seen | None:
        self._known = look(self._store)
        return self._known

    def _present(self, found: Seen | None) -> Seen:
        if found is None:
            raise missing(str(self._store.address))
        return found


def _word() -> str:
    """A word of its own for every write: each writer can tell its own from another's of the same."""
    return secrets.token_hex(16)

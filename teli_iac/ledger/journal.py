"""One holder's writing hand: takes the lease, keeps it while working, and gives it back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from teli_iac.errors import LeaseLost, LedgerError
from teli_iac.ledger.protocol import Backend, Lease
from teli_iac.ledger.rules import refuse_moved
from teli_iac.model import Account, Event, LedgerKey, PeopleSet, Recorded

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How long a lease lasts, and how often it is renewed: two renewals may fail to come through in time."""

    lease: timedelta = timedelta(seconds=60)
    renewal: timedelta = timedelta(seconds=20)


USUAL = Rhythm()


@contextmanager
def hold(  # noqa: PLR0913  whose ledger, which key, who writes and by what clock: each its own thing
    backend: Backend,
    account: Account,
    key: LedgerKey,
    holder: str,
    clock: Clock,
    *,
    rhythm: Rhythm = USUAL,
) -> Iterator[Journal]:
    """The journal of this ledger, for as long as nobody else may write it.

    `holder` is shown to whoever finds the ledger locked, such as `ann@build-7 pid 123`.
    Raises LedgerLocked, LedgerMissing, LedgerForeign, LedgerDamaged or LedgerMoved.
    """
    lease = backend.acquire(holder, clock(), rhythm.lease)
    try:
        journal = Journal(backend, account, key, clock, lease)
        refuse_moved(journal.load())
        with _renewed(journal, rhythm):
            yield journal
    finally:
        with suppress(LedgerError):  # the lease ends by itself; what went wrong in the body matters more
            backend.release(lease)


@contextmanager
def _renewed(journal: Journal, rhythm: Rhythm) -> Iterator[None]:
    stop = threading.Event()

    def keep_renewing() -> None:
        while not stop.wait(rhythm.renewal.total_seconds()):
            journal.renew(rhythm.lease)

    thread = threading.Thread(target=keep_renewing, name="ledger lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@dataclass(slots=True)
class _Waiting:
    """What one thread wants written, and how that went."""

    events: Sequence[Event]
    people: Sequence[PeopleSet]
    at: datetime
    settled: bool = False
    fault: LedgerError | None = None


class Journal:
    """The one hand that writes a ledger. Safe to use from every thread of an apply.

    Whoever records while nobody writes writes for everybody in line: threads share durable writes, which
    is what makes it fast.
    """

    def __init__(
        self, backend: Backend, account: Account, key: LedgerKey, clock: Clock, lease: Lease
    ) -> None:
        self._backend = backend
        self._account = account
        self._key = key
        self._clock = clock
        self._lease = lease
        self._lost: LedgerError | None = None
        self._line: list[_Waiting] = []
        self._turn = threading.Condition()
        self._writing = False
        self._fresh: Recorded | None = backend.load(account, key)
        self._version = self._fresh.version

    def load(self) -> Recorded:
        """The ledger as it is now, without people sets."""
        fresh = self._fresh
        return self._backend.load(self._account, self._key) if fresh is None else fresh

    def people(self, refs: Iterable[str]) -> Mapping[str, PeopleSet]:
        """The named people sets."""
        return self._backend.people(refs)

    def record(self, *events: Event, people: Sequence[PeopleSet] = (), at: datetime) -> None:
        """Write the events and the people sets they name, all or nothing, durably before this returns.

        `at` is by the clock of this journal. Raises LeaseLost once the lease is lost, LedgerError when
        somebody wrote between, LedgerDamaged when it cannot be written; then nothing of it was.
        """
        if not events and not people:
            return
        mine = _Waiting(events, people, at)
        with self._turn:
            self._line.append(mine)
            self._turn.wait_for(lambda: mine.settled or not self._writing)
            if not mine.settled:
                self._writing = True
        if not mine.settled:
            self._write_line()
        if mine.fault is not None:
            raise type(mine.fault)(mine.fault.message, mine.fault.next_step) from mine.fault

    def confirm(self, duration: timedelta = USUAL.lease) -> None:
        """Ask the ledger whether the lease is still ours, before something is sent that no record precedes.

        Raises LeaseLost when it is not: another command, a halt perhaps, has taken it.
        """
        self._refuse_when_lost()
        self._lease = self._backend.renew(self._lease, self._clock(), duration)

    def renew(self, duration: timedelta) -> None:
        """Put off the end of the lease; a failure loses it for good, and the next `record` says so."""
        try:
            self._lease = self._backend.renew(self._lease, self._clock(), duration)
        except LedgerError as error:
            self._lost = error

    def _write_line(self) -> None:
        with self._turn:
            line, self._line = self._line, []
        fault: LedgerError | None = LedgerError(
            "The ledger was not written: the write was interrupted.", "Run the command again."
        )
        try:
            self._write(line)
            fault = None
        except LedgerError as error:
            fault = error
        finally:
            self._settle(line, fault)

    def _settle(self, line: Sequence[_Waiting], fault: LedgerError | None) -> None:
        with self._turn:
            for waiting in line:
                waiting.settled, waiting.fault = True, fault
            self._writing = False
            self._turn.notify_all()

    def _write(self, line: Sequence[_Waiting]) -> None:
        self._refuse_when_lost()
        events = [event for waiting in line for event in waiting.events]
        people = {each.ref: each for waiting in line for each in waiting.people}
        at = max(waiting.at for waiting in line)
        self._fresh = None
        self._version = self._backend.append(events, tuple(people.values()), at, self._lease, self._version)

    def _refuse_when_lost(self) -> None:
        # The backend judges by `at` and its token; this judges by now, as a thread may have waited long.
        if self._lost is None and self._clock() < self._lease.expires:
            return
        reason = "ran out before it was renewed" if self._lost is None else "could not be renewed"
        raise LeaseLost(
            f"The right to write the ledger {reason}; nothing more was written.",
            "Run the command again: it goes on from what the ledger and Teli show.",
        ) from self._lost

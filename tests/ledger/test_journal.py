"""The one hand that writes: its lease, its threads, and what it does when the lease is gone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from teli_iac.errors import LeaseLost, LedgerDamaged, LedgerError, LedgerForeign, LedgerLocked, LedgerMissing
from teli_iac.ledger import Journal, Lease, LocalLedger, hold
from teli_iac.ledger.journal import Rhythm
from teli_iac.model import Governed, Launched, Left, OnRemove, Verified
from tests.ledger.worlds import ACCOUNT, KEY, MINUTE, NOON, OTHER_KEY, intended, made, people

ENDLESS = Rhythm(lease=MINUTE, renewal=timedelta(days=1))
SOON = Rhythm(lease=MINUTE, renewal=timedelta(milliseconds=1))


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class RenewalsTold(LocalLedger):
    """A local ledger that tells when its lease was renewed, or could not be."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.renewals = threading.Semaphore(0)
        self.before_renewal: Callable[[], None] = lambda: None

    def renew(self, lease: Lease, now: datetime, duration: timedelta) -> Lease:
        try:
            self.before_renewal()
            return super().renew(lease, now, duration)
        finally:
            self.renewals.release()


@pytest.fixture
def ledger(tmp_path: Path) -> RenewalsTold:
    ledger = RenewalsTold(tmp_path)
    made(ledger)
    return ledger


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _lease_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "ledger lease"]


def test_what_is_recorded_is_in_the_ledger_when_record_returns(ledger: RenewalsTold, clock: Clock) -> None:
    with hold(ledger, ACCOUNT, KEY, "ann", clock) as journal:
        assert journal.load().version == 0
        journal.record(intended(), people=[people()], at=NOON)
        journal.record(Launched(intended().campaign_id, looked_up=False), Left("x"), at=NOON)

        assert ledger.load(ACCOUNT, KEY).version == 3
        assert journal.load() == ledger.load(ACCOUNT, KEY)
        assert journal.people([people().ref]) == {people().ref: people()}


def test_recording_nothing_writes_nothing(ledger: RenewalsTold, clock: Clock) -> None:
    with hold(ledger, ACCOUNT, KEY, "ann", clock) as journal:
        before = ledger.path.stat().st_mtime_ns
        journal.record(at=NOON)

        assert ledger.path.stat().st_mtime_ns == before


def test_while_one_holds_the_journal_another_is_told_who(ledger: RenewalsTold, clock: Clock) -> None:
    with (
        hold(ledger, ACCOUNT, KEY, "ann@desk pid 1", clock),
        pytest.raises(LedgerLocked, match="ann@desk pid 1"),
        hold(ledger, ACCOUNT, KEY, "bob@build pid 2", clock),
    ):
        pass


def test_the_lease_is_given_back_and_its_thread_ends_whatever_happens(
    ledger: RenewalsTold, clock: Clock
) -> None:
    with suppress(KeyError), hold(ledger, ACCOUNT, KEY, "ann", clock):
        assert _lease_threads() == ["ledger lease"]
        raise KeyError

    assert _lease_threads() == []
    with hold(ledger, ACCOUNT, KEY, "bob", clock) as journal:
        journal.record(Left("fall"), at=NOON)


def test_a_foreign_ledger_cannot_be_held_and_stays_free(ledger: RenewalsTold, clock: Clock) -> None:
    with pytest.raises(LedgerForeign), hold(ledger, ACCOUNT, OTHER_KEY, "eve", clock):
        pass

    with hold(ledger, ACCOUNT, KEY, "ann", clock):
        pass


def test_a_missing_ledger_cannot_be_held(tmp_path: Path, clock: Clock) -> None:
    ledger = LocalLedger(tmp_path / "nowhere")

    with pytest.raises(LedgerMissing), hold(ledger, ACCOUNT, KEY, "ann", clock):
        pass


def test_the_lease_is_renewed_while_the_work_takes_longer_than_it_lasts(
    ledger: RenewalsTold, clock: Clock
) -> None:
    with hold(ledger, ACCOUNT, KEY, "ann", clock, rhythm=SOON) as journal:
        for _ in range(3):
            clock.now += MINUTE * 0.75
            while ledger.renewals.acquire(blocking=False):
                pass  # these were before the clock moved
            for _ in range(2):  # the first may have begun before that, too
                ledger.renewals.acquire()
        journal.record(Left("fall"), at=clock.now)

    assert clock.now > NOON + 2 * MINUTE
    assert ledger.load(ACCOUNT, KEY).version == 1


def test_after_a_failed_renewal_nothing_more_is_written(ledger: RenewalsTold, clock: Clock) -> None:
    def fail() -> None:
        raise LedgerDamaged("The disk is gone.", "Find it.")

    ledger.before_renewal = fail
    with hold(ledger, ACCOUNT, KEY, "ann", clock, rhythm=SOON) as journal:
        for _ in range(2):
            ledger.renewals.acquire()
        for _ in range(2):
            with pytest.raises(LeaseLost, match="could not be renewed"):
                journal.record(Left("fall"), at=NOON)

    assert ledger.load(ACCOUNT, KEY).version == 0


def test_a_machine_that_slept_through_its_lease_writes_nothing_more(
    ledger: RenewalsTold, clock: Clock
) -> None:
    with hold(ledger, ACCOUNT, KEY, "ann", clock, rhythm=ENDLESS) as journal:
        journal.record(Left("fall"), at=NOON)
        clock.now += MINUTE
        with pytest.raises(LeaseLost, match="ran out"):
            journal.record(Left("winter"), at=NOON)  # `at` was read before the machine slept

    assert ledger.load(ACCOUNT, KEY).version == 1


def test_a_superseded_hand_cannot_write_though_its_clock_stands_still(
    ledger: RenewalsTold, clock: Clock
) -> None:
    with hold(ledger, ACCOUNT, KEY, "ann", clock, rhythm=ENDLESS) as journal:
        taken = ledger.acquire("bob", NOON + MINUTE, MINUTE)
        with pytest.raises(LeaseLost, match="Another command"):
            journal.record(Left("fall"), at=NOON)
        ledger.append((Left("spring"),), (), NOON, taken, 0)

    assert [stored.event for stored in ledger.events()] == [Left("spring")]


def test_somebody_who_wrote_between_is_noticed(ledger: RenewalsTold, clock: Clock) -> None:
    with hold(ledger, ACCOUNT, KEY, "ann", clock) as journal:
        ledger.append((Left("spring"),), (), NOON, Lease(1, "ann", NOON + MINUTE), 0)
        with pytest.raises(LedgerError, match="wrote between"):
            journal.record(Left("fall"), at=NOON)


def test_threads_record_at_once_and_nothing_is_lost_or_torn_apart(ledger: RenewalsTold, clock: Clock) -> None:
    def launch(journal: Journal, number: int) -> None:
        event = intended(f"n{number}")
        journal.record(event, Governed(event.name, OnRemove.DELETE), people=[people()], at=NOON)
        journal.record(Launched(event.campaign_id, looked_up=False), at=NOON)
        journal.record(Verified(event.campaign_id), at=NOON)

    with hold(ledger, ACCOUNT, KEY, "ann", clock) as journal, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: launch(journal, number), range(40)))

    recorded = ledger.load(ACCOUNT, KEY)
    assert recorded.version == 160
    assert len(recorded.parts) == 40
    events = [stored.event for stored in ledger.events()]
    for number in range(40):
        place = events.index(intended(f"n{number}"))
        assert events[place + 1] == Governed(f"n{number}", OnRemove.DELETE)


def test_every_thread_learns_that_its_write_failed(ledger: RenewalsTold, clock: Clock) -> None:
    def record(journal: Journal) -> str:
        try:
            journal.record(Left("fall"), at=NOON)
        except LeaseLost as lost:
            return lost.code
        return "written"

    with hold(ledger, ACCOUNT, KEY, "ann", clock, rhythm=ENDLESS) as journal, ThreadPoolExecutor(8) as pool:
        clock.now += MINUTE
        results = list(pool.map(lambda _: record(journal), range(32)))

    assert results == ["TELI-E135"] * 32
    assert ledger.load(ACCOUNT, KEY).version == 0

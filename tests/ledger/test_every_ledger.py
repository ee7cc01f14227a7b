"""What every ledger backend must do, wherever it keeps its events. Driven by the registry."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from teli_iac.errors import (
    LedgerDamaged,
    LedgerError,
    LedgerMissing,
)
from teli_iac.identity import people_ref
from teli_iac.ledger import Backend, fold
from teli_iac.model import Left, PeopleSet, StoredEvent
from tests.ledger.worlds import (
    ACCOUNT,
    ANN,
    BOB,
    KEY,
    MINUTE,
    NOON,
    OTHER_KEY,
    history,
    intended,
    made,
    people,
    written,
)


def test_a_new_ledger_holds_nothing(ledger: Backend) -> None:
    assert not ledger.exists()

    made(ledger)

    assert ledger.exists()
    assert ledger.load(ACCOUNT, KEY) == fold((), KEY)


def test_what_was_appended_reads_back_in_order_with_its_times(ledger: Backend) -> None:
    written(made(ledger), history())

    stored = tuple(ledger.events())

    assert stored == tuple(StoredEvent(place, NOON, event) for place, event in enumerate(history(), 1))
    assert ledger.load(ACCOUNT, KEY) == fold(stored, KEY)


def test_several_events_of_one_write_keep_their_order(ledger: Backend) -> None:
    lease = made(ledger).acquire("ann", NOON, MINUTE)

    version = ledger.append(history(), (people(),), NOON, lease, 0)

    assert version == len(history())
    assert tuple(stored.event for stored in ledger.events()) == history()


def test_people_sets_read_back_and_are_kept_once(ledger: Backend) -> None:
    only_ann, nobody = people(ANN), PeopleSet(people_ref(b""), b"")
    lease = made(ledger).acquire("ann", NOON, MINUTE)
    ledger.append((), (people(), only_ann), NOON, lease, 0)
    ledger.append((), (people(), nobody), NOON, lease, 0)

    found = ledger.people([people().ref, only_ann.ref, nobody.ref])

    assert found == {people().ref: people(), only_ann.ref: only_ann, nobody.ref: nobody}


def test_a_million_people_fit_in_one_write(ledger: Backend) -> None:
    million = bytes(range(250)) * 80_000
    large = PeopleSet(people_ref(million), million)
    lease = made(ledger).acquire("ann", NOON, MINUTE)

    ledger.append((), (large,), NOON, lease, 0)

    assert ledger.people([large.ref])[large.ref].records == million


def test_a_second_making_is_refused_and_changes_nothing(ledger: Backend) -> None:
    written(made(ledger), history())

    with pytest.raises(LedgerError, match="already is a ledger"):
        ledger.create(ACCOUNT, OTHER_KEY, NOON)

    assert ledger.load(ACCOUNT, KEY).version == len(history())


def test_a_ledger_that_was_never_made_is_missing_and_is_not_made_by_use(ledger: Backend) -> None:
    uses: tuple[Callable[[], object], ...] = (
        lambda: ledger.load(ACCOUNT, KEY),
        lambda: ledger.people([]),
        lambda: tuple(ledger.events()),
        lambda: ledger.acquire("ann", NOON, MINUTE),
    )

    for use in uses:
        with pytest.raises(LedgerMissing):
            use()
    assert not ledger.exists()


def test_a_write_for_another_version_is_refused_and_nothing_of_it_kept(ledger: Backend) -> None:
    lease = written(made(ledger), [intended()])

    for expected in (0, 2):
        with pytest.raises(LedgerError, match="version 1"):
            ledger.append((Left("fall"),), (people(ANN),), NOON, lease, expected)

    assert ledger.load(ACCOUNT, KEY).version == 1
    with pytest.raises(LedgerDamaged):
        ledger.people([people(ANN).ref])


def test_an_event_may_not_name_people_the_ledger_lacks(ledger: Backend) -> None:
    lease = made(ledger).acquire("ann", NOON, MINUTE)

    with pytest.raises(LedgerError, match="people set"):
        ledger.append((intended(),), (), NOON, lease, 0)

    assert ledger.load(ACCOUNT, KEY).version == 0


def test_people_that_do_not_carry_their_own_name_are_refused(ledger: Backend) -> None:
    lease = made(ledger).acquire("ann", NOON, MINUTE)

    with pytest.raises(LedgerError, match="own name"):
        ledger.append((), (PeopleSet(people(ANN).ref, people(BOB).records),), NOON, lease, 0)

"""Every backend lets one holder write at a time, and stops whoever no longer is the holder."""

from __future__ import annotations

from dataclasses import replace

import pytest

from teli_iac.errors import (
    LeaseLost,
    LedgerLocked,
)
from teli_iac.ledger import Backend
from teli_iac.model import Left
from tests.ledger.worlds import (
    ACCOUNT,
    KEY,
    MINUTE,
    NOON,
    made,
)


def test_a_held_lease_locks_others_out_and_names_its_holder_and_end(ledger: Backend) -> None:
    made(ledger).acquire("ann@desk pid 7", NOON, MINUTE)

    with pytest.raises(LedgerLocked, match=r"ann@desk pid 7 .*2026-11-24T12:01:00Z") as locked:
        ledger.acquire("bob@build pid 8", NOON + MINUTE / 2, MINUTE)

    assert locked.value.exit_code == 7


def test_a_lease_given_back_can_be_taken_at_once_under_a_larger_token(ledger: Backend) -> None:
    first = made(ledger).acquire("ann", NOON, MINUTE)
    ledger.release(first)

    second = ledger.acquire("bob", NOON, MINUTE)

    assert (second.holder, second.expires) == ("bob", NOON + MINUTE)
    assert second.token > first.token


def test_an_expired_lease_can_be_taken_and_its_writer_is_stopped(ledger: Backend) -> None:
    slow = made(ledger).acquire("ann", NOON, MINUTE)

    quick = ledger.acquire("bob", NOON + MINUTE, MINUTE)

    assert quick.token > slow.token
    for instant in (NOON, NOON + MINUTE):  # even a writer whose clock still shows the old time
        with pytest.raises(LeaseLost):
            ledger.append((Left("fall"),), (), instant, slow, 0)
    with pytest.raises(LeaseLost):
        ledger.renew(slow, NOON, MINUTE)
    assert ledger.append((Left("fall"),), (), NOON + MINUTE, quick, 0) == 1


def test_a_writer_whose_lease_ran_out_is_stopped_even_when_nobody_took_it(ledger: Backend) -> None:
    lease = made(ledger).acquire("ann", NOON, MINUTE)

    with pytest.raises(LeaseLost) as lost:
        ledger.append((Left("fall"),), (), NOON + MINUTE, lease, 0)
    with pytest.raises(LeaseLost):
        ledger.renew(lease, NOON + MINUTE, MINUTE)

    assert lost.value.exit_code == 5
    assert ledger.load(ACCOUNT, KEY).version == 0


def test_a_renewed_lease_writes_on_and_keeps_its_token(ledger: Backend) -> None:
    lease = made(ledger).acquire("ann", NOON, MINUTE)

    renewed = ledger.renew(lease, NOON + MINUTE / 2, MINUTE)

    assert renewed == replace(lease, expires=NOON + MINUTE * 1.5)
    assert ledger.append((Left("fall"),), (), NOON + MINUTE, renewed, 0) == 1


def test_a_writer_that_gave_its_lease_back_is_stopped(ledger: Backend) -> None:
    lease = made(ledger).acquire("ann", NOON, MINUTE)
    ledger.release(lease)

    with pytest.raises(LeaseLost):
        ledger.append((Left("fall"),), (), NOON, lease, 0)


def test_giving_back_a_superseded_lease_does_not_free_the_new_one(ledger: Backend) -> None:
    slow = made(ledger).acquire("ann", NOON, MINUTE)
    ledger.acquire("bob", NOON + MINUTE, MINUTE)

    ledger.release(slow)

    with pytest.raises(LedgerLocked, match="bob"):
        ledger.acquire("eve", NOON + MINUTE, MINUTE)


def test_a_lease_taken_as_of_its_end_and_given_back_is_over_for_its_holder_at_once(ledger: Backend) -> None:
    dead = made(ledger).acquire("ann", NOON, MINUTE)
    with pytest.raises(LedgerLocked) as locked:
        ledger.acquire("bob", NOON, MINUTE)
    assert locked.value.expires == dead.expires

    ledger.release(ledger.acquire("bob", dead.expires, MINUTE * 0))

    with pytest.raises(LeaseLost):
        ledger.append((Left("fall"),), (), NOON, dead, 0)
    with pytest.raises(LeaseLost):
        ledger.renew(dead, NOON, MINUTE)
    assert ledger.acquire("eve", NOON, MINUTE).token > dead.token
    assert ledger.load(ACCOUNT, KEY).version == 0

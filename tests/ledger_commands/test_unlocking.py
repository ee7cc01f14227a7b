"""`ledger unlock`: a dead apply's lease ends early, and whoever held it writes nothing more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from teli_iac import workflow
from teli_iac.errors import Declined, ExitCode, LeaseLost, LedgerLocked
from teli_iac.ledger import Backend, LocalLedger
from teli_iac.model import Left
from tests.promise.practice import Practice, phone_number
from tests.second_teli import SecondTeli

MINUTE = timedelta(minutes=1)


def _ledger(practice: Practice) -> Backend:
    return LocalLedger(practice.folder)


def _unlock(practice: Practice, approve: Callable[[str], bool] = lambda _: True) -> str:
    return workflow.unlock_ledger(practice.asked(), approve)


def test_a_dead_holder_is_named_and_its_ledger_is_free_at_once(practice: Practice) -> None:
    practice.apply()
    ledger = _ledger(practice)
    dead = ledger.acquire("ann@build-7 pid 123", datetime.now(UTC), MINUTE)
    told: list[str] = []

    def approve(sentence: str) -> bool:
        told.append(sentence)
        return True

    said = _unlock(practice, approve)

    assert said == "The ledger of project acme is free. Run the command that died again."
    assert "ann@build-7 pid 123" in told[0]
    assert f"{dead.expires:%Y-%m-%dT%H:%M:%S}" in told[0]
    with pytest.raises(LeaseLost):
        ledger.append((Left("fall"),), (), datetime.now(UTC), dead, 0)
    assert practice.apply().ending.exit_code == ExitCode.DONE


def test_a_free_ledger_is_told_so_and_nobody_is_asked(practice: Practice) -> None:
    practice.apply()

    def never(_: str) -> bool:
        raise AssertionError("asked")

    assert _unlock(practice, never) == "Nobody is writing the ledger of project acme; it is free."


def test_whoever_does_not_say_yes_leaves_the_lease_as_it_is(practice: Practice) -> None:
    practice.apply()
    held = _ledger(practice).acquire("ann", datetime.now(UTC), MINUTE)

    with pytest.raises(Declined):
        _unlock(practice, lambda _: False)

    _ledger(practice).renew(held, datetime.now(UTC), MINUTE)


def test_a_holder_that_renews_while_the_person_thinks_is_alive_and_left_alone(practice: Practice) -> None:
    practice.apply()
    held = _ledger(practice).acquire("ann", datetime.now(UTC), MINUTE)

    def renewing(_: str) -> bool:
        _ledger(practice).renew(held, datetime.now(UTC) + MINUTE / 2, MINUTE)
        return True

    with pytest.raises(LedgerLocked, match="is alive") as locked:
        _unlock(practice, renewing)
    assert locked.value.exit_code == ExitCode.LOCKED


def test_an_apply_whose_ledger_is_unlocked_under_it_calls_nobody(
    practice: Practice, teli: SecondTeli
) -> None:
    with pytest.raises(LeaseLost):
        practice.apply_after(lambda: _unlock(practice))

    assert teli.creates() == []
    practice.apply()
    teli.pass_time(timedelta(minutes=30))
    teli.dial()
    assert teli.dialled == dict.fromkeys(map(phone_number, (0, 1, 2, 10, 11)), 1)


def test_a_lease_that_a_clock_gone_wrong_put_far_off_can_be_ended(practice: Practice) -> None:
    practice.apply()
    _ledger(practice).acquire("ann", datetime.now(UTC) + timedelta(days=9000), MINUTE)
    _unlock(practice)
    assert practice.apply().ending.exit_code == ExitCode.DONE

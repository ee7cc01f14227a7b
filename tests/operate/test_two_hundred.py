"""The red button against two hundred live campaigns, with everything in the way that can be at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from teli_iac.errors import ExitCode, OnHold
from teli_iac.ledger import LocalLedger
from teli_iac.sandbox.clock import move_clock
from teli_iac.sandbox.store import Store
from tests.operate.flaky import embedded_teli
from tests.promise.practice import Practice, Wanted, options
from tests.second_teli import Fault, SecondTeli

_MANY = 200


def _launched(folder: Path, url: str) -> Practice:
    practice = Practice(folder / "acme", url, guards={"duplicate_people": _MANY})
    practice.want(**{f"wave_{number}": Wanted((number % 100,)) for number in range(_MANY)})
    applied = practice.apply(options(parallelism=8))
    assert applied.ending.launched == _MANY
    return practice


def _break_everything(practice: Practice) -> None:
    (practice.folder / "campaigns.yaml").write_text("kind: [Campaign\n  oops: {")
    ledger = LocalLedger(practice.folder)
    ledger.acquire("ann@build-7 pid 123", datetime.now(UTC), timedelta(hours=1))


def _mend(practice: Practice) -> None:
    practice.want(**{f"wave_{number}": Wanted((number % 100,)) for number in range(_MANY)})


def test_the_embedded_teli_is_stopped_through_a_bad_network(tmp_path: Path) -> None:
    store = Store()
    with embedded_teli(store) as (url, network):
        practice = _launched(tmp_path, url)
        _break_everything(practice)
        network.bad = True
        halted = practice.halt()
        network.bad = False
        assert (halted.complete, halted.taken_over, len(halted.paused)) == (True, True, _MANY)
        assert move_clock(store, timedelta(hours=1)).calls == 0
        _mend(practice)
        with pytest.raises(OnHold) as refused:
            practice.apply()
        assert refused.value.exit_code == ExitCode.REFUSED
        practice.release()
        assert practice.apply().ending.exit_code == ExitCode.DONE
        assert move_clock(store, timedelta(hours=1)).calls == 0, "paused by a person until resumed"


def test_a_second_teli_is_stopped_through_a_bad_network(tmp_path: Path) -> None:
    with SecondTeli(odd_statuses=True) as teli:
        practice = _launched(tmp_path, teli.url)
        _break_everything(practice)
        bad = [fault for fault in Fault if fault is not Fault.REDIRECT]
        lists = len(teli.log_of("list"))
        teli.faults |= {("pause", number): bad[number % len(bad)] for number in range(1, 300, 2)}
        teli.faults |= {("list", lists + number): bad[number % len(bad)] for number in range(2, 12, 2)}
        halted = practice.halt()
        assert (halted.complete, len(halted.paused)) == (True, _MANY)
        teli.pass_time(timedelta(hours=1))
        teli.dial()
        assert not teli.dialled
        _mend(practice)
        with pytest.raises(OnHold):
            practice.apply()
        practice.release()
        assert practice.apply().ending.exit_code == ExitCode.DONE

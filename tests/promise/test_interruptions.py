"""Signals, a lost network, a lost lease, a full disk within an apply: nobody twice, nobody missed."""

from __future__ import annotations

import resource
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from teli_iac.errors import ExitCode, LeaseLost
from teli_iac.model import OnError, Sentence
from tests.promise.practice import Practice, Wanted, options, phone_number
from tests.promise.processes import start
from tests.second_teli import Fault, SecondTeli

FALL, SPRING = (0, 1, 2), (10, 11)
EVERYBODY = dict.fromkeys(map(phone_number, (*FALL, *SPRING)), 1)
PATIENCE = 60


class Eventful(SecondTeli):
    """A Teli that does something when the first create arrives, and before it is answered."""

    def __init__(self) -> None:
        super().__init__()
        self.at_first_create: Callable[[], None] = lambda: None
        self.lost = False
        self._creates = 0

    def respond(self, asked: Any, fault: Fault | None) -> Any:
        """As ever, unless the network is lost: then nothing is read any more."""
        self._creates += asked.kind == "create"
        first = asked.kind == "create" and self._creates == 1
        reply = super().respond(asked, Fault.CUT_BEFORE_READING if self.lost else fault)
        if first:
            self.at_first_create()
        return reply


def _practice(folder: Path, teli: SecondTeli) -> Practice:
    practice = Practice(folder / "acme", teli.url)
    practice.want(fall=Wanted(FALL), spring=Wanted(SPRING))
    return practice


def _picked_up(practice: Practice, teli: SecondTeli) -> None:
    practice.ahead += timedelta(seconds=61)
    practice.apply(options(on_error=OnError.CONTINUE))
    teli.pass_time(timedelta(minutes=20))
    for _ in range(2):
        practice.apply(options(on_error=OnError.CONTINUE))
    teli.pass_time(timedelta(minutes=30))
    teli.dial()
    assert teli.dialled == EVERYBODY


def test_a_second_signal_breaks_off_at_once_and_the_create_in_flight_is_looked_up_later(
    tmp_path: Path,
) -> None:
    in_flight, answered = threading.Event(), threading.Event()

    def hold_the_answer() -> None:
        in_flight.set()
        answered.wait(PATIENCE)

    with Eventful() as teli:
        practice = _practice(tmp_path, teli)
        teli.at_first_create = hold_the_answer
        apply = start(practice.folder)
        assert in_flight.wait(PATIENCE)
        apply.send_signal(signal.SIGINT)
        assert apply.stderr is not None
        assert any("Once more breaks off" in line for line in apply.stderr)
        apply.send_signal(signal.SIGINT)
        assert apply.wait(PATIENCE) == ExitCode.INTERRUPTED
        apply.communicate()
        answered.set()
        assert len(teli.creates()) == 1
        _picked_up(practice, teli)


def test_a_network_that_is_lost_in_the_middle_sends_nothing_more_and_is_told_as_unknown(
    tmp_path: Path,
) -> None:
    with Eventful() as teli:
        practice = _practice(tmp_path, teli)

        def lose() -> None:
            teli.lost = True

        teli.at_first_create = lose
        teli.faults = {("create", 1): Fault.CUT_BEFORE_REPLY}
        applied = practice.apply(options(on_error=OnError.CONTINUE))
        assert applied.sentences == [Sentence.OUTCOME_UNKNOWN]
        assert applied.ending.exit_code == ExitCode.UNKNOWN
        assert len(teli.creates()) == 1
        teli.lost = False
        _picked_up(practice, teli)


def test_a_lease_that_runs_out_while_somebody_reads_the_plan_sends_nothing(tmp_path: Path) -> None:
    with Eventful() as teli:
        practice = _practice(tmp_path, teli)

        def read_for_long() -> None:
            practice.ahead += timedelta(seconds=61)

        with pytest.raises(LeaseLost):
            practice.apply_after(read_for_long)
        assert teli.creates() == []
        _picked_up(practice, teli)


def test_a_lease_that_runs_out_during_a_create_stops_everything_after_it(tmp_path: Path) -> None:
    with Eventful() as teli:
        practice = _practice(tmp_path, teli)

        def stand_still() -> None:
            practice.ahead += timedelta(seconds=61)

        teli.at_first_create = stand_still
        applied = practice.apply(options(on_error=OnError.CONTINUE))
        assert applied.sentences == [Sentence.LEDGER_FAILED]
        assert len(teli.creates()) == 1
        _picked_up(practice, teli)


def test_a_disk_that_is_full_before_an_intent_sends_no_create(tmp_path: Path) -> None:
    with Eventful() as teli:
        practice = _practice(tmp_path, teli)
        practice.want()
        practice.apply()
        practice.want(fall=Wanted(FALL), spring=Wanted(SPRING))
        # The later pages of the ledger cannot be written any more.
        room = (practice.folder / ".teli" / "ledger.db").stat().st_size // 2
        apply = start(practice.folder, limit=lambda: _no_larger_files(room))
        apply.communicate()
        assert apply.returncode not in {ExitCode.DONE, -signal.SIGXFSZ}
        assert teli.creates() == []
        _picked_up(practice, teli)


def _no_larger_files(room: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

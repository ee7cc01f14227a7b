"""Crashes, races and interruptions: two hands never act at once, and what was cut off is picked up again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac import workflow
from teli_iac.errors import ExitCode, LedgerLocked
from teli_iac.model import OnError, Reason, Sentence
from tests.promise.practice import Practice, Wanted, options, phone_number
from tests.second_teli import Fault, SecondTeli

FALL, SPRING = (0, 1, 2), (10, 11)
EVERYBODY = dict.fromkeys(map(phone_number, (*FALL, *SPRING)), 1)
WRITES = frozenset({"create", "pause", "end", "delete", "resume"})


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    project = Practice(tmp_path / "acme", teli.url, guards={"live_deletes": 5})
    project.want(fall=Wanted(FALL), spring=Wanted(SPRING))
    return project


def _let_them_call(teli: SecondTeli) -> None:
    teli.pass_time(timedelta(minutes=30))
    teli.dial()


def test_two_applies_send_each_create_once_and_then_there_is_nothing_to_do(
    practice: Practice, teli: SecondTeli
) -> None:
    assert practice.apply().ending.exit_code == ExitCode.DONE
    assert practice.apply().ending.exit_code == ExitCode.DONE
    assert practice.detailed_exit_code() == ExitCode.DONE
    _let_them_call(teli)
    assert len(teli.creates()) == 2
    assert teli.dialled == EVERYBODY
    assert [change.reason for change in practice.plan().plan.changes] == [Reason.FULFILLED] * 2


def test_planning_and_validating_send_nothing_but_get_and_write_nothing(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.plan()
    assert not (practice.folder / ".teli").exists()
    practice.apply()
    ledger = _contents(practice.folder / ".teli")
    sent = len(teli.log)
    workflow.validate(practice.asked())
    assert len(teli.log) == sent
    practice.want(fall=Wanted((*FALL, 3), agent="agent_other"))
    practice.plan()
    _let_them_call(teli)
    practice.plan()
    assert {seen.method for seen in teli.log[sent:]} == {"GET"}
    assert _contents(practice.folder / ".teli") == ledger


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_while_one_apply_asks_for_approval_another_is_locked_out(
    practice: Practice, teli: SecondTeli
) -> None:
    def try_another() -> None:
        with pytest.raises(LedgerLocked):
            practice.apply()

    assert practice.apply_after(try_another).ending.exit_code == ExitCode.DONE
    assert len(teli.creates()) == 2


def test_a_clone_without_the_ledger_adopts_what_it_finds_and_launches_nothing(
    practice: Practice, teli: SecondTeli, tmp_path: Path
) -> None:
    practice.apply()
    clone = tmp_path / "clone"
    shutil.copytree(practice.folder, clone, ignore=shutil.ignore_patterns(".teli"))
    other = Practice(clone, teli.url)
    assert other.apply().sentences == [Sentence.RECORDED] * 2
    assert other.detailed_exit_code() == ExitCode.DONE
    other.want(fall=Wanted((*FALL, 3)), spring=Wanted(SPRING))
    assert other.apply().ending.people == 1
    _let_them_call(teli)
    assert teli.dialled == {**EVERYBODY, phone_number(3): 1}


def test_a_campaign_that_another_clone_launched_meanwhile_is_not_launched_again(
    practice: Practice, teli: SecondTeli, tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    shutil.copytree(practice.folder, clone)
    other = Practice(clone, teli.url)
    assert Sentence.ALREADY_THERE in practice.apply_after(other.apply).sentences
    _let_them_call(teli)
    assert len(teli.creates()) == 2
    assert teli.dialled == EVERYBODY


def test_an_interrupted_apply_finishes_what_is_in_flight_and_begins_nothing_new(
    practice: Practice, teli: SecondTeli
) -> None:
    applied = practice.apply(stopping=lambda: bool(teli.creates()))
    assert applied.ending.exit_code == ExitCode.INTERRUPTED
    assert (applied.ending.launched, applied.ending.skipped) == (1, 1)
    assert practice.apply().ending.exit_code == ExitCode.DONE
    _let_them_call(teli)
    assert teli.dialled == EVERYBODY


def test_after_a_failure_an_apply_stops(practice: Practice, teli: SecondTeli) -> None:
    teli.faults["create", 1] = Fault.HTML_404
    ending = practice.apply().ending
    assert (ending.launched, ending.failed, ending.skipped) == (0, 1, 1)
    assert ending.exit_code == ExitCode.ERROR


def test_after_a_failure_an_apply_goes_on_when_it_was_told_to(practice: Practice, teli: SecondTeli) -> None:
    teli.faults["create", 1] = Fault.HTML_404
    ending = practice.apply(options(on_error=OnError.CONTINUE)).ending
    assert (ending.launched, ending.failed, ending.skipped) == (1, 1, 0)
    assert ending.exit_code == ExitCode.PARTLY


def test_campaigns_are_launched_several_at_once(practice: Practice, teli: SecondTeli) -> None:
    names = {f"c{number:02}": Wanted((number,)) for number in range(20)}
    practice.want(**names)
    applied = practice.apply(options(parallelism=8))
    assert applied.ending.launched == len(names)
    assert len(set(teli.creates())) == len(teli.creates()) == len(names)
    assert practice.detailed_exit_code() == ExitCode.DONE


def test_a_launch_beside_an_unknown_part_of_its_run_is_ended(practice: Practice, teli: SecondTeli) -> None:
    stranger = Practice(practice.folder.parent / "stranger", teli.url)
    stranger.want(fall=Wanted((5, 6)))
    assert Sentence.VERIFICATION_FAILED in practice.apply_after(stranger.apply).sentences
    _let_them_call(teli)
    assert teli.dialled.keys() & set(map(phone_number, FALL)) == set()

"""What is not as it was sent is ended, however often the end goes wrong, so that it calls nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac.errors import ExitCode
from teli_iac.model import GuardName, OnError, Reason, Sentence, Settlement
from tests.promise.practice import Practice, Wanted, options, phone_number
from tests.second_teli import Fault, SecondTeli

FALL = (0, 1, 2)


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    project = Practice(tmp_path / "acme", teli.url)
    project.want(fall=Wanted(FALL))
    return project


def _let_them_call(teli: SecondTeli) -> None:
    teli.pass_time(timedelta(minutes=30))
    teli.dial()


def test_what_could_not_be_ended_is_ended_by_the_next_apply(practice: Practice, teli: SecondTeli) -> None:
    teli.faults["create", 1] = Fault.WRONG_COUNT
    for number in (1, 2, 3):
        teli.faults["end", number] = Fault.CUT_BEFORE_DOING
    (outcome,) = (each for each in practice.apply().outcomes if each.sentence is not Sentence.LAUNCHING)
    assert "could not be ended" in outcome.detail[-1]
    again = practice.apply()
    assert again.sentences == [Sentence.VERIFICATION_FAILED]
    (change,) = practice.plan().plan.blocked
    assert (change.reason, change.verify) == (Reason.VERIFICATION_FAILED, ())
    assert len(change.faults) == len(set(change.faults))
    _let_them_call(teli)
    assert not teli.dialled


def test_what_a_person_adopted_in_spite_of_its_faults_is_left_running(
    practice: Practice, teli: SecondTeli
) -> None:
    teli.faults["create", 1] = Fault.WRONG_COUNT
    for number in (1, 2, 3):
        teli.faults["end", number] = Fault.CUT_BEFORE_DOING
    practice.apply()
    practice.settle("fall", Settlement.ADOPT)
    assert practice.apply().ending.exit_code == ExitCode.DONE
    _let_them_call(teli)
    assert teli.dialled == dict.fromkeys(map(phone_number, FALL), 1)


def test_a_campaign_that_shows_late_is_not_taken_for_one_that_is_gone(tmp_path: Path) -> None:
    with SecondTeli(late_in_reads=1) as teli:
        practice = Practice(tmp_path, teli.url)
        practice.want(fall=Wanted(FALL))
        teli.faults["create", 1] = Fault.WRONG_COUNT
        teli.faults["end", 1] = Fault.CUT_BEFORE_DOING
        assert practice.apply().sentences == [Sentence.VERIFICATION_FAILED]
        _let_them_call(teli)
        assert not teli.dialled


def _two_that_could_not_be_ended(practice: Practice, teli: SecondTeli) -> None:
    practice.want(fall=Wanted(FALL), spring=Wanted((10, 11)))
    for number in (1, 2):
        teli.faults["create", number] = Fault.WRONG_COUNT
    for number in range(1, 7):
        teli.faults["end", number] = Fault.CUT_BEFORE_DOING
    practice.apply(options(on_error=OnError.CONTINUE))


def test_every_part_that_is_not_as_sent_is_ended_though_each_is_a_failure(
    practice: Practice, teli: SecondTeli
) -> None:
    _two_that_could_not_be_ended(practice, teli)
    assert practice.apply().sentences == [Sentence.VERIFICATION_FAILED] * 2
    _let_them_call(teli)
    assert not teli.dialled


def test_what_was_given_up_is_ended_though_another_campaign_failed(
    practice: Practice, teli: SecondTeli
) -> None:
    _two_that_could_not_be_ended(practice, teli)
    practice.settle("spring", Settlement.ABANDON)
    assert practice.apply().sentences == [Sentence.VERIFICATION_FAILED, Sentence.STOPPED]
    _let_them_call(teli)
    assert not teli.dialled


def test_after_a_failure_nothing_else_is_removed_or_launched(practice: Practice, teli: SecondTeli) -> None:
    practice.want(spring=Wanted((10, 11)))
    practice.apply()
    practice.want(fall=Wanted(FALL), spring=Wanted((10, 11)))
    teli.faults["create", 2] = Fault.WRONG_COUNT
    for number in (1, 2, 3):
        teli.faults["end", number] = Fault.CUT_BEFORE_DOING
    practice.apply()
    practice.want(fall=Wanted(FALL), winter=Wanted((20,)))
    applied = practice.apply(options(allow={GuardName.LIVE_DELETES: 1}))
    assert (applied.sentences, applied.ending.skipped) == ([Sentence.VERIFICATION_FAILED], 2)

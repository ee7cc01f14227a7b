"""While nobody knows whether one campaign was launched, no other starts, unless it is asked for by name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac.errors import ExitCode
from teli_iac.model import OnError, Reason, Sentence, Settlement
from tests.promise.practice import Practice, Wanted, options, phone_number
from tests.second_teli import Fault, SecondTeli

FALL, SPRING, WINTER = (0, 1, 2), (10, 11), (20,)


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    """A project of three campaigns; nobody knows what became of the first create."""
    project = Practice(tmp_path, teli.url, guards={"live_deletes": 5})
    project.want(fall=Wanted(FALL), spring=Wanted(SPRING), winter=Wanted(WINTER))
    teli.faults["create", 1] = Fault.CUT_BEFORE_DOING
    return project


def _reasons(practice: Practice) -> list[Reason]:
    return [change.reason for change in practice.plan().plan.changes]


def test_the_apply_in_which_an_outcome_becomes_unknown_starts_no_other_campaign_though_told_to_go_on(
    practice: Practice, teli: SecondTeli
) -> None:
    applied = practice.apply(options(on_error=OnError.CONTINUE))
    assert applied.sentences == [Sentence.OUTCOME_UNKNOWN]
    assert (applied.ending.exit_code, applied.ending.skipped) == (ExitCode.UNKNOWN, 2)
    assert len(teli.creates()) == 1


def test_later_applies_hold_back_every_launch_and_still_stop_what_is_to_stop(
    practice: Practice, teli: SecondTeli
) -> None:
    teli.faults = {("create", 2): Fault.CUT_BEFORE_DOING}
    practice.apply(options("campaign/winter"))
    practice.apply()
    practice.want(fall=Wanted(FALL), spring=Wanted(SPRING))
    applied = practice.apply()
    assert (applied.sentences, applied.ending.exit_code) == ([Sentence.REMOVED], ExitCode.UNKNOWN)
    assert _reasons(practice) == [Reason.UNKNOWN_OUTCOME, Reason.UNKNOWN_OUTCOME_ELSEWHERE, Reason.GONE]
    assert len(teli.creates()) == 2


def test_a_campaign_that_is_named_as_a_target_starts_beside_it(practice: Practice) -> None:
    practice.apply()
    applied = practice.apply(options("campaign/spring"))
    assert applied.sentences == [Sentence.LAUNCHED]
    assert _reasons(practice) == [
        Reason.UNKNOWN_OUTCOME,
        Reason.RUNNING,
        Reason.UNKNOWN_OUTCOME_ELSEWHERE,
    ]


def test_once_it_is_settled_everybody_is_called_once(practice: Practice, teli: SecondTeli) -> None:
    practice.apply()
    practice.settle("fall", Settlement.ABANDON)
    assert practice.apply().ending.launched == 2
    teli.pass_time(timedelta(minutes=30))
    teli.dial()
    assert teli.dialled == dict.fromkeys(map(phone_number, (*SPRING, *WINTER)), 1)

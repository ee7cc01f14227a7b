"""Pausing, resuming and ending by hand, and what the next plan makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from teli_iac import workflow
from teli_iac.errors import Declined, ExitCode, LedgerLocked, OnHold, UsageError
from teli_iac.ledger import LocalLedger
from teli_iac.model import Action, GuardName, OnError, PersonAct, Reason, Settlement
from teli_iac.settings import ByHand
from tests.promise.practice import NOBODY_ELSE, Practice, Wanted, options
from tests.second_teli import Fault, SecondTeli

FALL = Wanted((0, 1, 2))
ADDRESS = "campaign/fall"


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    """A project whose one campaign is live."""
    project = Practice(tmp_path / "acme", teli.url)
    project.want(fall=FALL)
    assert project.apply().ending.exit_code == ExitCode.DONE
    return project


def _call(teli: SecondTeli) -> None:
    teli.pass_time(timedelta(hours=1))
    teli.dial()


def _decided(practice: Practice) -> list[tuple[Action, Reason]]:
    return [(change.action, change.reason) for change in practice.plan().plan.changes]


def test_a_pause_by_hand_stands_until_a_resume_by_hand(practice: Practice, teli: SecondTeli) -> None:
    assert practice.steer(PersonAct.PAUSE, ADDRESS).complete
    assert practice.apply().ending.exit_code == ExitCode.DONE
    _call(teli)
    assert (_decided(practice), teli.dialled) == ([(Action.KEEP, Reason.PAUSED_ELSEWHERE)], {})
    assert practice.steer(PersonAct.RESUME, ADDRESS).complete
    _call(teli)
    assert list(teli.dialled.values()) == [1, 1, 1]


def test_a_pause_by_hand_of_what_apply_had_paused_is_a_persons_too(practice: Practice) -> None:
    practice.want(fall=replace(FALL, settings={"desired_status": "paused"}))
    practice.apply()
    practice.steer(PersonAct.RESUME, ADDRESS)
    practice.steer(PersonAct.PAUSE, ADDRESS)
    practice.want(fall=FALL)
    assert _decided(practice) == [(Action.KEEP, Reason.PAUSED_ELSEWHERE)]


def test_a_resume_by_hand_is_not_undone_by_a_manifest_that_was_applied_before(practice: Practice) -> None:
    practice.want(fall=replace(FALL, settings={"desired_status": "paused"}))
    practice.apply()
    practice.steer(PersonAct.RESUME, ADDRESS)
    assert _decided(practice) == [(Action.KEEP, Reason.HELD)]


def test_after_an_end_by_hand_nobody_is_called_and_people_added_are_not_launched(
    practice: Practice, teli: SecondTeli
) -> None:
    assert practice.steer(PersonAct.END, ADDRESS).complete
    _call(teli)
    assert (_decided(practice), teli.dialled) == ([(Action.KEEP, Reason.ENDED_ELSEWHERE)], {})
    practice.want(fall=Wanted((0, 1, 2, 3)))
    assert _decided(practice) == [(Action.BLOCKED, Reason.ENDED_ELSEWHERE)]


def test_an_end_is_approved_by_whoever_sees_how_many_would_not_be_called(practice: Practice) -> None:
    told: list[tuple[int | None, ...]] = []

    def decline(_: object, uncalled: Sequence[int | None]) -> bool:
        told.append(tuple(uncalled))
        return False

    by_hand = ByHand(PersonAct.END, (ADDRESS,), "by hand")
    with pytest.raises(Declined):
        list(workflow.steer(practice.asked(), NOBODY_ELSE, by_hand, decline))
    assert told == [(3,)]
    assert _decided(practice) == [(Action.KEEP, Reason.RUNNING)]


def test_a_pause_waits_for_no_lock_and_says_when_it_could_not_be_recorded(
    practice: Practice, teli: SecondTeli
) -> None:
    ledger = LocalLedger(practice.folder)
    ledger.acquire("ann@build-7 pid 123", datetime.now(UTC), timedelta(minutes=1))
    paused = practice.steer(PersonAct.PAUSE, ADDRESS)
    assert (paused.unproven, paused.complete) == ((), False)
    assert "ann@build-7 pid 123" in paused.why_unrecorded
    _call(teli)
    assert not teli.dialled
    for act in (PersonAct.RESUME, PersonAct.END):
        with pytest.raises(LedgerLocked):
            practice.steer(act, ADDRESS)


def test_nothing_is_resumed_while_the_project_is_on_hold(practice: Practice, teli: SecondTeli) -> None:
    practice.halt()
    with pytest.raises(OnHold):
        practice.steer(PersonAct.RESUME, ADDRESS)
    assert not teli.log_of("resume")


def test_an_order_whose_answer_is_lost_is_given_again_until_it_is_seen_to_be_done(
    practice: Practice, teli: SecondTeli
) -> None:
    teli.faults |= {
        ("pause", 1): Fault.CUT_BEFORE_DOING,
        ("pause", 2): Fault.NOT_DONE_502,
        ("pause", 3): Fault.DONE_500,
    }
    assert practice.steer(PersonAct.PAUSE, ADDRESS).complete
    assert len(teli.log_of("pause")) == 3


def test_what_is_never_seen_to_be_done_is_named(practice: Practice, teli: SecondTeli) -> None:
    teli.faults |= {("pause", number): Fault.NOT_DONE_500 for number in range(1, 100)}
    paused = practice.steer(PersonAct.PAUSE, ADDRESS)
    assert (len(paused.unproven), paused.done, paused.complete) == (1, (), False)


def test_what_could_call_somebody_twice_is_not_resumed(practice: Practice, teli: SecondTeli) -> None:
    teli.faults |= {("create", 2): Fault.CUT_BEFORE_REPLY}
    teli.faults |= {("get", len(teli.log_of("get")) + number): Fault.HTML_404 for number in range(2, 40)}
    practice.want(fall=FALL, spring=Wanted((10, 11)))
    practice.apply(options(on_error=OnError.CONTINUE))
    practice.settle("spring", Settlement.ABANDON)
    teli.faults.clear()
    practice.halt()
    practice.release()
    resumed = practice.steer(PersonAct.RESUME, "campaign/spring")
    assert [left.why.partition(",")[0] for left in resumed.left_alone] == ["its launch was given up"]
    _call(teli)
    assert not teli.dialled


def test_an_earlier_run_is_not_resumed_beside_a_later_one(practice: Practice, teli: SecondTeli) -> None:
    practice.steer(PersonAct.PAUSE, ADDRESS)
    (first,) = teli.creates()
    teli.order(first, "end")
    practice.want(fall=replace(FALL, run=2))
    practice.apply(options(allow={GuardName.PEOPLE_AGAIN: 3}))
    resumed = practice.steer(PersonAct.RESUME, ADDRESS)
    assert first in {left.campaign_id for left in resumed.left_alone}


def test_an_unknown_address_is_refused_with_the_nearest_one(practice: Practice) -> None:
    with pytest.raises(UsageError, match="Did you mean campaign/fall"):
        practice.steer(PersonAct.PAUSE, "campaign/fail")


def test_what_was_renamed_answers_to_its_new_name(practice: Practice, teli: SecondTeli) -> None:
    practice.want(autumn=replace(FALL, metadata={"renamed_from": "fall"}))
    practice.apply()
    assert practice.steer(PersonAct.PAUSE, "campaign/autumn").complete
    _call(teli)
    assert not teli.dialled

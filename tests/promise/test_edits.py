"""What becomes of a run that is edited while it is live: whoever was called is never called again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac.errors import ExitCode
from teli_iac.model import Action, GuardName, Reason, Sentence, Settlement
from tests.promise.executioner import Executioner
from tests.promise.practice import Practice, Wanted, options, phone_number
from tests.second_teli import Fault, SecondTeli

FALL = Wanted((0, 1, 2))


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    """A project whose one campaign is launched, and has called nobody yet."""
    project = Practice(tmp_path / "acme", teli.url, guards={"live_deletes": 5, "all_gone": 1})
    project.want(fall=FALL)
    assert project.apply().ending.exit_code == ExitCode.DONE
    return project


def _call(teli: SecondTeli) -> None:
    teli.pass_time(timedelta(minutes=30))
    teli.dial()


def _dialled(teli: SecondTeli) -> dict[int, int]:
    return {person: calls for person in range(20) if (calls := teli.dialled[phone_number(person)])}


def _decided(practice: Practice) -> list[tuple[Action, Reason]]:
    return [(change.action, change.reason) for change in practice.plan().plan.changes]


def test_people_added_to_a_running_campaign_are_launched_alone(practice: Practice, teli: SecondTeli) -> None:
    practice.want(fall=replace(FALL, people=(0, 1, 2, 3, 4)))
    assert practice.apply().ending.people == 2
    assert {seen.kind for seen in teli.log} == {"list", "get", "create"}, "the running part is not touched"
    _call(teli)
    assert _dialled(teli) == dict.fromkeys(range(5), 1)
    assert practice.detailed_exit_code() == ExitCode.DONE


def test_people_added_after_the_run_was_completed_are_launched_alone(
    practice: Practice, teli: SecondTeli
) -> None:
    _call(teli)
    practice.want(fall=replace(FALL, people=(0, 1, 2, 3)))
    practice.apply()
    _call(teli)
    assert _dialled(teli) == dict.fromkeys(range(4), 1)


def test_somebody_taken_out_in_time_is_not_called(practice: Practice, teli: SecondTeli) -> None:
    practice.want(fall=replace(FALL, people=(0, 2)))
    assert practice.apply().ending.exit_code == ExitCode.DONE
    _call(teli)
    assert _dialled(teli) == {0: 1, 2: 1}
    assert practice.detailed_exit_code() == ExitCode.DONE


def test_taking_somebody_out_who_was_called_and_putting_them_back_does_nothing(
    practice: Practice, teli: SecondTeli
) -> None:
    _call(teli)
    practice.want(fall=replace(FALL, people=(0, 2)))
    assert _decided(practice) == [(Action.KEEP, Reason.FULFILLED)]
    practice.apply()
    practice.want(fall=FALL)
    practice.apply()
    _call(teli)
    assert _dialled(teli) == dict.fromkeys(range(3), 1)


def test_somebody_who_was_released_and_comes_back_is_called_once(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.want(fall=replace(FALL, people=(0, 2)))
    practice.apply()
    practice.want(fall=FALL)
    assert _decided(practice) == [(Action.EXTEND, Reason.PEOPLE_ADDED)]
    practice.apply()
    _call(teli)
    assert _dialled(teli) == dict.fromkeys(range(3), 1)


@pytest.mark.parametrize(
    ("edited", "reason"),
    [
        (replace(FALL, agent="agent_other"), Reason.SETTINGS_CHANGED),
        (replace(FALL, names={1: "Grace"}), Reason.DETAILS_CHANGED),
        (replace(FALL, people=(0, 5), agent="agent_other", names={0: "Ada"}), Reason.SETTINGS_CHANGED),
    ],
    ids=["settings", "details", "everything at once"],
)
def test_an_edit_of_a_live_campaign_moves_whoever_was_not_called(
    edited: Wanted, reason: Reason, practice: Practice, teli: SecondTeli
) -> None:
    practice.want(fall=edited)
    assert _decided(practice) == [(Action.REPLACE, reason)]
    assert practice.apply().ending.exit_code == ExitCode.DONE
    assert practice.detailed_exit_code() == ExitCode.DONE
    _call(teli)
    assert _dialled(teli) == dict.fromkeys(edited.people, 1)
    assert practice.detailed_exit_code() == ExitCode.DONE


@pytest.mark.parametrize("kind", ["analytics", "failed-numbers"])
def test_a_release_whose_numbers_do_not_add_up_stops_and_leaves_the_part_paused(
    kind: str, practice: Practice, teli: SecondTeli
) -> None:
    practice.want(fall=replace(FALL, agent="agent_other"))
    for number in range(1, 40):
        teli.faults[kind, number] = Fault.NOT_DONE_HTML
    applied = practice.apply()
    assert applied.ending.exit_code == ExitCode.PARTLY
    assert applied.sentences == [Sentence.UNPROVEN]
    assert "it stays paused" in applied.outcomes[-1].detail
    assert _decided(practice) == [(Action.REPLACE, Reason.RESUMED)]
    _call(teli)
    assert not teli.dialled
    teli.faults.clear()
    assert practice.apply().ending.exit_code == ExitCode.DONE
    _call(teli)
    assert _dialled(teli) == dict.fromkeys(range(3), 1)


def test_a_release_that_cannot_be_proven_can_be_given_up(practice: Practice, teli: SecondTeli) -> None:
    practice.want(fall=replace(FALL, agent="agent_other"))
    for number in range(1, 40):
        teli.faults["analytics", number] = Fault.NOT_DONE_HTML
    practice.apply()
    practice.settle("fall", Settlement.ABANDON)
    practice.apply()
    _call(teli)
    assert not teli.dialled
    assert len(teli.creates()) == 1


@pytest.mark.parametrize("status", ["paused", "ended"])
def test_a_campaign_is_stopped_by_its_desired_status(
    status: str, practice: Practice, teli: SecondTeli
) -> None:
    practice.want(fall=replace(FALL, settings={"desired_status": status}))
    assert practice.apply().ending.exit_code == ExitCode.DONE
    assert practice.detailed_exit_code() == ExitCode.DONE
    _call(teli)
    assert not teli.dialled


def test_a_pause_of_ours_is_lifted_and_a_persons_pause_is_not(practice: Practice, teli: SecondTeli) -> None:
    practice.want(fall=replace(FALL, settings={"desired_status": "paused"}))
    practice.apply()
    practice.want(fall=FALL)
    assert practice.apply().sentences == [Sentence.RESUMED]
    teli.order(teli.creates()[0], "pause")
    assert _decided(practice) == [(Action.KEEP, Reason.PAUSED_ELSEWHERE)]
    practice.apply()
    _call(teli)
    assert not teli.dialled


def test_a_renamed_campaign_keeps_its_memory(practice: Practice, teli: SecondTeli) -> None:
    _call(teli)
    practice.want(autumn=replace(FALL, metadata={"renamed_from": "fall"}))
    assert practice.apply().ending.launched == 0
    practice.want(autumn=replace(FALL, people=(0, 1, 2, 3)))
    practice.apply()
    _call(teli)
    assert _dialled(teli) == dict.fromkeys(range(4), 1)


def test_a_campaign_that_is_removed_and_returns_calls_only_whom_it_did_not_call(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.want(spring=Wanted((9,)))
    practice.apply()
    practice.want(fall=FALL, spring=Wanted((9,)))
    practice.apply()
    _call(teli)
    practice.want(spring=Wanted((9,)))
    practice.apply()
    practice.want(fall=FALL, spring=Wanted((9,)))
    practice.apply()
    _call(teli)
    assert _dialled(teli) == {0: 1, 1: 1, 2: 1, 9: 1}


def test_a_retried_launch_counts_its_people_as_called_again(tmp_path: Path, teli: SecondTeli) -> None:
    practice = Practice(tmp_path, teli.url)
    practice.want(fall=FALL)
    teli.faults["create", 1] = Fault.CUT_BEFORE_DOING
    assert practice.apply().ending.exit_code == ExitCode.UNKNOWN
    practice.settle("fall", Settlement.RETRY)
    assert practice.plan().plan.people_again == 3
    assert practice.plan().exit_code(detailed=False) == ExitCode.REFUSED
    practice.apply(options(allow={GuardName.PEOPLE_AGAIN: 3}))
    _call(teli)
    assert _dialled(teli) == dict.fromkeys(range(3), 1)


@pytest.mark.parametrize("number", range(4, 23, 2))
def test_a_replacement_that_is_killed_at_any_request_is_taken_up_without_a_second_call(
    number: int, tmp_path: Path
) -> None:
    with Executioner(number) as teli:
        practice = Practice(tmp_path, teli.url, drain="0s")
        practice.want(fall=FALL)
        practice.apply()
        practice.want(fall=replace(FALL, people=(1, 2, 3), agent="agent_other"))
        teli.kill_an_apply(practice.folder)
        practice.ahead = timedelta(seconds=61)  # a dead runner's lease ends by itself
        for _ in range(3):
            practice.apply()
            teli.pass_time(timedelta(minutes=20))
        _call(teli)
        assert _dialled(teli) == {1: 1, 2: 1, 3: 1}

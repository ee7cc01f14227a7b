"""A list above `max_per_part`: part after part, each with all that a create has, nobody in two of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac import workflow
from teli_iac.errors import ExitCode
from teli_iac.identity import parse_campaign_id
from teli_iac.model import Action, GuardName, OnError, Reason, Sentence, Settlement
from tests.promise.practice import Practice, Wanted, options, phone_number
from tests.second_teli import Fault, SecondTeli

FALL, SPRING = tuple(range(8)), (10, 11)
EVERYBODY = dict.fromkeys(map(phone_number, (*FALL, *SPRING)), 1)
MOST = 3


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli(most_leads=MOST) as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    project = Practice(tmp_path / "acme", teli.url, drain="0s")
    project.want(fall=Wanted(FALL, most=MOST), spring=Wanted(SPRING))
    return project


def _let_them_call(teli: SecondTeli) -> None:
    teli.pass_time(timedelta(minutes=30))
    teli.dial()


def _parts(teli: SecondTeli, name: str = "fall") -> list[int]:
    """The numbers of the parts that were sent, in their order."""
    references = [parse_campaign_id(campaign_id) for campaign_id in teli.creates()]
    return [part.part for part in references if part and part.name == name]


def _reason(practice: Practice, name: str = "fall") -> Reason:
    changes = {change.address: change for change in practice.plan().plan.changes}
    return changes[f"campaign/{name}"].reason


def test_a_service_that_takes_few_at_once_gets_a_long_list_in_parts_and_calls_everybody_once(
    practice: Practice, teli: SecondTeli
) -> None:
    applied = practice.apply()
    assert applied.sentences == [Sentence.LAUNCHED] * 4
    assert (applied.ending.launched, applied.ending.people) == (4, 10)
    assert [outcome.people for outcome in applied.outcomes[1::2]] == [2, 3, 3, 2]
    assert [(outcome.done, outcome.total) for outcome in applied.outcomes[1::2]] == [
        (1, 4),
        (2, 4),
        (3, 4),
        (4, 4),
    ]
    assert _parts(teli) == [1, 2, 3]
    assert practice.detailed_exit_code() == ExitCode.DONE
    _let_them_call(teli)
    assert teli.dialled == EVERYBODY
    assert _reason(practice) is Reason.FULFILLED


def test_without_the_limit_such_a_service_refuses_the_list_and_nobody_is_called(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.want(fall=Wanted(FALL))
    assert practice.apply().sentences == [Sentence.REJECTED]
    practice.want(fall=Wanted(FALL, most=MOST), spring=Wanted(SPRING))
    assert practice.apply().ending.exit_code == ExitCode.DONE
    _let_them_call(teli)
    assert teli.dialled == EVERYBODY


def test_each_part_is_looked_up_before_its_one_create(practice: Practice, teli: SecondTeli) -> None:
    practice.apply()
    for campaign_id in teli.creates():
        named = [seen for seen in teli.log if campaign_id in {seen.campaign_id, seen.path.rpartition("/")[2]}]
        about = [seen.kind for seen in named]
        assert about == ["get", "create"]


def test_after_an_unknown_outcome_no_further_part_begins_even_as_a_target(
    practice: Practice, teli: SecondTeli
) -> None:
    teli.faults["create", 2] = Fault.CUT_BEFORE_DOING
    applied = practice.apply(options("campaign/fall", on_error=OnError.CONTINUE))
    assert applied.sentences == [Sentence.LAUNCHED, Sentence.OUTCOME_UNKNOWN]
    assert (applied.ending.exit_code, applied.ending.launched, applied.ending.skipped) == (
        ExitCode.UNKNOWN,
        1,
        1,
    )
    assert practice.apply(options("campaign/fall")).sentences == []
    assert _parts(teli) == [1, 2]
    assert _reason(practice) is Reason.UNKNOWN_OUTCOME


@pytest.mark.parametrize("settlement", [Settlement.ABANDON, Settlement.RETRY])
def test_once_an_unknown_part_is_settled_the_rest_is_launched_and_nobody_again(
    settlement: Settlement, practice: Practice, teli: SecondTeli
) -> None:
    teli.faults["create", 2] = Fault.CUT_BEFORE_DOING
    practice.apply()
    practice.settle("fall", settlement)
    practice.apply(options(allow={GuardName.PEOPLE_AGAIN: 3}))
    _let_them_call(teli)
    assert set(teli.dialled.values()) == {1}
    abandoned = 3 if settlement is Settlement.ABANDON else 0
    assert len(teli.dialled) == len(EVERYBODY) - abandoned


def test_a_part_whose_reply_was_lost_is_found_and_the_next_follows_it(
    practice: Practice, teli: SecondTeli
) -> None:
    teli.faults["create", 2] = Fault.CUT_BEFORE_REPLY
    assert practice.apply().sentences == [
        Sentence.LAUNCHED,
        Sentence.FOUND_LAUNCHED,
        Sentence.LAUNCHED,
        Sentence.LAUNCHED,
    ]
    _let_them_call(teli)
    assert teli.dialled == EVERYBODY


def test_after_a_failed_part_the_others_of_its_campaign_wait_and_other_campaigns_go_on(
    practice: Practice, teli: SecondTeli
) -> None:
    teli.faults["create", 2] = Fault.HTML_404
    ending = practice.apply(options(on_error=OnError.CONTINUE)).ending
    assert (ending.launched, ending.failed, ending.skipped) == (2, 1, 1)
    assert ending.exit_code == ExitCode.PARTLY
    assert (_parts(teli), _parts(teli, "spring")) == ([1, 2], [1])
    assert practice.apply().ending.launched == 2
    assert _parts(teli) == [1, 2, 3, 4]
    _let_them_call(teli)
    assert teli.dialled == EVERYBODY


def test_a_part_that_teli_counts_otherwise_is_ended_and_the_others_never_begin(
    practice: Practice, teli: SecondTeli
) -> None:
    teli.faults["create", 1] = Fault.WRONG_COUNT
    ending = practice.apply(options(on_error=OnError.CONTINUE)).ending
    assert (ending.launched, ending.failed, ending.skipped) == (1, 1, 2)
    assert _parts(teli) == [1]
    assert _reason(practice) is Reason.VERIFICATION_FAILED
    _let_them_call(teli)
    assert teli.dialled == dict.fromkeys(map(phone_number, SPRING), 1)


def test_a_stop_between_two_parts_is_clean_and_the_next_apply_launches_the_others(
    practice: Practice, teli: SecondTeli
) -> None:
    ending = practice.apply(stopping=lambda: bool(teli.creates())).ending
    assert ending.exit_code == ExitCode.INTERRUPTED
    assert (ending.launched, ending.skipped) == (1, 3)
    changes = {change.address: change for change in practice.plan().plan.changes}
    assert changes["campaign/fall"].action is Action.EXTEND
    assert practice.apply().ending.exit_code == ExitCode.DONE
    assert _parts(teli) == [1, 2, 3]
    _let_them_call(teli)
    assert teli.dialled == EVERYBODY


def test_parts_of_one_campaign_follow_each_other_while_others_are_launched_beside_them(
    practice: Practice, teli: SecondTeli
) -> None:
    names = [f"c{number}" for number in range(4)]
    practice.want(
        **{
            name: Wanted(tuple(range(n, n + 9)), most=2)
            for n, name in zip((0, 20, 40, 60), names, strict=True)
        }
    )
    applied = practice.apply(options(parallelism=4))
    assert applied.ending.launched == 20
    for name in names:
        assert _parts(teli, name) == [1, 2, 3, 4, 5]
    assert practice.detailed_exit_code() == ExitCode.DONE
    assert len(set(teli.creates())) == 20


def test_an_edit_releases_every_live_part_and_launches_again_in_parts(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.apply()
    practice.want(fall=Wanted(FALL, agent="agent_other", most=MOST), spring=Wanted(SPRING))
    applied = practice.apply()
    assert applied.sentences == [Sentence.LAUNCHED] * 3
    assert [outcome.sentence for outcome in applied.outcomes[::2]] == [
        Sentence.REPLACING,
        Sentence.LAUNCHING,
        Sentence.LAUNCHING,
    ]
    assert (applied.ending.launched, applied.ending.people) == (3, 8)
    assert (applied.outcomes[-1].done, applied.outcomes[-1].total) == (3, 3)
    assert _parts(teli) == [1, 2, 3, 4, 5, 6]
    assert practice.detailed_exit_code() == ExitCode.DONE
    _let_them_call(teli)
    assert teli.dialled == EVERYBODY


def test_a_replacement_whose_second_part_fails_is_taken_up_by_the_next_apply(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.apply()
    practice.want(fall=Wanted(FALL, agent="agent_other", most=MOST), spring=Wanted(SPRING))
    teli.faults["create", 6] = Fault.HTML_404
    ending = practice.apply().ending
    assert (ending.launched, ending.failed, ending.skipped) == (1, 1, 1)
    assert practice.apply().ending.exit_code == ExitCode.DONE
    _let_them_call(teli)
    assert teli.dialled == EVERYBODY


def test_a_limit_that_is_edited_alone_sends_nothing(practice: Practice, teli: SecondTeli) -> None:
    practice.apply()
    sent = teli.creates()
    for most in (1, 2, 8, None):
        practice.want(fall=Wanted(FALL, most=most), spring=Wanted(SPRING))
        assert practice.detailed_exit_code() == ExitCode.DONE
    assert teli.creates() == sent


def test_a_clone_without_the_ledger_launches_nothing_beside_a_run_in_parts(
    practice: Practice, teli: SecondTeli, tmp_path: Path
) -> None:
    practice.apply(stopping=lambda: bool(teli.creates()))
    clone = tmp_path / "clone"
    shutil.copytree(practice.folder, clone, ignore=shutil.ignore_patterns(".teli"))
    other = Practice(clone, teli.url)
    assert _reason(other) is Reason.LEDGER_LOST
    other.apply()
    assert _parts(teli) == [1]


def test_a_clone_takes_in_the_parts_that_the_manifest_proves_and_launches_the_others(
    practice: Practice, teli: SecondTeli, tmp_path: Path
) -> None:
    practice.apply(stopping=lambda: len(teli.creates()) == 2)
    clone = tmp_path / "clone"
    shutil.copytree(practice.folder, clone, ignore=shutil.ignore_patterns(".teli"))
    other = Practice(clone, teli.url)
    other.apply(options("campaign/spring"))
    taken_in = workflow.adopt(other.asked(), "campaign/fall")
    assert len(taken_in) == 2
    assert other.apply().ending.exit_code == ExitCode.DONE
    assert _parts(teli) == [1, 2, 3]
    _let_them_call(teli)
    assert teli.dialled == EVERYBODY

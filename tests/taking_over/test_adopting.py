"""`adopt`: what a lost ledger no longer knows is taken in again, with its people where proven."""

from __future__ import annotations

import shutil

import pytest

from teli_iac import workflow
from teli_iac.errors import ExitCode, NothingToAdopt
from teli_iac.model import Action, Adopted, Imported, Reason
from tests.promise.practice import Practice, Wanted
from tests.second_teli import SecondTeli
from tests.taking_over.conftest import MadeByHand

THREE, FIVE = Wanted((0, 1, 2)), Wanted((0, 1, 2, 3, 4))


def _lose_the_ledger(practice: Practice) -> None:
    shutil.rmtree(practice.folder / ".teli")


def _decided(practice: Practice) -> tuple[Action, Reason]:
    (change,) = practice.plan().plan.changes
    return change.action, change.reason


def _taken_in(practice: Practice) -> list[type]:
    told = workflow.list_events(practice.asked(), None)
    return [type(each.event) for each in told if isinstance(each.event, Adopted | Imported)]


def test_a_lost_campaign_is_adopted_with_the_people_its_manifest_proves(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.want(fall=THREE)
    practice.apply()
    _lose_the_ledger(practice)
    (said,) = workflow.adopt(practice.asked(), "campaign/fall")
    assert "is adopted with its 3 people" in said
    assert _decided(practice) == (Action.KEEP, Reason.RUNNING)
    practice.want(fall=FIVE)
    practice.apply()
    assert [len(seen.numbers) for seen in teli.log_of("create")] == [3, 2]


def test_parts_of_one_run_prove_each_other(practice: Practice, teli: SecondTeli) -> None:
    practice.want(fall=THREE)
    practice.apply()
    _lose_the_ledger(practice)
    workflow.adopt(practice.asked(), "campaign/fall")
    practice.want(fall=FIVE)
    practice.apply()
    _lose_the_ledger(practice)
    assert _decided(practice) == (Action.BLOCKED, Reason.LEDGER_LOST)
    practice.want(fall=THREE)
    workflow.adopt(practice.asked(), "campaign/fall")
    practice.want(fall=FIVE)
    workflow.adopt(practice.asked(), "campaign/fall")
    assert _taken_in(practice) == [Adopted, Imported, Adopted]
    assert _decided(practice) == (Action.KEEP, Reason.RUNNING)
    assert len(teli.creates()) == 2


def test_people_who_cannot_be_proven_stay_unknown_and_nobody_joins_their_run(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.want(fall=THREE)
    practice.apply()
    _lose_the_ledger(practice)
    practice.want(fall=FIVE)
    (said,) = workflow.adopt(practice.asked(), "campaign/fall")
    assert "but not its people" in said
    assert _decided(practice) == (Action.BLOCKED, Reason.PEOPLE_UNKNOWN)
    assert practice.apply().ending.exit_code == ExitCode.REFUSED
    assert len(teli.creates()) == 1


def test_an_orphan_is_known_from_then_on_and_left_as_it_is(practice: Practice) -> None:
    practice.want(fall=THREE)
    practice.apply()
    _lose_the_ledger(practice)
    (practice.folder / "campaigns.yaml").unlink()
    assert _decided(practice) == (Action.KEEP, Reason.ORPHAN)
    workflow.adopt(practice.asked(), "campaign/fall")
    assert _decided(practice) == (Action.KEEP, Reason.IMPORTED)
    with pytest.raises(NothingToAdopt, match="taken in before"):
        workflow.adopt(practice.asked(), "campaign/fall")


def test_an_earlier_run_without_its_people_counts_everybody_as_called_again(practice: Practice) -> None:
    practice.want(fall=THREE)
    practice.apply()
    _lose_the_ledger(practice)
    practice.want(fall=Wanted((0, 1, 2, 3), run=2))
    workflow.adopt(practice.asked(), "campaign/fall")
    (change,) = practice.plan().plan.changes
    assert change.reason is Reason.EARLIER_RUN_LIVE


def test_what_the_ledger_knows_needs_no_adoption(practice: Practice) -> None:
    practice.want(fall=THREE)
    practice.apply()
    with pytest.raises(NothingToAdopt):
        workflow.adopt(practice.asked(), "campaign/fall")


def test_adopt_sends_nothing_but_reads(practice: Practice, teli: SecondTeli, by_hand: MadeByHand) -> None:
    practice.want(fall=THREE)
    practice.apply()
    by_hand("vc 1")
    _lose_the_ledger(practice)
    before = len(teli.log)
    workflow.adopt(practice.asked(), "campaign/fall")
    assert {seen.method for seen in teli.log[before:]} == {"GET"}

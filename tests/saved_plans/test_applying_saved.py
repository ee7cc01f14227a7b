"""A saved plan does what was approved, once, in whichever clone."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac import workflow
from teli_iac.errors import AlreadyThere, ExitCode, GuardsRefuse, LedgerError, PlanStale, UsageError
from teli_iac.model import Action, GuardName, Reason, Sentence
from teli_iac.saved_plans import refused_when_approved
from teli_iac.settings import Saving
from teli_iac.workflow import PlanResult
from tests.promise.practice import Practice, Wanted, options, phone_number
from tests.render import plans
from tests.saved_plans.approving import NONCE, apply_saved, save
from tests.second_teli import Fault, SecondTeli

FALL = (0, 1, 2)


def _methods(teli: SecondTeli) -> set[str]:
    return {received.method for received in teli.log}


def test_a_saved_plan_launches_what_was_approved_without_asking(practice: Practice, teli: SecondTeli) -> None:
    file = save(practice)
    assert _methods(teli) == {"GET"}
    shown: list[PlanResult] = []
    applied = apply_saved(practice, file, when_shown=shown.append)
    assert (applied.ending.exit_code, applied.sentences) == (ExitCode.DONE, [Sentence.LAUNCHED])
    assert [change.address for change in shown[0].plan.changes] == ["campaign/fall"]
    teli.pass_time(timedelta(minutes=30))
    teli.dial()
    assert teli.dialled == dict.fromkeys(map(phone_number, FALL), 1)


def test_a_saved_plan_used_twice_is_refused_and_sends_nothing_more(
    practice: Practice, teli: SecondTeli
) -> None:
    file = save(practice)
    apply_saved(practice, file)
    teli.log.clear()
    with pytest.raises(PlanStale, match="was used already") as refused:
        apply_saved(practice, file)
    assert refused.value.exit_code == ExitCode.STALE
    assert not teli.log


def test_a_saved_plan_used_in_one_clone_is_used_in_every_clone(teli: SecondTeli, tmp_path: Path) -> None:
    place = f"file://{tmp_path}/ledger"
    (tmp_path / "ledger").mkdir()
    here, there = (Practice(tmp_path / name, teli.url, ledger=place) for name in ("here", "there"))
    for clone in (here, there):
        clone.want(fall=Wanted(FALL))
    workflow.create_ledger(here.asked())
    file = save(here)
    assert apply_saved(there, file).ending.exit_code == ExitCode.DONE
    teli.log.clear()
    with pytest.raises(PlanStale, match="was used already"):
        apply_saved(here, file)
    assert not teli.log


def test_a_saved_plan_that_went_wrong_half_way_is_used_all_the_same(
    practice: Practice, teli: SecondTeli
) -> None:
    file = save(practice)
    teli.faults["create", 1] = Fault.WRONG_COUNT
    assert apply_saved(practice, file).ending.exit_code == ExitCode.PARTLY
    with pytest.raises(PlanStale, match="was used already"):
        apply_saved(practice, file)


def test_a_plan_that_cannot_be_recorded_as_used_sends_nothing(practice: Practice, teli: SecondTeli) -> None:
    file = save(practice)

    def outlast_the_lease(_: PlanResult) -> None:
        practice.ahead = timedelta(minutes=10)

    with pytest.raises(LedgerError):
        apply_saved(practice, file, when_shown=outlast_the_lease)
    assert _methods(teli) == {"GET"}
    assert apply_saved(practice, file).ending.exit_code == ExitCode.DONE


def test_a_saved_plan_that_keeps_everything_sends_nothing(practice: Practice, teli: SecondTeli) -> None:
    practice.apply()
    teli.log.clear()
    assert apply_saved(practice, save(practice)).ending.exit_code == ExitCode.DONE
    assert _methods(teli) == {"GET"}


def test_a_campaign_that_merely_finished_meanwhile_does_no_harm(practice: Practice, teli: SecondTeli) -> None:
    practice.apply()
    practice.want(fall=Wanted(FALL), spring=Wanted((10, 11)))
    file = save(practice)
    teli.pass_time(timedelta(minutes=30))
    teli.dial()
    shown: list[PlanResult] = []
    assert apply_saved(practice, file, when_shown=shown.append).sentences == [Sentence.LAUNCHED]
    assert [change.reason for change in shown[0].plan.changes] == [Reason.FULFILLED, Reason.NEW]


def test_a_comment_and_another_order_of_campaigns_do_no_harm(practice: Practice) -> None:
    practice.want(fall=Wanted(FALL), spring=Wanted((10, 11)))
    file = save(practice)
    practice.want(spring=Wanted((10, 11)), fall=Wanted(FALL))
    manifests = practice.folder / "campaigns.yaml"
    manifests.write_text("# said anew\n\n" + manifests.read_text())
    assert len(apply_saved(practice, file).sentences) == 2


def test_a_targeted_plan_is_not_concerned_with_the_rest(practice: Practice) -> None:
    file = save(practice, "campaign/fall")
    practice.want(fall=Wanted(FALL), spring=Wanted((10, 11)))
    applied = apply_saved(practice, file)
    assert [outcome.address for outcome in applied.outcomes] == ["campaign/fall"] * 2


def test_what_was_allowed_when_planning_is_part_of_the_approval(tmp_path: Path, teli: SecondTeli) -> None:
    practice = Practice(tmp_path, teli.url, guards={"max_new_people": 2})
    practice.want(fall=Wanted(FALL))
    refused = save(practice)
    with pytest.raises(GuardsRefuse):
        apply_saved(practice, refused)
    allowed = save(practice, allow={GuardName.MAX_NEW_PEOPLE: 3})
    assert apply_saved(practice, allowed).sentences == [Sentence.LAUNCHED]


def test_a_consent_to_another_number_is_none(tmp_path: Path, teli: SecondTeli) -> None:
    practice = Practice(tmp_path, teli.url, guards={"max_new_people": 2})
    practice.want(fall=Wanted(FALL))
    file = save(practice, allow={GuardName.MAX_NEW_PEOPLE: 5})
    assert workflow.read_plan(file, None).refusals
    with pytest.raises(GuardsRefuse):
        apply_saved(practice, file)


@pytest.mark.parametrize(("count", "refused"), [(9, False), (10, False), (11, True)])
def test_an_approved_number_is_an_upper_bound_as_people_may_shrink(count: int, refused: bool) -> None:  # noqa: FBT001  a row of the table
    shown = plans.plan()
    guard = GuardName.PEOPLE_AGAIN
    shrunk = replace(shown, guard_counts={**shown.guard_counts, guard: count})
    assert bool(refused_when_approved(shrunk, {guard: 10})) == refused


def test_a_saved_plan_is_for_its_owners_eyes(practice: Practice) -> None:
    assert stat.S_IMODE(save(practice).stat().st_mode) == 0o600


def test_a_new_plan_replaces_a_saved_one(practice: Practice) -> None:
    first = save(practice).read_text()
    assert save(practice, nonce="f" * 32).read_text() != first


@pytest.mark.parametrize("held", ["precious", "", '{"plan_digest": "abc"}', "[1]"])
def test_a_file_that_is_no_saved_plan_is_not_written_over(held: str, practice: Practice) -> None:
    (practice.folder / "saved.plan").write_text(held)
    with pytest.raises(AlreadyThere):
        save(practice)
    assert (practice.folder / "saved.plan").read_text() == held


def test_a_folder_in_the_way_is_left_alone(practice: Practice) -> None:
    (practice.folder / "saved.plan").mkdir()
    with pytest.raises(AlreadyThere):
        save(practice)


@pytest.mark.parametrize("name", ["saved.yaml", "plan.YML", "nowhere/saved.plan"])
def test_a_place_where_a_plan_cannot_be_is_refused_before_anything_is_read(
    name: str, practice: Practice, teli: SecondTeli
) -> None:
    with pytest.raises(UsageError):
        workflow.save_plan(practice.asked(), options(), Saving(practice.folder / name, None, NONCE))
    assert not teli.log


def test_a_digest_approves_that_plan_and_no_other(practice: Practice, teli: SecondTeli) -> None:
    file = save(practice)
    digest = workflow.read_plan(file, None).plan.digest
    other = "0" * 12 if not digest.startswith("0") else "f" * 12
    with pytest.raises(PlanStale, match=f"digest is {digest}, expected was {other}"):
        apply_saved(practice, file, expect_digest=other)
    with pytest.raises(PlanStale, match=f"digest is {digest}, expected was {other}"):
        practice.apply(replace(options(), expect_digest=other))
    assert _methods(teli) == {"GET"}
    assert apply_saved(practice, file, expect_digest=digest[:12]).sentences == [Sentence.LAUNCHED]


def test_manifests_are_applied_under_the_digest_that_was_reviewed(practice: Practice) -> None:
    digest = practice.plan().plan.digest
    assert practice.apply(replace(options(), expect_digest=digest)).sentences == [Sentence.LAUNCHED]


def test_a_live_campaign_is_changed_as_was_approved(practice: Practice, teli: SecondTeli) -> None:
    practice.apply()
    practice.want(fall=Wanted((1, 2, 3), agent="agent_b"))
    file = save(practice)
    manifests = practice.folder / "campaigns.yaml"
    manifests.write_text("# said anew\n" + manifests.read_text())
    shown: list[PlanResult] = []
    assert apply_saved(practice, file, when_shown=shown.append).ending.exit_code == ExitCode.DONE
    assert [change.action for change in shown[0].plan.changes] == [Action.REPLACE]
    teli.pass_time(timedelta(minutes=30))
    teli.dial()
    assert teli.dialled == dict.fromkeys(map(phone_number, (1, 2, 3)), 1)


@pytest.mark.parametrize(
    ("status", "action"), [("paused", Action.PAUSE), ("ended", Action.END)], ids=["paused", "ended"]
)
def test_a_wanted_status_is_brought_about_as_was_approved(
    status: str, action: Action, practice: Practice
) -> None:
    practice.apply()
    practice.want(fall=Wanted(FALL, settings={"desired_status": status}))
    shown: list[PlanResult] = []
    assert apply_saved(practice, save(practice), when_shown=shown.append).ending.exit_code == ExitCode.DONE
    assert [change.action for change in shown[0].plan.changes] == [action]


def test_added_people_are_called_as_was_approved(practice: Practice, teli: SecondTeli) -> None:
    practice.apply()
    practice.want(fall=Wanted((*FALL, 3)))
    assert apply_saved(practice, save(practice)).sentences == [Sentence.LAUNCHED]
    teli.pass_time(timedelta(minutes=30))
    teli.dial()
    assert teli.dialled == dict.fromkeys(map(phone_number, (*FALL, 3)), 1)

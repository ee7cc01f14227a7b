"""Whatever differs from what was approved is named, and nothing is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from teli_iac import workflow
from teli_iac.errors import ExitCode, PlanStale
from teli_iac.model import GuardName, PlanConsumed
from teli_iac.worlds import hold_ledger, open_worlds
from tests.promise.practice import Practice, Wanted, options
from tests.saved_plans.approving import apply_saved, call, edit, save
from tests.second_teli import SecondTeli

FALL, SPRING = (0, 1, 2), (10, 11)
LEAVING = {GuardName.LIVE_DELETES: 1}


@dataclass(frozen=True)
class Scene:
    """A plan is saved that launches `fall` and takes off `spring`, which is live; then something happens."""

    practice: Practice
    teli: SecondTeli
    file: Path
    spring: str
    """The id of what is to be taken off."""


@pytest.fixture
def scene(practice: Practice, teli: SecondTeli) -> Scene:
    practice.want(spring=Wanted(SPRING), summer=Wanted((20,)))
    practice.apply()
    spring = next(campaign_id for campaign_id in teli.creates() if "spring" in campaign_id)
    practice.want(fall=Wanted(FALL), summer=Wanted((20,)))
    file = save(practice, allow=LEAVING)
    teli.log.clear()
    return Scene(practice, teli, file, spring)


def _want(fall: Wanted, **others: Wanted) -> Callable[[Scene], None]:
    return lambda scene: scene.practice.want(**{"fall": fall, "summer": Wanted((20,)), **others})


def _project(**changed: Any) -> Callable[[Scene], None]:
    def rewrite(scene: Scene) -> None:
        file = scene.practice.folder / "teli.yaml"
        manifest = json.loads(file.read_text())
        manifest["metadata"]["name"] = changed.pop("name", manifest["metadata"]["name"])
        manifest["spec"] |= changed
        file.write_text(json.dumps(manifest))

    return rewrite


def _another_origin(scene: Scene) -> None:
    _project(base_url=scene.teli.url.replace("127.0.0.1", "localhost"))(scene)


def _write_the_ledger(scene: Scene) -> None:
    with open_worlds(scene.practice.asked(), 1) as worlds, hold_ledger(worlds) as (journal, _):
        journal.record(PlanConsumed("another", "plan"), at=scene.practice.asked().waiting.now())


def _lose_the_ledger(scene: Scene) -> None:
    (scene.practice.folder / ".teli" / "ledger.db").unlink()


def _later(hours: int) -> Callable[[Scene], None]:
    def wait(scene: Scene) -> None:
        scene.practice.ahead = timedelta(hours=hours)

    return wait


def _order(order: str) -> Callable[[Scene], None]:
    return lambda scene: call(scene.teli, "POST", f"/{scene.spring}/{order}")


def _delete(scene: Scene) -> None:
    call(scene.teli, "DELETE", f"/{scene.spring}")


def _finish(scene: Scene) -> None:
    scene.teli.pass_time(timedelta(minutes=30))
    scene.teli.dial()


def _create(campaign_id: str) -> Callable[[Scene], None]:
    def create(scene: Scene) -> None:
        body = {
            "campaign_id": campaign_id,
            "voice_agent_id": "agent_x",
            "agent_outbound_number": "+14155550198",
            "leads": [],
            "organization_id": "1700000000000x100000000000000001",
            "tenant_id": "acme",
        }
        call(scene.teli, "POST", "", body)

    return create


def _edit(**change: Any) -> Callable[[Scene], None]:
    return lambda scene: edit(scene.file, change)


def _edit_well(**change: Any) -> Callable[[Scene], None]:
    return lambda scene: edit(scene.file, change, resealed=True)


def _use(scene: Scene) -> None:
    apply_saved(scene.practice, scene.file)
    scene.teli.log.clear()


def _use_under_another_nonce(scene: Scene) -> None:
    _use(scene)
    edit(scene.file, {"saved_plan": {"nonce": "f" * 32}}, resealed=True)


STALE: dict[str, tuple[Callable[[Scene], object], str]] = {
    "somebody added": (
        _want(Wanted((*FALL, 3))),
        "the leads of campaign/fall changed: 3 people were approved, now 4",
    ),
    "somebody taken out": (
        _want(Wanted(FALL[:1])),
        "the leads of campaign/fall changed: 3 people were approved, now 1",
    ),
    "somebody exchanged": (
        _want(Wanted((0, 1, 5))),
        "the leads of campaign/fall changed: 3 people were approved, now 3",
    ),
    "leads of a campaign that stays": (
        _want(Wanted(FALL), summer=Wanted((20, 21))),
        "the leads of campaign/summer changed: 1 person was approved, now 2",
    ),
    "another agent": (_want(Wanted(FALL, agent="agent_b")), "voice_agent_id of campaign/fall changed"),
    "another detail of somebody": (
        _want(Wanted(FALL, names={0: "Ann-Christin"})),
        "the leads of campaign/fall changed: 3 people were approved, now 3",
    ),
    "another caller id": (
        _want(Wanted(FALL, settings={"agent_outbound_number": "+14155550198"})),
        "agent_outbound_number of campaign/fall changed",
    ),
    "another pool": (
        _want(Wanted(FALL, settings={"number_pool": ["+14155550197"]})),
        "number_pool of campaign/fall changed",
    ),
    "another redial": (
        _want(Wanted(FALL, settings={"redial": {"retry_limit": 1, "call_interval_days": 1}})),
        "redial of campaign/fall changed",
    ),
    "another begin": (
        _want(Wanted(FALL, settings={"campaign_begin_time": "2098-12-31T00:00:00Z"})),
        "begin of campaign/fall changed",
    ),
    "another run": (_want(Wanted(FALL, run=2)), "run of campaign/fall changed"),
    "another on_remove": (
        _want(Wanted(FALL, settings={"on_remove": "retain"})),
        "on_remove of campaign/fall changed",
    ),
    "another desired_status": (
        _want(Wanted(FALL, settings={"desired_status": "paused"})),
        "desired_status of campaign/fall changed",
    ),
    "another time": (
        _want(Wanted(FALL, settings={"campaign_end_time": "2099-01-01T00:00:00Z"})),
        "end of campaign/fall changed",
    ),
    "a new campaign": (_want(Wanted(FALL), winter=Wanted((30,))), "campaign/winter is new in the manifests"),
    "a campaign less": (
        lambda scene: scene.practice.want(summer=Wanted((20,))),
        "campaign/fall is no longer in the manifests",
    ),
    "another limit": (_project(guards={"max_new_people": 9}), "guards of the Project changed"),
    "another launch_grace": (_project(launch_grace="1h"), "launch_grace of the Project changed"),
    "another drain": (_project(drain="1h"), "drain of the Project changed"),
    "another settle_after": (_project(settle_after="never"), "settle_after of the Project changed"),
    "another user": (_project(user_id="1x2"), "user_id of the Project changed"),
    "another tenant": (
        _project(tenant_id="evil"),
        'the tenant is another: "acme" was approved, now it is "evil"',
    ),
    "another organization": (_project(organization_id="1x1"), "the organization is another"),
    "another project": (
        _project(name="other"),
        'the project is another: "acme" was approved, now it is "other"',
    ),
    "another origin": (_another_origin, "the API origin is another"),
    "the ledger written": (_write_the_ledger, "the ledger was written since"),
    "the ledger lost": (_lose_the_ledger, "the ledger was written since: it was at version"),
    "the plan's campaign paused": (_order("pause"), "was active, now it is paused"),
    "the plan's campaign ended": (_order("end"), "was active, now it is ended"),
    "the plan's campaign finished": (_finish, "was active, now it is completed"),
    "the plan's campaign deleted": (_delete, "is gone from Teli"),
    "a part of ours appeared": (
        _create("acme_fall_r1p1_aaaaaaaaaaaa"),
        "acme_fall_r1p1_aaaaaaaaaaaa appeared on Teli",
    ),
    "a stranger appeared": (
        _create("vc 1\x1b[2J"),
        "1 campaign not made by teli-iac appeared on Teli",
    ),
    "used before": (_use, "was used already"),
    "used before, with another nonce and sealed anew": (_use_under_another_nonce, "was written since"),
    "good for longer, sealed anew": (
        _edit_well(saved_plan={"expires_at": "2099-01-01T00:00:00Z"}),
        "was edited: no plan is good for longer than a day",
    ),
    "made by another release, sealed anew": (
        _edit_well(saved_plan={"tool_version": "9.9.9"}),
        "made by teli-iac 9.9.9, and this is 1.2.3",
    ),
    "a day later": (_later(24), "expired at"),
    "another digest": (_edit(plan_digest="0" * 32), "was edited"),
    "another people count": (_edit(people={"new": 1}), "was edited"),
    "another expiry": (_edit(saved_plan={"expires_at": "2099-01-01T00:00:00Z"}), "was edited"),
    "another seal": (_edit(integrity="0" * 64), "was edited"),
    "no seal": (_edit(integrity=None), "was edited"),
    "an addition": (_edit(approved_by="mallory"), "was edited"),
    "what is shown, sealed anew": (_edit_well(people={"new": 1}), "was edited"),
    "an addition, sealed anew": (_edit_well(approved_by="mallory"), "was edited"),
    "the decisions, sealed anew": (
        _edit_well(saved_plan={"plan": {"digest": "0" * 32}}, plan_digest="0" * 32),
        "the plan's digest was 00000000000000000000000000000000, now it is",
    ),
    "the people, sealed anew": (
        _edit_well(saved_plan={"bound": {"campaigns": {"campaign/fall": {"people": 2}}}}),
        "2 people were approved, now 3",
    ),
}


@pytest.mark.parametrize("name", STALE)
def test_a_difference_is_named_and_nothing_is_sent(name: str, scene: Scene) -> None:
    happen, said = STALE[name]
    happen(scene)
    with pytest.raises(PlanStale) as refused:
        apply_saved(scene.practice, scene.file)
    assert refused.value.exit_code == ExitCode.STALE
    assert said in "\n".join((refused.value.message, *refused.value.differences))
    assert {received.method for received in scene.teli.log} <= {"GET"}
    assert "nothing was sent" in refused.value.message
    assert refused.value.next_step


def test_what_did_not_change_is_applied(scene: Scene) -> None:
    applied = apply_saved(scene.practice, scene.file)
    assert applied.ending.exit_code == ExitCode.DONE
    assert (applied.ending.launched, applied.ending.removed) == (1, 1)


def test_a_refused_plan_is_not_used_up(scene: Scene) -> None:
    scene.practice.ahead = timedelta(hours=-1)  # a clock that was set back
    _want(Wanted((*FALL, 3)))(scene)
    with pytest.raises(PlanStale):
        apply_saved(scene.practice, scene.file)
    _want(Wanted(FALL))(scene)
    assert apply_saved(scene.practice, scene.file).ending.launched == 1


def test_another_release_refuses_before_it_looks_at_anything(scene: Scene) -> None:
    with pytest.raises(PlanStale, match=r"made by teli-iac 1\.2\.3, and this is 2\.0\.0"):
        apply_saved(scene.practice, scene.file, release="2.0.0")
    assert not scene.teli.log


def test_another_account_is_refused_before_its_ledger_or_teli_is_asked(scene: Scene) -> None:
    _project(tenant_id="evil")(scene)
    with pytest.raises(PlanStale):
        apply_saved(scene.practice, scene.file)
    assert not scene.teli.log


def test_every_difference_is_named_at_once_up_to_a_page(practice: Practice) -> None:
    many = {f"c{number}": Wanted((number,)) for number in range(30)}
    practice.want(**many)
    file = save(practice)
    practice.want(**{name: Wanted(each.people, agent="agent_b") for name, each in many.items()})
    with pytest.raises(PlanStale) as refused:
        apply_saved(practice, file)
    assert refused.value.differences[0] == "voice_agent_id of campaign/c0 changed"
    assert len(refused.value.differences) == 21
    assert refused.value.differences[-1].endswith("more differences")


def test_the_plan_of_another_folder_of_manifests_is_none_of_this(practice: Practice, tmp_path: Path) -> None:
    file = save(practice)
    elsewhere = Practice(tmp_path / "elsewhere", "http://127.0.0.1:9")
    elsewhere.want(fall=Wanted(FALL))
    with pytest.raises(PlanStale, match="out of date"):
        apply_saved(elsewhere, file)


def test_paths_belong_to_the_plan(practice: Practice) -> None:
    practice.want(fall=Wanted(FALL))
    file = save(practice)
    assert workflow.read_plan(file, None).bound.paths == (".",)
    assert practice.plan(options()).plan.digest == workflow.read_plan(file, None).plan.digest

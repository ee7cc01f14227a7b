"""Which world a guard counts and which it does not, where the difference matters to people."""

from __future__ import annotations

from teli_iac.model import GuardName
from tests.decisions.notation import NOON, Spec
from tests.decisions.worlds import worlds_of


def counted(guard: GuardName, world: Spec) -> int:
    return worlds_of(world).plan().guard_counts[guard]


def duplicates(world: Spec) -> int:
    return counted(GuardName.DUPLICATE_PEOPLE, world)


def test_a_number_in_three_new_campaigns_is_one_duplicate() -> None:
    campaigns = {"x": {"people": 3}, "y": {"people": [3, 7]}, "z": {"people": [3, 9]}}
    assert duplicates({"desired": campaigns}) == 1


def test_a_number_shared_with_a_new_campaign_that_is_held_is_no_duplicate() -> None:
    campaigns = {"x": {"people": 3}, "y": {"people": 3, "status": "paused", "agent": "agent_b"}}
    assert duplicates({"desired": campaigns}) == 0


def test_a_number_of_a_live_campaign_with_a_status_nobody_knows_is_a_duplicate() -> None:
    world = {
        "desired": {"x": {"people": 5}, "y": {"people": "5-20"}},
        "recorded": [{"launched": "x r1p1"}],
        "observed": {"x r1p1": "queued"},
    }
    assert duplicates(world) == 1


def test_a_number_of_a_live_campaign_that_leaves_in_this_plan_is_a_duplicate_for_it_may_be_calling() -> None:
    world = {
        "desired": {"y": {"people": "3-20"}},
        "recorded": [{"launched": {"id": "x r1p1", "people": 3}}],
        "observed": {"x r1p1": "active"},
    }
    assert duplicates(world) == 1


def test_a_number_of_a_live_campaign_that_the_ledger_lost_and_this_plan_adopts_is_a_duplicate() -> None:
    world: Spec = {
        "desired": {"x": {"people": 3}, "y": {"people": "3-20"}},
        "observed": {"x r1p1": {"status": "active", "count": 3}},
    }
    assert duplicates(world) == 1
    assert duplicates({**world, "targets": ["campaign/y"]}) == 1
    assert duplicates({**world, "observed": {"x r1p1": "completed"}}) == 0


def test_a_number_of_a_campaign_past_its_end_time_is_no_duplicate() -> None:
    world = {
        "desired": {"x": {"people": 5, "end": None}, "y": {"people": "5-20", "end": None}},
        "recorded": [{"launched": "x r1p1"}],
        "observed": {"x r1p1": {"status": "active", "end": NOON}},
    }
    assert duplicates(world) == 0


def test_people_of_campaigns_that_run_already_are_nobody_new() -> None:
    world = {"desired": {"x": {}}, "recorded": [{"launched": "x r1p1"}], "observed": {"x r1p1": "active"}}
    assert counted(GuardName.MAX_NEW_PEOPLE, world) == 0


def test_people_of_a_blocked_launch_are_nobody_new() -> None:
    assert counted(GuardName.MAX_NEW_PEOPLE, {"desired": {"x": {}}, "gaps": ["a gap"]}) == 0


def test_a_campaign_with_several_parts_is_one_delete() -> None:
    world = {
        "desired": {"kept": {"people": 90}},
        "recorded": [
            {"launched": {"id": "kept r1p1", "people": 90}},
            {"launched": "x r1p1"},
            {"launched": "x r2p1"},
        ],
        "observed": {"kept r1p1": "active", "x r1p1": "completed", "x r2p1": "completed"},
    }
    assert counted(GuardName.MAX_DELETES, world) == 1


def test_a_late_arrival_that_is_ended_counts_as_no_delete() -> None:
    world = {
        "desired": {"x": {}},
        "recorded": [{"intended": "x r1p1"}, {"lapsed": "x r1p1"}],
        "observed": {"x r1p1": "active"},
    }
    assert counted(GuardName.MAX_DELETES, world) == 0


def test_a_plan_for_one_target_counts_only_what_it_does() -> None:
    world = {
        "targets": ["campaign/x"],
        "desired": {"x": {"people": 3}, "y": {"people": "3-9", "refused": 4}},
    }
    counts = worlds_of(world).plan().guard_counts
    assert {guard: count for guard, count in counts.items() if count} == {GuardName.MAX_NEW_PEOPLE: 3}


def test_the_departure_of_a_target_is_not_all_gone_while_other_campaigns_are_wanted() -> None:
    world = {
        "targets": ["campaign/y"],
        "desired": {"x": {}},
        "recorded": [{"launched": {"id": "y r1p1", "people": "7-9"}}],
        "observed": {"y r1p1": "completed"},
    }
    assert counted(GuardName.ALL_GONE, world) == 0

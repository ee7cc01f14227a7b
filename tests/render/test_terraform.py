"""A plan as Terraform would tell it: what each action becomes, and what tools look for."""

import json
from dataclasses import replace
from typing import Any

import pytest

from teli_iac.model import Action, CallingWindow, Change, Reason, Replacement, Turn
from teli_iac.render.gitlab import render_gitlab
from teli_iac.render.terraform import render_terraform
from tests.render import changes as a
from tests.render.plans import PLANS, many, plan

PARTS = {"actions", "before", "after", "after_unknown", "before_sensitive", "after_sensitive"}


def told(*changes: Change) -> Any:
    return json.loads(render_terraform(plan(*changes), ()))


def window(turn: Turn, name: str = "x") -> CallingWindow:
    return CallingWindow(a.campaign_id(name), turn, a.BEGIN, a.END, a.settings(), 120, "us-east")


def replaced() -> Change:
    return replace(
        a.blocked(Reason.SETTINGS_CHANGED, None, 120, name="x", fields=a.EDITED),
        action=Action.REPLACE,
        live=True,
        worst_case_calls=480,
        replacement=Replacement((a.campaign_id("x"),), None, 2),
        windows=(window(Turn.CLOSES), replace(window(Turn.OPENS), campaign_id=None)),
    )


@pytest.mark.parametrize(
    ("change", "actions", "reason"),
    [
        (a.launch("x"), ["create"], None),
        (replace(a.launch("x", part=2), action=Action.EXTEND), ["update"], None),
        (replaced(), ["delete", "create"], "replace_because_cannot_update"),
        (a.delete("x"), ["delete"], "delete_because_no_resource_config"),
        (a.late_arrival("x"), ["update"], None),
        (a.keep("x"), ["no-op"], None),
        (a.blocked(Reason.UNKNOWN_OUTCOME, name="x"), ["no-op"], None),
    ],
    ids=["launch", "extend", "replace", "delete", "end", "keep", "blocked"],
)
def test_each_action_has_its_terraform_actions(
    change: Change, actions: list[str], reason: str | None
) -> None:
    (resource,) = told(change)["resource_changes"]
    assert (resource["address"], resource["type"], resource["mode"]) == (
        "teli_campaign.x",
        "teli_campaign",
        "managed",
    )
    assert resource["change"]["actions"] == actions
    assert resource.get("action_reason") == reason


def test_a_launch_has_nothing_before_and_its_settings_after() -> None:
    launched = replace(a.launch("x"), windows=(replace(window(Turn.OPENS), people=248),))
    (resource,) = told(launched)["resource_changes"]
    change = resource["change"]
    assert (change["before"], change["before_sensitive"], change["after_unknown"]) == (None, False, {})
    after = change["after"]
    assert after["agent_outbound_number"] == "+14155550141"
    assert after["number_pool"] == ["+14155550101", "+14155550102"]
    assert after["number_pool_name"] == "us-east"
    assert after["redial"] == {"retry_limit": 3, "call_interval_days": 1}
    assert (after["new_people"], after["worst_case_calls"]) == (248, 992)
    assert after["leads_file"] == "leads/fall.csv"


def test_times_that_only_the_apply_knows_are_unknown() -> None:
    soon = replace(window(Turn.OPENS), begin=None, end=None, settings=a.settings(redial=None))
    (resource,) = told(replace(a.launch("x"), windows=(soon,)))["resource_changes"]
    assert resource["change"]["after_unknown"] == {"campaign_begin_time": True, "campaign_end_time": True}
    assert resource["change"]["after"]["campaign_begin_time"] is None


def test_a_replacement_shows_both_sides_and_what_forces_it() -> None:
    (resource,) = told(replaced())["resource_changes"]
    change = resource["change"]
    assert change["before"]["voice_agent_id"] == "agent_86f826bf8f59bacd5c10ae948a"
    assert change["before"]["id"] == a.campaign_id("x")
    assert change["after_unknown"] == {"id": True}
    assert ["redial", "retry_limit"] in change["replace_paths"]


def test_a_campaign_that_leaves_has_nothing_after() -> None:
    document = told(replace(a.delete("x"), windows=(window(Turn.CLOSES),)))
    (resource,) = document["resource_changes"]
    assert resource["change"]["after"] is None
    assert resource["change"]["before"]["status"] == "active"
    assert document["planned_values"]["root_module"]["resources"] == []
    assert len(document["prior_state"]["values"]["root_module"]["resources"]) == 1


@pytest.mark.parametrize("name", PLANS)
def test_every_plan_has_what_tools_look_for(name: str) -> None:
    shown = PLANS[name]()
    document = json.loads(render_terraform(shown.plan, shown.refusals))
    assert document["format_version"] == "1.2"
    assert len(document["resource_changes"]) == len(shown.plan.changes)
    for resource in document["resource_changes"]:
        change = resource["change"]
        assert change.keys() >= {
            "actions",
            "before",
            "after",
            "after_unknown",
            "before_sensitive",
            "after_sensitive",
        }
        if change["actions"] == ["no-op"]:
            assert change["before"] == change["after"]
    declared = {each["address"] for each in document["configuration"]["root_module"]["resources"]}
    planned = {each["address"] for each in document["planned_values"]["root_module"]["resources"]}
    assert declared == planned
    assert document["output_changes"].keys() == document["planned_values"]["outputs"].keys()


def test_a_guard_that_refuses_is_a_check_that_fails() -> None:
    shown = PLANS["rerun"]()
    document = json.loads(render_terraform(shown.plan, shown.refusals))
    failed = [each for each in document["checks"] if each["status"] == "fail"]
    assert [each["address"]["name"] for each in failed] == ["people_again"]
    assert "--allow people_again=200" in failed[0]["instances"][0]["problems"][0]["message"]
    assert document["applyable"] is False


def test_five_thousand_campaigns_are_told_one_by_one() -> None:
    shown = many()
    assert len(json.loads(render_terraform(shown.plan, shown.refusals))["resource_changes"]) == 5_000


def test_gitlab_is_told_three_numbers() -> None:
    shown = PLANS["mixed"]()
    assert render_gitlab(shown.plan, ()) == '{"create": 2, "delete": 1, "update": 0}\n'

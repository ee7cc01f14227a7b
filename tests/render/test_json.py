import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from teli_iac.model import Action, GuardName, Reason
from teli_iac.render import render_json
from tests.render.plans import PLANS, windows

SCHEMA: Any = json.loads((Path(__file__).parents[2] / "schemas" / "plan.json").read_text(encoding="utf-8"))


def told(name: str) -> Any:
    shown = PLANS[name]()
    return json.loads(render_json(shown.plan, shown.refusals))


@pytest.mark.parametrize("name", PLANS)
def test_every_plan_is_as_its_schema_says(name: str) -> None:
    jsonschema.Draft7Validator(SCHEMA).validate(told(name))


def test_the_schema_describes_every_field_and_knows_no_other() -> None:
    document = told("mixed")
    assert SCHEMA["properties"].keys() == document.keys()
    assert SCHEMA["definitions"]["change"]["properties"].keys() == document["changes"][0].keys()
    parts = [SCHEMA, *SCHEMA["definitions"].values()]
    nested = [field for part in parts for field in part.get("properties", {}).values() if "$ref" not in field]
    assert all(field.get("description") for field in nested)


def test_a_launch_in_parts_tells_each_of_them_and_another_launch_none() -> None:
    (change,) = told("in_parts")["changes"]
    assert [(each["part"], each["people"]) for each in change["parts"]] == [(n, 250) for n in range(1, 8)]
    assert change["parts"][0]["campaign_id"] == change["campaign_id"]
    assert change["people"] == sum(each["people"] for each in change["parts"])
    assert told("launch")["changes"][0]["parts"] == []


def test_the_schema_lists_every_action_and_every_guard() -> None:
    change = SCHEMA["definitions"]["change"]["properties"]
    assert set(change["action"]["enum"]) == set(Action)
    assert set(SCHEMA["properties"]["guards"]["properties"]) == set(GuardName)


def test_the_summary_counts_people_calls_and_verbs() -> None:
    document = told("mixed")
    assert document["summary"] == {
        "launch": 2,
        "extend": 0,
        "replace": 0,
        "update": 0,
        "delete": 1,
        "keep": 4,
        "blocked": 1,
    }
    assert document["people"] == {"new": 1448, "again": 0}
    assert document["worst_case_calls"] == 2192
    assert document["unmanaged"] == 3


def test_a_refusal_carries_the_flag_that_lifts_it() -> None:
    assert told("rerun")["refusals"] == [
        {"guard": "people_again", "count": 200, "limit": 0, "consent": "--allow people_again=200"}
    ]


def test_a_field_says_what_it_was_what_it_is_to_be_and_where_that_is_written() -> None:
    (change,) = told("blocked_edit")["changes"]
    assert change["reason"] == Reason.SETTINGS_CHANGED
    assert change["fields"][1] == {
        "path": "redial.retry_limit",
        "before": 3,
        "after": 5,
        "origin": {"file": "redial.yaml", "line": 4, "column": 22},
    }


def test_keys_are_sorted_so_that_equal_plans_give_equal_bytes() -> None:
    shown = PLANS["mixed"]()
    text = render_json(shown.plan, shown.refusals)
    assert text == json.dumps(json.loads(text), indent=2, sort_keys=True) + "\n"


def test_every_calling_window_is_told_with_what_becomes_of_it() -> None:
    shown = windows()
    changes = json.loads(render_json(shown.plan, shown.refusals))["changes"]
    told_windows = [window for change in changes for window in change["windows"]]
    assert {window["turn"] for window in told_windows} == {"opens", "goes_on", "paused", "closes"}
    assert told_windows[0] == {
        "campaign_id": told_windows[0]["campaign_id"],
        "turn": "goes_on",
        "begin": "2026-11-22T13:00:00Z",
        "end": "2026-11-29T13:00:00Z",
        "people": 120,
        "agent_outbound_number": "+14155550141",
        "number_pool": "us-east",
        "numbers": 2,
    }

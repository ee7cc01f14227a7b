"""`--json-stream`: one event a line, as schemas/events.json says, whatever happens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from teli_iac.author import write_first_project
from tests.cli.running import Ran, process

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "events.json").read_text(encoding="utf-8"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_first_project(tmp_path)
    return tmp_path


def _events(ran: Ran) -> list[dict[str, Any]]:
    events = [json.loads(line) for line in ran.out.splitlines()]
    for number, event in enumerate(events, start=1):
        jsonschema.validate(event, SCHEMA)
        assert event["sequence"] == number
    return events


def test_an_apply_tells_plan_steps_and_ending(project: Path) -> None:
    ran = process(project, "apply", "--auto-approve", "--json-stream")
    planned, began, launched, ended = _events(ran)
    assert (ran.code, planned["event"], planned["people"]) == (0, "planned", {"new": 3, "again": 0})
    assert (began["kind"], began["result"]) == ("started", "launching")
    assert (launched["kind"], launched["result"], launched["people"]) == ("done", "launched", 3)
    assert launched["campaign_id"].startswith(planned["project"])
    assert (ended["event"], ended["exit_code"], ended["launched"], ended["people"]) == ("ended", 0, 1, 3)


def test_the_plan_is_still_shown_to_whoever_watches(project: Path) -> None:
    assert "Plan: 1 to launch." in process(project, "apply", "--auto-approve", "--json-stream").err


def test_a_destroy_tells_the_same_kinds_of_events(project: Path) -> None:
    process(project, "apply", "--auto-approve")
    ran = process(project, "destroy", "--auto-approve", "--json-stream", "--allow", "live_deletes=1")
    events = _events(ran)
    assert [event["event"] for event in events] == ["planned", "step", "step", "ended"]
    assert events[-1]["removed"] == 1


def test_an_apply_with_nothing_to_do_ends_at_once(project: Path) -> None:
    process(project, "apply", "--auto-approve")
    ran = process(project, "apply", "--auto-approve", "--json-stream")
    assert [event["event"] for event in _events(ran)] == ["planned", "ended"]


def test_what_a_guard_refuses_ends_with_its_code(project: Path) -> None:
    process(project, "apply", "--auto-approve")
    ran = process(project, "destroy", "--auto-approve", "--json-stream")
    planned, failed = _events(ran)
    assert planned["refused_by"] == ["live_deletes"]
    assert (ran.code, failed["event"], failed["exit_code"], failed["code"]) == (4, "failed", 4, "TELI-E008")


def test_manifests_out_of_order_are_one_event(project: Path) -> None:
    (project / "broken.yaml").write_text("kind: Campain\n")
    ran = process(project, "apply", "--auto-approve", "--json-stream")
    (failed,) = _events(ran)
    assert (ran.code, failed["code"]) == (1, "TELI-E003")
    assert "broken.yaml:1:7" in ran.err


def test_no_event_tells_a_number_or_a_name(project: Path) -> None:
    ran = process(project, "apply", "--auto-approve", "--json-stream")
    assert "415555" not in ran.out
    assert "Ada" not in ran.out


def test_a_stream_that_nobody_reads_does_not_stop_an_apply(project: Path) -> None:
    done = process(project, "apply", "--auto-approve", "--json-stream")
    assert done.code == 0


def test_the_page_names_every_event_and_field() -> None:
    page = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")
    for rule in SCHEMA["allOf"]:
        assert f"`{rule['if']['properties']['event']['const']}`" in page
        for name in rule["then"]["properties"]:
            assert f"`{name}`" in page, name

"""`calls` at the command line, against the embedded Teli."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from teli_iac.author import write_first_project
from teli_iac.render.calls import CORROBORATION
from tests.cli.running import process


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The first project, launched and dialled."""
    write_first_project(tmp_path)
    assert process(tmp_path, "apply", "--auto-approve").code == 0
    assert "3 calls made" in process(tmp_path, "sandbox", "clock", "+1h").out
    return tmp_path


def _spans(project: Path) -> tuple[str, ...]:
    """The embedded Teli's clock runs ahead of this machine's."""
    now = process(project, "sandbox", "clock").out.strip()
    return ("--until", now)


def test_the_calls_of_a_campaign_are_told_by_part_and_labelled(project: Path) -> None:
    told = process(project, "calls", "campaign/first-reminders", *_spans(project))
    assert (told.code, told.err) == (0, "")
    assert "3 calls by its agent within its window, 3 of them to 3 people of its 3" in told.out
    assert told.out.endswith(f"{CORROBORATION}\n")


def test_machines_read_the_same_and_that_it_proves_nothing(project: Path) -> None:
    told = process(project, "calls", "campaign/first-reminders", "--format", "json", *_spans(project))
    document = json.loads(told.out)
    assert document["corroboration_only"] is True
    assert (document["parts"][0]["people_called"], len(document["calls"])) == (3, 3)


def test_no_number_is_shown_but_its_last_two_digits(project: Path) -> None:
    for form in ("text", "json"):
        told = process(project, "calls", "--format", form, *_spans(project)).out
        assert "415555" not in told
        assert "…41" in told or "\\u202641" in told


def test_a_campaign_that_was_never_launched_has_no_calls(project: Path) -> None:
    told = process(project, "calls", "campaign/other")
    assert (told.code, "never launched campaign/other" in told.err) == (64, True)


@pytest.mark.parametrize("time", ["yesterday", "2026-12-01", "2026-12-01T14:00:00", "2026-02-30T14:00:00Z"])
def test_a_time_without_an_offset_is_refused(project: Path, time: str) -> None:
    assert process(project, "calls", "--since", time).code == 64


def test_calls_of_a_deleted_campaign_stay_in_the_history(project: Path) -> None:
    process(project, "destroy", "--auto-approve")
    told = process(project, "calls", "--format", "json", *_spans(project))
    assert len(json.loads(told.out)["calls"]) == 3

"""Validate and plan as people and pipelines meet them."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.running import at_terminal, process

SGR = re.compile(r"\x1b\[[0-9;]*m")


def test_a_first_project_is_in_order(project: Path) -> None:
    done = process(project, "validate")
    assert (done.code, done.err) == (0, "")
    assert done.out == "Project acme is in order: 1 campaign, 3 people.\n"
    assert not (project / ".teli").exists()


def test_every_problem_is_told_on_stderr(project: Path) -> None:
    manifest = project / "campaigns" / "first-reminders.yaml"
    manifest.write_text(manifest.read_text().replace("run: 1", "run: often").replace("redial:", "redail:"))
    refused = process(project, "validate")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.endswith("2 problems in 1 file\n")
    assert process(project, "plan").err == refused.err


def test_a_plan_for_machines_is_all_that_stdout_gets(project: Path) -> None:
    done = process(project, "plan", "--format", "json", "--detailed-exitcode")
    assert (done.code, done.err) == (2, "")
    assert json.loads(done.out)["summary"]["launch"] == 1


def test_a_plan_leaves_no_ledger_and_no_campaign(project: Path) -> None:
    assert process(project, "plan").code == 0
    assert process(project, "plan", "--detailed-exitcode").code == 2


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_plan_fits_the_terminal_in_colour_and_without(columns: int, project: Path) -> None:
    coloured = at_terminal(project, "plan", columns=columns)
    assert coloured.end() == 0
    plain = at_terminal(project, "plan", columns=columns, NO_COLOR="1")
    assert plain.end() == 0
    assert "\x1b[" in coloured.shown
    assert "\x1b" not in plain.shown
    assert SGR.sub("", coloured.shown).splitlines()[:2] == plain.shown.splitlines()[:2]
    assert [line for line in plain.shown.splitlines() if len(line) > columns and " " in line.strip()] == []


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_plan_can_be_shown_everywhere(encoding: str, project: Path) -> None:
    done = process(project, "plan", PYTHONIOENCODING=encoding)
    assert (done.code, done.err) == (0, "")
    assert "campaign/first-reminders" in done.out


def test_a_command_works_in_another_folder_and_with_a_named_project(project: Path) -> None:
    elsewhere = project.parent
    here = process(project, "validate").out
    assert process(elsewhere, "-C", "acme", "validate").out == here
    assert process(elsewhere, "--project", "acme/teli.yaml", "validate", "acme").out == here
    assert process(project / "campaigns", "validate").code == 0


def test_no_name_and_no_number_of_a_lead_is_shown(project: Path) -> None:
    for command in (("validate",), ("plan",), ("plan", "--format", "json"), ("apply", "--auto-approve")):
        told = process(project, *command)
        assert "Grace" not in told.out + told.err
        assert "555014" not in told.out + told.err

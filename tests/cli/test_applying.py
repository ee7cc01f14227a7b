"""Apply and destroy as a person and as a pipeline meet them."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import PATIENCE, PROGRAM, at_terminal, environment, process

ASKED = "Enter a value: "


def _changes(folder: Path) -> int:
    """2 while something is to be done, 0 afterwards."""
    return process(folder, "plan", "--detailed-exitcode").code


def test_a_typed_yes_launches_what_was_shown(project: Path) -> None:
    screen = at_terminal(project, "apply")
    screen.wait_for(ASKED)
    assert "campaign/first-reminders" in screen.shown
    assert "Only 'yes' will be accepted." in screen.shown
    screen.type("yes\n")
    assert screen.end() == 0
    assert "launched" in screen.shown
    assert _changes(project) == 0


@pytest.mark.parametrize("answer", ["no\n", "y\n", "YES\n", "yes please\n", "\n", "\x04"], ids=repr)
def test_anything_but_yes_does_nothing(answer: str, project: Path) -> None:
    screen = at_terminal(project, "apply")
    screen.wait_for(ASKED)
    screen.type(answer)
    assert screen.end() == 1
    assert "Error TELI-E006" in screen.shown.replace("\x1b[1;31m", "").replace("\x1b[0m", "")
    assert _changes(project) == 2


def test_ctrl_c_at_the_question_does_nothing(project: Path) -> None:
    screen = at_terminal(project, "apply")
    screen.wait_for(ASKED)
    screen.type("\x03")
    assert screen.end() == 130
    assert "Traceback" not in screen.shown
    assert _changes(project) == 2


@pytest.mark.parametrize("command", ["apply", "destroy"])
def test_without_a_terminal_nobody_can_be_asked(command: str, project: Path) -> None:
    refused = process(project, command)
    assert (refused.code, refused.out) == (64, "")
    assert "--auto-approve" in refused.err
    assert not (project / ".teli").exists()


def test_a_pipeline_approves_by_a_flag(project: Path) -> None:
    done = process(project, "apply", "--auto-approve")
    assert done.code == 0
    assert "campaign/first-reminders" in done.out
    assert "[1/1] + campaign/first-reminders" in done.err
    assert "\x1b" not in done.out + done.err
    assert _changes(project) == 0


def test_nothing_to_do_asks_nothing(project: Path) -> None:
    process(project, "apply", "--auto-approve")
    screen = at_terminal(project, "apply")
    assert screen.end() == 0
    assert ASKED not in screen.shown


def test_a_plan_that_a_guard_refuses_is_shown_and_never_asked_about(project: Path) -> None:
    manifest = project / "teli.yaml"
    manifest.write_text(manifest.read_text().replace("max_new_people: 100", "max_new_people: 2"))
    screen = at_terminal(project, "apply")
    assert screen.end() == 4
    assert "--allow max_new_people=3" in screen.shown
    assert ASKED not in screen.shown
    assert process(project, "apply", "--auto-approve").code == 4
    assert process(project, "apply", "--auto-approve", "--allow", "max_new_people=4").code == 4
    assert process(project, "apply", "--auto-approve", "--allow", "max_new_people=3").code == 0


@pytest.mark.parametrize("redirection", ["| true", "2>&1 | true", "2>&-", ">&-", "2>/dev/full"])
def test_an_apply_is_carried_through_when_nobody_reads_any_more(redirection: str, project: Path) -> None:
    _shell(project, f"apply --auto-approve {redirection}")
    assert _changes(project) == 0


def test_an_apply_whose_plan_cannot_be_shown_does_nothing(project: Path) -> None:
    assert _shell(project, "apply --auto-approve >/dev/full") == 1
    assert _changes(project) == 2


def _shell(folder: Path, command: str) -> int:
    return subprocess.run(  # noqa: S603  our own program
        ["/bin/sh", "-c", f"'{PROGRAM[0]}' -W error -m teli_iac {command}"],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=PATIENCE,
    ).returncode


def test_destroying_live_campaigns_wants_their_number(project: Path) -> None:
    process(project, "apply", "--auto-approve")
    refused = process(project, "destroy", "--auto-approve")
    assert refused.code == 4
    assert "--allow live_deletes=1" in refused.out
    screen = at_terminal(project, "destroy", "--allow", "live_deletes=1")
    screen.wait_for(ASKED)
    assert "remove these campaigns from Teli" in screen.shown
    screen.type("yes\n")
    assert screen.end() == 0
    again = process(project, "plan", "--format", "json")
    assert json.loads(again.out)["people"] == {"new": 3, "again": 0}, "nobody of them was called yet"


def test_destroying_what_was_dialled_calls_nobody_again(project: Path) -> None:
    process(project, "apply", "--auto-approve")
    assert process(project, "sandbox", "clock", "+8d").code == 0
    assert process(project, "destroy", "--auto-approve").code == 0
    again = process(project, "plan", "--format", "json")
    assert json.loads(again.out)["people"] == {"new": 0, "again": 0}


def test_only_the_target_is_launched(project: Path) -> None:
    first = project / "campaigns" / "first-reminders.yaml"
    text = (
        first.read_text().replace("name: first-reminders", "name: second").replace("first.csv", "second.csv")
    )
    (project / "campaigns" / "second.yaml").write_text(text)
    (project / "leads" / "second.csv").write_text(
        "Phone,First Name,appointment\n+14155550151,Alan,Friday at 9\n"
    )
    assert process(project, "apply", "--auto-approve", "--target", "campaign/second").code == 0
    plan = json.loads(process(project, "plan", "--format", "json").out)
    assert {change["address"]: change["action"] for change in plan["changes"]} == {
        "campaign/first-reminders": "launch",
        "campaign/second": "keep",
    }


def test_nothing_to_settle_is_an_error_that_says_so(project: Path) -> None:
    process(project, "apply", "--auto-approve")
    for how in ("--adopt", "--abandon"):
        refused = process(project, "settle", "campaign/first-reminders", how)
        assert (refused.code, refused.out) == (1, "")
        assert "Next: " in refused.err

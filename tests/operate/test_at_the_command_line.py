"""`halt`, `release`, `pause`, `resume` and `end` as people type them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from teli_iac.author import write_first_project
from tests.cli.running import Ran, at_terminal, process
from tests.promise.executioner import Executioner
from tests.promise.practice import Practice, Wanted

ADDRESS = "campaign/first-reminders"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The first project, applied to the embedded Teli."""
    folder = tmp_path / "acme"
    folder.mkdir()
    write_first_project(folder)
    assert process(folder, "apply", "--auto-approve").code == 0
    return folder


def _dialled(project: Path) -> Ran:
    return process(project, "sandbox", "clock", "+2h")


def test_halt_stops_the_calls_and_holds_until_release(project: Path) -> None:
    halted = process(project, "halt", "--all", "--why", "ask Ann, +1 (415) 555-0120")
    assert (halted.code, halted.out.splitlines()[0]) == (
        0,
        "HALTED. 1 campaign paused, 0 not calling before. Nothing of acme calls.",
    )
    for command in (["apply", "--auto-approve"], ["destroy", "--auto-approve"], ["resume", ADDRESS]):
        refused = process(project, *command)
        assert (refused.code, refused.out) == (4, "")
        assert "ask Ann, …20" in refused.err
        assert "0120" not in refused.err
    planned = process(project, "plan")
    assert planned.code == 4
    assert planned.err.startswith("On hold. ")
    assert process(project, "release").code == 0
    assert process(project, "plan", "--detailed-exitcode").code == 0
    assert "0 calls" in _dialled(project).out
    assert process(project, "resume", ADDRESS).code == 0
    assert "3 calls" in _dialled(project).out


def test_releasing_what_is_not_held_does_nothing(project: Path) -> None:
    released = process(project, "release")
    assert (released.code, released.out) == (0, "Project acme is not on hold; nothing was done.\n")


def test_halt_without_a_terminal_wants_to_be_told_what(project: Path) -> None:
    refused = process(project, "halt")
    assert (refused.code, refused.out) == (64, "")
    assert "--all" in refused.err
    assert process(project, "halt", "--all", ADDRESS).code == 64


def test_at_a_terminal_enter_is_enough_and_ctrl_c_stops_nothing(project: Path) -> None:
    screen = at_terminal(project, "halt", columns=40)
    screen.wait_for("Enter halts all, Ctrl-C nothing:")
    screen.type("\x03")
    assert screen.end() == 130
    assert process(project, "plan").code == 0
    screen = at_terminal(project, "halt", columns=40)
    screen.wait_for("Enter halts all, Ctrl-C nothing:")
    screen.type("\n")
    assert screen.end() == 0
    assert "HALTED. " in screen.shown


def test_what_halt_says_fits_a_phone(project: Path) -> None:
    halted = process(project, "halt", "--all", COLUMNS="40")
    assert [line for line in halted.out.splitlines() if len(line) > 40 and " " in line.strip()] == []


def test_machines_read_the_same(project: Path) -> None:
    halted = json.loads(process(project, "halt", ADDRESS, "--format", "json").out)
    assert (halted["proven"], halted["hold"], len(halted["paused"])) == (True, "set", 1)
    process(project, "release")
    resumed = json.loads(process(project, "resume", ADDRESS, "--format", "json").out)
    assert (resumed["act"], len(resumed["done"]), resumed["unproven"]) == ("resume", 1, [])


def test_ending_asks_shows_who_is_not_called_and_takes_only_yes(project: Path) -> None:
    for answer, code in (("y\n", 1), ("yes\n", 0)):
        screen = at_terminal(project, "end", ADDRESS)
        screen.wait_for("Only 'yes' will be accepted: ")
        assert "3 people not called yet" in screen.shown
        screen.type(answer)
        assert screen.end() == code
    refused = process(project, "end", ADDRESS)
    assert (refused.code, refused.out) == (64, "")


def test_without_a_project_it_is_said_what_to_pass(tmp_path: Path) -> None:
    refused = process(tmp_path, "halt", "--all")
    assert (refused.code, refused.out) == (1, "")
    assert "--name NAME" in refused.err
    partly = process(tmp_path, "halt", "--all", "--name", "acme")
    assert "--organization-id and --tenant-id" in partly.err


def test_the_ledger_tells_who_halted_and_why(project: Path) -> None:
    process(project, "halt", "--all", "--why", "the price is wrong")
    process(project, "release", "--why", "it is right again")
    log = " ".join(process(project, "ledger", "log").out.split())
    assert "halted everything" in log
    assert "the price is wrong" in log
    assert "released the hold" in log


@pytest.mark.parametrize("number", [1, 2, 4, 6])
def test_a_halt_that_was_killed_is_run_again_and_nothing_calls(number: int, tmp_path: Path) -> None:
    with Executioner(number) as teli:
        practice = Practice(tmp_path / "acme", teli.url)
        practice.want(fall=Wanted((0, 1)), spring=Wanted((10,)), winter=Wanted((20,)))
        practice.apply()
        teli.kill(practice.folder, "halt", "--all")
        assert practice.halt().complete


@pytest.mark.parametrize("number", [3, 6, 8])
def test_an_apply_that_was_killed_leaves_nothing_that_a_halt_does_not_stop(
    number: int, tmp_path: Path
) -> None:
    with Executioner(number) as teli:
        practice = Practice(tmp_path / "acme", teli.url)
        practice.sleep_in_earnest()
        practice.want(fall=Wanted((0, 1)), spring=Wanted((10,)), winter=Wanted((20,)))
        teli.kill_an_apply(practice.folder)
        assert practice.halt().complete
        teli.dial()
        assert not teli.dialled

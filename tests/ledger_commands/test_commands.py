"""`ledger show`, `log` and `verify` at the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from teli_iac.author import write_first_project
from teli_iac.ledger import LocalLedger
from tests.cli.running import Ran, at_terminal, process, ran
from tests.ledger.tampering import change


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The first project, applied to the embedded Teli."""
    folder = tmp_path / "acme"
    folder.mkdir()
    write_first_project(folder)
    assert process(folder, "apply", "--auto-approve").code == 0
    return folder


def _ledger(project: Path, *arguments: str) -> Ran:
    return process(project, "ledger", *arguments)


def test_the_ledger_is_shown_told_and_verified_after_an_apply(project: Path) -> None:
    shown = _ledger(project, "show")
    assert (shown.code, shown.err) == (0, "")
    assert "campaign/first-reminders\n      r1p1      launched, verified, active by us\n" in shown.out
    assert "3 people given" in shown.out
    logged = _ledger(project, "log", "campaign/first-reminders")
    assert (logged.code, len(logged.out.splitlines()) > 3) == (0, True)
    verified = _ledger(project, "verify")
    assert (verified.code, verified.err) == (0, "")
    assert verified.out == (
        "The ledger of project acme is whole: 5 events, 1 set of people; account and key fit.\n"
    )


def test_machines_read_the_same(project: Path) -> None:
    document = json.loads(_ledger(project, "show", "--format", "json").out)
    lines = [json.loads(line) for line in _ledger(project, "log", "--format", "jsonl").out.splitlines()]
    assert document["ledger_version"] == len(lines) == lines[-1]["sequence"]


def test_what_is_shown_names_nobody(project: Path) -> None:
    for arguments in (["show"], ["show", "--format", "json"], ["log"], ["log", "--format", "jsonl"]):
        told = _ledger(project, *arguments).out
        assert "415555" not in told, "a time may hold 555 by chance, a number holds its area too"
        assert "Ada" not in told


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE events SET at = '2026-11-23T12:00:00Z' WHERE sequence = 2", "event 2 does not follow"),
        ("DELETE FROM events WHERE sequence = 5", "it ends at event 4"),
        ("UPDATE people SET records = zeroblob(60)", "the people set"),
        ("DELETE FROM people", "the people set"),
    ],
)
def test_damage_is_named_with_its_place_and_exits_1(statement: str, place: str, project: Path) -> None:
    change(LocalLedger(project).path, statement)
    found = _ledger(project, "verify")
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith("Error TELI-E133: ")
    assert place in found.err


def test_another_key_is_noticed(project: Path) -> None:
    refused = process(project, "ledger", "verify", TELI_LEDGER_KEY="zebras and long grass")
    assert (refused.code, refused.err[:16]) == (1, "Error TELI-E132:")
    assert "zebras" not in refused.err


@pytest.mark.parametrize("command", ["show", "log", "verify"])
def test_a_project_without_a_ledger_is_told_so_and_gets_none(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_first_project(tmp_path)
    refused = ran(capsys, "-C", str(tmp_path), "ledger", command)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("Error TELI-E131: ")
    assert not (tmp_path / ".teli").exists()


def test_a_campaign_that_the_ledger_never_heard_of_exits_64(project: Path) -> None:
    for command in ("show", "log"):
        refused = _ledger(project, command, "campaign/first-reminder")
        assert (refused.code, refused.out) == (64, "")
        assert "Did you mean campaign/first-reminders?" in refused.err


def _hold(project: Path) -> None:
    LocalLedger(project).acquire("ann@build-7 pid 123", datetime.now(UTC), timedelta(minutes=1))


def test_unlock_asks_at_a_terminal_and_takes_only_yes(project: Path) -> None:
    _hold(project)
    for answer, code in (("y\n", 1), ("yes\n", 0)):
        screen = at_terminal(project, "ledger", "unlock")
        screen.wait_for("Enter a value:")
        assert "ann@build-7 pid 123 is writing this ledger" in screen.shown
        screen.type(answer)
        assert screen.end() == code


def test_unlock_without_a_terminal_wants_to_be_told_yes(project: Path) -> None:
    _hold(project)
    refused = _ledger(project, "unlock")
    assert (refused.code, refused.out) == (64, "")
    assert "--auto-approve" in refused.err
    assert process(project, "apply", "--auto-approve").code == 7
    freed = _ledger(project, "unlock", "--auto-approve")
    assert (freed.code, freed.err) == (0, "")
    assert freed.out.startswith("ann@build-7 pid 123 is writing this ledger; its lease ends ")
    assert freed.out.endswith("The ledger of project acme is free. Run the command that died again.\n")
    assert process(project, "apply", "--auto-approve").code == 0

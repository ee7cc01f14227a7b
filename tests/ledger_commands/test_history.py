"""`ledger log` years later: who applied what, from which commit, approved how, for how many people."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from teli_iac.author import write_first_project
from tests.cli.running import at_terminal, process


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "acme"
    folder.mkdir()
    write_first_project(folder)
    return folder


def _notes(project: Path) -> list[dict[str, Any]]:
    logged = process(project, "ledger", "log", "--format", "jsonl").out
    told = [json.loads(line) for line in logged.splitlines()]
    return [document for document in told if document["kind"] == "applied"]


def _git(project: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
    return subprocess.run(  # noqa: S603  a fixed argv
        ["git", *identity, *arguments],  # noqa: S607  whichever git is there
        cwd=project,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def test_an_apply_notes_who_did_it_and_for_how_many_people(project: Path) -> None:
    assert process(project, "apply", "--auto-approve", GITHUB_ACTOR="ann", GITHUB_SHA="0f" * 20).code == 0
    (note,) = _notes(project)
    assert "@" in note["by"]
    assert (note["actor"], note["commit"], note["uncommitted"]) == ("ann", "0f" * 20, False)
    assert (note["approval"], note["people_new"], note["people_again"]) == ("auto_approve", 3, 0)
    assert len(note["plan_digest"]) == 32
    assert note["sequence"] == 1
    said = " ".join(process(project, "ledger", "log").out.split())
    assert "for ann applies plan" in said
    assert "approved by --auto-approve, for 3 people for the first time, 0 again." in said


def test_an_apply_that_does_nothing_leaves_no_note(project: Path) -> None:
    for _ in range(2):
        process(project, "apply", "--auto-approve")
    assert len(_notes(project)) == 1


def test_the_commit_is_the_one_that_is_checked_out_and_changes_beside_it_are_told(project: Path) -> None:
    _git(project, "init", "-q")
    _git(project, "add", "-A")
    _git(project, "commit", "-qm", "First")
    head = _git(project, "rev-parse", "HEAD")
    process(project, "apply", "--auto-approve", GITHUB_SHA="0f" * 20)
    (note,) = _notes(project)
    assert (note["commit"], note["uncommitted"]) == (head, False)
    file = project / "campaigns" / "first-reminders.yaml"
    file.write_text(file.read_text() + "# a change\n")
    process(project, "destroy", "--auto-approve", "--allow", "live_deletes=1")
    assert [note["uncommitted"] for note in _notes(project)] == [False, True]


@pytest.mark.parametrize(
    ("arguments", "approval"),
    [(("apply", "saved.plan"), "saved_plan"), (("apply", "--expect-digest", "DIGEST"), "expect_digest")],
)
def test_how_it_was_approved_is_noted(project: Path, arguments: tuple[str, ...], approval: str) -> None:
    planned = process(project, "plan", "--out", "saved.plan").out
    digest = planned.partition("Digest: ")[2].split()[0]
    given = [digest if each == "DIGEST" else each for each in arguments]
    assert process(project, *given).code == 0
    assert [note["approval"] for note in _notes(project)] == [approval]


def test_a_typed_yes_is_noted(project: Path) -> None:
    screen = at_terminal(project, "apply")
    screen.wait_for("Enter a value:")
    screen.type("yes\n")
    assert screen.end() == 0
    assert [note["approval"] for note in _notes(project)] == ["typed_yes"]


def test_the_export_for_auditors_names_nobody_who_is_called(project: Path) -> None:
    process(project, "apply", "--auto-approve")
    logged = process(project, "ledger", "log", "--format", "jsonl").out
    assert "415555" not in logged
    assert "Ada" not in logged

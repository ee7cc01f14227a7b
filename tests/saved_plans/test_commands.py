"""Saving, showing and applying a plan at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from teli_iac.author import write_first_project
from tests.cli.running import Ran, process, ran

KEYLESS = {"TELI_API_KEY": ""}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "acme"
    folder.mkdir()
    write_first_project(folder)
    return folder


def _saved(project: Path, *arguments: str) -> Ran:
    return process(project, "plan", "--out", "saved.plan", *arguments)


def test_a_plan_is_saved_shown_and_applied_without_a_terminal(project: Path) -> None:
    planned = _saved(project)
    assert planned.code == 0
    assert planned.out.splitlines()[-1] == (
        "Saved. To do exactly this, once and within 24 hours: teli-iac apply saved.plan"
    )
    shown = process(project, "show", "saved.plan")
    assert shown.out.split("Saved ")[0] == planned.out.split("Saved.")[0]
    applied = process(project, "apply", "saved.plan")
    assert (applied.code, "Done: 1 launched." in applied.out) == (0, True)
    assert "campaign/first-reminders" in applied.out
    again = process(project, "apply", "saved.plan")
    assert (again.code, again.out) == (3, "")
    assert again.err.startswith("Error TELI-E151: The saved plan was used already")


def test_a_saved_plan_is_shown_where_there_is_nothing_else(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _saved(project)
    printed = process(project, "plan", "--format", "json")
    alone = tmp_path / "alone"
    alone.mkdir()
    (project / "saved.plan").rename(alone / "plan.json")
    shown = ran(capsys, "-C", str(alone), "show", "plan.json", "--format", "json")
    assert (shown.code, shown.err) == (0, "")
    assert json.loads(shown.out) == json.loads(printed.out)


def test_the_json_of_a_plan_stays_clean_when_it_is_saved_too(project: Path) -> None:
    planned = _saved(project, "--format", "json")
    assert json.loads(planned.out)["summary"]["launch"] == 1
    assert "teli-iac apply saved.plan" in planned.err


def test_each_difference_stands_on_a_line_of_its_own(project: Path) -> None:
    _saved(project)
    leads = project / "leads" / "first.csv"
    leads.write_text(leads.read_text() + "+14155550177,Zoe,\n")
    manifest = project / "campaigns" / "first-reminders.yaml"
    manifest.write_text(manifest.read_text().replace("agent_8", "agent_9"))
    refused = process(project, "apply", "saved.plan")
    assert refused.code == 3
    assert refused.err.splitlines() == [
        "Error TELI-E151: The saved plan is out of date; nothing was sent.",
        "  - voice_agent_id of campaign/first-reminders changed",
        "  - the leads of campaign/first-reminders changed: 3 people were approved, now 4",
        "Next: Plan again, and have the new plan approved: teli-iac plan --out FILE",
    ]


def test_a_digest_approves_without_a_terminal(project: Path) -> None:
    digest = json.loads(process(project, "plan", "--format", "json").out)["plan_digest"]
    refused = process(project, "apply", "--expect-digest", "0" * 32)
    assert (refused.code, digest in refused.err, "0" * 32 in refused.err) == (3, True, True)
    assert process(project, "apply", "--expect-digest", digest[:12]).code == 0


@pytest.mark.parametrize("digest", ["abc", "0" * 11, "0" * 33, "Z" * 12, "", "0123456789AB"])
def test_what_is_no_digest_is_refused(digest: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "apply", "--expect-digest", digest).code == 64


@pytest.mark.parametrize("flag", [("--target", "campaign/first-reminders"), ("--allow", "live_deletes=1")])
def test_what_shapes_a_plan_cannot_be_given_to_a_saved_one(flag: tuple[str, str], project: Path) -> None:
    _saved(project)
    refused = process(project, "apply", "saved.plan", *flag)
    assert (refused.code, "belong to the plan" in refused.err) == (64, True)


def test_a_signature_is_not_required_of_manifests(project: Path) -> None:
    refused = process(project, "apply", "--auto-approve", "--require-signature", "sign.pub")
    assert (refused.code, refused.out) == (3, "")
    assert not (project / ".teli").exists()


def test_what_is_not_saved_cannot_be_signed(project: Path) -> None:
    refused = process(project, "plan", "--sign-key", "sign.key")
    assert (refused.code, "--out" in refused.err) == (64, True)


@pytest.mark.parametrize("command", ["apply", "show"])
@pytest.mark.parametrize("held", [b"", b"{", b"\xff", b'{"saved_plan": 1}', b"[" * 100_000], ids=len)
def test_a_damaged_file_is_a_sentence_and_no_traceback(
    held: bytes, command: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "saved.plan").write_bytes(held)
    refused = ran(capsys, "-C", str(project), command, "saved.plan")
    assert refused.code in {1, 3}
    assert refused.out == ""
    assert refused.err.startswith("Error TELI-E15")
    assert "bug" not in refused.err


def test_a_plan_that_guards_refuse_is_saved_for_review_and_not_applied(project: Path) -> None:
    manifest = project / "teli.yaml"
    manifest.write_text(manifest.read_text().replace("max_new_people: 100", "max_new_people: 1"))
    planned = _saved(project)
    assert (planned.code, "plan again with what they ask for" in planned.out) == (4, True)
    assert "Refused by 1 guard" in process(project, "show", "saved.plan").out
    assert process(project, "apply", "saved.plan").code == 4
    allowed = _saved(project, "--allow", "max_new_people=3")
    assert allowed.code == 0
    assert "It allows max_new_people=3." in process(project, "show", "saved.plan").out
    assert process(project, "apply", "saved.plan").code == 0


def test_paths_are_those_of_the_plan(project: Path) -> None:
    planned = process(project, "plan", "campaigns", "--out", "saved.plan")
    assert planned.code == 0
    assert process(project.parent, "-C", "acme", "apply", "saved.plan").code == 0

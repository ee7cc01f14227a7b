"""The examples are true: what a person would try with them happens."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import PATIENCE, environment, ran

EXAMPLES = Path(__file__).parent.parent / "examples"
CAMPAIGNS = EXAMPLES / "campaigns"


@pytest.fixture
def practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The practice's project in a folder of its own, to which nothing of this machine's settings reaches."""
    folder = tmp_path / "practice"
    shutil.copytree(CAMPAIGNS, folder, ignore=shutil.ignore_patterns(".teli"))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return folder


@pytest.mark.usefixtures("practice")
def test_the_practices_campaigns_are_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    validated = ran(capsys, "validate")
    assert (validated.code, validated.err) == (0, "")
    assert validated.out == "Project bright-dental is in order: 4 campaigns, 18 people.\n"


@pytest.mark.usefixtures("practice")
def test_the_practices_campaigns_are_planned_as_their_comments_say(
    capsys: pytest.CaptureFixture[str],
) -> None:
    planned = ran(capsys, "plan", "--format", "json", "--detailed-exitcode")
    assert planned.code == 2, planned.err
    plan = json.loads(planned.out)
    assert {change["address"]: (change["action"], change["people"]) for change in plan["changes"]} == {
        "campaign/appointment-reminders": ("launch", 3),
        "campaign/implant-enquiries": ("launch", 5),
        "campaign/spring-check-ups": ("launch", 6),
        "campaign/visit-survey": ("launch", 4),
    }
    assert plan["people"] == {"new": 18, "again": 0}
    assert plan["worst_case_calls"] == 3 * 2 + 5 * 3 + 6 * 3 + 4


@pytest.mark.usefixtures("practice")
def test_an_hour_after_its_apply_the_practice_has_nothing_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    applied = ran(capsys, "apply", "--auto-approve")
    assert applied.code == 0, applied.err
    assert ran(capsys, "sandbox", "clock", "+1h").code == 0
    assert ran(capsys, "plan", "--detailed-exitcode").code == 0


@pytest.mark.usefixtures("practice")
def test_the_practices_readme_destroys_what_it_launched(capsys: pytest.CaptureFixture[str]) -> None:
    ran(capsys, "apply", "--auto-approve")
    ran(capsys, "sandbox", "clock", "+1h")
    commands = re.findall(
        r"`teli-iac (destroy [^`]+)`", (CAMPAIGNS / "README.md").read_text(encoding="utf-8")
    )
    assert len(commands) == 1
    destroyed = ran(capsys, *commands[0].split(), "--auto-approve")
    assert destroyed.code == 0, destroyed.out


def test_the_practices_readme_names_every_manifest() -> None:
    page = (CAMPAIGNS / "README.md").read_text(encoding="utf-8")
    manifests = {path.relative_to(CAMPAIGNS).as_posix() for path in CAMPAIGNS.rglob("*.yaml")}
    assert set(re.findall(r"\]\(([^)]+\.yaml)\)", page)) == manifests


def test_the_demo_shows_what_it_tells(tmp_path: Path) -> None:
    shown = subprocess.run(  # noqa: S603  our own script
        [sys.executable, "-W", "error", EXAMPLES / "demo.py"],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        check=False,
        timeout=PATIENCE,
        encoding="utf-8",
    )
    assert shown.returncode == 0, shown.stdout + shown.stderr
    assert shown.stderr == ""
    assert "$ teli-iac apply" in shown.stdout
    assert [*tmp_path.iterdir()] == []

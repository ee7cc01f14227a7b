"""One plan told in several ways at once: on stdout, and into files."""

import json
import re
from pathlib import Path

import pytest

from teli_iac.render import FORMATS
from tests.cli.running import process, ran


def test_a_plan_is_told_once_and_written_twice(project: Path) -> None:
    done = process(project, "plan", "--write", "markdown=plan.md", "--write", "terraform=plan.json")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Project acme on sandbox:")
    assert (project / "plan.md").read_text().startswith("<!-- teli-iac plan acme -->\n")
    assert json.loads((project / "plan.json").read_text())["format_version"] == "1.2"
    assert sorted(each.name for each in project.glob(".*.new")) == []


@pytest.mark.parametrize(
    "form", ["markdown", "html", "terraform", "gitlab", "github", "sarif", "junit", "json"]
)
def test_a_saved_plan_is_shown_as_it_was_planned_in_every_format(form: str, project: Path) -> None:
    planned = process(project, "plan", "--out", "saved.plan", "--format", form)
    shown = process(project, "show", "saved.plan", "--format", form, "--write", f"{form}=again.txt")
    assert (planned.code, shown.code) == (0, 0)
    assert shown.out == planned.out
    assert (project / "again.txt").read_text() == planned.out


def test_no_lead_is_in_any_format(project: Path) -> None:
    rows = (project / "leads" / "first.csv").read_text().splitlines()[1:]
    told = "".join(process(project, "plan", "--format", form).out for form in FORMATS)
    digits = re.sub(r"[^0-9]", "", told)
    for row in rows:
        name, number = row.split(",")[1], re.sub(r"[^0-9]", "", row.split(",")[0])
        assert name not in told
        assert number[-10:] not in digits


def test_every_format_has_its_section_on_the_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "formats.md").read_text()
    assert [form for form in FORMATS if f"| `{form}` |" not in page] == []
    assert [form for form in FORMATS if form not in {"text", "json"} and f"\n## {form}\n" not in page] == []


@pytest.mark.parametrize(
    ("write", "said"),
    [
        ("json=teli.yaml", "ends like a manifest"),
        ("json=leads/first.csv", "ends like a manifest or a file of leads"),
        ("json=nowhere/plan.json", "There is no folder"),
        ("json=campaigns", "is a folder"),
        ("prose=plan.txt", 'There is no format "prose"'),
        ("json=", "Name the file as well: json=FILE"),
    ],
)
def test_a_place_that_cannot_be_meant_is_refused_before_anything_is_done(
    write: str, said: str, project: Path
) -> None:
    before = {each: each.read_bytes() for each in project.rglob("*") if each.is_file()}
    refused = process(project, "plan", "--out", "saved.plan", "--write", write)
    assert (refused.code, refused.out) == (64, "")
    assert said in refused.err
    assert {each: each.read_bytes() for each in project.rglob("*") if each.is_file()} == before


def test_one_file_is_not_written_twice(project: Path) -> None:
    refused = process(project, "plan", "--write", "json=plan", "--write", "markdown=plan")
    assert (refused.code, "names one file twice" in refused.err) == (64, True)


def test_a_file_that_cannot_be_written_is_told_after_the_plan(project: Path) -> None:
    long = "x" * 300
    failed = process(project, "plan", "--write", f"json={long}")
    assert failed.code == 1
    assert "Plan: 1 to launch." in failed.out
    assert failed.err.startswith("Error TELI-E190: ")
    assert "could not be written: file name too long." in failed.err


def test_an_apply_that_cannot_write_does_nothing(project: Path) -> None:
    failed = process(project, "apply", "--auto-approve", "--write", f"json={'x' * 300}")
    assert (failed.code, "TELI-E190" in failed.err) == (1, True)
    assert "Plan: 1 to launch." in process(project, "plan").out


def test_an_apply_writes_the_plan_that_it_carries_out(project: Path) -> None:
    done = process(project, "apply", "--auto-approve", "--write", "json=applied.json")
    assert done.code == 0
    assert json.loads((project / "applied.json").read_text())["summary"]["launch"] == 1


def test_a_destroy_writes_what_it_takes_off(project: Path) -> None:
    assert process(project, "apply", "--auto-approve").code == 0
    allowed = ("--auto-approve", "--allow", "live_deletes=1")
    assert process(project, "destroy", *allowed, "--write", "gitlab=gone.json").code == 0
    assert json.loads((project / "gone.json").read_text()) == {"create": 0, "update": 0, "delete": 1}


def test_a_file_that_was_there_is_replaced(project: Path) -> None:
    (project / "plan.md").write_text("old")
    assert process(project, "plan", "--write", "markdown=plan.md", "--markdown-bytes", "4000").code == 0
    assert "old" not in (project / "plan.md").read_text()


def test_problems_are_annotated_and_written_for_code_scanning(project: Path) -> None:
    manifest = project / "campaigns" / "first-reminders.yaml"
    manifest.write_text(manifest.read_text().replace("run: 1", "run: often"))
    (project / ".git").mkdir()
    refused = process(project, "validate", "--format", "github", "--write", "sarif=problems.sarif")
    assert (refused.code, refused.err) == (1, "")
    assert refused.out.startswith("::error file=campaigns/first-reminders.yaml,line=")
    assert json.loads((project / "problems.sarif").read_text())["runs"][0]["results"]


def test_problems_of_a_project_in_a_folder_are_told_from_the_root(project: Path) -> None:
    (project / "leads" / "more.csv").write_text("")
    manifest = project / "campaigns" / "first-reminders.yaml"
    manifest.write_text(manifest.read_text().replace("run: 1", "run: often"))
    refused = process(
        project.parent, "-C", "acme", "validate", "--format", "github", GITHUB_WORKSPACE=str(project.parent)
    )
    assert refused.out.startswith("::error file=acme/campaigns/first-reminders.yaml,line=")


def test_text_and_a_report_are_told_together(project: Path) -> None:
    manifest = project / "campaigns" / "first-reminders.yaml"
    manifest.write_text(manifest.read_text().replace("run: 1", "run: often"))
    refused = process(project, "validate", "--write", "junit=problems.xml")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.endswith("1 problem in 1 file\n")
    assert "<failure" in (project / "problems.xml").read_text()


def test_manifests_in_order_are_a_report_without_problems(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = ran(capsys, "-C", str(project), "validate", "--format", "sarif")
    assert (done.code, json.loads(done.out)["runs"][0]["results"]) == (0, [])

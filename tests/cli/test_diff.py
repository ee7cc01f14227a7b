"""`diff` at the command line: its formats, its exit codes, and what it never runs, fetches or shows."""

import json
from pathlib import Path

import pytest

from tests.cli.running import Ran, process, ran
from tests.comparison.repository import edit, git, repository


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    folder = tmp_path / "clone"
    folder.mkdir()
    return repository(folder)


def _diff(clone: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    return ran(capsys, "-C", str(clone), "diff", *arguments)


def test_a_difference_is_told_in_sentences(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(clone, "fall.yaml", "run: 1", "run: 2")
    told = _diff(clone, capsys, "main")
    assert (told.code, told.err) == (0, "")
    assert "~ campaign/fall changed\n" in told.out
    assert "3 people called again" in " ".join(told.out.split())
    assert told.out.rstrip().endswith("`teli-iac plan` knows who was called before.")


def test_the_exit_code_tells_whether_something_differs_when_it_is_asked_to(
    clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _diff(clone, capsys, "HEAD", "--detailed-exitcode") == Ran(
        0,
        _diff(clone, capsys, "HEAD").out,
        "",
    )
    edit(clone, "fall.yaml", "agent_1", "agent_2")
    assert _diff(clone, capsys, "HEAD").code == 0
    assert _diff(clone, capsys, "HEAD", "--detailed-exitcode").code == 2


def test_problems_of_the_revision_and_of_the_working_tree_are_told_together(
    clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(clone, "fall.yaml", "voice_agent_id", "voice_agent")
    git(clone, "commit", "--quiet", "--all", "--message=broken")
    edit(clone, "leads/fall.csv", "plan", "plam")
    told = _diff(clone, capsys, "HEAD~0")
    assert (told.code, told.out) == (1, "")
    assert 'HEAD~0:fall.yaml:5:3: TELI-E035 "voice_agent" is not a key of spec' in told.err
    assert "\nfall.yaml:5:3: TELI-E035" in told.err


@pytest.mark.parametrize("revision", ["nothing-such", "-x", "--output=f", "", "a..b", ":/x"])
def test_what_is_no_revision_is_refused(
    revision: str, clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _diff(clone, capsys, "--", revision).code == 64


def test_standard_input_has_no_revision(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _diff(clone, capsys, "HEAD", "-").code == 64


def test_a_path_that_neither_side_has_is_refused(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _diff(clone, capsys, "HEAD", "nowhere.yaml").code == 64


def test_outside_of_a_repository_it_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = _diff(tmp_path, capsys, "HEAD")
    assert told.code != 0
    assert told.out == ""


def test_json_has_counts_and_consequences(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(clone, "leads/fall.csv", "+14155550122", "+14155550123")
    told = json.loads(_diff(clone, capsys, "HEAD", "--format", "json").out)
    assert told["summary"] == {"added": 0, "removed": 0, "changed": 1, "unchanged": 0}
    assert told["campaigns"][0]["people"] == {
        "before": 3,
        "after": 3,
        "added": 1,
        "removed": 1,
        "changed": 0,
        "known": True,
        "lists_known": True,
    }
    assert told["campaigns"][0]["consequences"] == ["stops_and_relaunches", "extends"]
    assert (told["base"]["asked"], len(told["base"]["revision"])) == ("HEAD", 40)


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_no_format_shows_anybodys_number(form: str, clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(clone, "leads/fall.csv", "+14155550120,gold\n+14155550121,gold", "+14155550129,gold\n+14155550121,x")
    edit(clone, "fall.yaml", "run: 1", "run: 2")
    told = _diff(clone, capsys, "HEAD", "--format", form).out
    assert [tail for tail in ("0120", "0121", "0122", "0129") if tail in told] == []


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_hostile_text_of_a_pull_request_stays_text(
    form: str, clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = "'::error::x <img src=x> @team | `a` ##[group]'"
    edit(clone, "fall.yaml", "{name: fall}", f"{{name: fall, labels: {{team: {hostile}}}}}")
    told = _diff(clone, capsys, "HEAD", "--format", form).out
    assert form == "json" or "::error::" not in told
    assert "##[group]" not in told
    if form == "markdown":
        (line,) = [line for line in told.splitlines() if "<img" in line]
        assert line.startswith("- `labels.team`: `(none)` → ``")


def test_markdown_fits_a_comment_whatever_changes(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    campaign = (clone / "fall.yaml").read_text(encoding="utf-8")
    many = [campaign.replace("fall}", f"campaign-number-{number}}}") for number in range(3000)]
    (clone / "many.yaml").write_text("---\n".join(many), encoding="utf-8")
    told = _diff(clone, capsys, "HEAD", "--format", "markdown").out
    assert len(told.encode()) <= 60_000
    assert told.startswith("<!-- teli-iac diff -->\n")
    assert "3,000 added" in told


def test_nothing_of_the_repository_is_executed(clone: Path) -> None:
    trap = clone / "trap.sh"
    trap.write_text('#!/bin/sh\ntouch "$(dirname "$0")/sprung"\ncat\n', encoding="utf-8")
    trap.chmod(0o755)
    (clone / ".gitattributes").write_text("* diff=trap filter=trap text eol=crlf ident\n", encoding="utf-8")
    for name, value in (
        ("diff.trap.textconv", trap),
        ("diff.trap.command", trap),
        ("diff.external", trap),
        ("filter.trap.smudge", trap),
        ("filter.trap.clean", trap),
        ("core.fsmonitor", trap),
        ("core.pager", trap),
        ("core.hooksPath", clone),
    ):
        git(clone, "config", name, str(value))
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        trap_hook = clone / hook
        trap_hook.write_text(trap.read_text(encoding="utf-8"), encoding="utf-8")
        trap_hook.chmod(0o755)
    edit(clone, "fall.yaml", "agent_1", "agent_2")
    told = process(clone, "diff", "HEAD")
    assert (told.code, told.err) == (0, "")
    assert "voice_agent_id: agent_1 -> agent_2" in told.out
    assert not (clone / "sprung").exists()


def test_a_link_of_a_revision_leads_nowhere_out_of_it(clone: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("phone_number,plan\n+14155550140,top-secret\n", encoding="utf-8")
    (clone / "leads/fall.csv").unlink()
    (clone / "leads/fall.csv").symlink_to(secret)
    git(clone, "commit", "--quiet", "--all", "--message=link")
    (clone / "leads/fall.csv").unlink()
    (clone / "leads/fall.csv").write_text("phone_number,plan\n+14155550120,gold\n", encoding="utf-8")
    told = process(clone, "diff", "HEAD")
    assert (told.code, told.out) == (1, "")
    assert "HEAD:fall.yaml:10:10: TELI-E061" in told.err
    assert "top-secret" not in told.err


def test_a_long_list_that_both_sides_have_is_judged_once_and_remembered(
    clone: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    rows = "".join(f"+141555501{line:02},gold,{'long ' * 10_000}\n" for line in range(100))
    (clone / "leads" / "fall.csv").write_text(f"phone_number,plan,notes\n{rows}", encoding="utf-8")
    git(clone, "commit", "--quiet", "--all", "--message=call more")
    assert _diff(clone, capsys, "HEAD").code == 0
    assert len([*(tmp_path / "caches" / "teli-iac" / "leads").iterdir()]) == 1

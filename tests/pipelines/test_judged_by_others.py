"""Published schemas and a linter for the security of workflows judge what we ship for pipelines."""

import shutil
from pathlib import Path

import pytest

from tests.pipelines.github import STEP
from tests.pipelines.judges import ROOT, judge, judged, wants_judges

SCHEMA = "--builtin-schema=vendor.github-"
GITHUB = ROOT / "examples" / "pipelines" / "github"

pytestmark = wants_judges


def test_the_action_answers_to_githubs_schema() -> None:
    code, said = judged(judge(ROOT, "check-jsonschema", f"{SCHEMA}actions", "action.yml"))
    assert code == 0, said


def test_the_workflows_answer_to_githubs_schema() -> None:
    files = [str(file) for file in sorted(GITHUB.glob("*.yml"))]
    code, said = judged(judge(ROOT, "check-jsonschema", f"{SCHEMA}workflows", *files))
    assert (code, len(files)) == (0, 2), said


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository that uses the workflows, with the action beside them."""
    shutil.copytree(GITHUB, tmp_path / ".github" / "workflows")
    shutil.copy(ROOT / "action.yml", tmp_path)
    return tmp_path


def audit(repository: Path) -> tuple[int, str]:
    words = ("--offline", "--no-progress", "--persona=pedantic", "--color=never")
    return judged(judge(repository, "zizmor", *words, "."))


def test_zizmor_finds_nothing(repository: Path) -> None:
    code, said = audit(repository)
    assert (code, said.count("completed")) == (0, 3), said


@pytest.mark.parametrize(
    ("before", "after", "finding"),
    [
        ("  pull_request:", "  pull_request_target:", "dangerous-triggers"),
        ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7", "unpinned-uses"),
        ("permissions: {}", "permissions: write-all", "excessive-permissions"),
    ],
)
def test_zizmor_would_find_it(repository: Path, before: str, after: str, finding: str) -> None:
    file = repository / ".github" / "workflows" / "teli-review.yml"
    file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    code, said = audit(repository)
    assert (code != 0, finding in said) == (True, True), said


def test_no_secret_is_within_reach_of_a_fork() -> None:
    review = (GITHUB / "teli-review.yml").read_text(encoding="utf-8")
    assert [word for word in ("secrets.", "environment:", "_target", "TELI_API_KEY") if word in review] == []


def test_the_action_puts_nothing_into_a_shell() -> None:
    action = (ROOT / "action.yml").read_text(encoding="utf-8")
    runs = [line for line in action.splitlines() if line.strip().startswith("run:")]
    assert any(line.strip() == f"run: {STEP}" for line in runs)
    assert (len(runs), [line for line in runs if "${{" in line]) == (2, [])

"""pre-commit itself installs our hooks from a clone and runs them in a real repository."""

import subprocess
from pathlib import Path

import pytest

from teli_iac.author import write_first_project
from tests.comparison.repository import git
from tests.ledger.repositories import PROGRAM
from tests.pipelines.judges import ROOT, judge, judged, wants_judges

pytestmark = wants_judges


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose hooks come from a repository with this very code."""
    tool, project = tmp_path_factory.mktemp("tool"), tmp_path_factory.mktemp("acme")
    shipped = ("teli_iac", "schemas", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
    listed = subprocess.run(  # noqa: S603  git with our own words
        [PROGRAM, "ls-files", "-z", *shipped], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    for name in filter(None, listed):
        (tool / name).parent.mkdir(parents=True, exist_ok=True)
        (tool / name).write_bytes((ROOT / name).read_bytes())
    for folder in (tool, project):
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(tool, "add", "--all")
    git(tool, "commit", "--quiet", "--message=tool")
    revision = (tool / ".git" / "refs" / "heads" / "main").read_text(encoding="utf-8").strip()
    write_first_project(project)
    hooks = "[{id: teli-validate}, {id: teli-fmt}]"
    config = f"repos: [{{repo: {tool}, rev: {revision}, hooks: {hooks}}}]\n"
    (project / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    teli = project / "teli.yaml"
    excluded = teli.read_text(encoding="utf-8").replace(
        "spec:\n", "spec:\n  exclude: [.pre-commit-config.yaml]\n", 1
    )
    teli.write_text(excluded, encoding="utf-8")
    (project / ".gitignore").write_text(".cache/\n", encoding="utf-8")
    git(project, "add", "--all")
    return project


def run_hook(project: Path, hook: str) -> tuple[int, str]:
    return judged(judge(project, "pre-commit", "run", "--all-files", hook, PRE_COMMIT_COLOR="never"))


def test_both_hooks_pass_on_a_first_project_and_find_faults(committed: Path) -> None:
    code, said = run_hook(committed, "teli-validate")
    assert (code, "Passed" in said) == (0, True), said
    run_hook(committed, "teli-fmt")
    git(committed, "add", "--all")
    code, said = run_hook(committed, "teli-fmt")
    assert (code, "Passed" in said) == (0, True), said
    (campaign,) = (committed / "campaigns").glob("*.yaml")
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text(text.replace("kind: Campaign", "kind:   Campaign"), encoding="utf-8")
    code, said = run_hook(committed, "teli-fmt")
    assert (code, "files were modified by this hook" in said) == (1, True), said
    campaign.write_text(text.replace("voice_agent_id", "voice_agnet_id"), encoding="utf-8")
    code, said = run_hook(committed, "teli-validate")
    assert (code, "TELI-E035" in said) == (1, True), said

"""The component for GitLab: its schema, who is given a key, its scripts from a merge request to a launch."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.running import PROGRAM, environment
from tests.comparison.repository import git
from tests.pipelines.judges import ROOT, judge, judged, wants_judges

TEMPLATE = ROOT / "templates" / "teli-iac" / "template.yml"
EXAMPLE = ROOT / "examples" / "pipelines" / "gitlab" / ".gitlab-ci.yml"
SPEC, JOBS = TEMPLATE.read_text(encoding="utf-8").split("\n---\n")
INPUTS: Mapping[str, Any] = yaml.safe_load(SPEC)["spec"]["inputs"]


def included(**inputs: str) -> Any:
    """What GitLab makes of the component: inputs are put in as text, before YAML is read."""
    given = {name: each.get("default") for name, each in INPUTS.items()} | {"image": "teli"} | inputs
    return yaml.safe_load(re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda found: given[found[1]], JOBS))


@wants_judges
def test_both_files_answer_to_gitlabs_schema(tmp_path: Path) -> None:
    jobs = tmp_path / "jobs.yml"
    jobs.write_text(yaml.safe_dump(included()), encoding="utf-8")
    words = ("check-jsonschema", "--builtin-schema=vendor.gitlab-ci", "--data-transform=gitlab-ci")
    code, said = judged(judge(ROOT, *words, str(jobs), str(EXAMPLE)))
    assert code == 0, said
    jobs.write_text(yaml.safe_dump(included() | {"off": {"script": 1}}), encoding="utf-8")
    assert judge(ROOT, *words, str(jobs)).returncode == 1


def test_every_input_is_used_and_every_use_is_an_input() -> None:
    assert set(re.findall(r"\$\[\[ (?:inputs\.)?(\w+) \]\]", JOBS)) == set(INPUTS)
    given = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))["include"][0]["inputs"]
    assert set(given) == {name for name, each in INPUTS.items() if "default" not in each}


def scripts(job: Mapping[str, Any]) -> str:
    hidden = included()[".teli-iac"]
    return "\n".join([*job.get("before_script", hidden["before_script"]), *job["script"]])


def test_a_script_is_the_same_whatever_the_inputs_are() -> None:
    evil = dict.fromkeys(INPUTS, "$(touch pwned)")
    assert [scripts(job) for name, job in included(**evil).items() if name[0] != "."] == [
        scripts(job) for name, job in included().items() if name[0] != "."
    ]


def test_only_what_runs_on_the_protected_default_branch_has_an_environment() -> None:
    jobs = {name: job for name, job in included().items() if name[0] != "."}
    merge = '$CI_PIPELINE_SOURCE == "merge_request_event"'
    assert {name for name, job in jobs.items() if "environment" in job} == {"teli-iac-plan", "teli-iac-apply"}
    for job in jobs.values():
        (rule,) = job["rules"]
        protected = '$CI_COMMIT_REF_PROTECTED == "true"' in rule["if"]
        assert (protected, rule["if"] == merge) == ("environment" in job, "environment" not in job)


def test_apply_waits_for_a_person_and_for_the_apply_before_it() -> None:
    apply = included(lock="one")["teli-iac-apply"]
    assert (apply["rules"][0]["when"], apply["resource_group"]) == ("manual", "one")
    assert (apply["interruptible"], apply["needs"]) == (False, ["teli-iac-plan"])


@pytest.fixture
def checkout(tmp_path: Path, project: Path) -> Path:
    """The first project in a subfolder of a repository, with the program on the PATH."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "repository")
    repository = tmp_path / "repository"
    project.rename(repository / "calls")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message=begin")
    program = tmp_path / "bin" / "teli-iac"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec " + " ".join(f"'{word}'" for word in PROGRAM) + ' "$@"\n')
    program.chmod(0o755)
    return repository


def run_job(repository: Path, name: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A job's script, as the runner's shell executes it."""
    mine = environment(repository.parent)
    path = f"{repository.parent / 'bin'}:{mine['PATH']}"
    variables = {"CI_PROJECT_DIR": str(repository), "TELI_IAC_FOLDER": "calls", "TELI_IAC_ALLOW": ""}
    return subprocess.run(  # noqa: S603  our own script
        ["/bin/bash", "-eo", "pipefail", "-c", scripts(included()[name])],
        cwd=repository,
        env=mine | variables | {"PATH": path} | more,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
    )


def test_the_scripts_go_from_a_merge_request_to_one_launch(checkout: Path) -> None:
    kept = checkout / ".teli-iac-artifacts"
    valid = run_job(checkout, "teli-iac-validate")
    assert (valid.returncode, (kept / "junit.xml").exists()) == (0, True), valid.stderr
    compared = run_job(checkout, "teli-iac-diff", CI_MERGE_REQUEST_DIFF_BASE_SHA="HEAD")
    assert (compared.returncode, (kept / "diff.md").exists()) == (0, True), compared.stderr

    planned = run_job(checkout, "teli-iac-plan")
    assert planned.returncode == 0, planned.stdout + planned.stderr
    assert {file.name for file in kept.iterdir()} == {"saved.plan", "plan.json", "plan.md"}
    applied = run_job(checkout, "teli-iac-apply")
    assert (applied.returncode, "Done: 1 launched." in applied.stdout) == (0, True), applied.stderr
    assert run_job(checkout, "teli-iac-apply").returncode == 3


def test_what_the_plan_may_let_pass_reaches_it_as_words(checkout: Path) -> None:
    refused = run_job(checkout, "teli-iac-plan", TELI_IAC_ALLOW="no_guard=1")
    assert (refused.returncode, "no_guard" in refused.stderr) == (64, True), refused.stderr

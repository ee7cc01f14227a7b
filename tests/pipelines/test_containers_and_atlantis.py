"""The Containerfile before its linter, its wheel before the builder, the steps for Atlantis in a shell."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml

from tests.cli.running import PROGRAM, environment
from tests.pipelines.judges import ROOT, judge, judged, wants_judges

CONTAINERFILE = (ROOT / "Containerfile").read_text(encoding="utf-8")
ATLANTIS = ROOT / "examples" / "pipelines" / "atlantis"


@wants_judges
def test_hadolint_finds_nothing() -> None:
    code, said = judged(judge(ROOT, "hadolint", "--no-color", "Containerfile"))
    assert (code, said) == (0, "")


@wants_judges
@pytest.mark.parametrize(
    ("before", "after", "finding"),
    [
        ("USER 10001:10001", "USER root", "DL3002"),
        ("COPY schemas schemas", "ADD schemas schemas", "DL3020"),
        ("--yes --no-install-recommends", "--yes", "DL3015"),
    ],
)
def test_hadolint_would_find_it(tmp_path: Path, before: str, after: str, finding: str) -> None:
    (tmp_path / "Containerfile").write_text(CONTAINERFILE.replace(before, after), encoding="utf-8")
    code, said = judged(judge(tmp_path, "hadolint", "--no-color", "Containerfile"))
    assert (code, finding in said) == (1, True), said


def test_the_last_stage_is_nobodys_root_and_its_base_an_exact_release() -> None:
    last = CONTAINERFILE.split("\nFROM ")[-1]
    assert re.findall(r"(?m)^USER (\d+):", last) == ["10001"]
    assert re.search(r"(?m)^ARG PYTHON=python:3\.11\.\d+-slim-\w+$", CONTAINERFILE)
    assert re.findall(r"(?m)^ADD ", CONTAINERFILE) == []


def test_what_is_copied_is_enough_for_a_whole_wheel(tmp_path: Path) -> None:
    first = CONTAINERFILE.split("\nFROM ")[1]
    allowed = set((ROOT / ".dockerignore").read_text(encoding="utf-8").split())
    source = tmp_path / "source"
    source.mkdir()
    for names in re.findall(r"(?m)^COPY (.+) \S+$", first):
        for name in names.split():
            assert f"!{name}" in allowed
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, source / name)
    words = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(words, check=True, capture_output=True)  # noqa: S603  the builder of our wheel
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as packed:
        assert {"teli_iac/cli/__init__.py", "teli_iac/_schemas/plan.json"} <= set(packed.namelist())


def atlantis(name: str) -> Any:
    return yaml.safe_load((ATLANTIS / name).read_text(encoding="utf-8"))


def steps(stage: str) -> Sequence[str]:
    return [step["run"] for step in atlantis("repos.yaml")["workflows"]["teli"][stage]["steps"]]


def run_steps(folder: Path, stage: str) -> list[int]:
    """The steps as Atlantis runs them: each by `sh -c`, with the name of the plan's file."""
    program = folder.parent / "bin" / "teli-iac"
    program.parent.mkdir(exist_ok=True)
    program.write_text("#!/bin/sh\nexec " + " ".join(f"'{word}'" for word in PROGRAM) + ' "$@"\n')
    program.chmod(0o755)
    mine = environment(folder.parent, PLANFILE=str(folder / "default.tfplan"))
    mine["PATH"] = f"{program.parent}:{mine['PATH']}"
    return [
        subprocess.run(["/bin/sh", "-c", step], cwd=folder, env=mine, check=False).returncode  # noqa: S603
        for step in steps(stage)
    ]


def test_atlantis_plans_and_applies_that_plan_once(project: Path) -> None:
    assert run_steps(project, "plan") == [0, 0]
    assert [run_steps(project, "apply"), run_steps(project, "apply")] == [[0], [3]]


def test_nothing_of_a_pull_request_says_what_atlantis_runs_or_when() -> None:
    (server,) = atlantis("repos.yaml")["repos"]
    assert (server["allowed_overrides"], server["allow_custom_workflows"]) == ([], False)
    assert "approved" in server["plan_requirements"]
    assert "approved" in server["apply_requirements"]
    mine = atlantis("atlantis.yaml")
    assert [project["autoplan"]["enabled"] for project in mine["projects"]] == [False]
    assert "workflows" not in mine

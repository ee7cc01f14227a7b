"""The step that installs teli-iac for the action, with a Python that writes down what it is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from docs.write_constraints import FILE, asked, releases
from tests.pipelines.github import BASH
from tests.pipelines.judges import ROOT, wants_judges

_PYTHON = """#!/bin/sh
exec >> "$RUNNER_TEMP/done"
printf '%s\\n' "$0 $*" "PIP_CONSTRAINT=$PIP_CONSTRAINT" "PIP_BUILD_CONSTRAINT=$PIP_BUILD_CONSTRAINT"
case "$1 $2" in "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python";; esac
"""


@dataclass(frozen=True)
class Installed:
    """How the step ended, what it said, and what was asked of Python."""

    code: int
    said: str
    done: list[str]


def install(runner: Path, python: str | None = _PYTHON, **inputs: str) -> Installed:
    """The step's own command; `python` is the runner's, or None for the one of these tests."""
    programs = runner / "bin"
    programs.mkdir(parents=True)
    if python is None:
        (programs / "python3").symlink_to(sys.executable)
    else:
        (programs / "python3").write_text(python, encoding="utf-8")
        (programs / "python3").chmod(0o755)
    given = {"INSTALL": "true", "EXTRAS": "", "CONSTRAINTS": ""} | inputs
    done = subprocess.run(  # noqa: S603  the step's own command
        [
            BASH,
            "--noprofile",
            "--norc",
            "-eo",
            "pipefail",
            "-c",
            'bash "$GITHUB_ACTION_PATH/action/install.sh"',
        ],
        env={
            **{name: value for name, value in os.environ.items() if name.startswith("PIP_")},
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(runner),
            "RUNNER_TEMP": str(runner),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(runner / "workspace"),
            **{f"INPUT_{name}": value for name, value in given.items()},
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=300,
        text=True,
    )
    told = runner / "done"
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    return Installed(done.returncode, done.stdout + done.stderr, lines)


def test_it_installs_its_own_code_with_the_releases_that_it_pins(tmp_path: Path) -> None:
    step = install(tmp_path / "runner")
    assert step.code == 0, step.said
    python = tmp_path / "runner" / "teli-iac" / "bin" / "python"
    assert step.done[-3:] == [
        f"{python} -m pip install --quiet --disable-pip-version-check {ROOT}",
        f"PIP_CONSTRAINT={ROOT}/constraints.txt",
        f"PIP_BUILD_CONSTRAINT={ROOT}/constraints.txt",
    ]


def test_extras_and_a_constraints_file_of_the_repository_are_taken(tmp_path: Path) -> None:
    workspace = tmp_path / "runner" / "workspace"
    workspace.mkdir(parents=True)
    (workspace / "pins.txt").write_text("click==8.2\n", encoding="utf-8")
    step = install(tmp_path / "runner", EXTRAS="postgresql,objects", CONSTRAINTS="pins.txt")
    assert step.code == 0, step.said
    assert step.done[-3].endswith(f"{ROOT}[postgresql,objects]")
    assert step.done[-2] == f"PIP_CONSTRAINT={workspace}/pins.txt"


def test_nothing_is_installed_where_the_workflow_has_its_own(tmp_path: Path) -> None:
    assert install(tmp_path / "runner", INSTALL="false") == Installed(0, "", [])


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"EXTRAS": "fast]; touch pwned; ["}, "The input extras takes names and commas"),
        ({"CONSTRAINTS": "no-such-file.txt"}, "The input constraints names no file: no-such-file.txt"),
    ],
)
def test_an_input_that_is_off_is_named_and_nothing_is_installed(
    inputs: dict[str, str], said: str, tmp_path: Path
) -> None:
    step = install(tmp_path / "runner", **inputs)
    assert (step.code, said in step.said) == (64, True), step.said
    assert not any("pip install" in line for line in step.done)
    assert not [*tmp_path.rglob("pwned")]


def test_a_python_that_is_too_old_is_told_what_to_put_first(tmp_path: Path) -> None:
    old = "#!/bin/sh\necho 'teli-iac needs Python 3.11: put actions/setup-python first' >&2; exit 1\n"
    step = install(tmp_path / "runner", old)
    assert (step.code, "put actions/setup-python first" in step.said) == (1, True)


@wants_judges
def test_what_is_installed_runs(tmp_path: Path) -> None:
    step = install(tmp_path / "runner", None)
    assert step.code == 0, step.said
    program = tmp_path / "runner" / "teli-iac" / "bin" / "teli-iac"
    done = subprocess.run([str(program), "version"], capture_output=True, check=True, text=True)  # noqa: S603  it
    assert done.stdout.startswith("teli-iac ")


def test_everything_that_is_asked_for_is_pinned_to_a_release_that_fits() -> None:
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    pinned = dict(line.split("==") for line in lines)
    told = "run `python -m docs.write_constraints`"
    assert set(releases(asked())) <= set(pinned), told
    for each in (*asked(), Requirement("pathspec")):
        assert each.specifier.contains(pinned[each.name.lower()]), told

"""What starting the program costs, and that every way of starting it works."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from teli_iac.cli.version import VERSION
from tests.cli.running import PATIENCE, environment, process

_HEAVY = {
    "httpx",
    "jsonschema",
    "yaml",
    "phonenumbers",
    "deepdiff",
    "bottle",
    "waitress",
    "asyncio",
    "sqlite3",
}

_REPORT = """
import sys
from teli_iac.cli import run
code = run(sys.argv[1:])
print(*sorted(name for name in sys.modules), sep="\\n", file=sys.stderr)
sys.exit(code)
"""


def _imported(folder: Path, *arguments: str) -> set[str]:
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", _REPORT, *arguments],
        cwd=folder,
        env=environment(folder, SHELL="/bin/bash"),
        capture_output=True,
        check=True,
        timeout=PATIENCE,
        text=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("version",), ("completion",)],
    ids=" ".join,
)
def test_what_needs_nothing_imports_nothing(arguments: tuple[str, ...], tmp_path: Path) -> None:
    imported = _imported(tmp_path, *arguments)
    assert imported & _HEAVY == set()
    ours = {name for name in imported if name.startswith("teli_iac.") and not name.startswith("teli_iac.cli")}
    assert ours == set()


@pytest.mark.parametrize("command", ["plan", "apply", "validate", "sandbox", "explain"])
def test_the_help_of_a_command_imports_no_library_that_works(command: str, tmp_path: Path) -> None:
    assert _imported(tmp_path, command, "--help") & (_HEAVY - {"sqlite3", "yaml"}) == set()


def test_validating_imports_nothing_that_connects(project: Path) -> None:
    unneeded = _HEAVY - {"yaml", "phonenumbers", "sqlite3"}
    assert _imported(project, "validate") & unneeded == set()


def test_who_connects_does_not_import_what_httpx_prints_with(project: Path) -> None:
    imported = _imported(project, "plan")
    assert "httpx" in imported
    assert imported & {"rich", "pygments"} == set()


def test_the_version_is_that_of_the_package() -> None:
    pyproject = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    assert pyproject["project"]["version"] == VERSION


def test_python_m_starts_it(tmp_path: Path) -> None:
    assert process(tmp_path, "version").out == f"teli-iac {VERSION}\n"

"""The picture of the house in CONTRIBUTING.md against the floors that import-linter holds the code to."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import teli_iac

REPOSITORY = Path(__file__).parent.parent
PACKAGE = Path(teli_iac.__file__).parent


def _contracts() -> list[dict[str, object]]:
    with (REPOSITORY / "pyproject.toml").open("rb") as file:
        found: list[dict[str, object]] = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return found


def _floors() -> list[set[str]]:
    """Floors from top to bottom, without modules that are still to come, which stand in parentheses."""
    layers = next(contract["layers"] for contract in _contracts() if contract["id"] == "floors")
    assert isinstance(layers, list)
    return [{name for name in layer.split(" | ") if not name.startswith("(")} for layer in layers]


def _pictured() -> list[set[str]]:
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    picture = text.split("## The picture of the house")[1].split("```text\n")[1].split("```")[0]
    return [set(line.split(" | ")) for line in picture.splitlines() if not line.startswith(" ")]


def test_the_picture_of_the_house_shows_the_floors_that_hold() -> None:
    assert _pictured() == _floors()


def test_everything_in_the_package_has_its_floor() -> None:
    modules = {path.stem for path in PACKAGE.glob("*.py")} | {
        path.parent.name for path in PACKAGE.glob("*/__init__.py")
    }
    assert set[str]().union(*_floors()) == modules - {"__init__", "__main__"}


@pytest.mark.parametrize(
    ("module", "forbidden", "contract"),
    [
        ("model/plan.py", "import teli_iac.render", "A floor knows only the floors below it"),
        ("ledger/fold.py", "import teli_iac.api", "neighbours on a floor never know each other"),
        (
            "newcomer.py",
            "import teli_iac.model",
            "The following modules are not listed as layers: - teli_iac.newcomer",
        ),
        ("decisions/unwanted.py", "import os", "The core reads no file"),
        ("sandbox/accepting.py", "import teli_iac.kinds.wire", "The embedded Teli shares no rule"),
        ("leads/loading.py", "import httpx", "Only four modules of the client know httpx"),
        ("author.py", "import subprocess", "Only one module starts another process, and that is git"),
    ],
)
def test_an_import_that_breaks_a_rule_is_found(
    module: str, forbidden: str, contract: str, tmp_path: Path
) -> None:
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    shutil.copytree(PACKAGE, tmp_path / "teli_iac", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "teli_iac" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{forbidden}\n")
    linted = subprocess.run(  # noqa: S603  our own tool
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "COLUMNS": "1000"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert linted.returncode == 1
    assert contract in " ".join(linted.stdout.split("Broken contracts")[1].split())

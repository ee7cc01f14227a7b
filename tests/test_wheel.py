"""What is published works where there is no checkout: the sdist, the wheel made from it, and its program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from teli_iac.kinds import KINDS

REPOSITORY = Path(__file__).parent.parent
PATIENCE = 300


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and with the wheel that was made from it."""
    folder = tmp_path_factory.mktemp("dist")
    _run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(REPOSITORY)], folder)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program of an environment that has the wheel, and the dependencies of this one."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder, symlinks=os.name != "nt")
    python = shutil.which("python", path=str(folder / "bin"))
    assert python is not None
    (wheel,) = built.glob("*.whl")
    offline = ["--no-index", "--no-deps", "--quiet", "--disable-pip-version-check"]
    _run([sys.executable, "-m", "pip", "--python", python, "install", *offline, str(wheel)], folder)
    (site_packages,) = folder.glob("lib/python*/site-packages")
    # A folder named in a .pth file is searched, and .pth files in it are not: ours is left behind.
    (site_packages / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return folder / "bin" / "teli-iac"


def _run(command: list[str], folder: Path, *, code: int = 0) -> str:
    done = subprocess.run(  # noqa: S603  our own program and its tools
        command,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=PATIENCE,
        encoding="utf-8",
    )
    assert done.returncode == code, done.stdout
    return done.stdout


def test_an_installed_wheel_validates_plans_and_applies(installed: Path, tmp_path: Path) -> None:
    program = str(installed)
    _run([program, "init"], tmp_path)
    assert "is in order" in _run([program, "validate"], tmp_path)
    assert "first-reminders" in _run([program, "plan", "--detailed-exitcode"], tmp_path, code=2)
    assert "launched" in _run([program, "apply", "--auto-approve"], tmp_path)
    assert "Nothing to do." in _run([program, "plan", "--detailed-exitcode"], tmp_path)
    _run([program, "sandbox", "clock", "+3d"], tmp_path)
    assert "fulfilled" in _run([program, "plan", "--detailed-exitcode"], tmp_path)


def test_an_installed_wheel_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    python = str(installed.with_name("python"))
    where = _run([python, "-c", "import teli_iac; print(teli_iac.__file__)"], tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent.parent)


@pytest.mark.parametrize("kind", ["", *KINDS])
def test_an_installed_wheel_has_the_schemas(kind: str, installed: Path, tmp_path: Path) -> None:
    shown = _run([str(installed), "schema", *([kind] if kind else [])], tmp_path)
    name = KINDS[kind].SCHEMA if kind else "teli-iac"
    assert shown.strip() == (REPOSITORY / "schemas" / f"{name}.json").read_text(encoding="utf-8").strip()


def test_the_wheel_holds_the_package_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"teli_iac/py.typed", "teli_iac/first_project/gitignore", "teli_iac/_schemas/plan.json"} <= names
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"teli_iac"}


def test_the_sdist_holds_what_is_needed_to_work_on_it(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[-1] for name in archive.getnames()}
    assert {"Makefile", "CONTRIBUTING.md", "schemas/campaign.json", "tests/test_wheel.py"} <= names
    assert {name.split("/")[0] for name in names} & {".venv", ".teli", "build", ".git"} == set()

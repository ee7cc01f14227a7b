"""Folders and disks that refuse."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from teli_iac.ledger import LocalLedger
from tests.ledger.processes import ROOT
from tests.ledger.tampering import die_half_way
from tests.ledger.worlds import ACCOUNT, KEY, history, intended, made, written


def _shell_with_own_mounts(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program = shutil.which("unshare")
    if program is None:
        pytest.skip("needs unshare(1) to mount without touching this machine")
    unshare = [program, "--user", "--map-root-user", "--mount"]
    shell = ["sh", "-ec", script, "sh", str(folder)]
    return subprocess.run([*unshare, *shell], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  ours


def _in_own_mounts(script: str, folder: Path, command: str) -> str:
    """What a process says that uses the ledger behind mounts of its own, made by a shell script."""
    if _shell_with_own_mounts('mount -t tmpfs none "$1"', folder).returncode != 0:
        pytest.skip("this machine does not let a process have mounts of its own")
    use = f'echo go | exec "{sys.executable}" -m tests.ledger.processes {command} local "$1"'
    ran = _shell_with_own_mounts(f"{script}\n{use}", folder)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.removeprefix("ready\n").strip()


READ_ONLY = 'mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"'


def test_a_read_only_folder_can_be_read(tmp_path: Path) -> None:
    written(made(LocalLedger(tmp_path)), history())

    assert _in_own_mounts(READ_ONLY, tmp_path, "load") == f"version {len(history())}"


def test_a_dead_writers_ledger_can_be_read_in_a_read_only_folder(tmp_path: Path) -> None:
    ledger = LocalLedger(tmp_path / "alive")
    ledger.path.parent.parent.mkdir()
    written(made(ledger), history())
    die_half_way(ledger, tmp_path / "dead")

    assert _in_own_mounts(READ_ONLY, tmp_path / "dead", "load") == f"version {len(history())}"


def test_writing_in_a_read_only_folder_is_refused_with_what_to_do(tmp_path: Path) -> None:
    made(LocalLedger(tmp_path))

    said = _in_own_mounts(READ_ONLY, tmp_path, "append")

    assert said.startswith("TELI-E133")
    assert f"Make {tmp_path}/.teli and what is in it yours" in said


def test_making_a_ledger_in_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    said = _in_own_mounts(READ_ONLY, tmp_path, "create")

    assert said.startswith("TELI-E133")
    assert "Read-only file system" in said


def test_a_full_disk_refuses_the_write_and_keeps_all_that_was_acknowledged(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    made(LocalLedger(tmp_path / "made"))
    small = 'mount -t tmpfs -o size=256k none "$1"; cp -r "$1/../made/.teli" "$1/"'
    (tmp_path / "disk").mkdir()

    said = _in_own_mounts(small, tmp_path / "disk", "fill")

    assert said.startswith("TELI-E133")
    assert "the disk is full Free some space" in said.replace(". ", " ")
    assert "kept all: True" in said


def test_a_copy_of_the_one_file_is_a_whole_ledger(tmp_path: Path) -> None:
    ledger = LocalLedger(tmp_path / "first")
    ledger.path.parent.parent.mkdir()
    written(made(ledger), [intended()])
    copy = LocalLedger(tmp_path / "second")
    copy.path.parent.mkdir(parents=True)

    shutil.copyfile(ledger.path, copy.path)

    assert copy.load(ACCOUNT, KEY) == ledger.load(ACCOUNT, KEY)

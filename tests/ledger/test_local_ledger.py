"""What only the local ledger must do: one private file, and no other file taken for it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from teli_iac.errors import LedgerDamaged, LedgerError
from teli_iac.ledger import LocalLedger
from tests.ledger.tampering import change
from tests.ledger.worlds import ACCOUNT, KEY, history, made, written


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_ledger_is_its_users_alone_and_stays_out_of_git(tmp_path: Path) -> None:
    made(LocalLedger(tmp_path))

    folder = tmp_path / ".teli"
    assert (_mode(folder), _mode(folder / "ledger.db")) == (0o700, 0o600)
    assert (folder / ".gitignore").read_text() == "*\n"


def test_a_folder_that_was_open_is_closed_and_its_gitignore_kept(tmp_path: Path) -> None:
    folder = tmp_path / ".teli"
    folder.mkdir(mode=0o755)
    (folder / ".gitignore").write_text("*.db\n")

    made(LocalLedger(tmp_path))

    assert _mode(folder) == 0o700
    assert (folder / ".gitignore").read_text() == "*.db\n"


def test_between_two_writes_the_ledger_is_one_file(tmp_path: Path) -> None:
    written(made(LocalLedger(tmp_path)), history())

    assert sorted(path.name for path in (tmp_path / ".teli").iterdir()) == [".gitignore", "ledger.db"]


def test_a_ledger_below_a_file_is_refused_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / ".teli").write_text("no folder")
    ledger = LocalLedger(tmp_path)

    assert not ledger.exists()
    with pytest.raises(LedgerDamaged, match="File exists"):
        made(ledger)


@pytest.mark.parametrize("content", [b"", b"not a database " * 100, b"SQLite format 3\x00"])
def test_a_file_that_is_no_ledger_is_damage_and_no_invitation_to_start_anew(
    tmp_path: Path, content: bytes
) -> None:
    ledger = LocalLedger(tmp_path)
    ledger.path.parent.mkdir()
    ledger.path.write_bytes(content)

    assert ledger.exists()
    with pytest.raises(LedgerDamaged) as damaged:
        ledger.load(ACCOUNT, KEY)
    assert "Do not start a new one" in damaged.value.next_step
    with pytest.raises(LedgerError):
        made(ledger)
    assert ledger.path.read_bytes() == content


def test_another_programs_database_is_not_taken_for_a_ledger(tmp_path: Path) -> None:
    ledger = LocalLedger(tmp_path)
    ledger.path.parent.mkdir()
    change(ledger.path, "CREATE TABLE t (x)")

    with pytest.raises(LedgerDamaged, match="another program"):
        ledger.load(ACCOUNT, KEY)

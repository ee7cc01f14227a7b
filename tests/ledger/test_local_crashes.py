"""The local ledger after a crash, a tear or a flipped bit."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teli_iac.errors import LedgerDamaged, LedgerForeign
from teli_iac.ledger import LocalLedger, fold
from teli_iac.model import Left, Recorded
from tests.effort import examples
from tests.ledger.tampering import die_half_way
from tests.ledger.worlds import ACCOUNT, KEY, NOON, history, made, people, written


def test_what_a_dead_writer_left_half_done_is_read_as_it_was_before_without_touching_it(
    tmp_path: Path,
) -> None:
    ledger = LocalLedger(tmp_path / "alive")
    ledger.path.parent.parent.mkdir()
    lease = written(made(ledger), history())
    die_half_way(ledger, tmp_path / "dead")
    dead = LocalLedger(tmp_path / "dead")
    before = {path.name: path.read_bytes() for path in dead.path.parent.iterdir()}

    assert dead.load(ACCOUNT, KEY) == ledger.load(ACCOUNT, KEY)
    assert dead.people([people().ref]) == {people().ref: people()}

    assert "ledger.db-journal" in before
    assert {path.name: path.read_bytes() for path in dead.path.parent.iterdir()} == before
    assert dead.append((Left("late"),), (), NOON, lease, len(history())) == len(history()) + 1
    assert sorted(path.name for path in dead.path.parent.iterdir()) == [".gitignore", "ledger.db"]


def test_reading_beside_a_dead_writer_leaves_nothing_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = LocalLedger(tmp_path / "alive")
    ledger.path.parent.parent.mkdir()
    written(made(ledger), history())
    die_half_way(ledger, tmp_path / "dead")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))

    LocalLedger(tmp_path / "dead").load(ACCOUNT, KEY)

    assert list(scratch.iterdir()) == []


def test_a_making_that_was_cut_short_leaves_no_ledger(tmp_path: Path) -> None:
    half = tmp_path / ".teli" / "ledger.db.0123456789abcdef.new"
    half.parent.mkdir()
    half.touch()
    ledger = LocalLedger(tmp_path)

    assert not ledger.exists()
    assert made(ledger).load(ACCOUNT, KEY).version == 0


def _whole(folder: Path) -> tuple[bytes, Recorded]:
    ledger = LocalLedger(folder)
    written(made(ledger), history())
    return ledger.path.read_bytes(), fold(ledger.events(), KEY)


def _load(folder: Path, content: bytes) -> Recorded | None:
    """What a ledger of this content says, or None when it says that it is not as it was written."""
    ledger = LocalLedger(folder)
    ledger.path.write_bytes(content)
    try:
        recorded = ledger.load(ACCOUNT, KEY)
        ledger.people([people().ref])
    except (LedgerDamaged, LedgerForeign):
        return None
    return recorded


def test_a_file_torn_off_anywhere_is_noticed(tmp_path: Path) -> None:
    content, _ = _whole(tmp_path)

    for length in range(0, len(content), 509):
        assert _load(tmp_path, content[:length]) is None


def test_a_changed_byte_anywhere_is_noticed_or_changes_nothing() -> None:
    with tempfile.TemporaryDirectory() as folder:
        content, recorded = _whole(Path(folder))

        @settings(max_examples=examples(300), deadline=None)
        @given(st.integers(0, len(content) - 1), st.integers(1, 255))
        def check(place: int, change: int) -> None:
            changed = bytearray(content)
            changed[place] ^= change
            found = _load(Path(folder), bytes(changed))
            assert found is None or found == recorded

        check()

"""The ledger's key: from the environment or the user's own file, never readable by others."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from teli_iac.errors import NotConfigured
from teli_iac.ledger import ledger_key
from teli_iac.model import LedgerKey


def _file(folder: Path) -> Path:
    return folder / "teli-iac" / "ledger.key"


def test_without_a_key_anywhere_there_is_none_and_none_is_made(tmp_path: Path) -> None:
    assert ledger_key({}, tmp_path, create=False) is None
    assert list(tmp_path.iterdir()) == []


def test_a_made_key_is_random_private_and_found_again(tmp_path: Path) -> None:
    config, other = tmp_path / "ann" / ".config", tmp_path / "bob"

    made = ledger_key({}, config, create=True)

    assert made is not None
    assert len(made.secret) == 32
    assert stat.S_IMODE(_file(config).stat().st_mode) == 0o600
    assert [path.name for path in _file(config).parent.iterdir()] == ["ledger.key"]
    assert ledger_key({}, config, create=False) == ledger_key({}, config, create=True) == made
    assert ledger_key({}, other, create=True) != made


def test_the_text_of_the_file_is_the_same_key_in_the_environment(tmp_path: Path) -> None:
    made = ledger_key({}, tmp_path, create=True)

    text = _file(tmp_path).read_text()

    assert ledger_key({"TELI_LEDGER_KEY": text}, tmp_path / "elsewhere", create=False) == made
    assert ledger_key({"TELI_LEDGER_KEY": text.strip()}, tmp_path / "elsewhere", create=False) == made


def test_the_environment_comes_before_the_file_and_makes_none(tmp_path: Path) -> None:
    key = ledger_key({"TELI_LEDGER_KEY": "correct horse battery"}, tmp_path, create=True)

    assert key is not None
    assert not _file(tmp_path).exists()


def test_what_a_key_text_comes_to_is_frozen(tmp_path: Path) -> None:
    """Another rule here would turn every ledger into one of another key."""
    key = ledger_key({"TELI_LEDGER_KEY": "correct horse battery"}, tmp_path, create=False)

    assert key == LedgerKey(bytes.fromhex("77c359e0fec7e6af38024af6e48192aedca734f2ca2388659594364783859a2d"))


@pytest.mark.parametrize("text", ["", "short", "fifteen letters", " " * 40])
def test_a_key_that_can_be_guessed_is_refused_without_showing_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(
        NotConfigured, match=r"^The ledger's key in TELI_LEDGER_KEY has \d+ characters; it needs 16\.$"
    ):
        ledger_key({"TELI_LEDGER_KEY": text}, tmp_path, create=True)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666])
def test_a_key_file_that_others_can_read_is_refused_with_the_command_that_closes_it(
    tmp_path: Path, mode: int
) -> None:
    ledger_key({}, tmp_path, create=True)
    _file(tmp_path).chmod(mode)

    with pytest.raises(NotConfigured) as refused:
        ledger_key({}, tmp_path, create=True)

    assert refused.value.next_step == f"Run: chmod 600 '{_file(tmp_path)}'"


@pytest.mark.parametrize("content", [b"", b"cut off", b"\xff\xfe" * 20])
def test_a_torn_key_file_is_refused_and_not_replaced(tmp_path: Path, content: bytes) -> None:
    ledger_key({}, tmp_path, create=True)
    _file(tmp_path).write_bytes(content)

    with pytest.raises(NotConfigured):
        ledger_key({}, tmp_path, create=True)

    assert _file(tmp_path).read_bytes() == content


def test_a_folder_that_cannot_hold_a_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "teli-iac").write_text("no folder")

    with pytest.raises(NotConfigured, match=r"teli-iac/ledger\.key cannot be used"):
        ledger_key({}, tmp_path, create=True)


def test_those_who_make_a_key_at_once_end_up_with_the_same(tmp_path: Path) -> None:
    start = Barrier(8)

    def make(_: int) -> LedgerKey | None:
        start.wait()
        return ledger_key({}, tmp_path, create=True)

    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(make, range(8)))

    assert keys == [ledger_key({}, tmp_path, create=False)] * 8

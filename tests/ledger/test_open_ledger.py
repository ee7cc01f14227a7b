"""Where a ledger can lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from teli_iac.catalogue.ledger import PROBLEMS
from teli_iac.errors import LedgerError, NotConfigured
from teli_iac.ledger import open_ledger
from tests.ledger.worlds import ACCOUNT, KEY, NOON


def test_opening_a_ledger_makes_nothing(tmp_path: Path) -> None:
    assert not open_ledger("local", str(tmp_path), "acme").exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "place", ["", "locale", "local?a=b", "local://here", "gitlab", "mysql://ann:secret@db"]
)
def test_a_place_nobody_documented_is_refused(tmp_path: Path, place: str) -> None:
    with pytest.raises(NotConfigured, match="no place this release knows") as refused:
        open_ledger(place, str(tmp_path), "acme")

    assert "secret" not in refused.value.message


@pytest.mark.parametrize(
    "place",
    [
        "file",
        "file:",
        "file://",
        "file:///",
        "file:relative",
        "file://ledgers/acme",
        "file://localhost/var/ledger",
        "file://ann:secret@host/var/ledger",
        "file:///var/../ledger",
        "file:///var/ledger?mode=ro",
        "file:///var/ledger#one",
        "file:///var/led%00ger",
        "file:///var/led%FFger",
    ],
)
def test_a_file_ledger_lies_at_an_absolute_path_of_this_machine(tmp_path: Path, place: str) -> None:
    with pytest.raises(NotConfigured, match="no folder of this machine") as refused:
        open_ledger(place, str(tmp_path), "acme")

    assert "secret" not in refused.value.message


def test_a_file_ledger_whose_volume_is_not_mounted_is_missing_and_not_made(tmp_path: Path) -> None:
    ledger = open_ledger((tmp_path / "not mounted").as_uri(), str(tmp_path), "acme")

    assert not ledger.exists()
    with pytest.raises(LedgerError, match="No such file or directory"):
        ledger.create(ACCOUNT, KEY, NOON)
    assert list(tmp_path.iterdir()) == []


def test_every_ledger_error_is_explained() -> None:
    codes = {LedgerError.code} | {error.code for error in LedgerError.__subclasses__()}

    assert codes == PROBLEMS.keys()

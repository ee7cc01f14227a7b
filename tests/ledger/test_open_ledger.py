"""Where a ledger can lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from teli_iac.catalogue.ledger import PROBLEMS
from teli_iac.errors import LedgerError, NotConfigured, NotYet
from teli_iac.ledger import open_ledger


def test_opening_a_ledger_makes_nothing(tmp_path: Path) -> None:
    assert not open_ledger("local", str(tmp_path)).exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("git", "git"),
        ("file:///var/ledger", "file://"),
        ("postgresql://ann:secret@db/teli", "postgresql://"),
        ("s3://bucket/key", "s3://"),
        ("gs://bucket/key", "gs://"),
        ("az://container/blob", "az://"),
    ],
)
def test_a_place_of_a_later_release_is_named_without_its_password(
    tmp_path: Path, place: str, named: str
) -> None:
    with pytest.raises(NotYet, match=f"A ledger at {named} comes") as refused:
        open_ledger(place, str(tmp_path))

    assert "secret" not in refused.value.message


@pytest.mark.parametrize("place", ["", "locale", "gitlab", "mysql://ann:secret@db"])
def test_a_place_nobody_documented_is_refused(tmp_path: Path, place: str) -> None:
    with pytest.raises(NotConfigured, match="no place this release knows") as refused:
        open_ledger(place, str(tmp_path))

    assert "secret" not in refused.value.message


def test_every_ledger_error_is_explained() -> None:
    codes = {LedgerError.code} | {error.code for error in LedgerError.__subclasses__()}

    assert codes == PROBLEMS.keys()

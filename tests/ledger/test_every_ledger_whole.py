"""Every backend refuses a foreign ledger, notices a changed one, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from teli_iac.errors import (
    LedgerDamaged,
    LedgerForeign,
    TeliIacError,
)
from teli_iac.ledger import BACKENDS, Backend
from teli_iac.model import Launched, Left
from tests.ledger import tampering
from tests.ledger.sites import Site, files
from tests.ledger.worlds import (
    ACCOUNT,
    KEY,
    NOON,
    OTHER_KEY,
    history,
    intended,
    made,
    people,
    written,
)


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("origin", "API origin"),
        ("organization_id", "organization"),
        ("tenant_id", "tenant"),
        ("project", "project"),
    ],
)
def test_another_accounts_ledger_is_refused_naming_what_differs(
    ledger: Backend, field: str, label: str
) -> None:
    made(ledger)
    other = replace(ACCOUNT, **{field: "elsewhere"})

    with pytest.raises(LedgerForeign, match=f"its {label} is '.*', ours 'elsewhere'"):
        ledger.load(other, KEY)


def test_another_key_is_refused_and_not_shown(ledger: Backend) -> None:
    made(ledger)

    with pytest.raises(LedgerForeign, match="under another key") as foreign:
        ledger.load(ACCOUNT, OTHER_KEY)

    assert "key," not in foreign.value.message


def _tampered(table: Mapping[str, Mapping[str, Callable[[Site], None]]]) -> list[object]:
    return [
        pytest.param(scheme, tamper, id=f"{scheme}: {what}")
        for scheme in table
        for what, tamper in table[scheme].items()
    ]


def test_every_backend_says_how_it_can_be_tampered_with() -> None:
    assert tampering.EVENTS.keys() == tampering.PEOPLE.keys() == BACKENDS.keys()


@pytest.mark.parametrize(("scheme", "tamper"), _tampered(tampering.EVENTS))
def test_a_ledger_that_was_tampered_with_is_noticed(site: Site, tamper: Callable[[Site], None]) -> None:
    ledger = made(site.open())
    written(ledger, history())
    tamper(site)

    with pytest.raises(LedgerDamaged) as damaged:
        ledger.load(ACCOUNT, KEY)

    assert "Restore the ledger" in damaged.value.next_step


@pytest.mark.parametrize(("scheme", "tamper"), _tampered(tampering.PEOPLE))
def test_people_that_were_tampered_with_are_noticed(site: Site, tamper: Callable[[Site], None]) -> None:
    ledger = made(site.open())
    written(ledger, history())
    tamper(site)

    with pytest.raises(LedgerDamaged, match=people().ref):
        ledger.people([people().ref])


def test_reading_writes_nothing_and_leaves_no_files(ledger: Backend, site: Site, tmp_path: Path) -> None:
    ledger.release(written(made(ledger), history()))
    before = files(tmp_path), site.snapshot()

    reader = site.open()
    reader.load(ACCOUNT, KEY)
    reader.people([people().ref])
    tuple(reader.events())
    reader.exists()

    assert (files(tmp_path), site.snapshot()) == before


def test_no_number_name_or_key_is_in_a_ledgers_store(ledger: Backend, site: Site) -> None:
    written(made(ledger), history())

    kept = site.kept()

    assert b"launch_intended" in kept
    for secret in (b"4155550101", b"4155550102", b"Ann-Christin", b"Bob-Severin", KEY.secret):
        assert secret not in kept


def test_an_error_leaves_the_ledger_usable(ledger: Backend) -> None:
    lease = written(made(ledger), [intended()])
    with pytest.raises(TeliIacError):
        ledger.append((Launched("unknown", looked_up=False),), (), NOON, lease, 7)

    assert ledger.append((Left("fall"),), (), NOON, lease, 1) == 2

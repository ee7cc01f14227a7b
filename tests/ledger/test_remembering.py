"""What a ledger came to is recalled only of the very same events, and is what they come to."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from teli_iac.errors import LedgerDamaged
from teli_iac.ledger import LocalLedger, fold
from teli_iac.ledger.binding import bind
from teli_iac.ledger.chain import Head
from teli_iac.ledger.remembering import LedgerMemory, memory_of
from teli_iac.model import Account, Event, Held, Imported, Moved, Recorded, StoredEvent
from tests.effort import examples
from tests.ledger.sites import Site
from tests.ledger.strategies import histories
from tests.ledger.tampering import EVENTS
from tests.ledger.worlds import ACCOUNT, KEY, NOON, OTHER_KEY, history, intended, made, one_of_each, written

HEAD = Head(7, bytes(16))
PLAIN = tuple(event for event in history() if not isinstance(event, Imported))
OTHER_ACCOUNT = Account("https://api.teli.ai", "another", "acme", "acme")


def memory(
    folder: Path, key: Any = KEY, account: Account = ACCOUNT, release: str = "1.0.0", worth_it: int = 0
) -> LedgerMemory:
    return memory_of(folder / ".cache", key, release, bind(account, key), worth_it)


def kept_in(folder: Path) -> Path:
    (kept,) = (folder / ".cache" / "teli-iac" / "ledgers").iterdir()
    return kept


def ledger_of(folder: Path, *events: Event) -> LocalLedger:
    ledger = LocalLedger(folder)
    written(made(ledger), events or PLAIN)
    return ledger


def told(ledger: LocalLedger, by: LedgerMemory | None) -> Recorded | str:
    try:
        return ledger.load(ACCOUNT, KEY, by)
    except LedgerDamaged as damaged:
        return str(damaged)


@settings(max_examples=examples(200), deadline=None)
@given(histories())
def test_whatever_events_come_to_is_recalled_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, events: tuple[StoredEvent, ...]
) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    recorded = fold(events, KEY)
    head = Head(recorded.version, bytes(16))
    memory(folder).remember(head, recorded)
    recalled = memory(folder).recall(head)
    if recorded.imports or recorded.moved_to is not None or recorded.hold is not None:
        assert recalled is None
    else:
        assert recalled == recorded
        assert [*recalled.parts] == [*recorded.parts]


def test_a_ledger_is_recalled_until_something_is_added(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    first = ledger.load(ACCOUNT, KEY)
    assert told(ledger, memory(tmp_path)) == first
    before = kept_in(tmp_path).read_bytes()
    assert told(ledger, memory(tmp_path)) == first
    lease = ledger.acquire("bob@desk pid 2", NOON.replace(hour=13), NOON.replace(hour=14) - NOON)
    written(ledger, [intended("winter")], lease)
    assert told(ledger, memory(tmp_path)) == ledger.load(ACCOUNT, KEY) != first
    assert kept_in(tmp_path).read_bytes() != before


@pytest.mark.parametrize("tampering", EVENTS["local"])
def test_a_memory_hides_no_damage(tampering: str, tmp_path: Path) -> None:
    ledger = LocalLedger(tmp_path)
    written(made(ledger), history())
    last = Head(ledger.load(ACCOUNT, KEY).version, _last_link(ledger))
    plain = fold([StoredEvent(n, NOON, event) for n, event in enumerate(PLAIN, 1)], KEY)
    memory(tmp_path).remember(last, plain)
    EVENTS["local"][tampering](Site("local", tmp_path, lambda _: tmp_path, lambda: None, lambda: b""))
    by_memory = told(ledger, memory(tmp_path))
    assert isinstance(by_memory, str)
    assert by_memory == told(ledger, None)


def _last_link(ledger: LocalLedger) -> bytes:
    with closing(sqlite3.connect(ledger.path)) as connection:
        link: bytes = connection.execute("SELECT link FROM head").fetchone()[0]
        return link


@pytest.mark.parametrize("other", [{"key": OTHER_KEY}, {"account": OTHER_ACCOUNT}, {"release": "1.0.1"}])
def test_another_key_account_or_release_recalls_nothing(other: dict[str, Any], tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    ledger.load(ACCOUNT, KEY, memory(tmp_path))
    elsewhere = memory(tmp_path / "elsewhere", **other)
    elsewhere.remember(HEAD, ledger.load(ACCOUNT, KEY))
    kept_in(tmp_path).replace(kept_in(tmp_path / "elsewhere"))
    head = Head(len(PLAIN), _last_link(ledger))
    assert elsewhere.recall(head) is None


def test_a_memory_speaks_of_one_head_alone(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    memory(tmp_path).remember(HEAD, ledger.load(ACCOUNT, KEY))
    assert memory(tmp_path).recall(HEAD) is not None
    assert memory(tmp_path).recall(Head(8, bytes(16))) is None
    assert memory(tmp_path).recall(Head(7, bytes(15) + b"1")) is None


def test_a_torn_or_changed_memory_is_none(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    memory(tmp_path).remember(HEAD, ledger.load(ACCOUNT, KEY))
    kept = kept_in(tmp_path)
    whole = kept.read_bytes()
    for at in range(0, len(whole), 5):
        for damaged in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
            kept.write_bytes(damaged)
            assert memory(tmp_path).recall(HEAD) is None


@pytest.mark.parametrize("kind", ["imported", "moved", "held"])
def test_a_ledger_with_more_to_it_than_parts_is_folded_every_time(kind: str, tmp_path: Path) -> None:
    events = (intended("winter"), one_of_each()[kind])
    assert isinstance(events[1], Imported | Moved | Held)
    ledger_of(tmp_path, *events).load(ACCOUNT, KEY, memory(tmp_path))
    assert not (tmp_path / ".cache").exists()


def test_a_short_ledger_is_not_worth_remembering(tmp_path: Path) -> None:
    ledger_of(tmp_path).load(ACCOUNT, KEY, memory(tmp_path, worth_it=100))
    assert not (tmp_path / ".cache").exists()


def test_what_is_remembered_is_for_its_owner_alone_and_no_key_is_in_it(tmp_path: Path) -> None:
    ledger_of(tmp_path).load(ACCOUNT, KEY, memory(tmp_path))
    kept = kept_in(tmp_path)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert KEY.secret not in kept.read_bytes()
    assert KEY.secret.hex() not in kept.read_text(encoding="latin-1")
    json.loads(kept.read_bytes()[32:].partition(b"\n")[2])

"""Events as text: what was written by any release reads the same for ever."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from teli_iac.errors import LedgerDamaged
from teli_iac.ledger import decode_event, encode_event
from teli_iac.ledger.events import KINDS
from teli_iac.model import Event, Launched, Left
from tests.ledger.processes import ROOT
from tests.ledger.strategies import ANY_EVENT
from tests.ledger.worlds import NOON, intended, one_of_each

GOLDEN = ROOT / "tests" / "golden" / "ledger"


@given(ANY_EVENT)
def test_every_event_reads_back_as_it_was_written(event: Event) -> None:
    assert decode_event(encode_event(event)) == event


@given(ANY_EVENT)
def test_an_event_is_one_line_with_its_kind_and_version(event: Event) -> None:
    text = encode_event(event)

    assert "\n" not in text
    assert json.loads(text)["version"] == 1
    assert KINDS[json.loads(text)["kind"]][0] is type(event)


def test_the_table_names_every_event_and_every_field() -> None:
    assert {shape for shape, _ in KINDS.values()} == set(get_args(Event))
    for shape, fields in KINDS.values():
        assert fields.keys() == {field.name for field in dataclasses.fields(shape)}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_format_of_every_kind_is_frozen(kind: str) -> None:
    golden = (GOLDEN / f"{kind}.json").read_text().rstrip("\n")

    assert encode_event(one_of_each()[kind]) == golden
    assert decode_event(golden) == one_of_each()[kind]


@pytest.mark.parametrize(
    "text",
    [
        '{"kind":"telepathy","version":1,"campaign_id":"a"}',
        '{"kind":"launched","version":2,"campaign_id":"a","looked_up":true}',
        '{"kind":"launched","version":true,"campaign_id":"a","looked_up":true}',
        '{"kind":["launched"],"version":1,"campaign_id":"a","looked_up":true}',
    ],
)
def test_what_a_later_release_wrote_asks_for_an_upgrade(text: str) -> None:
    with pytest.raises(LedgerDamaged) as damaged:
        decode_event(text)

    assert "upgrade" in damaged.value.next_step


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "7",
        "{}",
        "[" * 100_000,
        '{"kind":"launched"}',
        '{"kind":"launched","version":1,"campaign_id":"a"}',
        '{"kind":"launched","version":1,"campaign_id":"a","looked_up":1}',
        '{"kind":"launched","version":1,"campaign_id":null,"looked_up":true}',
        '{"kind":"launched","version":1,"campaign_id":"a","looked_up":true,"phone":"x"}',
        '{"kind":"finished","version":1,"campaign_id":"a","status":"asleep"}',
        '{"kind":"finished","version":1,"campaign_id":"a","status":["active"]}',
        '{"kind":"verification_failed","version":1,"campaign_id":"a","faults":"text"}',
    ],
)
def test_what_no_release_ever_wrote_is_damage(text: str) -> None:
    with pytest.raises(LedgerDamaged) as damaged:
        decode_event(text)

    assert "Restore" in damaged.value.next_step


@pytest.mark.parametrize("instant", ["2026-12-01T12:00:00", "2026-12-01T12:00:00+01:00", "Z", "tomorrowZ", 7])
def test_a_time_that_is_not_in_utc_is_damage(instant: str) -> None:
    document = json.loads(encode_event(intended())) | {"begin": instant}

    with pytest.raises(LedgerDamaged):
        decode_event(json.dumps(document))


def test_the_two_instants_of_a_repeated_hour_are_told_apart() -> None:
    first = datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"))

    texts = [encode_event(dataclasses.replace(intended(), begin=first.replace(fold=fold))) for fold in (0, 1)]

    assert [json.loads(text)["begin"] for text in texts] == ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"]


def test_a_time_without_a_zone_is_never_written() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        encode_event(dataclasses.replace(intended(), begin=NOON.replace(tzinfo=None)))


def test_no_event_can_hold_more_than_its_table_names() -> None:
    assert json.loads(encode_event(Left("fall"))) == {"kind": "left", "name": "fall", "version": 1}
    assert encode_event(Launched("a", looked_up=False)) == (
        '{"campaign_id":"a","kind":"launched","looked_up":false,"version":1}'
    )

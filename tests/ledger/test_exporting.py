"""The file that a ledger moves in: whatever was changed in it, cut off or swapped is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teli_iac.errors import ExportUnusable, LedgerDamaged, LedgerError, LedgerForeign
from teli_iac.ledger import Whole, read_export, write_export
from teli_iac.ledger.binding import bind
from teli_iac.ledger.events import people_named
from tests.ledger.strategies import histories, stored
from tests.ledger.worlds import ACCOUNT, ANN, BOB, KEY, OTHER_KEY, history, people

WHOLE = Whole(bind(ACCOUNT, KEY), stored(list(history())), (people(),))
LINES = tuple(line.encode() for line in write_export(WHOLE))
GOLDEN = Path(__file__).parents[1] / "golden" / "ledger" / "export-1.jsonl"


def _with(number: int, **changed: object) -> list[bytes]:
    document = {**json.loads(LINES[number]), **changed}
    return [*LINES[:number], json.dumps(document).encode(), *LINES[number + 1 :]]


@given(histories())
def test_what_is_written_is_read_again(events: tuple[object, ...]) -> None:
    past = stored([each.event for each in events])  # type: ignore[attr-defined]
    named = bool(people_named(each.event for each in past))
    whole = Whole(bind(ACCOUNT, KEY), past, (people(),) if named else ())

    assert read_export((line.encode() for line in write_export(whole)), ACCOUNT, KEY) == whole


def test_a_file_that_this_format_wrote_reads_the_same_for_ever() -> None:
    with GOLDEN.open("rb") as lines:
        read = read_export(lines, ACCOUNT, KEY)

    assert (len(read.events), [len(people) for people in read.people]) == (27, [2])
    assert "".join(write_export(read)) == GOLDEN.read_text(encoding="utf-8")


def test_no_number_name_or_key_is_in_the_file() -> None:
    text = b"".join(LINES)

    for secret in (b"4155550101", b"4155550102", b"Ann-Christin", b"Bob-Severin", KEY.secret):
        assert secret not in text
    assert (ANN.phone_number.encode() in text, BOB.phone_number.encode() in text) == (False, False)


@pytest.mark.parametrize("field", ["origin", "organization_id", "tenant_id", "project"])
def test_another_accounts_file_is_refused(field: str) -> None:
    with pytest.raises(LedgerForeign, match="another account"):
        read_export(LINES, replace(ACCOUNT, **{field: "elsewhere"}), KEY)


def test_a_file_under_another_key_is_refused() -> None:
    with pytest.raises(LedgerForeign, match="another key"):
        read_export(LINES, ACCOUNT, OTHER_KEY)


def test_a_file_of_a_later_format_asks_for_an_upgrade() -> None:
    with pytest.raises(LedgerDamaged, match="format 2") as later:
        read_export(_with(0, format=2), ACCOUNT, KEY)

    assert "upgrade" in later.value.next_step


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: _with(3, at="2026-11-23T12:00:00Z"), id="another time"),
        pytest.param(lambda: [*LINES[:3], *LINES[4:]], id="an event left out"),
        pytest.param(lambda: [*LINES[:3], LINES[4], LINES[3], *LINES[5:]], id="two events swapped"),
        pytest.param(lambda: _with(0, events=25), id="fewer events"),
        pytest.param(lambda: _with(0, link="00" * 16), id="another end"),
        pytest.param(lambda: _with(len(LINES) - 1, records="AAAA"), id="other people"),
        pytest.param(lambda: [*_with(0, people_sets=0)[:-1]], id="no people"),
        pytest.param(lambda: LINES[:-1], id="cut off at a line"),
        pytest.param(lambda: [*LINES, LINES[-1]], id="longer"),
        pytest.param(lambda: (), id="empty"),
        pytest.param(lambda: [b"[]"], id="another JSON"),
        pytest.param(lambda: [b"\xff\x00"], id="no text"),
        pytest.param(lambda: [b"[" * 100_000], id="too deep"),
        pytest.param(lambda: _with(0, kind="a shopping list"), id="another kind"),
        pytest.param(lambda: _with(0, format=0), id="a format that never was"),
        pytest.param(lambda: _with(0, binding=None), id="nobody's"),
        pytest.param(lambda: _with(2, event={"kind": float("nan")}), id="not a number"),
        pytest.param(lambda: _with(len(LINES) - 1, records="?"), id="no base64"),
    ],
)
def test_a_changed_file_is_refused(change: Callable[[], list[bytes]]) -> None:
    with pytest.raises(LedgerError) as refused:
        read_export(change(), ACCOUNT, KEY)

    assert type(refused.value) in {ExportUnusable, LedgerDamaged}


@given(st.data())
def test_no_flipped_byte_goes_unnoticed(data: st.DataObject) -> None:
    text = bytearray(b"".join(LINES))
    place = data.draw(st.integers(0, len(text) - 1))
    text[place] ^= data.draw(st.integers(1, 255))

    try:
        read = read_export(bytes(text).splitlines(keepends=True), ACCOUNT, KEY)
    except LedgerError:
        return

    assert read == WHOLE, "what still reads says the same, as in an unused field"

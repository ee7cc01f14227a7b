"""No phone number, no name and no key in anything that the commands about ledgers tell, whatever happened."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teli_iac.history import EventTold, LedgerKept, events_told, ledger_kept
from teli_iac.ledger import fold, kind_of
from teli_iac.model import StoredEvent, VerificationFailed
from teli_iac.render import render_events, render_events_jsonl, render_ledger, render_ledger_json
from tests.ledger.strategies import histories, stored
from tests.ledger.worlds import ACCOUNT, ANN, BOB, KEY, campaign_id, intended, people
from tests.render.test_every_renderer import ANY_TEXT, SGR

WIDTHS = st.sampled_from([40, 80, 120])
_NUMBER = re.compile(r"\+?1?[2-9]\d{2}555\d{4}")


def secrets() -> tuple[str, ...]:
    """Everything of people and key that must not be told, in each of its spellings."""
    binary = [KEY.secret, *(part for pair in people() for part in pair)]
    spelt = [spelling for each in binary for spelling in (each.hex(), base64.b64encode(each).decode()[:10])]
    known = [value for lead in (ANN, BOB) for _, value in lead.fields if isinstance(value, str)]
    return (*spelt, *known, ANN.phone_number[2:], BOB.phone_number[2:])


def _kept(events: Sequence[StoredEvent]) -> LedgerKept:
    recorded = replace(fold(events, KEY), people={people().ref: people()})
    return ledger_kept(ACCOUNT, recorded, None)


def _told(events: Sequence[StoredEvent]) -> tuple[EventTold, ...]:
    recorded = replace(fold(events, KEY), people={people().ref: people()})
    return events_told(recorded, events, kind_of, None)


def _all_of(events: Sequence[StoredEvent], *, colour: bool, width: int) -> list[str]:
    return [
        render_ledger(_kept(events), colour=colour, width=width),
        render_ledger_json(_kept(events)),
        render_events(_told(events), colour=colour, width=width),
        render_events_jsonl(_told(events)),
    ]


@given(histories(), WIDTHS)
def test_no_number_name_or_key_is_told(events: tuple[StoredEvent, ...], width: int) -> None:
    for text in _all_of(events, colour=True, width=width):
        assert [secret for secret in secrets() if secret in text] == []
        assert not _NUMBER.search(text), "not even a caller id"


@given(histories(), WIDTHS)
def test_colour_adds_no_fact(events: tuple[StoredEvent, ...], width: int) -> None:
    plain = _all_of(events, colour=False, width=width)
    assert [SGR.sub("", text) for text in _all_of(events, colour=True, width=width)] == plain


@pytest.mark.parametrize(
    "tell",
    [
        lambda events, width: render_ledger(_kept(events), colour=False, width=width),
        lambda events, width: render_events(_told(events), colour=False, width=width),
        lambda events, _: render_ledger_json(_kept(events)),
        lambda events, _: render_events_jsonl(_told(events)),
    ],
    ids=["show", "log", "show as json", "log as jsonl"],
)
@given(text=ANY_TEXT, width=WIDTHS)
def test_no_text_of_others_brings_a_control_character_or_a_pipelines_command(
    tell: Callable[[Sequence[StoredEvent], int], str], text: str, width: int
) -> None:
    failed = VerificationFailed(campaign_id("fall"), (text,))
    told = tell(stored([intended(), failed]), width)
    hidden = [c for c in told if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert hidden == []
    assert [line for line in told.split("\n") if line.lstrip().startswith("::")] == []
    assert "##" not in told

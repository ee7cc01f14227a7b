"""What moves a digest, and what does not: the difference between calling people once and twice."""

from __future__ import annotations

import base64
import hashlib
import math
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teli_iac.identity import (
    add_fingerprints,
    canonical_json,
    digest_part,
    fingerprint_people,
    row_text,
    utc_text,
)
from teli_iac.model import CampaignSettings, Fingerprint, JsonValue, Lead, Redial
from tests.identity.parts import ADA, GRACE, SETTINGS, digest, lead

TEXTS = st.text(st.characters(exclude_categories=["C"]), max_size=12)
NAMES = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=6)
SCALARS = st.one_of(
    TEXTS.filter(bool),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
)
VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=5,
)
FIELDS = st.dictionaries(NAMES, VALUES, max_size=4)
PEOPLE = st.dictionaries(st.integers(0, 99), FIELDS, max_size=6).map(
    lambda found: [lead(f"+141555501{last:02d}", fields) for last, fields in found.items()]
)


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_people_and_where_they_stand_do_not_move_a_digest(
    people: list[Lead], random: Any
) -> None:
    shuffled = [Lead(each.phone_number, each.fields, random.randrange(1, 10**6)) for each in people]
    random.shuffle(shuffled)
    assert digest(shuffled) == digest(people)


@given(FIELDS, st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_move_a_digest_however_deep_they_lie(
    fields: dict[str, JsonValue], random: Any
) -> None:
    assert digest([lead("+14155550101", stirred(fields, random))]) == digest([lead("+14155550101", fields)])


@given(PEOPLE, st.integers(0, 6))
def test_a_fingerprint_is_the_sum_of_those_of_its_pieces(people: list[Lead], cut: int) -> None:
    pieces = fingerprint_people(people[:cut]), fingerprint_people(people[cut:])
    assert add_fingerprints(*pieces) == fingerprint_people(people)


@pytest.mark.parametrize("hours", [-12, -5, 5.5, 14])
def test_the_offset_that_a_time_is_written_in_does_not_move_a_digest(hours: float) -> None:
    there = timezone(timedelta(hours=hours))
    moved = {name: SETTINGS[name].astimezone(there) for name in ("begin", "end")}
    assert digest(**moved) == digest()


@pytest.mark.parametrize(
    "change",
    [
        {"voice_agent_id": "agent_86f826bf8f59bacd5c10ae948b"},
        {"agent_outbound_number": "+15175550142"},
        {"number_pool": ("+14155550112", "+14155550111")},
        {"number_pool": ("+14155550111",)},
        {"number_pool": ("+14155550111", "+14155550112", "+14155550113")},
        {"number_pool": ()},
        {"redial": None},
        {"redial": Redial(retry_limit=4, call_interval_days=1)},
        {"redial": Redial(retry_limit=3, call_interval_days=2)},
        {"redial": Redial(retry_limit=0, call_interval_days=0)},
        {"begin": None},
        {"begin": datetime(2026, 12, 1, 14, 0, 1, tzinfo=UTC)},
        {"begin": datetime(2026, 12, 1, 14, 0, 0, 1, tzinfo=UTC)},
        {"end": None},
        {"end": datetime(2026, 12, 2, 1, 1, tzinfo=UTC)},
        {"begin": SETTINGS["end"], "end": SETTINGS["begin"]},
        {"people": (ADA,)},
        {"people": ()},
        {"people": (ADA, GRACE, lead("+14155550103", {}))},
        {"people": (ADA, lead("+14155550103", dict(GRACE.fields)))},
        {"people": (lead("+14155550101", dict(GRACE.fields)), lead("+14155550102", dict(ADA.fields)))},
        {"people": (ADA, lead("+14155550102", {**dict(GRACE.fields), "plan": "gold"}))},
        {"people": (ADA, lead("+14155550102", {"first_name": "Grace"}))},
        {"people": (ADA, lead("+14155550102", {**dict(GRACE.fields), "first_name": "grace"}))},
        {"people": (ADA, lead("+14155550102", {**dict(GRACE.fields), "first_name": "Grace "}))},
        {"people": (lead("+14155550101", {"first_name": "Ada", "visits": "7"}), GRACE)},
        {"people": (lead("+14155550101", {"first_name": "Ada", "visits": 7.0}), GRACE)},
        {"people": (lead("+14155550101", {"last_name": "Ada", "visits": 7}), GRACE)},
    ],
)
def test_any_change_of_what_is_sent_moves_the_digest(change: dict[str, Any]) -> None:
    assert digest(**change) != digest()


@given(st.tuples(NAMES, FIELDS), st.tuples(NAMES, FIELDS))
def test_two_rows_have_the_same_text_only_when_they_send_the_same(
    one: tuple[str, dict[str, JsonValue]], other: tuple[str, dict[str, JsonValue]]
) -> None:
    left, right = (lead(number, fields) for number, fields in (one, other))
    assert (row_text(left) == row_text(right)) == (
        (left.phone_number, typed(dict(left.fields))) == (right.phone_number, typed(dict(right.fields)))
    )


@given(PEOPLE, PEOPLE)
def test_two_lists_of_people_have_the_same_digest_only_when_they_send_the_same(
    one: list[Lead], other: list[Lead]
) -> None:
    same = sorted(map(row_text, one)) == sorted(map(row_text, other))
    assert (digest(one) == digest(other)) == same


_TIMES = st.none() | st.datetimes(timezones=st.just(UTC))
_COUNTS = st.integers(0, 2**64)
_SETTINGS = st.builds(
    CampaignSettings,
    TEXTS,
    TEXTS,
    st.lists(TEXTS, max_size=3).map(tuple),
    st.none() | st.builds(Redial, _COUNTS, _COUNTS),
    _TIMES,
    _TIMES,
)


@given(_SETTINGS, st.builds(Fingerprint, _COUNTS, st.integers(0, 2**128 - 1)))
def test_a_digest_is_the_beginning_of_a_hash_of_canonical_json(
    settings: CampaignSettings, people: Fingerprint
) -> None:
    redial = settings.redial
    declared: Any = {
        "scheme": 1,
        "voice_agent_id": settings.voice_agent_id,
        "agent_outbound_number": settings.agent_outbound_number,
        "number_pool": list(settings.number_pool),
        "redial": redial and {name: getattr(redial, name) for name in ("retry_limit", "call_interval_days")},
        "campaign_begin_time": settings.begin and utc_text(settings.begin),
        "campaign_end_time": settings.end and utc_text(settings.end),
        "people": {"count": people.count, "sum": f"{people.total:032x}"},
    }
    hashed = hashlib.blake2b(canonical_json(declared).encode()).digest()
    assert digest_part(settings, people) == base64.b32encode(hashed).decode().lower()[:12]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_json_has_no_word_for_has_no_digest_either(number: float) -> None:
    with pytest.raises(ValueError, match="Out of range"):
        canonical_json(number)


def stirred(value: Any, random: Any) -> Any:
    """The same value with the keys of every mapping in it in another order."""
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: stirred(value[key], random) for key in keys}
    return [stirred(inner, random) for inner in value] if isinstance(value, list) else value


def typed(value: JsonValue) -> Any:
    """The value with the types that JSON tells apart and Python does not: 1, 1.0 and true."""
    if isinstance(value, dict):
        return {key: typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner) for inner in value]
    return type(value), repr(value)

"""What is made of people is the same whether they are held in memory or read from their file in pieces."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teli_iac.api.bodies import measure
from teli_iac.decisions.comparing import only
from teli_iac.errors import LeadsChanged
from teli_iac.identity import fingerprint_people, key_people, people_ref, person_key
from teli_iac.kinds.wire import LaunchBody
from teli_iac.leads import Ways, load_leads
from teli_iac.model import CampaignSettings, Launch, Leads, PeopleSet
from teli_iac.people import (
    NotAmong,
    fingerprint,
    in_pieces,
    key_all,
    key_and_weigh,
    leave_out,
    numbers_in_two,
    numbers_of,
    persons_of,
    pick,
)
from tests.effort import examples
from tests.leads.reading import declared, write
from tests.leads.test_every_source import PEOPLE, as_csv
from tests.leads.ways import FAR, IN_MEMORY, KEY, by_engine
from tests.observe.scripts import project

EVERY_WAY = [IN_MEMORY, FAR, by_engine(1), by_engine()]
NOW = datetime(2030, 1, 1, tzinfo=UTC)
SETTINGS = CampaignSettings("agent_1", "+15175550141", (), None, None, None)


@contextmanager
def lists(rows: list[dict[str, str]]) -> Iterator[list[Leads]]:
    with tempfile.TemporaryDirectory() as folder:
        reference = declared(file=write(Path(folder), as_csv(rows), "leads.csv"), variables=("plan",))
        yield [load_leads([reference], folder, ways)[0]["fall-renewals"] for ways in EVERY_WAY]


def body(leads: Leads) -> LaunchBody:
    return LaunchBody(Launch("id", "name", 1, 1, "d", SETTINGS, leads, 0), project(), NOW, NOW)


@settings(max_examples=examples(40))
@given(PEOPLE)
def test_fingerprint_keyed_hashes_and_numbers_are_the_same(rows: list[dict[str, str]]) -> None:
    with lists(rows) as found:
        exactly = [*found[0]]
        weight = len(b",".join(piece.objects() for piece in in_pieces(tuple(exactly))))
        for leads in found:
            assert fingerprint(leads.rows) == fingerprint_people(exactly)
            assert key_all(KEY, leads.rows) == key_people(KEY, exactly)
            assert key_and_weigh(KEY, leads.rows) == (key_people(KEY, exactly), weight)
            assert [*numbers_of(leads.rows)] == [lead.phone_number for lead in exactly]
            assert [*persons_of(KEY, leads.rows)] == [person_key(KEY, lead.phone_number) for lead in exactly]


@settings(max_examples=examples(40))
@given(PEOPLE, st.sets(st.integers(0, 6)))
def test_those_left_when_some_are_left_out_are_the_same(rows: list[dict[str, str]], out: set[int]) -> None:
    with lists(rows) as found:
        known = {person_key(KEY, lead.phone_number) for at, lead in enumerate(found[0]) if at in out}
        left = [lead for at, lead in enumerate(found[0]) if at not in out]
        for leads in found:
            picked = pick(leads.rows, NotAmong(KEY, known))
            assert len(picked) == len(left)
            assert [*picked] == left
            assert only(leads, picked).fingerprint == fingerprint_people(left)
            assert key_all(KEY, picked) == key_people(KEY, left)


@settings(max_examples=examples(40))
@given(PEOPLE, PEOPLE)
def test_numbers_in_two_lists_are_found_in_every_way(
    rows: list[dict[str, str]], others: list[dict[str, str]]
) -> None:
    shared = {row["phone_number"] for row in rows} & {row["phone_number"] for row in others}
    with lists(rows) as found, lists(others) as theirs:
        for mine, other in zip(found, theirs, strict=True):
            assert numbers_in_two([mine.rows, other.rows]) == shared
            assert numbers_in_two([mine.rows]) == set()


@settings(max_examples=examples(40))
@given(PEOPLE)
def test_a_create_sends_the_same_bytes_of_them(rows: list[dict[str, str]]) -> None:
    with lists(rows) as found:
        sent = [json.loads(b"".join(body(leads)))["leads"] for leads in found]
        whole = [b"".join(body(leads)) for leads in found]
        assert whole == [whole[0]] * len(whole)
        assert sent[0] == [{"phone_number": lead.phone_number, **dict(lead.fields)} for lead in found[0]]


@settings(max_examples=examples(40))
@given(PEOPLE, st.sets(st.integers(0, 6)))
def test_a_body_that_was_weighed_has_exactly_that_length(rows: list[dict[str, str]], out: set[int]) -> None:
    with lists(rows) as found:
        known = {person_key(KEY, lead.phone_number) for at, lead in enumerate(found[0]) if at in out}
        for leads in found:
            left = only(leads, pick(leads.rows, NotAmong(KEY, known)))
            _, weight = key_and_weigh(KEY, left.rows)
            assert body(left).weighed(weight).length == len(b"".join(body(left)))


def test_a_weighed_body_is_encoded_only_to_be_sent(tmp_path: Path) -> None:
    reference = declared(file=write(tmp_path, "phone_number\n+14155550101\n", "leads.csv"))
    leads = load_leads([reference], str(tmp_path), FAR)[0]["fall-renewals"]
    weighed = body(leads).weighed(key_and_weigh(KEY, leads.rows)[1])
    (tmp_path / "leads.csv").unlink()
    assert measure(weighed).length == weighed.length
    with pytest.raises(LeadsChanged):
        b"".join(weighed)


@pytest.mark.parametrize("ways", [FAR, by_engine()], ids=["in pieces", "engine"])
def test_a_body_whose_list_changed_breaks_off_before_its_last_byte(ways: Ways, tmp_path: Path) -> None:
    reference = declared(file=write(tmp_path, "phone_number\n+14155550101\n", "leads.csv"))
    leads = load_leads([reference], str(tmp_path), ways)[0]["fall-renewals"]
    write(tmp_path, "phone_number\n+14155550102\n", "leads.csv")
    sent: list[bytes] = []
    with pytest.raises(LeadsChanged):
        sent.extend(body(leads))
    assert not b"".join(sent).endswith(b"]}")


def test_no_person_shows_in_the_repr_of_people_in_pieces(tmp_path: Path) -> None:
    reference = declared(file=write(tmp_path, "phone_number,first_name\n+14155550101,Ada\n", "leads.csv"))
    for ways in EVERY_WAY:
        leads = load_leads([reference], str(tmp_path), ways)[0]["fall-renewals"]
        shown = repr(leads) + repr(leads.rows) + repr(pick(leads.rows, NotAmong(KEY, frozenset())))
        assert "0101" not in shown
        assert "Ada" not in shown


_FIRST_BYTES = st.sampled_from([0, 1, 7, 254, 255])
_RECORDS = st.dictionaries(
    st.builds(lambda first, rest: bytes([first]) + rest, _FIRST_BYTES, st.binary(min_size=15, max_size=15)),
    st.binary(min_size=4, max_size=4),
)


@given(_RECORDS, _RECORDS, st.randoms(use_true_random=False))
def test_whoever_was_given_is_left_out_whatever_their_details_and_nobody_else(
    wanted: dict[bytes, bytes], others: dict[bytes, bytes], random: Random
) -> None:
    both = random.sample(sorted(wanted), len(wanted) // 2)
    given_before = others | dict.fromkeys(both, b"else")
    rest = {person: detail for person, detail in wanted.items() if person not in given_before}
    assert leave_out(_set_of(wanted), _set_of(given_before)) == _set_of(rest)


def _set_of(people: dict[bytes, bytes]) -> PeopleSet:
    records = b"".join(person + detail for person, detail in sorted(people.items()))
    return PeopleSet(people_ref(records), records)

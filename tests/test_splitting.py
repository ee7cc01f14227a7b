"""A list above a limit becomes parts: everybody in exactly one, none too large, whatever the order."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from teli_iac.identity import fingerprint_people, places_of
from teli_iac.leads import load_leads
from teli_iac.leads.engine.columns import LINE, Columns
from teli_iac.model import Lead, Leads, RefusedRows
from teli_iac.people import RowsPiece, fingerprint
from teli_iac.splitting import cut, split
from tests.leads.reading import declared, write
from tests.leads.test_every_source import as_csv
from tests.leads.ways import FAR, IN_MEMORY, by_engine

EVERY_WAY = [IN_MEMORY, FAR, by_engine(1), by_engine()]
NUMBERS = st.sets(st.integers(10**7, 10**15 - 1), min_size=0, max_size=300)
LIMITS = st.integers(1, 350)


def leads(numbers: Sequence[int]) -> Leads:
    rows = tuple(Lead(f"+{number}", (("first_name", "Ann"),), line) for line, number in enumerate(numbers, 2))
    return Leads(rows, fingerprint_people(rows), RefusedRows({}, ()), "leads.csv")


def people(parts: Sequence[Leads]) -> list[frozenset[str]]:
    return [frozenset(lead.phone_number for lead in part) for part in parts]


@given(NUMBERS, LIMITS)
def test_everybody_is_in_one_part_and_no_part_is_above_the_limit(numbers: set[int], most: int) -> None:
    whole = leads([*numbers])
    parts = split(whole, most)
    assert sorted(number for part in people(parts) for number in part) == sorted(*people([whole]))
    assert all(len(part) <= most for part in parts)
    assert sum(len(part) for part in parts) == len(whole)
    assert [part.fingerprint for part in parts] == [fingerprint(part.rows) for part in parts]


@given(NUMBERS, LIMITS)
def test_there_are_no_more_parts_than_there_must_be_and_they_are_alike_in_size(
    numbers: set[int], most: int
) -> None:
    sizes = [len(part) for part in split(leads([*numbers]), most)]
    assert len(sizes) == max(1, -(-len(numbers) // most))
    assert max(sizes) - min(sizes) <= 1


@given(NUMBERS, LIMITS, st.randoms(use_true_random=False))
def test_the_order_of_a_list_makes_no_difference(numbers: set[int], most: int, draw: Random) -> None:
    shuffled = [*numbers]
    draw.shuffle(shuffled)
    assert people(split(leads(shuffled), most)) == people(split(leads(sorted(numbers)), most))


@given(NUMBERS, LIMITS)
def test_cuts_tell_for_everybody_the_part_that_they_are_in(numbers: set[int], most: int) -> None:
    whole = leads([*numbers])
    cuts = cut(whole.rows, most)
    for number, (part, members) in enumerate(
        zip(split(whole, most), people(split(whole, most)), strict=True)
    ):
        assert {*cuts.parts_of([lead.phone_number for lead in part])} <= {number}
        assert cuts.fingerprints[number].count == len(members)


def test_without_a_limit_and_within_it_a_list_is_one_part() -> None:
    whole = leads([*range(4_155_550_100, 4_155_550_105)])
    assert split(whole, None) == split(whole, 5) == (whole,)
    assert sorted(len(part) for part in split(whole, 4)) == [2, 3]


@given(st.lists(st.integers(10**7, 10**15 - 1), max_size=50))
def test_no_two_numbers_have_the_same_place(numbers: list[int]) -> None:
    places = places_of([f"+{number}" for number in numbers])
    assert len({*places}) == len({*numbers})
    assert all(0 <= place < 2**64 for place in places)


def test_neighbouring_numbers_are_spread_over_all_parts() -> None:
    """One part calls no single region: who follows on whom in a list is no reason to be in the same part."""
    whole = leads([*range(14_155_550_000, 14_155_560_000)])
    for part in split(whole, 1000):
        numbers = sorted(int(lead.phone_number) for lead in part)
        assert numbers[0] < 14_155_550_200
        assert numbers[-1] > 14_155_559_800


ROWS = [{"phone_number": f"+1415555{100 + number:04d}", "plan": f"plan {number}"} for number in range(60)]


@pytest.mark.parametrize("most", [1, 7, 20, 59])
def test_a_list_read_in_pieces_has_the_parts_of_one_held_in_memory(most: int, tmp_path: Path) -> None:
    reference = declared(file=write(tmp_path, as_csv(ROWS), "leads.csv"), variables=("plan",))
    exactly, *others = (load_leads([reference], str(tmp_path), w)[0]["fall-renewals"] for w in EVERY_WAY)
    wanted = split(exactly, most)
    for whole in others:
        parts = split(whole, most)
        assert [part.fingerprint for part in parts] == [part.fingerprint for part in wanted]
        assert [[*part] for part in parts] == [[*part] for part in wanted]
        assert [len(part) for part in parts] == [len(part) for part in wanted]


@given(NUMBERS, st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1) | st.none())
def test_a_column_has_the_places_of_its_numbers_and_the_same_people_between_two(
    numbers: set[int], first: int, beyond: int | None
) -> None:
    told = [f"+{number}" for number in sorted(numbers)]
    lines = pl.Series(LINE, range(2, len(told) + 2), dtype=pl.Int64)
    frame = pl.DataFrame([lines, pl.Series("phone_number", told, dtype=pl.String)])
    columns = Columns(frame, may_have_signs=False)
    rows = RowsPiece(tuple(Lead(number, (), line) for line, number in enumerate(told, 2)))
    assert [*columns.places()] == [*rows.places()] == places_of(told)
    assert [*columns.between(first, beyond).numbers()] == [*rows.between(first, beyond).numbers()]
    for place in places_of(told):
        assert len(columns.between(place, None)) == len(rows.between(place, None))
        assert len(columns.between(0, place)) == len(rows.between(0, place))


def test_another_process_with_another_hash_seed_finds_the_same_parts() -> None:
    whole = leads([*range(14_155_550_100, 14_155_550_160)])
    here = [sorted(part) for part in people(split(whole, 7))]
    there = subprocess.run(
        [sys.executable, "-m", "tests.test_splitting"],
        cwd=Path(__file__).parents[1],
        env={"PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(there.stdout) == here


if __name__ == "__main__":
    sys.stdout.write(
        json.dumps(
            [sorted(part) for part in people(split(leads([*range(14_155_550_100, 14_155_550_160)]), 7))]
        )
    )

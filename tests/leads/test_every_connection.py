"""Every kind of connection: the people of a query are those of a file with the same rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from teli_iac.kinds.connections import _WORDS
from teli_iac.leads import Ways
from teli_iac.leads.numbers import number_reader
from teli_iac.leads.queries import DATABASES, ENGINES
from teli_iac.model import Connection, ConnectionKind
from teli_iac.model.people import PeopleInPieces
from teli_iac.people import fingerprint
from tests.leads.connections import PHONE, SITES, Rows, Site
from tests.leads.reading import load, people, write

PEOPLE = "SELECT phone_number, first_name FROM people"
COLUMNS = ("phone_number", "first_name")
ADA = ("+14155550101", "Ada")
BEN = ("+1 (415) 555-0102", "Ben")
CHLOE = ("+14155550103", "Chloé")
THREE = (ADA, BEN, CHLOE)

every_connection = pytest.mark.parametrize("kind", [*SITES], ids=str)


def site(kind: ConnectionKind, folder: Path, rows: Rows, columns: Sequence[str] = COLUMNS) -> Site:
    return SITES[kind](folder, columns, rows)


def as_file(rows: Rows, columns: Sequence[str] = COLUMNS) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue()


def test_every_kind_has_words_something_that_answers_and_a_real_database_here() -> None:
    assert set(_WORDS) == set(ConnectionKind)
    assert set(DATABASES) | set(ENGINES) == set(ConnectionKind)
    assert set(DATABASES) <= set(SITES)


@every_connection
def test_people_are_those_of_a_file_with_the_same_rows(kind: ConnectionKind, tmp_path: Path) -> None:
    found, problems = site(kind, tmp_path, THREE).ask(PEOPLE)
    same = people(tmp_path, as_file(THREE))
    assert problems == ()
    assert found is not None
    assert found.fingerprint == same.fingerprint
    assert found.refused == same.refused
    assert [(lead.phone_number, lead.fields) for lead in found] == [
        (lead.phone_number, lead.fields) for lead in same
    ]
    assert found.source == "campaign.yaml"


@every_connection
def test_the_order_of_rows_changes_neither_people_nor_their_order(
    kind: ConnectionKind, tmp_path: Path
) -> None:
    database = site(kind, tmp_path, [*THREE, ("+14155550101", "Adam")])
    up, _ = database.ask(f"{PEOPLE} ORDER BY first_name")
    down, _ = database.ask(f"{PEOPLE} ORDER BY first_name DESC")
    assert up is not None
    assert down is not None
    assert up.fingerprint == down.fingerprint
    assert [lead.fields for lead in up] == [lead.fields for lead in down]
    assert up.refused.by_kind == down.refused.by_kind == {"TELI-E095": 1}
    assert dict(next(iter(up)).fields) == {"first_name": "Ada"}


@every_connection
def test_columns_variables_and_the_country_are_those_of_the_manifest(
    kind: ConnectionKind, tmp_path: Path
) -> None:
    rows = [("415-555-0101", "Ada", "gold")]
    columns = ("tel", "given", "tier")
    options: dict[str, Any] = {
        "columns": {"phone_number": "tel", "first_name": "given"},
        "variables": ("tier",),
        "default_country": "US",
    }
    found, _ = site(kind, tmp_path, rows, columns).ask("SELECT * FROM people", **options)
    assert found is not None
    assert found.fingerprint == people(tmp_path, as_file(rows, columns), **options).fingerprint


@every_connection
def test_null_and_an_empty_text_are_not_sent(kind: ConnectionKind, tmp_path: Path) -> None:
    rows = [("+14155550101", None), ("+14155550102", "")]
    found, _ = site(kind, tmp_path, rows).ask(PEOPLE)
    assert found is not None
    assert [lead.fields for lead in found] == [(), ()]


@every_connection
def test_numbers_and_truth_keep_their_types_as_in_lines_of_json(kind: ConnectionKind, tmp_path: Path) -> None:
    query = "SELECT phone_number, 3 AS visits, CAST(1.5 AS double precision) AS share FROM people"
    found, problems = site(kind, tmp_path, [ADA]).ask(query, variables=("visits", "share"))
    lines = '{"phone_number": "+14155550101", "visits": 3, "share": 1.5}\n'
    same = people(tmp_path, lines, name="leads.jsonl", variables=("visits", "share"))
    assert found is not None, problems
    assert found.fingerprint == same.fingerprint


@every_connection
def test_rows_that_may_not_be_called_are_counted_as_in_a_file_and_told_by_their_number(
    kind: ConnectionKind, tmp_path: Path
) -> None:
    rows = [ADA, ("415-555-0102", "Ben"), ("+1 911 555 0103", "Cy"), (None, "Di"), ("+14155550101", "Ada")]
    database = site(kind, tmp_path, rows)
    found, _ = database.ask(PEOPLE)
    same = people(tmp_path, as_file(rows))
    assert found is not None
    assert found.refused.by_kind == same.refused.by_kind
    assert found.fingerprint == same.fingerprint
    told = database.told(PEOPLE)
    assert told[0] == (
        "campaign.yaml:7:14: TELI-E082 Row 2 of the answer:"
        " …02 has no `+` and the manifest no default_country"
    )
    assert not any(map(PHONE.search, told))


@every_connection
@pytest.mark.parametrize("value", ["Ada\x1b[2J", "Ada\nBen", "Ada\u202e", "\ufeffAda", "A" * 65_537])
def test_a_value_that_no_file_may_hold_is_refused(kind: ConnectionKind, value: str, tmp_path: Path) -> None:
    told = site(kind, tmp_path, [ADA, ("+14155550102", value)]).told(f"{PEOPLE} ORDER BY phone_number")
    assert len(told) == 1
    assert told[0].startswith("campaign.yaml:7:14: TELI-E0")
    assert "Row 2 of the answer: " in told[0]
    assert "Ada" not in told[0]


@every_connection
@pytest.mark.parametrize("value", ["O'Hara", 'Ada "the first"', "a;b", "a,b", "{}", "; DROP TABLE people"])
def test_quotes_and_signs_arrive_as_they_are(kind: ConnectionKind, value: str, tmp_path: Path) -> None:
    found, _ = site(kind, tmp_path, [("+14155550101", value)]).ask(PEOPLE)
    assert found is not None
    assert [dict(lead.fields) for lead in found] == [{"first_name": value}]


@every_connection
def test_a_missing_column_is_told_with_the_one_that_was_meant(kind: ConnectionKind, tmp_path: Path) -> None:
    database = site(kind, tmp_path, THREE)
    (told,) = database.told("SELECT phone_number AS phone, first_name FROM people")
    assert told == 'campaign.yaml:7:14: TELI-E074 There is no column "phone_number"'
    _, problems = database.ask("SELECT phone_number AS phone FROM people")
    assert problems[0].next_step.startswith('Did you mean "phone"?')


@every_connection
def test_a_column_that_stands_there_twice_is_refused(kind: ConnectionKind, tmp_path: Path) -> None:
    (told,) = site(kind, tmp_path, THREE).told(
        "SELECT phone_number, first_name, 'x' AS first_name FROM people"
    )
    assert told == 'campaign.yaml:7:14: TELI-E119 The query gives two columns "first_name"'


@every_connection
def test_nobody_is_no_list(kind: ConnectionKind, tmp_path: Path) -> None:
    _, (problem,) = site(kind, tmp_path, THREE).ask(f"{PEOPLE} WHERE first_name = 'Zoe'")
    assert str(problem) == "campaign.yaml:7:14: TELI-E070 The query gives no row"
    assert "query" in problem.next_step


@every_connection
@pytest.mark.parametrize(
    "query",
    [
        "SELEC phone_number FROM people",
        "SELECT phone_number FROM people; SELECT 1",
        "SELECT phone_number FROM nobody",
        "SELECT phone_number FROM people WHERE first_name = CAST('Ada' AS nothing(((",
        "",
        "-- nothing",
    ],
)
def test_what_is_not_one_select_is_refused_by_the_database(
    kind: ConnectionKind, query: str, tmp_path: Path
) -> None:
    (told,) = site(kind, tmp_path, THREE).told(query)
    assert told.startswith(("campaign.yaml:7:14: TELI-E117 crm refuses", "campaign.yaml:7:14: TELI-E119 "))
    assert "Ada" not in told


@every_connection
@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM people",
        "DELETE FROM people RETURNING phone_number",
        "WITH gone AS (DELETE FROM people RETURNING *) SELECT * FROM gone",
        "SELECT 1; COMMIT; DELETE FROM people",
        "DROP TABLE people",
        "CREATE TABLE other AS SELECT * FROM people",
        "UPDATE people SET first_name = 'x' RETURNING *",
    ],
)
def test_a_query_that_writes_changes_nothing(kind: ConnectionKind, query: str, tmp_path: Path) -> None:
    database = site(kind, tmp_path, THREE)
    before, _ = database.ask(PEOPLE)
    (told,) = database.told(query)
    after, _ = database.ask(PEOPLE)
    assert "TELI-E117" in told or "TELI-E119" in told
    assert before is not None
    assert after is not None
    assert after.fingerprint == before.fingerprint


@every_connection
def test_campaigns_that_share_a_query_share_one_answer(kind: ConnectionKind, tmp_path: Path) -> None:
    database = site(kind, tmp_path, THREE)
    first, _ = database.ask(PEOPLE)
    database.execute("DELETE FROM people WHERE first_name = 'Ada'")
    second, _ = database.ask(PEOPLE)
    assert first is not None
    assert second is not None
    assert (len(first), len(second)) == (3, 2)
    assert len(first) == len([*first])  # held: who was seen stays, whatever becomes of the table


def test_a_repr_shows_neither_query_nor_environment(tmp_path: Path) -> None:
    database = site(ConnectionKind.SQLITE, tmp_path, THREE)
    assert "SELECT" not in repr(database.databases)
    assert isinstance(database.connection, Connection)


def many(count: int) -> list[tuple[str, str | None]]:
    """People of fictional numbers, of whom a few have no name."""
    read = number_reader(None, allow_test_numbers=True)
    areas = [area for area in range(201, 990) if isinstance(read(f"+1{area}5550100"), str)]
    numbers = (f"+1{area}5550{100 + line}" for line in range(100) for area in areas)
    return [
        (number, None if at % 7 == 0 else f"Ada {at}") for at, number in enumerate(islice(numbers, count))
    ]


@every_connection
@pytest.mark.parametrize("ways", [Ways(), Ways(extras=False)], ids=["by the engine", "without it"])
def test_a_long_answer_is_the_same_list_in_whichever_way_it_is_held(
    kind: ConnectionKind, ways: Ways, tmp_path: Path
) -> None:
    rows = many(6_000)
    found, problems = site(kind, tmp_path, rows).ask(PEOPLE, ways)
    same = people(tmp_path, as_file(rows))
    assert found is not None, problems
    assert isinstance(found.rows, PeopleInPieces) is (ways.extras or kind in ENGINES)
    assert (found.fingerprint, found.refused, len(found)) == (same.fingerprint, same.refused, 6_000)
    inside = [(lead.phone_number, lead.fields) for lead in sorted(same, key=attrgetter("phone_number"))]
    assert [(lead.phone_number, lead.fields) for lead in found] == inside
    assert fingerprint(found.rows) == found.fingerprint


@every_connection
@pytest.mark.parametrize("doubtful", [("+14155550100", "Ben"), ("911", "Ben"), ("+14155550199", "B\x7fn")])
def test_a_long_answer_with_something_wrong_is_judged_as_in_a_file(
    kind: ConnectionKind, doubtful: tuple[str, str], tmp_path: Path
) -> None:
    rows = [*many(6_000), doubtful]
    database = site(kind, tmp_path, rows)
    found, problems = database.ask(PEOPLE)
    same, faults = load(tmp_path, file=write(tmp_path, as_file(rows), "leads.csv"))
    assert [each.code for each in problems] == [each.code for each in faults]
    assert (found is None) is (same is None)
    if found is not None and same is not None:
        assert found.refused.by_kind == same.refused.by_kind
        assert len(found) == len(same)

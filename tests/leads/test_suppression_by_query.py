"""Do-not-call lists that a real database of every kind is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread, current_thread
from typing import Any

import pytest

from teli_iac.leads import Databases, Lists, load_leads
from teli_iac.leads.suppression.listed import Listed
from teli_iac.model import ConnectionKind, Lead, Leads, Mark, SuppressionQuery
from teli_iac.people import RowsPiece
from tests.leads.connections import PHONE, SITES, Rows, Site, sqlite_site
from tests.leads.reading import declared, write
from tests.leads.test_suppression import named

HERE = Mark("teli.yaml", 9, 14)
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
ROWS: Rows = [("+14155550102",), ("+14155550102",), ("+18005550100",)]
PEOPLE = "phone_number\n+14155550101\n+14155550102\n+14155550103\n"


def asked(query: str = "SELECT phone FROM people", **options: Any) -> SuppressionQuery:
    nothing: dict[str, Any] = {
        "connection": "crm",
        "column": "phone",
        "default_country": None,
        "max_age": None,
        "as_of": None,
        "may_be_empty": False,
        "mark": HERE,
    }
    return SuppressionQuery(query=query, **{**nothing, **options})


def site(kind: ConnectionKind, folder: Path, rows: Rows) -> Site:
    return SITES[kind](folder, ("phone",), rows)


def left(database: Site, *lists: Any, databases: Databases | None = None) -> tuple[Leads | None, list[str]]:
    """Who is left of three people, and all that is told."""
    write(database.folder, PEOPLE, "leads.csv")
    reference = declared(file="leads.csv", suppress=lists)
    leads, problems = load_leads([reference], str(database.folder), databases=databases)
    return leads.get("fall-renewals"), [*map(str, problems)]


@pytest.mark.parametrize("kind", [*SITES], ids=str)
def test_the_same_list_by_file_and_by_query_leaves_out_the_same_people(
    kind: ConnectionKind, tmp_path: Path
) -> None:
    database = site(kind, tmp_path, ROWS)
    write(tmp_path, "+14155550102\n+18005550100\n", "dnc.txt")
    query = asked(database.own("SELECT phone FROM people"))
    by_query, problems = left(database, query, databases=database.databases)
    by_file, _ = left(database, named("dnc.txt"))
    assert by_query is not None, problems
    assert by_file is not None
    assert [lead.phone_number for lead in by_query] == ["+14155550101", "+14155550103"]
    assert (by_query.fingerprint, by_query.declared) == (by_file.fingerprint, by_file.declared)
    assert (by_query.suppressed, by_file.suppressed) == (1, 1)


@pytest.mark.parametrize("kind", [ConnectionKind.SQLITE, ConnectionKind.POSTGRESQL], ids=str)
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("+1415555010",)], "teli.yaml:9:14: TELI-E120 Row 1 of the answer: +1…10 cannot be read as one"),
        (
            [("+14155550101",), ("4155550102",)],
            "teli.yaml:9:14: TELI-E120 Row 2 of the answer: …02 has no `+` and the manifest no",
        ),
        ([(None,)], "teli.yaml:9:14: TELI-E120 Row 1 of the answer: "),
        ([], "teli.yaml:9:14: TELI-E122 The list has no number"),
    ],
)
def test_a_row_that_could_be_anybodys_is_an_error_at_the_query(
    kind: ConnectionKind, rows: Sequence[Any], told: str, tmp_path: Path
) -> None:
    database = site(kind, tmp_path, rows)
    people, (problem,) = left(database, asked(), databases=database.databases)
    assert people is None
    assert problem.startswith(told)
    assert not PHONE.search(problem)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"query": "SELECT 14155550101 AS phone"}, "TELI-E120 Row 1 of the answer: "),
        ({"query": "SELECT phone AS number FROM people"}, "TELI-E074"),
        ({"query": "SELECT phone, phone FROM people"}, "TELI-E119"),
        ({"query": "DELETE FROM people"}, "TELI-E117"),
        ({"query": "SELECT '+14155550101' FROM nowhere"}, "TELI-E117"),
        ({"default_country": "UK"}, "TELI-E097"),
    ],
)
def test_what_is_no_list_is_an_error(options: dict[str, str], told: str, tmp_path: Path) -> None:
    database = sqlite_site(tmp_path, ("phone",), ROWS)
    people, problems = left(database, asked(**options), databases=database.databases)
    assert people is None
    assert [each for each in problems if told in each], problems
    assert not any(map(PHONE.search, problems))


def test_a_row_behind_thousands_that_are_plain_is_told_by_its_own_number(tmp_path: Path) -> None:
    plain = [(f"+1415{number:07d}",) for number in range(2_000_000, 2_012_345)]
    database = sqlite_site(tmp_path, ("phone",), [*plain, ("+14155550102\u200b",), ("no number",), *plain])
    query = asked("SELECT phone FROM people ORDER BY rowid")
    _, problems = left(database, query, databases=database.databases)
    assert [problem.partition("Row ")[2].partition(" of")[0] for problem in problems] == ["12,346", "12,347"]


def test_numbers_are_read_as_those_of_a_file(tmp_path: Path) -> None:
    database = sqlite_site(tmp_path, ("phone",), [("(415) 555-0102",), ("1 415 555 0103",)])
    people, problems = left(database, asked(default_country="US"), databases=database.databases)
    assert people is not None, problems
    assert [lead.phone_number for lead in people] == ["+14155550101"]


def test_a_list_that_may_be_empty_leaves_nobody_out(tmp_path: Path) -> None:
    database = sqlite_site(tmp_path, ("phone",), [])
    people, problems = left(database, asked(may_be_empty=True), databases=database.databases)
    assert people is not None, problems
    assert (len(people), people.suppressed) == (3, 0)


def test_where_no_query_is_run_the_list_is_named_as_not_looked_at(tmp_path: Path) -> None:
    database = sqlite_site(tmp_path, ("phone",), ROWS)
    people, problems = left(database, asked())
    assert people is not None, problems
    assert people.suppression is not None
    assert (len(people), people.suppression.unasked) == (3, (asked(),))
    assert "SELECT" not in repr(people.suppression.unasked)


def means(lists: Lists, number: str, now: datetime | None) -> bool:
    """Whether the list of the answer has this number."""
    people = RowsPiece((Lead(number, (), 1),))
    numbers = lists.read(asked(), now).numbers
    assert isinstance(numbers, Listed)
    return [*numbers.holds(people)] == [True]


def test_a_young_answer_is_not_asked_for_again_and_an_older_one_is(tmp_path: Path) -> None:
    database = sqlite_site(tmp_path, ("phone",), ROWS)
    lists = Lists(str(tmp_path), databases=database.databases)
    assert not means(lists, "+14155550101", NOON)
    database.execute("INSERT INTO people VALUES ('+14155550101')")
    assert not means(lists, "+14155550101", NOON + timedelta(seconds=9))
    assert means(lists, "+14155550101", NOON + timedelta(seconds=10))


@dataclass
class Clock:
    """Says these moments one after the other, the last one ever after."""

    moments: list[datetime]

    def __call__(self) -> datetime:
        return self.moments.pop(0) if len(self.moments) > 1 else self.moments[0]


@pytest.mark.parametrize(
    ("took", "young"), [(0, 10), (4, 10), (8, 16), (30, 60), (45, 60)], ids=lambda seconds: f"{seconds} s"
)
def test_a_slow_answer_is_young_for_twice_the_time_it_took_and_never_for_more_than_a_minute(
    took: int, young: int, tmp_path: Path
) -> None:
    database = sqlite_site(tmp_path, ("phone",), ROWS)
    clock = Clock([NOON, NOON + timedelta(seconds=took)])
    lists = Lists(str(tmp_path), databases=database.databases, clock=clock)
    assert not means(lists, "+14155550101", NOON)
    database.execute("INSERT INTO people VALUES ('+14155550101')")
    clock.moments = [NOON + timedelta(seconds=young) - timedelta(milliseconds=1)]
    assert not means(lists, "+14155550101", NOON)
    clock.moments = [NOON + timedelta(seconds=young)]
    assert means(lists, "+14155550101", NOON), "whatever moment it was before who asks had waited"


def test_what_takes_longer_than_an_answer_is_young_is_asked_each_time(tmp_path: Path) -> None:
    database = sqlite_site(tmp_path, ("phone",), ROWS)
    clock = Clock([NOON, NOON + timedelta(minutes=5)])
    lists = Lists(str(tmp_path), databases=database.databases, clock=clock)
    assert not means(lists, "+14155550101", NOON)
    database.execute("INSERT INTO people VALUES ('+14155550101')")
    assert means(lists, "+14155550101", NOON)


def test_a_slow_list_keeps_nobody_waiting_who_needs_another(tmp_path: Path) -> None:
    database = sqlite_site(tmp_path, ("phone",), ROWS)
    slow, gate = asked("SELECT phone FROM people WHERE phone <> ''"), Event()
    write(tmp_path, "+14155550102\n", "dnc.txt")

    def clock() -> datetime:
        assert current_thread() is not waiting or gate.wait(60)
        return NOON

    lists = Lists(str(tmp_path), databases=database.databases, clock=clock)
    waiting = Thread(target=lists.read, args=(slow, NOON))
    others = [Thread(target=lists.read, args=(each, NOON)) for each in (asked(), named("dnc.txt"))]
    for each in (waiting, *others):
        each.start()
    for each in others:
        each.join(60)
    told = [each.is_alive() for each in (waiting, *others)]
    gate.set()
    waiting.join(60)
    assert told == [True, False, False]


def test_a_clock_that_is_set_back_keeps_no_answer_young(tmp_path: Path) -> None:
    database = sqlite_site(tmp_path, ("phone",), ROWS)
    lists = Lists(str(tmp_path), databases=database.databases)
    assert not means(lists, "+14155550101", NOON)
    database.execute("INSERT INTO people VALUES ('+14155550101')")
    assert means(lists, "+14155550101", NOON - timedelta(hours=1))


def test_one_plan_has_one_answer(tmp_path: Path) -> None:
    database = sqlite_site(tmp_path, ("phone",), ROWS)
    lists = Lists(str(tmp_path), databases=database.databases)
    assert not means(lists, "+14155550101", None)
    database.execute("INSERT INTO people VALUES ('+14155550101')")
    assert not means(lists, "+14155550101", None)


def test_an_answer_in_another_order_has_the_same_name(tmp_path: Path) -> None:
    database = sqlite_site(tmp_path, ("phone",), ROWS)
    lists = Lists(str(tmp_path), databases=database.databases)
    forth = lists.read(asked("SELECT phone FROM people ORDER BY phone"))
    back = lists.read(asked("SELECT DISTINCT phone FROM people ORDER BY phone DESC"))
    others = lists.read(asked("SELECT phone FROM people WHERE phone LIKE '+1800%'"))
    assert forth.content == back.content != others.content


def test_an_answer_is_as_old_as_its_day(tmp_path: Path) -> None:
    database = sqlite_site(tmp_path, ("phone",), ROWS)
    reference = asked(max_age=timedelta(days=31), as_of=NOON)
    people, _ = left(database, reference, databases=database.databases)
    assert people is not None
    assert people.suppression is not None
    (read,) = people.suppression.lists
    assert (read.dated, read.reference) == (NOON, replace(reference))


@pytest.mark.parametrize("kind", [*SITES], ids=str)
def test_people_in_every_database_are_without_those_of_a_list(kind: ConnectionKind, tmp_path: Path) -> None:
    numbers = [f"+1415555{number:04}" for number in range(100, 110)]
    database = SITES[kind](tmp_path, ("phone_number",), [(number,) for number in numbers])
    write(tmp_path, "+14155550103\n+14155550107\n+18005550100\n", "dnc.txt")
    write(tmp_path, "\n".join(["phone_number", *numbers]), "leads.csv")
    of_database, problems = database.ask("SELECT phone_number FROM people", suppress=(named("dnc.txt"),))
    of_file, _ = load_leads([declared(file="leads.csv", suppress=(named("dnc.txt"),))], str(tmp_path))
    assert of_database is not None, problems
    same = of_file["fall-renewals"]
    assert (of_database.fingerprint, of_database.suppressed) == (same.fingerprint, 2)
    assert sorted(lead.phone_number for lead in of_database) == [lead.phone_number for lead in same]

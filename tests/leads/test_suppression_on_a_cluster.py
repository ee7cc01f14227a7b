"""Do-not-call lists and a real Spark cluster: whom it leaves out is whom the exact way leaves out."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from teli_iac.errors import InvalidManifests
from teli_iac.identity import fingerprint_people
from teli_iac.leads import Databases, Lists, Surroundings, load_leads, still_callable
from teli_iac.leads.queries.protocol import PeopleThere
from teli_iac.leads.suppression.listed import Listed
from teli_iac.leads.suppression.there import place_of
from teli_iac.model import Connection, ConnectionKind, Leads, Query
from teli_iac.people import Picked
from teli_iac.splitting import split
from tests.effort import examples
from tests.leads import spark_server
from tests.leads.connections import HOUR, PHONE, QUERY_MARK
from tests.leads.reading import declared, write
from tests.leads.test_every_way import TYPED
from tests.leads.test_suppression import named
from tests.leads.test_suppression_by_query import asked

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
PEOPLE = [(f"+14155550{number}", f"No. {number}") for number in range(100, 120)]
SPELLED = st.integers(100, 125).flatmap(
    lambda number: st.sampled_from(
        [f"+14155550{number}", f"(415) 555-0{number}", f"1 415 555 0{number}", f"\u00a0415.555.0{number} "]
    )
)
READABLE = SPELLED | st.sampled_from(["+18005550100", "+442079460958", "+12125551212", "+15005550100"])


@dataclass(frozen=True)
class Places:
    """The same people and the same list here, in SQLite, and on the cluster."""

    folder: Path
    databases: Databases
    schema: str

    def people(self, connection: str) -> Query:
        table = self._table(connection, "people")
        return Query(f"SELECT phone_number, first_name FROM {table}", connection, QUERY_MARK)  # noqa: S608  ours

    def listing(self, connection: str, **options: Any) -> Any:
        query = f"SELECT phone FROM {self._table(connection, 'dnc')} ORDER BY place"  # noqa: S608  ours
        return asked(query, connection=connection, **options)

    def list_anew(self, *numbers: str) -> None:
        """On the cluster."""
        rows = [(number, f"{place:04}") for place, number in enumerate(numbers)]
        spark_server.run(f"CREATE OR REPLACE VIEW {self.schema}.dnc AS {_values('phone, place', rows)}")

    def load(self, people: str, *lists: Any) -> tuple[Leads | None, list[str]]:
        where = {"file": "leads.csv"} if people == "file" else {"query": self.people(people)}
        reference = declared(suppress=lists, **where)
        leads, problems = load_leads([reference], str(self.folder), databases=self.databases)
        return leads.get("fall-renewals"), [*map(str, problems)]

    def left(self, people: str, *lists: Any) -> Leads:
        leads, problems = self.load(people, *lists)
        assert leads is not None, problems
        return leads

    def outcome(self, people: str, *lists: Any) -> object:
        """All that is told, and all that is made of whoever is left."""
        leads, problems = self.load(people, *lists)
        return problems if leads is None else told(leads)

    def _table(self, connection: str, table: str) -> str:
        return f"{self.schema}.{table}" if connection == "cluster" else table


def told(leads: Leads) -> object:
    assert leads.suppression is not None
    assert leads.fingerprint == fingerprint_people(leads.rows)
    people = sorted((lead.phone_number, lead.fields) for lead in leads)
    return leads.fingerprint, leads.declared, leads.suppressed, [*leads.suppression.numbers], people


def places(numbers: Sequence[str | None]) -> Places:
    """With a list of these numbers."""
    folder = Path(tempfile.mkdtemp())
    listed = [(number, f"{place:04}") for place, number in enumerate(numbers)]
    with closing(sqlite3.connect(folder / "crm.db")) as database:
        database.execute("CREATE TABLE people (phone_number, first_name)")
        database.execute("CREATE TABLE dnc (phone, place)")
        database.executemany("INSERT INTO people VALUES (?, ?)", PEOPLE)
        database.executemany("INSERT INTO dnc VALUES (?, ?)", listed)
        database.commit()
    schema = spark_server.schema_of(folder)
    spark_server.run(f"CREATE SCHEMA {schema}")
    spark_server.run(f"CREATE VIEW {schema}.people AS {_values('phone_number, first_name', PEOPLE)}")
    spark_server.run(f"CREATE VIEW {schema}.dnc AS {_values('phone, place', listed)}")
    rows = "".join(f"{number},{name}\n" for number, name in PEOPLE)
    write(folder, f"phone_number,first_name\n{rows}", "leads.csv")
    connections = {
        "here": Connection("here", ConnectionKind.SQLITE, {"file": "crm.db"}, HOUR),
        "cluster": Connection("cluster", ConnectionKind.SPARK, {"remote": spark_server.address()}, HOUR),
    }
    return Places(folder, Databases(connections, Surroundings(str(folder), {})), schema)


def _values(columns: str, rows: Sequence[tuple[str | None, str]]) -> str:
    """As a query."""
    written = ", ".join(f"({_literal(first)}, {_literal(second)})" for first, second in rows)
    return f"SELECT * FROM VALUES {written} AS t({columns})"  # noqa: S608  ours


def _literal(text: str | None) -> str:
    if text is None:
        return "CAST(NULL AS STRING)"
    return f"CAST(X'{text.encode().hex()}' AS STRING)"


@settings(max_examples=examples(1), phases=[Phase.explicit, Phase.generate])
@given(
    st.lists(READABLE, min_size=5, max_size=20),
    st.lists(TYPED | st.none(), max_size=2),
    st.sampled_from(["US", None]),
)
@example(["+14155550101", "(415) 555-0101", "1 415 555 0102", "+442079460958", "+18005550100"], [], "US")
@example(["+14155550101"], [None, "", "+1415555010", "+14155550101\u200b", "4155550102", "x" * 50], None)
def test_a_list_has_the_same_outcome_wherever_it_and_the_people_are(
    readable: list[str], hostile: list[str | None], country: str | None
) -> None:
    world = places([*readable, *hostile, *readable[:3]])
    exactly = world.outcome("here", world.listing("here", default_country=country))
    theirs = world.listing("cluster", default_country=country)
    assert world.outcome("cluster", theirs) == exactly
    assert world.outcome("file", theirs) == exactly
    if isinstance(exactly, list):
        assert exactly
        assert not any(map(PHONE.search, exactly))


@pytest.fixture(scope="module")
def world() -> Places:
    return places(["+18005550100"])


def numbers(leads: Leads) -> list[str]:
    return [lead.phone_number for lead in leads]


def without(*listed: int) -> list[str]:
    return [f"+14155550{number}" for number in range(100, 120) if number not in listed]


def fresh_lists(world: Places) -> Lists:
    return Lists(str(world.folder), databases=world.databases)


def test_neither_people_nor_a_list_beside_them_leave_the_cluster(world: Places) -> None:
    world.list_anew("+14155550101", "+1 415 555 0102", "+18005550100")
    write(world.folder, "+14155550103\n", "dnc.txt")
    lists = world.listing("cluster"), named("dnc.txt"), world.listing("here")
    leads = world.left("cluster", *lists)
    assert isinstance(leads.rows, PeopleThere)
    assert leads.suppressed == 3
    read = fresh_lists(world).read(world.listing("cluster"), NOON, place_of(leads.rows))
    assert len(read.numbers) == 3
    assert not isinstance(read.numbers, Listed)
    world.list_anew("+18005550100", "+1 415-555-0102", "+14155550101", "+14155550102")
    again = fresh_lists(world).read(world.listing("cluster"), NOON, place_of(leads.rows))
    assert again.content == read.content, "the same numbers in another order, one of them twice"
    assert numbers(leads) == without(101, 102, 103)


def test_whoever_is_listed_since_is_left_out_and_nobody_comes_back(world: Places) -> None:
    world.list_anew("+14155550101")
    leads = world.left("cluster", world.listing("cluster"))
    world.list_anew("+14155550102")
    free = still_callable(leads, fresh_lists(world), NOON)
    assert numbers(free) == without(101, 102)
    assert free.fingerprint == fingerprint_people(free.rows)
    assert free.suppression is not None
    assert [*free.suppression.numbers] == [14155550101, 14155550102]
    assert free.declared == leads.declared
    world.list_anew("+14155550101", "+1415555010")
    with pytest.raises(InvalidManifests) as invalid:
        still_callable(leads, fresh_lists(world), NOON)
    (problem,) = map(str, invalid.value.problems)
    assert problem.startswith("teli.yaml:9:14: TELI-E120 Row 2 of the answer: +1…10 cannot be read as one")


def test_whoever_is_listed_since_is_left_out_of_the_part_they_are_in(world: Places) -> None:
    world.list_anew("+18005550100")
    write(world.folder, "+14155550103\n", "dnc.txt")
    leads = world.left("cluster", world.listing("cluster"))
    world.list_anew("+14155550101", "+14155550102", "+14155550103")
    lists = fresh_lists(world)
    free = [still_callable(part, lists, NOON) for part in split(leads, 7)]
    assert all(isinstance(part.rows, Picked) for part in free)
    assert sorted(number for part in free for number in numbers(part)) == without(101, 102, 103)
    assert [part.fingerprint for part in free] == [fingerprint_people(part.rows) for part in free]
    assert sum(len(part) for part in free) == 17


def test_a_cluster_that_is_gone_afterwards_calls_nobody(world: Places) -> None:
    world.list_anew("+14155550101")
    write(world.folder, "+18005550100\n", "dnc.txt")
    leads = world.left("cluster", named("dnc.txt"))
    write(world.folder, "+14155550102\n", "dnc.txt")
    leads.rows.cluster.session.stop()  # type: ignore[attr-defined]  # people of the cluster
    with pytest.raises(InvalidManifests) as invalid:
        still_callable(leads, fresh_lists(world), NOON)
    assert str(invalid.value.problems[0]).startswith("campaign.yaml:7:14: TELI-E11")


@pytest.mark.parametrize(
    ("query", "options", "told"),
    [
        ("SELECT '1' AS phone WHERE false", {}, "TELI-E122 The list has no number"),
        ("SELECT 14155550101 AS phone", {}, "TELI-E120 Row 1 of the answer: "),
        ("SELECT named_struct('a', 1.5D) AS phone", {}, "TELI-E120 Row 1 of the answer: "),
        ("SELECT '+14155550101' AS number", {}, "TELI-E074"),
        ("SELECT '1' AS phone, '2' AS phone", {}, "TELI-E119"),
        ("SELECT DATE '2026-12-01' AS phone", {}, "TELI-E079"),
        ("SELECT CAST(X'41FF' AS STRING) AS phone", {}, "TELI-E068 Row 1 of the answer: "),
        ("SELECT '+14155550101' AS phone FROM nowhere", {}, "TELI-E117 cluster refuses the query"),
        ("DROP TABLE nowhere", {}, "TELI-E117 cluster refuses the query"),
        ("SELECT '1' AS phone", {"default_country": "UK"}, "TELI-E097"),
    ],
)
def test_what_is_no_list_is_an_error(query: str, options: dict[str, str], told: str, world: Places) -> None:
    leads, problems = world.load("file", asked(query, connection="cluster", **options))
    assert leads is None
    assert [each for each in problems if each.startswith("teli.yaml:9:14: ") and told in each], problems
    assert not any(map(PHONE.search, problems))


def test_of_a_list_of_faults_the_first_are_told_and_the_others_counted(world: Places) -> None:
    query = "SELECT concat('nobody ', id) AS phone FROM range(20000)"
    _, problems = world.load("file", asked(query, connection="cluster"))
    assert len(problems) == 11
    assert "at least 990 more problems" in problems[-1]


def test_a_list_that_may_be_empty_leaves_nobody_out(world: Places) -> None:
    empty = asked("SELECT '1' AS phone WHERE false", connection="cluster", may_be_empty=True)
    for people in ("file", "cluster"):
        assert numbers(world.left(people, empty)) == without()

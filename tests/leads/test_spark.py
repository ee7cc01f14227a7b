"""People on a real Spark cluster: whatever stands there, it is the verdict of the exact way."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from teli_iac.errors import LeadsChanged
from teli_iac.identity import fingerprint_people
from teli_iac.leads.characters import forbidden_in_value
from teli_iac.model import Connection, ConnectionKind, Fingerprint, Leads, LedgerKey
from teli_iac.people import in_pieces, key_all
from tests.effort import examples
from tests.leads import spark_server
from tests.leads.connections import HOUR, PHONE, Rows, Site, postgresql_site, spark_site, sqlite_site
from tests.leads.test_every_way import COUNTRIES, TYPED

COLUMNS = ("phone_number", "first_name", "plan")
PEOPLE = "SELECT phone_number, first_name, plan FROM people"
KEY = LedgerKey(b"a key for tests, 32 bytes long..")
CLEAN = st.text(st.sampled_from('aé",;| \\😀\u00a0'), max_size=4) | st.none()
LISTS = st.lists(st.tuples(st.one_of(TYPED, st.none()), CLEAN, CLEAN), min_size=30, max_size=40)
ADA = ("+14155550101", "Ada", "gold")
BEN = ("+14155550102", "Ben", "")
LONG = st.text("+1 (.-)5x\u00a0é\u0663", max_size=45)


def told(leads: Leads) -> object:
    """All that anybody is told of a list, and all that is made of its people."""
    return (
        leads.fingerprint,
        leads.refused,
        [(lead.phone_number, lead.fields) for lead in leads],
        key_all(KEY, leads.rows).records,
        b",".join(piece.objects() for piece in in_pieces(leads.rows)),
    )


def in_rows(rows: Rows) -> Rows:
    """With a column of their place, by which the answer is in the same order everywhere."""
    return [(*row, f"{place:04}") for place, row in enumerate(rows)]


def verdict(site: Site, **options: Any) -> object:
    leads, problems = site.ask(f"{PEOPLE} ORDER BY place", variables=("plan",), **options)
    assert leads is not None, problems
    return told(leads)


def sites(rows: Rows) -> tuple[Site, Site, Site]:
    """The same list here, in PostgreSQL and on the cluster, each in a place of its own."""
    columns = (*COLUMNS, "place")
    here, there, far = (Path(tempfile.mkdtemp()) for _ in range(3))
    return (
        sqlite_site(here, columns, in_rows(rows)),
        postgresql_site(there, columns, in_rows(rows)),
        spark_site(far, columns, in_rows(rows)),
    )


@settings(max_examples=examples(2), phases=[Phase.explicit, Phase.generate])
@given(LISTS, LONG, COUNTRIES)
def test_any_list_gets_the_same_verdict_here_in_postgresql_and_on_a_cluster(
    rows: list[tuple[str | None, str | None, str | None]], typed: str, country: str | None
) -> None:
    hostile = [ADA, *rows, (typed, "Zoë", "😀"), *rows[:20], ("+442079460958", "Al", "x"), ADA]
    here, there, far = sites(hostile)
    exactly = verdict(here, default_country=country)
    assert verdict(there, default_country=country) == exactly
    assert verdict(far, default_country=country) == exactly


def test_every_character_is_judged_on_a_cluster_as_here() -> None:
    spark_server.address()
    from pyspark.sql import functions as sql  # noqa: PLC0415  an extra

    from teli_iac.leads.queries.spark.expressions import is_clean  # noqa: PLC0415  the same

    letter = sql.expr("decode(unhex(lpad(hex(id), 4, '0')), 'UTF-16BE')")
    points = spark_server.session().range(0x10000).where("id NOT BETWEEN 55296 AND 57343")
    clean = points.where(is_clean([sql.lit("a"), letter])).select("id").toArrow()["id"].to_pylist()
    here = (number for number in range(0x10000) if not 0xD800 <= number < 0xE000)
    assert sorted(clean) == [number for number in here if forbidden_in_value(chr(number)) is None]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return spark_site(tmp_path, COLUMNS, [ADA, BEN])


def asked(site: Site, query: str, **options: Any) -> Leads:
    leads, problems = site.ask(query, **options)
    assert leads is not None, problems
    return leads


def select(columns: str, source: str = "people") -> str:
    return f"SELECT {columns} FROM {source}"  # noqa: S608  ours


def many(site: Site, people: int) -> Leads:
    return asked(site, select("concat('+1415', 5550100 + id) AS phone_number", f"range({people})"))


@pytest.mark.parametrize("at_once", [10, 30, 1000])
def test_people_come_in_the_order_of_their_numbers_however_many_at_once(site: Site, at_once: int) -> None:
    leads = many(site, 100)
    far = replace(leads.rows, at_once=at_once)  # type: ignore[type-var]  # a dataclass of the cluster's
    numbers = [number for piece in in_pieces(far) for number in piece.numbers()]
    assert numbers == [f"+1415{number}" for number in range(5550100, 5550200)]
    assert len(far) == leads.fingerprint.count == 100


def test_people_who_are_no_longer_those_that_were_judged_are_refused(site: Site) -> None:
    leads = asked(site, PEOPLE)
    other = replace(leads.rows, fingerprint=Fingerprint(2, 1))  # type: ignore[type-var]  # the same
    with pytest.raises(LeadsChanged):
        list(other)


def test_people_who_were_judged_stay_while_the_command_runs_whatever_becomes_of_the_table(site: Site) -> None:
    leads = asked(site, PEOPLE)
    site.execute("DELETE FROM people WHERE first_name = 'Ada'")
    assert [lead.phone_number for lead in leads] == ["+14155550101", "+14155550102"]


def test_a_session_that_is_gone_is_told_as_people_who_can_no_longer_be_read(site: Site) -> None:
    leads = asked(site, PEOPLE)
    leads.rows.cluster.session.stop()  # type: ignore[attr-defined]  # the same
    with pytest.raises(LeadsChanged):
        list(leads)


@pytest.mark.parametrize(
    "value", ["DATE '2026-12-01'", "1.50", "map('a', 'b')", "X'00'", "array(DATE '2026-12-01')"]
)
def test_a_type_that_json_lacks_is_refused(site: Site, value: str) -> None:
    (problem,) = site.told(select(f"phone_number, {value} AS plan"), variables=("plan",))
    assert problem == 'campaign.yaml:7:14: TELI-E079 The column "plan" has a type that JSON lacks'


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        ("CAST(7 AS TINYINT)", 7),
        ("9007199254740993", 9007199254740993),
        ("0", 0),
        ("false", False),
        ("1e20D", 1e20),
        ("array('a', NULL)", ["a", None]),
        ("named_struct('b', 1, 'a', array(true))", {"b": 1, "a": [True]}),
        ("NULL", None),
    ],
)
def test_a_value_of_json_keeps_its_type(site: Site, value: str, sent: object) -> None:
    leads = asked(site, select(f"phone_number, {value} AS plan", "people LIMIT 1"), variables=("plan",))
    (lead,) = leads
    assert lead.fields == (() if sent is None else (("plan", sent),))
    assert leads.fingerprint == fingerprint_people([lead])


@pytest.mark.parametrize("value", ["CAST(unhex('41FF') AS STRING)", "concat('A', CAST(X'ED' AS STRING))"])
def test_bytes_that_are_no_text_are_refused(site: Site, value: str) -> None:
    (problem,) = site.told(select(f"phone_number, {value} AS first_name"))
    assert problem.endswith(
        'Row 1 of the answer: The column "first_name" holds bytes here that are not UTF-8'
    )


def test_texts_that_a_collation_takes_for_equal_are_not_the_same(site: Site) -> None:
    loose = "phone_number, upper(first_name) COLLATE UTF8_LCASE AS first_name"
    leads = asked(site, select(loose))
    assert [dict(lead.fields)["first_name"] for lead in leads] == ["ADA", "BEN"]


def test_nothing_that_the_cluster_says_of_a_value_is_repeated(
    site: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    (problem,) = site.told("SELECT CAST(first_name AS INT) AS first_name, phone_number FROM people")
    assert problem == "campaign.yaml:7:14: TELI-E117 crm refuses the query: CAST_INVALID_INPUT"
    assert "Ada" not in "".join(capfd.readouterr())


def test_a_query_that_takes_too_long_is_stopped(site: Site) -> None:
    hurried = replace(site.connection, timeout=timedelta(seconds=1))
    endless = "SELECT concat('+1415555', sum(id)) AS phone_number FROM range(1000000000000) GROUP BY id % 7"
    (problem,) = replace(site, connection=hurried).told(endless)
    assert (
        problem
        == "campaign.yaml:7:14: TELI-E118 crm has not answered within 1 s, the timeout of the connection"
    )


@pytest.mark.parametrize(
    ("remote", "told"),
    [
        ("sc://127.0.0.1:1", "nobody answers at its address"),
        ("sc://127.0.0.1:15002/;session_id=1", "its address has a word that may not stand in a manifest"),
        ("sc://127.0.0.1:15002/;token=x", "its address has a word that may not stand in a manifest"),
        ("sc:///", "its address cannot be read"),
        ("http://127.0.0.1", "its address cannot be read"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(remote: str, told: str, tmp_path: Path) -> None:
    spark_server.address()
    connection = Connection("crm", ConnectionKind.SPARK, {"remote": remote}, HOUR)
    (problem,) = Site(connection, {}, tmp_path, print).told(PEOPLE)
    assert problem == f"campaign.yaml:7:14: TELI-E116 The connection crm cannot be used: {told}"


def test_of_a_list_without_people_the_kinds_are_counted(site: Site) -> None:
    query = "SELECT concat('nobody ', id) AS phone_number FROM range(20000)"
    *rows, last = site.told(query)
    assert len(rows) == 10
    assert "Of 20,000 rows 0 can be called, and no more are read: 20,000 x TELI-E085" in last
    assert not any(map(PHONE.search, rows))

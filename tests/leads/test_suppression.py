"""Do-not-call lists: what is read as a number, what is refused, and that every way leaves out the same."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.people import phone_numbers
from teli_iac.identity import fingerprint_people
from teli_iac.leads import Lists, load_leads
from teli_iac.leads.numbers import listed_number_reader, number_reader, read_listed_exactly
from teli_iac.leads.refusals import RowFault
from teli_iac.leads.suppression.listed import Listed, NotListed, listed
from teli_iac.leads.ways import Ways
from teli_iac.model import Lead, Mark, SuppressionReference
from teli_iac.people import RowsPiece
from tests.leads.reading import declared, write
from tests.leads.test_numbers import NORTH_AMERICAN
from tests.leads.ways import FAR, IN_MEMORY, by_engine

HERE = Mark("teli.yaml", 9, 7)
NUMBERS = st.integers(0, 99).map(lambda number: f"+141555501{number:02d}")
TYPED = st.text("+1459 02().-x\u00a0e,#", max_size=16) | NORTH_AMERICAN | NUMBERS


def named(file: str, **options: Any) -> SuppressionReference:
    nothing: dict[str, Any] = {
        "column": "phone_number",
        "default_country": None,
        "delimiter": None,
        "encoding": None,
        "max_age": None,
        "as_of": None,
        "may_be_empty": False,
        "mark": HERE,
    }
    return SuppressionReference(file=file, **{**nothing, **options})


def told(folder: Path, content: str | bytes, name: str = "dnc.txt", **options: Any) -> list[str]:
    """What is wrong with a list."""
    write(folder, "phone_number\n+14155550101\n", "leads.csv")
    file = write(folder, content, name)
    _, problems = load_leads([declared(file="leads.csv", suppress=(named(file, **options),))], str(folder))
    return [*map(str, problems)]


def left(folder: Path, ways: Ways, leads: str, *lists: SuppressionReference) -> tuple[Any, ...]:
    """Who is left of a list of people, and all that is told."""
    found, problems = load_leads([declared(file=leads, suppress=lists)], str(folder), ways)
    people = found.get("fall-renewals")
    if people is None:
        return tuple(map(str, problems))
    leads_left = tuple((lead.phone_number, lead.fields) for lead in people)
    assert people.fingerprint == fingerprint_people(people.rows)
    assert people.declared.count == len(people) + people.suppressed
    return leads_left, people.fingerprint, people.suppressed, people.declared, [*map(str, problems)]


def as_text(numbers: list[str]) -> bytes:
    return "".join(f"{number}\n" for number in numbers).encode()


def as_csv(numbers: list[str]) -> bytes:
    return b"phone_number\n" + as_text(numbers)


def as_json(numbers: list[str]) -> bytes:
    return "".join(json.dumps({"phone_number": number}) + "\n" for number in numbers).encode()


def as_parquet(numbers: list[str]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.parquet"
        pl.DataFrame({"phone_number": numbers}).write_parquet(file)
        return file.read_bytes()


WRITTEN: dict[str, Callable[[list[str]], bytes]] = {
    "dnc.txt": as_text,
    "dnc.csv": as_csv,
    "dnc.jsonl": as_json,
    "dnc.parquet": as_parquet,
    "dnc.txt.gz": lambda numbers: gzip.compress(as_text(numbers)),
}


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("ways", [IN_MEMORY, by_engine(40)])
def test_whoever_stands_in_a_list_of_any_format_is_left_out(tmp_path: Path, name: str, ways: Ways) -> None:
    write(tmp_path, "phone_number,first_name\n+14155550101,Ada\n+14155550102,Bob\n", "leads.csv")
    write(tmp_path, WRITTEN[name](["+14155550102", "+14155550102", "+18005550100"]), name)
    who, _, suppressed, _, problems = left(tmp_path, ways, "leads.csv", named(name))
    assert (who, suppressed, problems) == ((("+14155550101", (("first_name", "Ada"),)),), 1, [])


@given(
    st.lists(NUMBERS, min_size=1, unique=True),
    st.lists(NUMBERS | st.just("+442079460958"), min_size=1),
    st.lists(NUMBERS, min_size=1),
    st.sampled_from(sorted(WRITTEN)),
    st.sampled_from([1, 40, 100_000]),
)
def test_every_way_leaves_out_the_same_people(
    leads: list[str], first: list[str], second: list[str], name: str, piece_bytes: int
) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write(folder, as_csv(leads), "leads.csv")
        write(folder, WRITTEN[name](first), name)
        write(folder, as_text(second), "more.txt")
        lists = named(name), named("more.txt")
        exactly = left(folder, IN_MEMORY, "leads.csv", *lists)
        assert [number for number, _ in exactly[0]] == [n for n in leads if n not in {*first, *second}]
        assert name == "dnc.parquet" or left(folder, FAR, "leads.csv", *lists) == exactly
        assert left(folder, by_engine(piece_bytes), "leads.csv", *lists) == exactly


@pytest.mark.parametrize("listed", [slice(0, 15_000), slice(15_000, 30_000), slice(0, 30_000, 2)])
def test_half_of_a_piece_that_the_engine_holds_in_chunks_is_left_out(tmp_path: Path, listed: slice) -> None:
    leads = [*islice(phone_numbers(), 30_000)]
    write(tmp_path, as_csv(leads), "leads.csv")
    write(tmp_path, as_text(leads[listed]), "dnc.txt")
    exactly = left(tmp_path, IN_MEMORY, "leads.csv", named("dnc.txt"))
    assert exactly[2] == 15_000
    assert left(tmp_path, by_engine(2**21), "leads.csv", named("dnc.txt")) == exactly


@given(TYPED, st.sampled_from([None, "US", "GB"]))
@example("+11155550101", None)
@example("1 415 555 0101", "US")
@example("911", "US")
def test_a_listed_number_is_read_as_the_same_person_would_be(typed: str, country: str | None) -> None:
    """A shape that is taken at once has libphonenumber's verdict, and a callable number is the same one."""
    assert listed_number_reader(country)(typed) == read_listed_exactly(typed, country)
    called = number_reader(country, allow_test_numbers=True)(typed)
    if not isinstance(called, RowFault):
        assert listed_number_reader(country)(typed) == called


@given(st.lists(st.lists(TYPED, max_size=4), min_size=1, max_size=3), st.sampled_from(["dnc.txt", "dnc.csv"]))
def test_any_list_gets_the_same_verdict_in_every_way(rows: list[list[str]], name: str) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write(folder, as_csv(["+14155550101", "+14155550102"]), "leads.csv")
        write(folder, WRITTEN[name]([cell for row in rows for cell in row]), name)
        reference = named(name, default_country="US")
        exactly = left(folder, IN_MEMORY, "leads.csv", reference)
        assert left(folder, by_engine(40), "leads.csv", reference) == exactly


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("+1415555010\n", "dnc.txt:1:1: TELI-E120 +1…10 cannot be read as one phone number"),
        ("4155550101\n", "dnc.txt:1:1: TELI-E120 …01 has no `+` and the manifest no default_country"),
        ("\n# remark\n+14155550101 x5\n", "dnc.txt:3:1: TELI-E120 +1…15 has an extension"),
        ("1.41556E+10\n", "dnc.txt:1:1: TELI-E120"),
        ("no number\n", "dnc.txt:1:1: TELI-E120"),
        ("", "teli.yaml:9:7: TELI-E122 The list has no number"),
        ("# nobody\n", "teli.yaml:9:7: TELI-E122 The list has no number"),
    ],
)
def test_a_row_that_could_be_anybodys_is_an_error(tmp_path: Path, content: str, complaint: str) -> None:
    (problem,) = told(tmp_path, content)
    assert complaint in problem
    assert "415555" not in problem


def test_a_list_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "phone_number\n+14155550101\n", "leads.csv")
    reference = declared(file="leads.csv", suppress=(named("dnc.csv"),))
    leads, problems = load_leads([reference], str(tmp_path))
    assert not leads
    assert [*map(str, problems)] == ["teli.yaml:9:7: TELI-E060 There is no such do-not-call list"]


@pytest.mark.parametrize("file", ["/etc/passwd.csv", "../dnc.csv"])
def test_a_list_lies_below_the_project_folder(tmp_path: Path, file: str) -> None:
    write(tmp_path, "phone_number\n+14155550101\n", "leads.csv")
    _, (problem,) = load_leads([declared(file="leads.csv", suppress=(named(file),))], str(tmp_path))
    assert problem.code == "TELI-E061"


@pytest.mark.parametrize("content", ["", "# nobody yet\n"])
def test_a_list_that_may_be_empty_leaves_nobody_out(tmp_path: Path, content: str) -> None:
    assert told(tmp_path, content, may_be_empty=True) == []


def test_numbers_nobody_can_be_called_at_are_no_error(tmp_path: Path) -> None:
    never = "+18005550100\n+14152345678\n+19005550100\n+12125551212\n+15005550100\n+10115550100\n"
    assert told(tmp_path, never.replace("+10115550100\n", "")) == []


def test_a_registrys_download_with_a_comma_behind_the_area_is_read(tmp_path: Path) -> None:
    write(tmp_path, "phone_number\n+14155550101\n+14155550102\n", "leads.csv")
    write(tmp_path, "415,5550102\n", "dnc.txt")
    who, *_ = left(tmp_path, IN_MEMORY, "leads.csv", named("dnc.txt", default_country="US"))
    assert [number for number, _ in who] == ["+14155550101"]


def test_a_plain_list_holds_nobody_who_could_be_called(tmp_path: Path) -> None:
    write(tmp_path, "+14155550101\n", "leads.txt")
    _, (problem,) = load_leads([declared(file="leads.txt")], str(tmp_path))
    assert problem.code == "TELI-E064"


@pytest.mark.parametrize(
    ("file", "step"),
    [
        ("dnc", "A do-not-call list may be .txt, .csv or .jsonl, each also as .gz or .zst, or .parquet."),
        ("dnc.doc", "A do-not-call list may be .txt, .csv or .jsonl, each also as .gz or .zst, or .parquet."),
        ("dnc.text", 'Did you mean ".txt"?'),
        ("dnc.xlsx", 'Save it as CSV and name it ".csv".'),
    ],
)
def test_a_list_of_no_known_format_is_told_all_that_lists_may_be(
    file: str, step: str, tmp_path: Path
) -> None:
    write(tmp_path, "phone_number\n+14155550101\n", "leads.csv")
    _, (problem,) = load_leads([declared(file="leads.csv", suppress=(named(file),))], str(tmp_path))
    assert (problem.code, problem.next_step) == ("TELI-E064", step)
    assert problem.message == "The name of the do-not-call list ends with no format that is read"


def test_campaigns_that_share_leads_keep_their_own_lists(tmp_path: Path) -> None:
    write(tmp_path, "phone_number\n+14155550101\n+14155550102\n", "leads.csv")
    write(tmp_path, "+14155550101\n", "one.txt")
    leads, _ = load_leads(
        [
            declared(campaign="with", file="leads.csv", suppress=(named("one.txt"),)),
            declared(campaign="without", file="leads.csv"),
        ],
        str(tmp_path),
    )
    assert (len(leads["with"]), len(leads["without"])) == (1, 2)


def test_a_list_is_read_as_numbers_again_only_when_its_bytes_differ(tmp_path: Path) -> None:
    lists, reference = Lists(str(tmp_path)), named(write(tmp_path, "+14155550101\n", "dnc.txt"))
    first = lists.read(reference, datetime.now(UTC))
    write(tmp_path, "+14155550101\n", "dnc.txt")
    assert lists.read(reference, datetime.now(UTC)).numbers is first.numbers
    write(tmp_path, "+14155550102\n", "dnc.txt")
    assert lists.read(reference, datetime.now(UTC)).numbers is not first.numbers


def test_a_write_within_a_tick_of_the_clock_is_seen(tmp_path: Path) -> None:
    """The same size and, as far as the file system can tell, the same time."""
    lists, reference = Lists(str(tmp_path)), named(write(tmp_path, "+14155550101\n", "dnc.txt"))
    lists.read(reference, datetime.now(UTC))
    write(tmp_path, "+14155550102\n", "dnc.txt")
    people = RowsPiece((Lead("+14155550102", (), 1),))
    numbers = lists.read(reference, datetime.now(UTC)).numbers
    assert isinstance(numbers, Listed)
    assert [*numbers.holds(people)] == [True]


def test_lists_show_nobody() -> None:
    numbers = listed([14155550101])
    assert repr(numbers) == "Listed(1 numbers)"
    assert "415555" not in repr(NotListed((numbers,)))

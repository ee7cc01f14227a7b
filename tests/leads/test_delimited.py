"""Delimited text: a fixed dialect, every cell as it stands there, and what is wrong at its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from teli_iac.leads.declaration import DELIMITERS
from teli_iac.leads.encodings import ENCODINGS
from tests.leads.reading import people, sent, told

ADA = {"phone_number": "+14155550101", "first_name": "Ada"}
GRACE = {"phone_number": "+14155550102", "first_name": "Grace"}
SCHEMA = Path(__file__).parent.parent.parent / "schemas" / "campaign.json"


@pytest.mark.parametrize(
    "content",
    [
        "phone_number,first_name\n+14155550101,Ada\n+14155550102,Grace\n",
        "phone_number,first_name\r\n+14155550101,Ada\r\n+14155550102,Grace\r\n",
        "phone_number,first_name\n+14155550101,Ada\n+14155550102,Grace",
        "phone_number,first_name\n+14155550101,Ada\r\n+14155550102,Grace\r\n\n \n\r\n",
        '"phone_number","first_name"\n"+14155550101","Ada"\n+14155550102,"Grace"\n',
        "\ufefffirst_name,phone_number\nAda,+14155550101\nGrace,+14155550102\n",
    ],
)
def test_the_same_people_are_read_however_the_file_is_written(tmp_path: Path, content: str) -> None:
    assert sent(people(tmp_path, content)) == [ADA, GRACE]


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_a_declared_delimiter_separates_and_the_others_are_text(tmp_path: Path, delimiter: str) -> None:
    other = "|" if delimiter != "|" else ";"
    content = f"phone_number{delimiter}first_name\n+14155550101{delimiter}A{other}da\n"
    found = people(tmp_path, content, delimiter=delimiter)
    assert sent(found) == [{**ADA, "first_name": f"A{other}da"}]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_declared_encoding_is_how_the_file_is_read(tmp_path: Path, encoding: str) -> None:
    content = "phone_number,first_name\n+14155550101,Zoë\n".encode(encoding)
    found = people(tmp_path, content, encoding=encoding)
    assert sent(found) == [{**ADA, "first_name": "Zoë"}]


def test_what_may_be_declared_is_what_the_schema_says() -> None:
    options = json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"]["spec"]["properties"]["leads"]
    assert tuple(options["else"]["else"]["properties"]["delimiter"]["enum"]) == DELIMITERS
    assert tuple(options["else"]["else"]["properties"]["encoding"]["enum"]) == ENCODINGS


def test_quotes_hold_delimiters_and_quotes(tmp_path: Path) -> None:
    content = 'phone_number,first_name\n+14155550101,"Ada ""Countess"", Lady"\n'
    assert sent(people(tmp_path, content))[0]["first_name"] == 'Ada "Countess", Lady'


def test_line_breaks_and_tabs_may_stand_in_columns_that_stay_here(tmp_path: Path) -> None:
    content = 'notes,phone_number\n"called\ntwice\t!",+14155550101\n,+1415\n'
    assert told(tmp_path, content) == [
        "leads.csv:4:2: TELI-E087 … is no number that the numbering plan of its country assigns"
    ]


def test_an_empty_cell_is_not_sent_and_a_space_is(tmp_path: Path) -> None:
    content = 'phone_number,first_name,last_name,email\n+14155550101,," ",""\n'
    assert sent(people(tmp_path, content)) == [{"phone_number": "+14155550101", "last_name": " "}]


def test_a_misquoted_header_is_told_and_no_row_is_taken_for_it(tmp_path: Path) -> None:
    content = 'phone_number,first"_name\n+14155550101,Ada\n+14155550102,Grace,\n'
    assert told(tmp_path, content) == [
        "leads.csv:1:19: TELI-E071 There is a quote inside a cell that does not begin with one"
    ]


def test_an_open_quote_is_told_where_its_cell_begins(tmp_path: Path) -> None:
    content = 'phone_number,first_name\n+14155550101,"Ada ""Countess"" of ""Lovelace\n+14155550102,Grace\n'
    assert told(tmp_path, content) == [
        "leads.csv:2:14: TELI-E071 A quote opens in this row and is never closed"
    ]


def test_a_number_behind_a_cell_of_two_lines_is_told_where_it_stands(tmp_path: Path) -> None:
    content = 'notes,phone_number\n"one\ntwo",+14155550101\n"one\ntwo",  +14155550101\n'
    assert told(tmp_path, content) == ["leads.csv:5:6: TELI-E095 +1…01 is the number of line 2 again"]


def test_every_problem_of_a_file_is_told_in_the_order_of_its_lines(tmp_path: Path) -> None:
    content = (
        "phone_number,first_name\n+14155550101\n\n+14155550102,Gr\x07ace\n"
        '+14155550103,A"da\n+14155550104,"Ada" \n+14155550105,Ada,\n'
    )
    codes = [each.split()[:2] for each in told(tmp_path, content)]
    assert codes == [
        ["leads.csv:2:1:", "TELI-E072"],
        ["leads.csv:3:1:", "TELI-E076"],
        ["leads.csv:4:16:", "TELI-E069"],
        ["leads.csv:5:15:", "TELI-E071"],
        ["leads.csv:6:19:", "TELI-E071"],
        ["leads.csv:7:18:", "TELI-E072"],
    ]


def test_what_stands_above_a_broken_place_is_told_as_well(tmp_path: Path) -> None:
    content = b"phone_number,first_name\n+14155550101\n+14155550102,Gr\xffce\n+14155550103\n"
    codes = [each.split()[:2] for each in told(tmp_path, content)]
    assert codes == [["leads.csv:2:1:", "TELI-E072"], ["leads.csv:3:16:", "TELI-E068"]]


def test_a_lone_carriage_return_is_told_below_the_problems_above_it(tmp_path: Path) -> None:
    content = "phone_number,first_name\r\n+14155550101\r\n+14155550102,Gr\rce\r\n"
    codes = [each.split()[:2] for each in told(tmp_path, content)]
    assert codes == [["leads.csv:2:1:", "TELI-E072"], ["leads.csv:3:16:", "TELI-E075"]]


def test_a_header_with_many_faults_shows_ten_and_counts_the_others_by_code(tmp_path: Path) -> None:
    content = ",".join(["phone_number", *["twin"] * 8, *[""] * 9]) + "\n"
    found = told(tmp_path, content, variables=("plan",))
    assert len(found) == 11
    assert found[-1].endswith("TELI-E099 And 7 more problems in this file: 6 x TELI-E073, 1 x TELI-E074")

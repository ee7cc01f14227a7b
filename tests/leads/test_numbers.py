"""From what somebody typed to the number that is dialled, or the reason why it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from teli_iac.leads.numbers import number_reader, read_exactly
from teli_iac.leads.refusals import RowFault, masked
from tests.leads.reading import people, sent, told

NEW_YORK = "+1" + "2124567890"
MOBILE_IN_BERLIN = "+49" + "1512" + "3456789"
TYPED = st.text("0123456789+ ().-eE,\u00a0\u2010/x", min_size=1, max_size=20)
NORTH_AMERICAN = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["", "+1", "1", "+1 ", "1-", "(", " ", "-", "."]),
    st.integers(200, 999),
    st.sampled_from(["", " ", "-", ".", ") ", "..", "- "]),
    st.sampled_from(["", "2", "91", "411", "555", "976", "456"]),
    st.text("0123456789-. ", max_size=9),
)


def read(text: str, country: str | None = None, *, fiction: bool = False) -> str | RowFault:
    return number_reader(country, allow_test_numbers=fiction)(text)


@pytest.mark.parametrize(
    "typed",
    [
        "212 456 7890",
        "(212) 456-7890",
        "212.456.7890",
        "1-212-456-7890",
        "2124567890",
        " 2124567890 ",
        "\u00a02124567890",
        "+1 (212) 456-7890",
        "212\u2011456\u20117890",
        "(212)\u00a0456\u00a07890",
        "011 1 212 456 7890",
    ],
)
def test_a_north_american_number_is_read_however_people_write_it(typed: str) -> None:
    assert read(typed, "US") == NEW_YORK


@pytest.mark.parametrize(
    ("typed", "country"),
    [("01512 3456789", "DE"), ("0049 1512 3456789", "DE"), ("+49 1512 3456789", None)],
)
def test_a_number_of_another_country_is_read_by_its_own_rules(typed: str, country: str | None) -> None:
    assert read(typed, country) == MOBILE_IN_BERLIN


@pytest.mark.parametrize("typed", ["2124567890", "12124567890", "0012124567890", "(212) 456-7890"])
def test_no_country_is_guessed(typed: str) -> None:
    assert read(typed) is RowFault.NO_COUNTRY


def test_a_number_with_a_plus_ignores_the_default_country() -> None:
    assert read(NEW_YORK, "DE") == NEW_YORK


@pytest.mark.parametrize(
    "typed",
    [
        "1.41556E+10",
        "1,41556e+10",
        "2.12456789E9",
        "2E9",
        "12124567890.0",
        "2124567890.00",
        "2124567890,0",
        "2124567890.",
        "212456789.0",
        "1212456789.0",
        "21245678.90",
        "2 124 567 89.0",
    ],
)
@pytest.mark.parametrize("country", ["US", "CA", "DE", None])
def test_what_a_spreadsheet_made_of_a_number_never_becomes_another_persons(
    typed: str, country: str | None
) -> None:
    assert read(typed, country) is RowFault.SPREADSHEET


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", RowFault.NO_NUMBER),
        ("   ", RowFault.NO_NUMBER),
        ("212 456 7890 x12", RowFault.EXTENSION),
        ("212 456 7890 ext. 12", RowFault.EXTENSION),
        ("212 456 7890;12", RowFault.NOT_A_NUMBER),
        ("212 456 7890,,12", RowFault.NOT_A_NUMBER),
        ("212-GRACE-10", RowFault.LETTERS),
        ("tel:2124567890", RowFault.LETTERS),
        ("n/a", RowFault.LETTERS),
        ("#REF!", RowFault.LETTERS),
        ("########", RowFault.NOT_A_NUMBER),
        ("'2124567890", RowFault.NOT_A_NUMBER),
        ("-2124567890", RowFault.NOT_A_NUMBER),
        (".2124567890", RowFault.NOT_A_NUMBER),
        ("++2124567890", RowFault.NOT_A_NUMBER),
        ("2124567890+", RowFault.NOT_A_NUMBER),
        ("2124567890/2124567891", RowFault.NOT_A_NUMBER),
        ("212456 7890 212456 7891", RowFault.NOT_A_NUMBER),
        ("2" * 41, RowFault.NOT_A_NUMBER),
        ("2" * 65_536, RowFault.NOT_A_NUMBER),
        ("1", RowFault.NOT_A_NUMBER),
        ("456-7890", RowFault.UNASSIGNED),
        ("21245678901", RowFault.UNASSIGNED),
        ("112 456 7890", RowFault.UNASSIGNED),
        ("212 156 7890", RowFault.UNASSIGNED),
        ("212 555 0123", RowFault.FICTION),
        ("212 555 0199", RowFault.FICTION),
        ("911 456 7890", RowFault.SERVICE_CODE),
        ("212 411 7890", RowFault.SERVICE_CODE),
        ("212 911 7890", RowFault.SERVICE_CODE),
        ("212 555 1212", RowFault.DIRECTORY),
        ("800 456 7890", RowFault.TOLL_FREE),
        ("888 456 7890", RowFault.TOLL_FREE),
        ("833 555 0101", RowFault.TOLL_FREE),
        ("900 456 7890", RowFault.PREMIUM),
        ("212 976 7890", RowFault.PREMIUM),
        ("500 456 7890", RowFault.PERSONAL),
        ("533 456 7890", RowFault.PERSONAL),
        ("700 456 7890", RowFault.PERSONAL),
        ("+44 800 123 4567", RowFault.TOLL_FREE),
        ("+44 70 1234 5678", RowFault.PERSONAL),
        ("+44 20 7946 0123", RowFault.FICTION),
        ("+61 491 570 006", RowFault.FICTION),
        ("+870 773 123 456", RowFault.SPECIAL),
        ("+800 1234 5678", RowFault.TOLL_FREE),
        ("+999 1234 5678", RowFault.NOT_A_NUMBER),
    ],
)
def test_what_may_not_be_dialled_is_refused_with_its_reason(typed: str, why: RowFault) -> None:
    assert read(typed, "US") is why


@pytest.mark.parametrize("line", ["0200", "0099", "0000", "9999"])
def test_only_0100_to_0199_of_555_are_fiction(line: str) -> None:
    assert read(f"212 555 {line}", "US") is not RowFault.FICTION


@pytest.mark.parametrize(
    "typed", ["(415) 555-0101", "+1 212 555 0199", "+44 20 7946 0123", "+61 491 570 006"]
)
def test_fiction_passes_where_the_project_allows_test_numbers(typed: str) -> None:
    assert str(read(typed, "US", fiction=True)).startswith("+")
    assert read(typed, "US") is RowFault.FICTION


@pytest.mark.parametrize(
    "typed", ["800 555 0101", "900 555 0101", "911 555 0101", "500 555 0101", "212 555 1212"]
)
def test_allowing_test_numbers_allows_nothing_else(typed: str) -> None:
    assert isinstance(read(typed, "US", fiction=True), RowFault)


@example("212456789.0", "US")
@example(".2124567890", "US")
@given(TYPED | NORTH_AMERICAN, st.sampled_from([None, "US", "CA", "GB", "DE", "JM"]))
def test_the_fast_way_and_the_exact_way_come_to_the_same_verdict(typed: str, country: str | None) -> None:
    for fiction in (True, False):
        exact = read_exactly(typed, country, allow_test_numbers=fiction)
        assert read(typed, country, fiction=fiction) == exact


@given(st.text(max_size=60), st.sampled_from([None, "US", "DE"]))
def test_any_text_is_a_number_in_e164_or_a_refusal(typed: str, country: str | None) -> None:
    found = read(typed, country)
    assert isinstance(found, RowFault) or (found[0] == "+" and found[1:].isascii() and found[1:].isdecimal())


@given(st.integers(200, 999), st.integers(200, 999), st.integers(0, 9999))
def test_what_is_dialled_is_read_as_itself_again(area: int, exchange: int, line: int) -> None:
    found = read(f"{area}{exchange}{line:04d}", "US")
    assert isinstance(found, RowFault) or read(found) == found


@given(st.text())
def test_a_masked_number_shows_two_digits_at_most_and_a_country_code_of_one(text: str) -> None:
    shown = masked(text).removeprefix("+1").removeprefix("+")
    assert shown[0] == "…"
    assert len(shown) <= 3


def test_a_short_number_is_masked_whole() -> None:
    assert masked("555-01") == "…"
    assert masked("+1 415 555 0101") == "+1…01"


def test_zip_codes_and_dates_stay_the_text_they_are(tmp_path: Path) -> None:
    found = people(
        tmp_path,
        "phone_number,zip,date,yes,float,sci\n+14155550101,00501,2026-11-23,NO,1.0,1E5\n",
        variables=("zip", "date", "yes", "float", "sci"),
    )
    assert sent(found) == [
        {
            "phone_number": "+14155550101",
            "date": "2026-11-23",
            "float": "1.0",
            "sci": "1E5",
            "yes": "NO",
            "zip": "00501",
        }
    ]


def test_a_refused_number_is_told_by_its_place_and_its_last_two_digits(tmp_path: Path) -> None:
    content = "first_name,phone_number\nAda,+14155550101\nGrace,(800) 555-0142\n"
    assert told(tmp_path, content, default_country="US") == [
        "leads.csv:3:7: TELI-E091 …42 is a toll-free number"
    ]

"""Lines of JSON and rows in the manifest: values keep their types, and nothing is read two ways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from teli_iac.identity import fingerprint_people
from teli_iac.model import JsonValue
from tests.leads.reading import inline, load, people, sent, told


def told_inline(folder: Path, *rows: dict[str, Any]) -> list[str]:
    found, problems = load(folder, inline=inline(*rows))
    return [*map(str, problems), *map(str, found.refused.described if found is not None else ())]


def test_values_of_json_keep_their_types_and_empty_ones_are_not_sent(tmp_path: Path) -> None:
    content = (
        '{"phone_number": "+14155550101", "a": 1, "b": 1.0, "c": true, "d": false, "e": [], "f": {"x": null},'
        ' "g": null, "h": "", "i": 0}\n'
    )
    found = people(tmp_path, content, name="leads.jsonl", variables=tuple("abcdefghi"))
    assert repr(sent(found)[0]) == repr(
        {
            "phone_number": "+14155550101",
            "a": 1,
            "b": 1.0,
            "c": True,
            "d": False,
            "e": [],
            "f": {"x": None},
            "i": 0,
        }
    )


def test_a_variable_may_be_missing_in_some_lines_but_not_in_all(tmp_path: Path) -> None:
    content = '{"phone_number": "+14155550101"}\n{"phone_number": "+14155550102", "plan": "gold"}\n'
    found = people(tmp_path, content, name="leads.jsonl", variables=("plan",))
    assert [len(row) for row in sent(found)] == [1, 2]
    assert told(tmp_path, content, name="leads.jsonl", variables=("rebate",)) == [
        'leads.jsonl:1:1: TELI-E074 There is no column "rebate"'
    ]


def test_a_refused_number_in_json_is_told_where_it_stands(tmp_path: Path) -> None:
    content = '{"first_name": "{\\"phone_number\\": 1}", "phone_number" :  "+1415"}\n'
    assert told(tmp_path, content, name="leads.jsonl") == [
        "leads.jsonl:1:59: TELI-E087 … is no number that the numbering plan of its country assigns"
    ]


@pytest.mark.parametrize("number", ["14155550101", "1.4155550101e10", "true", '["+14155550101"]', "{}"])
def test_a_number_that_is_not_text_is_never_made_into_one(tmp_path: Path, number: str) -> None:
    found = told(tmp_path, f'{{"phone_number": {number}}}\n', name="leads.jsonl", default_country="US")
    assert found == ["leads.jsonl:1:18: TELI-E081 The phone number is not a text"]


@pytest.mark.parametrize(("digits", "fine"), [(600, True), (601, False)])
def test_a_whole_number_may_be_long_but_not_without_end(tmp_path: Path, digits: int, *, fine: bool) -> None:
    number = "9" * digits
    line = f'{{"phone_number": "+14155550101", "n": {number}}}\n'
    in_file = told(tmp_path, line, name="leads.jsonl", variables=("n",))
    in_manifest = told_inline(tmp_path, {"phone_number": "+14155550101", "n": int(number)})
    assert (not in_file, not in_manifest) == (fine, fine)


@pytest.mark.parametrize(("depth", "fine"), [(31, True), (32, False)])
def test_a_value_may_be_deep_but_not_without_end(tmp_path: Path, depth: int, *, fine: bool) -> None:
    nested: list[Any] = []
    for _ in range(depth - 1):
        nested = [nested]
    line = f'{{"phone_number": "+14155550101", "n": {nested}}}\n'
    in_file = told(tmp_path, line, name="leads.jsonl", variables=("n",))
    in_manifest = told_inline(tmp_path, {"phone_number": "+14155550101", "n": nested})
    assert (not in_file, not in_manifest) == (fine, fine)


def test_inline_rows_send_every_key_that_holds_something(tmp_path: Path) -> None:
    row: dict[str, JsonValue] = {"visits": 3, "phone_number": "+14155550101", "plan": "", "first_name": None}
    found, problems = load(tmp_path, inline=inline(row))
    assert found is not None
    assert not problems
    assert sent(found) == [{"phone_number": "+14155550101", "visits": 3}]
    assert found.fingerprint == fingerprint_people(found)


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"phone_number": "4155550101"}, "6:7: TELI-E082 …01 has no `+` and the manifest no default_country"),
        (
            {"phone_number": "+14155550101", "plan": "go\nld"},
            "6:17: TELI-E069 The character U+000A (line feed) may not stand here",
        ),
        (
            {"phone_number": "+14155550101", "plan": {"a": ["\ud800"]}},
            "6:17: TELI-E069 The character U+D800 may not stand here",
        ),
        (
            {"phone_number": "+14155550101", "pl\tan": "gold"},
            "6:17: TELI-E096 The name of a field has a control character or one that cannot be seen",
        ),
        ({"phone_number": "+14155550101", " ": "gold"}, "6:17: TELI-E096 A field has an empty name"),
        (
            {"phone_number": "+14155550101", "x": float("inf")},
            "6:17: TELI-E079 A value is infinite, has more than 600 digits or nests 32 deep",
        ),
    ],
)
def test_a_row_in_the_manifest_is_judged_as_strictly_as_one_in_a_file(
    tmp_path: Path, row: dict[str, Any], complaint: str
) -> None:
    assert told_inline(tmp_path, row) == [f"campaign.yaml:{complaint}"]


def test_the_same_number_twice_in_a_manifest_is_counted_and_the_first_stays(tmp_path: Path) -> None:
    rows = [{"phone_number": number} for number in ("+14155550101", "+1 415 555 0102", "+1-415-555-0101")]
    assert told_inline(tmp_path, *rows) == [
        "campaign.yaml:8:7: TELI-E095 +1…01 is the number of line 6 again"
    ]

"""In memory, in pieces, by the column engine: the same verdict, fingerprint, people and keyed hashes."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from backports import zstd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from teli_iac.errors import LeadsChanged
from teli_iac.leads import load_leads
from teli_iac.leads.ahead import ahead
from teli_iac.leads.encodings import ENCODINGS
from teli_iac.leads.ways import Ways
from tests.effort import examples
from tests.leads.hostile import BUILT, complaint, expected, names
from tests.leads.reading import declared, write
from tests.leads.test_every_source import ANYTHING, NAMES, PEOPLE, as_csv, as_json_lines
from tests.leads.test_hostile_leads import in_project
from tests.leads.test_numbers import NORTH_AMERICAN
from tests.leads.ways import FAR, IN_MEMORY, Verdict, by_engine, is_proven, verdict

FICTION = st.sampled_from(
    ["+14155550101", "(415) 555-0102", "415.555.0103", "1 415 555 0104", "+442079460958"]
)
TYPED = st.text("+1459 02().-x\u00a0e", max_size=16) | NORTH_AMERICAN | FICTION
CELLS = st.text(st.sampled_from('aé",;|\t\n\r \u200f\x85\\😀'), max_size=6) | st.just("gold")
WILD = st.lists(
    st.fixed_dictionaries({"phone_number": TYPED, "first_name": CELLS, "plan": CELLS}), min_size=1, max_size=8
)
PIECES = st.sampled_from([1, 40, 100, 100_000])
COUNTRIES = st.sampled_from([None, "US", "CA", "GB"])
DIALECTS = st.fixed_dictionaries(
    {
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        "lineterminator": st.sampled_from(["\n", "\r\n"]),
        "delimiter": st.sampled_from(",;\t|"),
    }
)


def read_in(ways: Ways, content: bytes, name: str, **options: Any) -> Verdict:
    with tempfile.TemporaryDirectory() as folder:
        return verdict(Path(folder), ways, file=write(Path(folder), content, name), **options)


def agree(content: bytes, name: str, piece_bytes: int, **options: Any) -> None:
    exactly = read_in(IN_MEMORY, content, name, **options)
    assert read_in(FAR, content, name, **options) == exactly
    assert read_in(by_engine(piece_bytes), content, name, **options) == exactly


def written(rows: list[dict[str, str]], dialect: dict[str, Any]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


@settings(max_examples=examples(40))
@given(WILD, DIALECTS, PIECES, COUNTRIES)
def test_lists_as_programs_write_them_are_the_same_in_every_way(
    rows: list[dict[str, str]], dialect: dict[str, Any], piece_bytes: int, country: str | None
) -> None:
    options = {"variables": ("plan",), "delimiter": dialect["delimiter"], "default_country": country}
    agree(written(rows, dialect), "leads.csv", piece_bytes, **options)


@settings(max_examples=examples(40))
@given(ANYTHING, NAMES, st.sampled_from([None, *ENCODINGS]), COUNTRIES, PIECES)
@example(b"phone_number\r\r\n", "leads.csv", None, None, 1)
@example(b"\xef\xbb\xbfphone_number\n+14155550101\n", "leads.csv", None, None, 100)
@example(b"\xff\xfep\x00\n\x00", "leads.csv", None, None, 100)
@example(b"phone_number\r+14155550101\r", "leads.csv", None, None, 100)
def test_any_bytes_get_the_same_verdict_in_every_way(
    content: bytes, name: str, encoding: str | None, country: str | None, piece_bytes: int
) -> None:
    agree(content, name, piece_bytes, encoding=encoding, default_country=country)


@settings(max_examples=examples(40))
@given(PEOPLE, st.integers(0, 80), st.binary(max_size=4), NAMES, PIECES)
def test_a_sound_list_with_dirt_somewhere_gets_the_same_verdict_in_every_way(
    rows: list[dict[str, str]], at: int, dirt: bytes, name: str, piece_bytes: int
) -> None:
    content = (as_csv if ".csv" in name else as_json_lines)(rows)
    dirty = content[:at] + dirt + content[at:]
    packed = gzip.compress(dirty) if name.endswith(".gz") else dirty
    agree(packed, name, piece_bytes, variables=("plan",))


@pytest.mark.parametrize("name", names())
def test_a_hostile_leads_file_gets_the_same_complaint_by_the_engine(name: str, tmp_path: Path) -> None:
    assert complaint(name, in_project(tmp_path), by_engine()) == expected(name)


@pytest.mark.parametrize("name", names())
def test_a_hostile_leads_file_gets_the_same_complaint_in_pieces(name: str, tmp_path: Path) -> None:
    shown = complaint(name, in_project(tmp_path), FAR)
    if name.endswith((".parquet", ".zst")):
        assert shown.startswith("teli.yaml:12:10: TELI-E065 ")
    else:
        assert shown == expected(name)


@pytest.mark.parametrize("name", [name for name in names() if name not in BUILT])
def test_a_hostile_leads_file_gets_the_same_complaint_line_by_line(name: str, tmp_path: Path) -> None:
    assert complaint(name, in_project(tmp_path), by_engine(piece_bytes=1)) == expected(name)


@pytest.mark.parametrize(
    ("content", "country"),
    [
        (b"phone_number,first_name\n+14155550101,Ada\n", None),
        (b"phone_number,first_name\r\n4155550101,Ada\r\n(415) 555-0102,Grace\r\n", "US"),
        (b'"phone_number","first_name"\n"+14155550101","Ada ""Countess"", of Lovelace"\n', None),
        ("phone_number,first_name\n+14155550101,Zoë\n+442079460958,Jürgen\n".encode(), None),
        (b"phone_number,first_name\n+14155550101,\n+14155550102,Grace", None),
        (b"\xef\xbb\xbfphone_number\n+14155550101\n", None),
        (b"phone_number,notes\n+14155550101,a\ttab that stays here\n", None),
        (b'{"phone_number": "+14155550101"}\n{"phone_number":"+14155550102"}', None),
        (b'{"email": null, "phone_number": "+14155550101"}', None),
        (b'{"first_name": "Zo\\u00eb \\"Z\\"", "age": "7", "phone_number": "415-555-0101"}\n', "US"),
    ],
)
def test_the_engine_proves_what_people_usually_have(
    content: bytes, country: str | None, tmp_path: Path
) -> None:
    name = "leads.jsonl" if content.startswith(b"{") else "leads.csv"
    reference = declared(file=write(tmp_path, content, name), default_country=country)
    leads, _ = load_leads([reference], str(tmp_path), by_engine())
    assert is_proven(leads["fall-renewals"])


def in_its_letters(row: object) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


@settings(max_examples=examples(40))
@given(WILD, st.sampled_from([json.dumps, in_its_letters]), PIECES, COUNTRIES)
def test_lines_of_json_as_programs_write_them_are_the_same_in_every_way(
    rows: list[dict[str, str]], write_down: Callable[[object], str], piece_bytes: int, country: str | None
) -> None:
    lines = map(write_down, rows)
    agree("\n".join(lines).encode(), "leads.jsonl", piece_bytes, variables=("plan",), default_country=country)


@pytest.mark.parametrize("name", ["{}", "{", "}}", "{phone_number}", "a{0}b", "%s"])
def test_a_field_may_have_a_name_with_any_sign_that_patterns_know(name: str) -> None:
    rows = [f"+1415555010{number},{{{number}}},{{}}\n" for number in range(3)]
    content = f"phone_number,first_name,{name}\n" + "".join(rows)
    agree(content.encode(), "leads.csv", 100, variables=(name,))


@settings(max_examples=examples(40))
@given(PEOPLE, st.lists(st.integers(0, 300), max_size=4), st.integers(1, 3), PIECES)
def test_zstd_in_any_frames_holds_the_same_as_gzip_and_cut_off_it_is_refused(
    rows: list[dict[str, str]], cuts: list[int], missing: int, piece_bytes: int
) -> None:
    content = as_csv(rows)
    places = sorted({0, len(content), *(cut % len(content) for cut in cuts)})
    frames = b"".join(zstd.compress(content[start:end]) for start, end in pairwise(places))
    packed = read_in(by_engine(piece_bytes), frames, "leads.csv.zst", variables=("plan",))
    assert packed == read_in(IN_MEMORY, gzip.compress(content), "leads.csv.gz", variables=("plan",))
    cut_off = read_in(by_engine(piece_bytes), frames[:-missing], "leads.csv.zst")
    assert cut_off.told == ("campaign.yaml:5:10: TELI-E066 The zstd file is cut off: its end is missing",)


@pytest.mark.parametrize("ways", [FAR, by_engine()], ids=["in pieces", "engine"])
def test_a_list_that_changed_after_it_was_judged_is_refused(ways: Ways, tmp_path: Path) -> None:
    reference = declared(file=write(tmp_path, "phone_number\n+14155550101\n", "leads.csv"))
    leads, _ = load_leads([reference], str(tmp_path), ways)
    for other in ("phone_number\n+14155550102\n", "phone_number\n+1415\n", "phone_number", ""):
        write(tmp_path, other, "leads.csv")
        with pytest.raises(LeadsChanged):
            [*leads["fall-renewals"]]
    (tmp_path / "leads.csv").unlink()
    with pytest.raises(LeadsChanged):
        [*leads["fall-renewals"]]


def test_a_list_with_repeated_numbers_keeps_the_first_row_of_each_in_every_way() -> None:
    rows = [f"+1415555{100 + number % 60:04d},row {number}\n" for number in range(100)]
    agree(("phone_number,first_name\n" + "".join(rows)).encode(), "leads.csv", 200)


def test_working_ahead_hands_on_the_pieces_and_the_exception() -> None:
    def pieces() -> Any:
        yield from (1, 2, 3)
        raise LookupError

    taken: list[int] = []
    with pytest.raises(LookupError):
        taken.extend(ahead(pieces()))
    assert [*ahead(iter([1, 2, 3]))] == [1, 2, 3]
    assert next(ahead(pieces())) == 1

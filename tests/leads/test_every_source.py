"""What holds for any content: no traceback, no details in a complaint, the same people from any source."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from teli_iac.catalogue import CATALOGUE
from teli_iac.leads import formats
from teli_iac.leads.decompressing import decompress
from teli_iac.leads.encodings import ENCODINGS
from teli_iac.leads.faults import Faults, Unreadable
from teli_iac.leads.lines import read_lines
from teli_iac.model import Leads
from tests.leads.reading import inline, load, sent, write

BLOCK = 256 * 1024
VISIBLE = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="\u2060"), max_size=8
)
PEOPLE = st.dictionaries(
    st.integers(0, 99).map(lambda last: f"+141555501{last:02d}"),
    st.fixed_dictionaries({"first_name": VISIBLE, "plan": VISIBLE}),
    min_size=1,
    max_size=6,
).map(lambda found: [{"phone_number": number, **details} for number, details in found.items()])
CSV_WORDS = (
    b'phone_number|first_name|,|"|""|\n|\r|\r\n|\n\n|+14155550101|4155550101|1.4E+10|Ada|\0|\xff|\xc3| |\t|;'
    b"|\xef\xbb\xbf|\xe2\x80\xae"
).split(b"|")
JSON_WORDS = [
    *b'{"phone_number": "+14155550101"~"phone_number":~"first_name":~"\\ud800"~"Ada"'.split(b"~"),
    *b"null~true~NaN~1e999~{~}~[~]~,~:~\n~\\~\\u0000~ ".split(b"~"),
    b"9" * 700,
    b"[" * 40,
]
CSV_SOUP = st.lists(st.sampled_from(CSV_WORDS), max_size=30).map(b"".join)
JSON_SOUP = st.lists(st.sampled_from(JSON_WORDS), max_size=30).map(b"".join)
ANYTHING = st.binary(max_size=200) | CSV_SOUP | JSON_SOUP | CSV_SOUP.map(gzip.compress)
NAMES = st.sampled_from(["leads.csv", "leads.jsonl", "leads.csv.gz", "leads.jsonl.gz"])


def read(content: bytes, name: str, **options: Any) -> tuple[Leads | None, list[str]]:
    """The people and all that is told, from a project folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        found, problems = load(Path(folder), file=write(Path(folder), content, name), **options)
    rows = found.refused.described if found is not None else ()
    return found, [*map(str, problems), *map(str, rows)]


def as_csv(rows: list[dict[str, str]], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_json_lines(rows: list[dict[str, str]]) -> bytes:
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


@given(ANYTHING, NAMES, st.sampled_from([None, *ENCODINGS]), st.sampled_from([None, "US", "XX"]))
def test_any_bytes_are_people_or_problems_and_never_a_traceback(
    content: bytes, name: str, encoding: str | None, country: str | None
) -> None:
    found, told = read(content, name, encoding=encoding, default_country=country)
    assert found is not None or told
    for each in told:
        code = re.match(r"(?:leads\.|campaign\.)\S+:\d+:\d+: (TELI-E\d{3}) \S", each)
        assert code is not None, each
        assert code[1] in CATALOGUE


@given(PEOPLE, st.integers(0, 60), st.binary(min_size=1, max_size=6), NAMES)
def test_no_complaint_quotes_a_file(rows: list[dict[str, str]], at: int, dirt: bytes, name: str) -> None:
    secret = [{**row, "first_name": "Hedwig", "plan": "platinum"} for row in rows]
    content = (as_csv if ".csv" in name else as_json_lines)(secret)
    dirty = content[:at] + dirt + content[at:]
    _, told = read(gzip.compress(dirty) if name.endswith(".gz") else dirty, name, variables=("plan",))
    shown = " ".join(re.sub(r"^\S+:\d+:\d+: TELI-E\d+", "", each) for each in told)
    assert not re.search(r"Hedwig|platinum|415|555(?!-1212)", shown)


@given(PEOPLE, st.sampled_from([",", ";", "\t", "|"]))
def test_the_same_people_are_the_same_from_every_source(rows: list[dict[str, str]], delimiter: str) -> None:
    files = [
        read(as_csv(rows, delimiter), "leads.csv", variables=("plan",), delimiter=delimiter),
        read(as_json_lines(rows), "leads.jsonl", variables=("plan",)),
        read(gzip.compress(as_csv(rows)), "leads.csv.gz", variables=("plan",)),
        read(gzip.compress(as_json_lines(rows)), "leads.jsonl.gz", variables=("plan",)),
    ]
    in_manifest, problems = load(Path(), inline=inline(*rows))
    assert not problems
    assert in_manifest is not None
    for found, told in files:
        assert not told
        assert found is not None
        assert sent(found) == sent(in_manifest)
        assert found.fingerprint == in_manifest.fingerprint


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_of_columns_does_not_move_a_fingerprint(
    rows: list[dict[str, str]], random: Any
) -> None:
    shuffled = [{key: row[key] for key in ("plan", "phone_number", "first_name")} for row in rows]
    random.shuffle(shuffled)
    for write_down, name in ((as_csv, "leads.csv"), (as_json_lines, "leads.jsonl")):
        before, _ = read(write_down(rows), name, variables=("plan",))
        after, _ = read(write_down(shuffled), name, variables=("plan",))
        assert before is not None
        assert after is not None
        assert before.fingerprint == after.fingerprint


def lines_in_pieces(content: bytes, cuts: list[int], encoding: str) -> list[object]:
    """All that comes of the bytes when they arrive cut at these places."""
    places = sorted({0, len(content), *(cut % (len(content) + 1) for cut in cuts)})
    pieces = [content[start:end] for start, end in pairwise(places)]
    faults = Faults()
    found: list[object] = []
    try:
        found.extend(read_lines(iter(pieces), encoding, faults))
    except Unreadable as unreadable:
        found.extend(unreadable.faults)
    return [*found, *faults]


@given(ANYTHING, st.lists(st.integers(0, 300), max_size=8), st.sampled_from(ENCODINGS))
def test_reading_in_other_pieces_makes_no_difference(content: bytes, cuts: list[int], encoding: str) -> None:
    assert lines_in_pieces(content, cuts, encoding) == lines_in_pieces(content, [], encoding)


@pytest.mark.parametrize("before", range(8))
@pytest.mark.parametrize("text", ['é,"a', "\r\n", "\r", "\U0001d49b", "\n\n", "\0", "\ufeff", "\xff"])
def test_nothing_is_lost_or_changed_where_two_blocks_meet(before: int, text: str) -> None:
    rows = "+14155550101,Ada\n" * (BLOCK // 17)
    filler = " " * (BLOCK - len(rows) - before)
    encoded = text.encode("latin-1" if text == "\xff" else "utf-8")
    content = f"{rows}{filler}".encode() + encoded + b'"\n+14155550102,Grace'
    whole = lines_in_pieces(content, [], "utf-8")
    assert lines_in_pieces(content, list(range(BLOCK - 9, BLOCK + 9)), "utf-8") == whole
    if text not in {"\r", "\xff"}:
        expected = content.decode().replace("\r\n", "\n").split("\n")
        assert [line for line in whole if isinstance(line, tuple)] == list(enumerate(expected, 1))


@example(b"ab", [1, 1, 1])
@given(st.binary(max_size=100), st.lists(st.integers(0, 200), max_size=8))
def test_an_archive_in_other_pieces_and_members_holds_the_same(content: bytes, cuts: list[int]) -> None:
    half = len(content) // 2
    archive = gzip.compress(content[:half]) + gzip.compress(content[half:])
    places = sorted({0, len(archive), *(cut % len(archive) for cut in cuts)})
    pieces = [archive[start:end] for start, end in pairwise(places)]
    assert b"".join(decompress(iter(pieces))) == content


@pytest.mark.parametrize("ending", sorted(formats.PEOPLE))
def test_every_source_refuses_a_file_without_anybody(ending: str) -> None:
    for content in (b"", b"\n", b"\n \n\n", b"\xef\xbb\xbf"):
        found, told = read(content, f"leads{ending}")
        assert found is None
        assert told == [f"leads{ending}:1:1: TELI-E070 The file is empty"]


@pytest.mark.parametrize("ending", sorted(formats.PEOPLE))
def test_every_source_reads_a_hundred_people_and_counts_those_it_meets_again(ending: str) -> None:
    rows = [{"phone_number": f"+1415555{number:04d}", "first_name": "Ada"} for number in range(100, 200)]
    content = (as_csv if ending == ".csv" else as_json_lines)(rows + rows[:30])
    found, told = read(content, f"leads{ending}")
    assert found is not None
    assert len(found) == 100
    assert found.refused.by_kind == {"TELI-E095": 30}
    assert len(told) == 10

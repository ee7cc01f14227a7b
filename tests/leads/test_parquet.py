"""Parquet: texts in columns by the engine, everything else row by row, and the same people as from CSV."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.leads.reading import inline, load, people, sent, told
from tests.leads.test_every_source import PEOPLE, as_csv, read
from tests.leads.test_every_way import read_in
from tests.leads.ways import FAR, by_engine

ADA = "+14155550101"


def parquet(**columns: list[Any]) -> bytes:
    out = io.BytesIO()
    pl.DataFrame(columns, strict=False).write_parquet(out, row_group_size=2)
    return out.getvalue()


def as_parquet(rows: list[dict[str, str]]) -> bytes:
    return parquet(**{name: [row[name] for row in rows] for name in rows[0]})


@given(PEOPLE, st.sampled_from([1, 150, 100_000]))
def test_the_same_people_are_the_same_from_parquet_as_from_csv(
    rows: list[dict[str, str]], piece_bytes: int
) -> None:
    found = read_in(by_engine(piece_bytes), as_parquet(rows), "leads.parquet", variables=("plan",))
    csv, _ = read(as_csv(rows), "leads.csv", variables=("plan",))
    assert csv is not None
    assert (found.told, found.fingerprint) == ((), csv.fingerprint)
    assert [number for number, *_ in found.people] == [row["phone_number"] for row in rows]


def test_typed_columns_are_sent_as_json_has_them_and_what_is_missing_is_not(
    tmp_path: Path,
) -> None:
    content = parquet(
        phone_number=[ADA, "+14155550102"],
        age=[36, None],
        member=[True, False],
        score=[1.5, None],
        tags=[["a", "b"], []],
        plan=["gold", ""],
    )
    found = people(
        tmp_path, content, name="leads.parquet", variables=("age", "member", "score", "tags", "plan")
    )
    first = {"phone_number": ADA, "age": 36, "member": True, "plan": "gold", "score": 1.5, "tags": ["a", "b"]}
    assert sent(found) == [first, {"phone_number": "+14155550102", "member": False, "tags": []}]
    same, _ = load(tmp_path, inline=inline(*sent(found)))
    assert same is not None
    assert found.fingerprint == same.fingerprint


@pytest.mark.parametrize(
    ("columns", "complaint"),
    [
        ({"phone_number": [ADA], "plan": [date(2030, 1, 1)]}, 'TELI-E079 The column "plan" has a type'),
        ({"phone_number": [ADA], "plan": [b"x"]}, 'TELI-E079 The column "plan" has a type'),
        ({"phone_number": [ADA], "plan": [[date(2030, 1, 1)]]}, 'TELI-E079 The column "plan" has a type'),
        ({"phone_number": [ADA], "plan": [float("nan")]}, "TELI-E079 A value is infinite"),
        ({"phone_number": [ADA], "plan": ["a\u200fb"]}, "TELI-E069 The character U+200F"),
        ({"phone_number": [ADA], "plan": [["a\nb"]]}, "TELI-E069 The character U+000A"),
        ({"phone_number": [ADA], "plan": ["x" * 70_000]}, "TELI-E077 A cell has more than"),
        ({"phone": [ADA], "plan": ["x"]}, 'TELI-E074 There is no column "phone_number"'),
        ({"phone_number": [14155550101], "plan": ["x"]}, "TELI-E081 The phone number is not a text"),
        ({"phone_number": [None], "plan": ["x"]}, "TELI-E080 The row has no phone number"),
        ({"phone_number": [ADA, ADA], "plan": ["x", "y"]}, "TELI-E095 +1…01 is the number of line 1 again"),
        ({"phone_number": [], "plan": []}, "TELI-E070 The file has no row"),
    ],
)
def test_what_cannot_be_sent_is_told_by_the_number_of_its_row(
    columns: dict[str, list[Any]], complaint: str, tmp_path: Path
) -> None:
    shown = told(tmp_path, parquet(**columns), name="leads.parquet", variables=("plan",))
    line = len(columns.get("phone_number", [])) if "E095" in complaint else 1
    assert len(shown) == 1
    assert shown[0].startswith(f"leads.parquet:{line}:1: {complaint}")


@given(st.binary(max_size=60), st.integers(0, 400), st.integers(0, 60))
def test_a_damaged_parquet_file_is_a_problem_and_never_a_traceback(dirt: bytes, at: int, cut: int) -> None:
    content = parquet(phone_number=[ADA], first_name=["Ada"])
    dirty = content[:at] + dirt + content[at + cut :]
    found, complaints = read(dirty, "leads.parquet")
    assert found is not None or complaints


def test_without_the_engine_parquet_is_refused() -> None:
    found = read_in(FAR, parquet(phone_number=[ADA]), "leads.parquet")
    assert found.told == (
        "campaign.yaml:5:10: TELI-E065 Parquet files are read by an engine that is not installed",
    )


@pytest.mark.parametrize("options", [{"delimiter": ";"}, {"encoding": "utf-8"}])
def test_parquet_has_neither_delimiter_nor_encoding(options: dict[str, str], tmp_path: Path) -> None:
    assert "TELI-E098" in told(tmp_path, parquet(phone_number=[ADA]), name="leads.parquet", **options)[0]

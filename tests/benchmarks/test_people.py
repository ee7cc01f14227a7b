"""The people that are measured with are the same every time, and as clean or dirty as their kind says."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.data import write_database, write_leads
from benchmarks.people import Kind, rows
from tests.cli.running import process
from tests.leads.reading import load


@pytest.mark.parametrize("kind", Kind)
def test_a_list_is_the_same_every_time(kind: Kind) -> None:
    assert [*rows(500, kind)] == [*rows(500, kind)]


def counted(kind: Kind, folder: Path, count: int = 4_000) -> tuple[int, Counter[str]]:
    """How many may be called, and why the others not."""
    (folder / "leads.csv").write_text("".join(rows(count, kind)), encoding="utf-8", newline="")
    options = {"variables": ("plan", "renewal_date", "city"), "default_country": "US"}
    leads, problems = load(folder, file="leads.csv", **options)
    assert leads is not None, problems
    return leads.fingerprint.count, Counter(leads.refused.by_kind)


def test_in_a_clean_list_everybody_may_be_called(tmp_path: Path) -> None:
    assert counted(Kind.CLEAN, tmp_path) == (4_000, Counter())


def test_an_untidy_list_has_people_twice_and_nobody_else_who_may_not_be_called(tmp_path: Path) -> None:
    people, refused = counted(Kind.UNTIDY, tmp_path)
    assert 3_800 < people < 4_000
    assert people + refused.total() == 4_000
    assert len(refused) == 1


def test_a_hundredth_of_a_dirty_list_cannot_be_called(tmp_path: Path) -> None:
    _, untidy = counted(Kind.UNTIDY, tmp_path)
    _, dirty = counted(Kind.DIRTY, tmp_path)
    assert 20 < dirty.total() - untidy.total() < 60
    assert len(dirty) > 2


def test_people_in_a_database_are_those_of_the_file(tmp_path: Path) -> None:
    by_file, by_query = tmp_path / "file", tmp_path / "query"
    for folder in (by_file, by_query):
        folder.mkdir()
        leads = write_leads(folder, 300, "sandbox:")
    write_database(by_query, leads)
    plans = [json.loads(process(folder, "plan", "--format", "json").out) for folder in (by_file, by_query)]
    assert plans[0]["plan_digest"] == plans[1]["plan_digest"]
    assert plans[0]["people"]["new"] == 300

"""What is kept of each release can be read and printed again, and the docs say and show what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks.results import KEPT, SMALL, Results, newest, read_results, save
from benchmarks.tables import Scores, Table
from docs.draw_performance import PICTURE, picture
from docs.write_performance import PAGE, page

FILES = sorted(KEPT.glob("*.json"))
PLACES = re.compile(
    r"/(?:home|root|tmp|work|usr|opt|dev|private|Users|var)/|file://|https?://(?!www\.w3\.org)"
)


def test_there_are_results() -> None:
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_kept_results_are_what_the_printer_reads_and_prints(path: Path) -> None:
    results = read_results(path)
    assert path.stem == results.version
    assert path.with_suffix(".md").read_text(encoding="utf-8") == results.markdown()
    assert results.written() == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [*FILES, *KEPT.glob("*.md")], ids=lambda path: path.name)
def test_kept_results_name_no_place_of_a_machine(path: Path) -> None:
    assert PLACES.findall(path.read_text(encoding="utf-8")) == []


def test_the_newest_results_compare_with_all_that_is_promised() -> None:
    titles = " ".join(table.title for table in newest().tables if isinstance(table, Table | Scores))
    for word in ("Start-up", "campaigns", "leads", "Launching", "ledger", "hostile", "histories"):
        assert word in titles


def test_the_page_says_what_the_newest_results_say() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(text, newest()), "run `make docs`"
    assert "## Goals" in text
    assert text.count("| measure | goal | measured |") == 1


def test_the_picture_shows_what_the_newest_results_say() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture(newest()), "run `make docs`"


def test_the_picture_is_one_drawing_that_loads_nothing_and_names_every_line_beside_it() -> None:
    drawing = ET.fromstring(picture(newest()))  # noqa: S314  our own
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert not re.search(r"href|url\(|@import", picture(newest()))
    names = [each.text for each in drawing.iter() if each.get("class") == "name"]
    for name in (
        "teli-iac",
        "terraform",
        "octodns-sync",
        "naive script",
        "base install",
        "engine read",
        "cat",
    ):
        assert name in names


def test_labels_never_lie_on_each_other() -> None:
    drawing = ET.fromstring(picture(newest()))  # noqa: S314  our own
    labels = [each for each in drawing.iter() if each.get("class") == "name"]
    places = [(each.get("x"), float(each.get("y", "0"))) for each in labels]
    assert len(places) == len(set(places))
    for x, y in places:
        assert not [other for column, other in places if column == x and 0 < abs(other - y) < 14]


def test_results_without_anything_measured_are_still_results() -> None:
    results = Results("0.0.1", "2030-01-01", "whole", {"cores": "2"}, {}, "quiet", [])
    assert "NOT MEASURED" in results.markdown()


def test_results_of_small_sizes_are_not_kept(tmp_path: Path) -> None:
    small = Results("9.9.9", "2030-01-01", SMALL, {}, {}, "quiet", [])
    save(small, tmp_path / "small.json")
    command = [sys.executable, "-m", "benchmarks.results", str(tmp_path / "small.json")]
    done = subprocess.run(command, cwd=KEPT.parents[1], capture_output=True, check=False, text=True)  # noqa: S603  ours
    assert done.returncode == 2
    assert "small sizes" in done.stderr
    assert not (KEPT / "9.9.9.json").exists()

"""Every bad leads file gets its exact complaint: one case in one file, or built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from teli_iac.catalogue import CATALOGUE
from tests.cli.running import ran
from tests.leads.hostile import BUILT, CASES, complaint, expected, lay_out, names

BY_NAME = pytest.mark.parametrize("name", names())
PLACED = re.compile(r"^[^ :]+:[1-9]\d*:[1-9]\d*: (TELI-E\d{3}) ")
AT_A_PLACE = re.compile(r"^\S+:\d+:\d+: ", re.MULTILINE)
PEOPLE = ("Ada", "Lovelace", "Grace", "Hopper", "gold", "@")
PARTS_OF_NUMBERS = re.compile(r"415|555|1212|010\d")
"""Three digits in a row of any number in the cases."""


@BY_NAME
def test_a_hostile_leads_file_gets_its_exact_complaint(name: str, tmp_path: Path) -> None:
    assert complaint(name, in_project(tmp_path)) == expected(name)


@BY_NAME
def test_validate_exits_1_and_tells_its_code_without_a_traceback(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out(name, in_project(tmp_path))
    done = ran(capsys, "-C", str(tmp_path / "project"), "validate")
    shown = done.out + done.err
    assert done.code == 1
    assert set(re.findall(r"^\S+:\d+:\d+: (TELI-E\d{3})", expected(name), re.MULTILINE)) <= set(
        re.findall(r"TELI-E\d{3}", shown)
    )
    assert "Traceback" not in shown
    assert not [person for person in PEOPLE if person in shown]


@BY_NAME
def test_a_complaint_has_a_place_a_known_code_and_shows_nobody(name: str) -> None:
    told = expected(name)
    codes = [found[1] for line in told.splitlines() if (found := PLACED.match(line))]
    assert codes
    assert set(codes) <= set(CATALOGUE)
    assert not [person for person in PEOPLE if person in told]
    assert not PARTS_OF_NUMBERS.search(AT_A_PLACE.sub("", told).replace("assistance (555-1212)", ""))


def test_no_two_cases_have_the_same_codes_and_causes() -> None:
    causes: dict[str, str] = {}
    for name in names():
        cause = AT_A_PLACE.sub("", expected(name))
        assert causes.setdefault(cause, name) == name


def test_there_are_many_cases_and_every_expectation_belongs_to_one() -> None:
    assert len(names()) >= 60
    assert {f"{name}.expected" for name in names()} == {path.name for path in CASES.glob("*.expected")}
    assert not [name for name in BUILT if (CASES / name).exists()]


def in_project(folder: Path) -> Path:
    """A folder of its own, so that a link can lead out of it."""
    project = folder / "project"
    project.mkdir()
    return project

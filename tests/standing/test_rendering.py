"""What `status` and `drift` show: pinned at each width, safe for a terminal, and without anybody's number."""

from __future__ import annotations

import re
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from teli_iac.cli.live import frame
from teli_iac.model import FieldChange, Hold
from teli_iac.render import render_drift, render_drift_json, render_standing, render_standing_json
from teli_iac.render.layout import columns
from teli_iac.standing import CampaignStanding, Phase, Standing
from tests.render.test_every_renderer import ANY_TEXT, SGR
from tests.standing.cases import CASES, FOLDER
from tests.standing.worlds import NOON, noon, part

UTC = ZoneInfo("UTC")


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_moment_is_shown_as_its_case_says(name: str) -> None:
    assert CASES[name]() == (FOLDER / name).read_text(encoding="utf-8")


def test_every_case_has_its_file_and_every_file_its_case() -> None:
    assert {file.name for file in FOLDER.iterdir()} == CASES.keys()


@pytest.mark.parametrize("width", [40, 80, 120, 160])
def test_no_line_is_wider_than_the_terminal_but_for_what_is_one_word(width: int) -> None:
    for told in (
        render_standing(noon(), colour=False, width=width, zone=UTC),
        render_drift(noon(), colour=False, width=width),
    ):
        wide = [line for line in told.splitlines() if columns(line) > width]
        assert all("acme_" in line or "https" in line for line in wide)


def test_colour_says_nothing_of_its_own() -> None:
    coloured = render_standing(noon(), colour=True, width=80, zone=UTC)
    assert SGR.sub("", coloured) == render_standing(noon(), colour=False, width=80, zone=UTC)


def _hostile(text: str) -> Standing:
    hostile = part(
        "fall",
        Phase.UNCLEAR,
        status_text=text,
        drift=(FieldChange("voice_agent_id", "agent_one", text, None),),
    )
    return replace(
        noon(),
        campaigns=(CampaignStanding("campaign/fall", (hostile,)),),
        hold=Hold(NOON, text, text, ()),
        gaps=(text,),
    )


@given(ANY_TEXT)
def test_what_others_wrote_forges_no_line_and_no_colour(text: str) -> None:
    for told in (
        render_standing(_hostile(text), colour=False, width=80, zone=UTC),
        render_drift(_hostile(text), colour=False, width=80),
    ):
        assert all(line.isprintable() for line in told.splitlines())
        assert not re.search(r"^::|##\[", told, re.MULTILINE)
    for machine in (render_standing_json(_hostile(text)), render_drift_json(_hostile(text))):
        assert machine.isascii()


@pytest.mark.parametrize(("rows", "shown"), [(50, 3), (3, 2), (2, 1)])
def test_a_picture_is_never_higher_than_the_terminal(rows: int, shown: int) -> None:
    painted = frame("one\ntwo\nthree\n", rows)
    lines = painted.removeprefix("\x1b[H").removesuffix("\x1b[J").splitlines()
    assert len(lines) == shown < rows
    assert ("more lines" in painted) == (rows < 4)

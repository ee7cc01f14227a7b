"""`status` and `drift` as people and pipelines type them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from teli_iac.author import write_first_project
from tests.cli.running import at_terminal, process

ADDRESS = "campaign/first-reminders"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The first project, applied to the embedded Teli."""
    folder = tmp_path / "acme"
    folder.mkdir()
    write_first_project(folder)
    assert process(folder, "apply", "--auto-approve").code == 0
    return folder


def test_status_is_told_as_text_and_as_json(project: Path) -> None:
    told = process(project, "status")
    assert (told.code, told.err) == (0, "")
    assert "0 of 3: 0 reached, 0 voicemail, 0 failed, 3 not called" in told.out
    document = json.loads(process(project, "status", ADDRESS, "--format", "json").out)
    assert document["people"]["uncalled"] == document["campaigns"][0]["parts"][0]["given"] == 3


@pytest.mark.parametrize("columns", ["80", "160"])
def test_in_a_pipe_and_without_colour_it_is_the_same_plain_text(columns: str, project: Path) -> None:
    plain = process(project, "status", COLUMNS=columns, NO_COLOR="1").out
    assert "\x1b" not in plain
    assert _timeless(process(project, "status", COLUMNS=columns).out) == _timeless(plain)
    assert max(map(len, plain.splitlines())) <= int(columns)


def _timeless(told: str) -> str:
    """Without what the clock says, however it was wrapped."""
    without = re.sub(r"\d+ (minute|second)s?|\d\d:\d\d(:\d\d)?", "", " ".join(told.split()))
    return " ".join(without.split())


def test_a_stream_without_block_characters_gets_a_likeness(project: Path) -> None:
    told = process(project, "status", PYTHONIOENCODING="ascii").out
    assert told.isascii()
    assert "......" in told
    assert "?" not in told


def test_waiting_tells_each_change_and_ends_by_how_it_ended(project: Path) -> None:
    process(project, "sandbox", "clock", "+4d")
    waited = process(project, "status", "--wait", "--every", "0")
    assert waited.code == 0
    assert f"{ADDRESS} r1p1  completed · 3 of 3 called" in waited.out
    process(project, "halt", "--all")
    assert process(project, "status", "--watch", "--format", "json").code == 0


def test_waiting_for_what_is_paused_exits_4_and_for_what_was_ended_5(project: Path) -> None:
    process(project, "pause", ADDRESS)
    assert process(project, "status", "--wait").code == 4
    process(project, "end", ADDRESS, "--auto-approve")
    assert process(project, "status", "--wait").code == 5


def test_the_live_view_leaves_the_screen_as_it_was_and_the_last_state_on_it(project: Path) -> None:
    process(project, "sandbox", "clock", "+4d")
    screen = at_terminal(project, "status", "--watch")
    assert screen.end() == 0
    opened, closed = screen.shown.index("\x1b[?1049h"), screen.shown.index("\x1b[?1049l")
    assert opened < closed
    assert "completed" in screen.shown[closed:]


def test_ctrl_c_leaves_the_live_view(project: Path) -> None:
    screen = at_terminal(project, "status", "--watch")
    screen.wait_for("waiting for its window")
    screen.type("\x03")
    assert screen.end() == 130
    assert "\x1b[?1049l" in screen.shown


def test_a_dumb_terminal_gets_lines(project: Path) -> None:
    process(project, "sandbox", "clock", "+4d")
    screen = at_terminal(project, "status", "--watch", TERM="dumb")
    assert screen.end() == 0
    assert "\x1b" not in screen.shown


def test_drift_exits_2_only_when_asked_to(project: Path) -> None:
    same = process(project, "drift", "--detailed-exitcode")
    assert (same.code, same.err) == (0, "")
    assert "Not observable, so whether they drifted is unknown: agent_outbound_number" in same.out
    process(project, "sandbox", "reset")
    assert process(project, "drift").code == 0
    assert process(project, "drift", "--detailed-exitcode").code == 2
    document = json.loads(process(project, "drift", "--format", "json").out)
    assert document["drifted"] is True
    assert document["campaigns"][0]["parts"][0]["drift"]["status"] == {
        "observed": "gone",
        "recorded": "active",
    }


def test_nobodys_number_is_told(project: Path) -> None:
    for arguments in (["status"], ["status", "--format", "json"], ["drift"], ["drift", "--format", "json"]):
        assert "415555" not in process(project, *arguments).out

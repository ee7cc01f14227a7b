"""The case files of tests/cases/standings/: the same moment as it is shown at each width.

`python -m tests.standing.cases` writes them again; read what changed before you commit it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from teli_iac.render import changed_parts, render_drift, render_standing, render_standing_line
from tests.standing.worlds import noon

FOLDER = Path(__file__).parents[1] / "cases" / "standings"
_CHICAGO = ZoneInfo("America/Chicago")


def _status(width: int, *, colour: bool = False) -> str:
    return render_standing(noon(), colour=colour, width=width, zone=_CHICAGO)


def _log() -> str:
    standing = noon()
    lines = (
        render_standing_line(part, address, standing.at, colour=False)
        for address, part in changed_parts(None, standing)
    )
    return "".join(lines)


CASES: dict[str, Callable[[], str]] = {
    "status-40.txt": lambda: _status(40),
    "status-80.txt": lambda: _status(80),
    "status-160.txt": lambda: _status(160),
    "status-80-in-colour.txt": lambda: _status(80, colour=True),
    "status-log.txt": _log,
    "drift-80.txt": lambda: render_drift(noon(), colour=False, width=80),
}


if __name__ == "__main__":
    for name, told in CASES.items():
        (FOLDER / name).write_text(told(), encoding="utf-8")

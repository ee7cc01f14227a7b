"""What it costs to start: beside Python alone, and beside a click program that does nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.goals import Aim
from benchmarks.measuring import NOT_INSTALLED, PEERS, PYTHON, TELI_IAC, Work, in_turn
from benchmarks.octodns import octodns_sync
from benchmarks.sizes import Sizes
from benchmarks.tables import Goal, Printed, Row, Table, Unit

_CLICK = "a click program that does nothing"
_MOST = 1.3


def measure(folder: Path, sizes: Sizes) -> list[Printed]:
    """One table."""
    peers = {"terraform version": shutil.which("terraform"), "octodns-sync --help": octodns_sync()}
    works = {
        "`python -c pass`": Work([*PYTHON, "-c", "pass"], folder),
        _CLICK: Work([*PYTHON, PEERS / "click_nothing.py"], folder),
        "`teli-iac version`": Work([*TELI_IAC, "version"], folder, ours=True),
        "`teli-iac --help`": Work([*TELI_IAC, "--help"], folder, ours=True),
        **{
            f"`{what}`": Work(
                [program or "", what.split()[1]], folder, absent="" if program else NOT_INSTALLED
            )
            for what, program in peers.items()
        },
    }
    measured = in_turn(works, sizes.quick, sizes.patience)
    goal = (Goal(Aim.START_UP, Unit.RATIO, _MOST),)
    rows = [
        Row(what, measured[what], "" if what == _CLICK else _CLICK, goal if works[what].ours else ())
        for what in works
    ]
    return [Table("Start-up", rows)]

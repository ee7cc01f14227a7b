"""What many people cost in the ledger: loaded, left out of as many others, and the rest appended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.goals import Aim
from benchmarks.measuring import PEERS, PYTHON, Command, Cost, Measured, Work, in_turn
from benchmarks.sizes import Sizes
from benchmarks.tables import Goal, Printed, Row, Table, Unit

_WHAT = "load them, leave them out of as many others, append the rest"


def measure(folder: Path, sizes: Sizes) -> Iterator[Printed]:
    """One table; the time is that of the ledger alone, which the program measures and prints."""
    count = sizes.leads[-1]
    command: Command = [*PYTHON, PEERS / "ledger_people.py", str(count)]
    whole = in_turn({_WHAT: Work(command, folder, ours=True)}, sizes.times, sizes.patience / 2)[_WHAT]
    measured, figures = whole, {}
    if whole.cost:
        told = [[*map(float, run.printed.split())] for run in whole.cost.runs]
        runs = (replace(run, seconds=each[0]) for run, each in zip(whole.cost.runs, told, strict=True))
        measured, figures = Measured(Cost(tuple(runs))), {Unit.KEPT: told[0][1]}
    goals = (Goal(Aim.LEDGER, Unit.SECONDS, 1), Goal(Aim.LEDGER, Unit.KEPT, 20))
    yield Table(f"The ledger and {count:,} people", [Row(_WHAT, measured, "", goals, figures)])

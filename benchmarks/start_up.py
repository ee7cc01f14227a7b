"""What it costs to start: beside Python alone, and beside a click program that does nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.measuring import PEERS, PYTHON, TELI_IAC, cost
from benchmarks.sizes import Sizes
from benchmarks.tables import Row, Table

_CLICK = "a click program that does nothing"


def measure(folder: Path, sizes: Sizes) -> list[Table]:
    """One table."""
    terraform = shutil.which("terraform")
    rows = [
        Row("`python -c pass`", cost([*PYTHON, "-c", "pass"], folder, times=sizes.times), _CLICK),
        Row(_CLICK, cost([*PYTHON, PEERS / "click_nothing.py"], folder, times=sizes.times)),
        *(
            Row(f"`teli-iac {word}`", cost([*TELI_IAC, word], folder, times=sizes.times), _CLICK)
            for word in ("version", "--help")
        ),
        Row("`terraform version`", None, why_not="not installed")
        if terraform is None
        else Row("`terraform version`", cost([terraform, "version"], folder, times=sizes.times), _CLICK),
    ]
    return [Table("Start-up", rows)]

"""`.txt`: one number a line, for do-not-call lists.

Blank lines and lines that begin with # say nothing. A registry's own download has a comma behind the area
code, which is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from teli_iac.leads.faults import Fault, Faults, Unreadable
from teli_iac.leads.selection import Selection
from teli_iac.leads.sources.row import Row

PLAIN = ".txt"
REMARK = "#"
_AREA_AND_REST = re.compile(r"([0-9]{3}),([0-9]{7})")


def read_plain(
    lines: Iterator[tuple[int, str]], _selection: Selection, _delimiter: str | None, faults: Faults
) -> Iterator[Row]:
    """A row per number."""
    line = 0
    row = None
    for line, text in lines:
        typed = text.strip(" \t")
        if typed and not typed.startswith(REMARK):
            row = Row(line, _AREA_AND_REST.sub(r"\1\2", typed), (), partial(_place, line))
            yield row
    if row is None and not faults:
        raise Unreadable(Fault("TELI-E070", "The file has no number" if line else "The file is empty", 1, 1))


def _place(line: int) -> tuple[int, int]:
    return line, 1

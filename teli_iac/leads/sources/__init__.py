"""Where leads come from: one module per format, in one literal dict by the ending of the file's name.

To add a format: write a function that turns numbered lines into rows, and name it here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from teli_iac.leads.faults import Faults
from teli_iac.leads.selection import Selection
from teli_iac.leads.sources.delimited import read_delimited
from teli_iac.leads.sources.json_lines import read_json_lines
from teli_iac.leads.sources.plain import PLAIN, read_plain
from teli_iac.leads.sources.row import Row

Lines: TypeAlias = "Iterator[tuple[int, str]]"
Source: TypeAlias = "Callable[[Lines, Selection, str | None, Faults], Iterator[Row]]"

SOURCES: dict[str, Source] = {
    ".csv": read_delimited,
    ".jsonl": read_json_lines,
    PLAIN: read_plain,
}
"""From lines without their ends, what to take, the declared delimiter and a list for faults, to rows."""

__all__ = ["SOURCES", "Lines", "Row", "Source"]

"""The exact way to read a list: row by row, with a sentence for all that is wrong.

The standard library does it, but for Parquet, which it cannot read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from teli_iac.leads.encodings import DEFAULT_ENCODING
from teli_iac.leads.faults import Faults
from teli_iac.leads.formats import Format
from teli_iac.leads.lines import read_lines
from teli_iac.leads.opened import Opened
from teli_iac.leads.selection import Selection, select
from teli_iac.leads.sources import SOURCES
from teli_iac.leads.sources.row import Row
from teli_iac.model import LeadsReference


class Dialect(Protocol):
    """How a text is written, None for what is usual."""

    @property
    def delimiter(self) -> str | None:
        """What separates cells."""
        ...

    @property
    def encoding(self) -> str | None:
        """How text is made bytes."""
        ...


def read_rows(opened: Opened, format_: Format, reference: LeadsReference, faults: Faults) -> Iterator[Row]:
    """The rows of an open file; raises Unreadable, and adds lesser faults to `faults`."""
    return select_rows(opened, format_, select(reference), reference, faults)


def select_rows(
    opened: Opened, format_: Format, selection: Selection, dialect: Dialect, faults: Faults
) -> Iterator[Row]:
    """The same of whatever is selected."""
    if format_.needs_engine:
        from teli_iac.leads.engine.parquet import read_parquet  # noqa: PLC0415  0.1 s, paid by who has such files

        return opened.whole(read_parquet(opened.file, selection, faults))
    content = format_.decompress(opened.blocks())
    lines = read_lines(content, dialect.encoding or DEFAULT_ENCODING, faults)
    return SOURCES[format_.ending](lines, selection, dialect.delimiter, faults)

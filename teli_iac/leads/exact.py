"""The exact way to read a list: row by row, with a sentence for all that is wrong.

The standard library does it, but for Parquet, which it cannot read.
"""

from __future__ import annotations

from collections.abc import Iterator

from teli_iac.leads.encodings import DEFAULT_ENCODING
from teli_iac.leads.faults import Faults
from teli_iac.leads.formats import Format
from teli_iac.leads.lines import read_lines
from teli_iac.leads.opened import Opened
from teli_iac.leads.selection import select
from teli_iac.leads.sources import SOURCES
from teli_iac.leads.sources.row import Row
from teli_iac.model import LeadsReference


def read_rows(opened: Opened, format_: Format, reference: LeadsReference, faults: Faults) -> Iterator[Row]:
    """The rows of an open file; raises Unreadable, and adds lesser faults to `faults`."""
    if format_.needs_engine:
        from teli_iac.leads.engine.parquet import read_parquet  # noqa: PLC0415  0.1 s, paid by who has such files

        return opened.whole(read_parquet(opened.file, select(reference), faults))
    content = format_.decompress(opened.blocks())
    lines = read_lines(content, reference.encoding or DEFAULT_ENCODING, faults)
    return SOURCES[format_.ending](lines, select(reference), reference.delimiter, faults)

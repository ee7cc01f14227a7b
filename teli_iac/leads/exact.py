"""The exact way to read a list: the standard library, row by row, with a sentence for all that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from teli_iac.leads.encodings import DEFAULT_ENCODING
from teli_iac.leads.faults import Faults
from teli_iac.leads.formats import Format
from teli_iac.leads.lines import read_lines
from teli_iac.leads.selection import select
from teli_iac.leads.sources.row import Row
from teli_iac.model import LeadsReference


def read_rows(
    blocks: Iterable[bytes], format_: Format, reference: LeadsReference, faults: Faults
) -> Iterator[Row]:
    """The rows of a file with these bytes; raises Unreadable, and adds lesser faults to `faults`."""
    content = format_.decompress(iter(blocks))
    lines = read_lines(content, reference.encoding or DEFAULT_ENCODING, faults)
    return format_.source(lines, select(reference), reference.delimiter, faults)

"""From lines to the rows of delimited text: the fast way for plain lines, the exact way for quoted ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from teli_iac.leads.faults import Fault, Faults, Unreadable
from teli_iac.leads.lines import LONGEST_LINE
from teli_iac.leads.sources.blank import without_blanks
from teli_iac.leads.sources.quoting import Misquoted, place_in, read_cells

LONGEST_CELL = 64 * 1024


class Record(NamedTuple):
    """A row of cells, the line it begins on, and its text as written, without the last line end."""

    line: int
    text: str
    cells: list[str]


def read_records(lines: Iterator[tuple[int, str]], delimiter: str, faults: Faults) -> Iterator[Record]:
    """Every row that is quoted as it should be; the others are faults.

    Raises Unreadable when the first one is: no other row is taken for the header.
    """
    first = True
    for line, text in without_blanks(lines, faults):
        record = (
            Record(line, text, text.split(delimiter))
            if '"' not in text
            else _quoted(line, text, lines, delimiter, faults)
        )
        if record is None or (len(record.text) > LONGEST_CELL and _has_long_cell(record, faults)):
            if first:
                raise Unreadable
            continue
        first = False
        yield record


def _quoted(
    line: int, text: str, lines: Iterator[tuple[int, str]], delimiter: str, faults: Faults
) -> Record | None:
    """A row with quotes, which takes further lines while a quote is open; None when it is misquoted."""
    whole = text
    try:
        if text.count('"') % 2:
            whole = _closed(line, text, _offset_of_open(text, delimiter), lines)
        return Record(line, whole, [cell.text for cell in read_cells(whole, delimiter)])
    except Misquoted as quote:
        faults.add(Fault("TELI-E071", quote.message, *place_in(whole, quote.offset, line)))
        return None


def _offset_of_open(text: str, delimiter: str) -> int:
    """Where the cell begins that the next line goes on with.

    A stray quote before it is told at its place, before it swallows the lines below.
    """
    *_, last = read_cells(text + '"', delimiter)
    return last.offset


def _closed(line: int, text: str, opened: int, lines: Iterator[tuple[int, str]]) -> str:
    """The text with the lines below it, up to the one that closes its open quote."""
    parts, length = [text], len(text)
    for _, more in lines:
        parts.append(more)
        length += len(more) + 1
        if length > LONGEST_LINE:
            break
        if more.count('"') % 2:
            return "\n".join(parts)
    within = f"not closed within {LONGEST_LINE:,} characters" if length > LONGEST_LINE else "never closed"
    raise Unreadable(Fault("TELI-E071", f"A quote opens in this row and is {within}", line, opened + 1))


def _has_long_cell(record: Record, faults: Faults) -> bool:
    if max(map(len, record.cells)) <= LONGEST_CELL:
        return False
    faults.add(Fault("TELI-E077", f"A cell has more than {LONGEST_CELL:,} characters", record.line))
    return True

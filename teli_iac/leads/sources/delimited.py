"""`.csv`: delimited text with a header, every cell a text; nothing is guessed, padded or dropped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice

from teli_iac.leads.characters import fault_of_value, forbidden_in_value
from teli_iac.leads.faults import Fault, Faults, Unreadable
from teli_iac.leads.selection import Selection
from teli_iac.leads.sources.header import Header, bind, faults_of_header
from teli_iac.leads.sources.quoting import place_in, read_cells
from teli_iac.leads.sources.records import Record, read_records
from teli_iac.leads.sources.row import Row


def read_delimited(
    lines: Iterator[tuple[int, str]], selection: Selection, delimiter: str | None, faults: Faults
) -> Iterator[Row]:
    """The rows below the header. Raises Unreadable when the header does not say what is where."""
    delimiter = delimiter or ","
    records = read_records(lines, delimiter, faults)
    header = _header(records, selection, delimiter, faults)
    number, width, fields = header.number, header.width, header.fields
    record = None
    for record in records:
        line, text, cells = record
        if len(cells) != width:
            faults.add(_ragged(record, width, delimiter))
        elif ('"' in text or "\t" in text) and _has_forbidden(record, header, delimiter, faults):
            continue
        else:
            sent = tuple([(name, cells[index]) for name, index in fields if cells[index]])
            yield Row(line, cells[number], sent, partial(_place, line, text, number, delimiter))
    if record is None and not faults:
        raise Unreadable(Fault("TELI-E070", "The file has a header and no row below it", 1, 1))


def _header(records: Iterator[Record], selection: Selection, delimiter: str, faults: Faults) -> Header:
    record = next(records, None)
    if record is None:
        raise Unreadable(*() if faults else (Fault("TELI-E070", "The file is empty", 1, 1),))
    is_sound = True
    for fault in faults_of_header(record, selection, delimiter):
        faults.add(fault)
        is_sound = False
    if not is_sound:
        raise Unreadable
    return bind(record, selection)


def _place(line: int, text: str, index: int, delimiter: str) -> tuple[int, int]:
    cell = next(islice(read_cells(text, delimiter), index, None))
    return place_in(text, cell.offset, line)


def _ragged(record: Record, width: int, delimiter: str) -> Fault:
    count = len(record.cells)
    line, column = record.line, 1
    if count > width:
        line, column = _place(record.line, record.text, width, delimiter)
    noun = "cell" if count == 1 else "cells"
    return Fault("TELI-E072", f"The row has {count} {noun} where the header has {width}", line, column)


def _has_forbidden(record: Record, header: Header, delimiter: str, faults: Faults) -> bool:
    """Whether a cell to be sent has a tab or a line end, which only a quoted or tabbed row can have."""
    for index in (header.number, *(index for _, index in header.fields)):
        character = forbidden_in_value(record.cells[index])
        if character is not None:
            faults.add(fault_of_value(character, *_place(record.line, record.text, index, delimiter)))
            return True
    return False

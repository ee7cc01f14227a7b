"""The first row of delimited text: which column holds what, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from teli_iac.leads.characters import fault_of_value, forbidden_in_value
from teli_iac.leads.faults import Fault
from teli_iac.leads.selection import Selection
from teli_iac.leads.sources.columns import missing_columns, spelt_alike
from teli_iac.leads.sources.quoting import place_in, read_cells
from teli_iac.leads.sources.records import Record

_DELIMITERS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a vertical bar"}
_LOOKS_LIKE_A_NUMBER = re.compile(r"\+?[\d ().-]{7,}")


@dataclass(frozen=True, slots=True)
class Header:
    """How many cells every row has, where its number is, and where each field is that is sent."""

    width: int
    number: int
    fields: tuple[tuple[str, int], ...]


def bind(record: Record, selection: Selection) -> Header:
    """Where the wanted columns are, in a header that has them."""
    position = {name: index for index, name in enumerate(record.cells)}
    return Header(
        width=len(record.cells),
        number=position[selection.number.column],
        fields=tuple(
            (wanted.name, position[wanted.column]) for wanted in selection.fields if wanted.column in position
        ),
    )


def faults_of_header(record: Record, selection: Selection, delimiter: str) -> Iterator[Fault]:
    """Empty and repeated names, characters no name may have, and wanted columns that are not there.

    The header is the file's first line, which may be somebody's name and number: no cell of it is quoted.
    """
    if selection.number.column not in record.cells and any(map(_LOOKS_LIKE_A_NUMBER.fullmatch, record.cells)):
        yield Fault(
            "TELI-E073", "The file begins with a number, not with the names of its columns", record.line
        )
        return
    yield from _faults_of_names(record, delimiter)
    present = frozenset(record.cells)
    missing = [wanted.column for wanted in selection if wanted.required and wanted.column not in present]
    yield from _faults_of_missing(missing, record, delimiter)


def _faults_of_names(record: Record, delimiter: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for number, cell in enumerate(read_cells(record.text, delimiter), 1):
        found = _fault_of_name(cell.text, number, first.setdefault(cell.text, number))
        if found is not None:
            line, column = place_in(record.text, cell.offset, record.line)
            yield replace(found, line=line, column=column)


def _fault_of_name(name: str, number: int, first: int) -> Fault | None:
    character = forbidden_in_value(name)
    if character is not None:
        return fault_of_value(character, None, 1)
    if not name.strip():
        return Fault("TELI-E073", f"Column {number} of the header has no name")
    if number != first:
        return Fault("TELI-E073", f"Columns {first} and {number} of the header have the same name")
    return None


def _faults_of_missing(missing: list[str], record: Record, delimiter: str) -> Iterator[Fault]:
    other = next(
        (told for mark, told in _DELIMITERS.items() if mark != delimiter and mark in record.text), None
    )
    is_whole = len(record.cells) == 1 and other is not None
    if is_whole and missing and not any(spelt_alike(column, record.cells) for column in missing):
        message = f"The header is one column by {_DELIMITERS[delimiter]}, and holds {other}"
        yield Fault("TELI-E074", message, record.line, 1, "Declare the `delimiter` that the file has.")
        return
    yield from missing_columns(missing, record.cells, record.line)

"""Delimited text in columns: proven quoted as it should be, and every row as wide as the header."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import polars as pl
from polars.exceptions import PolarsError

from teli_iac.leads.engine import Doubtful
from teli_iac.leads.engine.columns import LINE, Columns
from teli_iac.leads.engine.numbers import proven_numbers
from teli_iac.leads.engine.reading import Wanted
from teli_iac.leads.engine.text import prove_values, proven_lines
from teli_iac.leads.selection import PHONE_NUMBER
from teli_iac.leads.sources.header import Header, bind, faults_of_header
from teli_iac.leads.sources.quoting import Misquoted, read_cells
from teli_iac.leads.sources.records import Record

_WIDEST = 1000
NEVER_IN_TEXT = "\x1f"


def read_delimited_columns(blocks: Iterator[bytes], wanted: Wanted, piece_bytes: int) -> Iterator[Columns]:
    """All people below the header; raises Doubtful."""
    lines = proven_lines(blocks, piece_bytes)
    first, _, rest = next(lines, b"").partition(b"\n")
    header = _header(first.decode(), wanted)
    line = 2
    for text in chain([rest] if rest else [], lines):
        cells = _cells(text, header.width, wanted.delimiter)
        yield _columns(cells, text, header, wanted, line)
        line += cells.height
    if line == 2:  # noqa: PLR2004  nobody below the header
        raise Doubtful


def _header(text: str, wanted: Wanted) -> Header:
    try:
        record = Record(1, text, [cell.text for cell in read_cells(text, wanted.delimiter)])
    except Misquoted:
        raise Doubtful from None
    if len(record.cells) > _WIDEST or any(faults_of_header(record, wanted.selection, wanted.delimiter)):
        raise Doubtful
    return bind(record, wanted.selection)


def _cells(text: bytes, width: int, delimiter: str) -> pl.DataFrame:
    if b'"' in text:
        _prove_quoting(text, width, delimiter)
        return read_cells_of(text, width, delimiter, '"')
    cells = read_cells_of(text, width, delimiter, None)
    # The engine refuses a longer row and fills up a shorter one, of which the sum of all rows tells.
    if text.count(delimiter.encode()) != cells.height * (width - 1):
        raise Doubtful
    return cells


def _prove_quoting(text: bytes, width: int, delimiter: str) -> None:
    """That every line is a whole row of as many cells, each quoted altogether or not at all."""
    cell = rf'(?:"(?:[^"]|"")*"|[^"{_in_class(delimiter)}]*)'
    row = rf"\A{cell}(?:{_in_class(delimiter)}{cell}){{{width - 1}}}\z"
    try:
        sound = read_cells_of(text, 1, NEVER_IN_TEXT, None).to_series().str.contains(row).all()
    except PolarsError:  # a pattern for too wide a row
        raise Doubtful from None
    if not sound:
        raise Doubtful


def _in_class(delimiter: str) -> str:
    return rf"\{delimiter}" if delimiter == "|" else delimiter


def read_cells_of(text: bytes, width: int, delimiter: str, quote: str | None) -> pl.DataFrame:
    """Cells by row and column, numbered; raises Doubtful."""
    try:
        return pl.read_csv(
            text,
            has_header=False,
            separator=delimiter,
            quote_char=quote,
            schema={str(number): pl.String for number in range(width)},
            empty_string_is_null=False,
            extra_columns="raise",
            glob=False,
        )
    except PolarsError:
        raise Doubtful from None


def _columns(cells: pl.DataFrame, text: bytes, header: Header, wanted: Wanted, line: int) -> Columns:
    typed = cells[str(header.number)].alias(PHONE_NUMBER)
    fields = [cells[str(index)].alias(name) for name, index in header.fields]
    if b"\t" in text and (wanted.delimiter != "\t" or b'"' in text):
        for values in (typed, *fields):
            prove_values(values)
    if any(values.has_nulls() for values in (typed, *fields)):
        raise Doubtful
    numbers = proven_numbers(typed, wanted.read_number, is_national=wanted.is_national)
    frame = pl.DataFrame([numbers, *fields]).with_row_index(LINE, offset=line)
    return Columns(frame, may_have_signs=b'"' in text or b"\\" in text)

"""Delimited text in columns: proven quoted as it should be, and every row as wide as the header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import polars as pl
from polars.exceptions import PolarsError

from teli_iac.leads.engine import Doubtful
from teli_iac.leads.engine.columns import LINE, Columns
from teli_iac.leads.engine.numbers import proven_numbers
from teli_iac.leads.engine.reading import Wanted
from teli_iac.leads.engine.text import lines_in_pieces, prove_text, prove_values
from teli_iac.leads.selection import PHONE_NUMBER
from teli_iac.leads.sources.header import Header, bind, faults_of_header
from teli_iac.leads.sources.quoting import Misquoted, read_cells
from teli_iac.leads.sources.records import Record

_WIDEST = 1000
NEVER_IN_TEXT = "\x1f"


def read_delimited_columns(blocks: Iterator[bytes], wanted: Wanted, piece_bytes: int) -> Iterator[Columns]:
    """All people below the header; raises Doubtful."""
    pieces = lines_in_pieces(blocks, piece_bytes)
    opening, _, rest = next(pieces, b"").partition(b"\n")
    prove_text(opening)
    header = _header(opening.decode(), wanted)
    line = 2
    for text in chain([rest] if rest else [], pieces):
        columns = _columns(text, header, wanted, line, wanted.proofs.name(opening, text))
        yield columns
        line += len(columns)
    if line == 2:  # noqa: PLR2004  nobody below the header
        raise Doubtful


def _columns(text: bytes, header: Header, wanted: Wanted, line: int, name: str) -> Columns:
    """The people of a piece, proven unless the very same piece was before."""
    is_known = wanted.proofs.proven(name)
    if not is_known:
        prove_text(text)
        _prove_rows(text, header.width, wanted.delimiter)
    cells = read_cells_of(text, header.width, wanted.delimiter, '"' if b'"' in text else None)
    typed, *fields = _chosen(cells, header)
    if not is_known:
        _prove_cells(text, cells, [typed, *fields], header.width, wanted.delimiter)
    numbers = typed
    if not wanted.proofs.numbers_stand_as_sent(name):
        numbers = proven_numbers(typed, wanted.read_number, is_national=wanted.is_national)
    wanted.proofs.add(name, numbers_stand_as_sent=numbers is typed)
    frame = pl.DataFrame([numbers, *fields]).with_row_index(LINE, offset=line)
    return Columns(frame, may_have_signs=b'"' in text or b"\\" in text)


def _header(text: str, wanted: Wanted) -> Header:
    try:
        record = Record(1, text, [cell.text for cell in read_cells(text, wanted.delimiter)])
    except Misquoted:
        raise Doubtful from None
    if len(record.cells) > _WIDEST or any(faults_of_header(record, wanted.selection, wanted.delimiter)):
        raise Doubtful
    return bind(record, wanted.selection)


def _chosen(cells: pl.DataFrame, header: Header) -> list[pl.Series]:
    """The numbers, then the fields under the names they are sent by."""
    fields = [cells[str(index)].alias(name) for name, index in header.fields]
    return [cells[str(header.number)].alias(PHONE_NUMBER), *fields]


def _prove_cells(
    text: bytes, cells: pl.DataFrame, sent: Sequence[pl.Series], width: int, delimiter: str
) -> None:
    # The engine refuses a longer row and fills up a shorter one, of which the sum of all rows tells.
    if b'"' not in text and text.count(delimiter.encode()) != cells.height * (width - 1):
        raise Doubtful
    if b"\t" in text and (delimiter != "\t" or b'"' in text):
        for values in sent:
            prove_values(values)
    if any(values.has_nulls() for values in sent):
        raise Doubtful


def _prove_rows(text: bytes, width: int, delimiter: str) -> None:
    """That every line with quotes is a whole row of as many cells, each quoted altogether or not at all."""
    if b'"' not in text:
        return
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

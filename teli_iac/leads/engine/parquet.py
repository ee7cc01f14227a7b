"""`.parquet`: columns of texts in columns, and the exact way row by row for all that JSON has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import BinaryIO

import polars as pl
from polars.exceptions import PolarsError

from teli_iac.leads.engine import Doubtful
from teli_iac.leads.engine.columns import LINE, Columns
from teli_iac.leads.engine.numbers import proven_numbers
from teli_iac.leads.engine.reading import Wanted
from teli_iac.leads.engine.text import prove_values
from teli_iac.leads.faults import Fault, Faults, Unreadable
from teli_iac.leads.selection import PHONE_NUMBER, Selection
from teli_iac.leads.selection import Wanted as Field
from teli_iac.leads.sources.columns import missing_columns
from teli_iac.leads.sources.records import LONGEST_CELL
from teli_iac.leads.sources.row import Row
from teli_iac.leads.sources.values import STEP_TO_TEXT, has_fault, sent_fields, told_of_type

_ROWS_AT_ONCE = 50_000
_BYTES_OF_A_ROW = 100
_TYPES_OF_JSON = (pl.String, pl.Boolean, pl.Null, pl.Categorical, pl.Enum, pl.List, pl.Array, pl.Struct)


def read_parquet_columns(file: BinaryIO, wanted: Wanted, piece_bytes: int) -> Iterator[Columns]:
    """All people, when everything that is sent of them is text; raises Doubtful."""
    try:
        frame = pl.scan_parquet(file)
        schema = frame.collect_schema()
        fields = _present(wanted.selection, schema)
        if any(schema[each.column] != pl.String for each in fields):
            raise Doubtful
        line = 1
        for batch in _batches(frame, fields, max(1, piece_bytes // _BYTES_OF_A_ROW)):
            yield proven_batch(batch, wanted, line)
            line += batch.height
    except PolarsError:
        raise Doubtful from None
    if line == 1:
        raise Doubtful


def read_parquet(file: BinaryIO, selection: Selection, faults: Faults) -> Iterator[Row]:
    """A row per row; raises Unreadable where there is no table, or not the wanted columns in it."""
    try:
        frame = pl.scan_parquet(file)
        fields = _sound(frame.collect_schema(), selection, faults)
        number = 0
        for batch in _batches(frame, fields, _ROWS_AT_ONCE):
            for number, (typed, *values) in enumerate(batch.iter_rows(), number + 1):  # noqa: B020  counts on
                row = Row(number, typed, sent_fields(fields[1:], values), partial(_place, number))
                if not has_fault(row, faults):
                    yield row
    except PolarsError:
        told = "The file is damaged, or no Parquet file"
        raise Unreadable(Fault("TELI-E066", told, 1, 1, "Make the file again.")) from None
    if not number and not faults:
        raise Unreadable(Fault("TELI-E070", "The file has no row", 1, 1))


def _present(selection: Selection, schema: pl.Schema) -> Sequence[Field]:
    """The number and the fields that the file has; raises Doubtful when a wanted one is missing."""
    if any(each.required and each.column not in schema for each in selection):
        raise Doubtful
    return [each for each in selection if each.column in schema]


def _batches(frame: pl.LazyFrame, fields: Sequence[Field], rows: int) -> Iterator[pl.DataFrame]:
    chosen = frame.select([pl.col(each.column).alias(each.name) for each in fields])
    yield from chosen.collect_batches(chunk_size=rows, maintain_order=True)


def proven_batch(batch: pl.DataFrame, wanted: Wanted, line: int) -> Columns:
    """People of texts, the number first, under the names they are sent by; raises Doubtful."""
    typed, *fields = (batch[name] for name in batch.columns)
    if typed.has_nulls():
        raise Doubtful
    for values in (typed, *fields):
        prove_values(values)
        if (values.str.len_chars() > LONGEST_CELL).any():
            raise Doubtful
    numbers = proven_numbers(typed, wanted.read_number, is_national=wanted.is_national)
    sent = [values.fill_null("") for values in fields]
    frame = pl.DataFrame([numbers.alias(PHONE_NUMBER), *sent]).with_row_index(LINE, offset=line)
    return Columns(frame, may_have_signs=True)


def _sound(schema: pl.Schema, selection: Selection, faults: Faults) -> Sequence[Field]:
    missing = [each.column for each in selection if each.required and each.column not in schema]
    fields = [each for each in selection if each.column in schema]
    strange = [each.column for each in fields if not _is_of_json(schema[each.column])]
    for fault in missing_columns(missing, schema.names(), 1):
        faults.add(fault)
    for column in strange:
        faults.add(Fault("TELI-E079", told_of_type(column), 1, 1, STEP_TO_TEXT))
    if missing or strange:
        raise Unreadable
    return fields


def _is_of_json(kind: pl.DataType) -> bool:
    if isinstance(kind, pl.List | pl.Array):
        return _is_of_json(kind.inner)  # type: ignore[arg-type]  # a type, never a class, in a schema
    if isinstance(kind, pl.Struct):
        return all(_is_of_json(each.dtype) for each in kind.fields)  # type: ignore[arg-type]  # as above
    is_number = kind.is_integer() or kind.is_float()
    return is_number or isinstance(kind, _TYPES_OF_JSON)


def _place(line: int) -> tuple[int, int]:
    return line, 1

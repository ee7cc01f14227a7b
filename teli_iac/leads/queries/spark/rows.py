"""The rows of an answer, each with what the cluster can say of it by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from typing import Any

from pyspark.sql import Column
from pyspark.sql import functions as sql

from teli_iac.leads.faults import Unreadable
from teli_iac.leads.queries.answers import no_text
from teli_iac.leads.queries.spark.expressions import is_clean
from teli_iac.leads.queries.spark.fields import Field
from teli_iac.leads.queries.spark.names import CLEAN, FAULT, NUMBER, ROW, ROWS_OF_A_PARTITION, TYPED
from teli_iac.leads.refusals import RowFault
from teli_iac.leads.sources.row import Row
from teli_iac.leads.sources.values import sent_fields

_ROWS_AT_ONCE = 1000


def looked_at(keyed: Any, fields: Sequence[Field], proven: Callable[[Column], Column]) -> Any:
    """Every row with a number that is `proven` of what stands in its first field, a fault, or neither."""
    number, *_ = fields
    typed = sql.col(number.key)
    bare = keyed.select(sql.monotonically_increasing_id().alias(ROW), *map(_bare, fields))
    nothing = sql.lit(None).cast("string")
    fault = sql.when(typed.isNull(), RowFault.NO_NUMBER.value)
    if not number.is_text:
        fault = fault.otherwise(RowFault.NOT_TEXT.value)
    return bare.select(
        "*",
        (typed if number.is_text else nothing).alias(TYPED),
        (proven(typed) if number.is_text else nothing).alias(NUMBER),
        fault.alias(FAULT),
        is_clean(sql.col(field.key) for field in fields if field.is_text).alias(CLEAN),
    )


def is_open() -> Column:
    """Whether nothing is known yet of the number of a row."""
    return sql.col(NUMBER).isNull() & sql.col(FAULT).isNull()


def partition_of() -> Column:
    """Where a row stands."""
    return sql.expr(f"{ROW} DIV {ROWS_OF_A_PARTITION}")


def starts_of(sizes: Mapping[int, int]) -> Mapping[int, int]:
    """How many rows are before each partition."""
    in_order = sorted(sizes)
    return dict(zip(in_order, accumulate(map(sizes.__getitem__, in_order), initial=0), strict=False))


def place_of(row: int, starts: Mapping[int, int]) -> int:
    """Which row of the answer it is, from 1: `starts` has how many are before each partition."""
    partition, within = divmod(row, ROWS_OF_A_PARTITION)
    return starts[partition] + within + 1


def rows_here(some: Any, fields: Sequence[Field], starts: Mapping[int, int]) -> Iterator[Row]:
    """Some of the rows, in their order, however many; raises Unreadable for bytes that are no text."""
    last = -1
    readable = some.select(ROW, *_readable(fields)).orderBy(ROW)
    while batch := readable.where(sql.col(ROW) > last).limit(_ROWS_AT_ONCE).collect():
        for last, *values in batch:
            place = place_of(last, starts)
            _refuse_bytes(values[len(fields) :], fields, place)
            number, *others = map(as_json, values[: len(fields)])
            yield Row(place, number, sent_fields(fields[1:], others), partial(_place, place))  # type: ignore[arg-type]


def as_json(value: Any) -> Any:
    """A value of the library as Python has it: rows within rows are objects."""
    if isinstance(value, list):
        return [as_json(each) for each in value]
    if isinstance(value, tuple):
        return {name: as_json(each) for name, each in value.asDict().items()}  # type: ignore[attr-defined]
    return value


def _bare(field: Field) -> Any:
    """The value without a collation, by which texts could be equal that are not the same."""
    value = sql.col(field.key)
    return value.cast("binary").cast("string").alias(field.key) if field.is_text else value


def _readable(fields: Sequence[Field]) -> Iterator[Any]:
    """Every value, then of each whether it is what the answer had."""
    for field in fields:
        value = sql.col(field.key)
        yield sql.make_valid_utf8(value).alias(field.key) if field.is_text else value
    for field in fields:
        yield sql.is_valid_utf8(field.key) if field.is_text else sql.lit(True)  # noqa: FBT003  a literal of SQL


def _refuse_bytes(are_texts: Sequence[bool | None], fields: Sequence[Field], place: int) -> None:
    for field, is_text in zip(fields, are_texts, strict=True):
        if is_text is False:
            raise Unreadable(no_text(field.column, place))


def _place(number: int) -> tuple[int, int]:
    return number, 1

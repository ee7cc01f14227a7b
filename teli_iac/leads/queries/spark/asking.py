"""What a cluster does not prove comes here and is judged by the exact way; its verdict goes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial, reduce
from itertools import islice
from typing import Any

import pyarrow as pa
from pyspark.sql import functions as sql

from teli_iac.leads.faults import Faults, Unreadable
from teli_iac.leads.numbers import NumberReader
from teli_iac.leads.queries.answers import no_text
from teli_iac.leads.queries.spark.fields import Field
from teli_iac.leads.queries.spark.names import CLEAN, FAULT, NUMBER, ROW, ROWS_OF_A_PARTITION, TYPED
from teli_iac.leads.refusals import RowFault
from teli_iac.leads.sources.row import Row
from teli_iac.leads.sources.values import has_fault, sent_fields

_ROWS_AT_ONCE = 1000
_TEXTS_AT_ONCE = 100_000
_VERDICTS = pa.schema([(name, pa.string()) for name in (TYPED, NUMBER, FAULT)])


def refuse_unclean(rows: Any, fields: Sequence[Field], starts: Mapping[int, int]) -> None:
    """Looks at the rows that are not proven clean; raises Unreadable when one of them may not be sent."""
    faults = Faults()
    for row in _unclean(rows, fields, starts):
        has_fault(row, faults)
    if faults:
        raise Unreadable(*faults)


def verdicts(session: Any, texts: Any, read_number: NumberReader) -> Any:
    """What the exact way says of each text, as a table on the cluster: a number, or the code of a fault."""
    typed = iter(texts.distinct().toLocalIterator())
    tables: list[Any] = []
    while some := [text for (text,) in islice(typed, _TEXTS_AT_ONCE)]:
        # Named and left there, since otherwise whatever mentions it would send it along again.
        name = f"verdicts_{len(tables)}"
        session.createDataFrame(_judged(some, read_number)).createTempView(name)
        tables.append(session.table(name))
    return reduce(lambda left, right: left.union(right), tables)


def _judged(texts: Sequence[str], read_number: NumberReader) -> pa.Table:
    found = [read_number(text) for text in texts]
    numbers = [None if isinstance(each, RowFault) else each for each in found]
    faults = [each.value if isinstance(each, RowFault) else None for each in found]
    return pa.Table.from_arrays(
        [pa.array(each, pa.string()) for each in (texts, numbers, faults)], schema=_VERDICTS
    )


def _unclean(rows: Any, fields: Sequence[Field], starts: Mapping[int, int]) -> Iterator[Row]:
    """In their order, however many there are; raises Unreadable for bytes that are no text."""
    last = -1
    unclean = rows.where(~sql.col(CLEAN)).select(ROW, *_readable(fields)).orderBy(ROW)
    while some := unclean.where(sql.col(ROW) > last).limit(_ROWS_AT_ONCE).collect():
        for last, *values in some:
            place = place_of(last, starts)
            _refuse_bytes(values[len(fields) :], fields, place)
            number, *others = values[: len(fields)]
            yield Row(place, number, sent_fields(fields[1:], others), partial(_place, place))  # type: ignore[arg-type]


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


def place_of(row: int, starts: Mapping[int, int]) -> int:
    """Which row of the answer it is, from 1: `starts` has how many are before each partition."""
    partition, within = divmod(row, ROWS_OF_A_PARTITION)
    return starts[partition] + within + 1


def _place(number: int) -> tuple[int, int]:
    return number, 1

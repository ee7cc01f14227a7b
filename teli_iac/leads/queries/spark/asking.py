"""What a cluster does not prove comes here and is judged by the exact way; its verdict goes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import islice
from typing import Any

import pyarrow as pa
from pyspark.sql import functions as sql

from teli_iac.leads.faults import Faults, Unreadable
from teli_iac.leads.numbers import NumberReader
from teli_iac.leads.queries.spark.connecting import Cluster
from teli_iac.leads.queries.spark.fields import Field
from teli_iac.leads.queries.spark.names import CLEAN, FAULT, NUMBER, TYPED
from teli_iac.leads.queries.spark.rows import rows_here
from teli_iac.leads.refusals import RowFault
from teli_iac.leads.sources.values import has_fault

_TEXTS_AT_ONCE = 100_000
_EXACT_NUMBER = "exact_number"
_EXACT_FAULT = "exact_fault"
_VERDICTS = pa.schema([(name, pa.string()) for name in (TYPED, _EXACT_NUMBER, _EXACT_FAULT)])


def refuse_unclean(rows: Any, fields: Sequence[Field], starts: Mapping[int, int]) -> None:
    """Looks at the rows that are not proven clean; raises Unreadable when one of them may not be sent."""
    faults = Faults()
    for row in rows_here(rows.where(~sql.col(CLEAN)), fields, starts):
        has_fault(row, faults)
    if faults:
        raise Unreadable(*faults)


def with_verdicts(cluster: Cluster, rows: Any, doubtful: Any, read_number: NumberReader) -> Any:
    """The same rows: those that are doubtful have the number or the fault that the exact way says."""
    exact = _verdicts(cluster, doubtful.select(TYPED), read_number)
    joined = rows.join(exact, TYPED, "left")
    fault = sql.when(sql.col(NUMBER).isNull(), sql.col(_EXACT_FAULT))
    told = joined.withColumns(
        {NUMBER: sql.coalesce(NUMBER, _EXACT_NUMBER), FAULT: sql.coalesce(FAULT, fault)}
    )
    # Kept, since all that is made of these rows would join them anew.
    return cluster.kept(told.drop(_EXACT_NUMBER, _EXACT_FAULT))


def _verdicts(cluster: Cluster, texts: Any, read_number: NumberReader) -> Any:
    """Of each text, as a table on the cluster."""
    typed = iter(texts.distinct().toLocalIterator())
    tables: Iterator[Any] = (
        cluster.sent(_judged(some, read_number))
        for some in iter(lambda: [text for (text,) in islice(typed, _TEXTS_AT_ONCE)], [])
    )
    first, *others = tables
    if not others:
        # So few go to wherever the rows are; otherwise all rows would be put in order to find theirs.
        return sql.broadcast(first)
    return reduce(lambda left, right: left.union(right), others, first)


def _judged(texts: Sequence[str], read_number: NumberReader) -> pa.Table:
    found = [read_number(text) for text in texts]
    numbers = [None if isinstance(each, RowFault) else each for each in found]
    faults = [each.value if isinstance(each, RowFault) else None for each in found]
    return pa.Table.from_arrays(
        [pa.array(each, pa.string()) for each in (texts, numbers, faults)], schema=_VERDICTS
    )

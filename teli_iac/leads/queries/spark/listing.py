"""Numbers that nobody calls, as the cluster has them: of a query that runs there, or sent there once.

They are read there as `leads.queries.spark.judging` reads those of people, and by the rules of lists: what
is no number is no verdict but a fault, for whoever it means would be called.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import pyarrow as pa
from pyspark.sql import functions as sql

from teli_iac.leads.faults import Fault, Unreadable
from teli_iac.leads.numbers import LONGEST, NATIONAL_NANP, listed_number_reader
from teli_iac.leads.queries.faults import no_row
from teli_iac.leads.queries.protocol import NumbersHere, NumbersThere
from teli_iac.leads.queries.spark.asking import with_verdicts
from teli_iac.leads.queries.spark.connecting import Cluster
from teli_iac.leads.queries.spark.expressions import fingerprint_of, limbs, proven_listed
from teli_iac.leads.queries.spark.fields import Field, fields_of, key_of
from teli_iac.leads.queries.spark.names import CLEAN, NUMBER
from teli_iac.leads.queries.spark.rows import is_open, looked_at, partition_of, rows_here, starts_of
from teli_iac.leads.selection import selection_of
from teli_iac.leads.sources.row import Row
from teli_iac.model import Fingerprint, SuppressionQuery

_COUNT = "of_number"
_FAULTY = "faulty"
_OPEN = "open"


@dataclass(frozen=True, slots=True, repr=False)
class ClusterNumbers:
    """`frame` has the numbers, some perhaps more than once; `sum` counts and adds up each once."""

    cluster: Cluster
    frame: Any  # of the library
    sum: Fingerprint

    def __len__(self) -> int:
        return self.sum.count

    def content(self) -> str:
        """A name of these very numbers, in whatever order and however often they came."""
        return f"{self.sum.count} {self.sum.total:032x}"

    def fetched(self) -> Iterator[int]:
        """Each once. Raises Unreadable."""
        whole = sql.substring(sql.col(NUMBER), 2, LONGEST).cast("bigint").alias(NUMBER)
        with self.cluster.answering():
            table = self.frame.select(whole).distinct().toArrow()
        if table.num_rows != len(self):
            raise Unreadable(Fault("TELI-E117", f"{self.cluster.name} gives other numbers than before"))
        for some in table[NUMBER].chunks:
            yield from some.to_pylist()


@dataclass(frozen=True, slots=True, repr=False)
class ClusterPlace:
    """See `protocol.Place`: two of one session are equal."""

    cluster: Cluster

    @property
    def connection(self) -> str:
        """Whose session it is."""
        return self.cluster.name

    def ask(self, reference: SuppressionQuery) -> tuple[NumbersThere, Iterator[Row]]:
        """The numbers of a query, and the rows that nobody proved to be one."""
        with self.cluster.answering():
            rows, number = self._rows(reference)
            seen = _look(rows)
            if seen.doubtful:
                read_number = listed_number_reader(reference.default_country)
                doubtful = rows.where(_is_doubtful())
                rows = with_verdicts(self.cluster, rows, doubtful, read_number)
                seen = _look(rows)
        numbers = rows.where(sql.col(NUMBER).isNotNull()).select(NUMBER)
        faulty = self._faulty(rows, number) if seen.faulty else iter(())
        return ClusterNumbers(self.cluster, numbers, seen.sum), faulty

    def _rows(self, reference: SuppressionQuery) -> tuple[Any, Field]:
        answer = self.cluster.put(reference.query)
        (number,) = fields_of(answer.schema, selection_of(reference))
        keyed = answer.toDF(*map(key_of, range(len(answer.columns))))
        proven = partial(proven_listed, is_national=reference.default_country in NATIONAL_NANP)
        return self.cluster.kept(looked_at(keyed, [number], proven)), number

    def _faulty(self, rows: Any, number: Field) -> Iterator[Row]:
        with self.cluster.answering():
            starts = starts_of(dict(map(tuple, rows.groupBy(partition_of()).count().collect())))
            yield from rows_here(rows.where(_is_faulty()), [number], starts)


def frame_of(cluster: Cluster, numbers: NumbersThere | NumbersHere) -> Any:
    """These numbers as rows on the cluster: as they are, or sent there, which is done once."""
    if isinstance(numbers, ClusterNumbers):
        return numbers.frame
    here = cast("NumbersHere", numbers)
    if here not in cluster.lists:
        cluster.lists[here] = _sent(cluster, here)
    return cluster.lists[here]


def _sent(cluster: Cluster, numbers: NumbersHere) -> Any:
    # A whole number of fifteen digits has the same bits with a sign and without.
    shares = [
        pa.Array.from_buffers(pa.int64(), len(each), [None, pa.py_buffer(each)]) for each in numbers.shares()
    ]
    whole = cluster.sent(pa.table({NUMBER: pa.chunked_array(shares, pa.int64())}))
    return whole.select(sql.concat(sql.lit("+"), sql.col(NUMBER).cast("string")).alias(NUMBER))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What came of looking at every row once; `sum` is of the numbers, each once."""

    faulty: int
    doubtful: int
    sum: Fingerprint


def _look(rows: Any) -> _Seen:
    """Raises Unreadable when there is no row."""
    of_each = rows.groupBy(NUMBER).agg(
        sql.count("*").alias(_COUNT),
        sql.count_if(_is_faulty()).alias(_FAULTY),
        sql.count_if(_is_doubtful()).alias(_OPEN),
    )
    ((count, faulty, doubtful, different, *sums),) = of_each.agg(
        sql.sum(_COUNT), sql.sum(_FAULTY), sql.sum(_OPEN), sql.count(NUMBER), *limbs(sql.col(NUMBER))
    ).collect()
    if not count:
        raise no_row()
    return _Seen(faulty, doubtful, fingerprint_of(different, sums))


def _is_faulty() -> Any:
    """Whatever is not proven to be a number is looked at: none is lost, wherever its verdict went."""
    return ~sql.col(CLEAN) | sql.col(NUMBER).isNull()


def _is_doubtful() -> Any:
    """Nothing is known yet of its number, and the exact way can be asked for it."""
    return sql.col(CLEAN) & is_open()

"""People who stay on the cluster: held against lists there, and fetched in the order of their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from typing import Any

import pyarrow as pa
from pyspark.sql import functions as sql

from teli_iac.errors import LeadsChanged
from teli_iac.identity import add_fingerprints, subtract_fingerprints
from teli_iac.leads.faults import Unreadable
from teli_iac.leads.queries.protocol import NumbersHere, NumbersThere
from teli_iac.leads.queries.spark.connecting import Cluster
from teli_iac.leads.queries.spark.expressions import fingerprint_of, limbs, row_text
from teli_iac.leads.queries.spark.fields import Field
from teli_iac.leads.queries.spark.listing import ClusterPlace, frame_of
from teli_iac.leads.queries.spark.names import NUMBER, ROWS_OF_A_PARTITION
from teli_iac.model import Fingerprint, Lead
from teli_iac.model.people import Piece
from teli_iac.people import RowsPiece

_FETCHED_AT_ONCE = 100_000
_STEPS = 10
"""Of which the people that are fetched at once are made: they lie in partitions of any size."""

_IN_A_PIECE = 5_000
_NOTHING = (None, "")


@dataclass(frozen=True, slots=True, repr=False)
class ClusterPeople:
    """The people whom a judgement found, who have to be the same whenever they are fetched."""

    cluster: Cluster
    frame: Any  # of the library
    fields: Sequence[Field]
    fingerprint: Fingerprint
    at_once: int = _FETCHED_AT_ONCE

    def __len__(self) -> int:
        return self.fingerprint.count

    def __iter__(self) -> Iterator[Lead]:
        for piece in self.pieces():
            yield from piece.rows()

    @property
    def place(self) -> ClusterPlace:
        """Where they are."""
        return ClusterPlace(self.cluster)

    def listed(self, lists: Sequence[NumbersThere | NumbersHere]) -> ClusterPeople:
        """Those of them whose number stands in one of the lists. Raises Unreadable."""
        with self.cluster.answering():
            numbers = reduce(_union, [frame_of(self.cluster, each) for each in lists])
            chosen = self.frame.select(NUMBER, *(field.key for field in self.fields[1:]))
            found = self.cluster.kept(chosen.join(numbers, NUMBER, "left_semi"))
            return replace(self, frame=found, fingerprint=sum_of(found, self.fields))

    def without(self, others: ClusterPeople) -> ClusterPeople:
        """All but the others, who are some of them."""
        rest = self.frame.join(others.frame.select(NUMBER), NUMBER, "left_anti")
        return replace(
            self, frame=rest, fingerprint=subtract_fingerprints(self.fingerprint, others.fingerprint)
        )

    def pieces(self) -> Iterator[Piece]:
        """All of them. Raises LeadsChanged, at the latest before it ends."""
        found = Fingerprint(0, 0)
        try:
            for table in self._tables():
                for leads in self._leads(table, found.count + 1):
                    piece = RowsPiece(leads)
                    found = add_fingerprints(found, piece.fingerprint())
                    yield piece
        except Unreadable:
            found = Fingerprint(0, 0)
        if found != self.fingerprint:
            raise _changed(self.cluster.name)

    def _tables(self) -> Iterator[pa.Table]:
        """A part of them after the other. The cluster works only while one is asked for."""
        chosen = self.frame.select(NUMBER, *(field.key for field in self.fields[1:]))
        if self.fingerprint.count <= self.at_once:
            yield self._fetched(chosen)
            return
        # Kept in order, so that a part is found without looking at the others.
        with self.cluster.answering():
            ordered = self.cluster.kept(chosen.orderBy(NUMBER))
        number = sql.col(NUMBER)
        for first, behind in pairwise((None, *self._bounds(ordered), None)):
            above = ordered.where(number >= first) if first else ordered
            yield self._fetched(above.where(number < behind) if behind else above)

    def _bounds(self, ordered: Any) -> Sequence[str]:
        """Numbers between which there are so many people as are fetched at once, or fewer."""
        place = sql.expr(f"place % {ROWS_OF_A_PARTITION} % {self.at_once // _STEPS} = 0")
        placed = ordered.select(NUMBER, sql.monotonically_increasing_id().alias("place"))
        steps = sorted(self._fetched(placed.where(place).select(NUMBER))[NUMBER].to_pylist())
        return steps[::_STEPS][1:]

    def _fetched(self, frame: Any) -> pa.Table:
        with self.cluster.answering():
            table: pa.Table = frame.toArrow()
        return table.sort_by(NUMBER)

    def _leads(self, table: pa.Table, place: int) -> Iterator[tuple[Lead, ...]]:
        names = [field.name for field in self.fields[1:]]
        for batch in table.to_batches(max_chunksize=_IN_A_PIECE):
            numbers, *values = (column.to_pylist() for column in batch.columns)
            rows = zip(*values, strict=True) if values else ((),) * len(numbers)
            yield tuple(
                [
                    Lead(
                        number,
                        tuple([pair for pair in zip(names, row, strict=True) if pair[1] not in _NOTHING]),
                        line,
                    )
                    for line, (number, row) in enumerate(zip(numbers, rows, strict=True), place)
                ]
            )
            place += len(numbers)


def sum_of(people: Any, fields: Sequence[Field]) -> Fingerprint:
    """Worked out there."""
    texts = people.select(row_text(sql.col(NUMBER), fields[1:]).alias("text"))
    ((count, *sums),) = texts.agg(sql.count("*"), *limbs(sql.col("text"))).collect()
    return fingerprint_of(count, sums)


def _union(left: Any, right: Any) -> Any:
    return left.union(right)


def _changed(connection: str) -> LeadsChanged:
    return LeadsChanged(
        f"The people of {connection} can no longer be read as they were when this command began.",
        "Run the command again. Let the query name a snapshot, so that its answer stays the same.",
    )

"""A long answer of a database in columns: kept as it came, and held once all of it is proven."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import polars as pl

from teli_iac.leads.engine.columns import Columns
from teli_iac.leads.engine.judging import judge_columns
from teli_iac.leads.engine.parquet import proven_batch
from teli_iac.leads.engine.reading import Wanted
from teli_iac.model import Fingerprint, Lead
from teli_iac.model.people import Piece

Kept: TypeAlias = "pl.DataFrame"
"""Rows of texts, a fraction of what they take as objects."""

_AT_ONCE = 50_000
_TEXTS = frozenset({str, type(None)})


@dataclass(frozen=True, slots=True, repr=False)
class HeldPeople:
    """Everybody, in the order of their numbers."""

    people: Columns

    def __len__(self) -> int:
        return len(self.people)

    def __iter__(self) -> Iterator[Lead]:
        for piece in self.pieces():
            yield from piece.rows()

    def pieces(self) -> Iterator[Piece]:
        """All of them."""
        for start in range(0, len(self.people), _AT_ONCE):
            yield self.people.part(start, _AT_ONCE)


def keep(rows: Sequence[Sequence[object]], names: Sequence[str]) -> Kept | None:
    """The rows in columns of these names; None when not all of them are texts."""
    if not {type(value) for row in rows for value in row} <= _TEXTS:
        return None
    try:
        return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    except UnicodeEncodeError:  # halves of characters
        return None


def rows_again(kept: Kept) -> Sequence[Sequence[object]]:
    """The rows that were kept."""
    return kept.rows()


def prove(answer: Sequence[Kept], wanted: Wanted) -> tuple[HeldPeople, Fingerprint]:
    """Everybody and who they are; raises Doubtful."""
    pieces = [*_proven(answer, wanted)]
    fingerprint = judge_columns(iter(pieces))
    first, *others = pieces
    return HeldPeople(first.in_order_of_numbers(others)), fingerprint


def _proven(answer: Sequence[Kept], wanted: Wanted) -> Iterator[Columns]:
    line = 1
    for kept in answer:
        yield proven_batch(kept, wanted, line)
        line += kept.height

"""Lists of numbers in columns: a million of them, held against a piece of people in two milliseconds."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import polars as pl

from teli_iac.leads.ahead import ahead
from teli_iac.leads.engine import Doubtful
from teli_iac.leads.engine.columns import Columns
from teli_iac.leads.engine.formats import select_columns
from teli_iac.leads.engine.reading import Wanted
from teli_iac.leads.formats import Format
from teli_iac.leads.numbers import NATIONAL_NANP, listed_number_reader
from teli_iac.leads.opened import Opened
from teli_iac.leads.selection import selection_of
from teli_iac.model import SuppressionReference

if TYPE_CHECKING:
    from teli_iac.model.people import Piece

_BITS_A_NUMBER = 32
"""So many places there are for each number: of those who are not listed, one in 32 is looked up."""


def read_column(opened: Opened, format_: Format, reference: SuppressionReference, piece_bytes: int) -> Column:
    """The numbers of an open list; raises Doubtful where one of them cannot be read."""
    country = reference.default_country
    wanted = Wanted(
        selection_of(reference),
        reference.delimiter or ",",
        listed_number_reader(country),
        is_national=country in NATIONAL_NANP,
    )
    pieces = ahead(select_columns(opened, format_, wanted, piece_bytes))
    numbers = [piece.whole_numbers() for piece in pieces]
    if not any(map(len, numbers)):
        raise Doubtful
    return Column(pl.concat(numbers))


class Column:
    """Whole numbers in order, each once, and a bit for each of many places, set where a number falls.

    To look a number up among a million takes its way through twenty places of memory; the bit, in most
    cases, one. So a piece takes a tenth of the time.
    """

    __slots__ = ("_bits", "_numbers", "_places")

    def __init__(self, numbers: pl.Series) -> None:
        self._numbers = numbers.unique().sort()
        self._places = 1 << max(16, (len(self._numbers) * _BITS_A_NUMBER - 1).bit_length())
        bits = pl.repeat(False, self._places, dtype=pl.Boolean, eager=True)  # noqa: FBT003  a value
        self._bits = bits.scatter(self._numbers % self._places, True)  # noqa: FBT003  as above

    @classmethod
    def of(cls, shares: Iterable[array[int]]) -> Column:
        """Numbers that were held without columns."""
        return cls(pl.Series([*chain.from_iterable(shares)], dtype=pl.UInt64))

    def __len__(self) -> int:
        return len(self._numbers)

    def numbers(self) -> list[int]:
        """Each as an object."""
        return self._numbers.to_list()

    def holds(self, piece: Piece) -> Sequence[bool]:
        """Whether each person's number is one of them."""
        if not isinstance(piece, Columns):
            raise TypeError("people come in rows or in columns")
        wanted = piece.whole_numbers()
        maybe = self._bits.gather(wanted % self._places)
        if not maybe.any():
            return maybe.to_list()
        found = self._found(wanted.filter(maybe).unique().sort())
        return (maybe & wanted.is_in(found.implode())).to_list()

    def _found(self, wanted: pl.Series) -> pl.Series:
        """Those of them that are listed."""
        nearest = self._numbers.search_sorted(wanted).clip(0, len(self._numbers) - 1)
        return wanted.filter(self._numbers.gather(nearest) == wanted)

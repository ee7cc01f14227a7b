"""Numbers that nobody calls, by the million: held as whole numbers in order, eight bytes each.

They are looked up one by one where there is no column engine, and a piece at a time where there is; either
form is made of the other when it is first asked for, so that no engine is loaded for a short list.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from teli_iac.model.people import Piece
from teli_iac.people import RowsPiece

if TYPE_CHECKING:
    from teli_iac.leads.engine.listing import Column

_SHARES = 16
"""Put in order one after the other, so that no list is ever held as objects altogether."""


class Listed:
    """Some numbers, each once. Either form may be missing until it is asked for."""

    __slots__ = ("__weakref__", "_column", "_shares")

    def __init__(self, shares: Sequence[array[int]] | None = None, column: Column | None = None) -> None:
        self._shares = shares
        self._column = column

    def __len__(self) -> int:
        if self._column is not None:
            return len(self._column)
        return sum(map(len, self.shares()))

    def __repr__(self) -> str:
        return f"Listed({len(self)} numbers)"

    def holds(self, piece: Piece) -> Sequence[bool]:
        """Whether each person's number is one of them."""
        if isinstance(piece, RowsPiece):
            shares = self.shares()
            return [_is_in(shares[number % _SHARES], number) for number in whole_numbers(piece.numbers())]
        return self._in_column().holds(piece)

    def content(self) -> str:
        """A name of these very numbers, in whatever order and however often they came.

        It stays in memory: who has it could try out numbers.
        """
        hashed = hashlib.blake2b(digest_size=32)
        for share in self.shares():
            hashed.update(share)
        return hashed.hexdigest()

    def shares(self) -> Sequence[array[int]]:
        """All of them, in sixteen parts."""
        if self._shares is None:
            self._shares = _ordered(self._in_column().numbers())
        return self._shares

    def _in_column(self) -> Column:
        if self._column is None:
            from teli_iac.leads.engine.listing import Column  # noqa: PLC0415  as people came in columns

            self._column = Column.of(self.shares())
        return self._column


def listed(numbers: Iterable[int]) -> Listed:
    """These numbers, as often as they come."""
    return Listed(shares=_ordered(numbers))


def whole_numbers(numbers: Iterable[str]) -> list[int]:
    """E.164 numbers have fifteen digits at most."""
    return [*map(int, numbers)]


@dataclass(frozen=True, slots=True, repr=False)
class NotListed:
    """Means everybody who stands in none of the lists."""

    lists: tuple[Listed, ...]

    def of(self, piece: Piece) -> Piece:
        """Without those in one of them."""
        return piece.pick([not held for held in held_by_any(self.lists, piece)])


def held_by_any(lists: Sequence[Listed], piece: Piece) -> Sequence[bool]:
    """Whether each person's number stands in one of the lists."""
    found = [each.holds(piece) for each in lists]
    return [any(held) for held in zip(*found, strict=True)] if found else [False] * len(piece)


def _ordered(numbers: Iterable[int]) -> Sequence[array[int]]:
    shares = [array("Q") for _ in range(_SHARES)]
    add = [share.append for share in shares]
    for number in numbers:
        add[number % _SHARES](number)
    return [array("Q", sorted(set(share))) for share in shares]


def _is_in(share: array[int], number: int) -> bool:
    at = bisect_left(share, number)
    return at < len(share) and share[at] == number

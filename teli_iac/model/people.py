"""Many people as the rest of the house sees them: a list that may lie in a file and is read in pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from teli_iac.model.leads import Fingerprint, Lead


class Piece(Protocol):
    """Some of the people, kept in whichever way their source likes; every answer is in the same order."""

    def __len__(self) -> int: ...

    def rows(self) -> Sequence[Lead]:
        """Each person whole: exact, and dear when there are many."""
        ...

    def numbers(self) -> Sequence[str]:
        """The E.164 number of each."""
        ...

    def texts(self) -> Sequence[bytes]:
        """The row text of each (`identity.row_text`), in UTF-8."""
        ...

    def objects(self) -> bytes:
        """Everybody as JSON objects with commas between, `phone_number` first, then the fields by name."""
        ...

    def fingerprint(self) -> Fingerprint:
        """Count and sum over the row text of each (`identity.fingerprint_texts`)."""
        ...

    def weight(self) -> int:
        """How many bytes `objects` has."""
        ...

    def places(self) -> Sequence[int]:
        """Where the number of each stands when a list is split (`identity.places_of`)."""
        ...

    def between(self, first: int, beyond: int | None) -> Piece:
        """Those alone whose places lie from `first` to before `beyond`."""
        ...

    def pick(self, wanted: Sequence[bool]) -> Piece:
        """Those alone at whose place `wanted` is true."""
        ...


@runtime_checkable
class PeopleInPieces(Protocol):
    """People who are read anew, piece by piece, whenever somebody asks: never all of them at once.

    Reading them raises LeadsChanged when they are no longer who they were.
    """

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Lead]: ...

    def pieces(self) -> Iterator[Piece]:
        """All people, in the order of their file."""
        ...

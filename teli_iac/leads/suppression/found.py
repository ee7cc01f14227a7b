"""Who of some people stands in a list, and everybody else."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from teli_iac.identity import add_fingerprints
from teli_iac.leads.suppression.listed import NotListed, listed, whole_numbers
from teli_iac.model import Fingerprint, People
from teli_iac.model.people import PeopleInPieces, Piece
from teli_iac.people import Picked, pick


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """The numbers and the fingerprint of those who stand in a list; `rest` is everybody else."""

    numbers: Collection[int]
    fingerprint: Fingerprint
    rest: People


def found_among(people: People, found: Iterable[Piece]) -> Found:
    """These pieces are all that was found of the people."""
    numbers = array("Q")
    theirs = Fingerprint(0, 0)
    for piece in found:
        numbers.extend(whole_numbers(piece.numbers()))
        theirs = add_fingerprints(theirs, piece.fingerprint())
    return Found(numbers, theirs, _others(people, numbers) if numbers else people)


@dataclass(frozen=True, slots=True, repr=False)
class InOrder(Collection[int]):
    """All numbers of some groups that share none, put in order whenever somebody reads them."""

    groups: tuple[Collection[int], ...]

    def __len__(self) -> int:
        return sum(map(len, self.groups))

    def __iter__(self) -> Iterator[int]:
        return iter(sorted(chain.from_iterable(self.groups)))

    def __contains__(self, number: object) -> bool:
        return any(number in group for group in self.groups)


def _others(people: People, found: Collection[int]) -> People:
    """All but these; a list that is read in pieces is not counted again, since all of these are in it."""
    choice = NotListed((listed(found),))
    if isinstance(people, PeopleInPieces):
        return Picked(people, choice, len(people) - len(found))
    return pick(people, choice)

"""People who live with an engine, held against lists there, so that neither comes here for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from teli_iac.leads.queries.protocol import NumbersHere, NumbersThere, PeopleThere, Place
from teli_iac.leads.suppression.found import Found, found_among
from teli_iac.leads.suppression.listed import whole_numbers
from teli_iac.model import People
from teli_iac.model.people import Piece
from teli_iac.people import Picked, in_pieces, numbers_of


def place_of(people: People) -> Place | None:
    """Where they stay with an engine; None for others."""
    whole = _whole(people)
    return whole.place if isinstance(whole, PeopleThere) else None


def found_there(people: People, lists: Sequence[NumbersThere | NumbersHere]) -> Found:
    """Who of people who are at a place stands in one of the lists, which are there too, or here.

    Whom of a list a `Picked` means only this machine can tell, so those who are listed come here for it. Of a
    whole list not even they do.
    """
    whole = _whole(people)
    if not isinstance(whole, PeopleThere):
        raise TypeError("these people are not with an engine")
    listed = whole.listed(lists) if lists else None
    if listed is None or not len(listed):
        return found_among(people, ())
    if people is whole:
        return Found(_NumbersThere(listed), listed.fingerprint, whole.without(listed))
    return found_among(people, _picked(people, listed))


@dataclass(frozen=True, slots=True, repr=False)
class _NumbersThere(Collection[int]):
    """Those of people at a place, read whenever somebody looks."""

    people: People

    def __len__(self) -> int:
        return len(self.people)

    def __iter__(self) -> Iterator[int]:
        yield from whole_numbers(numbers_of(self.people))

    def __contains__(self, number: object) -> bool:
        return any(each == number for each in self)


def _whole(people: People) -> People:
    """The list of which these are picked."""
    while isinstance(people, Picked):
        people = people.people
    return people


def _picked(people: People, listed: People) -> Iterator[Piece]:
    """Those of the listed who are picked as these people are."""
    if not isinstance(people, Picked):
        yield from in_pieces(listed)
        return
    for piece in _picked(people.people, listed):
        yield people.choice.of(piece)

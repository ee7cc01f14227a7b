"""People without those who stand in a list."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

from teli_iac.identity import add_fingerprints, subtract_fingerprints
from teli_iac.leads.suppression.listed import Listed, NotListed, held_by_any, listed, whole_numbers
from teli_iac.model import Fingerprint, Leads, ListRead, People, Suppression
from teli_iac.model.people import PeopleInPieces
from teli_iac.people import Picked, in_pieces, pick


def leave_out(leads: Leads, lists: Sequence[ListRead], numbers: Sequence[Listed]) -> Leads:
    """The people who stand in none of the lists; they are read once, and those left out are remembered.

    A fingerprint is a sum, so that of the others comes of taking away those who are left out: nobody else is
    hashed again. Who was left out before stays so, whatever the lists say now.
    """
    found, theirs = _found(leads.rows, numbers)
    before = leads.suppression.numbers if leads.suppression else ()
    everybody = array("Q", sorted((*before, *found)))
    suppression = Suppression(tuple(lists), leads.declared, everybody)
    if not found:
        return replace(leads, suppression=suppression)
    rest = pick_others(leads.rows, found)
    return replace(
        leads,
        rows=rest,
        fingerprint=subtract_fingerprints(leads.fingerprint, theirs),
        suppression=suppression,
    )


def pick_others(people: People, found: Sequence[int]) -> People:
    """All but these; a list that is read in pieces is not counted again, since all of these are in it."""
    choice = NotListed((listed(found),))
    if isinstance(people, PeopleInPieces):
        return Picked(people, choice, len(people) - len(found))
    return pick(people, choice)


def _found(people: People, lists: Sequence[Listed]) -> tuple[list[int], Fingerprint]:
    """Who of the people stands in a list: their numbers, and their fingerprint."""
    found: list[int] = []
    theirs = Fingerprint(0, 0)
    some = [each for each in lists if len(each)]
    for piece in in_pieces(people) if some else ():
        held = held_by_any(some, piece)
        if any(held):
            picked = piece.pick(held)
            found += whole_numbers(picked.numbers())
            theirs = add_fingerprints(theirs, picked.fingerprint())
    return found, theirs

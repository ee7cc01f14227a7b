"""People without those who stand in a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from teli_iac.identity import subtract_fingerprints
from teli_iac.leads.queries.protocol import NumbersThere
from teli_iac.leads.suppression.found import Found, InOrder, found_among
from teli_iac.leads.suppression.listed import Listed, held_by_any
from teli_iac.leads.suppression.there import found_there, place_of
from teli_iac.model import Leads, ListRead, People, Suppression
from teli_iac.model.people import Piece
from teli_iac.people import in_pieces


def leave_out(leads: Leads, lists: Sequence[ListRead], numbers: Sequence[Listed | NumbersThere]) -> Leads:
    """The people who stand in none of the lists; they are read once, and those left out are remembered.

    A fingerprint is a sum, so that of the others comes of taking away those who are left out: nobody else is
    hashed again. Who was left out before stays so, whatever the lists say now. People at a place (`there`)
    are not even read; raises Unreadable when it does not answer.
    """
    found = _found(leads.rows, [each for each in numbers if len(each)])
    before = leads.suppression.numbers if leads.suppression else ()
    suppression = Suppression(tuple(lists), leads.declared, InOrder((before, found.numbers)))
    return replace(
        leads,
        rows=found.rest,
        fingerprint=subtract_fingerprints(leads.fingerprint, found.fingerprint),
        suppression=suppression,
    )


def _found(people: People, lists: Sequence[Listed | NumbersThere]) -> Found:
    if place_of(people) is not None:
        return found_there(people, lists)
    here = [each for each in lists if isinstance(each, Listed)]
    if len(here) < len(lists):
        raise TypeError("a list is asked for where the people are")
    return found_among(people, _held(people, here))


def _held(people: People, lists: Sequence[Listed]) -> Iterator[Piece]:
    """Those who stand in a list; nobody is read where there is none."""
    for piece in in_pieces(people) if lists else ():
        held = held_by_any(lists, piece)
        if any(held):
            yield piece.pick(held)

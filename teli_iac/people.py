"""People in pieces: fingerprint, keyed hashes and subtraction for a list of any length, a piece at a time.

A list is a tuple of leads, or one that is read in pieces whenever somebody asks (`model.people`). Nothing
here tells the two apart but `in_pieces`, and nothing holds a long list whole.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress, pairwise
from operator import add
from struct import Struct
from typing import Protocol

from teli_iac.identity import (
    detail_keys,
    fingerprint_texts,
    people_ref,
    person_keys,
    places_of,
    row_text,
    sum_fingerprints,
)
from teli_iac.model import Fingerprint, Lead, LedgerKey, People, PeopleSet
from teli_iac.model.people import PeopleInPieces, Piece
from teli_iac.model.recorded import PERSON_RECORD_BYTES

_LEADS_IN_A_PIECE = 1000
_ONE_RECORD = Struct(f"{PERSON_RECORD_BYTES}s")


class Choice(Protocol):
    """Whom of a list is meant; a value, not a closure."""

    def of(self, piece: Piece) -> Piece:
        """Those of the piece whom it means."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class RowsPiece:
    """Leads that are held in memory."""

    leads: tuple[Lead, ...]

    def __len__(self) -> int:
        return len(self.leads)

    def rows(self) -> Sequence[Lead]:
        """As they are."""
        return self.leads

    def numbers(self) -> Sequence[str]:
        """One for each."""
        return [lead.phone_number for lead in self.leads]

    def texts(self) -> Sequence[bytes]:
        """One for each."""
        return [row_text(lead).encode() for lead in self.leads]

    def objects(self) -> bytes:
        """All of them."""
        return b",".join(map(_object, self.leads))

    def fingerprint(self) -> Fingerprint:
        """Of all of them."""
        return fingerprint_texts(self.texts())

    def weight(self) -> int:
        """Found by making them."""
        return len(self.objects())

    def places(self) -> Sequence[int]:
        """One for each."""
        return places_of(self.numbers())

    def between(self, first: int, beyond: int | None) -> RowsPiece:
        """Some of them."""
        return self.pick([first <= p and (beyond is None or p < beyond) for p in self.places()])

    def pick(self, wanted: Sequence[bool]) -> RowsPiece:
        """Some of them."""
        return RowsPiece(tuple(compress(self.leads, wanted)))


@dataclass(frozen=True, slots=True, repr=False)
class Picked:
    """Those of the people whom the choice means, read anew from them whenever somebody asks."""

    people: People
    choice: Choice
    count: int

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Lead]:
        for piece in self.pieces():
            yield from piece.rows()

    def pieces(self) -> Iterator[Piece]:
        """The others left out."""
        for piece in in_pieces(self.people):
            picked = self.choice.of(piece)
            if len(picked):
                yield picked


@dataclass(frozen=True, slots=True, repr=False)
class NotAmong:
    """Means everybody whose keyed number is not among `persons`."""

    key: LedgerKey
    persons: Container[bytes]

    def of(self, piece: Piece) -> Piece:
        """Without those among them."""
        persons = person_keys(self.key, piece.numbers())
        return piece.pick([person not in self.persons for person in persons])


def in_pieces(people: People) -> Iterator[Piece]:
    """All of them, in their order."""
    # Asked last: whether a tuple answers to a protocol takes Python as long as to read a lead.
    if not isinstance(people, tuple) and isinstance(people, PeopleInPieces):
        yield from people.pieces()
        return
    leads = people if isinstance(people, tuple) else tuple(people)
    for start in range(0, len(leads), _LEADS_IN_A_PIECE):
        yield RowsPiece(leads[start : start + _LEADS_IN_A_PIECE])


def pick(people: People, choice: Choice) -> People:
    """Those whom the choice means. Of a list read in pieces they are counted, and read again when wanted."""
    if isinstance(people, PeopleInPieces):
        return Picked(people, choice, sum(len(choice.of(piece)) for piece in people.pieces()))
    return tuple(choice.of(RowsPiece(tuple(people))).rows())


def fingerprint(people: People) -> Fingerprint:
    """Count and sum, piece by piece."""
    return sum_fingerprints(piece.fingerprint() for piece in in_pieces(people))


def numbers_of(people: People) -> Iterator[str]:
    """The E.164 number of everybody."""
    for piece in in_pieces(people):
        yield from piece.numbers()


def numbers_in_two(lists: Iterable[People]) -> set[str]:
    """Numbers that stand in more than one list. None has a number twice, so a single one is not even read.

    Of everybody eight bytes are held, and a share at a time as objects.
    """
    several = [*lists]
    shares = [array("Q") for _ in range(256)]
    for people in several if len(several) > 1 else ():
        for number in map(int, numbers_of(people)):
            shares[number & 255].append(number)
    return {f"+{number}" for share in shares for number, other in pairwise(sorted(share)) if number == other}


def persons_of(key: LedgerKey, people: People) -> Iterator[bytes]:
    """The keyed number of everybody."""
    for piece in in_pieces(people):
        yield from person_keys(key, piece.numbers())


def key_all(key: LedgerKey, people: People) -> PeopleSet:
    """The people as the ledger keeps them: sorted keyed hashes of their numbers and rows."""
    return _as_set(record for piece in in_pieces(people) for record in _records(key, piece))


def key_and_weigh(key: LedgerKey, people: People) -> tuple[PeopleSet, int]:
    """The same, and the bytes that all of them have as JSON objects with commas between, of one reading."""
    weights: list[int] = []

    def records() -> Iterator[bytes]:
        for piece in in_pieces(people):
            weights.append(piece.weight())
            yield from _records(key, piece)

    keyed = _as_set(records())
    return keyed, sum(weights) + max(len(weights) - 1, 0)


def leave_out(people: PeopleSet, others: PeopleSet) -> PeopleSet:
    """The people without those whose keyed numbers are among the others'.

    Share by share: a few thousand at a time are held as objects, in half the time that a million take.
    """
    left: list[bytes] = []
    for share, known in zip(_shares(people.records), _shares(others.records), strict=True):
        persons = {person for person, _ in PeopleSet("", known)}
        left += [person + detail for person, detail in PeopleSet("", share) if person not in persons]
    records = b"".join(left)
    return PeopleSet(people_ref(records), records)


def _shares(records: bytes) -> Iterator[bytes]:
    """The records by their first byte, in whose order they are."""
    places = range(0, len(records), PERSON_RECORD_BYTES)
    start = 0
    for first in range(1, 257):
        end = bisect_left(places, first, lo=start, key=records.__getitem__)
        yield records[start * PERSON_RECORD_BYTES : end * PERSON_RECORD_BYTES]
        start = end


def _records(key: LedgerKey, piece: Piece) -> Iterator[bytes]:
    return map(add, person_keys(key, piece.numbers()), detail_keys(key, piece.texts()))


def _as_set(records: Iterable[bytes]) -> PeopleSet:
    """The records in order. Side by side they take a third of what as many objects would."""
    shares = [bytearray() for _ in range(256)]
    for record in records:
        shares[record[0]] += record
    joined = b"".join(map(_in_order, filter(None, shares)))
    return PeopleSet(people_ref(joined), joined)


def _in_order(share: bytearray) -> bytes:
    return b"".join(sorted(chain.from_iterable(_ONE_RECORD.iter_unpack(share))))


def _object(lead: Lead) -> bytes:
    person = {"phone_number": lead.phone_number, **dict(lead.fields)}
    return json.dumps(person, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()

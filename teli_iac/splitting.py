"""One list as several parts of a campaign, none above a limit, and everybody always in the same part.

The list is put in the order of its people's places (`identity.places_of`), which their numbers alone decide,
and cut into the fewest parts that the limit allows, as equal as can be. The same people give the same parts
in whatever order, on whatever machine, read whole or piece by piece. A remainder of the places would need
room to spare in every part, and for small limits a search without an end; a cut by rank is exact, since no
two numbers share a place.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from teli_iac.identity import add_fingerprints, fingerprint_texts, places_of
from teli_iac.model import Fingerprint, Lead, Leads, People
from teli_iac.model.people import PeopleInPieces, Piece
from teli_iac.people import Picked, in_pieces

_FEW = 20
"""Of so few parts each is picked from every piece by itself, which columns do at once."""

_DRAWERS = 256
_DRAWER_SHIFT = 56
"""A drawer holds the places that begin with one of 256 bytes; only drawers with a cut in them are sorted."""


@dataclass(frozen=True, slots=True, repr=False)
class Between:
    """Means everybody whose place lies from `first` to before `beyond`."""

    first: int
    beyond: int | None

    def of(self, piece: Piece) -> Piece:
        """Those of the piece."""
        return piece.between(self.first, self.beyond)


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where a list is cut: each part but the first begins at the place in `begins`; their fingerprints."""

    begins: tuple[int, ...]
    fingerprints: tuple[Fingerprint, ...]

    def parts_of(self, numbers: Sequence[str]) -> Sequence[int]:
        """In which part each number is, counted from 0."""
        return [bisect_right(self.begins, place) for place in places_of(numbers)]


def split(leads: Leads, most: int | None) -> tuple[Leads, ...]:
    """The people in parts of at most `most`: all of them, each in one part. None is no limit."""
    if most is None or len(leads) <= most:
        return (leads,)
    cuts = cut(leads.rows, most)
    people = _in_parts(leads.rows, cuts)
    return tuple(
        replace(leads, rows=rows, fingerprint=each)
        for rows, each in zip(people, cuts.fingerprints, strict=True)
    )


def cut(people: People, most: int) -> Cuts:
    """Where these people are cut. Asked again at once for the same list, it is remembered."""
    return _cut(_This(people), most)


class _This:
    """One list, and no other that is equal to it: comparing a million people is not free."""

    __slots__ = ("people",)

    def __init__(self, people: People) -> None:
        self.people = people

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.people is self.people

    def __hash__(self) -> int:
        return id(self.people)


@lru_cache(maxsize=1)
def _cut(this: _This, most: int) -> Cuts:
    drawers = _in_drawers(this.people)
    count = sum(map(len, drawers))
    parts = -(-count // most)
    begins = _places_at([part * count // parts for part in range(1, parts)], drawers)
    return Cuts(begins, _fingerprints(this.people, begins))


def _in_drawers(people: People) -> Sequence[array[int]]:
    """Everybody's place, eight bytes each."""
    drawers = [array("Q") for _ in range(_DRAWERS)]
    for piece in in_pieces(people):
        for place in piece.places():
            drawers[place >> _DRAWER_SHIFT].append(place)
    return drawers


def _places_at(ranks: Sequence[int], drawers: Sequence[array[int]]) -> tuple[int, ...]:
    """The places that have these ranks, counted from 0."""
    ends = [*accumulate(map(len, drawers))]
    opened: dict[int, list[int]] = {}
    places = []
    for rank in ranks:
        drawer = bisect_right(ends, rank)
        if drawer not in opened:
            opened = {drawer: sorted(drawers[drawer])}
        places.append(opened[drawer][rank - ends[drawer] + len(drawers[drawer])])
    return tuple(places)


def _fingerprints(people: People, begins: Sequence[int]) -> tuple[Fingerprint, ...]:
    sums = [Fingerprint(0, 0) for _ in range(len(begins) + 1)]
    for piece in in_pieces(people):
        for part, alike in _by_part(piece, begins):
            sums[part] = add_fingerprints(sums[part], alike)
    return tuple(sums)


def _by_part(piece: Piece, begins: Sequence[int]) -> Iterator[tuple[int, Fingerprint]]:
    """The fingerprints of those of a piece who are in the same part."""
    if len(begins) < _FEW:
        for part, (first, beyond) in enumerate(_spans(begins)):
            yield part, piece.between(first, beyond).fingerprint()
        return
    texts: dict[int, list[bytes]] = {}
    for text, place in zip(piece.texts(), piece.places(), strict=True):
        texts.setdefault(bisect_right(begins, place), []).append(text)
    yield from ((part, fingerprint_texts(alike)) for part, alike in texts.items())


def _spans(begins: Sequence[int]) -> Iterator[tuple[int, int | None]]:
    return zip((0, *begins), (*begins, None), strict=True)


def _in_parts(people: People, cuts: Cuts) -> Sequence[People]:
    counts = [each.count for each in cuts.fingerprints]
    if isinstance(people, PeopleInPieces):
        spans = zip(_spans(cuts.begins), counts, strict=True)
        return [Picked(people, Between(first, beyond), count) for (first, beyond), count in spans]
    rows: list[list[Lead]] = [[] for _ in counts]
    for lead, part in zip(people, cuts.parts_of([lead.phone_number for lead in people]), strict=True):
        rows[part].append(lead)
    return [tuple(each) for each in rows]

"""Lists that share a budget of bytes: what matters most is told first, in few words, then in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to tell: `brief` in a line, and `full` with what follows it, made only when there is room."""

    brief: str
    full: Callable[[], str]


@dataclass(slots=True)
class Listing:
    """A list of entries, and what of it fits: that grows while room is given out.

    `more` says how many were left out; room for that is kept from the beginning.
    """

    entries: Sequence[Entry]
    more: Callable[[int], str]
    told: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that fits, and how much did not."""
        left_out = len(self.entries) - len(self.told)
        return "".join(self.told) + (self.more(left_out) if left_out else "")


def fit(listings: Sequence[Listing], room: int) -> None:
    """Give room to the lists in their order: a line for each entry first, then what follows the lines.

    At first none takes more than half of what is left, so that each says something; then what is left over
    goes round again.
    """
    room -= sum(_size(each.more(len(each.entries))) for each in listings if each.entries)
    for listing in listings:
        half = room // 2
        room -= half - _tell(listing, half)
    for listing in listings:
        room = _tell(listing, room)
    for listing in listings:
        room = _tell_in_full(listing, room)


def _tell(listing: Listing, room: int) -> int:
    for entry in listing.entries[len(listing.told) :]:
        size = _size(entry.brief)
        if size > room:
            break
        listing.told.append(entry.brief)
        room -= size
    return room


def _tell_in_full(listing: Listing, room: int) -> int:
    for index, brief in enumerate(listing.told):
        if room <= 0:
            break
        full = listing.entries[index].full()
        more = _size(full) - _size(brief)
        if more <= room:
            listing.told[index] = full
            room -= more
    return room


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))

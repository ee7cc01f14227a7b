"""Every event is stored with a link that hashes all before it, so that a torn or edited ledger shows.

The first link hashes what the ledger is bound to; the head keeps the last. Cutting off the end, changing,
dropping or swapping rows, or moving them to another account's ledger breaks the chain. The links are not
keyed: they find accidents and careless edits, not somebody who sets out to forge a ledger they can write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

from teli_iac.errors import LedgerDamaged
from teli_iac.identity import canonical_json
from teli_iac.ledger.binding import Binding
from teli_iac.ledger.events import decode_event, encode_event
from teli_iac.ledger.forms import read_instant, write_instant
from teli_iac.model import Event, StoredEvent

_PERSON = b"teli-iac ledger"
_Stored = TypeVar("_Stored", bound="tuple[int, str, str, bytes]")


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: the sequence of the last event (0 before the first) and its link."""

    version: int
    link: bytes


class Row(NamedTuple):
    """One event as it is stored: its place, when (UTC text), what (JSON text), and its link.

    A NamedTuple because a ledger is read whole, and this is made in a third of the time.
    """

    sequence: int
    at: str
    event: str
    link: bytes


def first_head(binding: Binding) -> Head:
    """The head of an empty ledger."""
    bound = canonical_json([*binding.words, binding.key_check])
    return Head(0, hashlib.blake2b(bound.encode(), digest_size=16, person=_PERSON).digest())


def link_rows(events: Sequence[Event], at: datetime, head: Head) -> tuple[Row, ...]:
    """The rows that carry these events on from `head`."""
    return link_stored([StoredEvent(place, at, event) for place, event in enumerate(events, 1)], head)


def link_stored(events: Iterable[StoredEvent], head: Head) -> tuple[Row, ...]:
    """The rows that carry events on from `head` which were written before, at their times."""
    rows: list[Row] = []
    link = head.link
    for sequence, stored in enumerate(events, head.version + 1):
        stamp, text = write_instant(stored.at), encode_event(stored.event)
        link = _link(link, sequence, stamp, text)
        rows.append(Row(sequence, stamp, text, link))
    return tuple(rows)


def end_of(rows: Sequence[Row], head: Head) -> Head:
    """The head after these rows; the one before when there are none."""
    return Head(rows[-1].sequence, rows[-1].link) if rows else head


def read_rows(rows: Iterable[Row], binding: Binding, head: Head) -> Iterator[StoredEvent]:
    """The events of the rows, in order; LedgerDamaged at the first row that does not follow from the last."""
    for row in _followed(rows, binding, head):
        yield StoredEvent(row.sequence, _instant(row), decode_event(row.event))


@dataclass(frozen=True, slots=True)
class StoredChain:
    """All that is stored of a ledger's events: rows as a backend gives them, whose it is, and its end."""

    rows: Sequence[tuple[int, str, str, bytes]]
    binding: Binding
    head: Head

    def events(self) -> Iterator[StoredEvent]:
        """As `read_rows` gives them."""
        return read_rows((Row(*row) for row in self.rows), self.binding, self.head)

    def is_whole(self) -> bool:
        """Whether every link is right and the last is that of the head; what events say is not looked at."""
        try:
            return all(map(bool, _followed(self.rows, self.binding, self.head)))
        except LedgerDamaged:
            return False


def _followed(rows: Iterable[_Stored], binding: Binding, head: Head) -> Iterator[_Stored]:
    """The rows as they are, the link of each checked; LedgerDamaged as above."""
    version, link = 0, first_head(binding).link
    for row in rows:
        sequence, at, event, told = row
        link = _link(link, sequence, at, event)
        if sequence != version + 1 or told != link:
            raise _broken(f"event {sequence} does not follow from the events before it")
        version = sequence
        yield row
    if Head(version, link) != head:
        raise _broken(f"it ends at event {version}, and was written up to event {head.version}")


def _link(previous: bytes, sequence: int, at: str, event: str) -> bytes:
    # Neither a time nor canonical JSON holds a line break, so no two rows have the same text.
    text = f"{sequence}\n{at}\n{event}".encode()
    return hashlib.blake2b(previous + text, digest_size=16, person=_PERSON).digest()


def _instant(row: Row) -> datetime:
    try:
        return read_instant(row.at)
    except ValueError as error:
        raise _broken(f"event {row.sequence} was written at no known time") from error


def _broken(how: str) -> LedgerDamaged:
    return LedgerDamaged(
        f"The ledger was changed or torn after it was written: {how}.",
        "Restore the ledger from its last good copy. Do not start a new one: people would be called again.",
    )

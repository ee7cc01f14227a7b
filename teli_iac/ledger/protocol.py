"""What a ledger backend answers to. Every backend passes tests/ledger/test_every_ledger.py.

A backend stores and hands back; it decides nothing about campaigns. `chain`, `events`, `binding` and
`fold` are shared by all of them, so that a ledger means the same wherever it lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from teli_iac.ledger.binding import Binding
from teli_iac.model import Account, Event, LedgerKey, PeopleSet, Recorded, StoredEvent


@dataclass(frozen=True, slots=True)
class Lease:
    """The right of one holder to write until `expires`.

    `token` is the fencing token: it grows with every lease ever given, and a write that carries a smaller
    one than the last is refused.
    """

    token: int
    holder: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class Whole:
    """What a ledger is bound to, its events in order, and the people sets they name, sorted by name."""

    binding: Binding
    events: tuple[StoredEvent, ...]
    people: tuple[PeopleSet, ...]


class Backend(Protocol):
    """One ledger in one place. Instants are aware; those given to a lease come from the holder's clock."""

    def exists(self) -> bool:
        """Whether the ledger was made here, completely."""
        ...

    def create(self, account: Account, key: LedgerKey, at: datetime) -> None:
        """Make an empty ledger bound to account and key; LedgerError when there is one."""
        ...

    def restore(self, whole: Whole, at: datetime) -> None:
        """Make a ledger that holds all of this already, or nothing; LedgerError when there is one."""
        ...

    def load(self, account: Account, key: LedgerKey) -> Recorded:
        """All that was recorded, without people sets. LedgerMissing, LedgerForeign or LedgerDamaged."""
        ...

    def people(self, refs: Iterable[str]) -> Mapping[str, PeopleSet]:
        """The named people sets, each checked against its name; LedgerDamaged when one is missing."""
        ...

    def events(self) -> Iterator[StoredEvent]:
        """Every event in order, checked link by link."""
        ...

    def acquire(self, holder: str, now: datetime, duration: timedelta) -> Lease:
        """Take the lease; LedgerLocked, naming the holder and when it expires, while another has it."""
        ...

    def renew(self, lease: Lease, now: datetime, duration: timedelta) -> Lease:
        """The same lease with a later end; LeaseLost when it has expired or was superseded."""
        ...

    def release(self, lease: Lease) -> None:
        """Give the lease back; nothing happens when it is no longer ours."""
        ...

    def append(
        self,
        events: Sequence[Event],
        people: Sequence[PeopleSet],
        at: datetime,
        lease: Lease,
        expected_version: int,
    ) -> int:
        """Write everything or nothing, durably, and return the new version.

        LeaseLost when the lease has expired at `at` or was superseded; LedgerError when the ledger is not
        at `expected_version`.
        """
        ...

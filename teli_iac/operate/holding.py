"""Write what a person did into the ledger: with the lease if it is free, or by taking it from who has it.

A lease may be taken from a living command at any time: its fencing token makes every later write of that
command fail, and each create and each resume of an apply needs such a write before it. So a halt stops an
apply that launches meanwhile, and what that apply had in flight is looked up by the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from teli_iac.errors import LeaseLost, LedgerError, LedgerLocked, OnHold
from teli_iac.ledger import Backend, Lease
from teli_iac.ledger.rules import refuse_moved
from teli_iac.model import Account, Event, LedgerKey, Recorded
from teli_iac.render.words import enumerated, instant

_LEASE = timedelta(seconds=30)
_TRIES = 8

Told = Callable[[Recorded], Sequence[Event]]
"""The events to be written, made from what the ledger says at that moment."""


@dataclass(frozen=True, slots=True, repr=False)
class Writing:
    """A ledger, its account and key, and who writes by which clock."""

    backend: Backend
    account: Account
    key: LedgerKey
    holder: str
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]

    def __repr__(self) -> str:
        return f"Writing({self.account.project})"


@dataclass(frozen=True, slots=True)
class Written:
    """The ledger after a write; `taken_over` when another command held the lease and has lost it."""

    recorded: Recorded
    taken_over: bool


def refuse_on_hold(recorded: Recorded) -> None:
    """Raises OnHold, naming who, when and why, while a halt is not released."""
    hold = recorded.hold
    if hold is None:
        return
    halted = enumerated(hold.addresses) or "everything"
    raise OnHold(
        f"The project is on hold: {hold.who} halted {halted} on {instant(hold.since)}, because:"
        f" {hold.why}. Nothing was sent.",
        "When it is mended, run `teli-iac release`, then plan again.",
    )


def write_by_force(writing: Writing, told: Told) -> Written:
    """Write although another command may hold the lease; it is stopped. LedgerError when it cannot be."""
    return _write(writing, told, _take)


def write_in_turn(writing: Writing, told: Told) -> Written:
    """Write once nobody else does. Raises LedgerLocked when another command does not let go of the lease."""
    return _write(writing, told, _acquire)


def _write(writing: Writing, told: Told, take: Callable[[Writing], tuple[Lease, bool]]) -> Written:
    # A foreign ledger and one that was moved are refused before anybody is stopped.
    refuse_moved(writing.backend.load(writing.account, writing.key))
    taken_over = False
    for left in reversed(range(_TRIES)):
        lease, forced = take(writing)
        taken_over |= forced
        try:
            return Written(_append(writing, told, lease), taken_over)
        except LeaseLost:  # somebody else halts at the same time, and took it from us
            if not left:
                raise
            writing.sleep(0.2)
        finally:
            with suppress(LedgerError):
                writing.backend.release(lease)
    raise AssertionError("the last try returns or raises")


def _append(writing: Writing, told: Told, lease: Lease) -> Recorded:
    recorded = writing.backend.load(writing.account, writing.key)
    events = told(recorded)
    if events:
        writing.backend.append(events, (), writing.clock(), lease, recorded.version)
    return writing.backend.load(writing.account, writing.key)


def _acquire(writing: Writing) -> tuple[Lease, bool]:
    for left in reversed(range(_TRIES)):
        try:
            return writing.backend.acquire(writing.holder, writing.clock(), _LEASE), False
        except LedgerLocked:
            if not left:
                raise
            writing.sleep(0.5)
    raise AssertionError("the last try returns or raises")


def _take(writing: Writing) -> tuple[Lease, bool]:
    """The lease, from whoever has it: as of the instant at which theirs would end."""
    at, forced = writing.clock(), False
    for left in reversed(range(_TRIES)):
        try:
            return writing.backend.acquire(writing.holder, at, _LEASE), forced
        except LedgerLocked as locked:
            if locked.expires is None or not left:
                raise
            at, forced = max(at, locked.expires), True
    raise AssertionError("the last try returns or raises")

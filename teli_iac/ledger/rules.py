"""What every backend refuses, in the same words: a lease that is taken or lost, a write that does not fit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from teli_iac.errors import LeaseLost, LedgerDamaged, LedgerError, LedgerLocked, LedgerMissing, LedgerMoved
from teli_iac.identity import people_ref
from teli_iac.ledger.forms import write_instant
from teli_iac.ledger.protocol import Lease
from teli_iac.model import PeopleSet, Recorded

_AGAIN = "Run the command again: it goes on from what the ledger and Teli show."
_DEFECT = "Please report this: it is a defect."
_RESTORE = "Restore the ledger from its last good copy. Do not start a new one: people would be called again."


def next_lease(last: Lease, holder: str, now: datetime, duration: timedelta) -> Lease:
    """The lease after the last, under the next token; LedgerLocked while another has it."""
    if last.holder and now < last.expires:
        raise LedgerLocked(
            f"{last.holder} is writing this ledger; its lease ends {write_instant(last.expires)}"
            " unless it is renewed.",
            "Wait until it is done and run the command again. A dead one's lease ends by itself.",
            last.expires,
        )
    return Lease(last.token + 1, holder, now + duration)


def given_back(last: Lease) -> Lease:
    """The last lease without its holder; the token stays, so that it only ever grows."""
    return Lease(last.token, "", last.expires)


def refuse_lost(last: Lease, ours: Lease, now: datetime) -> None:
    """LeaseLost unless our lease is the last one given and still lasts."""
    if last.token != ours.token or not last.holder:
        raise LeaseLost(
            "Another command has taken the right to write the ledger; nothing more was written.", _AGAIN
        )
    if now >= last.expires:
        raise LeaseLost(
            f"The right to write the ledger ran out at {write_instant(last.expires)}; nothing more"
            " was written.",
            _AGAIN,
        )


def refuse_other_version(found: int, expected: int) -> None:
    """LedgerError unless the ledger is where the writer believes it to be."""
    if found != expected:
        raise LedgerError(
            f"The ledger is at version {found}, not {expected}: somebody wrote between.",
            "Run the command again; it starts from what the ledger holds now.",
        )


def refuse_misnamed(people: Iterable[PeopleSet]) -> None:
    """LedgerError for a set that does not answer to its name: a mistake of the caller."""
    if any(people_ref(each.records) != each.ref for each in people):
        raise LedgerError("A people set does not carry its own name.", _DEFECT)


def refuse_unknown_people(named: Iterable[str], held: Collection[str]) -> None:
    """LedgerError for events that name a people set which the ledger does not hold."""
    if not set(named) <= set(held):
        raise LedgerError("An event names a people set that the ledger lacks.", _DEFECT)


def people_set(ref: str, records: object) -> PeopleSet:
    """The stored set of this name, hashed again before it is believed; `records` is None for none."""
    if records is None:
        raise torn(f"the people set {ref} is missing")
    if not isinstance(records, bytes) or people_ref(records) != ref:
        raise torn(f"the people set {ref} was changed")
    return PeopleSet(ref, records)


def refuse_later_format(found: int, known: int) -> None:
    """LedgerDamaged for a ledger that a later release wrote."""
    if found > known:
        raise LedgerDamaged(
            f"The ledger has format {found}; this release knows formats up to {known}.",
            "A later release of teli-iac wrote it: upgrade to that release or a newer one.",
        )


def refuse_moved(recorded: Recorded) -> None:
    """LedgerMoved for a ledger that was closed here: its other copy is the one that knows."""
    if recorded.moved_to is not None:
        raise LedgerMoved(
            f"The ledger was moved to {recorded.moved_to} and is closed here; nothing was planned or sent.",
            f"Write `ledger: {recorded.moved_to}` into the Project. If it did not arrive there yet:"
            " `teli-iac ledger import FILE` with the file that it was exported to.",
        )


def torn(how: str) -> LedgerDamaged:
    """What is stored does not read back as it was written."""
    return LedgerDamaged(f"The ledger does not read back as it was written: {how}.", _RESTORE)


def already_there(place: str) -> LedgerError:
    """A ledger was to be made where there is one."""
    return LedgerError(f"There already is a ledger at {place}.", "Use it as it is.")


def missing(place: str) -> LedgerMissing:
    """There is no ledger at a place that can be asked."""
    return LedgerMissing(
        f"There is no ledger at {place}.",
        "If this project has been applied before, restore its ledger. If it never was, run `teli-iac init`.",
    )

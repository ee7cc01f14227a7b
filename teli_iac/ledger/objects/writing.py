"""Moving the head from one state to the next, if it still is where it was seen; and seeing whether it went.

What became of a write is never taken from a failure's words: the head names the last writes, and is read.
"""

from __future__ import annotations

from dataclasses import dataclass

from teli_iac.errors import LedgerDamaged, LedgerError
from teli_iac.ledger.objects import faults
from teli_iac.ledger.objects.head import HEAD, State, read_state, write_state
from teli_iac.ledger.objects.store import Stamp, Store

_ATTEMPTS = 3
"""How often the same write is sent while the head shows that it has not arrived."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A state of the ledger, and the stamp under which the store showed it."""

    state: State
    stamp: Stamp


def look(store: Store) -> Seen | None:
    """The head as it is now, or None when there is none."""
    found = store.read(HEAD)
    return None if found is None else Seen(read_state(found.content), found.stamp)


def move(store: Store, before: Seen | None, after: State) -> Seen | None:
    """Make or replace the head. None when somebody was faster: then nothing of `after` is there, nor will be.

    The same bytes are sent again while the head has not moved: whichever of them arrives, it is one write.
    LedgerError when the store takes no writes, or when nobody can say.
    """
    content, said = write_state(after), "it refused without a reason"
    for _ in range(_ATTEMPTS):
        try:
            stamp = _put(store, before, content)
        except faults.Unanswered as error:
            stamp, said = None, error.said
        if stamp is not None:
            return Seen(after, stamp)
        now = _look_again(store, said)
        if now is not None and after.write in now.state.writes:
            return now
        if not _unmoved(before, now):
            _refuse_unseen(store, before, now, said)
            return None
        before = now
    raise faults.unwritable(store.address, said)


def _put(store: Store, before: Seen | None, content: bytes) -> Stamp | None:
    if before is None:
        return store.create(HEAD, content)
    return store.replace(HEAD, content, before.stamp)


def _look_again(store: Store, said: str) -> Seen | None:
    try:
        return look(store)
    except LedgerDamaged:
        raise
    except LedgerError as error:
        raise faults.unknown(store.address, said) from error


def _unmoved(before: Seen | None, now: Seen | None) -> bool:
    if before is None or now is None:
        return before is now
    return before.state.write == now.state.write


def _refuse_unseen(store: Store, before: Seen | None, now: Seen | None, said: str) -> None:
    """LedgerError when so much was written since that the head no longer tells whether ours was among it."""
    if before is not None and (now is None or before.state.write not in now.state.writes):
        raise faults.unknown(store.address, said)

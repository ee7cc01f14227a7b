"""What goes wrong between an applier and Teli, and to which requests it can happen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Fault(Enum):
    """One way to fail at this border."""

    NOT_SENT = auto()
    LOST_BEFORE = auto()
    LOST_AFTER = auto()
    DELAYED = auto()
    DUPLICATED = auto()
    CARRIED_OUT_LATE = auto()
    BROKEN_BEFORE = auto()
    BROKEN_AFTER = auto()
    EMPTY_AFTER = auto()
    PAGE_INSTEAD = auto()
    TOO_MANY = auto()
    TOO_MANY_BUT_DONE = auto()
    REJECTED = auto()
    REJECTED_BUT_LATE = auto()
    CARRIED_OUT_VERY_LATE = auto()
    MISCOUNTED = auto()
    TRUNCATED = auto()
    SHORT = auto()
    STALE = auto()


LISTS = frozenset({Fault.TRUNCATED, Fault.SHORT, Fault.STALE})
"""A list whose count is not its length, one that lacks campaigns, and one from before."""
LATE = frozenset({Fault.REJECTED_BUT_LATE, Fault.CARRIED_OUT_VERY_LATE})
"""The create is carried out long after everybody has given it up."""
_CREATES = LATE | {Fault.REJECTED, Fault.TOO_MANY_BUT_DONE}
_COUNTS = frozenset({"analytics", "failed-numbers"})
_WRITES = frozenset({"create", "pause", "resume", "end", "delete"})
USUAL = frozenset(Fault) - LATE - {Fault.DUPLICATED}
"""What may happen to anything at any time. After the others somebody has to look before the first call."""


@dataclass(frozen=True, slots=True)
class Troubles:
    """Which faults happen, and how often; `creates` is how often to a create."""

    faults: frozenset[Fault] = USUAL
    rate: float = 0.03
    creates: float = 0.2


def fits(fault: Fault, kind: str) -> bool:
    """Whether this can happen to a request of this kind."""
    if fault in LISTS:
        return kind == "list"
    if fault is Fault.MISCOUNTED:
        return kind in _COUNTS
    if fault in _CREATES:
        return kind == "create"
    return fault not in {Fault.CARRIED_OUT_LATE, Fault.DUPLICATED} or kind in _WRITES

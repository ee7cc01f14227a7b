"""What a history is mostly about. No history has everything: then nothing would ever come far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tests.simulator.faults import Fault, Troubles
from tests.simulator.teli import Quirks


@dataclass(frozen=True, slots=True)
class Theme:
    """Weights of acts and rates of faults; `ledger` is how often a write fails, `skews` are seconds.

    `leaves` says whether campaigns leave, `begins_later` how often one begins only hours later.
    """

    name: str
    troubles: Troubles = Troubles()  # noqa: RUF009  a frozen value
    quirks: Quirks = Quirks()  # noqa: RUF009  the same
    ledger: float = 0.01
    length: int = 40
    edits: int = 12
    crashes: int = 4
    freezes: int = 2
    oversleeps: int = 0
    clicks: int = 2
    settles: int = 2
    losses: int = 0
    saves: int = 0
    races: bool = True
    leaves: bool = True
    destroys: float = 0.03
    begins_later: float = 0.2
    skews: tuple[int, ...] = (0, 0, 0, 0, -20, 30)


_QUIET = Troubles(rate=0.0, creates=0.0)
_LATE = Quirks(late_in_lists=timedelta(minutes=4), late_in_reads=timedelta(minutes=4))
_LISTS = frozenset({Fault.SHORT, Fault.STALE, Fault.LOST_AFTER})
_ALARMING = frozenset(
    {Fault.DUPLICATED, Fault.REJECTED_BUT_LATE, Fault.CARRIED_OUT_VERY_LATE, Fault.TOO_MANY_BUT_DONE}
)

THEMES = (
    Theme("edits", edits=20, troubles=Troubles(rate=0.01, creates=0.05)),
    Theme("dialling", edits=20, clicks=0, begins_later=0.0, troubles=_QUIET),
    Theme("network", troubles=Troubles(rate=0.08, creates=0.5)),
    Theme("network and late reads", quirks=_LATE, troubles=Troubles(rate=0.03, creates=0.5)),
    Theme("machines", crashes=20, freezes=10, ledger=0.05, skews=(0, -50, 70, 200, -200)),
    Theme("standing still", crashes=0, freezes=4, oversleeps=8, clicks=0, races=False),
    Theme("crashes of one", crashes=12, races=False, troubles=Troubles(rate=0.02, creates=0.6)),
    Theme("dashboard", clicks=12, quirks=Quirks(deleted_still_calls=True)),
    Theme("saved plans", saves=20, edits=4, crashes=6, troubles=Troubles(rate=0.05)),
    Theme(
        "lost ledger",
        losses=8,
        settles=0,
        clicks=0,
        leaves=False,
        destroys=0.0,
        troubles=Troubles(_LISTS, rate=0.6, creates=0.1),
    ),
    Theme(
        "doubled and late", settles=0, begins_later=0.7, troubles=Troubles(_ALARMING, rate=0.0, creates=0.5)
    ),
)
"""Each as likely as the others."""

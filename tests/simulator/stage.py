"""Who may go on: every applier is a thread that runs only while it holds the baton, between two borders.

A border is a request, its answer, a write of the ledger or a wait. There the applier gives the baton back,
and may go on later, much later, or never.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from teli_iac.ledger.journal import USUAL, Journal

NOW = timedelta(0)


class Crashed(BaseException):
    """The process is gone. No `except Exception` may catch it, as none catches kill -9."""


class Simulated(Protocol):
    """What lives by the same clock."""

    def advance(self, now: datetime) -> None: ...


@dataclass(eq=False)
class Applier:
    """One run of a command. `wake` is when it may go on; `frozen` until when its process does not run at all.

    `tears` is set when it is to die in the middle of its next write.
    """

    name: str
    skew: timedelta
    wake: datetime
    at: str = "begins"
    over: bool = False
    doomed: bool = False
    tears: bool = False
    frozen: datetime | None = None
    journal: Journal | None = None
    renewal: datetime | None = None
    fault: BaseException | None = None
    baton: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.baton.acquire()


class Stage:
    """The seed, the clock and the appliers."""

    def __init__(self, seed: int, begin: datetime, tell: Callable[[str], None]) -> None:
        self.seed = seed
        self.random = random.Random(seed)  # noqa: S311  the point is to be repeatable
        self.now = begin
        self.appliers: list[Applier] = []
        self.current: Applier | None = None
        self.calm = False
        self.world: Simulated | None = None
        self._tell = tell
        self._back = threading.Lock()
        self._back.acquire()

    @property
    def at_work(self) -> bool:
        """Whether somebody's process runs at all."""
        return any(each.frozen is None or each.frozen <= self.now for each in self.appliers)

    def tell(self, what: str) -> None:
        who = self.current.name if self.current else "-"
        self._tell(f"{self.now:%d %H:%M:%S} {who:>3} {what}")

    def holder(self) -> str:
        """Who takes the ledger, as whoever finds it locked is told."""
        return self.current.name if self.current else "somebody"

    def clock(self) -> datetime:
        """The time as whoever asks has it on their machine."""
        return self.now + (self.current.skew if self.current else NOW)

    def start(self, name: str, skew: timedelta, work: Callable[[], None]) -> Applier:
        applier = Applier(name, skew, self.now)
        self.appliers.append(applier)
        threading.Thread(target=self._perform, args=(applier, work), name=name, daemon=True).start()
        return applier

    def _perform(self, applier: Applier, work: Callable[[], None]) -> None:
        applier.baton.acquire()
        try:
            if not applier.doomed:
                work()
        except Crashed:
            pass
        except BaseException as fault:  # noqa: BLE001  told by the history, which runs in another thread
            applier.fault = fault
        finally:
            applier.over, applier.journal = True, None
            self._back.release()

    def border(self, what: str, seconds: float = 0.0) -> None:
        """Give the baton back; go on once `seconds` have passed and the baton comes again."""
        me = self.current
        if me is None:
            return
        if me.doomed:
            raise Crashed
        me.at, me.wake = what, self.now + timedelta(seconds=seconds)
        self._back.release()
        me.baton.acquire()
        if me.doomed:
            raise Crashed

    def crash_here(self, what: str) -> None:
        """End the current process in the middle of something, if that was its lot."""
        if self.current and self.current.tears:
            self.tell(f"is killed: it {what}")
            raise Crashed

    def turn(self, applier: Applier) -> None:
        """Let one applier go on to its next border, or to its end."""
        self.current = applier
        applier.baton.release()
        self._back.acquire()
        self.current = None
        if applier.over:
            self.appliers.remove(applier)
            if applier.fault is not None:
                raise applier.fault

    def go_on(self) -> bool:
        """One turn of somebody; time passes when everybody waits. False when nobody is there."""
        if not self.appliers:
            return False
        ready = [each for each in self.appliers if each.wake <= self.now]
        if not ready:
            self.advance(min(each.wake for each in self.appliers))
            ready = [each for each in self.appliers if each.wake <= self.now]
        self.turn(self.random.choice(ready))
        return True

    def crash(self, applier: Applier) -> None:
        """End a process where it is. What it held stays held until it expires."""
        self.tell(f"{applier.name} is killed at: {applier.at}")
        applier.doomed = True
        self.turn(applier)

    def crash_all(self) -> None:
        for applier in list(self.appliers):
            self.crash(applier)

    def freeze(self, applier: Applier, passage: timedelta) -> None:
        """Let a process stand still, the renewal of its lease as well."""
        applier.wake = applier.frozen = max(applier.wake, self.now + passage)
        self.tell(f"{applier.name} stands still for {passage}")

    def tear(self, applier: Applier) -> None:
        """Let a process die in the middle of its next write."""
        applier.tears = True

    def hold(self, journal: Journal) -> None:
        """The current applier's lease is to be renewed from now on."""
        if self.current:
            self.current.journal, self.current.renewal = journal, self.now + USUAL.renewal

    def advance(self, to: datetime) -> None:
        """Let time pass: calls are made, leases renewed."""
        while (due := self._next_renewal(to)) is not None:
            self._pass(due.renewal or to)
            self._renew(due)
        self._pass(to)

    def _next_renewal(self, to: datetime) -> Applier | None:
        held = [each for each in self.appliers if each.journal and each.renewal]
        for each in held:
            if each.frozen and each.renewal and each.renewal < each.frozen:
                each.renewal = each.frozen
        due = [each for each in held if each.renewal and each.renewal <= to]
        return min(due, key=lambda each: each.renewal or to, default=None)

    def _renew(self, applier: Applier) -> None:
        applier.renewal = self.now + USUAL.renewal
        if applier.journal:
            self.current = applier
            try:
                applier.journal.renew(USUAL.lease)
            finally:
                self.current = None

    def _pass(self, to: datetime) -> None:
        if self.world:
            self.world.advance(to)
        self.now = max(self.now, to)

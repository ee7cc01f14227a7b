"""Whose turn it is: so many changes are under way at once, and more are made ready or concluded meanwhile.

A create's intent may be recorded before its turn comes, so that no turn is spent on waiting for the ledger.
If the turn never comes, the intent is made void: nobody else could have sent it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from teli_iac.model import Change

_FEW = 1_000
"""People whose create leaves within seconds over any line: its body has some 200 KB."""


class NotBegun(Exception):
    """The apply had to stop before this change's turn came: nothing of it was sent, its intent is void."""


class Turns:
    """`at_once` turns, and none while Teli asked to be left alone: `until_welcome` waits for that.

    Once `goes_on` says no, or they are closed, none is taken. Shared between threads.
    """

    def __init__(self, at_once: int, goes_on: Callable[[], bool], until_welcome: Callable[[], None]) -> None:
        self._free = at_once
        self._goes_on = goes_on
        self._until_welcome = until_welcome
        self._closed = False
        self._line = threading.Condition()

    def expect(self) -> None:
        """Raises NotBegun when none is to be had any more."""
        if self._closed or not self._goes_on():
            raise NotBegun

    def take(self) -> None:
        """Wait for one. Raises NotBegun when none is to be had any more."""
        self._take_free_one()
        self._until_welcome()
        if not self._goes_on():
            self.give_back()
            raise NotBegun

    def give_back(self) -> None:
        """Let the next one begin."""
        with self._line:
            self._free += 1
            self._line.notify()

    def close(self) -> None:
        """Nobody listens any more: whoever still waits does not begin."""
        with self._line:
            self._closed = True
            self._line.notify_all()

    def _take_free_one(self) -> None:
        with self._line:
            self._line.wait_for(lambda: self._free or self._closed)
            if self._closed or not self._goes_on():
                self._line.notify()  # the next one does not begin either, and has to be told
                raise NotBegun
            self._free -= 1


class Turn:
    """The turn of one change. It ends once: when there is nothing more to wait for, or with its outcome.

    `may_begin` is asked when it has come: what was launched of the same campaign may have failed meanwhile.
    It need not come where nothing had to be sent.
    """

    def __init__(self, turns: Turns, begun: Callable[[], None], may_begin: Callable[[], bool]) -> None:
        self._turns = turns
        self._begun = begun
        self._may_begin = may_begin
        self._held = False
        self.has_come = False

    def expect(self) -> None:
        """Before anything is written for it. Raises NotBegun when it will not come any more."""
        self._turns.expect()

    def take(self) -> None:
        """Wait until it comes, and tell that the change begins. Raises NotBegun when it may not begin.

        It comes once.
        """
        if self.has_come:
            return
        self._turns.take()
        if not self._may_begin():
            self._turns.give_back()
            raise NotBegun
        self._held = self.has_come = True
        self._begun()

    def end(self) -> None:
        """What is left to do of this change hinders nobody."""
        if self._held:
            self._held = False
            self._turns.give_back()


def intents_may_wait(launches: Iterable[Change]) -> bool:
    """Whether intents may be recorded before the turn of their creates comes.

    Theirs comes well within their minute (§6) when everybody before them sends little. Who may be on a
    do-not-call list is launched wholly in its turn, so that the list is read again as late as can be.
    """
    parts = (part for change in launches for part in change.launches)
    return all(len(part.leads) <= _FEW and part.leads.suppression is None for part in parts)

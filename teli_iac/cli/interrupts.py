"""Ctrl-C, SIGTERM or SIGHUP during an apply: the first lets what is in flight finish, one more breaks off."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Self

_NAMES = frozenset({"SIGINT", "SIGTERM", "SIGHUP"})
"""By name: not every system has SIGHUP, which says that the terminal is gone."""

_STDERR = 2
_STOPPING = b"\nStopping once what is in flight is done. Once more breaks off at once.\n"


class Interrupts:
    """While entered, these signals raise KeyboardInterrupt; once deferred, the first only sets `pending`.

    Breaking off is safe too: what was being sent is looked up by the next apply. It only takes longer.
    """

    def __init__(self) -> None:
        self.pending = False
        self._deferring = False
        self._previous = {one: signal.getsignal(one) for one in signal.Signals if _is_ours(one)}

    def __enter__(self) -> Self:
        for number in self._previous:
            signal.signal(number, self._received)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._previous.items():
            signal.signal(number, handler)

    def defer(self) -> None:
        """From now on something is being sent that had better be finished."""
        self._deferring = True

    def _received(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002  the signature of handlers
        if not self._deferring or self.pending:
            raise KeyboardInterrupt
        self.pending = True
        # Not through sys.stderr: the signal may have come while that was being written to.
        with suppress(OSError):  # whoever read it may have gone, and the terminal with them
            os.write(_STDERR, _STOPPING)


def _is_ours(one: signal.Signals) -> bool:
    """Under nohup SIGHUP is ignored already, and the apply is to go on without its terminal."""
    meant_to_outlive = one.name == "SIGHUP" and signal.getsignal(one) is signal.SIG_IGN
    return one.name in _NAMES and not meant_to_outlive

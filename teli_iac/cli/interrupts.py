"""Ctrl-C and SIGTERM during an apply: the first lets what is in flight finish, the second breaks off."""

from __future__ import annotations

import os
import signal
from types import FrameType, TracebackType
from typing import Self

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_STDERR = 2
_STOPPING = b"\nStopping once what is in flight is done. Once more breaks off at once.\n"


class Interrupts:
    """While entered, both signals raise KeyboardInterrupt; once deferred, the first only sets `pending`.

    Breaking off is safe too: what was being sent is looked up by the next apply. It only takes longer.
    """

    def __init__(self) -> None:
        self.pending = False
        self._deferring = False
        self._previous = [signal.getsignal(number) for number in _SIGNALS]

    def __enter__(self) -> Self:
        for number in _SIGNALS:
            signal.signal(number, self._received)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in zip(_SIGNALS, self._previous, strict=True):
            signal.signal(number, handler)

    def defer(self) -> None:
        """From now on something is being sent that had better be finished."""
        self._deferring = True

    def _received(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002  the signature of handlers
        if not self._deferring or self.pending:
            raise KeyboardInterrupt
        self.pending = True
        # Not through sys.stderr: the signal may have come while that was being written to.
        os.write(_STDERR, _STOPPING)

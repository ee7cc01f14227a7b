"""A Teli that kills the process that talks to it: kill -9 at a chosen request, for real."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import Any

from tests.promise.processes import start
from tests.second_teli import Fault, SecondTeli

_PATIENCE = 60


class Executioner(SecondTeli):
    """Kills an apply at its n-th request, once that is done or, with `done` false, before."""

    def __init__(self, number: int, *, done: bool = True) -> None:
        super().__init__()
        self._victim: int | None = None
        self._left = number
        self._done = done

    def kill_an_apply(self, folder: Path) -> None:
        """Start `teli-iac apply` in the folder, and see it killed."""
        self._kill_it(start(folder))

    def kill(self, folder: Path, *arguments: str) -> None:
        """Start the program in the folder, and see it killed."""
        self._kill_it(start(folder, "teli_iac", *arguments))

    def _kill_it(self, process: subprocess.Popen[str]) -> None:
        self._victim = process.pid
        process.communicate(timeout=_PATIENCE)
        assert process.returncode == -signal.SIGKILL, "it came to its end before that request"
        self._victim = None

    def respond(self, asked: Any, fault: Fault | None) -> Any:
        """Answer, and kill when it is time."""
        self._left -= self._victim is not None
        dies = self._victim is not None and not self._left
        if dies and not self._done:
            self._kill()
            fault = Fault.CUT_BEFORE_DOING
        reply = super().respond(asked, fault)
        if dies and self._done:
            self._kill()
        return reply

    def _kill(self) -> None:
        if self._victim is not None:
            os.kill(self._victim, signal.SIGKILL)

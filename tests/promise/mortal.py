"""`python -m tests.promise.mortal SCHEME before|after N`: an apply that dies at its n-th write of the ledger.

With N = 0 it lives, and says in the end how many writes there were.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any, cast

from teli_iac.cli import run
from teli_iac.ledger import BACKENDS, Backend

APPLY = ("apply", "--auto-approve", "--parallelism", "1")
_WRITES = frozenset({"create", "acquire", "renew", "append", "release"})


class Mortal:
    """A ledger whose n-th write ends the process with kill -9, before it or once it is done."""

    written = 0

    def __init__(self, ledger: Backend, when: str, number: int) -> None:
        self._ledger = ledger
        self._when = when
        self._number = number

    def __getattr__(self, name: str) -> Any:
        act = getattr(self._ledger, name)
        if name not in _WRITES:
            return act

        def write(*given: Any, **named: Any) -> Any:
            Mortal.written += 1
            dies = Mortal.written == self._number
            if dies and self._when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            done = act(*given, **named)
            if dies:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        return write


def main() -> int:
    """The exit code of the apply, if it lives."""
    scheme, when, number = sys.argv[1:]
    opened = BACKENDS[scheme]

    def open_mortal(place: str, folder: Path, project: str) -> Backend:
        return cast("Backend", Mortal(opened(place, folder, project), when, int(number)))

    BACKENDS[scheme] = open_mortal
    code = run(APPLY)
    sys.stdout.write(f"{Mortal.written}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())

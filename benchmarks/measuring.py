"""Run a command and say how long it took and how much memory it held at most."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

PYTHON = (sys.executable,)
TELI_IAC = (sys.executable, "-m", "teli_iac")
PEERS = Path(__file__).with_name("peers")

_UNITS_IN_A_MEBIBYTE = 1024**2 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of wall time and MiB of resident memory at the peak, of one process.

    Systems count what it was forked from as well, so no peak is below that of this program, some 15 MiB.
    """

    seconds: float
    peak: float


class Failed(Exception):
    """A command that is to be measured did not work, so its time would say nothing."""


def cost(
    command: Sequence[str | Path],
    folder: Path,
    *,
    times: int = 1,
    variables: Mapping[str, str] | None = None,
    codes: Sequence[int] = (0,),
) -> Cost:
    """The quickest of several runs, after one that is not counted when there is more than one.

    Raises Failed, with what was printed, when the command ends with another code.
    """
    if times > 1:
        _once(command, folder, variables or {}, codes)
    runs = [_once(command, folder, variables or {}, codes) for _ in range(times)]
    return min(runs, key=lambda run: run.seconds)


def _once(
    command: Sequence[str | Path], folder: Path, variables: Mapping[str, str], codes: Sequence[int]
) -> Cost:
    with TemporaryFile() as printed:
        since = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603  the commands are ours and our peers'
            command,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), **variables},
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=printed,
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - since
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in codes:
            printed.seek(0)
            told = printed.read().decode(errors="replace")
            raise Failed(f"{' '.join(map(str, command))} exited {process.returncode}:\n{told}")
    return Cost(seconds, used.ru_maxrss / _UNITS_IN_A_MEBIBYTE)

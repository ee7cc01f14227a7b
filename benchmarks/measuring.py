"""Run commands in turn: how long each took, how much that varied, and how much memory it held at most."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

Command = Sequence[str | Path]

PYTHON = (sys.executable,)
PEERS = Path(__file__).with_name("peers")
_SCRIPT = Path(sys.executable).with_name("teli-iac")
TELI_IAC = (str(_SCRIPT),) if _SCRIPT.exists() else (sys.executable, "-m", "teli_iac")

_UNITS_IN_A_MEBIBYTE = 1024**2 if sys.platform == "darwin" else 1024
_TOO_LONG = 600
_TOLD = 4096


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of wall time and MiB of resident memory at the peak, of one process, and what it printed last.

    Systems count what it was forked from as well, so no peak is below that of launcher.py, some 12 MiB.
    """

    seconds: float
    peak: float
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """The same command run several times, at least once."""

    runs: tuple[Run, ...]

    @classmethod
    def of(cls, seconds: float, peak: float = 0) -> Cost:
        """Something that was measured once, or computed."""
        return cls((Run(seconds, peak),))

    @property
    def seconds(self) -> float:
        """The median."""
        ordered = sorted(run.seconds for run in self.runs)
        middle = len(ordered) // 2
        return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2

    @property
    def peak(self) -> float:
        """The highest of all runs: memory that was needed once may be needed again."""
        return max(run.peak for run in self.runs)

    def beyond(self, start: Cost) -> Cost:
        """What is left without the start, which is the median of those given; never nothing at all."""
        least = 0.001
        return Cost(tuple(Run(max(run.seconds - start.seconds, least), run.peak) for run in self.runs))


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of measuring something; without a cost it says why not."""

    cost: Cost | None = None
    why_not: str = ""


def _nothing() -> None:
    """What most commands need before they are run."""


@dataclass(frozen=True, slots=True)
class Work:
    """A command to be measured, and what is done before each of its runs, which is not counted.

    It is wrong when it ends with a code other than these. That ours went wrong is an error of the benchmark.
    `absent` says why it cannot be run at all.
    """

    command: Command
    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    codes: Sequence[int] = (0,)
    before: Callable[[], object] = _nothing
    ours: bool = False
    absent: str = ""


class Failed(Exception):
    """A command that is to be measured did not work, so its time would say nothing."""


NOT_INSTALLED = "not installed"


_wrong_of_ours: list[str] = []
_processor_seconds = 0.0


def processor_seconds() -> float:
    """What everything that was measured so far has taken of all processors together."""
    return _processor_seconds


def wrong_of_ours() -> Sequence[str]:
    """What went wrong of our own so far; that of peers is only told in their rows."""
    return tuple(_wrong_of_ours)


def went_wrong(what: str) -> None:
    """Remember it to the end, so that the rest is measured first."""
    _wrong_of_ours.append(what)


def in_turn(works: Mapping[str, Work], times: int, patience: float) -> dict[str, Measured]:
    """Each once, then each again, so that whatever else the machine does falls on all alike.

    As many rounds as `times`, fewer when another would take longer than is left of `patience`, in seconds. A
    first round that takes a tenth of it at most warms the machine up, and is not counted.
    """
    found = {name: _Found(work) for name, work in works.items()}
    since = time.perf_counter()
    _round(found)
    took = time.perf_counter() - since
    if times > 1 and took * 10 <= patience:
        for each in found.values():
            each.runs.clear()
        _round(found)
    for _ in range(times - 1):
        if time.perf_counter() - since + took > patience:
            break
        _round(found)
    return {name: each.measured() for name, each in found.items()}


@dataclass(slots=True)
class _Found:
    """What is known of one command so far."""

    work: Work
    runs: list[Run] = field(default_factory=list)
    why_not: str = ""

    def measured(self) -> Measured:
        return Measured(None if self.why_not else Cost(tuple(self.runs)), self.why_not)


def _round(found: Mapping[str, _Found]) -> None:
    for name, each in found.items():
        each.why_not = each.why_not or each.work.absent
        if each.why_not:
            continue
        try:
            each.work.before()
            each.runs.append(run(each.work))
        except (Failed, OSError) as failed:
            each.why_not = f"failed: {str(failed).splitlines()[0]}"
            sys.stderr.write(f"{name}: {failed}\n")
            if each.work.ours:
                went_wrong(f"{name}: {each.why_not}")


def run(work: Work) -> Run:
    """One run, in an environment that knows only PATH, so that all Pythons write and use byte code.

    Raises Failed, with the end of what was printed, when the command ends with another code or not at all.
    """
    variables = {"PATH": os.environ["PATH"], "HOME": str(work.folder), **work.variables}
    argv = [str(word) for word in work.command]
    with NamedTemporaryFile() as printed:
        asked = [_TOO_LONG, argv, str(work.folder), variables, printed.name]
        seconds, peak, processor, code = _launched(json.dumps(asked))
        told = _last_of(printed)
    global _processor_seconds  # noqa: PLW0603  a sum over everything that is run
    _processor_seconds += processor
    if code not in work.codes:
        raise Failed(f"{Path(argv[0]).name} ended with {code:g} after {seconds:.0f} s\n{told}")
    return Run(seconds, peak / _UNITS_IN_A_MEBIBYTE, told)


def _launched(line: str) -> tuple[float, float, float, float]:
    launcher = _launcher()
    if launcher.stdin is None or launcher.stdout is None:
        raise AssertionError("both were asked for")
    launcher.stdin.write(line + "\n")
    launcher.stdin.flush()
    seconds, peak, processor, code = json.loads(launcher.stdout.readline())
    return seconds, peak, processor, code


@cache
def _launcher() -> subprocess.Popen[str]:
    """Started once, and ends with this program."""
    command = [*PYTHON, "-I", str(Path(__file__).with_name("launcher.py"))]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603  ours


def _last_of(printed: IO[bytes]) -> str:
    size = printed.seek(0, os.SEEK_END)
    printed.seek(max(size - _TOLD, 0))
    return printed.read().decode(errors="replace")

"""Play many histories and name those that break a promise, on as many cores as wanted."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from functools import partial

from tests.simulator.history import play
from tests.simulator.safeties import without

_AT_A_TIME = 20


@dataclass(frozen=True, slots=True)
class Broken:
    """A history that broke a promise, in a sentence; `off` is the safety that was switched off, if any."""

    seed: int
    sentence: str
    off: str | None

    def __str__(self) -> str:
        lacking = f' --without "{self.off}"' if self.off else ""
        return f"{self.sentence}\n  replay it: python -m tests.simulator --seed {self.seed}{lacking}"


def search(seeds: Iterable[int], jobs: int = 1, off: str | None = None) -> Iterator[Broken]:
    """Every broken history among these seeds, as soon as it is found."""
    judged = partial(judge, off=off)
    with ExitStack() as stack:
        if jobs == 1:
            found: Iterable[Broken | None] = map(judged, seeds)
        else:
            # Spawned, for a fork of a process with threads may hang.
            pool = stack.enter_context(multiprocessing.get_context("spawn").Pool(jobs))
            found = pool.imap_unordered(judged, seeds, chunksize=_AT_A_TIME)
        yield from (broken for broken in found if broken)


def judge(seed: int, off: str | None = None) -> Broken | None:
    """The first broken promise of one history, or how the shipped code crashed in it: a finding as well."""
    try:
        with without(off) if off else nullcontext():
            sentence = next(iter(play(seed)), None)
    except Exception as fault:  # noqa: BLE001  whatever it is, it is told with its seed
        sentence = f"{type(fault).__name__}: {fault}"
    return Broken(seed, sentence, off) if sentence else None

"""`python -m tests.simulator --seed N` replays one history; `--histories N` searches through as many."""

from __future__ import annotations

import argparse
import os
import sys
import time
from contextlib import nullcontext

from tests.simulator.history import play
from tests.simulator.safeties import SAFETIES, without
from tests.simulator.searching import search


def main() -> int:
    """Exit 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulator")
    parser.add_argument("--seed", type=int, help="replay this history and print it step by step")
    parser.add_argument("--histories", type=int, default=1000, help="how many to play")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many processes play")
    parser.add_argument("--without", choices=SAFETIES, help="switch this safety off")
    asked = parser.parse_args()
    if asked.seed is not None:
        return _replay(asked.seed, asked.without)
    return _search(range(asked.first, asked.first + asked.histories), asked.jobs, asked.without)


def _replay(seed: int, off: str | None) -> int:
    with without(off) if off else nullcontext():
        broken = play(seed, _say)
    for sentence in broken:
        _say(f"BROKEN: {sentence}")
    return int(bool(broken))


def _search(seeds: range, jobs: int, off: str | None) -> int:
    begun = time.monotonic()
    failed = 0
    for broken in search(seeds, jobs, off):
        failed += 1
        _say(str(broken))
    seconds = time.monotonic() - begun
    _say(f"{len(seeds):,} histories, {failed} broken; {len(seeds) / seconds:.0f} a second")
    return int(failed > 0)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

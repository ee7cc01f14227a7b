"""Histories that break no promise, told the same by every process; `make soak` plays 100,000 of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulator.safeties import SAFETIES
from tests.simulator.searching import judge, search

HISTORIES = 800
"""What every run plays. `docs/proof.md` tells the number."""
_AT_ONCE = 50
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("first", range(0, HISTORIES, _AT_ONCE))
def test_no_history_breaks_a_promise(first: int) -> None:
    broken = list(search(range(first, first + _AT_ONCE)))
    assert not broken, "\n".join(map(str, broken))


@pytest.mark.parametrize("safety", SAFETIES)
def test_a_safety_that_is_switched_off_is_missed_within_these_histories(safety: str) -> None:
    seeds = (SAFETIES[safety].missed_at, *range(HISTORIES))
    assert any(judge(seed, off=safety) for seed in seeds), f"nothing misses: {SAFETIES[safety].what}"


def test_each_safety_is_missed_by_a_history_that_every_run_plays() -> None:
    late = {name for name, safety in SAFETIES.items() if safety.missed_at >= HISTORIES}
    assert not late


def test_the_page_about_the_proof_names_every_safety() -> None:
    page = (ROOT / "docs" / "proof.md").read_text()
    rows = {f"| {name} | {safety.what} |" for name, safety in SAFETIES.items()}
    assert {row for row in rows if row not in page} == set()
    assert f"the {HISTORIES} histories that every run plays" in page


def test_several_processes_find_what_one_finds() -> None:
    seeds = (SAFETIES["once"].missed_at, *range(3))
    alone, together = (list(search(seeds, jobs, off="once")) for jobs in (1, 2))
    assert set(alone) == set(together) != set()


def test_a_seed_tells_the_same_history_in_every_process() -> None:
    first, second = (_replayed(seed=3, hash_seed=hash_seed) for hash_seed in ("1", "2"))
    assert first == second
    assert "plans [" in first


def _replayed(seed: int, hash_seed: str) -> str:
    process = subprocess.run(  # noqa: S603  ourselves
        [sys.executable, "-m", "tests.simulator", "--seed", str(seed)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return process.stdout


def test_a_broken_promise_is_told_with_the_command_that_replays_it() -> None:
    seed = SAFETIES["once"].missed_at
    broken = judge(seed, off="once")
    assert broken
    assert "dialled 2 times" in broken.sentence
    assert str(broken).endswith(f'replay it: python -m tests.simulator --seed {seed} --without "once"')

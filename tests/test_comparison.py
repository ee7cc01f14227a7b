"""The comparison in benchmarks/ judges by the dial log, and teli-iac calls nobody twice in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks.comparison import Comparison, measure
from benchmarks.sizes import SHORT


def test_of_three_ways_only_ours_calls_nobody_twice(tmp_path: Path) -> None:
    (compared,) = measure(tmp_path, replace(SHORT, histories=3))

    assert isinstance(compared, Comparison)
    script, state_file, ours = compared.scores.values()
    assert min(script.twice, state_file.twice) > 0
    assert (ours.twice, ours.missed) == (0, 0)

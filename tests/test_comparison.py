"""The comparison in benchmarks/ judges by the dial log, and teli-iac calls nobody twice in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks.comparison import measure
from benchmarks.sizes import SHORT
from benchmarks.tables import Scores


def test_of_three_ways_only_ours_calls_nobody_twice(tmp_path: Path) -> None:
    (compared,) = measure(tmp_path, replace(SHORT, histories=3))

    assert isinstance(compared, Scores)
    assert compared.columns == ("people called twice", "people missed", "a person was needed")
    (script, *_), (state_file, *_), (twice, missed, _) = compared.lines.values()
    assert min(script, state_file) > 0
    assert (twice, missed) == (0, 0)

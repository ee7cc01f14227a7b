"""A profile tells where the time goes by families of modules, in every thread."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.profiling import profile
from benchmarks.sizes import SHORT


def test_a_profile_names_our_floors_and_what_others_take() -> None:
    table = profile("leads", replace(SHORT, leads=(50,)))
    first, _, *lines = table.splitlines()
    assert first.startswith("| `plan`, one campaign of 50 leads | own share |")
    assert any(line.startswith("| standard library | ") for line in lines)
    assert sum(int(line.split("|")[2].strip(" %")) for line in lines) <= 101

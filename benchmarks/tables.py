"""Measurements as tables: Markdown for people, plain values for JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from benchmarks.measuring import Cost


@dataclass(frozen=True, slots=True)
class Goal:
    """What is aimed at: at most so many times the row beside it, so many seconds, so much memory."""

    ratio: float | None = None
    seconds: float | None = None
    peak: float | None = None

    def told(self, ratio: float | None, cost: Cost | None) -> str:
        """The goal and whether it is met; a goal that was not measured is not."""
        seconds, peak = (cost.seconds, cost.peak) if cost else (None, None)
        limits = (("x", self.ratio, ratio), ("s", self.seconds, seconds), ("MiB", self.peak, peak))
        told = [(name, limit, value) for name, limit, value in limits if limit is not None]
        shown = ", ".join(f"<= {limit:g} {name}" for name, limit, _ in told)
        if any(value is None for _, _, value in told):
            return f"{shown}: NOT MEASURED"
        missed = any(value > limit for _, limit, value in told if value is not None)
        return f"{shown}: {'MISSED' if missed else 'met'}"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured, or why it was not; `beside` names the row that its ratio compares with."""

    what: str
    cost: Cost | None
    beside: str = ""
    why_not: str = ""
    goal: Goal | None = None


class Printed(Protocol):
    """What a measure comes to."""

    def markdown(self) -> str:
        """The table as Markdown."""
        ...

    def values(self) -> Mapping[str, object]:
        """The table as JSON has it."""
        ...


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that were measured together."""

    title: str
    rows: Sequence[Row]

    def ratio(self, row: Row) -> float | None:
        """How many times the seconds of the row beside it; None when one of them was not measured."""
        other = next((each.cost for each in self.rows if each.what == row.beside), None)
        return row.cost.seconds / other.seconds if row.cost and other else None

    def markdown(self) -> str:
        """The table as Markdown."""
        head = "| what | seconds | peak MiB | ratio | to | goal |\n|---|--:|--:|--:|---|---|\n"
        return f"### {self.title}\n\n{head}{''.join(map(self._line, self.rows))}"

    def values(self) -> Mapping[str, object]:
        """The table as JSON has it."""
        return {"title": self.title, "rows": [self._values(row) for row in self.rows]}

    def _line(self, row: Row) -> str:
        ratio = self.ratio(row)
        goal = row.goal.told(ratio, row.cost) if row.goal else ""
        if row.cost is None:
            return f"| {row.what} | {row.why_not} | | | | {goal} |\n"
        shown = "" if ratio is None else f"{ratio:.2f}"
        measured = f"{row.cost.seconds:.3f} | {row.cost.peak:.0f} | {shown} | {row.beside}"
        return f"| {row.what} | {measured} | {goal} |\n"

    def _values(self, row: Row) -> Mapping[str, object]:
        return {
            "what": row.what,
            "seconds": row.cost and round(row.cost.seconds, 4),
            "peak_mib": row.cost and round(row.cost.peak, 1),
            "ratio": self.ratio(row),
            "beside": row.beside,
            "why_not": row.why_not,
            "goal": row.goal.told(self.ratio(row), row.cost) if row.goal else "",
        }


def machine() -> Mapping[str, object]:
    """What the numbers were measured on, without naming the machine."""
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
    }

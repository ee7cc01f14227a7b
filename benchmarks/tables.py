"""Measurements as tables: Markdown for people, plain values for JSON, and back from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple, Protocol, Self

from benchmarks.measuring import Cost, Measured, Run


class Unit(StrEnum):
    """What a goal limits. Anything but the first three is a figure that a row brings along."""

    RATIO = "×"
    SECONDS = "s"
    PEAK = "MiB"
    KEPT = "MB"
    A_CAMPAIGN = "KiB a campaign"
    DIFFERENT = "differences"


class Verdict(IntEnum):
    """From good to bad, so that the worst of several is their maximum."""

    MET = 0
    MISSED = 1
    NOT_MEASURED = 2


@dataclass(frozen=True, slots=True)
class Goal:
    """At most so much of it; `aim` names the row of the table of goals (goals.py)."""

    aim: str
    unit: Unit
    most: float

    def limit(self) -> str:
        """As a person says it: a fraction of another's time is so many times faster."""
        if self.unit is Unit.RATIO and self.most < 1:
            return f"≥ {1 / self.most:g} × faster"
        if self.unit is Unit.DIFFERENT:
            return "none"
        return f"≤ {self.most:,.4g} {self.unit}"


class Point(NamedTuple):
    """Where a row stands in the chart: which picture, whose line, at which size."""

    chart: str
    series: str
    size: int


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured, or why it was not; `beside` names the row that its ratio compares with."""

    what: str
    measured: Measured
    beside: str = ""
    goals: Sequence[Goal] = ()
    figures: Mapping[Unit, float] = field(default_factory=dict)
    point: Point | None = None

    @property
    def cost(self) -> Cost | None:
        """What it cost, where that is known."""
        return self.measured.cost


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
    """Rows that were measured together, in turn."""

    title: str
    rows: Sequence[Row]

    def ratio(self, row: Row) -> float | None:
        """How many times the seconds of the row beside it; None when one of them was not measured."""
        other = self._beside(row)
        return row.cost.seconds / other.seconds if row.cost and other else None

    def spread(self, row: Row) -> tuple[float, float] | None:
        """The lowest and the highest ratio within one round, where both were in every round."""
        other = self._beside(row)
        if row.cost is None or other is None or len(row.cost.runs) != len(other.runs):
            return None
        ratios = [run.seconds / beside.seconds for run, beside in zip(row.cost.runs, other.runs, strict=True)]
        return min(ratios), max(ratios)

    def _beside(self, row: Row) -> Cost | None:
        return next((each.cost for each in self.rows if each.what == row.beside), None)

    def value(self, row: Row, unit: Unit) -> float | None:
        """What was measured of the row, in this unit."""
        if row.cost is None:
            return None
        measured = {Unit.RATIO: self.ratio(row), Unit.SECONDS: row.cost.seconds, Unit.PEAK: row.cost.peak}
        return {**measured, **row.figures}.get(unit)

    def verdict(self, row: Row, goal: Goal) -> Verdict:
        """Whether it is within the goal; what was not measured is not."""
        value = self.value(row, goal.unit)
        if value is None:
            return Verdict.NOT_MEASURED
        return Verdict.MET if value <= goal.most else Verdict.MISSED

    def told(self, row: Row, goal: Goal) -> str:
        """The value as a person says it, and where a ratio is meant, of what."""
        value = self.value(row, goal.unit)
        if value is None:
            why = row.measured.why_not or self._why_not_beside(row)
            return f"{row.beside or row.what}: {why or 'not measured'}"
        if goal.unit is not Unit.RATIO:
            return f"{value:,.3g} {goal.unit}"
        return f"{_times(value, faster=goal.most < 1)} {row.beside}"

    def _why_not_beside(self, row: Row) -> str:
        return next((each.measured.why_not for each in self.rows if each.what == row.beside), "")

    def markdown(self) -> str:
        """The table as Markdown."""
        head = "| what | seconds | runs | peak MiB | ratio | to | goal |\n|---|--:|--:|--:|--:|---|---|\n"
        return f"### {self.title}\n\n{head}{''.join(map(self._line, self.rows))}"

    def _line(self, row: Row) -> str:
        goals = "; ".join(f"{goal.limit()}: {_VERDICTS[self.verdict(row, goal)]}" for goal in row.goals)
        if row.cost is None:
            return f"| {row.what} | NOT MEASURED: {row.measured.why_not} | | | | {row.beside} | {goals} |\n"
        figures = "".join(f", {value:,.3g} {unit}" for unit, value in row.figures.items())
        seconds = _spread(row.cost.seconds, *_ends(row.cost), digits=3)
        peak = f"{row.cost.peak:,.0f}" if row.cost.peak else ""
        measured = f"{seconds} | {len(row.cost.runs)} | {peak} | {self._ratio_told(row)} | {row.beside}"
        return f"| {row.what}{figures} | {measured} | {goals} |\n"

    def _ratio_told(self, row: Row) -> str:
        ratio = self.ratio(row)
        if ratio is None:
            return ""
        return _spread(ratio, *(self.spread(row) or (ratio, ratio)), digits=2)

    def values(self) -> Mapping[str, object]:
        """The table as JSON has it; what follows from the rest is there for those who only read."""
        return {"title": self.title, "rows": [self._values(row) for row in self.rows]}

    def _values(self, row: Row) -> Mapping[str, object]:
        runs = row.cost.runs if row.cost else ()
        return {
            "what": row.what,
            "seconds": [round(run.seconds, 5) for run in runs],
            "peak_mib": [round(run.peak, 1) for run in runs],
            "why_not": row.measured.why_not,
            "beside": row.beside,
            "goals": [[goal.aim, goal.unit.value, goal.most] for goal in row.goals],
            "figures": {unit.value: value for unit, value in row.figures.items()},
            "point": list(row.point) if row.point else None,
            "ratio": self.ratio(row),
            "verdicts": [self.verdict(row, goal).name for goal in row.goals],
        }

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """The table that was written so."""
        return cls(values["title"], [_row(each) for each in values["rows"]])


_VERDICTS = {Verdict.MET: "met", Verdict.MISSED: "MISSED", Verdict.NOT_MEASURED: "NOT MEASURED"}


def _row(values: Mapping[str, Any]) -> Row:
    runs = tuple(map(Run, values["seconds"], values["peak_mib"]))
    return Row(
        values["what"],
        Measured(Cost(runs) if runs else None, values["why_not"]),
        values["beside"],
        tuple(Goal(aim, Unit(unit), most) for aim, unit, most in values["goals"]),
        {Unit(unit): value for unit, value in values["figures"].items()},
        Point(*values["point"]) if values["point"] else None,
    )


def _ends(cost: Cost) -> tuple[float, float]:
    return min(run.seconds for run in cost.runs), max(run.seconds for run in cost.runs)


def _spread(value: float, least: float, most: float, digits: int) -> str:
    told = f"{value:,.{digits}f}"
    return told if least == most else f"{told} ({least:,.{digits}f} to {most:,.{digits}f})"


def _times(ratio: float, *, faster: bool) -> str:
    if not faster:
        return f"{ratio:,.3g} ×"
    return f"{1 / ratio:,.3g} × faster than" if ratio < 1 else f"{ratio:,.3g} × the time of"


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts instead of costs: a line of them for each of those compared."""

    title: str
    columns: Sequence[str]
    lines: Mapping[str, Sequence[int]]

    def markdown(self) -> str:
        """The table as Markdown."""
        head = f"| | {' | '.join(self.columns)} |\n|---|{'--:|' * len(self.columns)}\n"
        lines = (f"| {name} | {' | '.join(map(str, counts))} |\n" for name, counts in self.lines.items())
        return f"### {self.title}\n\n{head}{''.join(lines)}"

    def values(self) -> Mapping[str, object]:
        """The table as JSON has it."""
        lines = {name: list(counts) for name, counts in self.lines.items()}
        return {"title": self.title, "columns": list(self.columns), "lines": lines}

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """The table that was written so."""
        return cls(values["title"], values["columns"], values["lines"])

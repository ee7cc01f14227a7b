"""What is aimed at, row by row, and what a run says to it. A goal that was not measured is not met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from benchmarks.tables import Printed, Row, Table, Verdict

_MARKS = {Verdict.MET: "met", Verdict.MISSED: "**MISSED**", Verdict.NOT_MEASURED: "**NOT MEASURED**"}


class Aim(StrEnum):
    """The rows of the table of goals, in their order; a row that is measured names those that it serves."""

    START_UP = "`teli-iac version`, `--help`"
    PLAN = "`plan`, 10,000 campaigns, nothing to do"
    GROWTH = "growth from 1,000 to 10,000 campaigns"
    LEADS = "`plan`, one campaign of 1 M clean leads (with the engine)"
    MANY_LEADS = "the same, 10 M leads"
    AGAIN = "unchanged leads planned again on the same machine"
    LAUNCH = "`apply` of 1 M leads in one campaign"
    LAUNCHES = "`apply` of 1,000 campaigns at 100 ms latency, `--parallelism 16`"
    BASE = "base install without the engine, 1 M leads"
    LEDGER = "ledger, 1 M people"


GOALS: Mapping[Aim, str] = MappingProxyType(
    {
        Aim.START_UP: "≤ 1.3 × a click program that does nothing",
        Aim.PLAN: "≥ 25 × faster than `terraform plan`, ≥ 3 × faster than `octodns-sync`, and within 2 × of"
        " reading and composing the YAML",
        Aim.GROWTH: "linear: ≤ 10.5 × the time, ≤ 60 KiB of memory a campaign",
        Aim.LEADS: "≤ 4 × reading the CSV with the engine; ≥ 20 × faster than the naive script;"
        " peak ≤ 400 MiB",
        Aim.MANY_LEADS: "linear, peak ≤ 600 MiB: pieces, not the whole; the plan is that of the reference"
        " path",
        Aim.AGAIN: "≤ 1.5 × hashing the file with BLAKE3",
        Aim.LAUNCH: "within 2 × of sending a ready body; peak ≤ 300 MiB above start; ≥ 5 × faster than the"
        " sample's way",
        Aim.LAUNCHES: "within 1.25 × of N·L/C, every safety step included",
        Aim.BASE: "≥ 3 × faster than the naive script, memory bounded",
        Aim.LEDGER: "≤ 20 MB, ≤ 1 s to load, subtract and append",
    }
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One goal, what was measured of it, and whether all of that is within it."""

    aim: Aim
    told: Sequence[str]
    verdict: Verdict


def judged(tables: Iterable[Printed]) -> Iterator[Judged]:
    """Every goal in its order, measured or not."""
    found = [(table, row) for table in tables if isinstance(table, Table) for row in table.rows]
    for aim in Aim:
        parts = [part for table, row in found for part in _parts(aim, table, row)]
        verdicts = [verdict for _, verdict in parts] or [Verdict.NOT_MEASURED]
        yield Judged(aim, [told for told, _ in parts], max(verdicts))


def _parts(aim: Aim, table: Table, row: Row) -> Iterator[tuple[str, Verdict]]:
    for goal in row.goals:
        if goal.aim == aim:
            yield table.told(row, goal), table.verdict(row, goal)


def goals_markdown(tables: Iterable[Printed]) -> str:
    """The table of goals as Markdown, without a heading."""
    head = "| measure | goal | measured | |\n|---|---|---|---|\n"
    return head + "".join(
        f"| {each.aim} | {GOALS[each.aim]} | {'; '.join(each.told) or 'nothing'} | {_MARKS[each.verdict]} |\n"
        for each in judged(tables)
    )

"""The load of number pools over time: how many campaigns call from the same numbers at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from teli_iac.render.html.markup import listed, section, tag, text
from teli_iac.render.html.timeline import axis_svg, grid
from teli_iac.render.html.windows import Axis, Row, when
from teli_iac.render.words import counted, enumerated, instant, people

_MOST = 30
_MOST_CAMPAIGNS = 30
_MOST_NUMBERS = 40
_HEIGHT = 64


@dataclass(frozen=True, slots=True)
class Pool:
    """Numbers that calls come from, and the windows that use them."""

    name: str
    numbers: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """So many campaigns call from one time to another."""

    begin: datetime
    end: datetime
    count: int


def pools_of(rows: Sequence[Row]) -> tuple[Pool, ...]:
    """The pools of the windows that call, the busiest first; without a pool it is the caller id alone."""
    sharing: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        if row.calls:
            settings = row.window.settings
            sharing.setdefault(settings.number_pool or (settings.agent_outbound_number,), []).append(row)
    pools = [Pool(_name(using), numbers, tuple(using)) for numbers, using in sharing.items()]
    return tuple(sorted(pools, key=lambda pool: (-len(pool.rows), pool.numbers)))


def _name(rows: Sequence[Row]) -> str:
    name = next((row.window.pool_name for row in rows if row.window.pool_name), None)
    if name:
        return f"Pool {name}"
    return "Pool without a name" if rows[0].window.settings.number_pool else "Caller id alone"


def load(rows: Sequence[Row]) -> tuple[Step, ...]:
    """How many of the windows are open, from each change of that number to the next."""
    turns: dict[datetime, int] = {}
    for row in rows:
        turns[row.begin] = turns.get(row.begin, 0) + 1
        turns[row.end] = turns.get(row.end, 0) - 1
    times = sorted(turns)
    steps, open_now = [], 0
    for begin, end in pairwise(times):
        open_now += turns[begin]
        steps.append(Step(begin, end, open_now))
    return tuple(step for step in steps if step.count)


def pools_section(rows: Sequence[Row], axis: Axis) -> str:
    """A chart and a few sentences for each pool."""
    pools = pools_of(rows)
    if not pools:
        return ""
    shared = _shared(pools)
    told = "".join(_pool(pool, shared, axis) for pool in pools[:_MOST])
    rest = len(pools) - _MOST
    more = tag("p", f"And {counted(rest, 'more pool')} with fewer campaigns.") if rest > 0 else ""
    return section("pools", "From which numbers, and how busy they are", told + more)


def _shared(pools: Sequence[Pool]) -> dict[str, list[str]]:
    """The numbers that more than one pool has, with the names of those pools."""
    held: dict[str, list[str]] = {}
    for pool in pools:
        for number in pool.numbers:
            held.setdefault(number, []).append(pool.name)
    return {number: names for number, names in held.items() if len(names) > 1}


def _pool(pool: Pool, shared: dict[str, list[str]], axis: Axis) -> str:
    steps = load(pool.rows)
    whom = sum(row.window.people for row in pool.rows)
    title = tag("h3", f"{text(pool.name)}: {counted(len(pool.numbers), 'number')}")
    serves = f"Serves {counted(len(pool.rows), 'campaign')} with {people(whom)}."
    said = tag("p", " ".join((serves, text(_busiest(pool, steps)), *_also(pool, shared))))
    numbers = ", ".join(pool.numbers[:_MOST_NUMBERS])
    rest = len(pool.numbers) - _MOST_NUMBERS
    more = f" and {rest:,} more" if rest > 0 else ""
    listing = tag("p", f"Numbers: {text(numbers)}{more}", cls="quiet")
    return tag("article", f"{title}{said}{_chart(steps, axis)}{listing}{_campaigns(pool)}", cls="pool")


def _busiest(pool: Pool, steps: Sequence[Step]) -> str:
    most = max((step.count for step in steps), default=0)
    if most <= 1:
        return "No two campaigns call from it at once." if len(pool.rows) > 1 else ""
    peak = next(step for step in steps if step.count == most)
    first = f"first from {instant(peak.begin)} to {instant(peak.end)}"
    return f"Overlap: up to {most:,} campaigns call from it at once, {first}."


def _also(pool: Pool, shared: dict[str, list[str]]) -> Iterator[str]:
    number = sum(number in shared for number in pool.numbers)
    if number:
        others = sorted({n for each in pool.numbers for n in shared.get(each, []) if n != pool.name})
        where = f" of {enumerated(tuple(others[:3]))}" if others else " of another pool"
        verb = "is" if number == 1 else "are"
        yield text(f"{number:,} of its numbers {verb} also among those{where}.")


def _chart(steps: Sequence[Step], axis: Axis) -> str:
    most = max((step.count for step in steps), default=1)
    columns = "".join(_column(step, most, axis) for step in steps if axis.at(step.end) > axis.at(step.begin))
    chart = (
        f'<svg class="load" width="100%" height="{_HEIGHT}" aria-hidden="true">'
        f"{grid(axis, _HEIGHT)}{columns}</svg>"
    )
    scale = tag("span", f"{most:,} at once" if most > 1 else "1 campaign", cls="most")
    return tag("div", f"{scale}{chart}{axis_svg(axis)}", cls="chart")


def _column(step: Step, most: int, axis: Axis) -> str:
    height = round((_HEIGHT - 6) * step.count / most, 1)
    left = axis.at(step.begin)
    kind = "shared" if step.count > 1 else "single"
    return (
        f'<rect class="{kind}" x="{left}%" width="{axis.at(step.end) - left:.3f}%"'
        f' y="{_HEIGHT - height}" height="{height}"/>'
    )


def _campaigns(pool: Pool) -> str:
    rows = pool.rows[:_MOST_CAMPAIGNS]
    items = [f"{text(row.address)}: {text(when(row.window))}, {people(row.window.people)}" for row in rows]
    rest = len(pool.rows) - _MOST_CAMPAIGNS
    more = [f"and {counted(rest, 'more', 'more')}"] if rest > 0 else []
    summary = f"<summary>{counted(len(pool.rows), 'campaign')} and their times</summary>"
    return f"<details>{summary}{listed([*items, *more])}</details>\n"

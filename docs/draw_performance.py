"""Draw docs/performance.svg, time and memory against size: `python -m docs.draw_performance`.

Both axes of each panel are logarithmic. A line is named at its end, in its own colour and with its own mark,
so that it can be told from the others without seeing colours; a test holds the picture to the newest results.
"""  # noqa: INP001  docs/ is a folder of pages, not a package; this one module is run, never imported by ours

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from benchmarks.measuring import Cost
from benchmarks.results import Results, newest
from benchmarks.tables import Table

PICTURE = Path(__file__).with_name("performance.svg")

_WIDTH, _HEIGHT = 820, 716
_PANEL_WIDTH, _PANEL_HEIGHT = 226, 226
_LEFTS, _TOPS = (64, 462), (92, 422)
_BESIDE = 12
_GAP = 17
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
_STYLE = """\
text { font-family: %s; font-size: 14px; fill: var(--ink); }
.title { font-size: 16px; font-weight: 600; }
.said, .tick { fill: var(--quiet); }
.tick { font-size: 13px; }
.name { font-weight: 600; }
.paper { fill: var(--paper); stroke: var(--edge); }
.grid { stroke: var(--edge); stroke-width: 1; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.ours { stroke-width: 3.5; }
.limit { stroke-dasharray: 5 4; }
.leader { fill: none; stroke-width: 1; opacity: 0.55; }
svg { --paper: #ffffff; --ink: #1b1f24; --quiet: #59636e; --edge: #dfe3e8;
 --blue: #0060a8; --sky: #2c7fb8; --red: #b84a00; --green: #00734f; --purple: #953b78; --grey: #626c77; }
@media (prefers-color-scheme: dark) {
 svg { --paper: #14181e; --ink: #eef1f4; --quiet: #a4adb8; --edge: #2c333c;
  --blue: #62b8f5; --sky: #8ccbf2; --red: #ff9a5c; --green: #4fd0a4; --purple: #e8a0cf; --grey: #a4adb8; }
}
"""


class _Look(NamedTuple):
    """A colour of the style, a mark, and what kind of line."""

    colour: str
    mark: str
    kind: str


_LOOKS: Mapping[str, _Look] = {
    "teli-iac plan": _Look("blue", "circle", "ours"),
    "teli-iac plan, base install": _Look("sky", "ring", ""),
    "terraform plan": _Look("red", "square", ""),
    "octodns-sync": _Look("green", "triangle", ""),
    "naive script": _Look("purple", "diamond", ""),
    "reading the YAML": _Look("grey", "dot", "limit"),
    "engine, reading only": _Look("grey", "dot", "limit"),
    "cat": _Look("grey", "dot", "limit"),
}
_NAMES: Mapping[str, str] = {
    "teli-iac plan": "teli-iac",
    "teli-iac plan, base install": "base install",
    "terraform plan": "terraform",
    "reading the YAML": "YAML read",
    "engine, reading only": "engine read",
}
_WITHOUT_MEMORY = {"cat"}


@dataclass(frozen=True, slots=True)
class _Line:
    """What one program needs at each size, in growing order."""

    series: str
    points: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class _Panel:
    """One of the four, with the place of its upper left corner."""

    title: str
    below: str
    lines: Sequence[_Line]
    unit: Callable[[float], str]
    left: float
    top: float

    def sizes(self) -> list[int]:
        return sorted({size for line in self.lines for size, _ in line.points})

    def decades(self) -> range:
        values = [value for line in self.lines for _, value in line.points]
        return range(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)) - 0.02) + 1)

    def across(self, size: float) -> float:
        least, *_, most = self.sizes()
        return self.left + _PANEL_WIDTH * math.log(size / least) / math.log(most / least)

    def down(self, value: float) -> float:
        lowest, *_, highest = self.decades()
        return self.top + _PANEL_HEIGHT * (highest - math.log10(value)) / (highest - lowest)


def picture(results: Results) -> str:
    """The SVG; it brings its own paper, so that it can be read on a page of either brightness."""
    drawn = "\n".join(part for panel in _panels(results) for part in _drawn(panel))
    about = (
        f"Four charts with logarithmic axes, of teli-iac {results.version} and others: seconds and memory of"
        " planning, by campaigns and by people. The page of performance has the same numbers as tables."
    )
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}"
 role="img" aria-label="Time and memory of planning, by size">
<desc>{about}</desc>
<style>
{_STYLE % _FONT}</style>
<rect class="paper" x="0.5" y="0.5" width="{_WIDTH - 1}" height="{_HEIGHT - 1}" rx="10"/>
<text class="said" x="{_LEFTS[0] - 44}" y="32">Both axes are logarithmic; lower is better. \
Dashed: limits, which only read and plan nothing.</text>
{drawn}
</svg>
"""


def _panels(results: Results) -> Iterable[_Panel]:
    columns = {
        "campaigns": ("many campaigns", "campaigns of one person, nothing to do"),
        "leads": ("many people", "people in one campaign, all new"),
    }
    for left, (chart, (of, below)) in zip(_LEFTS, columns.items(), strict=True):
        costs = _costs(results, chart)
        seconds = [_line(series, sizes, lambda cost: cost.seconds) for series, sizes in costs.items()]
        peaks = [
            _line(series, sizes, lambda cost: cost.peak)
            for series, sizes in costs.items()
            if series not in _WITHOUT_MEMORY
        ]
        yield _Panel(f"Time to plan {of}", below, seconds, _seconds, left, _TOPS[0])
        yield _Panel(f"MiB of memory to plan {of}", below, peaks, _memory, left, _TOPS[1])


def _costs(results: Results, chart: str) -> Mapping[str, Mapping[int, Cost]]:
    found: dict[str, dict[int, Cost]] = {}
    rows = (row for table in results.tables if isinstance(table, Table) for row in table.rows)
    for row in rows:
        if row.point and row.cost and row.point.chart == chart:
            found.setdefault(row.point.series, {})[row.point.size] = row.cost
    return {series: found[series] for series in _LOOKS if series in found}


def _line(series: str, sizes: Mapping[int, Cost], value: Callable[[Cost], float]) -> _Line:
    return _Line(series, tuple((size, value(sizes[size])) for size in sorted(sizes)))


def _seconds(value: float) -> str:
    return f"{value * 1000:g} ms" if value < 0.1 else f"{value:,g} s"  # noqa: PLR2004  a tenth reads well


def _memory(value: float) -> str:
    return f"{value:,.0f}"


def _count(value: int) -> str:
    return f"{value // 10**6} M" if value >= 10**6 else f"{value:,}"


def _drawn(panel: _Panel) -> Iterable[str]:
    right, bottom = panel.left + _PANEL_WIDTH, panel.top + _PANEL_HEIGHT
    yield f'<text class="title" x="{panel.left - 44}" y="{panel.top - 18}">{panel.title}</text>'
    for decade in panel.decades():
        y, told = panel.down(10**decade), panel.unit(10**decade)
        yield f'<path class="grid" d="M{panel.left} {y:.1f}H{right}"/>'
        yield f'<text class="tick" text-anchor="end" x="{panel.left - 8}" y="{y + 4:.1f}">{told}</text>'
    for size in panel.sizes():
        x = panel.across(size)
        yield f'<path class="grid" d="M{x:.1f} {panel.top}V{bottom + 5}"/>'
        yield f'<text class="tick" text-anchor="middle" x="{x:.1f}" y="{bottom + 21}">{_count(size)}</text>'
    middle = (panel.left + right) / 2
    yield f'<text class="said" text-anchor="middle" x="{middle}" y="{bottom + 41}">{panel.below}</text>'
    for line in reversed(panel.lines):
        yield _curve(panel, line)
    for line, y in _label_places(panel):
        yield _label(panel, line, y)


def _curve(panel: _Panel, line: _Line) -> str:
    look = _LOOKS[line.series]
    places = [(panel.across(size), panel.down(value)) for size, value in line.points]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    marks = "".join(_mark(look, x, y) for x, y in places)
    colour = f"stroke:var(--{look.colour})"
    return f'<path class="line {look.kind}" style="{colour}" d="{path}"/>{marks}'


def _mark(look: _Look, x: float, y: float) -> str:
    fill = f'style="fill:var(--{look.colour})"'
    match look.mark:
        case "circle":
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" {fill}/>'
        case "ring":
            ring = f'style="fill:var(--paper);stroke:var(--{look.colour});stroke-width:2"'
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" {ring}/>'
        case "square":
            return f'<path d="M{x - 4.5:.1f} {y - 4.5:.1f}h9v9h-9z" {fill}/>'
        case "triangle":
            return f'<path d="M{x:.1f} {y - 6:.1f}l5.5 10h-11z" {fill}/>'
        case "diamond":
            return f'<path d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z" {fill}/>'
        case _:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" {fill}/>'


def _label_places(panel: _Panel) -> Sequence[tuple[_Line, float]]:
    """From top to bottom, each beside the end of its line and moved only as far as the others need."""
    ends = sorted(panel.lines, key=lambda line: -line.points[-1][1])
    wanted = [panel.down(line.points[-1][1]) for line in ends]
    return list(zip(ends, _apart(wanted), strict=True))


def _apart(wanted: Sequence[float]) -> list[float]:
    """Heights at least a gap apart, those in a crowd spread around its middle."""
    crowds: list[list[float]] = []
    for each in wanted:
        crowds.append([each])
        while len(crowds) > 1 and _places(crowds[-2])[-1] + _GAP > _places(crowds[-1])[0]:
            last = crowds.pop()
            crowds[-1].extend(last)
    return [place for crowd in crowds for place in _places(crowd)]


def _places(crowd: Sequence[float]) -> list[float]:
    middle = sum(crowd) / len(crowd)
    first = middle - _GAP * (len(crowd) - 1) / 2
    return [first + _GAP * number for number in range(len(crowd))]


def _label(panel: _Panel, line: _Line, y: float) -> str:
    look = _LOOKS[line.series]
    size, value = line.points[-1]
    from_x, from_y = panel.across(size), panel.down(value)
    x = panel.left + _PANEL_WIDTH + _BESIDE + 6
    leader = f"M{from_x + 8:.1f} {from_y:.1f}L{x - 4:.1f} {y:.1f}"
    name = escape(_NAMES.get(line.series, line.series))
    return (
        f'<path class="leader" style="stroke:var(--{look.colour})" d="{leader}"/>'
        f'<text class="name" style="fill:var(--{look.colour})" x="{x}" y="{y + 4.5:.1f}">{name}</text>'
    )


if __name__ == "__main__":
    PICTURE.write_text(picture(newest()), encoding="utf-8")

"""The timeline: a bar for each calling window, on one axis, each told in words beside it as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from teli_iac.model import Turn
from teli_iac.render.html.markup import section, tag, text
from teli_iac.render.html.windows import TURNS, Axis, Row, day, when
from teli_iac.render.words import counted, people

_MOST = 100
_BAR = 14
_AXIS = 30


def timeline_section(rows: Sequence[Row], axis: Axis) -> str:
    """When which campaign may call."""
    if not rows:
        return ""
    legend = "".join(
        tag("li", f"{_swatch(turn)} {TURNS[turn]}")
        for turn in Turn
        if any(row.window.turn is turn for row in rows)
    )
    head = tag("p", _sum(rows)) + tag("ul", legend, cls="legend")
    bars = "".join(_bar(row, axis) for row in rows[:_MOST])
    rest = len(rows) - _MOST
    more = tag("p", f"And {counted(rest, 'more window')}, left out of the picture.") if rest > 0 else ""
    scale = tag("div", f"<span></span>{axis_svg(axis)}<span></span>", cls="scale")
    return section("timeline", "When campaigns call", f"{head}{scale}{tag('ol', bars, cls='bars')}{more}")


def _sum(rows: Sequence[Row]) -> str:
    turns = Counter(row.window.turn for row in rows)
    said = ", ".join(f"{turns[turn]:,} {TURNS[turn]}" for turn in Turn if turns[turn])
    return f"{counted(len(rows), 'window')}: {said}."


def _swatch(turn: Turn) -> str:
    return (
        f'<svg class="swatch" width="22" height="12" aria-hidden="true">'
        f'<rect class="{turn}" width="22" height="12" rx="3"/></svg>'
    )


def _bar(row: Row, axis: Axis) -> str:
    turn = row.window.turn
    label = f"{text(row.address)} <small>{TURNS[turn]}, {people(row.window.people)}</small>"
    told = tag("span", label, cls="label")
    return tag("li", f"{told}{_drawn(row, axis)}{tag('span', text(when(row.window)), cls='when')}")


def _drawn(row: Row, axis: Axis) -> str:
    left, right = axis.at(row.begin), axis.at(row.end)
    box = f'x="{left}%" width="{max(0.4, right - left):.3f}%" y="2" height="{_BAR}" rx="3"'
    return (
        f'<svg class="bar" width="100%" height="{_BAR + 4}" aria-hidden="true">{grid(axis, _BAR + 4)}'
        f'<rect class="{row.window.turn}" {box}/></svg>'
    )


def grid(axis: Axis, height: int) -> str:
    """Lines at the round times, and one at the time of the plan."""
    lines = "".join(
        f'<line class="tick" x1="{axis.at(tick)}%" x2="{axis.at(tick)}%" y1="0" y2="{height}"/>'
        for tick in axis.ticks()
    )
    now = axis.at(axis.now)
    return f'{lines}<line class="now" x1="{now}%" x2="{now}%" y1="0" y2="{height}"/>'


def axis_svg(axis: Axis) -> str:
    """The dates and times that the lines stand for."""
    labels = "".join(
        f'<text x="{axis.at(tick)}%" y="11">{day(tick)}</text>'
        f'<text x="{axis.at(tick)}%" y="23">{tick:%H:%M}</text>'
        for tick in axis.ticks()
        if axis.at(tick) <= 90  # noqa: PLR2004  a label further right would leave the picture
    )
    return f'<svg class="axis" width="100%" height="{_AXIS}" aria-hidden="true">{labels}</svg>'

"""Who is called: each campaign that begins to call, with people, times, numbers and the reason."""

from __future__ import annotations

from collections.abc import Iterator

from teli_iac.catalogue.reasons import REASONS
from teli_iac.model import CallingWindow, Change, Plan, Turn
from teli_iac.render.html.markup import section, tag, text, wide
from teli_iac.render.html.windows import when
from teli_iac.render.words import counted, people, place, redial

_MOST = 200
_HEADS = ("Campaign", "Who", "When", "From which numbers", "Why")
_NUMBERS_SHOWN = 6


def calls_section(plan: Plan) -> str:
    """A table with a row for each campaign that begins to call."""
    beginning = [
        (change, each) for change in plan.acting for each in change.windows if each.turn is Turn.OPENS
    ]
    if not beginning:
        return section("calls", "Who will be called", tag("p", "This plan begins no calls."))
    rows = "".join(_row(change, window) for change, window in beginning[:_MOST])
    head = "".join(f'<th scope="col">{name}</th>' for name in _HEADS)
    rest = len(beginning) - _MOST
    more = tag("p", f"And {counted(rest, 'more campaign')}: see the decisions below.") if rest > 0 else ""
    table = f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table>"
    return section("calls", "Who will be called", wide(table, "Campaigns that begin to call") + more)


def _row(change: Change, window: CallingWindow) -> str:
    cells = (
        "; ".join(_who(change, window)),
        text(when(window)),
        "<br>".join(_numbers(window)),
        f"{text(REASONS[change.reason].meaning)}{_place(change)}",
    )
    names = ("who", "when", "from", "why")
    told = "".join(f'<td class="{name}">{cell}</td>' for name, cell in zip(names, cells, strict=True))
    return f'<tr><th scope="row">{text(change.address)}</th>{told}</tr>\n'


def _who(change: Change, window: CallingWindow) -> Iterator[str]:
    if change.new:
        yield f"{people(change.new)} for the first time"
    if change.again:
        yield f"<strong>{people(change.again)} again</strong>"
    if change.moving:
        yield f"up to {people(change.moving)} who were not called yet"
    if change.further:
        yield f"in {counted(len(change.launches), 'part')}, one after the other"
    if change.launch:
        yield f"listed in {text(change.launch.leads.source)}"
    if change.suppressed:
        yield f"{people(change.suppressed)} of them left out, on a do-not-call list"
    yield f"at most {counted(change.worst_case_calls, 'call')} ({text(redial(window.settings.redial))})"


def _numbers(window: CallingWindow) -> Iterator[str]:
    pool = window.settings.number_pool
    yield f"caller id {text(window.settings.agent_outbound_number)}"
    if pool:
        shown = ", ".join(pool[:_NUMBERS_SHOWN])
        more = f" and {len(pool) - _NUMBERS_SHOWN:,} more" if len(pool) > _NUMBERS_SHOWN else ""
        name = f"pool {window.pool_name}" if window.pool_name else "a pool"
        yield f"{text(name)} of {counted(len(pool), 'number')}: {text(shown)}{more}"


def _place(change: Change) -> str:
    return f" <code>{text(place(change.origin))}</code>" if change.origin else ""

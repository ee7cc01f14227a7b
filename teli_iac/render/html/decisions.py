"""Every decision: searchable, each opening to its facts and fields with the manifest lines that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from teli_iac.catalogue.reasons import REASONS
from teli_iac.model import Action, Change, FieldChange, Plan
from teli_iac.render import closing
from teli_iac.render.facts import facts_of, findings
from teli_iac.render.headlines import words
from teli_iac.render.html.markup import listed, section, tag, text, wide
from teli_iac.render.layout import Fact
from teli_iac.render.words import counted, people, place, value

_MOST_IN_FULL = 1_000
"""Beyond this a page would take a browser too long; the rest is told in a line each."""

_CROWD = 500
"""Beyond this a browser lays out only what is on the screen."""

_ORDER = (
    Action.BLOCKED,
    Action.DELETE,
    Action.END,
    Action.PAUSE,
    Action.REPLACE,
    Action.RESUME,
    Action.EXTEND,
    Action.LAUNCH,
    Action.KEEP,
)


def decisions_section(plan: Plan) -> str:
    """The search, what no change tells, and the list."""
    changes = sorted(plan.changes, key=lambda each: (_ORDER.index(each.action), each.address))
    items = "".join(_item(change, plan, index) for index, change in enumerate(changes))
    told = max(0, sum(change.action is not Action.KEEP for change in changes) - _MOST_IN_FULL)
    short = tag("p", f"{told:,} further changes are told in a line each.", cls="note") if told else ""
    unseen = closing.unseen(plan)
    notes = listed([text(sentence) for sentence in unseen]) if unseen else ""
    count = f'<p id="count" role="status">{counted(len(changes), "campaign")}</p>\n'
    crowd = "changes many" if len(changes) > _CROWD else "changes"
    every = tag("ol", items, cls=crowd) if items else ""
    return section("decisions", "Every decision", f"{notes}{_search(changes)}{count}{short}{every}")


def _search(changes: Sequence[Change]) -> str:
    acts = Counter(change.action for change in changes)
    options = "".join(
        f'<option value="{act}">{_noun(act)} ({acts[act]:,})</option>' for act in _ORDER if acts[act]
    )
    return (
        '<div id="search" class="search" hidden>'
        '<label>Search <input id="query" type="search" autocomplete="off"></label>'
        f'<label>Show <select id="act"><option value="">everything</option>{options}</select></label>'
        '<button type="button" id="open">Open all shown</button>'
        '<button type="button" id="close">Close all</button></div>\n'
    )


def _noun(action: Action) -> str:
    return "unchanged" if action is Action.KEEP else str(action)


def _item(change: Change, plan: Plan, index: int) -> str:
    inner = ""
    if change.action is not Action.KEEP and index < _MOST_IN_FULL:
        inner = _facts(tuple(facts_of(change, plan.now))) + _fields(
            change, change.distinct_fields, "What changes"
        )
    elif change.action is Action.KEEP and closing.is_worth_telling(change):
        inner = tag("p", text(REASONS[change.reason].meaning)) + _facts(tuple(findings(change)))
    inner += _fields(change, change.drift, "Drift: what was sent, and what Teli shows now")
    head = _head(change)
    body = f"<details><summary>{head}</summary>{inner}</details>" if inner else f"<p>{head}</p>"
    return f'<li data-act="{change.action}">{body}</li>\n'


def _head(change: Change) -> str:
    badge = tag("span", _noun(change.action), cls=f"badge {change.action}").rstrip()
    whom = f", {people(change.people)}" if change.people else ""
    uncalled = f", {people(change.uncalled)} never called" if change.uncalled else ""
    said = REASONS[change.reason].title if change.action is Action.KEEP else words(change)
    return f"{badge} <strong>{text(change.address)}</strong> {text(said)}{whom}{uncalled}"


def _facts(facts: Sequence[Fact]) -> str:
    """What has a label; fields stand in a table of their own."""
    rows = "".join(
        f"<div><dt>{text(fact.label)}</dt><dd>{text(fact.text)}{_aside(fact.aside)}</dd></div>\n"
        for fact in facts
        if fact.label
    )
    return tag("dl", rows, cls="facts") if rows else ""


def _aside(where: str) -> str:
    return f" <code>{text(where)}</code>" if where else ""


def _fields(change: Change, fields: Sequence[FieldChange], title: str) -> str:
    if not fields:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Setting", "Before", "After", "Manifest line"))
    rows = "".join(_field(each) for each in fields)
    table = f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return wide(table, f"{title}, {text(change.address)}")


def _field(each: FieldChange) -> str:
    line = f"<code>{text(place(each.origin))}</code>" if each.origin else "none"
    return (
        f'<tr><th scope="row">{text(value(each.path))}</th><td>{text(value(each.before))}</td>'
        f"<td>{text(value(each.after))}</td><td>{line}</td></tr>"
    )

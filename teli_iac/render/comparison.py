"""What a change to the manifests means, for people: shared things first, then each campaign, then the sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from teli_iac.model import FieldChange
from teli_iac.model.comparison import (
    CampaignChange,
    Comparison,
    Consequence,
    Difference,
    PeopleChange,
    PeopleInTwo,
)
from teli_iac.render.facts import field
from teli_iac.render.ink import Ink, Line, Span, paint
from teli_iac.render.layout import Fact, fact_lines, flow, measure
from teli_iac.render.people_in_two import TITLE, alarms, facts_in_two
from teli_iac.render.words import counted, named, people, place

_SHORT = 12
_ORDER = (Difference.REMOVED, Difference.CHANGED, Difference.ADDED)
_SIGNS = {Difference.ADDED: "+", Difference.REMOVED: "-", Difference.CHANGED: "~"}
_INKS = {
    Difference.ADDED: Ink.LAUNCHES,
    Difference.REMOVED: Ink.REMOVES,
    Difference.CHANGED: Ink.CHANGES,
}
ALARMING = frozenset({Consequence.CALLS_AGAIN, Consequence.CALLS_ANSWER, Consequence.LOOKS_RENAMED})

SENTENCES: dict[Consequence, str] = {
    Consequence.LAUNCHES: "it is launched, unless it was before: {new} called for the first time",
    Consequence.HELD: "nobody is called: its `desired_status` is not `active`",
    Consequence.KEEPS_MEMORY: "the memory of {like} moves along, and nobody of it is called again",
    Consequence.LOOKS_RENAMED: "blocked: it has nearly the people of {like}, which leaves. If it was renamed,"
    " add `renamed_from` to its metadata",
    Consequence.IMPORTED: "nothing is sent: it is described under the id it has on Teli",
    Consequence.CALLS_AGAIN: "`run` was raised: once the earlier run is over, {again} called again"
    " and {new} for the first time",
    Consequence.RUN_WENT_BACK: "nobody is called: a run that has happened stays as it is",
    Consequence.EXTENDS: "the {new} added are launched alone, as a further part",
    Consequence.STOPS_AND_RELAUNCHES: "if it is live: it is stopped, and who was proven not to have been"
    " called is launched anew. If it is over: it takes effect with the next `run`",
    Consequence.PAUSES: "if it is live: it is paused",
    Consequence.RESUMES: "it is launched or goes on, unless a person paused it",
    Consequence.ENDS: "if it is live: it is ended, and who was not called yet will not be",
    Consequence.DELETES: "it is deleted from Teli. If it is live, who was not called yet will not be",
    Consequence.ENDS_ON_REMOVE: "it stays on Teli. If it is live, it is ended, and who was not called yet"
    " will not be",
    Consequence.RETAINS: "it stays on Teli. If it is live, it is stopped, and who was not called yet"
    " will not be",
    Consequence.NOTHING: "nothing changes on Teli",
    Consequence.LAUNCHES_ANSWER: "it is launched, unless it was before, for whoever its query gives then",
    Consequence.CALLS_ANSWER: "`run` was raised: once the earlier run is over, whoever its query gives is"
    " called, again or for the first time",
    Consequence.ASKS_OTHERWISE: "people come from elsewhere or are asked for otherwise, and no database was"
    " asked: `teli-iac plan` tells who is added and who leaves",
}
"""What an apply makes of it, as far as manifests alone can tell."""


def render_comparison(comparison: Comparison, *, colour: bool, width: int) -> str:
    """The comparison as lines for a terminal of `width` columns."""
    room = measure(width)
    sections = [
        flow((), _heading(comparison), room, hanging=4),
        [*_project(comparison, room)],
        *_shared(comparison, room),
        *_campaigns(comparison, room),
        [*_in_two(comparison.in_two, room)],
        [line for each in closing(comparison) for line in flow((), each, room, hanging=4, ink=Ink.STRONG)],
    ]
    return paint(_separated(sections), colour=colour)


def consequences(change: CampaignChange) -> Iterator[str]:
    """What an apply makes of a change, in sentences."""
    for each in change.consequences:
        yield SENTENCES[each].format(
            new=people(change.new), again=people(change.again), like=change.like or "another campaign"
        )


def people_in_words(change: PeopleChange) -> str:
    """`120 -> 130: 15 added, 5 removed, details of 3 changed`; the count alone where nobody differs."""
    if not change.are_lists_known:
        before = people_in_words(replace(change, are_lists_known=True))
        return f"{before}; whom a do-not-call list by query leaves out was not looked at"
    if not change.is_known:
        return "whoever the query gives, which was not run"
    if not change.differs:
        return f"{change.after:,}, all as before"
    told = [
        *([f"{change.added:,} added"] if change.added else []),
        *([f"{change.removed:,} removed"] if change.removed else []),
        *([f"details of {change.changed:,} changed"] if change.changed else []),
    ]
    return f"{change.before:,} -> {change.after:,}: {', '.join(told)}"


def closing(comparison: Comparison) -> Iterator[str]:
    """What it comes to, in one or two sentences."""
    if not comparison.differs:
        yield f"No differences in {counted(comparison.unchanged, 'campaign')}."
        return
    told = [f"{count:,} {each.value}" for each in _ORDER if (count := comparison.count(each))]
    yield f"Campaigns: {', '.join([*told, f'{comparison.unchanged:,} unchanged'])}."
    if comparison.new_people or comparison.people_again:
        yield (
            f"People, as far as manifests tell: {comparison.new_people:,} called for the first time,"
            f" {comparison.people_again:,} again. `teli-iac plan` knows who was called before."
        )


def _heading(comparison: Comparison) -> str:
    short = comparison.revision[:_SHORT]
    since = comparison.asked if comparison.asked == short else f"{comparison.asked} ({short})"
    return f"Project {comparison.project or '(none)'}: the working tree compared with {since}"


def _project(comparison: Comparison, room: int) -> Iterator[Line]:
    if comparison.settings:
        yield (Span("~ ", Ink.CHANGES), Span("the Project", Ink.STRONG))
        yield from fact_lines([field(each) for each in comparison.settings], room)


def _shared(comparison: Comparison, room: int) -> Iterable[list[Line]]:
    for each in comparison.shared:
        head = flow((Span("~ ", Ink.CHANGES),), each.address, room, hanging=4, ink=Ink.STRONG)
        facts = [*(field(one) for one in each.fields), Fact("reaches", named(each.reaches))]
        yield [*head, *fact_lines(facts, room)]


def _campaigns(comparison: Comparison, room: int) -> Iterable[list[Line]]:
    for change in sorted(comparison.campaigns, key=lambda each: _ORDER.index(each.difference)):
        sign = Span(f"{_SIGNS[change.difference]} ", _INKS[change.difference])
        title = f"{change.address} {change.difference.value}"
        yield [*flow((sign,), title, room, hanging=4, ink=Ink.STRONG), *fact_lines([*_facts(change)], room)]


def _in_two(shared: PeopleInTwo, room: int) -> Iterator[Line]:
    facts = [*facts_in_two(shared)]
    if facts:
        yield (Span("! ", Ink.ALARM if alarms(shared) else Ink.QUIET), Span(TITLE, Ink.STRONG))
        yield from fact_lines(facts, room)


def _facts(change: CampaignChange) -> Iterator[Fact]:
    yield Fact("people", people_in_words(change.people), place(change.origin))
    yield from (field(each) for each in shown_fields(change))
    for kind, said in zip(change.consequences, consequences(change), strict=True):
        yield Fact("apply", said, ink=Ink.ALARM if kind in ALARMING else Ink.PLAIN)


def shown_fields(change: CampaignChange) -> Sequence[FieldChange]:
    """The settings of a change, without what a new campaign has by itself."""
    usual = {"run": 1, "desired_status": "active", "on_remove": "delete"}
    if change.difference is not Difference.ADDED:
        return change.fields
    return [each for each in change.fields if usual.get(each.path) != each.after]


def _separated(sections: Iterable[Sequence[Line]]) -> Iterable[Line]:
    spoken = [section for section in sections if section]
    for index, section in enumerate(spoken):
        if index:
            yield ()
        yield from section

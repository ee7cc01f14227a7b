"""A plan for a comment on a pull request: the verdict first, then what wants an eye, then folded details.

It fits a budget of bytes, for GitHub refuses a comment above 65,536 characters and drops a step's summary
whole above its limit. Totals and the digest are always there. The rest shares the room: what leaves and what
is launched is named first, and each is told in a line before any is told in full. What is left out is
counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from teli_iac.catalogue.reasons import REASONS
from teli_iac.model import Action, Change, GuardName, Plan
from teli_iac.render import closing
from teli_iac.render.facts import facts_of, field, findings
from teli_iac.render.fitting import Entry, Listing, fit
from teli_iac.render.headlines import words
from teli_iac.render.layout import Fact
from teli_iac.render.markdown_text import code, prose
from teli_iac.render.protocol import Refused
from teli_iac.render.sanitise import for_terminal
from teli_iac.render.verdict import decisions, impact, refusal, where_uncallable
from teli_iac.render.words import counted, people

DEFAULT_BYTES = 60_000
LEAST_BYTES = 4_000
"""What verdict, totals and digest need, with the names of a long project and its account."""

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading and a list; folded ones begin closed. The lowest `urgency` is given room first."""

    title: str
    listing: Listing
    folded: bool
    urgency: int = 3


def render_markdown(plan: Plan, refusals: Sequence[Refused], *, most_bytes: int = DEFAULT_BYTES) -> str:
    """The plan as Markdown of at most so many bytes."""
    sections = [each for each in _sections(plan, refusals) if each.listing.entries]
    head, foot = _head(plan, refusals), _foot(plan)
    frame = "".join((head, *(_framed(each, "") for each in sections), foot))
    urgent = sorted(sections, key=lambda each: each.urgency)
    fit([each.listing for each in urgent], most_bytes - len(frame.encode("utf-8", "surrogatepass")))
    return "".join((head, *(_framed(each, each.listing.text) for each in sections), foot))


def marker(project: str) -> str:
    """A hidden line that a job finds its own comment by, so that it writes over that one."""
    return f"<!-- teli-iac plan {re.sub('[^a-z0-9-]', '', project.lower())[:40]} -->"


def _head(plan: Plan, refusals: Sequence[Refused]) -> str:
    account = plan.account
    lines = [
        marker(account.project),
        f"teli-iac plan: {code(_short(account.project))}",
        "---",
        "",
        f"**{_verdict(plan, refusals)}**",
        "",
        prose(decisions(plan)),
        f"Impact: {prose(impact(plan))}",
        "",
        *_totals(plan),
        "",
    ]
    if plan.targets:
        lines += [f"Only {counted(len(plan.targets), 'campaign')} by `--target`; the rest is left out.", ""]
    return "".join(f"{line}\n" for line in lines)


def _verdict(plan: Plan, refusals: Sequence[Refused]) -> str:
    said = []
    if refusals:
        said.append(f"Refused by {counted(len(refusals), 'guard')}: apply does nothing until each is lifted.")
    if plan.blocked:
        verb = "waits" if len(plan.blocked) == 1 else "wait"
        said.append(f"{counted(len(plan.blocked), 'campaign')} {verb} for a person.")
    if plan.people_again:
        said.append(f"{people(plan.people_again)} called again.")
    if said:
        return " ".join(said)
    return "Ready to be applied." if plan.acting else "Nothing to do."


def _totals(plan: Plan) -> list[str]:
    names = [*plan.summary, "new people", "people again", "calls at most"]
    numbers = [*plan.summary.values(), plan.new_people, plan.people_again, plan.worst_case_calls]
    return [
        f"| {' | '.join(names)} |",
        f"|{'---:|' * len(names)}",
        f"| {' | '.join(f'{number:,}' for number in numbers)} |",
    ]


def _foot(plan: Plan) -> str:
    account = plan.account
    where = f"{account.origin}, organization {account.organization_id}, tenant {account.tenant_id}"
    return f"Digest: {code(_short(plan.digest))}\n\nOn {code(_short(where))}\n"


def _short(name: str) -> str:
    safe = for_terminal(name)
    return safe if len(safe) <= _LONGEST_NAME else f"{safe[:_LONGEST_NAME]}..."


def _framed(section: _Section, text: str) -> str:
    if section.folded:
        return f"<details>\n<summary>{section.title}</summary>\n\n{text}\n</details>\n\n"
    return f"**{section.title}**\n\n{text}\n"


def _sections(plan: Plan, refusals: Sequence[Refused]) -> Iterable[_Section]:
    """In the order in which a reviewer needs them."""
    leaving = [c for c in plan.acting if c.action in {Action.DELETE, Action.END}]
    live = [c for c in leaving if c.live]
    again = [c for c in plan.acting if c.again and c not in live]
    told = {c.address for c in (*live, *again)}
    rest = [c for c in plan.acting if c.address not in told]
    gone = "Leaving while live, so that people who wait get no call"
    yield _Section(
        f"Refused by {counted(len(refusals), 'guard')}", _refused(plan, refusals), folded=False, urgency=0
    )
    yield _section("Blocked", plan.blocked, plan, folded=False, urgency=3)
    yield _section(gone, live, plan, folded=False, urgency=1)
    yield _section("Calling people again", again, plan, folded=False, urgency=1)
    yield _Section(
        "Teli's list may lack campaigns, so nothing is launched", _gaps(plan), folded=False, urgency=0
    )
    yield _section("Leaving", [c for c in leaving if c not in live], plan, folded=True, urgency=1)
    yield _section("Replaced", _of(rest, Action.REPLACE), plan, folded=True, urgency=2)
    yield _section("Launched", _of(rest, Action.LAUNCH, Action.EXTEND), plan, folded=True, urgency=2)
    yield _section("Paused or resumed", _of(rest, Action.PAUSE, Action.RESUME), plan, folded=True, urgency=3)
    yield _Section("Drift: what was sent, and what Teli shows now", _drift(plan), folded=True, urgency=4)
    yield _kept(plan)


def _of(changes: Iterable[Change], *actions: Action) -> list[Change]:
    return [change for change in changes if change.action in actions]


def _section(title: str, changes: Sequence[Change], plan: Plan, *, folded: bool, urgency: int) -> _Section:
    entries = [_entry(change, plan) for change in sorted(changes, key=lambda each: each.address)]
    whom = sum(change.people for change in changes)
    sized = f"{title}: {counted(len(changes), 'campaign')}{f', {people(whom)}' if whom else ''}"
    return _Section(sized, Listing(entries, _more), folded, urgency)


def _entry(change: Change, plan: Plan) -> Entry:
    whom = f", {people(change.people)}" if change.people else ""
    brief = f"- {code(change.address)} {prose(words(change) + whom)}\n"

    def full() -> str:
        return brief + "".join(_fact(fact) for fact in facts_of(change, plan.now))

    return Entry(brief, full)


def _fact(fact: Fact) -> str:
    label = f"{fact.label}: " if fact.label else ""
    aside = f" ({code(fact.aside)})" if fact.aside else ""
    return f"  - {label}{prose(fact.text)}{aside}\n"


def _more(number: int) -> str:
    return f"- and {number:,} more, left out for want of room: `teli-iac plan` shows all\n"


def _refused(plan: Plan, refusals: Sequence[Refused]) -> Listing:
    entries = []
    for each in refusals:
        where = f" {prose(where_uncallable(plan))}" if each.guard is GuardName.INVALID_LEADS else ""
        text = f"{prose(refusal(each))}{where} To allow it: {code(each.consent)}"
        entries.append(_line(text))
    return Listing(entries, _more)


def _gaps(plan: Plan) -> Listing:
    return Listing([_line(prose(gap)) for gap in plan.gaps], _more)


def _line(text: str, follows: Sequence[Fact] = ()) -> Entry:
    brief = f"- {text}\n"
    return Entry(brief, lambda: brief + "".join(_fact(fact) for fact in follows))


def _drift(plan: Plan) -> Listing:
    differing = [change for change in plan.changes if change.drift]
    return Listing([_line(code(c.address), [field(each) for each in c.drift]) for c in differing], _more)


def _kept(plan: Plan) -> _Section:
    """How many stay as they are and why; those that a person should know of one by one."""
    kept = _of(plan.changes, Action.KEEP)
    told = [change for change in kept if closing.is_worth_telling(change)]
    counts = [_line(prose(closing.kept_by_reason(kept)))] if kept else []
    notes = [_line(_note(change), [*findings(change)]) for change in told]
    unseen = [_line(prose(sentence)) for sentence in closing.unseen(plan)]
    listing = Listing([*counts, *unseen, *notes], _more)
    return _Section(f"Unchanged: {counted(len(kept), 'campaign')}", listing, folded=True, urgency=5)


def _note(change: Change) -> str:
    uncalled = f", {people(change.uncalled)} never called" if change.uncalled else ""
    return f"{code(change.address)} {prose(REASONS[change.reason].title + uncalled)}"

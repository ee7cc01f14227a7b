"""People whom two campaigns would call, in words: how many, in which campaigns, and what the guard says."""

from __future__ import annotations

from collections.abc import Iterator

from teli_iac.model import GuardName
from teli_iac.model.comparison import InTwo, PeopleInTwo
from teli_iac.render.ink import Ink
from teli_iac.render.layout import Fact
from teli_iac.render.words import counted, named

TITLE = "people in two campaigns"


def facts_in_two(people: PeopleInTwo) -> Iterator[Fact]:
    """Nothing at all where nobody is in two campaigns, and everybody is known."""
    if people.campaigns:
        yield Fact("people", _counts(people))
        yield Fact("in", named(tuple(map(_campaign, people.campaigns))))
    if people.after:
        yield Fact("apply", _guard(people), ink=Ink.ALARM if alarms(people) else Ink.PLAIN)
    if people.unread:
        asking = counted(people.unread, "campaign")
        yield Fact(
            "unread", f"{asking} with a query, which was not run: whom others share with it is not known"
        )


def alarms(people: PeopleInTwo) -> bool:
    """Whether the change brings people into two campaigns, and more are there than the guard lets pass."""
    return people.introduced > 0 and people.after > people.limit


def _counts(people: PeopleInTwo) -> str:
    """`1 -> 3: 2 by this change`; the count alone where they are the same people."""
    told = [
        *([f"{people.introduced:,} by this change"] if people.introduced else []),
        *([f"{people.resolved:,} no longer"] if people.resolved else []),
    ]
    if not told:
        return f"{people.after:,}, all as before"
    return f"{people.before:,} -> {people.after:,}: {', '.join(told)}"


def _campaign(each: InTwo) -> str:
    changed = f"{each.before:,} -> " if each.before != each.after else ""
    return f"{each.address} ({changed}{each.after:,})"


def _guard(people: PeopleInTwo) -> str:
    guard = f"the guard `{GuardName.DUPLICATE_PEOPLE}`"
    if people.after <= people.limit:
        return f"{guard} lets {people.limit:,} pass"
    return f"{guard} refuses a plan that calls them in both: it lets {people.limit:,} pass"

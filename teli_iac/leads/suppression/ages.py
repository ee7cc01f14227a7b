"""Lists that are too old to be trusted: whoever asked not to be called since then would be called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from teli_iac.catalogue import CATALOGUE
from teli_iac.errors import InvalidManifests, Problem
from teli_iac.model import Campaign, ListRead

_A_DAY = timedelta(days=1)
"""So far ahead of UTC, and a little more, may the calendar of a place on earth be."""


def refuse_stale(campaigns: Iterable[Campaign], now: datetime) -> None:
    """Refuse to plan with a list that is older than it may be. Raises InvalidManifests with each of them."""
    problems = stale_lists(campaigns, now)
    if problems:
        raise InvalidManifests(problems)


def stale_lists(campaigns: Iterable[Campaign], now: datetime) -> tuple[Problem, ...]:
    """A problem for every list that is older than its `max_age`, or is of a day that has not come."""
    read = (each for campaign in campaigns for each in _lists_of(campaign))
    return tuple(problem for each in dict.fromkeys(read) for problem in problems_of_age(each, now))


def problems_of_age(read: ListRead, now: datetime) -> Iterator[Problem]:
    """What is wrong with the age of a list, where its manifest gives it one."""
    limit = read.reference.max_age
    if limit is None:
        return
    age = now - read.dated
    if age < -_A_DAY:
        yield _problem("TELI-E123", read, f"{read.reference.named} is of a time that has not come yet")
    elif age > limit:
        said = f"{read.reference.named} is {_in_words(age)} old, and may be {_in_words(limit)} old at most"
        yield _problem("TELI-E121", read, said)


def _problem(code: str, read: ListRead, said: str) -> Problem:
    return Problem(code, said, read.reference.mark, CATALOGUE[code].next_step)


def _lists_of(campaign: Campaign) -> tuple[ListRead, ...]:
    """Lists by query are among them where no query is run: of the day in their manifest they are anyway."""
    suppression = campaign.leads.suppression
    if suppression is None:
        return ()
    unasked = (ListRead(each, each.as_of, "") for each in suppression.unasked if each.as_of is not None)
    return (*suppression.lists, *unasked)


def _in_words(span: timedelta) -> str:
    hours = span // timedelta(hours=1)
    if span >= 2 * _A_DAY:
        return f"{span.days:,} days"
    return f"{hours} hours" if hours >= 2 else f"{span // timedelta(minutes=1)} minutes"  # noqa: PLR2004  no plural

"""People whom two campaigns would call, on either side of a change: what `duplicate_people` would refuse.

Pure. Whoever stands in a do-not-call list is called by nobody
and is not counted; whom a query gives is not known here, and its campaign is counted as unread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from teli_iac.model import Campaign, Leads
from teli_iac.model.comparison import InTwo, PeopleInTwo
from teli_iac.people import numbers_in_two, numbers_of


@dataclass(frozen=True, slots=True, repr=False)
class _Shared:
    """The numbers in two campaigns, and by address how many of them a campaign has."""

    numbers: set[str]
    counts: Mapping[str, int]


def people_in_two(before: Sequence[Campaign], after: Sequence[Campaign], limit: int) -> PeopleInTwo:
    """Compare the campaigns that are still to call then and now; lists that are the same are read once."""
    then = _shared(before)
    now = then if _lists(before) == _lists(after) else _shared(after)
    return PeopleInTwo(
        before=len(then.numbers),
        after=len(now.numbers),
        introduced=len(now.numbers - then.numbers),
        campaigns=tuple(
            InTwo(address, then.counts.get(address, 0), now.counts.get(address, 0))
            for address in sorted({*then.counts, *now.counts})
        ),
        unread=sum(not each.leads.is_known for each in after) if len(after) > 1 else 0,
        limit=limit,
    )


def _lists(campaigns: Sequence[Campaign]) -> object:
    return {each.address: each.leads.fingerprint for each in campaigns}


def _shared(campaigns: Sequence[Campaign]) -> _Shared:
    numbers = numbers_in_two(each.leads.rows for each in campaigns)
    counted = ((each.address, _count(each.leads, numbers)) for each in campaigns if numbers)
    return _Shared(numbers, {address: count for address, count in counted if count})


def _count(leads: Leads, numbers: set[str]) -> int:
    return sum(number in numbers for number in numbers_of(leads.rows))

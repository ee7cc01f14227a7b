"""What `validate` says about rows that may not be called, and about people whom two campaigns would call.

Pure. A Project's guards say how many are let pass; plan and apply count the same people (`guards`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from teli_iac.catalogue import CATALOGUE
from teli_iac.errors import Problem
from teli_iac.guards import DEFAULT_LIMITS
from teli_iac.model import Campaign, Desired, GuardName, Lead, Leads, Mark
from teli_iac.people import numbers_in_two

_DESCRIBED = 10
_SHARED = "TELI-E160"
_MORE = "TELI-E161"


def problems_of_people(desired: Desired, now: datetime) -> tuple[Problem, ...]:
    """Every row beyond what the guards let pass: ten described for each list, the others counted by kind."""
    limits = {**DEFAULT_LIMITS, **desired.project.guards}
    campaigns = [*desired.campaigns.values()]
    refused = sum(campaign.leads.refused.count for campaign in campaigns)
    shared = [*_shared_people(campaign for campaign in campaigns if campaign.still_calls(now))]
    problems: list[Problem] = []
    if refused > limits[GuardName.INVALID_LEADS]:
        problems += [problem for campaign in campaigns for problem in _refused_rows(campaign)]
    if len(shared) > limits[GuardName.DUPLICATE_PEOPLE]:
        problems += _summarised(shared)
    return tuple(dict.fromkeys(problems))


def _refused_rows(campaign: Campaign) -> Iterator[Problem]:
    refused = campaign.leads.refused
    yield from (_problem(row.code, row.sentence, row.mark) for row in refused.described)
    described = Counter(row.code for row in refused.described)
    more = Counter(refused.by_kind) - described
    if more:
        kinds = ", ".join(f"{count:,} of {code} ({CATALOGUE[code].title})" for code, count in more.items())
        said = f"{more.total():,} more rows may not be called: {kinds}"
        query = campaign.leads.query
        yield _problem(_MORE, said, query.mark if query else Mark(campaign.leads.source, 1, 1))


def _shared_people(campaigns: Iterable[Campaign]) -> Iterator[Problem]:
    several = [*campaigns]
    shared = numbers_in_two(campaign.leads.rows for campaign in several)
    first: dict[str, tuple[Campaign, Lead]] = {}
    for campaign in several if shared else ():
        for lead in campaign.leads:
            if lead.phone_number not in shared:
                continue
            other, theirs = first.setdefault(lead.phone_number, (campaign, lead))
            if other is not campaign:
                said = (
                    f"{campaign.address} calls +…{lead.phone_number[-2:]}, and so does {other.address}"
                    f" ({_place(other.leads, theirs)})"
                )
                yield _problem(_SHARED, said, campaign.leads.mark_of(lead))


def _place(leads: Leads, lead: Lead) -> str:
    mark = leads.mark_of(lead)
    return f"{mark.file}, line {mark.line}"


def _summarised(problems: list[Problem]) -> Iterator[Problem]:
    yield from problems[:_DESCRIBED]
    more = len(problems) - _DESCRIBED
    if more > 0:
        yield _problem(_MORE, f"{more:,} more numbers are in two campaigns", None)


def _problem(code: str, message: str, mark: Mark | None) -> Problem:
    return Problem(code, message, mark, CATALOGUE[code].next_step)

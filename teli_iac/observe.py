"""Ask the API what there is, and prove the answer complete (semantics §6). Reads only.

A list is believed when its count is its length, its ids are unique and two reads agree on them; both are
refused or said as a gap otherwise. Every id we launched must be in it, or be 404 by id twice, apart.
With any gap nothing is created.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from teli_iac.api import ReadingClient, Waiting
from teli_iac.decisions.learning import LOOK_UPS_BEFORE_LAPSE
from teli_iac.errors import ApiError
from teli_iac.kinds.counting import Count, count_out
from teli_iac.kinds.intentions import Steps
from teli_iac.kinds.wire import list_request, look_up_request, read_list, read_look_up
from teli_iac.model import (
    LedgerKey,
    Observed,
    ObservedCampaign,
    PartState,
    PeopleSet,
    Project,
    Recorded,
    RecordedPart,
    Reply,
    Request,
)

MOST_CLOCK_SKEW = timedelta(minutes=2)
"""How far our clock and the API's may be apart before creates are refused."""

_SECONDS_APART = 2.0
_LIST_READS = 3
_GIVEN_UP = frozenset({PartState.VOID, PartState.LAPSED, PartState.ABANDONED, PartState.RETRIED})

Shown = Mapping[str, ObservedCampaign]
PeopleReader = Callable[[Iterable[str]], Mapping[str, PeopleSet]]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the API: the account, what we did, and whether its clock is believed.

    The embedded Teli and servers on this machine may run on a clock of their own. `at_once` is how many
    look-ups go out together.
    """

    project: Project
    recorded: Recorded
    trusts_its_clock: bool
    at_once: int = 8


def observe(api: ReadingClient, question: Question, waiting: Waiting) -> Observed:
    """The campaigns of the account as far as they can be known.

    Raises ApiError when the list cannot be read at all.
    """
    listed, date, gaps = _read_agreeing_lists(api, question.project, waiting)
    now, skew = _now(date, waiting.now(), trusts_its_clock=question.trusts_its_clock)
    found, absent = _look_for_missing(api, question, listed, waiting)
    late = _look_up_all(api, _given_up(question.recorded, listed), question.at_once)
    arrived, look_ups = _look_for_intents(api, question, listed, now, waiting)
    by_id = {c.campaign_id: c for c in (*found.values(), *late.values(), *arrived.values()) if c}
    return Observed(
        campaigns={**listed, **by_id},
        absent=absent,
        intent_look_ups=look_ups,
        gaps=(*gaps, *skew, *_hidden(by_id)),
        now=now,
    )


def count_uncontacted(
    api: ReadingClient, parts: Iterable[RecordedPart], people: PeopleReader, key: LedgerKey
) -> Mapping[str, frozenset[bytes]]:
    """Who of live parts was not called yet; a part of which that cannot be proven now is left out.

    The calls go on meanwhile, so this serves to plan by; an apply counts again once nobody is called.
    """
    counted: dict[str, frozenset[bytes]] = {}
    for part in parts:
        given = people([part.people])[part.people]
        uncontacted = _answer(api, count_out(part.campaign_id, given, key)).uncontacted
        if uncontacted is not None:
            counted[part.campaign_id] = frozenset(person for person, _ in uncontacted)
    return counted


def _answer(api: ReadingClient, steps: Steps[Count]) -> Count:
    """Carry out steps that only read; an answer that is no use proves nothing."""
    reply: Reply | None = None
    while True:
        try:
            request = cast("Request", steps.send(reply))
            reply = api.read(request)
        except StopIteration as end:
            count: Count = end.value
            return count
        except ApiError as error:
            return Count(None, error.message)


def _read_agreeing_lists(
    api: ReadingClient, project: Project, waiting: Waiting
) -> tuple[Shown, datetime | None, tuple[str, ...]]:
    """The last of the reads, the API's clock at it, and a gap when no two reads in a row had the same ids."""
    reply = api.read(list_request(project))
    shown = _listed(reply)
    for _ in range(_LIST_READS - 1):
        before, reply = reply, api.read(list_request(project))
        # The same words say the same; of ten thousand campaigns they need not be taken apart twice.
        again = shown if reply == replace(before, date=reply.date) else _listed(reply)
        if again.keys() == shown.keys():
            return again, reply.date, ()
        shown = again
        waiting.sleep(_SECONDS_APART)
    return (
        shown,
        reply.date,
        (f"{_LIST_READS} reads of the list, one after the other, named different campaigns",),
    )


def _listed(reply: Reply) -> Shown:
    return {campaign.campaign_id: campaign for campaign in read_list(reply)}


def _now(
    date: datetime | None, ours: datetime, *, trusts_its_clock: bool
) -> tuple[datetime, tuple[str, ...]]:
    """The later of both clocks, and a gap when they are too far apart to plan calling times by."""
    if date is None:
        return ours, ()
    apart = abs(date - ours)
    if trusts_its_clock or apart <= MOST_CLOCK_SKEW:
        return max(date, ours), ()
    seconds = round(apart.total_seconds())
    ahead = "behind" if date > ours else "ahead of"
    return max(date, ours), (f"this machine's clock is {seconds:,} seconds {ahead} the API's",)


def _look_for_missing(
    api: ReadingClient, question: Question, listed: Shown, waiting: Waiting
) -> tuple[Mapping[str, ObservedCampaign | None], frozenset[str]]:
    """Launched parts that the list lacks, looked up twice, apart: what was found, what is proven absent."""
    expected = (part.campaign_id for part in question.recorded.parts.values() if _should_be_there(part))
    missing = [campaign_id for campaign_id in expected if campaign_id not in listed]
    if not missing:
        return {}, frozenset()
    first = _look_up_all(api, missing, question.at_once)
    waiting.sleep(_SECONDS_APART)
    second = _look_up_all(api, missing, question.at_once)
    found = {campaign_id: first[campaign_id] or second[campaign_id] for campaign_id in missing}
    return found, frozenset(campaign_id for campaign_id, campaign in found.items() if campaign is None)


def _should_be_there(part: RecordedPart) -> bool:
    return part.state is PartState.LAUNCHED and not part.gone


def _given_up(recorded: Recorded, listed: Shown) -> list[str]:
    """Ids that were given up and are watched for ever, as far as the list does not show them (row 4)."""
    given_up = (p for p in recorded.parts.values() if p.state in _GIVEN_UP and not p.gone)
    return [part.campaign_id for part in given_up if part.campaign_id not in listed]


def _look_for_intents(
    api: ReadingClient, question: Question, listed: Shown, now: datetime, waiting: Waiting
) -> tuple[Mapping[str, ObservedCampaign | None], Mapping[str, int]]:
    """Look for open intents that the list lacks: once, and more often when they could lapse by it."""
    found: dict[str, ObservedCampaign | None] = {}
    look_ups: dict[str, int] = {}
    for part in question.recorded.parts.values():
        if part.state is not PartState.INTENDED or part.campaign_id in listed:
            continue
        times = LOOK_UPS_BEFORE_LAPSE if _may_lapse(part, question.project, now) else 1
        found[part.campaign_id], look_ups[part.campaign_id] = _look_up_often(
            api, part.campaign_id, times, waiting
        )
    return found, look_ups


def _may_lapse(part: RecordedPart, project: Project, now: datetime) -> bool:
    return project.settle_after is not None and now - part.intended_at >= project.settle_after


def _look_up_often(
    api: ReadingClient, campaign_id: str, times: int, waiting: Waiting
) -> tuple[ObservedCampaign | None, int]:
    for done in range(times):
        if done:
            waiting.sleep(_SECONDS_APART)
        campaign = _look_up(api, campaign_id)
        if campaign:
            return campaign, 0
    return None, times


def _look_up_all(
    api: ReadingClient, campaign_ids: Iterable[str], at_once: int
) -> Mapping[str, ObservedCampaign | None]:
    ids = list(campaign_ids)
    if not ids:
        return {}
    with ThreadPoolExecutor(min(at_once, len(ids))) as pool:
        return dict(zip(ids, pool.map(lambda campaign_id: _look_up(api, campaign_id), ids), strict=True))


def _look_up(api: ReadingClient, campaign_id: str) -> ObservedCampaign | None:
    return read_look_up(api.read(look_up_request(campaign_id)), campaign_id)


def _hidden(found: Mapping[str, ObservedCampaign]) -> tuple[str, ...]:
    """What the list lacks although a look-up by id finds it: the list is not complete."""
    return tuple(f"the list lacks {campaign_id}, which exists" for campaign_id in sorted(found))

"""The worlds put side by side: every campaign of ours, and how it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from teli_iac.identity import parse_campaign_id
from teli_iac.kinds.attributes import HIDDEN_BY_THE_API
from teli_iac.kinds.tallying import Counts
from teli_iac.model import Account, ObservedCampaign, Recorded, RecordedPart
from teli_iac.standing.judging import (
    NEVER_WAS,
    Known,
    drift_of,
    finish,
    per_hour,
    phase_of,
    questions_of,
)
from teli_iac.standing.values import CampaignStanding, PartStanding, Standing


@dataclass(frozen=True, slots=True)
class Seen:
    """What was asked of Teli: campaigns by id, the counts that were asked for, and what is absent."""

    campaigns: Mapping[str, ObservedCampaign]
    counts: Mapping[str, Counts | None]
    absent: frozenset[str]
    gaps: tuple[str, ...]
    now: datetime


def stand(account: Account, recorded: Recorded, seen: Seen, addresses: Collection[str] = ()) -> Standing:
    """How every campaign of ours stands, or those of some addresses.

    `recorded.people` holds the sets of `people_needed`.
    """
    named = _names(account.project, recorded, seen)
    grouped: dict[str, list[str]] = {}
    for campaign_id, (address, _) in named.items():
        if not addresses or address in addresses:
            grouped.setdefault(address, []).append(campaign_id)
    campaigns = [
        CampaignStanding(address, tuple(_parts(ids, named, recorded, seen)))
        for address, ids in sorted(grouped.items())
    ]
    return Standing(
        account=account,
        at=seen.now,
        campaigns=tuple(sorted(campaigns, key=lambda each: (not each.asks, not each.live))),
        unmanaged=len(seen.campaigns.keys() - named.keys()),
        hold=recorded.hold,
        gaps=seen.gaps,
    )


def people_needed(recorded: Recorded) -> frozenset[str]:
    """The people sets of those whom a release has freed, and of the parts that may have been given them."""
    freed = [part for part in recorded.parts.values() if part.released is not None]
    theirs = {other.people for part in freed for other in _later_parts(part, recorded)}
    return frozenset({part.released for part in freed if part.released is not None} | theirs)


def to_be_counted(project: str, recorded: Recorded, seen: Mapping[str, ObservedCampaign]) -> tuple[str, ...]:
    """The ids of ours that Teli shows, whose people can be counted."""
    ours = (one for one in seen if one in recorded.parts or one in recorded.imports or _is_ours(one, project))
    return tuple(sorted(ours))


def _is_ours(campaign_id: str, project: str) -> bool:
    reference = parse_campaign_id(campaign_id)
    return reference is not None and reference.project == project


def _names(project: str, recorded: Recorded, seen: Seen) -> Mapping[str, tuple[str, tuple[int, int]]]:
    """The address, run and part of every campaign of ours that is or may be on Teli, by id."""
    named: dict[str, tuple[str, tuple[int, int]]] = {}
    for campaign_id in seen.campaigns:
        reference = parse_campaign_id(campaign_id)
        if reference is not None and reference.project == project:
            named[campaign_id] = (f"campaign/{reference.name}", (reference.run, reference.part))
    for imported in recorded.imports.values():
        named[imported.campaign_id] = (f"campaign/{imported.name}", (imported.run, imported.part))
    for part in recorded.parts.values():
        if part.state not in NEVER_WAS or part.appeared or part.campaign_id in seen.campaigns:
            named[part.campaign_id] = (f"campaign/{part.name}", (part.run, part.part))
    return named


def _parts(
    ids: Iterable[str],
    named: Mapping[str, tuple[str, tuple[int, int]]],
    recorded: Recorded,
    seen: Seen,
) -> Iterator[PartStanding]:
    for campaign_id in sorted(ids, key=lambda one: (named[one][1], one)):
        yield _part(campaign_id, named[campaign_id][1], recorded, seen)


def _part(campaign_id: str, place: tuple[int, int], recorded: Recorded, seen: Seen) -> PartStanding:
    record, shown = recorded.parts.get(campaign_id), seen.campaigns.get(campaign_id)
    known = Known(
        record=record,
        is_imported=campaign_id in recorded.imports,
        shown=shown,
        counts=seen.counts.get(campaign_id),
        was_counted=campaign_id in seen.counts,
        is_absent=campaign_id in seen.absent,
        now=seen.now,
    )
    phase = phase_of(known)
    rate = per_hour(known, phase)
    return PartStanding(
        campaign_id=campaign_id,
        run=place[0],
        part=place[1],
        phase=phase,
        status_text=shown.status_text if shown else "",
        people=record.people_count if record else (shown.contacts_count if shown else None),
        counts=known.counts,
        begin=known.begin,
        end=known.end,
        freed=_freed(record, recorded),
        handed_on=_handed_on(record, recorded),
        caller_ids=_caller_ids(record),
        by_person=record.by_person if record else None,
        per_hour=rate,
        finish=finish(known, rate),
        drift=tuple(drift_of(known, phase)),
        not_observable=HIDDEN_BY_THE_API if shown else (),
        questions=tuple(questions_of(known, phase)),
    )


def _freed(record: RecordedPart | None, recorded: Recorded) -> int:
    if record is None or record.released is None:
        return 0
    return len(recorded.people[record.released])


def _handed_on(record: RecordedPart | None, recorded: Recorded) -> int:
    """Those freed whom a later part was given: others left the leads, are on a list, or wait for an apply."""
    if record is None or record.released is None:
        return 0
    freed = {person for person, _ in recorded.people[record.released]}
    given = (person for part in _later_parts(record, recorded) for person, _ in recorded.people[part.people])
    return len(freed.intersection(given))


def _later_parts(part: RecordedPart, recorded: Recorded) -> Iterator[RecordedPart]:
    for other in recorded.parts.values():
        is_of_the_run = (other.name, other.run) == (part.name, part.run)
        if is_of_the_run and other.part > part.part and other.state not in NEVER_WAS:
            yield other


def _caller_ids(record: RecordedPart | None) -> int | None:
    if record is None:
        return None
    return len({record.settings.agent_outbound_number, *record.settings.number_pool})

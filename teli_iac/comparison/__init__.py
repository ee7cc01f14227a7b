"""The manifests of a revision beside those of the working tree: what differs, and what an apply makes of it.

Pure, and without Teli or the ledger: what has been called already is not known here, so what a change
means for a campaign that is live is told as a condition, never as a fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from teli_iac.comparison.declared import campaign_attributes, lists_asked, people_asked, project_attributes
from teli_iac.diff import diff_attributes
from teli_iac.guards import DEFAULT_LIMITS
from teli_iac.identity import utc_text
from teli_iac.kinds.attributes import settings_attributes
from teli_iac.model import (
    Campaign,
    Desired,
    DesiredStatus,
    DoNotCall,
    FieldChange,
    GuardName,
    ImportedCampaign,
    JsonValue,
    Leads,
    Mark,
    OnRemove,
    Project,
)
from teli_iac.model.comparison import (
    CampaignChange,
    Comparison,
    Consequence,
    Difference,
    PeopleChange,
    SharedChange,
)
from teli_iac.shared_people import people_in_two

_ALIKE = 0.8
"""From this share of the people on, a new campaign looks like one that leaves (semantics §5, row 13)."""


_LEAVES = {
    OnRemove.DELETE: Consequence.DELETES,
    OnRemove.END: Consequence.ENDS_ON_REMOVE,
    OnRemove.RETAIN: Consequence.RETAINS,
}
_BECOMES = {
    DesiredStatus.ACTIVE: Consequence.RESUMES,
    DesiredStatus.PAUSED: Consequence.PAUSES,
    DesiredStatus.ENDED: Consequence.ENDS,
}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison; `project` is None where there are no manifests yet or any more."""

    project: Project | None
    campaigns: Mapping[str, Campaign]
    imports: Mapping[str, ImportedCampaign]
    suppress: tuple[DoNotCall, ...] = ()

    @classmethod
    def of(cls, desired: Desired | None) -> Side:
        """What is wanted there; nothing at all where there is no project."""
        if desired is None:
            return cls(None, {}, {})
        return cls(desired.project, desired.campaigns, desired.imports, desired.suppress)

    def calling(self, now: datetime) -> list[Campaign]:
        """The campaigns that are still to call."""
        return [each for each in self.campaigns.values() if each.still_calls(now)]


def compare_sides(before: Side, after: Side, *, asked: str, revision: str, now: datetime) -> Comparison:
    """Everything that differs, campaigns by name, what is shared by kind and name."""
    names = sorted({*before.campaigns, *after.campaigns})
    changes = [change for name in names if (change := _change(name, before, after))]
    elsewhere = sorted({*before.imports, *after.imports})
    described = [
        change
        for name in elsewhere
        if (change := _described(before.imports.get(name), after.imports.get(name)))
    ]
    project = after.project or before.project
    limits = {**DEFAULT_LIMITS, **(project.guards if project else {})}
    return Comparison(
        project=project.name if project else "",
        asked=asked,
        revision=revision,
        settings=_settings(before, after),
        shared=tuple(_shared(before.campaigns, after.campaigns)),
        campaigns=tuple(sorted((*changes, *described), key=lambda each: each.address)),
        unchanged=len(names) + len(elsewhere) - len(changes) - len(described),
        in_two=people_in_two(before.calling(now), after.calling(now), limits[GuardName.DUPLICATE_PEOPLE]),
    )


def _change(name: str, before: Side, after: Side) -> CampaignChange | None:
    was, now = before.campaigns.get(name), after.campaigns.get(name)
    if was is None and now is not None:
        return _added(now, before, after)
    if now is None and was is not None:
        return _removed(was)
    if was is None or now is None:
        raise AssertionError("a name is of one side or of both")
    return _changed(was, now)


def _added(now: Campaign, before: Side, after: Side) -> CampaignChange:
    like, consequence = _origin_of(now, before, after)
    known = now.leads.is_known, _are_lists_known(now.leads)
    people = PeopleChange(0, len(now.leads), len(now.leads), 0, 0, *known)
    new = people.added if consequence is Consequence.LAUNCHES else 0
    fields = diff_attributes({}, campaign_attributes(now), now.origins)
    return CampaignChange(
        now.address, Difference.ADDED, people, fields, (consequence,), new, 0, now.mark, like
    )


def _origin_of(now: Campaign, before: Side, after: Side) -> tuple[str, Consequence]:
    """The campaign that a new one was before or seems to have been, and what is made of it."""
    if now.renamed_from is not None:
        return f"campaign/{now.renamed_from}", Consequence.KEEPS_MEMORY
    leaving = (was for name, was in before.campaigns.items() if name not in after.campaigns)
    for was in leaving:
        if len(now.leads) and len(_numbers(now.leads) & _numbers(was.leads)) >= _ALIKE * len(now.leads):
            return was.address, Consequence.LOOKS_RENAMED
    if now.desired_status is not DesiredStatus.ACTIVE:
        return "", Consequence.HELD
    return "", Consequence.LAUNCHES if now.leads.is_known else Consequence.LAUNCHES_ANSWER


def _removed(was: Campaign) -> CampaignChange:
    known = was.leads.is_known, _are_lists_known(was.leads)
    people = PeopleChange(len(was.leads), 0, 0, len(was.leads), 0, *known)
    return CampaignChange(
        was.address, Difference.REMOVED, people, (), (_LEAVES[was.on_remove],), 0, 0, was.mark
    )


def _changed(was: Campaign, now: Campaign) -> CampaignChange | None:
    people = replace(
        _people(was.leads, now.leads),
        are_lists_known=_are_lists_known(was.leads) and _are_lists_known(now.leads),
    )
    fields = diff_attributes(campaign_attributes(was), campaign_attributes(now), now.origins)
    if not (fields or people.differs):
        return None
    consequences = tuple(_consequences(was, now, people))
    again = people.after - people.added if Consequence.CALLS_AGAIN in consequences else 0
    calls = Consequence.CALLS_AGAIN in consequences or Consequence.EXTENDS in consequences
    new = people.added if calls else 0
    return CampaignChange(
        now.address,
        Difference.CHANGED,
        people,
        fields,
        consequences or (Consequence.NOTHING,),
        new,
        again,
        now.mark,
    )


def _consequences(was: Campaign, now: Campaign, people: PeopleChange) -> Iterator[Consequence]:
    """In the order of the decision table."""
    if now.run < was.run:
        yield Consequence.RUN_WENT_BACK
        return
    if was.desired_status is not now.desired_status:
        yield _BECOMES[now.desired_status]
    if now.desired_status is not DesiredStatus.ACTIVE:
        return
    if now.run > was.run:
        yield Consequence.CALLS_AGAIN if people.is_known else Consequence.CALLS_ANSWER
        return
    asks_otherwise = not people.is_known and people_asked(was) != people_asked(now)
    if asks_otherwise or lists_asked(was) != lists_asked(now):
        yield Consequence.ASKS_OTHERWISE
    if was.settings != now.settings or people.removed or people.changed:
        yield Consequence.STOPS_AND_RELAUNCHES
    if people.added:
        yield Consequence.EXTENDS


def _described(was: ImportedCampaign | None, now: ImportedCampaign | None) -> CampaignChange | None:
    """A campaign made elsewhere: nothing is ever sent for it, whatever its manifest says."""
    either = now or was
    if either is None:
        raise AssertionError("a name is of one side or of both")
    old, new = (each.people_count or 0 if each else 0 for each in (was, now))
    fields = diff_attributes(
        _described_attributes(was), _described_attributes(now), now.origins if now else {}
    )
    if was and now and not fields:
        return None
    return CampaignChange(
        either.address,
        Difference.CHANGED if was and now else Difference.ADDED if now else Difference.REMOVED,
        PeopleChange(old, new, max(0, new - old), max(0, old - new), 0),
        fields if now else (),
        (Consequence.IMPORTED,),
        0,
        0,
        either.mark,
    )


def _described_attributes(campaign: ImportedCampaign | None) -> Mapping[str, JsonValue]:
    if campaign is None:
        return {}
    return {
        "campaign_id": campaign.campaign_id,
        "voice_agent_id": campaign.voice_agent_id,
        "campaign_begin_time": utc_text(campaign.begin) if campaign.begin else None,
        "campaign_end_time": utc_text(campaign.end) if campaign.end else None,
        "people": campaign.people_count,
    }


def _people(was: Leads, now: Leads) -> PeopleChange:
    if not (was.is_known and now.is_known):
        return PeopleChange(len(was), len(now), 0, 0, 0, is_known=False)
    if was.fingerprint == now.fingerprint:
        return PeopleChange(len(was), len(now), 0, 0, 0)
    old = {lead.phone_number: lead.fields for lead in was}
    new = {lead.phone_number: lead.fields for lead in now}
    kept = old.keys() & new.keys()
    changed = sum(old[number] != new[number] for number in kept)
    return PeopleChange(len(old), len(new), len(new) - len(kept), len(old) - len(kept), changed)


def _numbers(leads: Leads) -> set[str]:
    return {lead.phone_number for lead in leads}


def _are_lists_known(leads: Leads) -> bool:
    return not (leads.suppression and leads.suppression.unasked)


def _settings(before: Side, after: Side) -> tuple[FieldChange, ...]:
    """What differs in a Project that both sides have."""
    was, now = before.project, after.project
    if was is None or now is None:
        return ()
    attributes = project_attributes(now, after.suppress)
    origins = dict.fromkeys(attributes, now.mark)
    return diff_attributes(project_attributes(was, before.suppress), attributes, origins)


def _shared(before: Mapping[str, Campaign], after: Mapping[str, Campaign]) -> Iterator[SharedChange]:
    """Pools and policies that campaigns of both sides refer to, and that are not what they were."""
    for kind, attribute in (("number_pool", "number_pool"), ("redial_policy", "redial")):
        old, new = _referred(before, attribute), _referred(after, attribute)
        for name in sorted(old.keys() & new.keys()):
            was, now = old[name], new[name]
            fields = diff_attributes(was[0], now[0], now[1])
            if fields:
                yield SharedChange(f"{kind}/{name}", fields, now[2])


_Referred = tuple[Mapping[str, JsonValue], Mapping[str, Mark], tuple[str, ...]]


def _referred(campaigns: Mapping[str, Campaign], attribute: str) -> Mapping[str, _Referred]:
    """What is shared by its name: its values, their places, and the campaigns that it reaches."""
    found: dict[str, _Referred] = {}
    for campaign in campaigns.values():
        name = campaign.pool_name if attribute == "number_pool" else campaign.redial_name
        if name is None:
            continue
        reaches = found[name][2] if name in found else ()
        every = settings_attributes(campaign.settings)
        values = {path: value for path, value in every.items() if path.partition(".")[0] == attribute}
        found[name] = (values, campaign.origins, (*reaches, campaign.address))
    return found

"""How a decision becomes a Change: the facts each action carries, gathered in one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from teli_iac.decisions.calling import NO_ACTS, Acts, windows_of
from teli_iac.decisions.comparing import Difference, count_again, digest_of, only, people_again
from teli_iac.decisions.situation import Condition, Part, Situation
from teli_iac.diff import diff_attributes
from teli_iac.identity import PartReference, digest_part
from teli_iac.kinds.attributes import (
    HIDDEN_BY_THE_API,
    is_shown_as_sent,
    sent_attributes,
    settings_attributes,
    shown_attributes,
)
from teli_iac.model import (
    Action,
    Campaign,
    Change,
    DesiredStatus,
    FieldChange,
    JsonValue,
    Launch,
    Leads,
    OnRemove,
    People,
    Reason,
    Removal,
    Replacement,
    Status,
    Transition,
)
from teli_iac.model.making import maker
from teli_iac.splitting import split

_ACTS = frozenset(Acts.__slots__)
_make = maker(Change)


def keep(situation: Situation, reason: Reason, *, uncalled: int = 0) -> Change:
    """Nothing is sent for this campaign."""
    return _change(situation, Action.KEEP, reason, uncalled=uncalled)


def blocked(
    situation: Situation,
    reason: Reason,
    would: Action | None = None,
    *,
    people: int = 0,
    fields: tuple[FieldChange, ...] = (),
) -> Change:
    """Nothing is sent until a person has decided; `would` is what was to be done."""
    return _change(situation, Action.BLOCKED, reason, blocked_action=would, people=people, fields=fields)


def launch(situation: Situation, wanted: Campaign, reason: Reason) -> Change:
    """Launch the wanted run whole, as its next part."""
    return _launch(situation, Action.LAUNCH, reason, wanted)


def extend(situation: Situation, wanted: Campaign, added: People) -> Change:
    """Launch the added people alone, as the run's next part, with today's settings."""
    alone = replace(wanted, leads=only(wanted.leads, added))
    return _launch(situation, Action.EXTEND, Reason.PEOPLE_ADDED, alone)


def _launch(situation: Situation, action: Action, reason: Reason, wanted: Campaign) -> Change:
    again = people_again(situation, wanted)
    first, *further = launches_of(situation.project.name, wanted, situation.next_part, again)
    people = len(wanted.leads)
    return _change(
        situation,
        action,
        reason,
        campaign_id=first.campaign_id,
        people=people,
        new=people - sum(again),
        again=sum(again),
        worst_case_calls=people * wanted.settings.calls_per_person,
        begin=wanted.settings.begin,
        end=wanted.settings.closes,
        fields=diff_attributes({}, _launched_attributes(wanted), wanted.origins),
        launch=first,
        further=tuple(further),
        split=wanted.leads if further else None,
    )


def launches_of(project: str, wanted: Campaign, part: int, again: Iterable[int]) -> tuple[Launch, ...]:
    """The creates that launch these people, none above `max_per_part`: `part` and those after it.

    `again` is how many of each part are called again.
    """
    shares = split(wanted.leads, wanted.max_per_part)
    if len(shares) == 1:
        return (launch_of(project, wanted, part, sum(again)),)
    return tuple(
        replace(launch_of(project, replace(wanted, leads=share), number, of_it), people=len(share))
        for number, (share, of_it) in enumerate(zip(shares, again, strict=True), part)
    )


def launch_of(project: str, wanted: Campaign, part: int, again: int) -> Launch:
    """The create that launches these people as one part of their run."""
    digest = digest_of(wanted)
    reference = PartReference(project, wanted.name, wanted.run, part, digest)
    return Launch(
        reference.campaign_id, wanted.name, wanted.run, part, digest, wanted.settings, wanted.leads, again
    )


def without(launch: Launch, rest: Leads, project: str) -> Launch:
    """The same launch for fewer people: another part in all that names it, since an id tells who was given.

    Of those left out nobody knows whether they would have been called again, so as many stay counted as may.
    """
    if not len(launch.leads) > len(rest):
        return launch
    digest = digest_part(launch.settings, rest.fingerprint)
    reference = PartReference(project, launch.name, launch.run, launch.part, digest)
    again = min(launch.again, len(rest))
    return replace(
        launch,
        campaign_id=reference.campaign_id,
        digest=digest,
        leads=rest,
        again=again,
        people=len(rest) if launch.people else 0,
    )


def exchange(situation: Situation, wanted: Campaign, reason: Reason, difference: Difference) -> Change:
    """Release the stale parts and any whose release is open, then launch who is free and wanted.

    `people` is at most whom the release frees; `new` and `again` are those who were not given at all. Of
    those freed, whoever is no longer wanted, or is on a do-not-call list by now, is called by nobody.
    """
    parts = tuple(p for p in situation.parts if p.releasing or p in difference.stale)
    again = count_again(situation, wanted, difference.to_launch)
    freed = sum(_uncalled(situation, part) for part in parts)
    launches = _may_launch(situation, wanted)
    called = difference.added + freed - difference.removed if launches else 0
    return _change(
        situation,
        Action.REPLACE,
        reason,
        campaign_id=parts[0].campaign_id,
        people=freed,
        new=difference.added - again if launches else 0,
        again=again if launches else 0,
        worst_case_calls=called * wanted.settings.calls_per_person,
        fields=tuple(
            change for part in difference.stale_settings for change in settings_changes(part, wanted)
        ),
        replacement=Replacement(
            tuple(part.campaign_id for part in parts), wanted if launches else None, situation.next_part
        ),
        live=True,
    )


def release_only(change: Change) -> Change:
    """The same without its launch: whoever it frees is launched by a later plan."""
    if change.replacement is None:
        return change
    alone = replace(change.replacement, campaign=None)
    return replace(change, new=0, again=0, worst_case_calls=0, replacement=alone)


def _uncalled(situation: Situation, part: Part) -> int:
    """How many people a release can free at most."""
    counted = situation.uncontacted.get(part.campaign_id)
    if counted is not None:
        return len(counted)
    return part.recorded.people_count if part.recorded else 0


def _may_launch(situation: Situation, wanted: Campaign) -> bool:
    soonest = situation.now + situation.project.launch_grace
    in_time = wanted.settings.closes is None or wanted.settings.closes > soonest
    return in_time and wanted.desired_status is DesiredStatus.ACTIVE


def steer(situation: Situation, parts: tuple[Part, ...], status: Status) -> Change:
    """Pause or resume live parts, as `desired_status` says."""
    people = sum(part.recorded.people_count for part in parts if part.recorded)
    transitions = tuple(Transition(part.campaign_id, status) for part in parts)
    action = Action.PAUSE if status is Status.PAUSED else Action.RESUME
    return _change(
        situation,
        action,
        Reason.STATUS_WANTED,
        campaign_id=parts[0].campaign_id,
        people=people,
        transitions=transitions,
        live=True,
    )


def adopt(situation: Situation, wanted: Campaign, part: Part) -> Change:
    """Keep a part the ledger lacks, and have apply record it with the manifest's people."""
    reference = part.reference
    adopted = Launch(
        reference.campaign_id,
        wanted.name,
        wanted.run,
        reference.part,
        reference.digest,
        wanted.settings,
        wanted.leads,
        again=0,
    )
    return _change(situation, Action.KEEP, Reason.ALREADY_LAUNCHED, launch=adopted)


def delete(
    situation: Situation, removals: tuple[Removal, ...], reason: Reason = Reason.NOT_IN_MANIFESTS
) -> Change:
    """Stop what is live and take it off Teli as `on_remove` says."""
    people = sum(p.recorded.people_count for p in situation.parts if p.running and p.recorded)
    return _change(
        situation,
        Action.DELETE,
        reason,
        people=people,
        removals=removals,
        live=any(part.condition is Condition.LIVE and not part.imported for part in situation.parts),
    )


def end(situation: Situation, reason: Reason, late: tuple[Part, ...]) -> Change:
    """End parts for good, leaving them readable on Teli."""
    removals = tuple(Removal(p.campaign_id, stop=True, delete=False) for p in late)
    people = sum(part.recorded.people_count for part in late if part.recorded)
    return _change(
        situation, Action.END, reason, campaign_id=late[0].campaign_id, people=people, removals=removals
    )


def removal_of(part: Part, on_remove: OnRemove) -> Removal | None:
    """What `on_remove` means for one part, None when nothing is to be done (semantics §5, rows 7 and 8)."""
    if part.imported:
        return None
    live = part.condition is Condition.LIVE
    over = part.condition is Condition.OVER
    stop = live or (over and on_remove is OnRemove.END)
    remove = on_remove is OnRemove.DELETE and part.observed is not None
    if part.releasing:
        return Removal(part.campaign_id, stop=True, delete=remove, release=True)
    if part.condition is Condition.UNCLEAR or not (stop or remove):
        return None
    return Removal(part.campaign_id, stop=stop, delete=remove, release=live and part.recorded is not None)


def settings_changes(part: Part, wanted: Campaign) -> tuple[FieldChange, ...]:
    """What the manifest says now against what we declared then, with the lines that say so."""
    before: Mapping[str, JsonValue] = settings_attributes(part.recorded.settings) if part.recorded else {}
    return diff_attributes(before, settings_attributes(wanted.settings), wanted.origins)


def _launched_attributes(wanted: Campaign) -> Mapping[str, JsonValue]:
    people: dict[str, JsonValue] = {"leads": len(wanted.leads)}
    return {**settings_attributes(wanted.settings), **people}


def _change(situation: Situation, action: Action, reason: Reason, **facts: object) -> Change:
    newest = next((p.campaign_id for p in reversed(situation.parts) if not p.never_was), None)
    shown = {
        "campaign_id": newest,
        "origin": situation.wanted.mark if situation.wanted else None,
        "drift": _drift(situation),
        "not_observable": HIDDEN_BY_THE_API if newest else (),
        "windows": windows_of(situation, _acts(facts)),
        "suppressed": situation.wanted.leads.suppressed if situation.wanted else 0,
    }
    return _make(situation.address, action, reason, **{**shown, **facts})  # type: ignore[arg-type]  # the names are Change's own


def _acts(facts: Mapping[str, object]) -> Acts:
    if _ACTS.isdisjoint(facts):
        return NO_ACTS
    given = {name: each for name, each in facts.items() if name in _ACTS}
    return Acts(**given)  # type: ignore[arg-type]  # the same


def _drift(situation: Situation) -> tuple[FieldChange, ...]:
    return tuple(
        change
        for part in situation.parts
        if part.observed and part.recorded and not is_shown_as_sent(part.observed, part.recorded)
        for change in diff_attributes(
            sent_attributes(part.recorded), shown_attributes(part.observed, part.recorded), {}
        )
    )

"""Desired x recorded x observed -> Plan. Pure: no clock, no file, no request.

The decision table, top to bottom; the first row that matches decides (semantics §5; the rows are
functions in `decisions/`).

     1  open launch intent, id present                       fold in, verify, go on   recovered
     2  open launch intent, id absent                        BLOCKED                  unknown_outcome
     3  open release                                         REPLACE or DELETE        resumed
     4  an id that was given up has appeared                 END                      late_arrival
     5  unrecorded, alone, this run, part 1, same digest     KEEP, adopt              already_launched
     6  any other part of ours that the ledger lacks         BLOCKED or KEEP          ledger_lost, orphan
     7  not wanted, live                                     DELETE                   not_in_manifests
     8  not wanted, finished, ended or over                  DELETE or KEEP           as 7, retained
     9  not wanted, gone                                     KEEP                     gone
    10  metadata.campaign_id set, or its people are unknown  KEEP or BLOCKED          imported, people_unknown
    11  run below the highest known                          KEEP                     run_went_back
    12  run above, an earlier run live                       BLOCKED                  earlier_run_live
    13  new here, but looks like another one                 BLOCKED                  looks_renamed
    14  a live part's status is unknown to us                KEEP or BLOCKED          unknown_status
    15  a part failed its verification                       BLOCKED                  verification_failed
    16  paused, ended or deleted while live, not by us       KEEP or BLOCKED          *_elsewhere, vanished
    17  desired_status is not what we last made it           PAUSE, RESUME, END       status_wanted
    18  desired_status is not active                         KEEP                     held
    19  the window is over, or ends within launch_grace      KEEP                     lapsed, or as in 23
    20  stale live parts                                     REPLACE                  settings_changed, …
    21  nobody given yet in this run                         LAUNCH                   new, rerun
    22  wanted people not given                              EXTEND                   people_added
    23  otherwise                                            KEEP                     running, fulfilled, …

Wherever a launch is decided but the list is incomplete, the ledger missing, or the outcome of another launch
unknown and this one not a target, it is BLOCKED instead (`list_incomplete`, `ledger_missing`,
`unknown_outcome_elsewhere`). People who were taken out while a part was paused go first: row 17 resumes
nothing that may still call them, and row 20 replaces it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from teli_iac.decisions import decide
from teli_iac.decisions.comparing import digest_of, is_as_wanted
from teli_iac.decisions.gathering import (
    follow_renames,
    live_people,
    newly_imported,
    references_shown,
    situations,
)
from teli_iac.decisions.learning import Learned, learn
from teli_iac.decisions.situation import Situation
from teli_iac.decisions.unsettled import already_launched
from teli_iac.decisions.world import World, group_by_content
from teli_iac.guards import DEFAULT_LIMITS, count_guards, count_shared_people
from teli_iac.identity import PartReference, canonical_json, parse_campaign_id
from teli_iac.kinds.verification import group_by_name
from teli_iac.model import (
    Account,
    Action,
    Campaign,
    Change,
    Desired,
    Event,
    Governed,
    Imported,
    JsonValue,
    Left,
    Observed,
    PartState,
    PeopleSet,
    Plan,
    Reason,
    Recorded,
    RecordedPart,
)
from teli_iac.people import key_all


@dataclass(frozen=True, slots=True)
class Scope:
    """What a plan is for: the account, the addresses it is limited to, and whether a ledger exists."""

    account: Account
    targets: tuple[str, ...] = ()
    ledger_exists: bool = True


def make_plan(desired: Desired, recorded: Recorded, observed: Observed, scope: Scope) -> Plan:
    """Decide about every campaign in scope. The same worlds always give the same plan."""
    if desired.unnamed_agents:
        raise AssertionError(
            "a campaign without its agent's id has no identity, and nothing is decided of it"
        )
    shown = references_shown(observed)
    recorded, renames = follow_renames(desired, recorded, shown)
    by_name = group_by_name(shown)
    learned = [
        learn(situation, by_name, list_complete=not observed.gaps)
        for situation in situations(desired, recorded, observed, shown, renames)
    ]
    # Targets limit what is decided, not what is known: a rename shows only beside the name that leaves.
    unwanted = [n.situation for n in learned if _is_unwanted(n.situation)]
    leaving = tuple(situation for situation in unwanted if not situation.left_before)
    left = tuple(situation for situation in unwanted if situation.left_before)
    project = scope.account.project
    # Only what was never launched can look like something else; of ten thousand nearly all were.
    is_any_new = any(_is_unlaunched(n.situation) for n in learned)
    known = group_by_content((*shown, *_launched(recorded, project))) if is_any_new else {}
    hindrance = _hindrance(observed, scope) or _open_elsewhere(learned, scope)
    given_up = _names_given_up(desired, recorded)
    world = World(observed.now, project, leaving, left, known, hindrance, given_up)
    targeted = [n for n in learned if not scope.targets or n.situation.address in scope.targets]
    changes = tuple(sorted((decide(n, world) for n in targeted), key=lambda change: change.address))
    in_scope = [n.situation.wanted for n in targeted if n.situation.wanted]
    gathered = [n.situation for n in learned]
    live = {**live_people(gathered), **_adopted_people(gathered)}
    shared = count_shared_people(changes, live, recorded.key)
    return Plan(
        account=scope.account,
        digest=digest_plan(scope, changes),
        changes=changes,
        unmanaged=len(unmanaged_ids(desired, recorded, observed)),
        gaps=observed.gaps,
        guard_counts=count_guards(
            changes, in_scope, shared, any_wanted=bool(desired.campaigns or desired.imports)
        ),
        limits={**DEFAULT_LIMITS, **desired.project.guards},
        now=observed.now,
        targets=scope.targets,
        ledger_version=recorded.version,
        governed=(
            *renames.events,
            *_governed(in_scope, changes, recorded, scope),
            *(new for new in newly_imported(desired, recorded, observed) if _in_scope(new, scope)),
        ),
    )


def people_needed(desired: Desired, recorded: Recorded, observed: Observed) -> frozenset[str]:
    """The people sets a plan of these worlds will compare; loading no others keeps an idle plan fast."""
    recorded, _ = follow_renames(desired, recorded, references_shown(observed))
    parts = recorded.parts.values()
    given = _parts_by_run(recorded, observed.campaigns)
    wanted = desired.campaigns
    unsure = {
        name for name in wanted if not _is_settled(wanted[name], given.get((name, wanted[name].run), ()))
    }
    if not unsure:
        return frozenset()
    leaving = {p.name for p in parts} - wanted.keys()
    compared = (
        p for p in parts if p.name in unsure or p.name in leaving or p.campaign_id in observed.campaigns
    )
    return frozenset(ref for p in compared for ref in (p.people, p.released) if ref is not None)


def parts_to_count(plan: Plan) -> tuple[str, ...]:
    """Live parts that a plan would replace: it is worth knowing who of them was called already."""
    replacements = (change.replacement for change in plan.changes if change.replacement)
    return tuple(campaign_id for each in replacements for campaign_id in each.releases)


def digest_plan(scope: Scope, changes: Iterable[Change]) -> str:
    """Name the decisions: equal on every machine, without clocks, progress or keyed values."""
    decisions: list[JsonValue] = [_decision(change) for change in changes if change.action is not Action.KEEP]
    account = scope.account
    named: list[JsonValue] = [account.origin, account.organization_id, account.tenant_id, account.project]
    targets: list[JsonValue] = [*sorted(scope.targets)]
    canonical = canonical_json({"account": named, "targets": targets, "changes": decisions})
    return hashlib.blake2b(canonical.encode(), digest_size=16).hexdigest()


def _decision(change: Change) -> JsonValue:
    removals: list[JsonValue] = [[r.campaign_id, r.stop, r.delete] for r in change.removals]
    transitions: list[JsonValue] = [[t.campaign_id, t.status] for t in change.transitions]
    replaced = change.replacement
    releases: list[JsonValue] = [*replaced.releases, replaced.part] if replaced else []
    if replaced and replaced.campaign:
        releases.append(digest_of(replaced.campaign))
        releases += [replaced.campaign.max_per_part] if replaced.campaign.max_per_part else []
    # A key only where there is something to say, so that plans without it keep their digests.
    further: dict[str, JsonValue] = {}
    if change.further:
        further["further"] = [each.campaign_id for each in change.further]
    fields: list[JsonValue] = [[f.path, f.before, f.after] for f in change.fields]
    return {
        "address": change.address,
        "action": change.action,
        "reason": change.reason,
        "campaign_id": change.campaign_id,
        "people": [change.people, change.new, change.again],
        "fields": fields,
        "removals": removals,
        "transitions": transitions,
        "verify": [*change.verify],
        "releases": releases,
        **further,
    }


def _launched(recorded: Recorded, project: str) -> Iterable[PartReference]:
    never = {PartState.VOID, PartState.LAPSED, PartState.RETRIED}
    return (
        PartReference(project, p.name, p.run, p.part, p.digest)
        for p in recorded.parts.values()
        if p.appeared or p.state not in never
    )


def _names_given_up(desired: Desired, recorded: Recorded) -> frozenset[str]:
    if not recorded.renamed:
        return frozenset()
    launched = {reference.name for reference in _launched(recorded, desired.project.name)}
    unwanted = launched - desired.campaigns.keys()
    return frozenset(before for before, now in recorded.renamed.items() if now in unwanted)


def _hindrance(observed: Observed, scope: Scope) -> Reason | None:
    if observed.gaps:
        return Reason.LIST_INCOMPLETE
    return None if scope.ledger_exists else Reason.LEDGER_MISSING


def _open_elsewhere(learned: Iterable[Learned], scope: Scope) -> Reason | None:
    """While an outcome is unknown nothing starts but what is a target; its own campaign is blocked anyway."""
    parts = (part for news in learned for part in news.situation.parts)
    if scope.targets or not any(part.is_open for part in parts):
        return None
    return Reason.UNKNOWN_OUTCOME_ELSEWHERE


def _is_unlaunched(situation: Situation) -> bool:
    return all(part.never_was for part in situation.parts)


def _is_unwanted(situation: Situation) -> bool:
    return situation.wanted is None and any(part.recorded for part in situation.parts)


def _parts_by_run(recorded: Recorded, shown: Container[str]) -> Mapping[tuple[str, int], list[RecordedPart]]:
    given: dict[tuple[str, int], list[RecordedPart]] = {}
    for part in recorded.parts.values():
        if part.state is not PartState.VOID or part.appeared or part.campaign_id in shown:
            given.setdefault((part.name, part.run), []).append(part)
    return given


def _is_settled(campaign: Campaign, given: Sequence[RecordedPart]) -> bool:
    return len(given) == 1 and given[0].state is PartState.LAUNCHED and is_as_wanted(given[0], campaign)


def _adopted_people(situations: Iterable[Situation]) -> Mapping[str, Sequence[PeopleSet]]:
    """Whom live parts call that the ledger lacks, where the manifest tells it (row 5)."""
    return {
        situation.address: [key_all(situation.key, situation.wanted.leads.rows)]
        for situation in situations
        if situation.wanted and already_launched(situation) and situation.parts[0].running
    }


def _in_scope(new: Imported, scope: Scope) -> bool:
    return not scope.targets or f"campaign/{new.name}" in scope.targets


def unmanaged_ids(desired: Desired, recorded: Recorded, observed: Observed) -> tuple[str, ...]:
    """Campaigns on Teli that are neither ours nor described here, sorted."""
    described = {each.campaign_id for each in desired.imports.values()} | recorded.imports.keys()
    project = desired.project.name
    return tuple(
        sorted(
            campaign_id
            for campaign_id in observed.campaigns.keys() - described
            if not _is_ours(campaign_id, project)
        )
    )


def _is_ours(campaign_id: str, project: str) -> bool:
    reference = parse_campaign_id(campaign_id)
    return reference is not None and reference.project == project


def _governed(
    wanted: Iterable[Campaign], changes: Iterable[Change], recorded: Recorded, scope: Scope
) -> tuple[Event, ...]:
    known = recorded.on_remove
    governed = [
        Governed(c.name, c.on_remove)
        for c in wanted
        if known.get(c.name) is not c.on_remove or c.name in recorded.left
    ]
    # Whom a campaign was given to is held against new names until its departure is recorded: never at once.
    # A plan of some campaigns does not see the new names of the others.
    renamed = scope.targets or any(change.reason is Reason.LOOKS_RENAMED for change in changes)
    handled = frozenset() if renamed else {Reason.GONE, Reason.RETAINED}
    names = (change.address.partition("/")[2] for change in changes if change.reason in handled)
    return (*governed, *(Left(name) for name in names if name in known and name not in recorded.left))

"""The three worlds put side by side, campaign by campaign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from teli_iac.decisions.situation import Part, Situation
from teli_iac.identity import PartReference, parse_campaign_id
from teli_iac.model import (
    Desired,
    Imported,
    ImportedCampaign,
    Observed,
    OnRemove,
    PeopleSet,
    Recorded,
    Renamed,
)
from teli_iac.model.making import maker

_make_situation = maker(Situation)
_make_part = maker(Part)


@dataclass(frozen=True, slots=True)
class Renames:
    """Old names of what is known to new ones as the manifests say, and what is to be recorded of renames."""

    names: Mapping[str, str]
    events: tuple[Renamed, ...]


def references_shown(observed: Observed) -> tuple[PartReference, ...]:
    """Every id on Teli that is shaped like ours, of whatever project."""
    parsed = (parse_campaign_id(campaign_id) for campaign_id in observed.campaigns)
    return tuple(reference for reference in parsed if reference)


def follow_renames(
    desired: Desired, recorded: Recorded, shown: Iterable[PartReference]
) -> tuple[Recorded, Renames]:
    """The ledger as if the renames of the manifests were recorded: the memory moves, nobody is called.

    `renamed_from` counts only while no manifest has the old name, and for a name that nothing is known of.
    """
    asked = {
        campaign.renamed_from: campaign.name
        for campaign in desired.campaigns.values()
        if campaign.renamed_from and campaign.renamed_from not in desired.campaigns
    }
    if not asked:
        return recorded, Renames({}, ())
    known = {part.name for part in recorded.parts.values()}
    known |= {each.name for each in recorded.imports.values()}
    known |= {reference.name for reference in shown if reference.project == desired.project.name}
    names = {old: new for old, new in asked.items() if old in known and new not in known}
    parts = {
        campaign_id: replace(part, name=names.get(part.name, part.name))
        for campaign_id, part in recorded.parts.items()
    }
    imports = {
        campaign_id: replace(each, name=names.get(each.name, each.name))
        for campaign_id, each in recorded.imports.items()
    }
    governed = {new: recorded.on_remove[old] for old, new in names.items() if old in recorded.on_remove}
    moved = replace(recorded, parts=parts, imports=imports, on_remove={**recorded.on_remove, **governed})
    # A rename is recorded even of a name that nothing is known of: it may be taken back once there is.
    events = (
        Renamed(old, new)
        for old, new in sorted(asked.items())
        if old in names or (new not in known and recorded.renamed.get(old) != new)
    )
    return moved, Renames(names, tuple(events))


def situations(
    desired: Desired,
    recorded: Recorded,
    observed: Observed,
    shown: Sequence[PartReference],
    renames: Renames,
) -> Iterator[Situation]:
    """Every campaign that a manifest wants, or, when all of them are known, that is ours."""
    parts = _parts_by_name(desired, recorded, observed, shown, renames)
    named = _ids_by_name(desired.project.name, recorded, shown, renames)
    names = {*desired.campaigns, *desired.imports}
    if desired.covers_project:
        names |= parts.keys()
    for name in sorted(names):
        yield _make_situation(
            name=name,
            project=desired.project,
            wanted=desired.campaigns.get(name),
            parts=parts.get(name, ()),
            namesakes=named.get(name, ()),
            on_remove=recorded.on_remove.get(name, OnRemove.DELETE),
            left_before=name in recorded.left,
            people=recorded.people,
            key=recorded.key,
            now=observed.now,
            uncontacted=observed.uncontacted,
            imported=desired.imports.get(name),
        )


def live_people(gathered: Iterable[Situation]) -> Mapping[str, Sequence[PeopleSet]]:
    """Whom the live parts of each campaign were given to, by its address."""
    live: dict[str, list[PeopleSet]] = {}
    for situation in gathered:
        for part in situation.parts:
            people = situation.people.get(part.recorded.people) if part.recorded else None
            if people is not None and part.running:
                live.setdefault(situation.address, []).append(people)
    return live


def newly_imported(desired: Desired, recorded: Recorded, observed: Observed) -> Iterator[Imported]:
    """What the manifests say was made elsewhere, is on Teli, and is not in the ledger under this name."""
    for wanted in desired.imports.values():
        known = recorded.imports.get(wanted.campaign_id)
        if wanted.campaign_id in observed.campaigns and (known is None or known.name != wanted.name):
            yield imported_as(wanted, observed)


def imported_as(wanted: ImportedCampaign, observed: Observed) -> Imported:
    """What the ledger is to know of a campaign made elsewhere: what Teli shows of it."""
    return note_unknown(PartReference("", wanted.name, 1, 1, ""), wanted.campaign_id, observed)


def note_unknown(reference: PartReference, campaign_id: str, observed: Observed) -> Imported:
    """A campaign whose people nobody knows, as Teli shows it."""
    seen = observed.campaigns.get(campaign_id)
    return Imported(
        campaign_id=campaign_id,
        name=reference.name,
        run=reference.run,
        part=reference.part,
        voice_agent_id=seen.voice_agent_id if seen else None,
        begin=seen.begin if seen else None,
        end=seen.end if seen else None,
        people_count=seen.contacts_count if seen else None,
    )


def _ids_by_name(
    project: str, recorded: Recorded, shown: Iterable[PartReference], renames: Renames
) -> Mapping[str, tuple[PartReference, ...]]:
    """Ids by the name they carry, for names that were given up: elsewhere parts tell the same."""
    given_up = recorded.renamed.keys() | renames.names.keys()
    if not given_up:
        return {}
    known = (parse_campaign_id(campaign_id) for campaign_id in recorded.parts)
    grouped: dict[str, tuple[PartReference, ...]] = {}
    for reference in (*shown, *known):
        if reference and reference.project == project and reference.name in given_up:
            grouped[reference.name] = (*grouped.get(reference.name, ()), reference)
    return grouped


def _parts_by_name(
    desired: Desired,
    recorded: Recorded,
    observed: Observed,
    shown: Sequence[PartReference],
    renames: Renames,
) -> Mapping[str, tuple[Part, ...]]:
    """Every part of ours under the name its campaign has now; its id keeps the name it was launched with."""
    project = desired.project.name
    imports = {**recorded.imports}
    for wanted in desired.imports.values():
        known = imports.get(wanted.campaign_id) or imported_as(wanted, observed)
        imports[wanted.campaign_id] = replace(known, name=wanted.name)
    ours = {reference.campaign_id: reference for reference in shown if reference.project == project}
    for part in recorded.parts.values():
        ours.setdefault(part.campaign_id, PartReference(project, part.name, part.run, part.part, part.digest))
    for each in imports.values():
        ours.setdefault(each.campaign_id, PartReference(project, each.name, each.run, each.part, ""))
    grouped: dict[str, list[Part]] = {}
    for campaign_id, reference in sorted(ours.items(), key=lambda each: (each[1].run, each[1].part, each[0])):
        record, noted = recorded.parts.get(campaign_id), imports.get(campaign_id)
        given = record.name if record else noted.name if noted else None
        found = _part(campaign_id, reference, recorded, observed, noted)
        grouped.setdefault(given or renames.names.get(reference.name, reference.name), []).append(found)
    return {name: tuple(parts) for name, parts in grouped.items()}


def _part(
    campaign_id: str,
    reference: PartReference,
    recorded: Recorded,
    observed: Observed,
    noted: Imported | None,
) -> Part:
    return _make_part(
        campaign_id=campaign_id,
        reference=reference,
        recorded=recorded.parts.get(campaign_id),
        observed=observed.campaigns.get(campaign_id),
        proven_absent=campaign_id in observed.absent,
        look_ups=observed.intent_look_ups.get(campaign_id, 0),
        now=observed.now,
        imported=noted,
        known=campaign_id in recorded.imports,
    )

"""Row 10: what was made elsewhere, or is ours and was lost by the ledger. Nothing is ever sent for it.

Nobody here knows whom it calls. As long as it is as its manifest says it is kept; whatever would be
changed about it is blocked, for it could call somebody twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from teli_iac.decisions.changes import blocked, keep
from teli_iac.decisions.situation import Part, Situation
from teli_iac.diff import diff_attributes
from teli_iac.identity import utc_text
from teli_iac.kinds.attributes import same_instant
from teli_iac.model import Campaign, Change, DesiredStatus, FieldChange, ImportedCampaign, JsonValue, Reason

Attributes = Mapping[str, JsonValue]


def made_elsewhere(situation: Situation) -> Change | None:
    """Row 10, by `metadata.campaign_id`, or when only the ledger still knows of it."""
    if situation.imported:
        return _hold_to(situation, situation.imported)
    if situation.wanted is None and situation.parts and all(part.imported for part in situation.parts):
        return keep(situation, Reason.IMPORTED)
    return None


def people_unknown(situation: Situation, wanted: Campaign) -> Change | None:
    """Row 10 for a campaign of ours: nobody knows whom a part of the wanted run was given to."""
    if not any(part.imported for part in situation.in_run(wanted.run)):
        return None
    fields = _differences(situation, wanted)
    if not fields:
        return keep(situation, Reason.IMPORTED)
    return blocked(situation, Reason.PEOPLE_UNKNOWN, people=len(wanted.leads), fields=fields)


def _hold_to(situation: Situation, imported: ImportedCampaign) -> Change:
    part = next(part for part in situation.parts if part.campaign_id == imported.campaign_id)
    if part.observed is None and not part.known:
        return blocked(situation, Reason.IMPORTED)
    if any(other.observed and not other.imported for other in situation.parts):
        return blocked(situation, Reason.PEOPLE_UNKNOWN)
    declared = _declared(imported)
    fields = diff_attributes(_as_shown(part, declared), declared, imported.origins)
    if fields:
        return blocked(situation, Reason.PEOPLE_UNKNOWN, fields=fields)
    return keep(situation, Reason.IMPORTED)


def _declared(imported: ImportedCampaign) -> Attributes:
    """What the manifest says, and only that."""
    said = {
        "voice_agent_id": imported.voice_agent_id,
        "leads": imported.people_count,
        "campaign_begin_time": _text(imported.begin),
        "campaign_end_time": _text(imported.end),
    }
    return {path: value for path, value in said.items() if value is not None}


def _as_shown(part: Part, declared: Attributes) -> Attributes:
    """What Teli shows of the things that are declared, else what it showed; silence is no difference."""
    seen, noted = part.observed, part.imported
    if noted is None:
        raise AssertionError("a part of row 10 carries what is known of it")
    begin = (seen.begin if seen else None) or noted.begin
    end = (seen.end if seen else None) or noted.end
    count = seen.contacts_count if seen else None
    shown: Attributes = {
        "voice_agent_id": (seen.voice_agent_id if seen else None) or noted.voice_agent_id,
        "leads": noted.people_count if count is None else count,
        "campaign_begin_time": _as_declared(begin, declared.get("campaign_begin_time")),
        "campaign_end_time": _as_declared(end, declared.get("campaign_end_time")),
    }
    return {path: said if shown[path] is None else shown[path] for path, said in declared.items()}


def _as_declared(shown: datetime | None, declared: JsonValue) -> JsonValue:
    if shown and isinstance(declared, str) and same_instant(shown, datetime.fromisoformat(declared)):
        return declared
    return _text(shown)


def _text(moment: datetime | None) -> JsonValue:
    return utc_text(moment) if moment else None


def _differences(situation: Situation, wanted: Campaign) -> tuple[FieldChange, ...]:
    """How a run of ours differs from its manifest as far as Teli shows. Its begin may have been put off."""
    in_run = situation.in_run(wanted.run)
    counts = [part.recorded.people_count if part.recorded else _count(part) for part in in_run]
    known = [count for count in counts if count is not None]
    declared: dict[str, JsonValue] = {"voice_agent_id": wanted.settings.voice_agent_id}
    if len(known) == len(counts):
        declared["leads"] = len(wanted.leads)
    if wanted.settings.end:
        declared["campaign_end_time"] = _text(wanted.settings.end)
    if wanted.desired_status is not DesiredStatus.ACTIVE:
        declared["desired_status"] = wanted.desired_status
    fields: dict[str, FieldChange] = {}
    for part in in_run:
        if part.imported:
            without = {k: v for k, v in declared.items() if k not in {"leads", "desired_status"}}
            shown = {**_as_shown(part, without), "leads": sum(known)}
            shown["desired_status"] = _status(part, wanted)
            before = {path: shown[path] for path in declared}
            fields |= {each.path: each for each in diff_attributes(before, declared, wanted.origins)}
    return tuple(fields[path] for path in sorted(fields))


def _count(part: Part) -> int | None:
    shown = part.observed.contacts_count if part.observed else None
    return shown if shown is not None else (part.imported.people_count if part.imported else None)


def _status(part: Part, wanted: Campaign) -> JsonValue:
    """What it is doing where that could be steered; over and done is as good as any wish."""
    if part.running and part.observed:
        return part.observed.status
    return wanted.desired_status

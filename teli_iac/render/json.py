"""A plan for machines (semantics §9; `schemas/plan.json` describes every field).

Fields are added, never renamed. Every character beyond ASCII is escaped, so that the text is as safe in
a terminal or a log as it is to parse. There is no lead in it: of people it knows counts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from teli_iac.identity import utc_text
from teli_iac.model import CallingWindow, Change, FieldChange, JsonValue, Mark, Plan, Removal
from teli_iac.render.protocol import Refused

FORMAT_VERSION = "1"


def render_json(plan: Plan, refusals: Sequence[Refused]) -> str:
    """The plan as one JSON document with sorted keys, ending in a newline; equal plans give equal bytes."""
    return json_text(plan_document(plan, refusals))


def json_text(document: JsonValue, *, indent: int | None = 2) -> str:
    """The value with sorted keys and a newline, safe in a log too; on one line without `indent`."""
    text = json.dumps(document, indent=indent, sort_keys=True, ensure_ascii=True, allow_nan=False)
    return _escape_rest(text) + "\n"


def _escape_rest(text: str) -> str:
    """What JSON lets pass and a log may act on: DEL, and the double hash of a pipeline's command."""
    return text.replace("\x7f", "\\u007f").replace("##", "#\\u0023")


def plan_document(plan: Plan, refusals: Sequence[Refused]) -> dict[str, JsonValue]:
    """The plan as the JSON value that is printed, and that a saved plan begins with."""
    return {
        "format_version": FORMAT_VERSION,
        "plan_digest": plan.digest,
        "project": plan.account.project,
        "account": {
            "origin": plan.account.origin,
            "organization_id": plan.account.organization_id,
            "tenant_id": plan.account.tenant_id,
        },
        "targets": [*plan.targets],
        "summary": {**plan.summary},
        "people": {"new": plan.new_people, "again": plan.people_again},
        "suppressed": plan.suppressed,
        "worst_case_calls": plan.worst_case_calls,
        "unmanaged": plan.unmanaged,
        "gaps": [*plan.gaps],
        "guards": {
            guard: {"count": count, "limit": plan.limits[guard]} for guard, count in plan.guard_counts.items()
        },
        "refusals": [_refusal(refused) for refused in refusals],
        "changes": [_change(change) for change in plan.changes],
    }


def _refusal(refused: Refused) -> JsonValue:
    return {
        "guard": refused.guard,
        "count": refused.count,
        "limit": refused.limit,
        "consent": refused.consent,
    }


def _change(change: Change) -> JsonValue:
    return {
        "address": change.address,
        "action": change.action,
        "reason": change.reason,
        "blocked_action": change.blocked_action,
        "campaign_id": change.campaign_id,
        "parts": [
            {"campaign_id": each.campaign_id, "part": each.part, "people": each.people}
            for each in change.launches
            if change.further
        ],
        "live": change.live,
        "people": change.people,
        "new": change.new,
        "again": change.again,
        "uncalled": change.uncalled,
        "suppressed": change.suppressed,
        "worst_case_calls": change.worst_case_calls,
        "campaign_begin_time": utc_text(change.begin) if change.begin else None,
        "campaign_end_time": utc_text(change.end) if change.end else None,
        "fields": [_field(field) for field in change.distinct_fields],
        "drift": [_field(field) for field in change.drift],
        "not_observable": [*change.not_observable],
        "removals": [_removal(removal) for removal in change.removals],
        "faults": [*change.faults],
        "windows": [_window(window) for window in change.windows],
        "origin": _origin(change.origin),
    }


def _field(change: FieldChange) -> JsonValue:
    return {
        "path": change.path,
        "before": change.before,
        "after": change.after,
        "origin": _origin(change.origin),
    }


def _removal(removal: Removal) -> JsonValue:
    return {"campaign_id": removal.campaign_id, "stop": removal.stop, "delete": removal.delete}


def _window(window: CallingWindow) -> JsonValue:
    return {
        "campaign_id": window.campaign_id,
        "turn": window.turn,
        "begin": utc_text(window.begin) if window.begin else None,
        "end": utc_text(window.end) if window.end else None,
        "people": window.people,
        "agent_outbound_number": window.settings.agent_outbound_number,
        "number_pool": window.pool_name,
        "numbers": len(window.settings.number_pool) or 1,
    }


def _origin(mark: Mark | None) -> JsonValue:
    return {"file": mark.file, "line": mark.line, "column": mark.column} if mark else None

"""A plan as `terraform show -json` prints one, so that policy and review tools made for that read it.

Each campaign is a resource `teli_campaign`. A launch is a `create`, a replacement `delete` and `create`, a
campaign that leaves a `delete`, anything else that sends something an `update`; what is kept or blocked is
a `no-op`. Guards are `checks`, totals are outputs. There is no lead in it, so nothing is marked sensitive;
what only an apply will know is marked unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from teli_iac.identity import utc_text
from teli_iac.kinds.attributes import settings_attributes
from teli_iac.model import Action, CallingWindow, Change, GuardName, JsonValue, Plan, Turn
from teli_iac.render.json import json_text
from teli_iac.render.protocol import Refused
from teli_iac.render.verdict import refusal

FORMAT_VERSION = "1.2"
_LIKE_TERRAFORM = "1.9.0"
"""The release whose form this is; some tools refuse a plan that names none."""

_TYPE = "teli_campaign"
_PROVIDER = "registry.terraform.io/teli-iac/teli"
_ACTIONS: Mapping[Action, tuple[str, ...]] = {
    Action.LAUNCH: ("create",),
    Action.EXTEND: ("update",),
    Action.REPLACE: ("delete", "create"),
    Action.PAUSE: ("update",),
    Action.RESUME: ("update",),
    Action.END: ("update",),
    Action.DELETE: ("delete",),
    Action.KEEP: ("no-op",),
    Action.BLOCKED: ("no-op",),
}
_WHY = {
    Action.REPLACE: "replace_because_cannot_update",
    Action.DELETE: "delete_because_no_resource_config",
}
_STATUS = {Action.PAUSE: "paused", Action.RESUME: "active", Action.END: "ended", Action.DELETE: "ended"}
_State = dict[str, JsonValue]


def render_terraform(plan: Plan, refusals: Sequence[Refused]) -> str:
    """The plan as one line of JSON with sorted keys; equal plans give equal bytes."""
    states = [(change, _before(change), _after(change)) for change in plan.changes]
    outputs = _outputs(plan, refusals)
    return json_text(
        {
            "format_version": FORMAT_VERSION,
            "terraform_version": _LIKE_TERRAFORM,
            "timestamp": utc_text(plan.now),
            "applyable": bool(plan.acting) and not refusals,
            "complete": not plan.blocked and not plan.targets,
            "errored": False,
            "variables": {},
            "planned_values": {
                "outputs": {name: _output(value) for name, value in outputs.items()},
                "root_module": {"resources": [_resource(c, after) for c, _, after in states if after]},
            },
            "resource_changes": [_resource_change(*state) for state in states],
            "resource_drift": [_drift(change, before) for change, before, _ in states if change.drift],
            "output_changes": {name: _output_change(value) for name, value in outputs.items()},
            "prior_state": {
                "format_version": "1.0",
                "terraform_version": _LIKE_TERRAFORM,
                "values": {
                    "root_module": {"resources": [_resource(c, before) for c, before, _ in states if before]}
                },
            },
            "configuration": {
                "provider_config": {"teli": {"name": "teli", "full_name": _PROVIDER}},
                "root_module": {
                    "outputs": {name: {"expression": {"constant_value": v}} for name, v in outputs.items()},
                    "resources": [_declared(c, after) for c, _, after in states if after],
                },
            },
            "checks": [_check(guard, refusals) for guard in GuardName],
        },
        indent=None,  # as Terraform prints it; some tools read the first line alone
    )


def _address(change: Change) -> str:
    return f"{_TYPE}.{_name(change)}"


def _name(change: Change) -> str:
    return change.address.partition("/")[2]


def _before(change: Change) -> _State | None:
    if change.action is Action.LAUNCH:
        return None
    if change.action in {Action.KEEP, Action.BLOCKED}:
        return _after(change)
    window = next((each for each in change.windows if each.turn is not Turn.OPENS), None)
    before = _state(change, window, window.campaign_id if window else change.campaign_id)
    return {**before, **_told_fields(change)}


def _told_fields(change: Change) -> _State:
    """What the settings were, where the plan says so; a launch has no such fields."""
    told = {each.path: each.before for each in change.fields if each.before is not None}
    return {path: value for path, value in told.items() if "." not in path and path != "leads"}


def _after(change: Change) -> _State | None:
    if change.action is Action.DELETE:
        return None
    opened = next((each for each in change.windows if each.turn is Turn.OPENS), None)
    window = opened or next(iter(change.windows), None)
    launched = change.launch.campaign_id if change.launch else None
    after = _state(change, window, None if opened and change.replacement else launched or change.campaign_id)
    return {
        **after,
        "run": change.launch.run if change.launch else None,
        "part": change.launch.part if change.launch else None,
        "leads_file": change.launch.leads.source if change.launch else None,
        "status": _STATUS.get(change.action, after["status"]),
        "people": change.people,
        "new_people": change.new,
        "people_again": change.again,
        "people_uncalled": change.uncalled,
        "people_suppressed": change.suppressed,
        "worst_case_calls": change.worst_case_calls,
        "reason": change.reason,
        "blocked": change.action is Action.BLOCKED,
        "blocked_action": change.blocked_action,
        **_parts(change),
    }


def _parts(change: Change) -> _State:
    """The ids of a launch in several parts, by which policies can tell one from the other."""
    if not change.further:
        return {}
    return {"parts": [each.campaign_id for each in change.launches]}


def _state(change: Change, window: CallingWindow | None, campaign_id: str | None) -> _State:
    """What is known of a campaign; every attribute is there, null where it is not known."""
    redial = window.settings.redial if window else None
    settings = settings_attributes(window.settings) if window else {}
    return {
        "id": campaign_id,
        "address": change.address,
        "name": _name(change),
        "voice_agent_id": settings.get("voice_agent_id"),
        "agent_outbound_number": settings.get("agent_outbound_number"),
        "number_pool": settings.get("number_pool"),
        "number_pool_name": window.pool_name if window else None,
        "redial": {"retry_limit": redial.retry_limit, "call_interval_days": redial.call_interval_days}
        if redial
        else None,
        "campaign_begin_time": utc_text(window.begin) if window and window.begin else None,
        "campaign_end_time": utc_text(window.end) if window and window.end else None,
        "status": _status(window),
        "people": window.people if window else change.people,
    }


def _status(window: CallingWindow | None) -> str | None:
    if window is None:
        return None
    return "paused" if window.turn is Turn.PAUSED else "active"


def _unknown(change: Change, after: _State | None) -> dict[str, JsonValue]:
    """What an apply fixes: times that no manifest declares, and the id of a part yet to be named."""
    launches = change.action in {Action.LAUNCH, Action.EXTEND, Action.REPLACE}
    names = ("id", "campaign_begin_time", "campaign_end_time")
    return {name: True for name in names if after and launches and after[name] is None}


def _resource_change(change: Change, before: _State | None, after: _State | None) -> JsonValue:
    told: dict[str, JsonValue] = {
        "address": _address(change),
        "mode": "managed",
        "type": _TYPE,
        "name": _name(change),
        "provider_name": _PROVIDER,
        "change": _change(change, before, after),
    }
    why = _WHY.get(change.action)
    return {**told, "action_reason": why} if why else told


def _change(change: Change, before: _State | None, after: _State | None) -> dict[str, JsonValue]:
    told: dict[str, JsonValue] = {
        "actions": [*_ACTIONS[change.action]],
        "before": before,
        "after": after,
        "after_unknown": _unknown(change, after),
        "before_sensitive": False if before is None else {},
        "after_sensitive": False if after is None else {},
    }
    if change.action is Action.REPLACE:
        names = dict.fromkeys(each.path for each in change.fields)
        paths: list[JsonValue] = [[*name.split(".")] for name in names]
        told["replace_paths"] = paths
    return told


def _drift(change: Change, before: _State | None) -> JsonValue:
    sent = {**(before or {}), **{each.path: each.before for each in change.drift}}
    shown = {**(before or {}), **{each.path: each.after for each in change.drift}}
    return {
        "address": _address(change),
        "mode": "managed",
        "type": _TYPE,
        "name": _name(change),
        "provider_name": _PROVIDER,
        "change": {
            "actions": ["update"],
            "before": sent,
            "after": shown,
            "after_unknown": {},
            "before_sensitive": {},
            "after_sensitive": {},
        },
    }


def _resource(change: Change, values: _State) -> JsonValue:
    return {
        "address": _address(change),
        "mode": "managed",
        "type": _TYPE,
        "name": _name(change),
        "provider_name": _PROVIDER,
        "schema_version": 0,
        "values": values,
        "sensitive_values": {},
    }


def _declared(change: Change, after: _State) -> JsonValue:
    return {
        "address": _address(change),
        "mode": "managed",
        "type": _TYPE,
        "name": _name(change),
        "provider_config_key": "teli",
        "schema_version": 0,
        "expressions": {
            name: {"constant_value": value} for name, value in after.items() if value is not None
        },
    }


def _outputs(plan: Plan, refusals: Sequence[Refused]) -> dict[str, int | str]:
    return {
        "plan_digest": plan.digest,
        "project": plan.account.project,
        "new_people": plan.new_people,
        "people_again": plan.people_again,
        "people_suppressed": plan.suppressed,
        "worst_case_calls": plan.worst_case_calls,
        "unmanaged": plan.unmanaged,
        "refused_by_guards": len(refusals),
        **{f"campaigns_{verb}": number for verb, number in plan.summary.items()},
    }


def _output(value: int | str) -> JsonValue:
    return {"sensitive": False, "type": "number" if isinstance(value, int) else "string", "value": value}


def _output_change(value: int | str) -> JsonValue:
    return {
        "actions": ["create"],
        "before": None,
        "after": value,
        "after_unknown": False,
        "before_sensitive": False,
        "after_sensitive": False,
    }


def _check(guard: str, refusals: Sequence[Refused]) -> JsonValue:
    problems: list[JsonValue] = [
        {"message": f"{refusal(each)} To allow it: {each.consent}"}
        for each in refusals
        if each.guard == guard
    ]
    status = "fail" if problems else "pass"
    address = {"kind": "check", "name": guard, "to_display": f"check.{guard}"}
    shown: JsonValue = {"to_display": f"check.{guard}"}
    return {
        "address": {**address},
        "status": status,
        "instances": [{"address": shown, "status": status, "problems": problems}],
    }

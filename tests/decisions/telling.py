"""A plan in a few stable lines: what each change is and carries, what guards count, what apply records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from teli_iac.guards import refuse
from teli_iac.identity import parse_campaign_id
from teli_iac.model import (
    Action,
    Change,
    Event,
    FieldChange,
    Governed,
    Imported,
    Left,
    Plan,
    PlanConsumed,
    Removal,
    Renamed,
    Replacement,
)

_NUMBERS = ("people", "new", "again", "uncalled")


def tell(plan: Plan) -> str:
    """Every line of a plan, each fact only where there is one."""
    return "".join(f"{line}\n" for line in _lines(plan))


def _lines(plan: Plan) -> Iterator[str]:
    for change in plan.changes:
        yield _headline(change)
        yield from (f"  {line}" for line in _details(change))
    yield from (f"records {_event(event)}" for event in plan.governed)
    yield from (f"counts {guard} {count}" for guard, count in plan.guard_counts.items() if count)
    yield from (f"refused by {r.guard}, limit {r.limit}" for r in refuse(plan.guard_counts, plan.limits, {}))
    if plan.unmanaged:
        yield f"unmanaged {plan.unmanaged}"


def _headline(change: Change) -> str:
    words = [change.address, change.action.upper(), change.reason]
    words += [short(change.campaign_id)] if change.campaign_id else []
    words += [f"would={change.blocked_action}"] if change.blocked_action else []
    words += [f"{name}={getattr(change, name)}" for name in _NUMBERS if getattr(change, name)]
    words += [f"calls={change.worst_case_calls}"] if change.worst_case_calls else []
    words += ["live"] if change.live else []
    return " ".join(words)


def _details(change: Change) -> Iterator[str]:
    if change.launch:
        verb = "adopts" if change.action is Action.KEEP else "launches"
        yield from (
            f"{verb} {short(each.campaign_id)} for {len(each.leads)} people" for each in change.launches
        )
    yield from (_removal(removal) for removal in change.removals)
    yield from (f"makes {short(each.campaign_id)} {each.status}" for each in change.transitions)
    if change.replacement:
        yield from (f"releases {short(campaign_id)}" for campaign_id in change.replacement.releases)
        yield f"then launches {_then(change.replacement)}"
    if change.action not in {Action.LAUNCH, Action.EXTEND}:
        yield from (f"field {_field(field)}" for field in change.fields)
    yield from (f"drift {_field(field)}" for field in change.drift)
    yield from (f"found {fault}" for fault in change.faults)
    yield from (f"learned {_event(event)}" for event in change.learned)
    yield from (f"checks {short(campaign_id)}" for campaign_id in change.verify)


def _then(replacement: Replacement) -> str:
    if replacement.campaign is None:
        return "nobody"
    most = replacement.campaign.max_per_part
    return f"part {replacement.part}{f', at most {most} people in each' if most else ''}"


def _removal(removal: Removal) -> str:
    stops = "release" if removal.release else "stop"
    acts = [*([stops] if removal.stop else []), *(["delete"] if removal.delete else [])]
    return f"removes {short(removal.campaign_id)}: {' and '.join(acts)}"


def _field(field: FieldChange) -> str:
    return f"{field.path}: {field.before} -> {field.after}"


def _event(event: Event) -> str:
    if isinstance(event, Governed):
        return f"Governed {event.name} {event.on_remove}"
    if isinstance(event, Left):
        return f"Left {event.name}"
    if isinstance(event, Imported):
        return f"Imported {short(event.campaign_id)} as {event.name} r{event.run}p{event.part}"
    if isinstance(event, Renamed):
        return f"Renamed {event.before} {event.after}"
    if isinstance(event, PlanConsumed):
        return f"PlanConsumed {event.nonce}"
    told: Any = getattr(event, "status", "")
    about: str = getattr(event, "campaign_id", "")
    return " ".join(filter(None, [type(event).__name__, short(about), told]))


def short(campaign_id: str) -> str:
    """An id without its project and digest, where it is one of ours."""
    reference = parse_campaign_id(campaign_id)
    return f"{reference.name} r{reference.run}p{reference.part}" if reference else campaign_id

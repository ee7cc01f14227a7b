"""Case files become the three worlds of a plan. Who reads a case needs this page and `notation`.

desired      campaigns by name in short notation; what a case leaves out is usual. `imported: vc 1` is one
             that was made elsewhere: it has only what the case says
recorded     one event a line; `launched` stands for the four events of an undisturbed launch
observed     campaigns by short id (`fall r1p1`, `beta/fall r1p1`) or whole id; a word is a status;
             what is left out is as recorded, or for parts nobody recorded as in the manifest;
             `like: {people: 4}` is an unrecorded part that was declared differently
absent       ids that are proven gone; `look_ups` counts those that found nothing
uncontacted  for parts that were counted out: the people not called yet
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from teli_iac.identity import person_key
from teli_iac.model import Desired, Observed, ObservedCampaign, Plan, Recorded, Status
from teli_iac.plan import Scope, make_plan, people_needed
from tests.decisions.history import History, read_history
from tests.decisions.notation import (
    ACCOUNT,
    KEY,
    NOON,
    USUAL,
    ShortId,
    Spec,
    campaign,
    imported,
    persons,
    phone_number,
    project,
    short_id,
    whole_id,
)

FOLDER = Path(__file__).parents[1] / "cases" / "decision_table"
_UNKNOWN_TO_CASES = "a case file says something that no loader reads"
_KEYS = frozenset(
    {
        "sentence",
        "rows",
        "now",
        "project",
        "desired",
        "covers_project",
        "targets",
        "ledger_exists",
        "recorded",
        "observed",
        "absent",
        "look_ups",
        "uncontacted",
        "gaps",
        "plan",
        "text",
    }
)


@dataclass(frozen=True, slots=True)
class Worlds:
    """All that a plan is made of."""

    desired: Desired
    recorded: Recorded
    observed: Observed
    scope: Scope

    def plan(self) -> Plan:
        """The plan, made as a command makes it: with no more people loaded than a plan needs."""
        needed = people_needed(self.desired, self.recorded, self.observed)
        people = {ref: keyed for ref, keyed in self.recorded.people.items() if ref in needed}
        recorded = replace(self.recorded, people=people)
        return make_plan(self.desired, recorded, self.observed, self.scope)


@dataclass(frozen=True, slots=True)
class Case:
    """One file: a sentence, the rows that decide, a world, and the plan that it must give."""

    file: Path
    sentence: str
    rows: tuple[int, ...]
    worlds: Worlds
    plan: str
    text: str | None


def every_case() -> tuple[Case, ...]:
    return tuple(read_case(file) for file in sorted(FOLDER.glob("*.yaml")))


def read_case(file: Path) -> Case:
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    if told.keys() - _KEYS:
        raise ValueError(f"{file.name}: {_UNKNOWN_TO_CASES}: {sorted(told.keys() - _KEYS)}")
    return Case(
        file, told["sentence"], tuple(told["rows"]), worlds_of(told), told.get("plan", ""), told.get("text")
    )


def worlds_of(told: Spec) -> Worlds:
    """The worlds that a case tells."""
    manifests: dict[str, Spec] = {name: spec or {} for name, spec in told.get("desired", {}).items()}
    elsewhere = {name: spec for name, spec in manifests.items() if "imported" in spec}
    wanted: dict[str, Spec] = {
        name: {**USUAL, **spec} for name, spec in manifests.items() if name not in elsewhere
    }

    def usual(name: str) -> Spec:
        return wanted.get(name, USUAL)

    history = read_history(told.get("recorded", ()), usual)
    now = told.get("now", NOON)
    observed = _observed(told, history, usual, now)
    return Worlds(
        desired=Desired(
            project(told.get("project", {})),
            {name: campaign(name, spec) for name, spec in wanted.items()},
            covers_project=told.get("covers_project", True),
            imports={name: imported(name, spec) for name, spec in elsewhere.items()},
        ),
        recorded=history.recorded,
        observed=observed,
        scope=Scope(ACCOUNT, tuple(told.get("targets", ())), ledger_exists=told.get("ledger_exists", True)),
    )


def _observed(told: Spec, history: History, usual: Callable[[str], Spec], now: datetime) -> Observed:
    def whole(text: str) -> str:
        short = short_id(text)
        return history.ids.get(short, "") or whole_id(short, usual(short.name)) if short else text

    shown = [_campaign(text, seen, history, usual) for text, seen in told.get("observed", {}).items()]
    return Observed(
        campaigns={campaign.campaign_id: campaign for campaign in shown},
        absent=frozenset(whole(text) for text in told.get("absent", ())),
        intent_look_ups={whole(text): times for text, times in told.get("look_ups", {}).items()},
        gaps=tuple(told.get("gaps", ())),
        now=now,
        uncontacted={whole(text): _persons(people) for text, people in told.get("uncontacted", {}).items()},
    )


def _persons(people: object) -> frozenset[bytes]:
    return frozenset(person_key(KEY, phone_number(person)) for person in persons(people))


def _campaign(
    text: str, seen: str | Mapping[str, Any], history: History, usual: Callable[[str], Spec]
) -> ObservedCampaign:
    facts: Mapping[str, Any] = {"status": seen} if isinstance(seen, str) else seen
    short = short_id(text)
    as_sent = _as_sent(short, facts.get("like", {}), history, usual) if short else _Shown(text)
    status = facts["status"]
    known = {one.value for one in Status}
    return ObservedCampaign(
        as_sent.campaign_id,
        Status(status) if status in known else Status.UNKNOWN,
        status,
        voice_agent_id=facts.get("agent", as_sent.agent),
        contacts_count=facts.get("count", as_sent.count),
        begin=facts.get("begin", as_sent.begin),
        end=facts.get("end", as_sent.end),
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the API shows of a campaign where a case says nothing else."""

    campaign_id: str
    agent: str | None = None
    count: int | None = None
    begin: datetime | None = None
    end: datetime | None = None


def _as_sent(short: ShortId, like: Spec, history: History, usual: Callable[[str], Spec]) -> _Shown:
    part = history.recorded.parts.get(history.ids.get(short, ""))
    if part:
        agent = part.settings.voice_agent_id
        return _Shown(part.campaign_id, agent, part.people_count, part.begin, part.end)
    spec = {**usual(short.name), **like}
    declared = campaign(short.name, spec)
    times = declared.settings
    return _Shown(whole_id(short, spec), times.voice_agent_id, len(declared.leads), times.begin, times.end)

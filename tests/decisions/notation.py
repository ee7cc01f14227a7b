"""Short names for long values: `people: 2-4`, `agent: agent_b`, `fall r1p2`. What is left out is usual."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from teli_iac.identity import PartReference, digest_part, fingerprint_people
from teli_iac.model import (
    Account,
    Campaign,
    CampaignSettings,
    DesiredStatus,
    GuardName,
    ImportedCampaign,
    Lead,
    Leads,
    LedgerKey,
    Mark,
    OnRemove,
    Project,
    Redial,
    RefusedRow,
    RefusedRows,
)

Spec = Mapping[str, Any]
"""A campaign in short notation, as a case file writes it."""

PROJECT = "acme"
KEY = LedgerKey(b"a key of thirty-two bytes, really")
ACCOUNT = Account("https://api.teli.ai", "1762896364768x389173798861431550", "acme", PROJECT)
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
LAUNCH_GRACE = timedelta(minutes=10)
USUAL: Spec = {"people": 3, "agent": "agent_a", "end": datetime(2026, 12, 5, 20, tzinfo=UTC)}
_AREAS = ("415", "212", "312")
_NUMBERS_IN_AN_AREA = 99
_SHORT_ID = re.compile(r"(?:(?P<project>\S+)/)?(?P<name>\S+) r(?P<run>\d+)p(?P<part>\d+)")


@dataclass(frozen=True, slots=True)
class ShortId:
    """`fall r1p2`, or `beta/fall r1p2` for another project."""

    project: str
    name: str
    run: int
    part: int


def short_id(text: str) -> ShortId | None:
    """Read a short id; None for a text that is a whole id already."""
    found = _SHORT_ID.fullmatch(text)
    if found is None:
        return None
    return ShortId(found["project"] or PROJECT, found["name"], int(found["run"]), int(found["part"]))


def whole_id(short: ShortId, spec: Spec) -> str:
    """The id of a part that was declared like this."""
    return PartReference(short.project, short.name, short.run, short.part, digest(spec)).campaign_id


def digest(spec: Spec) -> str:
    """The digest of a campaign that was declared like this."""
    return digest_part(settings(spec), leads(spec).fingerprint)


def phone_number(person: int) -> str:
    """The fictional number of person 1, 2, 3, …"""
    area, line = divmod(person - 1, _NUMBERS_IN_AN_AREA)
    return f"+1{_AREAS[area]}55501{line + 1:02d}"


def persons(people: object) -> Iterator[int]:
    """`3` is persons 1 to 3, `2-4` is 2 to 4, a list is each of its entries; 0 is nobody."""
    if isinstance(people, int):
        yield from range(1, people + 1)
    elif isinstance(people, str):
        first, _, last = people.partition("-")
        yield from range(int(first), int(last) + 1)
    elif isinstance(people, Iterable):
        for entry in people:
            yield from (entry,) if isinstance(entry, int) else persons(entry)


def leads(spec: Spec) -> Leads:
    """The people of a campaign; `details: {2: Bea}` gives person 2 another first name."""
    details = spec.get("details", {})
    rows = tuple(
        Lead(phone_number(person), (("first_name", details.get(person, f"Person {person}")),), line)
        for line, person in enumerate(persons(spec["people"]), start=2)
    )
    return Leads(rows, fingerprint_people(rows), _refused(spec.get("refused", 0)), "leads/people.csv")


def settings(spec: Spec) -> CampaignSettings:
    """The settings of a campaign; `pool: 2` is a pool of two numbers, `redial: [3, 1]` three tries daily."""
    redial = spec.get("redial")
    return CampaignSettings(
        voice_agent_id=spec["agent"],
        agent_outbound_number=spec.get("caller", "+17185550141"),
        number_pool=tuple(f"+17185550{number}" for number in range(150, 150 + spec.get("pool", 0))),
        redial=Redial(*redial) if redial else None,
        begin=spec.get("begin"),
        end=spec.get("end"),
    )


def campaign(name: str, spec: Spec) -> Campaign:
    """A manifest."""
    mark = Mark(f"campaigns/{name}.yaml", 1, 1)
    paths = ("voice_agent_id", "agent_outbound_number", "number_pool", "redial", "leads")
    times = ("campaign_begin_time", "campaign_end_time")
    return Campaign(
        name=name,
        labels={},
        settings=settings(spec),
        leads=leads(spec),
        run=spec.get("run", 1),
        desired_status=DesiredStatus(spec.get("status", "active")),
        on_remove=OnRemove(spec.get("on_remove", "delete")),
        mark=mark,
        origins={path: Mark(mark.file, line, 3) for line, path in enumerate((*paths, *times), start=5)},
        renamed_from=spec.get("renamed_from"),
        max_per_part=spec.get("most"),
    )


def imported(name: str, spec: Spec) -> ImportedCampaign:
    """A manifest with `imported: ID`; of people, agent and times it says only what the case says."""
    mark = Mark(f"campaigns/{name}.yaml", 1, 1)
    return ImportedCampaign(
        name=name,
        campaign_id=spec["imported"],
        voice_agent_id=spec.get("agent"),
        begin=spec.get("begin"),
        end=spec.get("end"),
        people_count=spec.get("people"),
        mark=mark,
        origins={"voice_agent_id": Mark(mark.file, 5, 3), "leads": Mark(mark.file, 6, 3)},
    )


def project(spec: Spec) -> Project:
    """The Project; `settle_after: never`, or a number of minutes."""
    minutes = spec.get("settle_after", 15)
    return Project(
        name=PROJECT,
        organization_id=ACCOUNT.organization_id,
        tenant_id=ACCOUNT.tenant_id,
        user_id="1762896366429x599348279945132448",
        base_url=ACCOUNT.origin,
        ledger="local",
        guards={GuardName(name): limit for name, limit in spec.get("guards", {}).items()},
        launch_grace=LAUNCH_GRACE,
        drain=timedelta(minutes=3),
        settle_after=None if minutes == "never" else timedelta(minutes=minutes),
        allow_test_numbers=True,
        exclude=(),
        folder="/project",
        mark=Mark("teli.yaml", 1, 1),
    )


def _refused(count: int) -> RefusedRows:
    if not count:
        return RefusedRows({}, ())
    return RefusedRows({"TELI-E081": count}, (RefusedRow(Mark("leads/people.csv", 9, 1), "TELI-E081", "…"),))

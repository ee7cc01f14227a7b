"""What is wanted, and every version of it there ever was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache

from teli_iac.identity import fingerprint_people
from teli_iac.model import (
    Campaign,
    CampaignSettings,
    Desired,
    DesiredStatus,
    GuardName,
    Lead,
    Leads,
    Mark,
    OnRemove,
    Project,
    RefusedRows,
)

_MARK = Mark("teli.yaml", 1, 1)
_CONSENTS = dict.fromkeys(GuardName, 10_000)
PROJECT = Project(
    name="acme",
    organization_id="1700000000000x100000000000000001",
    tenant_id="acme",
    user_id="1700000000000x100000000000000002",
    base_url="https://api.teli.ai",
    ledger="file:///ledger",
    guards=_CONSENTS,
    launch_grace=timedelta(minutes=10),
    drain=timedelta(minutes=3),
    settle_after=timedelta(minutes=15),
    allow_test_numbers=True,
    exclude=(),
    folder="/project",
    mark=_MARK,
)


def phone_number(person: int) -> str:
    return f"+1415555{100 + person:04d}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A campaign as its manifest wants it: people by number with a detail, and what else can be edited."""

    people: tuple[tuple[int, str], ...]
    run: int = 1
    agent: str = "agent_one"
    begin: datetime | None = None
    end: datetime | None = None
    status: DesiredStatus = DesiredStatus.ACTIVE
    on_remove: OnRemove = OnRemove.DELETE
    renamed_from: str | None = None
    most: int | None = None

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset(phone_number(person) for person, _ in self.people)


Version = Mapping[str, Wanted]


@dataclass
class Manifests:
    """The project's folder, and its history."""

    versions: list[Version] = field(default_factory=list)
    _before: dict[str, str] = field(default_factory=dict)
    _highest: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> Version:
        return self.versions[-1]

    def commit(self, version: Version) -> None:
        self.versions.append(dict(version))
        for name, wanted in version.items():
            if wanted.renamed_from:
                self._before[name] = wanted.renamed_from
            first = self.lineage(name)
            self._highest[first] = max(wanted.run, self._highest.get(first, 0))

    def edit(self, name: str, **changes: object) -> None:
        self.commit({**self.today, name: replace(self.today[name], **changes)})  # type: ignore[arg-type]  # the names are Wanted's own

    def lineage(self, name: str) -> str:
        """The first name of a campaign, however often it was renamed."""
        while name in self._before:
            name = self._before[name]
        return name

    def was_renamed(self, name: str) -> bool:
        """Whether another campaign was ever made of this one."""
        return name in self._before.values()

    def highest_run(self, lineage: str) -> int:
        return self._highest.get(lineage, 0)


def desired(version: Version, project: Project = PROJECT) -> Desired:
    """The version as a reader of manifests hands it on."""
    campaigns = {name: _campaign(name, wanted) for name, wanted in version.items()}
    return Desired(project, campaigns, covers_project=True)


@lru_cache(maxsize=4096)
def _campaign(name: str, wanted: Wanted) -> Campaign:
    rows = tuple(
        Lead(phone_number(person), (("first_name", detail),), line)
        for line, (person, detail) in enumerate(wanted.people, 1)
    )
    leads = Leads(rows, fingerprint_people(rows), RefusedRows({}, ()), "teli.yaml")
    settings = CampaignSettings(wanted.agent, "+14155550199", (), None, wanted.begin, wanted.end)
    return Campaign(
        name=name,
        labels={},
        settings=settings,
        leads=leads,
        run=wanted.run,
        desired_status=wanted.status,
        on_remove=wanted.on_remove,
        mark=_MARK,
        origins={},
        renamed_from=wanted.renamed_from,
        max_per_part=wanted.most,
    )

"""What the manifests want: the project and its campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from teli_iac.model.connections import Connection
from teli_iac.model.leads import Leads
from teli_iac.model.marks import Mark
from teli_iac.model.suppression import DoNotCall


class DesiredStatus(StrEnum):
    """What a campaign is wanted to be doing."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class OnRemove(StrEnum):
    """What becomes of a campaign on Teli when its manifest goes away (semantics §3, §5 rows 7 and 8)."""

    DELETE = "delete"
    END = "end"
    RETAIN = "retain"


class GuardName(StrEnum):
    """The rules that may refuse a plan (semantics §7)."""

    MAX_NEW_PEOPLE = "max_new_people"
    PEOPLE_AGAIN = "people_again"
    MAX_DELETES = "max_deletes"
    LIVE_DELETES = "live_deletes"
    DUPLICATE_PEOPLE = "duplicate_people"
    INVALID_LEADS = "invalid_leads"
    ALL_GONE = "all_gone"


class LedgerPlace(StrEnum):
    """Places of a ledger that mean something beyond the ledger: a local one is lost with its checkout."""

    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Project:
    """The one `kind: Project` document: the account to call from and the rules to call by.

    `settle_after` is None for `never`. `guards` holds only limits the manifest sets. `folder` is the
    absolute path of the folder every other path resolves below. An id that neither the manifest nor the
    environment gives is an empty string: enough to validate, refused by every command that connects.
    `connections` are the databases that leads may be asked of, by name.
    """

    name: str
    organization_id: str
    tenant_id: str
    user_id: str
    base_url: str
    ledger: str
    guards: Mapping[GuardName, int]
    launch_grace: timedelta
    drain: timedelta
    settle_after: timedelta | None
    allow_test_numbers: bool
    exclude: tuple[str, ...]
    folder: str
    mark: Mark
    connections: Mapping[str, Connection] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Redial:
    """How often a failed call is tried again (`retry_limit`) and after how many days."""

    retry_limit: int
    call_interval_days: int


_LATEST = datetime.max.replace(tzinfo=UTC)
DEFAULT_WINDOW = timedelta(days=7)
"""How long a campaign without an end time may call; Teli's own default, but sent explicitly."""


@dataclass(frozen=True, slots=True)
class CampaignSettings:
    """All that a part is declared to be, its people apart; times are aware and in UTC, None when absent."""

    voice_agent_id: str
    agent_outbound_number: str
    number_pool: tuple[str, ...]
    redial: Redial | None
    begin: datetime | None
    end: datetime | None

    @property
    def closes(self) -> datetime | None:
        """When calling stops: as declared, else seven days after the declared begin, else None."""
        if self.end is not None or self.begin is None:
            return self.end
        return min(self.begin, _LATEST - DEFAULT_WINDOW) + DEFAULT_WINDOW

    @property
    def calls_per_person(self) -> int:
        """The most calls one person can get: the first and every retry."""
        return 1 + (self.redial.retry_limit if self.redial else 0)


@dataclass(frozen=True, slots=True)
class Campaign:
    """A wanted campaign: run `run` launched with `settings` for the people in `leads`.

    `origins` maps an attribute path (`voice_agent_id`, `number_pool`, `redial.retry_limit`, `leads`, …)
    to the place that declares it, which for a reference is the NumberPool or RedialPolicy document.
    `agent_name` is that of `agent: {name: …}`; until Teli was asked, `settings.voice_agent_id` is empty then.
    `max_per_part` is how many people one create may carry at most; it says nothing of who is called.
    """

    name: str
    labels: Mapping[str, str]
    settings: CampaignSettings
    leads: Leads
    run: int
    desired_status: DesiredStatus
    on_remove: OnRemove
    mark: Mark
    origins: Mapping[str, Mark]
    pool_name: str | None = None
    redial_name: str | None = None
    renamed_from: str | None = None
    agent_name: str | None = None
    max_per_part: int | None = None

    @property
    def address(self) -> str:
        """How people name it: `campaign/fall-renewals`."""
        return f"campaign/{self.name}"

    def still_calls(self, now: datetime) -> bool:
        """Whether it may call anybody from now on: it is not to be ended, and its window has not closed."""
        closes = self.settings.closes
        return self.desired_status is not DesiredStatus.ENDED and (closes is None or closes > now)


@dataclass(frozen=True, slots=True)
class ImportedCampaign:
    """A campaign made elsewhere, described under its own id (`metadata.campaign_id`): it is never launched.

    There is nobody in it who could be called: only how many people its manifest names, if it names any.
    A setting that its manifest leaves out is None. What only a launch or its end would need is not here.
    """

    name: str
    campaign_id: str
    voice_agent_id: str | None
    begin: datetime | None
    end: datetime | None
    people_count: int | None
    mark: Mark
    origins: Mapping[str, Mark]

    @property
    def address(self) -> str:
        """How people name it: `campaign/fall-renewals`."""
        return f"campaign/{self.name}"


@dataclass(frozen=True, slots=True)
class Desired:
    """Everything wanted: the project, its campaigns by name, and by name those that were made elsewhere.

    `covers_project` is true when the paths that were read cover the whole project folder; only then does
    a missing manifest mean that its campaign is to leave (semantics §5). `suppress` are the lists that the
    Project declares for all campaigns; what they do to each is in its leads.
    """

    project: Project
    campaigns: Mapping[str, Campaign]
    covers_project: bool
    imports: Mapping[str, ImportedCampaign] = field(default_factory=dict)
    suppress: tuple[DoNotCall, ...] = ()

    @property
    def unnamed_agents(self) -> tuple[Campaign, ...]:
        """Campaigns whose agent is known by name only: nothing can be planned before Teli tells its id."""
        return tuple(each for each in self.campaigns.values() if not each.settings.voice_agent_id)

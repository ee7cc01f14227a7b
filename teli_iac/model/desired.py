"""What the manifests want: the project, its campaigns and the people they call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeAlias

from teli_iac.model.connections import Connection
from teli_iac.model.marks import Mark
from teli_iac.model.suppression import DoNotCall, ListRead, SuppressionQuery

JsonValue: TypeAlias = "str | int | float | bool | list[JsonValue] | dict[str, JsonValue] | None"


@dataclass(frozen=True, slots=True, repr=False)
class Query:
    """SQL that a manifest puts to a connection; `mark` is where its text stands.

    The repr leaves out the text, which may name people.
    """

    text: str
    connection: str
    mark: Mark

    def __repr__(self) -> str:
        return f"Query({self.connection} at {self.mark})"


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


@dataclass(frozen=True, slots=True, repr=False)
class Lead:
    """One person of a campaign: the E.164 number, and what else is sent, sorted by name, never empty.

    `line` is where the lead stands in its file, from 1. The repr hides everything personal.
    """

    phone_number: str
    fields: tuple[tuple[str, JsonValue], ...]
    line: int

    def __repr__(self) -> str:
        return f"Lead(line {self.line})"


class People(Protocol):
    """Some people, no number twice: a tuple of them, or a list that is read in pieces (`model.people`)."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Lead]: ...


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A set of people as two numbers: how many, and the sum of their row hashes modulo 2^128."""

    count: int
    total: int


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row that is not called: where it stands, a code such as `TELI-E086`, a sentence with no number."""

    mark: Mark
    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.mark}: {self.code} {self.sentence}"


@dataclass(frozen=True, slots=True)
class RefusedRows:
    """Rows that are not callable or name a number twice: all counted by code, the first ten described."""

    by_kind: Mapping[str, int]
    described: tuple[RefusedRow, ...]

    @property
    def count(self) -> int:
        """All refused rows together."""
        return sum(self.by_kind.values())


@dataclass(frozen=True, slots=True, repr=False)
class Suppression:
    """Who was left out of some people: `numbers` of theirs, as whole numbers in order, are on one of `lists`.

    `declared` is the fingerprint of everybody, those left out included. Nobody has looked at the lists of
    `unasked`, since this command runs no query: whoever stands in one of those is still among the people.
    """

    lists: tuple[ListRead, ...]
    declared: Fingerprint
    numbers: Sequence[int]
    unasked: tuple[SuppressionQuery, ...] = ()

    def __repr__(self) -> str:
        return f"Suppression({len(self.numbers)} people by {len(self.lists)} lists)"


@dataclass(frozen=True, slots=True, repr=False)
class Leads:
    """The callable people of a campaign, in the order of their file, no number twice.

    `source` is the leads file below the project folder, or the manifest for inline leads and queries.
    `query` is the one whose result they are. Where this command runs no query, `is_known` is false, and
    nobody is here. Whoever stands in a list of `suppression` is left out of `rows` and `fingerprint`; None
    where no list is declared.
    """

    rows: People
    fingerprint: Fingerprint
    refused: RefusedRows
    source: str
    query: Query | None = None
    is_known: bool = True
    suppression: Suppression | None = None

    @property
    def suppressed(self) -> int:
        """How many people of the source are left out because they stand in a list."""
        return len(self.suppression.numbers) if self.suppression else 0

    @property
    def declared(self) -> Fingerprint:
        """Everybody of the source, those left out included."""
        return self.suppression.declared if self.suppression else self.fingerprint

    def mark_of(self, lead: Lead) -> Mark:
        """Where somebody is told of this person: their row, or the query that gave it."""
        return self.query.mark if self.query else Mark(self.source, lead.line, 1)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Lead]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"Leads({len(self.rows)} people of {self.source})"


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
    a missing manifest mean that its campaign is to leave (semantics §5).
    """

    project: Project
    campaigns: Mapping[str, Campaign]
    covers_project: bool
    imports: Mapping[str, ImportedCampaign] = field(default_factory=dict)

    @property
    def unnamed_agents(self) -> tuple[Campaign, ...]:
        """Campaigns whose agent is known by name only: nothing can be planned before Teli tells its id."""
        return tuple(each for each in self.campaigns.values() if not each.settings.voice_agent_id)


@dataclass(frozen=True, slots=True, repr=False)
class InlineRow:
    """One lead written in the manifest itself: its keys and values as read, and where each key stands."""

    values: Mapping[str, JsonValue]
    marks: Mapping[str, Mark]
    mark: Mark

    def __repr__(self) -> str:
        return f"InlineRow({self.mark})"


@dataclass(frozen=True, slots=True)
class LeadsReference:
    """Where a campaign's people come from, before they are loaded: a file, a query, or rows in the manifest.

    `file` and `query` are None for inline rows. `columns` maps our field names to the file's column names;
    the four names of the API (phone_number, first_name, last_name, email) are looked for under their own
    name when left out. Only these and `variables` leave the machine. `delimiter` and `encoding` are as
    declared, None meaning a comma and UTF-8. Whoever stands in a list of `suppress` is left out.
    """

    campaign: str
    file: str | None
    inline: tuple[InlineRow, ...]
    columns: Mapping[str, str]
    variables: tuple[str, ...]
    default_country: str | None
    delimiter: str | None
    encoding: str | None
    allow_test_numbers: bool
    mark: Mark
    query: Query | None = None
    suppress: tuple[DoNotCall, ...] = ()

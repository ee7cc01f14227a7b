"""The decisions: a plan, its changes, and what each will do. No sentence, colour or closure lives here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from teli_iac.model.desired import Campaign, CampaignSettings, GuardName
from teli_iac.model.events import Event
from teli_iac.model.json_value import JsonValue
from teli_iac.model.leads import Leads
from teli_iac.model.marks import Mark
from teli_iac.model.observed import Status
from teli_iac.model.recorded import Account


class Action(StrEnum):
    """The verb of a change (semantics §5)."""

    LAUNCH = "launch"
    EXTEND = "extend"
    REPLACE = "replace"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"
    DELETE = "delete"
    KEEP = "keep"
    BLOCKED = "blocked"


class Reason(StrEnum):
    """Why a change is what it is. Codes are stable; `catalogue` explains each to a person."""

    RECOVERED = "recovered"
    UNKNOWN_OUTCOME = "unknown_outcome"
    RESUMED = "resumed"
    LATE_ARRIVAL = "late_arrival"
    ALREADY_LAUNCHED = "already_launched"
    LEDGER_LOST = "ledger_lost"
    ORPHAN = "orphan"
    NOT_IN_MANIFESTS = "not_in_manifests"
    RETAINED = "retained"
    GONE = "gone"
    IMPORTED = "imported"
    PEOPLE_UNKNOWN = "people_unknown"
    RUN_WENT_BACK = "run_went_back"
    EARLIER_RUN_LIVE = "earlier_run_live"
    LOOKS_RENAMED = "looks_renamed"
    UNKNOWN_STATUS = "unknown_status"
    VERIFICATION_FAILED = "verification_failed"
    PAUSED_ELSEWHERE = "paused_elsewhere"
    ENDED_ELSEWHERE = "ended_elsewhere"
    VANISHED = "vanished"
    STATUS_WANTED = "status_wanted"
    HELD = "held"
    LAPSED = "lapsed"
    SETTINGS_CHANGED = "settings_changed"
    PEOPLE_REMOVED = "people_removed"
    DETAILS_CHANGED = "details_changed"
    NEW = "new"
    RERUN = "rerun"
    PEOPLE_ADDED = "people_added"
    RUNNING = "running"
    FULFILLED = "fulfilled"
    UNFINISHED = "unfinished"
    NOBODY_TO_CALL = "nobody_to_call"
    TAKES_EFFECT_NEXT_RUN = "takes_effect_next_run"
    UNKNOWN_OUTCOME_ELSEWHERE = "unknown_outcome_elsewhere"
    LIST_INCOMPLETE = "list_incomplete"
    LEDGER_MISSING = "ledger_missing"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One attribute that differs: what it was, what it is to be, and the manifest line that says so."""

    path: str
    before: JsonValue
    after: JsonValue
    origin: Mark | None


@dataclass(frozen=True, slots=True)
class Launch:
    """The one create of a part: everything that will be sent but the effective times, fixed when sending.

    `people` is how many the leads are, which a saved plan does not hold; 0 where the launch is not split,
    for then the change says it.
    """

    campaign_id: str
    name: str
    run: int
    part: int
    digest: str
    settings: CampaignSettings
    leads: Leads
    again: int
    people: int = 0


@dataclass(frozen=True, slots=True)
class Removal:
    """What is done to one part that leaves: `stop` pauses and ends it, then `delete` removes it from Teli.

    `release` finds out in between who has not been called, so that they are free when they come back.
    """

    campaign_id: str
    stop: bool
    delete: bool
    release: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """A live part is to be PAUSED or ACTIVE again."""

    campaign_id: str
    status: Status


@dataclass(frozen=True, slots=True)
class Replacement:
    """Live parts to be released, and what is launched once they are: whoever of `campaign` is then not given.

    `campaign` is None when nothing is to be launched now. `part` is the number of the part to be launched.
    """

    releases: tuple[str, ...]
    campaign: Campaign | None
    part: int


class Turn(StrEnum):
    """What a plan does to a calling window."""

    OPENS = "opens"
    GOES_ON = "goes_on"
    PAUSED = "paused"
    CLOSES = "closes"


@dataclass(frozen=True, slots=True)
class CallingWindow:
    """When one part may call, from which numbers, and how many people it was given.

    `begin` None is soon after the apply, `end` None seven days after that. `pool_name` is the NumberPool's
    name, where the numbers have one. A part that a replacement will launch has no id yet.
    """

    campaign_id: str | None
    turn: Turn
    begin: datetime | None
    end: datetime | None
    settings: CampaignSettings
    people: int
    pool_name: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One decision about one campaign.

    `people` is whom the action concerns: `new` of them are called for the first time, `again` a second
    time. `uncalled` counts people of an unfinished, lapsed or held campaign who were never given.
    `blocked_action` is what a blocked change would have been, if that is known. `learned` is what an
    apply records about this campaign before it acts; `verify` names launched parts it has yet to check.
    `drift` compares what we sent with what the API shows; `not_observable` names what the API hides.
    `suppressed` people of its leads are left out since they are on a do-not-call list.
    `windows` are those of its live parts and of the part it launches: for people to see, never compared.
    A launch above `max_per_part` is split: `launch` is its first part, `further` are the others in their
    order, and `split` is everybody in one list.
    """

    address: str
    action: Action
    reason: Reason
    campaign_id: str | None = None
    people: int = 0
    new: int = 0
    again: int = 0
    uncalled: int = 0
    worst_case_calls: int = 0
    begin: datetime | None = None
    end: datetime | None = None
    fields: tuple[FieldChange, ...] = ()
    drift: tuple[FieldChange, ...] = ()
    not_observable: tuple[str, ...] = ()
    origin: Mark | None = None
    blocked_action: Action | None = None
    faults: tuple[str, ...] = ()
    learned: tuple[Event, ...] = ()
    verify: tuple[str, ...] = ()
    launch: Launch | None = None
    removals: tuple[Removal, ...] = ()
    transitions: tuple[Transition, ...] = ()
    replacement: Replacement | None = None
    live: bool = False
    windows: tuple[CallingWindow, ...] = ()
    further: tuple[Launch, ...] = ()
    split: Leads | None = None
    suppressed: int = 0

    @property
    def launches(self) -> tuple[Launch, ...]:
        """Every part that it launches, in order; a replacement knows them only once it has released."""
        return (self.launch, *self.further) if self.launch else ()

    @property
    def moving(self) -> int:
        """At most so many of the people whom a replacement frees are launched anew, for they are wanted."""
        campaign = self.replacement.campaign if self.replacement else None
        if campaign is None:
            return 0
        return self.worst_case_calls // campaign.settings.calls_per_person - self.new - self.again

    @property
    def distinct_fields(self) -> tuple[FieldChange, ...]:
        """What differs, once where parts differ alike; `fields`, which the digest is made of, has each."""
        return tuple(each for n, each in enumerate(self.fields) if each not in self.fields[:n])


_SUMMARY = {
    Action.LAUNCH: "launch",
    Action.EXTEND: "extend",
    Action.REPLACE: "replace",
    Action.PAUSE: "update",
    Action.RESUME: "update",
    Action.END: "update",
    Action.DELETE: "delete",
    Action.KEEP: "keep",
    Action.BLOCKED: "blocked",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Every decision of one run, sorted by address, with what guards count.

    `digest` names the decisions: it is the same on every machine and leaves out clocks and progress.
    `guard_counts` and `limits` are what §7 compares; `targets` is empty when everything was planned.
    """

    account: Account
    digest: str
    changes: tuple[Change, ...]
    unmanaged: int
    gaps: tuple[str, ...]
    guard_counts: Mapping[GuardName, int]
    limits: Mapping[GuardName, int]
    now: datetime
    targets: tuple[str, ...] = ()
    ledger_version: int = 0
    governed: tuple[Event, ...] = field(default=())
    """What apply records about `on_remove` and departures, whatever else it does."""

    @property
    def summary(self) -> Mapping[str, int]:
        """Counts by verb, in the words of the JSON format (semantics §9)."""
        counted = Counter(_SUMMARY[change.action] for change in self.changes)
        return {word: counted[word] for word in dict.fromkeys(_SUMMARY.values())}

    @property
    def new_people(self) -> int:
        """People called for the first time."""
        return sum(change.new for change in self.changes)

    @property
    def people_again(self) -> int:
        """People called who were called in an earlier run, or may have been."""
        return sum(change.again for change in self.changes)

    @property
    def suppressed(self) -> int:
        """People left out because they are on a do-not-call list, campaign by campaign."""
        return sum(change.suppressed for change in self.changes)

    @property
    def worst_case_calls(self) -> int:
        """Calls if every first call and every retry is made."""
        return sum(change.worst_case_calls for change in self.changes)

    @property
    def acting(self) -> tuple[Change, ...]:
        """The changes that send something."""
        return tuple(c for c in self.changes if c.action not in {Action.KEEP, Action.BLOCKED})

    @property
    def blocked(self) -> tuple[Change, ...]:
        """The changes that must wait for a person."""
        return tuple(c for c in self.changes if c.action is Action.BLOCKED)

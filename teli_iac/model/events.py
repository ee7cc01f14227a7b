"""What a ledger is made of: events that are only ever added, each one thing that happened or was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from teli_iac.model.desired import CampaignSettings, OnRemove
from teli_iac.model.observed import Status


@dataclass(frozen=True, slots=True)
class LaunchIntended:
    """We are about to send the one create of this id. Written durably before the request."""

    campaign_id: str
    name: str
    run: int
    part: int
    digest: str
    settings: CampaignSettings
    begin: datetime
    end: datetime
    people: str
    people_count: int
    again: int


@dataclass(frozen=True, slots=True)
class Launched:
    """The API has the campaign: it said so, or a look-up found it (`looked_up`)."""

    campaign_id: str
    looked_up: bool


@dataclass(frozen=True, slots=True)
class Adopted:
    """A part the ledger lacked was found running with the digest its manifest gives (row 5)."""

    campaign_id: str
    name: str
    run: int
    part: int
    digest: str
    settings: CampaignSettings
    begin: datetime | None
    end: datetime | None
    people: str
    people_count: int


@dataclass(frozen=True, slots=True)
class Imported:
    """A campaign on Teli whose people we do not know is known by this name; nothing is ever sent for it.

    It was made elsewhere, or is a part of ours that the ledger had lost. The rest is what Teli showed.
    """

    campaign_id: str
    name: str
    run: int
    part: int
    voice_agent_id: str | None
    begin: datetime | None
    end: datetime | None
    people_count: int | None


class Voiding(StrEnum):
    """Why an intent came to nothing for certain."""

    REJECTED = "rejected"
    NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True)
class IntentVoided:
    """The create was rejected (4xx) or never left this machine; its people are not given."""

    campaign_id: str
    why: Voiding
    http_status: int | None


@dataclass(frozen=True, slots=True)
class IntentLapsed:
    """The id stayed absent for `settle_after`: its people are released, it is watched for ever."""

    campaign_id: str


class Settlement(StrEnum):
    """How a person settled what we could not know; RETRY lets its people be called, counted as *again*."""

    ADOPT = "adopt"
    ABANDON = "abandon"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class IntentSettled:
    """A person decided about an unknown outcome or a failed verification (semantics §6, `settle`)."""

    campaign_id: str
    settlement: Settlement


@dataclass(frozen=True, slots=True)
class Verified:
    """Counts and times are as sent, and no unknown part of the run exists."""

    campaign_id: str


@dataclass(frozen=True, slots=True)
class VerificationFailed:
    """What Teli made of the create is not what was sent; `faults` are sentences without people's data."""

    campaign_id: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paused:
    """We paused the part."""

    campaign_id: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """The part calls again after an apply had paused it: we resumed it, or somebody did."""

    campaign_id: str


@dataclass(frozen=True, slots=True)
class Ended:
    """We ended the part for good."""

    campaign_id: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """We deleted the part, or found it gone when we came to delete it."""

    campaign_id: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The part was seen completed or ended, so that its later absence is no surprise."""

    campaign_id: str
    status: Status


@dataclass(frozen=True, slots=True)
class Vanished:
    """The part was proven gone, not by us: absent from a complete list and 404 by id, twice."""

    campaign_id: str


@dataclass(frozen=True, slots=True)
class Appeared:
    """An id whose intent was void, lapsed or abandoned is on Teli after all: its people count as given."""

    campaign_id: str


@dataclass(frozen=True, slots=True)
class ReleaseIntended:
    """We are about to pause, end and count out the part (semantics §2, *release*)."""

    campaign_id: str


@dataclass(frozen=True, slots=True)
class UncontactedRead:
    """The part was paused, and these people were proven uncontacted then. `people` names a PeopleSet."""

    campaign_id: str
    people: str


@dataclass(frozen=True, slots=True)
class Released:
    """The part is ended, and these people were proven uncontacted before and after: they may be launched."""

    campaign_id: str
    people: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """The campaign is known by another name now, and all that was recorded of it with it."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlanConsumed:
    """A saved plan was applied; it works only once, in whichever clone. `nonce` names that one plan."""

    nonce: str
    plan_digest: str


class ApprovalKind(StrEnum):
    """How a plan was approved."""

    TYPED_YES = "typed_yes"
    AUTO_APPROVE = "auto_approve"
    EXPECT_DIGEST = "expect_digest"
    SAVED_PLAN = "saved_plan"
    SIGNED_PLAN = "signed_plan"


@dataclass(frozen=True, slots=True)
class Applied:
    """A plan is about to be carried out: by whom, from which commit, approved how, for how many people.

    `by` is user and machine, `actor` who started the pipeline; `uncommitted`: files differ from the commit.
    """

    by: str
    actor: str | None
    commit: str | None
    uncommitted: bool
    plan_digest: str
    approval: ApprovalKind
    people_new: int
    people_again: int
    release: str


@dataclass(frozen=True, slots=True)
class Governed:
    """The campaign is in the manifests with this `on_remove`, which is needed when it no longer is."""

    name: str
    on_remove: OnRemove


@dataclass(frozen=True, slots=True)
class Left:
    """The campaign is no longer in the manifests and an apply has dealt with that."""

    name: str


@dataclass(frozen=True, slots=True)
class Moved:
    """From here on the ledger lies at `place`, as the Project's `ledger` names it; here it is closed."""

    place: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """The ledger was brought to `place`, and goes on there."""

    place: str


@dataclass(frozen=True, slots=True)
class SteeredByPerson:
    """A person paused (PAUSED), resumed (ACTIVE) or ended (ENDED) the part with a command of ours.

    It is a person's act: no apply undoes it. `who` is a user and a machine, `why` their own words.
    """

    campaign_id: str
    status: Status
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Held:
    """A person halted campaigns of these addresses, all when there are none: apply refuses until released."""

    who: str
    why: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoldReleased:
    """A person lifted the hold: apply may work again."""

    who: str
    why: str


Event: TypeAlias = (
    LaunchIntended
    | Launched
    | Adopted
    | Imported
    | IntentVoided
    | IntentLapsed
    | IntentSettled
    | Verified
    | VerificationFailed
    | Paused
    | Resumed
    | Ended
    | Deleted
    | Finished
    | Vanished
    | Appeared
    | ReleaseIntended
    | UncontactedRead
    | Released
    | Renamed
    | PlanConsumed
    | Applied
    | Governed
    | Left
    | Moved
    | Arrived
    | SteeredByPerson
    | Held
    | HoldReleased
)


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event with its place in the ledger and when it was written (UTC)."""

    sequence: int
    at: datetime
    event: Event

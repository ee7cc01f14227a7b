"""What the ledger says we did: events that are only ever added, and what they come to.

People are in the ledger as keyed hashes only (semantics §11).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from teli_iac.model.desired import CampaignSettings, OnRemove
from teli_iac.model.observed import Status


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a ledger belongs to: API origin, organization, tenant and project. Another one is refused."""

    origin: str
    organization_id: str
    tenant_id: str
    project: str


@dataclass(frozen=True, slots=True, repr=False)
class LedgerKey:
    """The secret under which people are hashed; never stored beside the ledger, never shown."""

    secret: bytes

    def __repr__(self) -> str:
        return "LedgerKey(…)"


PERSON_KEY_BYTES = 16
DETAIL_KEY_BYTES = 4
PERSON_RECORD_BYTES = PERSON_KEY_BYTES + DETAIL_KEY_BYTES


@dataclass(frozen=True, slots=True, repr=False)
class PeopleSet:
    """The people a part was given to, as sorted records of 20 bytes: 16 for the number, 4 for its details.

    A million people are 20 MB. `ref` names the set by its content.
    """

    ref: str
    records: bytes

    def __len__(self) -> int:
        return len(self.records) // PERSON_RECORD_BYTES

    def __iter__(self) -> Iterator[tuple[bytes, bytes]]:
        """Every person as (hash of the number, hash of the details)."""
        for start in range(0, len(self.records), PERSON_RECORD_BYTES):
            middle = start + PERSON_KEY_BYTES
            yield self.records[start:middle], self.records[middle : start + PERSON_RECORD_BYTES]

    def __repr__(self) -> str:
        return f"PeopleSet({len(self)} people)"


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
    """How a person settled what we could not know."""

    ADOPT = "adopt"
    ABANDON = "abandon"


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
class Governed:
    """The campaign is in the manifests with this `on_remove`, which is needed when it no longer is."""

    name: str
    on_remove: OnRemove


@dataclass(frozen=True, slots=True)
class Left:
    """The campaign is no longer in the manifests and an apply has dealt with that."""

    name: str


Event: TypeAlias = (
    LaunchIntended
    | Launched
    | Adopted
    | IntentVoided
    | IntentLapsed
    | IntentSettled
    | Verified
    | VerificationFailed
    | Paused
    | Ended
    | Deleted
    | Finished
    | Vanished
    | Appeared
    | Governed
    | Left
)


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event with its place in the ledger and when it was written (UTC)."""

    sequence: int
    at: datetime
    event: Event


class PartState(StrEnum):
    """What became of the one create of a part. All but VOID and LAPSED count their people as given."""

    INTENDED = "intended"
    LAUNCHED = "launched"
    ABANDONED = "abandoned"
    VOID = "void"
    LAPSED = "lapsed"


class Verification(StrEnum):
    """Whether a launched part was found to be what was sent."""

    PENDING = "pending"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RecordedPart:
    """One part as the ledger knows it.

    `our_status` is what we last made it; `finished` is COMPLETED or ENDED once it was seen so; `gone` is
    true once we deleted it or recorded it as vanished; `appeared` is true once the id of a void, lapsed or
    abandoned intent was seen on Teli. `faults` are those of a failed verification. `settings` are as
    declared, `begin` and `end` as sent. `people` names a PeopleSet.
    """

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
    intended_at: datetime
    state: PartState
    verification: Verification
    our_status: Status
    finished: Status | None
    gone: bool
    appeared: bool = False
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """The ledger as of `version` (the sequence of its last event; 0 when there is none).

    `people` holds the sets a plan needs, loaded before it is made. `left` are campaigns whose departure
    an apply has dealt with.
    """

    version: int
    key: LedgerKey
    parts: Mapping[str, RecordedPart] = field(default_factory=dict)
    on_remove: Mapping[str, OnRemove] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    people: Mapping[str, PeopleSet] = field(default_factory=dict)

"""What the ledger's events come to: whose it is, whom each part was given to, what became of it.

People are in the ledger as keyed hashes only (semantics §11).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from struct import Struct

from teli_iac.model.desired import CampaignSettings, OnRemove
from teli_iac.model.events import Imported
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
_RECORD = Struct(f"{PERSON_KEY_BYTES}s{DETAIL_KEY_BYTES}s")


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
        # A million of them in two thirds of the time that slices take.
        yield from _RECORD.iter_unpack(self.records)

    def __repr__(self) -> str:
        return f"PeopleSet({len(self)} people)"


class PartState(StrEnum):
    """What became of the one create of a part. VOID, LAPSED and RETRIED leave their people free."""

    INTENDED = "intended"
    LAUNCHED = "launched"
    ABANDONED = "abandoned"
    VOID = "void"
    LAPSED = "lapsed"
    RETRIED = "retried"


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
    declared, `begin` and `end` as sent. `people`, `uncontacted` and `released` name PeopleSets: whom it was
    given to, who was uncontacted when its release had paused it, and whom the release has freed. `unread` is
    true when the release found it gone, so that nobody knows who was called.
    `by_person` is what a person last made it with a command of ours, None once an apply has done more.
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
    releasing: bool = False
    uncontacted: str | None = None
    released: str | None = None
    unread: bool = False
    by_person: Status | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """Why no apply may work: who halted what (all when `addresses` is empty), why, and when (UTC)."""

    since: datetime
    who: str
    why: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """The ledger as of `version` (the sequence of its last event; 0 when there is none).

    `people` holds the sets a plan needs, loaded before it is made. `left` are campaigns whose departure
    an apply has dealt with. `consumed` are the nonces of saved plans that were applied. `imports` are, by
    their ids, campaigns whose people nobody here knows. `moved_to` is where the ledger lies now, when it was
    closed here. `renamed` leads from each name that was given up to the one its campaign has now.
    closed here. `hold` stands until a person releases it.
    """

    version: int
    key: LedgerKey
    parts: Mapping[str, RecordedPart] = field(default_factory=dict)
    on_remove: Mapping[str, OnRemove] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    consumed: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, PeopleSet] = field(default_factory=dict)
    imports: Mapping[str, Imported] = field(default_factory=dict)
    moved_to: str | None = None
    hold: Hold | None = None

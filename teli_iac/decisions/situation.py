"""Everything known about one campaign, put side by side: the facts that the decision table asks about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from teli_iac.identity import PartReference
from teli_iac.model import (
    Campaign,
    Imported,
    ImportedCampaign,
    LedgerKey,
    ObservedCampaign,
    OnRemove,
    PartState,
    PeopleSet,
    Project,
    RecordedPart,
    Status,
    Verification,
)


class Condition(Enum):
    """What a part is doing now (semantics §2)."""

    LIVE = auto()
    UNCLEAR = auto()
    """Present, before its end time, with a status we do not know."""
    FINISHED = auto()
    ENDED = auto()
    OVER = auto()
    GONE = auto()
    ABSENT = auto()
    """Not there, and not yet proven gone or never sent."""


@dataclass(frozen=True, slots=True)
class Part:
    """One Teli campaign of ours: its id taken apart, what the ledger says and what the API shows."""

    campaign_id: str
    reference: PartReference
    recorded: RecordedPart | None
    observed: ObservedCampaign | None
    proven_absent: bool
    look_ups: int
    now: datetime
    imported: Imported | None = None
    """What is known of a part whose people nobody knows (row 10); `known` once the ledger says so too."""
    known: bool = False

    @property
    def condition(self) -> Condition:
        """What the part is doing, as far as the API and its end time tell."""
        if self.observed is None:
            gone = self.proven_absent or (self.recorded is not None and self.recorded.gone)
            return Condition.GONE if gone else Condition.ABSENT
        if self.observed.status is Status.COMPLETED:
            return Condition.FINISHED
        if self.observed.status is Status.ENDED:
            return Condition.ENDED
        if self.end is not None and self.end <= self.now:
            return Condition.OVER
        return Condition.UNCLEAR if self.observed.status is Status.UNKNOWN else Condition.LIVE

    @property
    def end(self) -> datetime | None:
        """When it stops calling: as shown, else as sent."""
        shown = self.observed.end if self.observed else None
        return shown or (self.recorded.end if self.recorded else None)

    @property
    def running(self) -> bool:
        """Live, or possibly so."""
        return self.condition in {Condition.LIVE, Condition.UNCLEAR}

    @property
    def state(self) -> PartState | None:
        """What became of its create, None when the ledger does not know the part."""
        return self.recorded.state if self.recorded else None

    @property
    def is_open(self) -> bool:
        """An intent whose outcome the ledger does not know."""
        return self.state is PartState.INTENDED

    @property
    def never_was(self) -> bool:
        """Void, lapsed or to be retried, and never seen: its people are not given."""
        if self.recorded is None or self.observed is not None or self.recorded.appeared:
            return False
        return self.recorded.state in {PartState.VOID, PartState.LAPSED, PartState.RETRIED}

    @property
    def is_missing(self) -> bool:
        """Launched, and neither shown nor proven gone."""
        return self.state is PartState.LAUNCHED and self.condition is Condition.ABSENT

    @property
    def is_late(self) -> bool:
        """On Teli although its intent was void, lapsed, abandoned or to be retried."""
        given_up = {PartState.VOID, PartState.LAPSED, PartState.ABANDONED, PartState.RETRIED}
        return self.observed is not None and self.state in given_up

    @property
    def releasing(self) -> bool:
        """Its release was begun and is not done."""
        return self.recorded is not None and self.recorded.releasing

    @property
    def failed_verification(self) -> bool:
        """Teli did not make of it what was sent, and nobody has settled that yet."""
        return self.recorded is not None and self.recorded.verification is Verification.FAILED


@dataclass(frozen=True, slots=True)
class Situation:
    """One campaign in the three worlds.

    `wanted` is None when no manifest describes it. `people` are the recorded sets by reference,
    `uncontacted` the keyed numbers of those not called yet, for parts that were counted out.
    `left_before` is true when an earlier apply has dealt with its departure. `namesakes` are ids that carry
    its name, though a rename has moved some of them to another campaign.
    """

    name: str
    project: Project
    wanted: Campaign | None
    parts: tuple[Part, ...]
    namesakes: tuple[PartReference, ...]
    on_remove: OnRemove
    left_before: bool
    people: Mapping[str, PeopleSet]
    key: LedgerKey
    now: datetime
    uncontacted: Mapping[str, frozenset[bytes]]
    imported: ImportedCampaign | None = None
    """The manifest that describes a campaign made elsewhere; then `wanted` is None."""

    @property
    def address(self) -> str:
        """How people name it."""
        return f"campaign/{self.name}"

    def in_run(self, run: int) -> tuple[Part, ...]:
        """The parts of one run that are or were on Teli, or may have been."""
        return tuple(p for p in self.parts if p.reference.run == run and not p.never_was)

    @property
    def highest_run(self) -> int:
        """The highest run any part belongs to, 0 without parts."""
        return max((p.reference.run for p in self.parts), default=0)

    @property
    def highest_run_before(self) -> int:
        """The highest run before the wanted one that anybody was given in, 0 when there is none."""
        wanted = self.wanted.run if self.wanted else 0
        return max(
            (p.reference.run for p in self.parts if p.reference.run < wanted and not p.never_was), default=0
        )

    @property
    def next_part(self) -> int:
        """1 + the highest part number of the wanted run, void and lapsed ones included (semantics §4)."""
        run = self.wanted.run if self.wanted else 0
        known = (*self.namesakes, *(part.reference for part in self.parts))
        return 1 + max((reference.part for reference in known if reference.run == run), default=0)

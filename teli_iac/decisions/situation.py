"""Everything known about one campaign, put side by side: the facts that the decision table asks about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from teli_iac.identity import PartReference, digest_part, key_people, person_key
from teli_iac.model import (
    Campaign,
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

    reference: PartReference
    recorded: RecordedPart | None
    observed: ObservedCampaign | None
    proven_absent: bool
    look_ups: int
    now: datetime

    @property
    def campaign_id(self) -> str:
        """The id as the API knows it."""
        return self.reference.campaign_id

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
        """Void or lapsed, and never seen: its people are not given."""
        if self.recorded is None or self.observed is not None or self.recorded.appeared:
            return False
        return self.recorded.state in {PartState.VOID, PartState.LAPSED}

    @property
    def is_missing(self) -> bool:
        """Launched, and neither shown nor proven gone."""
        return self.state is PartState.LAUNCHED and self.condition is Condition.ABSENT

    @property
    def is_late(self) -> bool:
        """On Teli although its intent was void, lapsed or abandoned."""
        given_up = {PartState.VOID, PartState.LAPSED, PartState.ABANDONED}
        return self.observed is not None and self.state in given_up

    @property
    def failed_verification(self) -> bool:
        """Teli did not make of it what was sent, and nobody has settled that yet."""
        return self.recorded is not None and self.recorded.verification is Verification.FAILED


@dataclass(frozen=True, slots=True)
class Situation:
    """One campaign in the three worlds.

    `wanted` is None when no manifest describes it. `people` are the recorded sets by reference.
    `left_before` is true when an earlier apply has dealt with its departure.
    """

    name: str
    project: Project
    wanted: Campaign | None
    parts: tuple[Part, ...]
    on_remove: OnRemove
    left_before: bool
    people: Mapping[str, PeopleSet]
    key: LedgerKey
    now: datetime

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
        return 1 + max((p.reference.part for p in self.parts if p.reference.run == run), default=0)


@dataclass(frozen=True, slots=True)
class Difference:
    """How a run of a campaign differs from its manifest. Counts are people."""

    stale_settings: tuple[Part, ...]
    removed: int
    changed_details: int
    added: int
    settings_differ: bool

    @property
    def anything(self) -> bool:
        """Whether there are people to launch, or a stale live part (semantics §5)."""
        return bool(self.stale_settings or self.removed or self.changed_details or self.added)


NO_DIFFERENCE = Difference((), 0, 0, 0, settings_differ=False)


def compare(situation: Situation, wanted: Campaign) -> Difference:
    """Hold the wanted run against its recorded parts; unknown is never different."""
    given = [p for p in situation.in_run(wanted.run) if p.recorded]
    if len(given) == 1 and given[0].reference.digest == digest_of(wanted):
        return NO_DIFFERENCE
    live = [p for p in given if p.running]
    wanted_people = dict(key_people(situation.key, wanted.leads)) if given else {}
    known = {key: detail for p in given for key, detail in _people(situation, p)}
    of_live = {key: detail for p in live for key, detail in _people(situation, p)}
    return Difference(
        stale_settings=tuple(p for p in live if _settings_differ(p, wanted)),
        removed=len(of_live.keys() - wanted_people.keys()),
        changed_details=sum(wanted_people.get(key, detail) != detail for key, detail in of_live.items()),
        added=len(wanted_people.keys() - known.keys()) if given else len(wanted.leads),
        settings_differ=any(_settings_differ(p, wanted) for p in given),
    )


def digest_of(wanted: Campaign) -> str:
    """The digest of the wanted run launched whole, as part 1 would be."""
    return digest_part(wanted.settings, wanted.leads.fingerprint)


def people_of_earlier_runs(situation: Situation, wanted: Campaign) -> int:
    """How many of the wanted were given in another run; everybody, where the ledger cannot tell."""
    earlier = [p for p in situation.parts if p.reference.run != wanted.run and not p.never_was]
    if any(p.recorded is None for p in earlier):
        return len(wanted.leads)
    known = {key for p in earlier for key, _ in _people(situation, p)}
    return sum(person_key(situation.key, lead.phone_number) in known for lead in wanted.leads) if known else 0


def share_of_known_people(situation: Situation, wanted: Campaign, leaving: Iterable[Situation]) -> float:
    """The greatest share of the wanted people that one leaving campaign was given."""
    theirs = [_given(other) for other in leaving]
    if not any(theirs) or not len(wanted.leads):  # hashing a million people is not free
        return 0.0
    mine = {key for key, _ in key_people(situation.key, wanted.leads)}
    return max(len(mine & known) / len(mine) for known in theirs)


def _given(situation: Situation) -> set[bytes]:
    parts = (part for part in situation.parts if not part.never_was)
    return {key for part in parts for key, _ in _people(situation, part)}


def _people(situation: Situation, part: Part) -> Iterable[tuple[bytes, bytes]]:
    return situation.people[part.recorded.people] if part.recorded else ()


def _settings_differ(part: Part, wanted: Campaign) -> bool:
    return part.recorded is not None and part.recorded.settings != wanted.settings

"""Which people and settings a part on Teli was given: the digest in its id is that of no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from teli_iac.adopting import adopted_as
from teli_iac.decisions.comparing import digest_of, in_parts, only
from teli_iac.identity import PartReference, key_people, parse_campaign_id, person_key
from teli_iac.ledger import fold
from teli_iac.model import (
    Adopted,
    Campaign,
    Ended,
    Event,
    LedgerKey,
    Observed,
    PeopleSet,
    Status,
    StoredEvent,
)
from teli_iac.observe import count_uncontacted
from teli_iac.rebuilding.versions import Past
from teli_iac.worlds import Worlds


@dataclass(frozen=True, slots=True)
class Proof:
    """Parts on Teli whose people are proven, and those of ours whose people are not."""

    adopted: tuple[Adopted, ...]
    ended: tuple[Ended, ...]
    people: tuple[PeopleSet, ...]
    unproven: tuple[PartReference, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """What is recorded of them."""
        return (*self.adopted, *self.ended)

    def given(self, name: str, run: int) -> set[bytes]:
        """Everybody whom a proven part of this run was given to, as keyed numbers."""
        refs = {each.people for each in self.adopted if (each.name, each.run) == (name, run)}
        return {person for people in self.people if people.ref in refs for person, _ in people}


@dataclass(slots=True)
class _Proving:
    worlds: Worlds
    observed: Observed
    key: LedgerKey
    adopted: list[Adopted] = field(default_factory=list)
    ended: dict[str, Ended] = field(default_factory=dict)
    people: dict[str, PeopleSet] = field(default_factory=dict)


def prove(worlds: Worlds, observed: Observed, past: Past, key: LedgerKey) -> Proof:
    """Hold every part of ours that Teli shows against every version of its manifest, part by part."""
    proving = _Proving(worlds, observed, key)
    unproven = [part for part in _ours(worlds, observed) if not _is_proven(part, past, proving)]
    return Proof(
        tuple(proving.adopted), tuple(proving.ended.values()), tuple(proving.people.values()), tuple(unproven)
    )


def _ours(worlds: Worlds, observed: Observed) -> Iterable[PartReference]:
    parsed = (parse_campaign_id(campaign_id) for campaign_id in observed.campaigns)
    ours = [part for part in parsed if part and part.project == worlds.account.project]
    return sorted(ours, key=lambda part: (part.name, part.run, part.part, part.digest))


def _is_proven(part: PartReference, past: Past, proving: _Proving) -> bool:
    earlier = [each for each in proving.adopted if (each.name, each.run) == (part.name, part.run)]
    given = {person for each in earlier for person, _ in proving.people[each.people]}
    versions = list(past.wanting(part.name, part.run))
    for called in (None, given) if given else (None,):
        for wanted in versions:
            if _adopt(part, wanted, called, proving):
                return True
    if not earlier:
        return False
    # A part that took over from others was given whom those had not called when they were ended.
    uncontacted = _uncontacted(earlier, proving)
    freed = {person for persons in uncontacted.values() for person in persons}
    if not any(_adopt(part, wanted, given - freed, proving) for wanted in versions if freed):
        return False
    proving.ended |= {each: Ended(each) for each in uncontacted if each not in proving.ended}
    return True


def _adopt(part: PartReference, wanted: Campaign, called: set[bytes] | None, proving: _Proving) -> bool:
    """Whether the digest is that of this version with everybody, or with those not called already.

    Or of one part of those, as its limit splits them.
    """
    rest = wanted if called is None else _without(wanted, called, proving.key)
    whom = next((each for each in in_parts(rest) if digest_of(each) == part.digest), None)
    if whom is None:
        return False
    keyed = key_people(proving.key, whom.leads)
    proving.people[keyed.ref] = keyed
    proving.adopted.append(adopted_as(part, whom, keyed, proving.worlds.account.project))
    return True


def _without(wanted: Campaign, called: set[bytes], key: LedgerKey) -> Campaign:
    rest = tuple(lead for lead in wanted.leads if person_key(key, lead.phone_number) not in called)
    return replace(wanted, leads=only(wanted.leads, rest))


def _uncontacted(earlier: Iterable[Adopted], proving: _Proving) -> Mapping[str, frozenset[bytes]]:
    """Whom parts that are ended did not call, as Teli counts them."""
    shown = proving.observed.campaigns
    ended = [each for each in earlier if shown[each.campaign_id].status is Status.ENDED]
    events = (StoredEvent(place, proving.observed.now, event) for place, event in enumerate(ended, 1))
    parts = fold(events, proving.key).parts.values()

    def people(refs: Iterable[str]) -> Mapping[str, PeopleSet]:
        return {ref: proving.people[ref] for ref in refs}

    return count_uncontacted(proving.worlds.api.reading(), parts, people, proving.key)

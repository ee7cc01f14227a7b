"""What nothing proves: whom a lost ledger may have known as given. They count so, or a person decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from teli_iac.decisions.changes import launch_of
from teli_iac.decisions.comparing import only
from teli_iac.identity import key_people, parse_campaign_id, person_key
from teli_iac.model import (
    Campaign,
    Deleted,
    Event,
    Governed,
    Imported,
    IntentSettled,
    LaunchIntended,
    Lead,
    LedgerKey,
    Observed,
    PeopleSet,
    Settlement,
    VerificationFailed,
)
from teli_iac.rebuilding.proving import Proof
from teli_iac.rebuilding.versions import Key, Past
from teli_iac.worlds import Worlds

LOST = "the ledger was lost, and nothing shows whether these people were called"


@dataclass(frozen=True, slots=True)
class Doubts:
    """Runs in doubt, each with how many people that are.

    A person decides about those in `open`; the people of those in `given` count as given from now on; the
    people of those in `unknown` cannot be read any more.
    """

    open: tuple[tuple[Key, int], ...]
    given: tuple[tuple[Key, int], ...]
    unknown: tuple[Key, ...]
    events: tuple[Event, ...]
    people: tuple[PeopleSet, ...]


def doubts_about(worlds: Worlds, observed: Observed, past: Past, proof: Proof, key: LedgerKey) -> Doubts:
    """Everybody whom any version wanted to call and no part on Teli is proven to have been given."""
    doubting = _Doubting(worlds, observed, proof, key)
    wanted = worlds.desired.campaigns
    for each in wanted.values():
        doubting.ask_about(each)
    runs = {(each.name, each.run) for version in past.versions for each in version.campaigns}
    for name, run in sorted(runs):
        doubting.count_as_given(name, run, past)
    unread = {each for version in past.versions for each in version.unread} - runs
    for each_run in sorted(unread):
        doubting.leave(each_run)
    governed = tuple(Governed(each.name, each.on_remove) for each in wanted.values())
    return Doubts(
        tuple(doubting.open),
        tuple(doubting.given),
        tuple(doubting.unknown),
        (*doubting.events, *governed),
        tuple(doubting.people),
    )


class _Doubting:
    """Collects doubts; each gets the next part number of its run."""

    def __init__(self, worlds: Worlds, observed: Observed, proof: Proof, key: LedgerKey) -> None:
        self._project = worlds.account.project
        self._wanted = worlds.desired.campaigns
        self._observed = observed
        self._proof = proof
        self._key = key
        self._parts: dict[Key, int] = {}
        for campaign_id in observed.campaigns:
            part = parse_campaign_id(campaign_id)
            if part and part.project == self._project:
                run = part.name, part.run
                self._parts[run] = max(part.part, self._parts.get(run, 0))
        self.open: list[tuple[Key, int]] = []
        self.given: list[tuple[Key, int]] = []
        self.unknown: list[Key] = []
        self.events: list[Event] = []
        self.people: list[PeopleSet] = []

    def ask_about(self, wanted: Campaign) -> None:
        """An open outcome that never lapses, with those of the wanted people who are not proven given."""
        people = tuple(self._not_given(wanted))
        if people:
            intent = self._intend(wanted, people)
            self.events += [intent, VerificationFailed(intent.campaign_id, (LOST,))]
            self.open.append(((wanted.name, wanted.run), len(people)))

    def count_as_given(self, name: str, run: int, past: Past) -> None:
        """Whoever was wanted once and is not now: given up, so that nobody of them is called."""
        today = self._wanted.get(name)
        now = {lead.phone_number for lead in today.leads} if today and today.run == run else set()
        versions = list(past.wanting(name, run))
        people: dict[str, Lead] = {}
        for version in versions:
            for lead in self._not_given(version):
                if lead.phone_number not in now:
                    people.setdefault(lead.phone_number, lead)
        if people:
            intent = self._intend(versions[0], tuple(people.values()))
            settled = IntentSettled(intent.campaign_id, Settlement.ABANDON)
            self.events += [intent, settled, Deleted(intent.campaign_id)]
            self.given.append(((name, run), len(people)))

    def leave(self, run: Key) -> None:
        """A run that was wanted once, by people whom nobody knows any more: nothing is launched into it."""
        name, number = run
        lost = f"{self._project}_{name}_r{number}_lost"
        self.events.append(Imported(lost, name, number, 1, None, None, None, None))
        self.unknown.append(run)

    def _not_given(self, wanted: Campaign) -> Iterator[Lead]:
        given = self._proof.given(wanted.name, wanted.run)
        return (lead for lead in wanted.leads if person_key(self._key, lead.phone_number) not in given)

    def _intend(self, wanted: Campaign, people: tuple[Lead, ...]) -> LaunchIntended:
        run = wanted.name, wanted.run
        self._parts[run] = part = self._parts.get(run, 0) + 1
        order = launch_of(self._project, replace(wanted, leads=only(wanted.leads, people)), part, again=0)
        keyed = key_people(self._key, order.leads)
        self.people.append(keyed)
        begin = order.settings.begin or self._observed.now
        return LaunchIntended(
            campaign_id=order.campaign_id,
            name=order.name,
            run=order.run,
            part=order.part,
            digest=order.digest,
            settings=order.settings,
            begin=begin,
            end=order.settings.closes or begin,
            people=keyed.ref,
            people_count=len(keyed),
            again=0,
        )

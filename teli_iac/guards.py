"""Rules that may refuse a plan (semantics §7). Each counts one thing and is lifted by its exact count.

There is no `--force`: a consent names the guard and the number, so that it cannot outlive what it was
given for. To add a guard: name it in `GuardName`, give it a limit here and a count in `count_guards`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from teli_iac.model import Action, Campaign, Change, GuardName, LedgerKey, People, PeopleSet
from teli_iac.people import numbers_in_two, numbers_of, persons_of

DEFAULT_LIMITS: Mapping[GuardName, int] = {
    GuardName.MAX_NEW_PEOPLE: 5000,
    GuardName.PEOPLE_AGAIN: 0,
    GuardName.MAX_DELETES: 5,
    GuardName.LIVE_DELETES: 0,
    GuardName.DUPLICATE_PEOPLE: 0,
    GuardName.INVALID_LEADS: 0,
    GuardName.ALL_GONE: 0,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A guard that refuses: what it counted and the limit in force."""

    guard: GuardName
    count: int
    limit: int

    @property
    def consent(self) -> str:
        """The flag that lifts it, with the exact number."""
        return f"--allow {self.guard}={self.count}"


def refuse(
    counts: Mapping[GuardName, int], limits: Mapping[GuardName, int], allowed: Mapping[GuardName, int]
) -> tuple[Refusal, ...]:
    """Every guard whose count is above its limit and was not consented to by that very number."""
    return tuple(
        Refusal(guard, counts[guard], limits[guard])
        for guard in GuardName
        if counts[guard] > limits[guard] and allowed.get(guard) != counts[guard]
    )


def allow_up_to(counts: Mapping[GuardName, int], bounds: Mapping[GuardName, int]) -> Mapping[GuardName, int]:
    """The consents of an approved plan, whose people may shrink: each bound lifts every count below it."""
    return {guard: counts[guard] for guard, bound in bounds.items() if counts[guard] <= bound}


def count_guards(
    changes: Sequence[Change], wanted: Iterable[Campaign], shared_people: int, *, any_wanted: bool
) -> Mapping[GuardName, int]:
    """Count what each guard compares; `wanted` are the campaigns in scope, `any_wanted` speaks of all."""
    deletes = [change for change in changes if change.action is Action.DELETE]
    return {
        GuardName.MAX_NEW_PEOPLE: sum(change.new for change in changes),
        GuardName.PEOPLE_AGAIN: sum(change.again for change in changes),
        GuardName.MAX_DELETES: len(deletes),
        GuardName.LIVE_DELETES: sum(change.live for change in deletes),
        GuardName.DUPLICATE_PEOPLE: shared_people,
        GuardName.INVALID_LEADS: sum(campaign.leads.refused.count for campaign in wanted),
        GuardName.ALL_GONE: int(bool(deletes) and not any_wanted),
    }


def count_shared_people(
    changes: Sequence[Change], live: Mapping[str, Sequence[PeopleSet]], key: LedgerKey
) -> int:
    """How many numbers this plan would call in two campaigns, or while another campaign of ours calls them.

    `live` maps an address to the people of its live parts.
    """
    launching = [change for change in changes if change.launch and change.action is Action.LAUNCH]
    shared = numbers_in_two(map(_people_of, launching))
    calling = {address: {person for people in sets for person, _ in people} for address, sets in live.items()}
    for change in launching:
        others = set[bytes]().union(*(people for at, people in calling.items() if at != change.address))
        if others:
            people = _people_of(change)
            called = zip(numbers_of(people), persons_of(key, people), strict=True)
            shared |= {number for number, person in called if person in others}
    return len(shared)


def _people_of(change: Change) -> People:
    """Everybody whom a launch calls, in all its parts."""
    if change.split is not None:
        return change.split.rows
    return change.launch.leads.rows if change.launch else ()

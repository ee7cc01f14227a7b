"""Who of a part has not been called: read, and believed only when the numbers add up (semantics §2).

Uncontacted are the numbers that failed-numbers gives only when those not called are included. They must
lie within the part's people and be as many as the analytics say; else nothing is proven. A number that
failed or met a voicemail counts as called.
"""

from __future__ import annotations

from dataclasses import dataclass

from teli_iac.identity import person_key, pick_people
from teli_iac.kinds.intentions import Steps, send
from teli_iac.kinds.wire import (
    analytics_request,
    failed_numbers_request,
    read_failed_numbers,
    read_not_called,
)
from teli_iac.model import LedgerKey, PeopleSet


@dataclass(frozen=True, slots=True)
class Count:
    """One reading: who is uncontacted, or, when `fault` says why, nobody for certain."""

    uncontacted: PeopleSet | None
    fault: str


def count_out(campaign_id: str, people: PeopleSet, key: LedgerKey) -> Steps[Count]:
    """Read who of the people is uncontacted. ApiError and TransportFault pass through."""
    not_called = read_not_called((yield from send(analytics_request(campaign_id))), campaign_id)
    reached = yield from send(failed_numbers_request(campaign_id, include_not_called=False))
    everybody = yield from send(failed_numbers_request(campaign_id, include_not_called=True))
    numbers = read_failed_numbers(everybody, campaign_id) - read_failed_numbers(reached, campaign_id)
    persons = {person_key(key, number) for number in numbers}
    strangers = len(persons - {person for person, _ in people})
    if strangers:
        return Count(None, f"Teli names people as not called whom this part was not given ({strangers})")
    if len(numbers) != not_called:
        return Count(None, f"Teli counts {not_called} people not called and names {len(numbers)}")
    return Count(pick_people(people, persons), "")

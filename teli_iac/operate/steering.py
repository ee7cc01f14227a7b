"""Pause, resume or end named campaigns by hand, and look until each is seen to be so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from teli_iac.model import Event, PersonAct, Recorded, Sighting, SteeredByPerson
from teli_iac.operate.halting import Person
from teli_iac.operate.looking import Teli, look, order_all
from teli_iac.operate.orders import ORDERS

WAITS = (0.0, 0.5, 1.0, 2.0, 2.0, 4.0, 4.0, 8.0, 8.0)
"""Seconds before each look after the order was sent."""

Bringing: TypeAlias = Iterator[Sighting]


class Course:
    """What was ordered, and what of it is not yet seen; `faults` are those of looks that failed."""

    def __init__(self, act: PersonAct, campaign_ids: Sequence[str]) -> None:
        self.act = act
        self.ordered = frozenset(campaign_ids)
        self.missing = self.ordered
        self.faults: dict[str, None] = {}

    def events(self, recorded: Recorded, person: Person) -> tuple[Event, ...]:
        """What the ledger is told of it; it knows nothing of parts that it lacks."""
        becomes = ORDERS[self.act].becomes
        return tuple(
            SteeredByPerson(campaign_id, becomes, person.who, person.why)
            for campaign_id in sorted(self.ordered)
            if campaign_id in recorded.parts
        )


def bring(teli: Teli, course: Course, confirm: Callable[[], None]) -> Bringing:
    """Order what is still missing and look, again and again; a sighting after each look.

    `confirm` is called before each order and raises when we may not give it any more.
    """
    order = ORDERS[course.act]
    for number, pause in enumerate(WAITS, 1):
        if not course.missing:
            return
        confirm()
        order_all(teli, order.request, sorted(course.missing))
        teli.waiting.sleep(pause)
        seen = look(teli)
        if seen.shown is None:
            course.faults[seen.fault] = None
        shown = seen.shown or {}
        done = {one for one in course.missing if one in shown and shown[one].status in order.done}
        course.missing -= done
        yield Sighting(number, len(course.ordered - course.missing), len(course.missing), seen.fault)

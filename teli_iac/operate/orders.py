"""What a person orders on Teli: the request, and the statuses by which it is seen to be carried out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from teli_iac.kinds.wire import end_request, pause_request, resume_request
from teli_iac.model import PersonAct, Request, Status

OVER = frozenset({Status.ENDED, Status.COMPLETED})
NOT_CALLING = frozenset({Status.PAUSED, *OVER})


@dataclass(frozen=True, slots=True)
class Order:
    """One act: how it is asked for, what shows that it is done, and what the ledger notes of it."""

    request: Callable[[str], Request]
    done: frozenset[Status]
    becomes: Status


ORDERS: dict[PersonAct, Order] = {
    PersonAct.PAUSE: Order(pause_request, NOT_CALLING, Status.PAUSED),
    PersonAct.RESUME: Order(resume_request, frozenset({Status.ACTIVE, Status.COMPLETED}), Status.ACTIVE),
    PersonAct.END: Order(end_request, OVER, Status.ENDED),
}

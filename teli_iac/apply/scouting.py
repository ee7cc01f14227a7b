"""Look ids up ahead of their creates, so that no create has to wait for its look-up.

Before each create its id is looked up once more, and must be absent (semantics §6). A scout asks while
earlier campaigns are still being created; what it saw counts for some seconds, and is asked again after.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import datetime, timedelta

from teli_iac.apply.driving import drive
from teli_iac.apply.means import Means
from teli_iac.errors import ApiError
from teli_iac.kinds.launching import is_present
from teli_iac.model import Change

COUNTS_FOR = timedelta(seconds=10)
"""So old may a look-up be when the intent is recorded. Nobody else creates an id of ours meanwhile: that
takes the ledger, which is held."""


def scouts_beside(creates: int) -> int:
    """How many look up ahead of so many creates at once: a quarter more, for who goes ahead has to be faster.

    An answer to each takes as long, so that as many scouts would fall back a little with every one.
    """
    return creates + creates // 4


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a scout saw, and when: None when the API did not say."""

    present: bool | None
    at: datetime


class Scouts:
    """Look-ups of campaigns that are to be launched, in their order, some of them ahead of the creates."""

    def __init__(self, changes: Sequence[Change], means: Means, pool: Executor) -> None:
        self._means = means
        self._pool = pool
        self._ahead = deque(change.launch.campaign_id for change in changes if change.launch)
        self._out: dict[str, Future[_Seen]] = {}
        self._lock = threading.Lock()
        for _ in range(2 * means.parallelism):
            self._send_one()

    def saw_absent(self, campaign_id: str) -> bool:
        """Whether its id was absent a moment ago; false when that has to be asked (again)."""
        with self._lock:
            out = self._out.pop(campaign_id, None)
        self._send_one()
        if out is None:
            return False
        seen = out.result()
        return seen.present is False and self._means.waiting.now() - seen.at <= COUNTS_FOR

    def _send_one(self) -> None:
        with self._lock:
            if self._ahead and not self._means.stopping():
                campaign_id = self._ahead.popleft()
                self._out[campaign_id] = self._pool.submit(self._look, campaign_id)

    def _look(self, campaign_id: str) -> _Seen:
        at = self._means.waiting.now()
        try:
            return _Seen(drive(is_present(campaign_id), self._means), at)
        except ApiError:
            return _Seen(None, at)

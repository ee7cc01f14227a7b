"""Time and chance as the client needs them, so that no test sleeps and every wait can be told in advance."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How to let seconds pass, a number from 0 to below 1 that spreads repeats, and the time, aware."""

    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random
    now: Callable[[], datetime] = _utc_now

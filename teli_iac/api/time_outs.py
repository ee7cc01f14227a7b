"""How long a request may take, stage by stage, and how often requests are sent again."""

from __future__ import annotations

from dataclasses import dataclass

from teli_iac.api.retry import MOST_REPEATS


@dataclass(frozen=True, slots=True)
class TimeOuts:
    """Seconds until a stage is given up: connecting and TLS, one read, one write, a free connection.

    `answer` bounds the whole body of an answer, for a server that sends a byte now and then. `repeats` is
    how many repeats of reads are in stock for all of them together (`retry.Stock`).
    """

    connect: float = 10.0
    read: float = 60.0
    write: float = 60.0
    pool: float = 60.0
    answer: float = 300.0
    repeats: float = MOST_REPEATS

"""Which reads are repeated, how often and after how long. Writes never are (semantics §6). Pure."""

from __future__ import annotations

from dataclasses import dataclass

from teli_iac.errors import TransportFault

TRIES = 4
"""How often a read is sent at most."""

LONGEST_WAIT = 30.0
"""The most seconds a server's `Retry-After` is obeyed for; a person is waiting."""

MOST_REPEATS = 24.0
"""In stock for all threads together: one for each of many at once, and some more."""

_GIVEN_BACK = 0.2
_FIRST_WAIT = 0.5
_SPREAD = 0.5
_REPEATED_STATUSES = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Stock:
    """Repeats that are left to all threads of a client.

    What struggles is not helped when everybody asks it four times: each repeat takes one from the stock,
    and every five answers put one back, up to `most`.
    """

    repeats: float = MOST_REPEATS
    most: float = MOST_REPEATS

    def has_one(self) -> bool:
        """Whether something may be sent again."""
        return self.repeats >= 1

    def after(self, outcome: int | TransportFault) -> Stock:
        """What is left once this came: fewer when it may be sent again, more when it was an answer."""
        change = -1.0 if _may_pass(outcome) else _GIVEN_BACK
        return Stock(min(self.most, max(0.0, self.repeats + change)), self.most)


def wait_before_repeat(
    outcome: int | TransportFault, tries: int, *, retry_after: float | None, jitter: float
) -> float | None:
    """Seconds until a read is sent again, or None when its outcome stands.

    `outcome` is the HTTP status or the fault of the last of `tries` tries. Waits double from half a second
    and are drawn out by up to a half, so that many clients do not come back at once.
    """
    if tries >= TRIES or not _may_pass(outcome):
        return None
    if retry_after is not None:
        return min(retry_after, LONGEST_WAIT)
    return _FIRST_WAIT * 2.0 ** (tries - 1) * (1 + _SPREAD * jitter)


def wait_of_all(outcome: int | TransportFault, retry_after: float | None) -> float:
    """Seconds for which nobody sends anything, since the server asked for them; 0 when it did not."""
    if retry_after is None or isinstance(outcome, TransportFault) or outcome not in _REPEATED_STATUSES:
        return 0.0
    return min(retry_after, LONGEST_WAIT)


def _may_pass(outcome: int | TransportFault) -> bool:
    return isinstance(outcome, TransportFault) or outcome in _REPEATED_STATUSES

"""Which reads are repeated, how often and after how long. Writes never are (semantics §6). Pure."""

from __future__ import annotations

from teli_iac.errors import TransportFault

TRIES = 4
"""How often a read is sent at most."""

LONGEST_WAIT = 30.0
"""The most seconds a server's `Retry-After` is obeyed for; a person is waiting."""

_FIRST_WAIT = 0.5
_SPREAD = 0.5
_REPEATED_STATUSES = frozenset({429, 500, 502, 503, 504})


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


def _may_pass(outcome: int | TransportFault) -> bool:
    return isinstance(outcome, TransportFault) or outcome in _REPEATED_STATUSES
